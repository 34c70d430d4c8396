"""The first individuals of a search: rollouts of a learned policy, a classical construction, or routes at random.

A policy's rollouts fill the first population as in EARLI (arXiv 2504.06126): one greedy, the others sampled. Here that
is part of the budget, so sampled rollouts are drawn while they take little of it; and they are polished where the
budget is long enough for crossovers, which are what a population is for. Where it is not, annealing from the best
rollout leads further than local search on all of them.
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
        self._rollouts: list[Rollout] = []

    def start(self, islands: Sequence[Island]) -> Init:
        """Start the first island; return what built its individual."""
        data = islands[0].data
        if self._init is Init.RANDOM:
            islands[0].start_at_random(self._seed)
            return Init.RANDOM
        if self._init is Init.POLICY or (self._init is Init.AUTO and policy_suits(data)):
            try:
                self._roll_out(data, len(islands))
            except WeightsError as error:
                logger.warning("no learned policy, the start is classical: %s", error)
            except ForeignError as error:
                logger.info("the learned policy does not know %s, the start is classical", error)
            else:
                islands[0].start_from(min(self._rollouts, key=lambda rollout: rollout.cost))
                return Init.POLICY
        islands[0].start(None)
        return Init.CLASSICAL

    def _roll_out(self, data: Data, threads: int) -> None:
        began = time.perf_counter()
        world = make_world(data)
        decoder = make_decoder(world, load_policy())
        embedded = time.perf_counter()
        self._rollouts.append(draw(world, decoder, self._seed, 0))
        number = self._number - 1
        if self._seconds is not None:
            now = time.perf_counter()
            left = SHARE * self._seconds - (now - began)
            number = min(number, max(int(threads * left / (now - embedded)), 0))
        if number:
            with ThreadPoolExecutor(threads) as pool:
                self._rollouts += pool.map(partial(draw, world, decoder, self._seed), range(1, number + 1))

    def settle(
        self, islands: Sequence[Island], add: Callable[[Individual], None], should_stop: Callable[[], bool]
    ) -> None:
        """Polish further rollouts where the budget is long enough for a population to matter.

        Parameters
        ----------
        islands
            Each polishes some of them.
        add
            Takes an individual in.
        should_stop
            Asked before each.
        """
        if len(self._rollouts) < 2 or not self._crossovers_follow(islands[0].data.n):
            return
        fewest = int(min(rollout.number[ROUTES] for rollout in self._rollouts))
        began = time.perf_counter()

        def over() -> bool:
            spent = time.perf_counter() - began
            return should_stop() or (self._seconds is not None and spent > POLISHING * self._seconds)

        def polish(island: Island, rollout: Rollout) -> Individual:
            island.start_from(rollout)
            island.polish(fewest)
            return island.best

        with ThreadPoolExecutor(len(islands)) as pool:
            for first in range(0, len(self._rollouts), len(islands)):
                if over():  # asked here: only the thread that solves calls what its caller gave
                    return
                for individual in pool.map(polish, islands, self._rollouts[first : first + len(islands)]):
                    add(individual)

    def _crossovers_follow(self, clients: int) -> bool:
        """Whether the budget is likely to hold more than a single round."""
        held = [
            limit
            for limit in (self._iterations, self._seconds and self._seconds / ITERATION_SECONDS)
            if limit is not None
        ]
        return min(held, default=0.0) > SINGLE * clients


def policy_suits(data: Data) -> bool:
    """Return whether a policy's start was measured to lead further than a classical one; see ARCHITECTURE.md."""
    return not savings_apply(data) or (data.rich is not None and bool(data.clocked))
