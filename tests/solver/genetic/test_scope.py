"""Solving a part: what is frozen stays equal, what may change never gets worse than the repaired plan."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from solver.genetic import solve
from solver.problem import ANY, Problem, Route, Rule, Solution, check
from solver.problem.scope import Scope, part_of
from tests.solver.genetic.test_solve import uniform_problem
from tests.solver.random_problems import each_trait
from tests.solver.random_solutions import obedient_solution, random_solution
from tests.solver.search.harness import broken_rules

seeds = st.integers(0, 10**6)
plans = st.sampled_from((obedient_solution, random_solution))


def good_plan(problem: Problem, seed: int) -> Solution:
    return solve(problem, iterations=60, seed=seed, threads=1).solution


def thinned(plan: Solution, seed: int) -> Solution:
    """Return a plan without some of its clients; fewer trips may be left."""
    rng = np.random.default_rng(seed)
    routes = []
    for route in plan.routes:
        trips = [[c for c in trip if rng.random() < 0.7] for trip in route.trips]
        kept = [trip for trip in trips if trip]
        marks = np.cumsum([len(trip) for trip in kept])[:-1].tolist()
        routes.append(Route(route.vehicle_type, tuple(c for trip in kept for c in trip), route.vehicle, tuple(marks)))
    return Solution.of(routes)


def orders(plan: Solution) -> set[tuple[int, int, tuple[int, ...]]]:
    return {(route.vehicle_type, route.vehicle, route.clients) for route in plan.routes if route.clients}


def worth(problem: Problem, plan: Solution) -> tuple[int, float]:
    """Return how many clients have to be served and are not, and the cost."""
    report = check(problem, plan)
    return sum(violation.rule is Rule.UNSERVED for violation in report.violations), report.costs.total


@given(seeds, plans)
def test_a_part_put_back_is_the_plan_again(seed: int, plan_of) -> None:  # type: ignore[no-untyped-def]
    problem = each_trait(seed)
    plan = plan_of(problem, seed)
    for scope in (Scope.routes(range(len(plan.routes))), Scope.insert_only(), Scope.order_only()):
        part = part_of(problem, plan, scope)
        assert part.initial is not None
        back = part.join(part.initial)
        assert back.served <= plan.served
        if scope == Scope.insert_only():
            assert [route.clients for route in back.routes] == [route.clients for route in plan.routes]


@given(seeds, plans)
@settings(max_examples=40)
def test_routes_that_were_not_chosen_stay_equal(seed: int, plan_of) -> None:  # type: ignore[no-untyped-def]
    problem = each_trait(seed)
    plan = plan_of(problem, seed)
    chosen = set(np.random.default_rng(seed).permutation(len(plan.routes))[:2].tolist())
    result = solve(problem, iterations=60, threads=2, seed=seed, initial=plan, scope=Scope.routes(chosen))
    frozen = [route for index, route in enumerate(plan.routes) if index not in chosen and route.clients]
    assert [route for route in result.solution.routes if route in frozen] == frozen
    assert check(problem, result.solution) == result.report
    solved = {index for index, route in enumerate(result.solution.routes) if route not in plan.routes}
    late = {Rule.MAX_DURATION} if problem.locks.driven.any() else set()  # what was driven late may end late
    members = sum(len(route.clients) for index, route in enumerate(plan.routes) if index in chosen)
    short = set(np.flatnonzero(problem.locks.position >= members).tolist())  # nobody else is there to stand before them
    assert not [
        one
        for one in result.report.violations
        if one.route in solved and one.rule not in late and not (one.rule is Rule.LOCK and one.client in short)
    ]


def lacks_driven(problem: Problem, plan: Solution) -> bool:
    """Whether a client who was driven is not in the plan: nobody can say then what its vehicle did."""
    return not set(np.flatnonzero(problem.locks.driven).tolist()) <= plan.served


@given(seeds)
@settings(max_examples=40)
def test_insertion_keeps_vehicle_and_order_of_all_others(seed: int) -> None:
    problem = each_trait(seed)
    plan = thinned(good_plan(problem, seed), seed)
    if lacks_driven(problem, plan):
        return
    feasible = not broken_rules(problem, plan)
    result = solve(problem, iterations=60, threads=2, seed=seed, initial=plan, scope=Scope.insert_only())
    served = plan.served
    before = {(r.vehicle_type, r.clients) for r in plan.routes}
    after = {(r.vehicle_type, tuple(c for c in r.clients if c in served)) for r in result.solution.routes}
    assert before == after - {(k, ()) for k in range(problem.vehicles.number)}
    if feasible and not problem.locks.driven.any():  # behind a late driven client the search bounds durations only
        assert not broken_rules(problem, result.solution)
        assert worth(problem, result.solution) <= worth(problem, plan)


@given(seeds)
@settings(max_examples=40)
def test_order_only_keeps_each_vehicle_its_clients(seed: int) -> None:
    problem = each_trait(seed)
    plan = good_plan(problem, seed)
    if broken_rules(problem, plan):
        return  # then it is repaired first
    if lacks_driven(problem, plan):
        return
    result = solve(problem, iterations=60, threads=2, seed=seed, initial=plan, scope=Scope.order_only())
    sets = [
        sorted((route.vehicle_type, route.vehicle, sorted(route.clients)) for route in one.routes)
        for one in (plan, result.solution)
    ]
    assert sets[0] == sets[1]
    assert broken_rules(problem, result.solution) <= broken_rules(problem, plan)
    left, cost = worth(problem, result.solution)
    assert left == worth(problem, plan)[0]
    assert cost <= worth(problem, plan)[1] + 1e-6


def test_chosen_routes_take_in_whom_the_plan_leaves_out_and_no_further_vehicle() -> None:
    problem = uniform_problem(40)
    plan = good_plan(problem, 1)
    gap = Solution((*plan.routes[:-1], Route(0, plan.routes[-1].clients[:2])))
    scope = Scope.routes({0, len(gap.routes) - 1})
    result = solve(problem, iterations=500, threads=1, initial=gap, scope=scope)
    assert len(result.solution.routes) == len(gap.routes)
    assert result.solution.routes[1:-1] == gap.routes[1:-1]
    assert result.report.feasible


def test_order_only_unties_a_knot() -> None:
    problem = uniform_problem(8)
    knot = Solution.of([(0, range(4)), (0, range(4, 8))])
    result = solve(problem, iterations=500, threads=1, initial=knot, scope=Scope.order_only())
    assert [set(route.clients) for route in result.solution.routes] == [set(range(4)), set(range(4, 8))]
    assert all(route.vehicle == ANY for route in result.solution.routes)
    assert result.report.costs.total < check(problem, knot).costs.total


def test_a_part_needs_a_plan_and_a_plan_needs_known_clients() -> None:
    problem = uniform_problem(5)
    with pytest.raises(ValueError, match="plan"):
        solve(problem, iterations=1, scope=Scope.order_only())
    with pytest.raises(IndexError, match="route 0"):
        solve(problem, iterations=1, initial=Solution.of([(0, [7])]))
    with pytest.raises(IndexError, match="scope"):
        solve(problem, iterations=1, initial=Solution.of([(0, [1])]), scope=Scope.routes({1}))
