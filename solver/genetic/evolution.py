"""The genetic search itself: rounds of annealing on every island, a common population, crossovers between rounds."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from math import ceil

import numpy as np

from solver.genetic.choice import CrossoverChoice
from solver.genetic.island import Island, crossovers_of
from solver.genetic.living import Habitat
from solver.genetic.partition import Division
from solver.genetic.population import Individual
from solver.genetic.schedule import HOT, WARM, Budget, Round, plan_rounds
from solver.search.rng import make_rng
from solver.search.state import USED

SLICE_SECONDS = 0.015
"""Work between two looks at the clock and at whether to stop."""

SLICE_ITERATIONS = 200
"""The same where iterations are the budget: fixed, so that a seed gives a run twice."""

REPORT_SECONDS = 0.1
"""Least time between two reports of progress."""

STINT = 1 / 3
"""Least iterations for each client before a divided solution is put together and divided anew, which takes as long as
a hundred iterations on ten thousand clients."""

REPORT_SHARE = 0.05
"""Most of the time that goes into reports."""

LEAST_ROUTES, LEAST_CLIENTS = 4, 150
"""Routes and clients of a part below which a solution is not divided."""


class Evolution:
    """One run of the genetic search.

    Parameters
    ----------
    habitat
        Islands and population; the first island has its start already.
    budget
        When to end.
    seed
        Of what is drawn between rounds.
    report
        Takes a new best individual, at most ten times a second.
    should_stop
        Asked between slices.
    """

    def __init__(
        self,
        habitat: Habitat,
        budget: Budget,
        seed: int,
        report: Callable[[Individual], None],
        should_stop: Callable[[], bool],
    ) -> None:
        self._data, self._islands, self._population = habitat.data, habitat.islands, habitat.population
        self._warm = habitat.warm
        self._budget = budget
        self._report = report
        self._should_stop = should_stop
        self._rng = np.random.default_rng(seed)
        self._divider = make_rng(seed)
        self._clients = self._data.n
        self._crossovers = crossovers_of(self._data)
        self._choice = CrossoverChoice(len(self._crossovers))
        self._children: list[tuple[int, float]] = []  # crossover of each island's child, and cost of the better parent
        self._pace = 1e-4  # seconds an iteration, measured as it goes
        self._piece = SLICE_ITERATIONS if budget.seconds is None else 20
        self._next_report = budget.began + REPORT_SECONDS
        self._reported = self._islands[0].cost
        self._mean_arc = self._islands[0].mean_arc()
        self._best = self._common = self._first = self._islands[0].best
        self._divided = False
        self._division: Division | None = None
        self._stint = 0  # iterations since the last division

    def run(self) -> Individual:
        """Search until the budget is spent; return the best individual."""
        self._population.add(self._best)
        with ThreadPoolExecutor(len(self._islands), thread_name_prefix="island") as pool:
            self._measure_pace(pool)
            for this in self._rounds():
                if self._ended():
                    break
                if this.begin > 0.0:
                    self._begin(pool, this)
                self._divided = this.divided
                if this.divided:
                    self._common = self._best
                while self._budget.fraction < this.end and not self._ended():
                    self._anneal(pool, this)
                if this.divided:
                    self._join()
                    for island in self._islands:
                        island.restart(self._best)
                if not self._ended():
                    list(pool.map(Island.finish, self._islands))
                self._learn()
                for island in self._islands:
                    self._population.add(island.best)
                self._divided = False
                self._keep_best()
        return self._best

    def _rounds(self) -> list[Round]:
        per_client = self._budget.capacity(self._pace) / self._clients
        timed = bool(self._data.clocked)
        return plan_rounds(
            per_client,
            self._divisible(),
            warm=self._warm,
            clients=self._clients,
            timed=timed,
            varied=timed and len(self._data.profile) > 1,
        )

    def _divisible(self) -> bool:
        """Whether every island could have routes enough of its own."""
        used = int(self._islands[0].state.number[USED])
        parts = len(self._islands)
        enough = used >= LEAST_ROUTES * parts and self._clients >= LEAST_CLIENTS * parts
        return parts > 1 and enough and self._data.whole is None  # groups and vehicles of several trips stay together

    def _measure_pace(self, pool: ThreadPoolExecutor) -> None:
        """Anneal until a slice is long enough to tell how much the budget holds."""
        opening = Round(0.0, 1.0, WARM if self._warm else HOT)
        while not self._ended():
            took = self._anneal(pool, opening)
            if took > SLICE_SECONDS / 3 or self._budget.seconds is None:
                return

    def _begin(self, pool: ThreadPoolExecutor, this: Round) -> None:
        if not this.crossover:
            for island in self._islands:
                island.restart(self._first if this.anew else self._population.best)
            return
        pairs = [self._population.parents(self._rng) for _ in self._islands]
        drawn = [self._choice.draw(self._rng) for _ in pairs]
        crossovers = [self._crossovers[each] for each in drawn]
        list(pool.map(lambda island, pair, crossover: island.cross(*pair, crossover), self._islands, pairs, crossovers))
        self._children = [(each, min(one.cost, other.cost)) for each, (one, other) in zip(drawn, pairs, strict=True)]
        self._keep_best()

    def _learn(self) -> None:
        """Tell the choice of crossovers what has become of the children."""
        for island, (crossover, parents) in zip(self._islands, self._children, strict=False):
            self._choice.learn(crossover, island.cost < parents - 1e-7)
        self._children = []

    def _anneal(self, pool: ThreadPoolExecutor, this: Round) -> float:
        """Anneal for one slice on all islands; return how many seconds it took."""
        temperature = self._mean_arc * this.temperature(self._budget.fraction)
        piece = self._next_piece(this.end)
        before = time.perf_counter()
        if this.divided:
            self._anneal_divided(pool, piece, temperature)
        else:
            list(pool.map(lambda island: island.anneal(piece, temperature), self._islands))
        took = time.perf_counter() - before
        self._pace = took / piece
        self._budget.done += piece
        self._keep_best()
        return took

    def _anneal_divided(self, pool: ThreadPoolExecutor, piece: int, temperature: float) -> None:
        divided = self._division
        division = divided or Division.of(self._data, self._common, len(self._islands), self._divider)

        def work(part: int) -> None:
            island = self._islands[part]
            if divided is None:
                island.hold(self._common, division, part)
            island.anneal(piece, temperature)

        list(pool.map(work, range(len(self._islands))))
        self._division = division
        self._stint += piece
        if self._stint >= STINT * self._clients:
            self._join()

    def _join(self) -> None:
        """Put the parts together that the islands hold."""
        if self._division is None:
            return
        pieces = [island.current_and_best() for island in self._islands]
        self._common = self._division.join([current for current, _ in pieces])
        best = self._division.join([best for _, best in pieces])
        if best.cost < self._best.cost:
            self._best = best
        self._division, self._stint = None, 0

    def _next_piece(self, end: float) -> int:
        """Return how many iterations come before the next look: a slice, or less where a round ends.

        It is never less than a quarter of a slice, or a round would end in ever smaller ones.
        """
        budget = self._budget
        if budget.seconds is not None:
            left = max(budget.seconds - budget.elapsed, 0.0)
            wanted = int(min(SLICE_SECONDS, left) / self._pace)
            self._piece = max(1, min(wanted, 4 * self._piece))
        piece = self._piece
        if budget.iterations is not None:
            piece = max(1, min(piece, budget.iterations - budget.done))
        return min(piece, max(ceil(piece / 4), ceil((end - budget.fraction) * budget.capacity(self._pace))))

    def _ended(self) -> bool:
        return self._budget.fraction >= 1.0 or self._should_stop()

    def _keep_best(self) -> None:
        if not self._divided:
            leader = min(self._islands, key=lambda island: island.cost)
            if leader.cost < self._best.cost:
                self._best = leader.best
        now = time.perf_counter()
        if self._best.cost < self._reported - 1e-9 and now >= self._next_report:
            self._reported = self._best.cost
            self._report(self._best)
            done = time.perf_counter()
            self._next_report = max(now + REPORT_SECONDS, done + (done - now) / REPORT_SHARE)
