"""A route is its vehicle, in every plan: whatever is improved, accepted, taken back, or comes in another order."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.model.changes import set_plan
from app.model.compile import compile_scenario
from app.model.evaluation import to_plan, to_solution
from app.model.identity import in_order
from app.model.patch import Patch, State, Swap
from app.model.plan import Lock, Plan, PlannedRoute, driver_of, route_id
from solver.problem import ANY, Solution
from tests.app.model.states import busy_states, small_scenario

KINDS = ("van", "bike", "lorry")


@st.composite
def loose_plans(draw: st.DrawFn) -> Plan:
    """Routes as they come from anywhere: in any order, some of no settled vehicle, some of one that is taken."""
    made = draw(st.lists(st.tuples(st.sampled_from((*KINDS, "gone")), st.integers(0, 3)), max_size=8))
    routes = tuple(PlannedRoute(kind, (f"C{at}",), number) for at, (kind, number) in enumerate(made))
    return Plan(routes, {"C0": Lock.PLACE} if routes else {})


@given(loose_plans())
def test_routes_are_in_the_order_of_the_fleet_and_each_has_a_vehicle_of_its_own(plan: Plan) -> None:
    made = in_order(plan, KINDS)
    ranks = [(KINDS.index(one.vehicle) if one.vehicle in KINDS else len(KINDS), one.number) for one in made.routes]
    assert ranks == sorted(set(ranks))
    assert all(route.number > 0 for route in made.routes)
    assert sorted((one.vehicle, one.stops) for one in made.routes) == sorted(
        (one.vehicle, one.stops) for one in plan.routes
    )
    assert made.locks == plan.locks
    assert in_order(made, KINDS) is made
    first = {}
    for route in plan.routes:
        first.setdefault((route.vehicle, route.number), route.stops)
    kept = {(route.vehicle, route.number): route.stops for route in made.routes}
    assert all(kept[vehicle] == stops for vehicle, stops in first.items() if vehicle[1])  # who had a vehicle keeps it


@given(st.text(), st.integers(1, 10**6))
def test_an_id_is_that_of_one_vehicle_whatever_its_type_is_called(kind: str, number: int) -> None:
    assert driver_of(route_id(kind, number)) == (kind, number)


@given(busy_states(), st.data())
def test_an_answer_in_any_order_and_without_vehicles_has_the_routes_that_there_were(
    state: State, data: st.DataObject
) -> None:
    problem = compile_scenario(state.scenario)
    routes = [replace(route, vehicle=ANY) for route in to_solution(problem, state.plan).routes]
    answer = Solution(tuple(data.draw(st.permutations(routes))))
    assert to_plan(problem, answer, state.plan) == state.plan


@given(busy_states(), st.data())
def test_a_vehicle_keeps_its_route_while_another_is_improved(state: State, data: st.DataObject) -> None:
    problem, routes = compile_scenario(state.scenario), state.plan.routes
    if not routes:
        return
    turned = data.draw(st.integers(0, len(routes) - 1))
    better = [
        replace(one, stops=one.stops[::-1] if at == turned else one.stops, number=0) for at, one in enumerate(routes)
    ]
    answer = to_solution(problem, Plan(tuple(data.draw(st.permutations(better)))))
    made = to_plan(problem, answer, state.plan)
    assert [route.id for route in made.routes] == [route.id for route in routes]
    edit = set_plan(state, made)
    then = edit.patch.applied(state)
    assert then.plan == made
    assert edit.patch.inverted().applied(then) == state


@given(busy_states(), st.data())
def test_the_order_of_the_vehicles_is_that_of_the_routes_and_back(state: State, data: st.DataObject) -> None:
    kinds = data.draw(st.permutations(list(state.scenario.vehicles)))
    vehicles = {kind: state.scenario.vehicles[kind] for kind in kinds}
    sorted_anew = State(replace(state.scenario, vehicles=vehicles), state.plan)
    assert {one.id: one.stops for one in sorted_anew.plan.routes} == {one.id: one.stops for one in state.plan.routes}
    there = Patch.between(state, sorted_anew)
    assert there.applied(state) == sorted_anew
    assert there.inverted().applied(sorted_anew) == state


def test_a_patch_of_an_older_version_fits_the_plan_that_it_was_made_for() -> None:
    before = Plan((PlannedRoute("van", ("C4",)), PlannedRoute("bike", ("C1",))))
    after = Plan((PlannedRoute("van", ("C4", "C2")), PlannedRoute("bike", ("C1",))))
    state = State(small_scenario(), before)
    assert Patch(plan=Swap(before, after)).applied(state) == State(small_scenario(), after)
    with pytest.raises(ValueError, match="plan"):
        Patch(plan=Swap(after, before)).applied(state)
