"""What a step of training is made of: rollouts, how much each counts, and the gradient of its log-probability.

Rollouts are drawn by the kernel on all cores; the gradient is one teacher-forced pass in torch.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import torch

from solver.policy.decoder import make_decoder
from solver.policy.layout import CONDITION
from solver.policy.network import Network, Scenes, chunks, decisions_of
from solver.policy.rollout import STEPS, Rollout, make_rollout, roll
from solver.policy.weights import Weights
from solver.policy.world import World, make_world
from solver.problem import Problem, Solution
from solver.search.data import make_data
from solver.search.rng import make_rng

MOST_OPTIONS = 16_000
"""Options that one pass of the decoder takes at most: what it needs for them fits into the cache, six times as fast."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Rollouts of several problems.

    Parameters
    ----------
    worlds
        The problems.
    rollouts
        Recorded, the first ones of the first problem, and so on.
    conditions
        Shape ``(rollouts, CONDITION)``.
    cost
        Shape ``(worlds, rollouts each)``.
    """

    worlds: list[World]
    rollouts: list[Rollout]
    conditions: np.ndarray
    cost: np.ndarray

    @property
    def decisions(self) -> int:
        """Number of decisions that were recorded."""
        return sum(int(rollout.number[STEPS:].sum()) for rollout in self.rollouts)


def draw_batch(
    problems: Sequence[Problem],
    weights: Weights,
    each: int,
    seed: int,
    pool: ThreadPoolExecutor,
    guides: Sequence[Solution] = (),
) -> Batch:
    """Roll out each problem several times.

    Parameters
    ----------
    problems, weights
        The problems and the policy.
    each
        Rollouts of each problem.
    seed
        Of conditions and choices.
    pool
        Threads that roll out.
    guides
        A plan of each problem, which all its rollouts follow, on the condition of a greedy rollout, zeros; none to let
        the policy choose, half of the time on that condition and half of the time on conditions drawn at random.
    """
    shape = (len(problems), each, CONDITION)
    conditions = np.random.default_rng(seed).uniform(-1, 1, shape).astype(np.float32)
    conditions[:, : each if guides else each // 2] = 0.0

    def one(number: int) -> tuple[World, list[Rollout]]:
        world = make_world(make_data(problems[number]))
        decoder, rng = make_decoder(world, weights), make_rng(seed * 4099 + number)
        guide = guides[number] if guides else None
        rollouts = []
        for condition in conditions[number]:
            rollout = make_rollout(world, recording=True, guide=guide)
            roll(world, decoder, condition, 1.0, rng, rollout)
            rollouts.append(rollout)
        return world, rollouts

    done = list(pool.map(one, range(len(problems))))
    rollouts = [rollout for _, several in done for rollout in several]
    cost = np.array([rollout.cost for rollout in rollouts]).reshape(len(problems), each)
    return Batch([world for world, _ in done], rollouts, conditions.reshape(-1, CONDITION), cost)


def advantages(cost: np.ndarray) -> np.ndarray:
    """Return by how much each rollout is worse than the others of its problem, in standard deviations."""
    spread = cost.std(axis=1, keepdims=True)
    return np.asarray((cost - cost.mean(axis=1, keepdims=True)) / np.maximum(spread, 1e-9 * np.abs(cost).max()))


def leaders_raised(advantage: np.ndarray, factor: float) -> np.ndarray:
    """Return advantages, shape ``(worlds, rollouts each)``, in which the cheapest of each problem counts more."""
    rows, raised = np.arange(len(advantage)), advantage.copy()
    raised[rows, advantage.argmin(axis=1)] *= factor
    return raised


def largest_kept(advantage: np.ndarray, number: int) -> np.ndarray:
    """Return advantages with so many of each problem, the largest in absolute value, and zero in place of others."""
    kept = advantage.copy()
    np.put_along_axis(kept, np.argsort(-np.abs(advantage), axis=1, kind="stable")[:, number:], 0.0, axis=1)
    return kept


def learn(network: Network, batch: Batch, weight: np.ndarray) -> float:
    """Add to the gradients of the mean of ``weight * log-probability`` over rollouts.

    Parameters
    ----------
    network
        Whose gradients.
    batch
        Recorded rollouts.
    weight
        Shape ``(rollouts,)``; rollouts without any take no time.

    Returns
    -------
    float
        Mean entropy of a choice of the next stop, in rollouts that have a weight.
    """
    counted = np.flatnonzero(weight)
    if not len(counted):
        return 0.0
    rollouts, conditions = [batch.rollouts[number] for number in counted], batch.conditions[counted]
    scenes = Scenes.of(batch.worlds, network.device)
    scene = (counted // (len(batch.rollouts) // len(batch.worlds))).tolist()
    embedded = network.embed(scenes)
    leaf = embedded.detach().requires_grad_()
    weights = torch.from_numpy(weight[counted].astype(np.float32)).to(network.device)
    spread, made = 0.0, 0
    for head in ("step", "seed", "kind"):
        decisions = decisions_of(head, rollouts, conditions, scene, scenes)
        for part in chunks(decisions, MOST_OPTIONS):
            likelihood, entropy = network.likelihoods(leaf, head, part)
            loss = (weights[part.rollout] * likelihood).sum() / len(batch.rollouts)
            loss.backward()
            if head == "step":
                spread, made = spread + float(entropy.detach().sum()), made + len(entropy)
    if leaf.grad is not None:
        embedded.backward(leaf.grad)
    return spread / max(made, 1)
