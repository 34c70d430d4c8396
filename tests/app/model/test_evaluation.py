"""The figures are those of `check`, in the user's units; plans and solutions are one another."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.model.compile import compile_scenario
from app.model.evaluation import evaluate, evaluation_of, to_plan, to_solution
from app.model.identity import in_order
from app.model.patch import State
from app.model.plan import Plan, PlannedRoute
from app.model.scenario import Scenario
from solver.problem import check
from tests.app.model.states import small_scenario, small_state, states

HOUR = 3600


@given(states())
def test_a_plan_and_a_solution_are_one_another(state: State) -> None:
    problem = compile_scenario(state.scenario)
    assert to_plan(problem, to_solution(problem, state.plan)) == state.plan


def test_routes_without_stops_keep_their_place() -> None:
    problem = compile_scenario(small_scenario())
    plan = Plan((PlannedRoute("bike", ()), PlannedRoute("van", ("C2",)), PlannedRoute("bike", ("C1",))))
    assert to_plan(problem, to_solution(problem, plan)) == in_order(plan, small_scenario().vehicles)
    evaluation = evaluate(small_scenario(), problem, plan)
    assert [route.number for route in evaluation.routes] == [1, 2, 3]
    assert [route.label for route in evaluation.routes] == ["Bike 1", "Van", "Bike 2"]
    assert evaluation.vehicles_used == 2


@pytest.mark.parametrize("route", [PlannedRoute("gone", ("C1",)), PlannedRoute("van", ("gone",))])
def test_a_plan_for_something_else_is_an_error(route: PlannedRoute) -> None:
    with pytest.raises(KeyError):
        to_solution(compile_scenario(small_scenario()), Plan((route,)))


@given(states())
def test_figures_are_those_of_check(state: State) -> None:
    problem = compile_scenario(state.scenario)
    report = check(problem, to_solution(problem, state.plan))
    evaluation = evaluate(state.scenario, problem, state.plan)
    assert evaluation.costs == report.costs
    assert evaluation.distance_km == pytest.approx(report.distance / 1000)
    assert evaluation.duration_s == report.duration
    assert evaluation.feasible == report.feasible == (not evaluation.violations)
    assert len(evaluation.violations) == len(report.violations)
    ids = problem.clients.ids
    assert [one.customer for one in evaluation.unserved] == [ids[client] for client in report.unserved]
    assert {one.customer for one in evaluation.unserved} == state.scenario.customers.keys() - state.plan.served
    assert len(evaluation.routes) == len(report.routes)
    for figures, route, planned in zip(evaluation.routes, report.routes, state.plan.routes, strict=True):
        assert (figures.vehicle, figures.stops) == (planned.vehicle, len(planned.stops))
        assert tuple(visit.customer for visit in figures.visits) == planned.stops
        assert figures.cost == route.costs.total
        assert (figures.start_s, figures.end_s, figures.duration_s) == (route.start, route.end, route.duration)
        assert (figures.service_s, figures.waiting_s) == (route.service, route.waiting)
        legs = sum(visit.leg_km for visit in figures.visits) + figures.return_km
        assert figures.distance_km == pytest.approx(route.distance / 1000) == pytest.approx(legs)
        assert figures.driving_s == sum(visit.leg_s for visit in figures.visits) + figures.return_s
        vehicle = state.scenario.vehicles[planned.vehicle]
        assert (figures.start_depot, figures.end_depot) == (vehicle.start_depot, vehicle.end_depot)
        assert figures.capacity == vehicle.capacity
        for shown, visit in zip(figures.visits, route.visits, strict=True):
            assert (shown.arrival_s, shown.start_s, shown.departure_s) == (visit.arrival, visit.start, visit.departure)
            assert (shown.waiting_s, shown.lateness_s) == (visit.waiting, visit.lateness)


def test_one_route_by_hand() -> None:
    scenario = small_scenario()
    problem = compile_scenario(scenario)
    evaluation = evaluate(scenario, problem, Plan((PlannedRoute("bike", ("C1", "C3", "C2")),)))
    (route,) = evaluation.routes
    assert route.load == (45.0,)
    assert [visit.load for visit in route.visits] == [(35.0,), (25.0,), (5.0,)]
    assert route.capacity == (50.0,)
    first = route.visits[0]
    # The earliest start at C1 is bound by the shift, not by its window, which is open by then.
    assert first.arrival_s == first.start_s == 8 * HOUR + first.leg_s
    assert route.service_s == 450  # C2 takes 300 s, half as long again with a bike
    assert evaluation.costs.fixed == 0.0
    assert evaluation.costs.distance == pytest.approx(evaluation.distance_km)
    assert [one.customer for one in evaluation.unserved] == ["C4"]
    assert evaluation.unserved[0].required


def test_nothing_planned_has_no_figures() -> None:
    evaluation = evaluate(small_scenario(), compile_scenario(small_scenario()), Plan())
    assert (evaluation.distance_km, evaluation.duration_s, evaluation.vehicles_used) == (0.0, 0, 0)
    assert evaluation.costs.total == evaluation.costs.unserved == 20.0
    assert not evaluation.feasible


@given(st.data())
def test_the_scenario_may_have_been_edited_since_it_was_compiled(data: st.DataObject) -> None:
    state = small_state()
    problem = compile_scenario(state.scenario)
    solution = to_solution(problem, state.plan)
    report = check(problem, solution)
    kind = data.draw(st.sampled_from(["vehicles", "customers", "depots", "profiles"]))
    edited: Scenario = replace(state.scenario, **{kind: {}})
    now = evaluation_of(edited, problem, solution, report)
    then = evaluation_of(state.scenario, problem, solution, report)
    assert now.costs == then.costs
    assert [route.visits for route in now.routes] == [route.visits for route in then.routes]
