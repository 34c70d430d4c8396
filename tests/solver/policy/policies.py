"""What the tests of policies share: worlds of random problems, weights that like odd things, rollouts by the kernel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import torch

from solver.policy.days import Mix, draw_day
from solver.policy.decoder import make_decoder
from solver.policy.layout import CONDITION
from solver.policy.rollout import Rollout, make_rollout, roll
from solver.policy.weights import Weights
from solver.policy.world import World, make_world
from solver.problem import Problem
from solver.search.data import make_data
from solver.search.rng import make_rng
from tests.solver.random_problems import whole_problem

# What is computed here is small: threads would wait for each other most of the time.
torch.set_num_threads(1)

MIXES = (
    *(replace(Mix(*[0.0] * 8), **{name: 1.0}) for name in Mix.__dataclass_fields__),
    Mix(),
    Mix(*[0.5] * 8),
    Mix(*[1.0] * 8),
)
"""Days of each trait alone, as they come, of many traits and of all."""

KNOWN_TRAITS = ("backhauls", "objective", "no road", "hours")
"""Those of `tests.solver.random_problems.TRAITS` that a policy knows."""


def odd_weights(seed: int) -> Weights:
    """Return weights in which every feature counts for something."""
    new, random = Weights.new(seed), np.random.default_rng(seed)
    return Weights({name: array + random.normal(0, 0.1, array.shape) for name, array in new.items()})


def day(seed: int, clients: int | None = None, mix: Mix | None = None) -> Problem:
    """Return a day of 2 to 40 clients; without a mix, one of `MIXES`."""
    random = np.random.default_rng(seed)
    drawn, which = int(random.integers(2, 41)), int(random.integers(len(MIXES)))
    return draw_day(random, drawn if clients is None else clients, MIXES[which] if mix is None else mix)


def crowd(seed: int, number: int) -> list[Problem]:
    """Return problems of many kinds and sizes."""
    random = np.random.default_rng(seed)
    made = [day(int(one)) for one in random.integers(0, 10**6, number)]
    while len(made) < 2 * number:
        windows = int(random.integers(1, 4))
        traits = [trait for trait in KNOWN_TRAITS if random.random() < 0.5]
        problem = whole_problem(int(random.integers(0, 10**6)), traits, window_number=windows)
        if problem.clients.number > 1 and problem.vehicles.count.any():
            made.append(problem)
    return made


def world_of(problem: Problem) -> World:
    """Return what a policy sees of a problem."""
    return make_world(make_data(problem))


def conditions_of(seed: int, number: int) -> np.ndarray:
    """Return random conditions, shape ``(number, CONDITION)``."""
    return np.random.default_rng(seed).uniform(-1, 1, (number, CONDITION)).astype(np.float32)


def rolled(
    world: World, weights: Weights, seed: int, temperature: float = 1.0, condition: np.ndarray | None = None
) -> Rollout:
    """Return a recorded rollout."""
    rollout = make_rollout(world, recording=True)
    condition = conditions_of(seed, 1)[0] if condition is None else condition
    roll(world, make_decoder(world, weights), condition, temperature, make_rng(seed), rollout)
    return rollout


def recorded(worlds: Sequence[World], weights: Weights, conditions: np.ndarray, temperature: float) -> list[Rollout]:
    """Return as many rollouts of each world as there are conditions for it, those of a world one after the other."""
    each = len(conditions) // len(worlds)
    return [
        rolled(worlds[number // each], weights, number, temperature, condition)
        for number, condition in enumerate(conditions)
    ]
