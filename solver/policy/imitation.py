"""Imitation, a stage of a course: the policy learns to decide as good plans ask it to.

From new weights it takes a fiftieth of the rollouts that REINFORCE needs to come as far, since every decision is told
apart as right or wrong, and not a whole rollout as cheap or dear. A plan does not say which of its routes is built
first nor, where all is symmetric, from which end: a guided rollout does as the policy likes best, and only what the
plan does say is learned.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from solver.policy.examples import Examples
from solver.policy.stage import Stage
from solver.policy.training import Batch, draw_batch
from solver.policy.weights import Weights

CLIENTS_A_STEP = 3200
"""Clients that the rollouts of a step serve."""

ALL_EACH = 4
"""Rollouts of each example in a step."""


@dataclass(frozen=True)
class Imitation(Stage):
    """Learning from examples.

    Parameters
    ----------
    examples
        Problems with plans, one at least.
    """

    name = "imitation"
    betas = (0.9, 0.98)
    warming = 50
    fall = (0.6, 0.05)

    examples: Examples

    def rehearse(
        self, random: np.random.Generator, fraction: float, weights: Weights, pool: ThreadPoolExecutor
    ) -> tuple[Batch, np.ndarray]:
        """Return guided rollouts of a few examples, weighed so that each decision counts the same."""
        numbers: list[int] = []
        served = 0
        while served < CLIENTS_A_STEP:
            numbers.append(int(random.integers(len(self.examples.plans))))
            served += ALL_EACH * max(len(self.examples.plans[numbers[-1]].served), 1)
        problems = [self.examples.problem(number) for number in numbers]
        guides = [self.examples.plans[number] for number in numbers]
        batch = draw_batch(problems, weights, ALL_EACH, int(random.integers(1 << 31)), pool, guides)
        return batch, np.full(len(batch.rollouts), -len(batch.rollouts) / max(batch.decisions, 1))
