"""The population: few, good and unlike each other.

Fitness weighs cost rank and diversity rank as Vidal et al., "A hybrid genetic algorithm for multidepot and periodic
vehicle routing problems" (2012), section 4.6.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

LARGEST = 16
"""Individuals kept."""

ELITE = 4
"""Individuals whose cost alone keeps them."""

CLOSEST = 3
"""Individuals to which an individual's distance is measured."""


@dataclass(frozen=True, eq=False, slots=True)
class Individual:
    """A solution as the kernels have it.

    Parameters
    ----------
    next
        Successor of every node, shape ``(nodes,)``.
    cost
        Cost with absent clients at their price.
    """

    next: NDArray[np.int32]
    cost: float


def broken_pairs(clients: int, one: NDArray[np.int32], other: NDArray[np.int32]) -> float:
    """Return the share of clients with another successor in one solution than in the other; any depot is alike.

    Prins, "Two memetic algorithms for heterogeneous fleet vehicle routing problems" (2009).

    Parameters
    ----------
    clients
        How many.
    one, other
        Successors of all nodes, clients first.
    """
    ours, theirs = (np.minimum(successors[:clients], clients) for successors in (one, other))
    return float(np.count_nonzero(ours != theirs)) / max(clients, 1)


class Population:
    """Individuals of one problem, best first.

    Parameters
    ----------
    clients
        How many the problem has.
    """

    def __init__(self, clients: int) -> None:
        self._clients = clients
        self.individuals: list[Individual] = []
        self._apart = np.zeros((0, 0))  # how far each individual is from each; measured once, as children are many

    def add(self, individual: Individual) -> None:
        """Take an individual in, unless it is there already; the least fit makes room."""
        apart = np.array([broken_pairs(self._clients, individual.next, one.next) for one in self.individuals])
        if any(
            abs(one.cost - individual.cost) < 1e-7 and far == 0.0
            for one, far in zip(self.individuals, apart, strict=True)
        ):
            return
        at = bisect_right(self.individuals, individual.cost, key=lambda one: one.cost)
        self.individuals.insert(at, individual)
        self._apart = np.insert(np.insert(self._apart, at, apart, axis=0), at, np.insert(apart, at, 0.0), axis=1)
        if len(self.individuals) > LARGEST:
            fitness = self.fitness()
            fitness[:ELITE] = -np.inf
            worst = int(np.argmax(fitness))
            del self.individuals[worst]
            self._apart = np.delete(np.delete(self._apart, worst, axis=0), worst, axis=1)

    def fitness(self) -> NDArray[np.float64]:
        """Return the biased fitness of each individual, the smaller the better."""
        size = len(self.individuals)
        near = np.sort(self._apart, axis=1)[:, 1 : 1 + CLOSEST]
        diversity = near.mean(axis=1) if size > 1 else np.zeros(size)
        rank = np.empty(size)
        rank[np.argsort(-diversity, kind="stable")] = np.arange(size)
        return np.arange(size) + (1.0 - ELITE / max(size, ELITE)) * rank

    def parents(self, rng: np.random.Generator) -> tuple[Individual, Individual]:
        """Draw two different parents by binary tournament; the same one twice if there is no other."""
        fitness = self.fitness()

        def tournament() -> int:
            first, second = rng.integers(len(fitness), size=2)
            return int(first if fitness[first] <= fitness[second] else second)

        one = tournament()
        others = [tournament() for _ in range(8)]
        other = next((index for index in others if index != one), (one + 1) % len(fitness))
        return self.individuals[one], self.individuals[other]

    @property
    def best(self) -> Individual:
        """The cheapest individual."""
        return self.individuals[0]
