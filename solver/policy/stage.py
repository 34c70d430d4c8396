"""A stage of a course: what its steps learn from, and how fast."""

from __future__ import annotations

from abc import ABC, abstractmethod
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from solver.policy.training import Batch
from solver.policy.weights import Weights


@dataclass(frozen=True)
class Stage(ABC):
    """What all stages have.

    Parameters
    ----------
    rollouts
        How many in all.
    rate
        Learning rate, from the end of its warming to the beginning of its fall.
    """

    name: ClassVar[str]
    betas: ClassVar[tuple[float, float]]
    """How slowly Adam forgets gradients, and their squares."""
    warming: ClassVar[int]
    """Steps until the learning rate is what it shall be."""
    fall: ClassVar[tuple[float, float]]
    """From which fraction of the stage on the learning rate falls, and to which part of what it was."""

    rollouts: int
    rate: float

    def rate_at(self, step: int, fraction: float) -> float:
        """Return the learning rate at a step of the stage, which is at a fraction of its rollouts."""
        begin, end = self.fall
        fallen = max(0.0, fraction - begin) / (1.0 - begin)
        return float(self.rate * min(1.0, (step + 1) / self.warming) * end**fallen)

    @abstractmethod
    def rehearse(
        self, random: np.random.Generator, fraction: float, weights: Weights, pool: ThreadPoolExecutor
    ) -> tuple[Batch, np.ndarray]:
        """Return what a step learns from.

        Parameters
        ----------
        random
            Of all that is drawn.
        fraction
            Of the rollouts of the stage that are done.
        weights
            The policy as it is now.
        pool
            Threads that roll out.

        Returns
        -------
        Batch
            Recorded rollouts.
        ndarray
            Shape ``(rollouts,)``; the sum of log-probabilities times these is to become small.
        """
