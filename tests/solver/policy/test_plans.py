"""Rollouts of a problem: the first is greedy, each further one is another, and nobody's depends on who draws it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from solver.policy.decoder import make_decoder
from solver.policy.plans import draw, roll_out
from solver.policy.weights import Weights
from tests.solver.policy.policies import day, odd_weights, world_of

seeds = st.integers(0, 10**6)


@given(seeds)
def test_the_first_is_greedy_whatever_the_seed(seed: int) -> None:
    world = world_of(day(seed))
    decoder = make_decoder(world, odd_weights(1))
    one, other = (draw(world, decoder, seed + more, 0) for more in (0, 1))
    assert one.routes == other.routes


def test_each_further_one_is_another() -> None:
    world = world_of(day(3, 40))
    decoder = make_decoder(world, odd_weights(1))
    by_turn = [tuple(draw(world, decoder, 1, turn).routes) for turn in range(1, 9)]
    by_seed = [tuple(draw(world, decoder, seed, 1).routes) for seed in range(1, 9)]
    assert len(set(by_turn)) > 4
    assert len(set(by_seed)) > 4


@given(seeds)
def test_nothing_depends_on_what_is_drawn_at_the_same_time(seed: int) -> None:
    world, weights = world_of(day(seed)), odd_weights(seed % 7)
    alone = [rollout.routes for rollout in roll_out(world, weights, 6, seed)]
    with ThreadPoolExecutor(3) as pool:
        together = pool.map(partial(draw, world, make_decoder(world, weights), seed), range(6))
        assert [rollout.routes for rollout in together] == alone


@pytest.mark.parametrize("number", [0, 1, 5])
def test_there_are_as_many_as_asked_for(number: int) -> None:
    assert len(list(roll_out(world_of(day(3, 10)), Weights.new(1), number, 1))) == number
