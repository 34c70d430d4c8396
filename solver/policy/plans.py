"""Plans by a policy: one greedy rollout and several sampled ones of a problem, from one pass of the encoder."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from solver.policy.decoder import Decoder, make_decoder
from solver.policy.layout import CONDITION
from solver.policy.rollout import Rollout, make_rollout, roll
from solver.policy.weights import Weights
from solver.policy.world import World, make_world
from solver.problem import make_problem
from solver.search.data import make_data
from solver.search.rng import make_rng

TEMPERATURE = 0.5
"""Of sampled rollouts: below 1, they keep to what the policy likes better."""


def draw(world: World, decoder: Decoder, seed: int, turn: int) -> Rollout:
    """Roll out once.

    Parameters
    ----------
    world, decoder
        The problem and the policy.
    seed
        Of all rollouts of a problem.
    turn
        Which of them: 0 is greedy, others draw their condition and their choices.
    """
    rollout = make_rollout(world)
    drawn = np.random.default_rng((seed, turn)).uniform(-1, 1, CONDITION).astype(np.float32)
    condition = drawn if turn else np.zeros(CONDITION, np.float32)
    roll(world, decoder, condition, TEMPERATURE if turn else 0.0, make_rng(seed * 4099 + turn), rollout)
    return rollout


def roll_out(world: World, weights: Weights, number: int, seed: int) -> Iterator[Rollout]:
    """Yield rollouts, the first of them greedy; arguments as of `draw`."""
    decoder = make_decoder(world, weights)
    return (draw(world, decoder, seed, turn) for turn in range(number))


def warm_rollouts() -> None:
    """Compile or load the kernels of rollouts."""
    line = [[abs(i - j) for j in range(6)] for i in range(6)]
    world = make_world(make_data(make_problem(distance=line, delivery=[1] * 5, capacity=[3])))
    for _ in roll_out(world, Weights.new(0), 2, 0):
        pass
