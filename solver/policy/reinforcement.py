"""REINFORCE, a stage of a course: rollouts of the same problem are each other's baseline, and problems grow.

Kool et al., "Attention, learn to solve routing problems!" (2019); the shared baseline is that of Kwon et al., "POMO:
policy optimization with multiple optima" (2020).
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from solver.policy.stage import Stage
from solver.policy.training import Batch, advantages, draw_batch, largest_kept, leaders_raised
from solver.policy.weights import Weights
from solver.problem import Problem

GROWTH = ((0.0, (50,)), (0.35, (50, 100)), (0.7, (100, 200)), (0.9, (100, 200, 500)))
"""From which fraction of the stage on problems have how many clients."""

CLIENTS_A_STEP = 1600
"""Clients in the problems of a step: of small ones there are more."""

FEWEST_PROBLEMS = 4
ALL_EACH = 24
"""Problems in a step at least, and rollouts of each."""

LEARNED_EACH = 8
"""Rollouts of each problem that gradients are taken of. Those that cost about as much as the others tell little, and a
gradient takes several times as long as a rollout."""

LEADER = 2.0
"""How much more than by its advantage the cheapest rollout of a problem counts: a search begins with that one."""

DrawProblem = Callable[[np.random.Generator, int], Problem]
"""Draws a problem of so many clients."""


@dataclass(frozen=True)
class Reinforcement(Stage):
    """Learning from what rollouts cost.

    Parameters
    ----------
    draw
        Draws the problems.
    sizes
        Clients of the problems, or none to let them grow as `GROWTH` says.
    """

    name = "reinforcement"
    betas = (0.9, 0.99)
    warming = 20
    fall = (0.3, 0.03)

    draw: DrawProblem
    sizes: tuple[int, ...] = ()

    def sizes_at(self, fraction: float) -> tuple[int, ...]:
        """Return how many clients problems may have at a fraction of the stage."""
        return self.sizes or next(sizes for begin, sizes in reversed(GROWTH) if fraction >= begin)

    def rehearse(
        self, random: np.random.Generator, fraction: float, weights: Weights, pool: ThreadPoolExecutor
    ) -> tuple[Batch, np.ndarray]:
        """Return several rollouts of each of a few problems, and by how much some were worse than the others."""
        clients = int(random.choice(self.sizes_at(fraction)))
        problems: list[Problem] = []
        while len(problems) < FEWEST_PROBLEMS or sum(one.clients.number for one in problems) < CLIENTS_A_STEP:
            problems.append(self.draw(random, clients))
        batch = draw_batch(problems, weights, ALL_EACH, int(random.integers(1 << 31)), pool)
        return batch, largest_kept(leaders_raised(advantages(batch.cost), LEADER), LEARNED_EACH).reshape(-1)
