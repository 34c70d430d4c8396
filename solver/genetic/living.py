"""A population that outlives its problem: when the problem changes, its plans are carried over, repaired, and go on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np

from solver.genetic.founding import Founding
from solver.genetic.island import InsertionIsland, Island, solution_of
from solver.genetic.population import Individual, Population
from solver.init import Init
from solver.problem import Problem, Solution
from solver.problem.scope import Part
from solver.search.data import make_data

MOST_SETTLERS = 8
"""Plans carried over to a changed problem; each takes a few milliseconds at 500 clients."""


class Habitat:
    """Where a population lives: the islands of one problem.

    Parameters
    ----------
    part
        The problem, and what of it may change.
    seed
        Of all random numbers.
    threads
        Islands, one a core.
    founding
        How a new population comes to its first individuals.
    warm
        Whether good plans come from before, which a hot search would forget.
    """

    def __init__(self, part: Part, seed: int, threads: int, founding: Founding, *, warm: bool = False) -> None:
        self.part = part
        self.init: Init | None = None  # what built the first individual, where no plan was given
        self._founding = founding
        self.warm = warm
        self.data = make_data(part.problem)
        seeds = [seed * 1000 + number for number in range(threads)]
        if part.held is None:
            self.islands: list[Island] = [Island(self.data, one) for one in seeds]
        else:
            self.islands = [InsertionIsland(self.data, one, part.held) for one in seeds]
        self.population = Population(self.data.n)

    @property
    def barren(self) -> bool:
        """Whether there is nothing to search for."""
        held = self.part.held
        return self.data.n <= 1 or self.data.slots == 0 or (held is not None and bool(held.all()))

    def found(self, plan: Solution | None) -> Individual:
        """Start with a plan, repaired where it breaks rules, or with a new one; return the first individual."""
        if plan is not None or self.barren:
            self.islands[0].start(plan)
        else:
            self.init = self._founding.start(self.islands)
        self.population.add(self.islands[0].best)
        return self.islands[0].best

    def settle(self, plans: Sequence[Solution], should_stop: Callable[[], bool]) -> Individual:
        """Take further plans in, each repaired; all islands go on from the best of all, which is returned."""
        self._founding.settle(self.islands, self.population.add, should_stop)
        for plan in plans:
            self.islands[0].start(plan)
            self.population.add(self.islands[0].best)
        best = self.population.best
        # Routes laid anew leave other slots free, so what begins with the first individual stays as it is.
        stands = np.array_equal(self.islands[0].state.next, best.next)
        for island in self.islands[1:] if stands else self.islands:
            island.restart(best)
        return best

    def plan_of(self, individual: Individual) -> Solution:
        """Return the whole plan that an individual stands for."""
        return self.part.join(solution_of(self.data, individual))

    def emigrants(self, best: Individual) -> Iterator[Solution]:
        """Yield the plans to be carried over to a changed problem, the best first and each once."""
        seen: set[Solution] = set()
        for individual in (best, *(island.best for island in self.islands), *self.population.individuals):
            plan = solution_of(self.data, individual)
            if plan not in seen and len(seen) < MOST_SETTLERS:
                seen.add(plan)
                yield plan


class Changes:
    """What has become of the problem while the search was at work.

    Parameters
    ----------
    ask
        Returns the problem as it is now if it has changed since it was last asked, else None.
    """

    def __init__(self, ask: Callable[[], Problem | None]) -> None:
        self._ask = ask
        self._newest: Problem | None = None

    def waiting(self) -> bool:
        """Whether there is a change that nobody has taken."""
        asked = self._ask()
        if asked is not None:
            self._newest = asked
        return self._newest is not None

    def take(self) -> Problem | None:
        """Return the newest problem, None when nothing has changed since the last was taken."""
        self.waiting()
        newest, self._newest = self._newest, None
        return newest
