"""Changes of the plan by hand: what each does, and that no plan comes out that is none."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.model import moves
from app.model.changes import EditRefusedError
from app.model.identity import in_order
from app.model.moves import Draft
from app.model.patch import State
from app.model.plan import Plan, PlannedRoute
from tests.app.model.states import small_scenario, states


def planned(*routes: tuple[str, str]) -> Plan:
    """Return a plan; each letter is one of the customers C1 to C4."""
    made = Plan(tuple(PlannedRoute(vehicle, tuple(f"C{stop}" for stop in stops)) for vehicle, stops in routes))
    return in_order(made, small_scenario().vehicles)


def state_of(*routes: tuple[str, str]) -> State:
    return State(small_scenario(), planned(*routes))


@pytest.fixture
def state() -> State:
    """C1, C2 and C3 with one vehicle, C4 with another."""
    return state_of(("bike", "123"), ("van", "4"))


@pytest.mark.parametrize(
    ("customers", "route", "position", "expected"),
    [
        (["C1"], 1, 0, [("bike", "23"), ("van", "14")]),
        (["C1"], 1, 1, [("bike", "23"), ("van", "41")]),
        (["C1"], 1, 99, [("bike", "23"), ("van", "41")]),
        (["C1"], 1, -1, [("bike", "23"), ("van", "14")]),
        (["C3", "C1"], 1, 0, [("bike", "2"), ("van", "314")]),  # the order of the selection, not of the plan
        (["C1", "C1"], 1, 0, [("bike", "23"), ("van", "14")]),
        (["C1"], 0, 2, [("bike", "213"), ("van", "4")]),  # two of the present stops come before it: itself and C2
        (["C3"], 0, 0, [("bike", "312"), ("van", "4")]),
        (["C1", "C3"], 0, 2, [("bike", "213"), ("van", "4")]),
        (["C4"], 0, 1, [("bike", "1423")]),  # the other route has no stops any more
    ],
)
def test_stops_go_to_a_place_in_a_route(
    state: State, customers: list[str], route: int, position: int, expected: list[tuple[str, str]]
) -> None:
    draft = moves.move_stops(state, customers, route, position)
    assert draft.plan == planned(*expected)
    assert draft.edit.patch.applied(state) == State(state.scenario, draft.plan)
    assert draft.edit.patch.inverted().applied(State(state.scenario, draft.plan)) == state


def test_what_changes_nothing_is_an_empty_patch(state: State) -> None:
    assert not moves.move_stops(state, ["C2"], 0, 1).edit.patch
    assert not moves.shift_stops(state, ["C1"], later=False).edit.patch


def test_a_vehicle_at_home_gets_a_route_behind_the_others(state: State) -> None:
    made = moves.start_route(state, ["C3", "C1"], "bike").plan
    assert made == planned(("bike", "2"), ("van", "4"), ("bike", "31"))
    with pytest.raises(EditRefusedError):
        moves.start_route(state, ["C1"], "van")  # there is one, and it is out
    # the van comes home when its only stop leaves it
    made = moves.start_route(state, ["C4", "C1"], "van").plan
    assert made == planned(("bike", "23"), ("van", "41"))


def test_unassigned_customers_are_in_no_route(state: State) -> None:
    assert moves.unassign(state, ["C2", "C4"]).plan == planned(("bike", "13"))
    with pytest.raises(EditRefusedError):
        moves.unassign(state_of(("bike", "1")), ["C2"])


def test_a_route_is_reversed_and_two_exchange_vehicles(state: State) -> None:
    assert moves.reverse_route(state, 0).plan == planned(("bike", "321"), ("van", "4"))
    assert moves.swap_vehicles(state, 0, 1).plan == planned(("van", "123"), ("bike", "4"))
    with pytest.raises(EditRefusedError):
        moves.swap_vehicles(state_of(("bike", "1"), ("bike", "2")), 0, 1)


@pytest.mark.parametrize(
    ("stops", "later", "expected"),
    [
        ("2", True, "1324"),
        ("2", False, "2134"),
        ("4", True, "1234"),
        ("23", True, "1423"),
        ("23", False, "2314"),
        ("12", False, "1234"),
        ("13", False, "1324"),
        ("24", False, "2143"),
        ("34", True, "1234"),
    ],
)
def test_stops_shift_by_one_and_stay_side_by_side(stops: str, later: bool, expected: str) -> None:
    state = state_of(("bike", "1234"))
    assert moves.shift_stops(state, [f"C{stop}" for stop in stops], later=later).plan == planned(("bike", expected))


def test_what_is_gone_is_refused(state: State) -> None:
    for change in (
        lambda: moves.move_stops(state, ["gone"], 0, 0),
        lambda: moves.move_stops(state, [], 0, 0),
        lambda: moves.move_stops(state, ["C1"], 2, 0),
        lambda: moves.move_stops(state, ["C1"], -1, 0),
        lambda: moves.start_route(state, ["C1"], "gone"),
        lambda: moves.reverse_route(state, 7),
        lambda: moves.swap_vehicles(state, 0, 7),
        lambda: moves.shift_stops(state_of(), ["C1"], later=True),
    ):
        with pytest.raises(EditRefusedError):
            change()


def test_a_selection_is_customers_in_the_order_of_the_plan() -> None:
    state = state_of(("bike", "31"), ("van", "2"))
    assert moves.stops_of(state, {("customers", "C1"), ("customers", "C4"), ("customers", "C3")}) == ("C3", "C1", "C4")
    assert moves.stops_of(state, {("routes", "bike/1"), ("customers", "C2"), ("depots", "D1")}) == ("C3", "C1", "C2")
    assert moves.stops_of(state, {("depots", "D1")}) == ()
    assert moves.routes_of(state, {("routes", "van/1"), ("customers", "C3")}) == (0, 1)
    assert moves.routes_of(state, {("customers", "C4")}) == ()


@st.composite
def drafts(draw: st.DrawFn) -> Draft:
    """Any change of any plan that is not refused."""
    state = draw(states())
    customers = draw(st.permutations(list(state.scenario.customers)))[: draw(st.integers(0, 4))]
    route, other = draw(st.integers(0, 2)), draw(st.integers(0, 2))
    vehicle = draw(st.sampled_from(list(state.scenario.vehicles)))
    change = draw(
        st.sampled_from(
            [
                lambda: moves.move_stops(state, customers, route, draw(st.integers(-1, 6))),
                lambda: moves.start_route(state, customers, vehicle),
                lambda: moves.unassign(state, customers),
                lambda: moves.reverse_route(state, route),
                lambda: moves.swap_vehicles(state, route, other),
                lambda: moves.shift_stops(state, customers, later=draw(st.booleans())),
            ]
        )
    )
    try:
        return change()
    except EditRefusedError:
        return Draft("Nothing", state, state.plan.routes)


@given(drafts())
def test_a_plan_changed_by_hand_is_a_plan(draft: Draft) -> None:
    state, plan = draft.before, draft.plan
    visits = Counter(stop for route in plan.routes for stop in route.stops)
    assert not visits or max(visits.values()) == 1
    assert visits.keys() <= state.scenario.customers.keys()
    assert all(route.stops and route.vehicle in state.scenario.vehicles for route in plan.routes)
    after = draft.edit.patch.applied(state)
    assert after.scenario is state.scenario
    assert after.plan == (plan if draft.routes != state.plan.routes else state.plan)
    assert draft.edit.patch.inverted().applied(after) == state
