"""What an island makes of a rollout: polishing makes it cheaper, and drops a vehicle where that is cheaper still."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from solver.genetic import solve
from solver.genetic.island import Island, solution_of
from solver.init import Init
from solver.policy.rollout import ROUTES, SERVED, Rollout, make_rollout
from solver.policy.world import make_world
from solver.problem import Problem, Rule, Solution, check, make_problem
from solver.search.data import make_data
from tests.solver.random_problems import FEATURES, random_problem
from tests.solver.search.harness import routes_cost

seeds = st.integers(0, 10**6)


def three_routes(fixed_cost: float) -> tuple[Problem, Solution]:
    """Return a problem and a plan of three routes, of which local search cannot drop one.

    Two routes of three clients lie far apart with room for one more each, and two clients stand together between them:
    each move of one of them is a detour and saves nothing.
    """
    points = np.array([(0, 0), (-100, 0), (-101, 0), (-102, 0), (100, 0), (101, 0), (102, 0), (0, 50), (0, 51)])
    distance = np.rint(np.hypot(*(points[:, None] - points[None]).transpose(2, 0, 1)))
    problem = make_problem(distance=distance, delivery=[1] * 8, capacity=[4], count=[3], fixed_cost=[fixed_cost])
    return problem, Solution.of([(0, [0, 1, 2]), (0, [3, 4, 5]), (0, [6, 7])])


def as_rollout(problem: Problem, plan: Solution) -> Rollout:
    """Return a rollout that came to a plan."""
    rollout = make_rollout(make_world(make_data(problem)))
    stops = [client for route in plan.routes for client in route.clients]
    rollout.number[ROUTES], rollout.number[SERVED] = len(plan.routes), len(stops)
    rollout.kinds[: len(plan.routes)] = [route.vehicle_type for route in plan.routes]
    rollout.ends[: len(plan.routes)] = np.cumsum([len(route.clients) for route in plan.routes])
    rollout.stops[: len(stops)] = stops
    return rollout


def laid(problem: Problem, plan: Solution) -> Island:
    island = Island(make_data(problem), 1)
    island.start_from(as_rollout(problem, plan))
    return island


@pytest.mark.parametrize(
    ("fixed_cost", "fewest", "left"),
    [(0.0, 1, 3), (15.0, 1, 3), (100.0, 3, 3), (100.0, 2, 2), (100.0, 1, 2), (10_000.0, 1, 2)],
)
def test_a_needless_route_is_dropped_where_that_is_cheaper(fixed_cost: float, fewest: int, left: int) -> None:
    problem, plan = three_routes(fixed_cost)
    island = laid(problem, plan)
    before = island.cost
    island.polish(fewest)
    found = solution_of(island.data, island.best)
    report = check(problem, found)
    assert report.feasible
    assert len(found.routes) == left
    assert report.costs.total == island.cost
    assert island.cost < before if left < 3 else island.cost == before


@given(seeds, st.sampled_from(FEATURES), st.integers(0, 5))
def test_polishing_makes_nothing_dearer_and_breaks_nothing(seed: int, features: str, fewest: int) -> None:
    problem = random_problem(seed, features)
    data = make_data(problem)
    if data.n < 2 or data.slots == 0:
        return
    plan = solve(problem, iterations=1, seed=seed, threads=1, init=Init.RANDOM).solution
    island = laid(problem, plan)
    before = island.cost
    island.polish(fewest)
    report = check(problem, solution_of(data, island.best))
    assert not {violation.rule for violation in report.violations} - {Rule.UNSERVED}
    absent = sum(float(data.absent_cost[c]) for c in report.unserved)
    assert island.cost == pytest.approx(routes_cost(report) + absent, rel=1e-9, abs=1e-6)
    assert island.cost <= before
    once = island.cost
    island.polish(fewest)
    assert island.cost <= once
