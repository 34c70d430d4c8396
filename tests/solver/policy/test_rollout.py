"""Rollouts keep every rule, know what they cost, and say when a problem is not for them."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from solver.policy.decoder import make_decoder
from solver.policy.rollout import KINDS, SEEDS, STEPS, Rollout, make_rollout, roll
from solver.policy.world import ForeignError, World
from solver.problem import PlaneMatrix, Problem, Route, Rule, Solution, check, make_problem
from solver.search.rng import make_rng
from tests.solver.policy.policies import KNOWN_TRAITS, MIXES, day, odd_weights, rolled, world_of
from tests.solver.random_problems import FEATURES, whole_problem
from tests.solver.routefinder import VARIANTS, routefinder_problem
from tests.solver.search.harness import broken_rules, routes_cost

seeds = st.integers(0, 10**6)
temperatures = st.sampled_from([0.0, 1.0, 5.0])


def assert_sound(problem: Problem, world: World, rollout: Rollout) -> None:
    solution = Solution(tuple(Route(kind, clients) for kind, clients in rollout.routes))
    report = check(problem, solution)
    broken = broken_rules(problem, solution)
    absent = sum(float(world.absent_cost[c]) for c in range(world.n) if c in set(report.unserved))
    true = routes_cost(report) + absent
    if world.windows.shape[1] == 1:
        assert not broken
        assert math.isclose(rollout.cost, true, rel_tol=1e-9, abs_tol=1e-6)
    else:
        # Where clients have several windows, a duration is known by a lower bound only.
        assert broken <= {Rule.MAX_DURATION}
        assert rollout.cost <= true + 1e-6
        if not world.duration_cost.any():
            assert math.isclose(rollout.cost, true, rel_tol=1e-9, abs_tol=1e-6)
    assert np.isfinite(rollout.likelihood)
    assert rollout.likelihood <= 1e-6
    for head, entry in (("step", STEPS), ("seed", SEEDS), ("kind", KINDS)):
        count = rollout.number[entry]
        option = getattr(rollout, f"{head}_option")[:count]
        assert ((option >= 0).sum(axis=1) > 1).all()  # otherwise there was nothing to decide
        for part in ("feature", "context"):
            values = getattr(rollout, f"{head}_{part}")[:count]
            assert np.isfinite(values).all()
            assert np.abs(values).max(initial=0.0) <= 1.0 + 1e-5 or part == "context"


@given(seeds, st.sampled_from(MIXES), temperatures)
def test_days_are_planned_by_all_rules(seed: int, mix: object, temperature: float) -> None:
    problem = day(seed, mix=mix)  # type: ignore[arg-type]
    world = world_of(problem)
    assert_sound(problem, world, rolled(world, odd_weights(seed % 7), seed, temperature))


@given(seeds, st.sampled_from(FEATURES), st.sets(st.sampled_from(KNOWN_TRAITS)), st.integers(1, 3), temperatures)
def test_odd_problems_are_planned_by_all_rules(
    seed: int, features: str, traits: set[str], windows: int, temperature: float
) -> None:
    problem = whole_problem(seed, traits, features, window_number=windows)
    if problem.clients.number < 2 or not problem.vehicles.count.any():
        with pytest.raises(ForeignError, match="fewer than two clients or no vehicle"):
            world_of(problem)
        return
    world = world_of(problem)
    assert_sound(problem, world, rolled(world, odd_weights(seed % 7), seed, temperature))


@pytest.mark.parametrize("name", VARIANTS)
def test_variants_are_planned_by_all_rules(name: str) -> None:
    problem = routefinder_problem(name, 30, 1)
    world = world_of(problem)
    rollout = rolled(world, odd_weights(1), 1)
    assert_sound(problem, world, rollout)
    assert sum(len(clients) for _, clients in rollout.routes) == world.servable.sum()


@given(seeds)
def test_a_seed_gives_the_same_twice(seed: int) -> None:
    world, weights = world_of(day(seed)), odd_weights(1)
    one, other = rolled(world, weights, seed), rolled(world, weights, seed)
    assert one.routes == other.routes
    assert (one.cost, one.likelihood) == (other.cost, other.likelihood)


@given(seeds)
def test_the_best_choice_needs_no_luck(seed: int) -> None:
    world, weights, condition = world_of(day(seed)), odd_weights(1), np.zeros(8, np.float32)
    one, other = (rolled(world, weights, luck, 0.0, condition) for luck in (seed, seed + 1))
    assert one.routes == other.routes


def test_the_decoder_may_be_used_again() -> None:
    world, weights = world_of(day(3, 30)), odd_weights(1)
    fresh = [rolled(world, weights, seed).cost for seed in range(4)]
    assert [rolled(world, weights, seed).cost for seed in range(4)] == fresh
    assert len(set(fresh)) > 1


def square(clients: int, **settings: object) -> Problem:
    points = np.random.default_rng(0).integers(0, 1000, (clients + 1, 2))
    distance = np.rint(np.hypot(*(points[:, None] - points[None]).transpose(2, 0, 1))).astype(np.int64)
    settings = {"count": [clients], "capacity": [10], "delivery": np.ones(clients, np.int64)} | settings
    return make_problem(distance=distance, coordinates=points, **settings)  # type: ignore[arg-type]


def test_nobody_can_be_served() -> None:
    problem = square(5, delivery=np.full(5, 11))
    world = world_of(problem)
    rollout = rolled(world, odd_weights(1), 1)
    assert rollout.routes == []
    assert rollout.cost == world.absent_cost.sum()
    assert rollout.likelihood == 0.0


def test_one_of_two_can_be_served() -> None:
    problem = square(2, delivery=np.array([1, 11]))
    world = world_of(problem)
    rollout = rolled(world, odd_weights(1), 1)
    assert rollout.routes == [(0, (0,))]
    assert_sound(problem, world, rollout)


def test_who_has_room_for_one_stop_goes_home_after_it() -> None:
    problem = square(6, max_stops=[1])
    rollout = rolled(world_of(problem), odd_weights(1), 1)
    assert sorted(clients for _, clients in rollout.routes) == [(c,) for c in range(6)]
    assert rollout.number[STEPS] == 0


def test_a_type_that_can_serve_nobody_is_passed_over() -> None:
    problem = square(4, count=[2, 4], capacity=[10, 10], allowed=np.array([[False, True]] * 4))
    rollout = rolled(world_of(problem), odd_weights(1), 1, 5.0)
    assert {kind for kind, _ in rollout.routes} == {1}
    assert sorted(c for _, clients in rollout.routes for c in clients) == list(range(4))


def test_too_few_vehicles_leave_clients_out() -> None:
    problem = square(6, count=[1], max_stops=[2])
    world = world_of(problem)
    rollout = rolled(world, odd_weights(1), 1, 5.0)
    assert len(rollout.routes) == 1
    assert_sound(problem, world, rollout)


def test_optional_clients_may_be_left_out() -> None:
    problem = square(6, required=np.zeros(6, np.bool_), prize=np.ones(6))
    world = world_of(problem)
    drawn = [rolled(world, odd_weights(1), seed, 5.0) for seed in range(20)]
    assert len({sum(len(clients) for _, clients in rollout.routes) for rollout in drawn}) > 1
    for rollout in drawn:
        assert_sound(problem, world, rollout)


def test_records_are_optional() -> None:
    world = world_of(day(5, 20))
    plain = make_rollout(world)
    weights, condition = odd_weights(1), np.zeros(8, np.float32)
    roll(world, make_decoder(world, weights), condition, 1.0, make_rng(1), plain)
    full = rolled(world, weights, 1, 1.0, condition)
    assert (plain.routes, plain.cost, plain.likelihood) == (full.routes, full.cost, full.likelihood)


@given(seeds, st.sampled_from([0.0, 1.0]))
def test_given_routes_are_built_again(seed: int, temperature: float) -> None:
    problem = day(seed)
    world, weights = world_of(problem), odd_weights(seed % 7)
    given = rolled(world, weights, seed, 3.0)
    guide = Solution(tuple(Route(kind, clients) for kind, clients in given.routes))
    rollout = make_rollout(world, recording=True, guide=guide)
    roll(world, make_decoder(world, weights), np.zeros(8, np.float32), temperature, make_rng(seed), rollout)
    assert_sound(problem, world, rollout)

    def either_way(rollout: Rollout) -> set[tuple[int, tuple[int, ...]]]:
        return {(kind, min(clients, clients[::-1]) if world.turnable else clients) for kind, clients in rollout.routes}

    # Whoever was left out by the given routes may be served after them.
    assert either_way(given) <= either_way(rollout)


FOREIGN: dict[str, dict[str, object]] = {
    "release times": {"release": [0, 5, 0]},
    "groups": {"group": [0, 0, -1]},
    "trips": {"max_trips": [2], "reload_depot": [0]},
    "locks": {"locked_vehicle": [0, -1, -1]},
    "published plan": {"published_vehicle": [0, -1, -1], "published_weight": 1.0},
}


@pytest.mark.parametrize("feature", FOREIGN)
def test_what_is_not_known_is_said(feature: str) -> None:
    with pytest.raises(ForeignError, match=feature):
        world_of(square(3, **FOREIGN[feature]))


def test_a_plane_is_not_known() -> None:
    problem = square(3)
    plane = PlaneMatrix(problem.travel.coordinates, 1.0, "round")
    problem = replace(problem, travel=replace(problem.travel, distance=plane, duration=plane))
    with pytest.raises(ForeignError, match="coordinates instead of a matrix"):
        world_of(problem)


def test_one_client_is_too_few() -> None:
    with pytest.raises(ForeignError, match="fewer than two clients"):
        world_of(square(1))


def test_no_vehicle_is_too_few() -> None:
    with pytest.raises(ForeignError, match="no vehicle"):
        world_of(square(3, count=[0]))
