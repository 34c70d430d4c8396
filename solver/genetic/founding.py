"""The first individuals of a search: rollouts of a learned policy, a classical construction, or routes at random.

A policy's rollouts fill the first population as in EARLI (arXiv 2504.06126): one greedy, the others sampled, joined by
a classical start. Here that is part of the budget: the search starts with the greedy rollout, others are drawn while
they take little time, and are polished where the budget is long enough for crossovers, which are what a population is
for. Where it is not, annealing from the best rollout leads further than local search on all of them.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from solver.genetic.island import Island
from solver.genetic.population import Individual
from solver.genetic.schedule import SINGLE
from solver.init import Init
from solver.policy.decoder import make_decoder
from solver.policy.plans import draw
from solver.policy.rollout import ROUTES, Rollout
from solver.policy.shipped import load_policy
from solver.policy.weights import WeightsError
from solver.policy.world import ForeignError, make_world
from solver.search.data import Data
from solver.search.savings import savings_apply

logger = logging.getLogger(__name__)

SHARE, POLISHING = 0.05, 0.1
"""Parts of the budget that sampled rollouts and their polishing may take."""

JOINING = 200.0
"""Iterations per client from which on insertion joins a rollout that has left somebody out. On site-dependent instances
0.1 s for 240 clients end better without it, 0.3 s with it."""

ITERATION_SECONDS = 5e-6
"""About what one ruin and recreation takes, to guess how many a budget holds."""


class Founding:
    """How a population comes to its first individuals.

    Parameters
    ----------
    init
        What builds them.
    rollouts
        Of the policy at most.
    seed
        Of what they draw.
    seconds, iterations
        The budget; either may be None, and then nothing depends on the clock or on the number of iterations.
    """

    def __init__(self, init: Init, rollouts: int, seed: int, seconds: float | None, iterations: int | None) -> None:
        self._init, self._number, self._seed = init, rollouts, seed
        self._seconds, self._iterations = seconds, iterations
        self._draw: Callable[[int], Rollout] | None = None  # the rollout of a turn, 0 is greedy
        self._rollouts: list[Rollout] = []
        self._classical: Individual | None = None

    def start(self, islands: Sequence[Island]) -> Init:
        """Start the first island with what stands soonest; return what built it."""
        if self._init is Init.RANDOM:
            islands[0].start_at_random(self._seed)
            return Init.RANDOM
        if self._init is Init.POLICY or (self._init is Init.AUTO and policy_suits(islands[0].data)):
            try:
                return self._start_by_policy(islands)
            except WeightsError as error:
                logger.warning("no learned policy, the start is classical: %s", error)
            except ForeignError as error:
                logger.info("the learned policy does not know %s, the start is classical", error)
        islands[0].start(None)
        return Init.CLASSICAL

    def _start_by_policy(self, islands: Sequence[Island]) -> Init:
        """Start with the greedy rollout or, where they apply and are cheaper, with savings, which take no longer.

        Where the rollout has left somebody out, insertion has its turn too, unless the search is likely to find room
        for them before that would be done.
        """
        weights, world = load_policy(), make_world(islands[0].data)
        with ThreadPoolExecutor(1) as pool:
            savings = pool.submit(_classical, islands[-1]) if savings_apply(islands[0].data) else None
            if savings is not None and len(islands) == 1:
                savings.result()
            self._draw = partial(draw, world, make_decoder(world, weights), self._seed)
            self._rollouts.append(self._draw(0))
            self._classical = savings.result() if savings is not None else None
        islands[0].start_from(self._rollouts[0])
        if self._classical is None and islands[0].lacks_required and self._holds(JOINING * islands[0].data.n):
            learned = islands[0].best
            self._classical = _classical(islands[-1])
            islands[0].restart(learned)
        if self._classical is None or islands[0].cost <= self._classical.cost:
            return Init.POLICY
        islands[0].restart(self._classical)
        return Init.CLASSICAL

    def settle(
        self, islands: Sequence[Island], add: Callable[[Individual], None], should_stop: Callable[[], bool]
    ) -> None:
        """Take in the other individuals.

        Parameters
        ----------
        islands
            Each builds some of them.
        add
            Takes an individual in.
        should_stop
            Asked between them, and by the calling thread only.
        """
        if self._draw is None:
            return
        if self._classical is not None:
            add(self._classical)
        over = self._clock(SHARE, should_stop)
        with ThreadPoolExecutor(len(islands)) as pool:
            while len(self._rollouts) < self._number and not over():
                turns = range(len(self._rollouts), min(len(self._rollouts) + len(islands), self._number))
                self._rollouts += pool.map(self._draw, turns)
        if not self._holds(SINGLE * islands[0].data.n):
            islands[0].start_from(min(self._rollouts, key=lambda rollout: rollout.cost))
            add(islands[0].best)
            return
        fewest = int(min(rollout.number[ROUTES] for rollout in self._rollouts))
        starts: list[Callable[[Island], Individual]] = [] if self._classical else [_classical]
        starts += [partial(_polished, rollout, fewest) for rollout in self._rollouts]
        over = self._clock(POLISHING, should_stop)
        with ThreadPoolExecutor(len(islands)) as pool:
            for first in range(0, len(starts), len(islands)):
                if over():
                    return
                some = starts[first : first + len(islands)]
                for individual in pool.map(lambda island, start: start(island), islands, some):
                    add(individual)

    def _clock(self, share: float, should_stop: Callable[[], bool]) -> Callable[[], bool]:
        """Return what tells when a part of the budget is spent from now on, or all is to stop."""
        began = time.perf_counter()

        def over() -> bool:
            spent = time.perf_counter() - began
            return should_stop() or (self._seconds is not None and spent > share * self._seconds)

        return over

    def _holds(self, iterations: float) -> bool:
        """Whether the budget is likely to hold more than so many."""
        by_time = None if self._seconds is None else self._seconds / ITERATION_SECONDS
        held = [limit for limit in (self._iterations, by_time) if limit is not None]
        return min(held, default=0.0) > iterations


def _classical(island: Island) -> Individual:
    island.start(None)
    return island.best


def _polished(rollout: Rollout, fewest: int, island: Island) -> Individual:
    island.start_from(rollout)
    island.polish(fewest)
    return island.best


def policy_suits(data: Data) -> bool:
    """Return whether a policy's start was measured to lead further than a classical one; see ARCHITECTURE.md."""
    return not savings_apply(data) or (data.rich is not None and bool(data.clocked))
