"""What is different between two plans, vehicle by vehicle and leg by leg."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from app.model.difference import RouteDifference, leg_difference, moved_places, plan_difference
from app.model.identity import in_order
from app.model.patch import State
from app.model.plan import Plan, PlannedRoute
from tests.app.model.states import busy_states, small_scenario


def plan(*routes: tuple[str, str]) -> Plan:
    """Routes as a vehicle and its stops, one letter each."""
    return in_order(Plan(tuple(PlannedRoute(vehicle, tuple(stops)) for vehicle, stops in routes)), ("van", "bike"))


def test_the_same_plan_differs_in_nothing() -> None:
    same = plan(("van", "abc"), ("van", "de"), ("bike", "f"))
    found = plan_difference(same, same)
    assert all(one.same and one.before == one.after for one in found.routes)
    assert found.moved == frozenset()


def test_a_vehicle_is_compared_with_itself_and_not_with_one_like_it() -> None:
    before = Plan((PlannedRoute("van", ("a", "b"), 1), PlannedRoute("van", ("d", "e"), 2)))
    after = Plan((PlannedRoute("van", ("d", "e"), 1), PlannedRoute("van", ("a", "b"), 3)))
    found = plan_difference(before, after)
    assert [(one.route, one.before, one.after) for one in found.routes] == [
        ("van/1", 0, 0),
        ("van/2", 1, None),
        ("van/3", None, 1),
    ]
    assert found.moved == set("abde")


def test_a_stop_that_changes_its_vehicle_has_moved() -> None:
    found = plan_difference(plan(("van", "abc"), ("bike", "de")), plan(("van", "ab"), ("bike", "dce")))
    assert found.routes == (
        RouteDifference("van/1", 0, 0, came=(), went=("c",), stayed=2),
        RouteDifference("bike/1", 1, 1, came=("c",), went=(), stayed=2),
    )
    assert found.moved == {"c"}


def test_who_is_served_in_one_plan_only_has_moved() -> None:
    found = plan_difference(plan(("van", "abc")), plan(("van", "bcd")))
    assert found.moved == {"a", "d"}
    (only,) = found.routes
    assert (only.came, only.went) == (("d",), ("a",))


def test_of_another_order_as_few_as_can_be_are_told() -> None:
    (only,) = plan_difference(plan(("van", "abcdef")), plan(("van", "abdefc"))).routes
    assert (only.came, only.went, only.shifted, only.stayed) == ((), (), ("c",), 6)
    assert not only.same


def test_another_type_is_another_vehicle() -> None:
    found = plan_difference(plan(("van", "abc")), plan(("bike", "abc")))
    assert [(one.before, one.after) for one in found.routes] == [(0, None), (None, 0)]
    assert found.moved == set("abc")


def test_a_vehicle_without_a_stop_in_common_is_still_the_vehicle() -> None:
    found = plan_difference(plan(("van", "ab"), ("bike", "c")), plan(("van", "c"), ("bike", "ab")))
    assert [(one.before, one.after) for one in found.routes] == [(0, 0), (1, 1)]
    assert found.moved == set("abc")


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    stops = draw(st.permutations("abcdefgh"))
    cuts = sorted(draw(st.lists(st.integers(0, 8), min_size=3, max_size=3)))
    parts = [stops[a:b] for a, b in zip([0, *cuts], cuts, strict=False)]
    routes = (PlannedRoute(draw(st.sampled_from(["van", "bike"])), tuple(part)) for part in parts if part)
    return in_order(Plan(tuple(routes)), ("van", "bike"))


@given(plans(), plans())
def test_every_route_is_told_of_once_and_the_difference_leads_from_one_to_the_other(one: Plan, other: Plan) -> None:
    found = plan_difference(one, other)
    assert sorted(each.before for each in found.routes if each.before is not None) == list(range(len(one.routes)))
    assert sorted(each.after for each in found.routes if each.after is not None) == list(range(len(other.routes)))
    for each in found.routes:
        had = one.routes[each.before].stops if each.before is not None else ()
        has = other.routes[each.after].stops if each.after is not None else ()
        assert set(had) - set(each.went) | set(each.came) == set(has)
        steady = [stop for stop in has if stop not in (*each.came, *each.shifted)]
        assert steady == [stop for stop in had if stop in steady]
        assert each.same == (had == has)
        if each.before is not None and each.after is not None:
            assert one.routes[each.before].id == other.routes[each.after].id == each.route
    assert found.moved == {
        stop for each in found.routes for stop in (*each.came, *each.went)
    }  # who comes to a vehicle or goes from it, and nobody else


def test_legs_are_told_apart_by_where_they_lead() -> None:
    scenario = small_scenario()
    before = State(scenario, Plan((PlannedRoute("bike", ("C1", "C2", "C4")),)))
    after = State(scenario, Plan((PlannedRoute("bike", ("C1", "C2")), PlannedRoute("van", ("C4",)))))
    found = leg_difference(before, after)
    depot, c1, c2, c4 = (60.20, 24.94), (60.17, 24.93), (60.18, 24.95), (60.19, 24.92)
    assert set(found.same) == {("bike", depot, c1), ("bike", c1, c2)}
    assert set(found.before) == {("bike", c2, c4), ("bike", c4, depot)}
    assert set(found.after) == {("bike", c2, depot), ("van", (60.15, 24.94), c4)}  # the van's day ends at its last stop


def test_a_place_that_has_moved_changes_its_legs() -> None:
    scenario = small_scenario()
    there = replace(scenario, customers=scenario.customers | {"C1": replace(scenario.customers["C1"], lat=60.0)})
    plan = Plan((PlannedRoute("bike", ("C1", "C2")),))
    found = leg_difference(State(scenario, plan), State(there, plan))
    assert (len(found.same), len(found.before), len(found.after)) == (1, 2, 2)
    assert moved_places(scenario, there) == {"C1"}


@given(busy_states(), busy_states())
def test_legs_are_in_both_or_in_one(one: State, other: State) -> None:
    there, back = leg_difference(one, other), leg_difference(other, one)
    assert {leg[1:] for leg in there.same} == {leg[1:] for leg in back.same}
    assert (there.before, there.after) == (back.after, back.before)
