"""The optimum by force: a plan that the check confirms, and that no other plan beats."""

from __future__ import annotations

import numpy as np
import pytest

from solver.problem import ALONE, Problem, Route, Rule, Solution, check, make_problem
from tests.solver.brute_force import MOST_CLIENTS, best_by_force
from tests.solver.random_problems import TRAITS, each_trait, whole_problem
from tests.solver.random_solutions import obedient_solution, random_solution

LINE = np.abs(np.subtract.outer(np.arange(4) * 10, np.arange(4) * 10))


def who_is_left(problem: Problem, solution: Solution) -> tuple[int, float] | None:
    """Return the clients left out and the cost of a plan, or None when the routes themselves break a rule."""
    report = check(problem, solution)
    absent = {c for c in range(problem.clients.number) if c not in solution.served}
    if any(one.client not in absent for one in report.violations):
        return None
    return len(report.violations), report.costs.total


@pytest.mark.parametrize("seed", range(25))
def test_no_plan_beats_it(seed: int) -> None:
    problem = each_trait(seed, clients=1 + seed % 4)
    optimum = best_by_force(problem)
    assert who_is_left(problem, optimum.solution) == (optimum.left, pytest.approx(optimum.cost))
    for other in range(150):
        for solution in (random_solution(problem, other), obedient_solution(problem, other)):
            found = who_is_left(problem, solution)
            assert found is None or found[0] > optimum.left or found[1] >= optimum.cost - 1e-9


def test_trips_are_tried() -> None:
    problem = make_problem(
        distance=LINE,
        delivery=[3, 3, 3],
        capacity=[6],
        count=[1],
        max_trips=[2],
        reload_depot=[0],
        release=[70, 0, 0],
        shift_end=[100],
    )
    optimum = best_by_force(problem)
    assert (optimum.left, optimum.cost) == (0, 80)
    assert [sorted(trip) for trip in optimum.solution.routes[0].trips] == [[1, 2], [0]]


def test_one_of_a_group_is_enough_and_a_lock_says_which() -> None:
    group = [0, ALONE, 0]
    free = best_by_force(make_problem(distance=LINE, group=group))
    assert (free.left, free.cost) == (0, 40)
    locked = best_by_force(make_problem(distance=LINE, group=group, locked_vehicle=[-1, -1, 2]))
    assert (locked.left, locked.cost) == (0, 60)
    assert Route(0, (2, 1), 2) in locked.solution.routes or Route(0, (1, 2), 2) in locked.solution.routes


def test_vehicles_are_told_apart_where_a_plan_was_published() -> None:
    problem = make_problem(distance=LINE, count=[3], max_stops=[1], published_vehicle=[2, 0, 1], published_weight=100.0)
    optimum = best_by_force(problem)
    assert optimum.cost == 120
    assert {(route.vehicle, route.clients) for route in optimum.solution.routes} == {(2, (0,)), (0, (1,)), (1, (2,))}


def test_who_cannot_be_served_is_counted() -> None:
    problem = make_problem(distance=LINE, delivery=[1, 9, 1], capacity=[5])
    optimum = best_by_force(problem)
    assert (optimum.left, optimum.cost) == (1, 60)
    assert [one.rule for one in check(problem, optimum.solution).violations] == [Rule.UNSERVED]


def test_it_does_not_start_what_it_would_not_end() -> None:
    with pytest.raises(ValueError, match=f"expected at most {MOST_CLIENTS}"):
        best_by_force(whole_problem(1, TRAITS, clients=MOST_CLIENTS + 1))
