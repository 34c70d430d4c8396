"""Which crossover to use: each is drawn as often as its children have turned out well."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

LEAST_CHANCE = 0.1
"""Chance that every crossover keeps, so that it can recover."""

DOUBT = 0.2
"""Successes that crossovers after the first are taken to have had; the first has had one, and all two tries."""

MEMORY = 0.95
"""What is left of an outcome's weight after the next of the same crossover."""


class CrossoverChoice:
    """An adaptive choice between crossovers.

    Parameters
    ----------
    number
        Crossovers to choose from, at least one; the first is trusted most until others do better.
    """

    def __init__(self, number: int) -> None:
        self._successes = np.full(number, DOUBT)
        self._successes[0] = 1.0
        self._tries = np.full(number, 2.0)

    @property
    def chances(self) -> NDArray[np.float64]:
        """Chance of each crossover, shape ``(number,)``."""
        shares = self._successes / self._tries
        spread: NDArray[np.float64] = shares / shares.sum()
        return LEAST_CHANCE + (1.0 - len(shares) * LEAST_CHANCE) * spread

    def draw(self, rng: np.random.Generator) -> int:
        """Draw a crossover."""
        return int(np.searchsorted(np.cumsum(self.chances)[:-1], rng.random(), side="right"))

    def learn(self, crossover: int, success: bool) -> None:
        """Take account of whether a child became better than both of its parents."""
        self._successes[crossover] = MEMORY * self._successes[crossover] + success
        self._tries[crossover] = MEMORY * self._tries[crossover] + 1.0
