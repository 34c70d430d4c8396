"""A route goes to the vehicle type that serves it most cheaply, and where too few are served, room is made."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from solver.genetic import solve
from solver.problem import make_problem
from solver.search.retype import retype_all
from solver.search.state import COST
from tests.solver.random_problems import FEATURES, random_problem
from tests.solver.search.harness import filled
from tests.solver.search.test_search import assert_true


@given(st.integers(0, 10**6), st.sampled_from(FEATURES), st.integers(1, 2))
def test_retyping_keeps_every_rule_and_never_makes_worse(seed: int, features: str, windows: int) -> None:
    problem = random_problem(seed, features, window_number=windows)
    data, state = filled(problem, seed)
    before = float(state.amount[COST])
    retype_all(data, state)
    assert_true(problem, data, state)
    assert state.amount[COST] <= before + 1e-6


def test_one_large_vehicle_replaces_many_small_ones() -> None:
    """For each client alone the small type is the cheapest; for all of them one large vehicle is."""
    n = 12
    distance = np.abs(np.arange(n + 1)[:, None] - np.arange(n + 1)[None])
    problem = make_problem(distance=distance, delivery=[1] * n, capacity=[1, n], count=[n, n], fixed_cost=[10, 40])
    result = solve(problem, iterations=500, threads=1)
    assert [route.vehicle_type for route in result.solution.routes] == [1]
    assert result.report.costs.total == 40 + 2 * n


def test_room_is_made_where_every_place_is_needed() -> None:
    """Bins that close only when packed without a gap: nobody may be left out."""
    sizes = [7, 3, 6, 4, 5, 5, 8, 2, 9, 1, 4, 4, 2, 6, 3, 1]
    rng = np.random.default_rng(1)
    points = rng.integers(0, 100, (len(sizes) + 1, 2))
    distance = np.rint(np.hypot(*(points[:, None] - points[None]).transpose(2, 0, 1)))
    problem = make_problem(distance=distance, delivery=sizes, capacity=[10], count=[7])
    assert sum(sizes) == 70
    assert solve(problem, iterations=20000, threads=1).report.feasible
