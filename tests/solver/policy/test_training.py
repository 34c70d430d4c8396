"""Learning lowers costs, and what is done in parts for speed comes to the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import pytest
import torch

from solver.policy import training
from solver.policy.days import PLAIN
from solver.policy.layout import CONDITION
from solver.policy.network import Decisions, Network, Scenes, decisions_of
from solver.policy.rollout import Rollout
from solver.policy.training import Batch, advantages, draw_batch, largest_kept, leaders_raised, learn
from solver.policy.weights import Weights
from solver.problem import Solution
from tests.solver.policy.policies import MIXES, crowd, day, odd_weights


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(2) as threads:
        yield threads


def test_a_batch_is_drawn_by_its_seed(pool: ThreadPoolExecutor) -> None:
    problems = [day(seed) for seed in range(4)]
    one, same, other = (draw_batch(problems, odd_weights(1), 5, seed, pool) for seed in (1, 1, 2))
    assert one.cost.shape == (4, 5)
    assert one.conditions.shape == (20, CONDITION)
    assert [rollout.cost for rollout in one.rollouts] == one.cost.reshape(-1).tolist()
    assert (one.cost == same.cost).all()
    assert (one.conditions == same.conditions).all()
    assert (one.cost != other.cost).any()


def test_half_of_a_problems_rollouts_are_on_the_condition_of_a_greedy_one(pool: ThreadPoolExecutor) -> None:
    batch = draw_batch([day(seed) for seed in range(3)], odd_weights(1), 6, 1, pool)
    drawn = batch.conditions.reshape(3, 6, CONDITION)
    np.testing.assert_array_equal((drawn == 0.0).all(axis=2), [[True] * 3 + [False] * 3] * 3)
    assert len(np.unique(drawn[:, 3:].reshape(9, -1), axis=0)) == 9
    assert np.abs(drawn).max() <= 1.0


def test_guided_rollouts_build_the_routes_of_a_plan(pool: ThreadPoolExecutor) -> None:
    problems = [day(seed, 15, PLAIN) for seed in range(2)]
    plans = [Solution.of((0, route) for route in ((3, 1, 4), (9, 2, 6, 5), (14,), (0, 7))) for _ in problems]
    batch = draw_batch(problems, odd_weights(1), 3, 1, pool, plans)
    assert not batch.conditions.any()
    for rollout in batch.rollouts:
        built = [stops for _, stops in rollout.routes]
        for route in plans[0].routes:
            assert {route.clients, route.clients[::-1]} & set(built)  # distances are symmetric: either way will do


def test_advantages_compare_rollouts_of_the_same_problem() -> None:
    gain = advantages(np.array([[1.0, 2.0, 3.0], [1000.0, 1000.0, 4000.0], [5.0, 5.0, 5.0]]))
    np.testing.assert_allclose(gain.mean(axis=1), 0.0, atol=1e-12)
    np.testing.assert_allclose(gain[:2].std(axis=1), 1.0)
    np.testing.assert_array_equal(gain[2], 0.0)  # nothing to learn where all are alike
    assert (np.diff(gain[0]) > 0).all()


def test_the_cheapest_rollout_of_each_problem_counts_more() -> None:
    gain = np.array([[1.0, -3.0, 2.0], [-1.0, 0.5, 0.5]])
    np.testing.assert_array_equal(leaders_raised(gain, 2.0), [[1.0, -6.0, 2.0], [-2.0, 0.5, 0.5]])
    assert gain[0, 1] == -3.0  # what was given is as it was


def test_the_advantages_of_each_problem_that_tell_most_are_kept() -> None:
    gain = np.array([[1.0, -3.0, 2.0, 0.5], [-1.0, 0.2, 0.3, 4.0], [5.0, 5.0, 5.0, 5.0]])
    expected = [[0.0, -3.0, 2.0, 0.0], [-1.0, 0.0, 0.0, 4.0], [5.0, 5.0, 0.0, 0.0]]
    np.testing.assert_array_equal(largest_kept(gain, 2), expected)
    np.testing.assert_array_equal(largest_kept(gain, 4), gain)
    assert gain[0, 0] == 1.0


def test_rollouts_without_weight_are_passed_over_and_the_others_count_as_before(
    pool: ThreadPoolExecutor, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = draw_batch(crowd(3, 3), odd_weights(1), 4, 1, pool)
    weight = largest_kept(np.random.default_rng(3).normal(size=(len(batch.worlds), 4)), 2).reshape(-1)
    looked_at: list[int] = []

    def gradients(batch: Batch, weight: np.ndarray) -> dict[str, torch.Tensor]:
        network = Network(odd_weights(1))
        learn(network, batch, weight)
        return {name: value.grad for name, value in network.parameters.items() if value.grad is not None}

    def counting(head: str, rollouts: Sequence[Rollout], *others: Any) -> Decisions:
        looked_at.append(len(rollouts))
        return decisions_of(head, rollouts, *others)

    monkeypatch.setattr(training, "decisions_of", counting)
    some = gradients(batch, weight)
    assert set(looked_at) == {len(batch.rollouts) // 2}
    all_of_them = gradients(batch, np.where(weight, weight, 1e-12))
    assert set(looked_at) == {len(batch.rollouts) // 2, len(batch.rollouts)}
    for name, value in all_of_them.items():
        torch.testing.assert_close(some[name], value, rtol=1e-4, atol=1e-5 * float(value.abs().max()))


def test_where_nothing_tells_rollouts_apart_nothing_is_learned(pool: ThreadPoolExecutor) -> None:
    batch, network = draw_batch(crowd(1, 1), odd_weights(1), 2, 1, pool), Network(odd_weights(1))
    assert learn(network, batch, np.zeros(len(batch.rollouts))) == 0.0
    assert all(value.grad is None for value in network.parameters.values())


def test_parts_have_the_gradients_of_the_whole(pool: ThreadPoolExecutor, monkeypatch: pytest.MonkeyPatch) -> None:
    batch = draw_batch(crowd(3, 4), odd_weights(1), 4, 1, pool)
    weight = np.random.default_rng(1).normal(size=len(batch.rollouts))

    def gradients(most: int) -> tuple[float, dict[str, torch.Tensor]]:
        monkeypatch.setattr(training, "MOST_OPTIONS", most)
        network = Network(odd_weights(1))
        entropy = learn(network, batch, weight)
        return entropy, {name: value.grad for name, value in network.parameters.items() if value.grad is not None}

    entropy, whole = gradients(10**9)
    assert set(whole) == set(Weights.new(0))
    assert all(value.abs().max() > 0 for value in whole.values())
    for most in (50, 700):
        same_entropy, parts = gradients(most)
        assert same_entropy == pytest.approx(entropy, rel=1e-5)
        for name, value in whole.items():
            torch.testing.assert_close(parts[name], value, rtol=1e-4, atol=1e-5 * float(value.abs().max()))


def test_a_gradient_is_the_slope_of_the_likelihood(pool: ThreadPoolExecutor) -> None:
    """A step along the gradient changes the weighted log-probability of the same rollouts by its square."""
    batch = draw_batch(crowd(2, 3), odd_weights(1), 3, 1, pool)
    weight = np.random.default_rng(2).normal(size=len(batch.rollouts))
    network = Network(odd_weights(1))
    learn(network, batch, weight)
    gradient = {name: value.grad for name, value in network.parameters.items() if value.grad is not None}
    square = sum(float((value * value).sum()) for value in gradient.values())

    def value_at(step: float) -> float:
        moved = Network(Weights({
            name: (value.detach() + step * gradient[name]).numpy() for name, value in network.parameters.items()
        }))  # fmt: skip
        scenes = Scenes.of(batch.worlds)
        scene = [number // 3 for number in range(len(batch.rollouts))]
        with torch.no_grad():
            embedded, total = moved.embed(scenes), 0.0
            for head in ("step", "seed", "kind"):
                decisions = decisions_of(head, batch.rollouts, batch.conditions, scene, scenes)
                likelihood = moved.likelihoods(embedded, head, decisions)[0].double().numpy()
                total += float((weight[decisions.rollout.numpy()] * likelihood).sum())
        return total / len(batch.rollouts)

    small = 1e-3 / square**0.5
    assert (value_at(small) - value_at(-small)) / (2 * small) == pytest.approx(square, rel=0.02)


def test_learning_lowers_the_mean_cost(pool: ThreadPoolExecutor) -> None:
    problems = [day(7, 12, MIXES[8])]
    network = Network(Weights.new(1))
    optimizer = torch.optim.Adam(network.parameters.values(), lr=0.02)

    def mean(seed: int) -> float:
        return float(draw_batch(problems, network.weights(), 200, seed, pool).cost.mean())

    before = mean(999)
    for step in range(12):
        batch = draw_batch(problems, network.weights(), 32, step, pool)
        optimizer.zero_grad()
        learn(network, batch, advantages(batch.cost).reshape(-1))
        optimizer.step()
    assert mean(999) < 0.97 * before
