"""Legs without a road in figures, prices and reasons: told in words, and never a million kilometres long."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from app.model.compile import compile_scenario
from app.model.evaluation import evaluate
from app.model.gaps import without_gaps
from app.model.moves import Draft
from app.model.patch import State
from app.model.plan import Plan, PlannedRoute
from app.model.proposal import Pricing
from app.model.scenario import Scenario
from solver.problem import UNREACHABLE, Problem, Rule, Solution, check
from tests.app.model.states import small_scenario

PLAN = Plan((PlannedRoute("bike", ("C1", "C2", "C4"), 1),))


@pytest.fixture
def scenario() -> Scenario:
    day = small_scenario()
    vehicles = {key: replace(one, max_distance=100.0) for key, one in day.vehicles.items()}
    return replace(day, vehicles=vehicles)


@pytest.fixture
def problem(scenario: Scenario) -> Problem:
    """No road leads to C2, nor from there."""
    whole = compile_scenario(scenario)
    distance = np.array(whole.travel.distance)
    cut = int(whole.clients.location[1])
    distance[:, cut], distance[:, :, cut] = UNREACHABLE, UNREACHABLE
    distance[:, cut, cut] = 0
    return replace(whole, travel=replace(whole.travel, distance=distance))


def test_figures_leave_out_legs_that_have_no_road(scenario: Scenario, problem: Problem) -> None:
    found = evaluate(scenario, problem, PLAN)
    assert not found.feasible
    assert {one.violation.rule for one in found.violations if one.violation} >= {Rule.UNREACHABLE}
    assert Rule.MAX_DISTANCE not in {one.violation.rule for one in found.violations if one.violation}
    (route,) = found.routes
    assert found.distance_km == route.distance_km < 100
    assert [visit.leg_km == 0 for visit in route.visits] == [False, True, True]
    assert found.costs.total < 1000
    assert route.end_s < 48 * 3600


def test_the_limit_of_a_distance_is_broken_by_what_is_driven(scenario: Scenario, problem: Problem) -> None:
    short = replace(problem, vehicles=replace(problem.vehicles, max_distance=np.array([1000, 1000])))
    found = evaluate(scenario, short, PLAN)
    (limit,) = (one.violation for one in found.violations if one.violation and one.violation.rule is Rule.MAX_DISTANCE)
    assert limit.amount == round(found.distance_km * 1000) - 1000


def test_a_plan_on_roads_is_as_it_was(scenario: Scenario) -> None:
    problem = compile_scenario(scenario)
    report = check(problem, Solution.of([(0, [0, 1, 3])]))
    assert without_gaps(problem, report) is report


def test_prices_leave_them_out_too(scenario: Scenario, problem: Problem) -> None:
    state = State(scenario, PLAN)
    pricing = Pricing(problem, state)
    without = replace(state.plan.routes[0], stops=("C1", "C4"))
    freed = pricing.proposal(Draft("Take C2 out", state, (without,)))
    assert abs(freed.cost) < 1000
    assert abs(freed.distance_km) < 100
    assert [one.violation.rule for one in freed.cures if one.violation].count(Rule.UNREACHABLE) == 2


def test_a_place_beside_a_gap_is_found_by_its_price(scenario: Scenario, problem: Problem) -> None:
    state = State(scenario, Plan((PlannedRoute("bike", ("C1", "C2"), 1),)))
    found = Pricing(problem, state).best_in_route(["C4"], 0)
    assert abs(found.cost) < 1000


def test_who_has_no_road_is_told_so(scenario: Scenario, problem: Problem) -> None:
    found = evaluate(scenario, problem, Plan((PlannedRoute("bike", ("C1",), 1),)))
    reasons = {one.customer: " ".join(one.reasons) for one in found.unserved}
    assert "road" in reasons["C2"]
    assert "road" not in reasons["C4"]
