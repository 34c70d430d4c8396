"""`check` is the sum of its parts: of each route by itself, of the fleet and of who is served."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from solver.problem import Route, check, check_fleet, check_route, check_service
from tests.solver.random_problems import random_problem
from tests.solver.random_solutions import random_solution


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6))
def test_a_report_is_made_of_its_parts(seed: int) -> None:
    problem = random_problem(seed)
    solution = random_solution(problem, seed)
    report = check(problem, solution)
    routes = [check_route(problem, route, index) for index, route in enumerate(solution.routes)]
    visits = Counter(client for route in solution.routes for client in route.clients)
    unserved, left_out, missed = check_service(problem, visits)
    assert report.routes == tuple(one for one, _ in routes)
    assert report.unserved == unserved
    assert report.costs.unserved == pytest.approx(left_out)
    assert report.costs.total == pytest.approx(sum(one.costs.total for one, _ in routes) + left_out)
    broken = [violation for _, violations in routes for violation in violations]
    assert report.violations == (*broken, *check_fleet(problem, solution), *missed)


def test_a_route_of_strangers_is_an_error() -> None:
    problem = random_problem(1, clients=3)
    with pytest.raises(IndexError):
        check_route(problem, Route(0, (3,)))
