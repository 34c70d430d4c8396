"""Every edit: what it does, what follows from it, what it is called, and what is refused."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given

from app.model import changes
from app.model.changes import Edit, EditRefusedError
from app.model.patch import State
from app.model.plan import Plan, PlannedRoute
from app.model.scenario import Access, Customer, Depot, Matrix, ProfileRule, Scenario, Vehicle
from app.model.validate import issues_of
from tests.app.model.states import small_state, states


@pytest.fixture
def state() -> State:
    return small_state()


def after(state: State, edit: Edit) -> State:
    return edit.patch.applied(state)


def test_items_are_added_above_a_row_or_at_the_end(state: State) -> None:
    above = after(state, changes.add(state, "customers", [Customer("X"), Customer("Y")], 1))
    assert list(above.scenario.customers) == ["C1", "X", "Y", "C2", "C3", "C4"]
    last = after(state, changes.add(state, "depots", [Depot("X")]))
    assert list(last.scenario.depots) == ["D1", "D2", "X"]


@pytest.mark.parametrize("ids", [["C1"], [""], ["  "], ["X", "X"]])
def test_an_id_that_is_taken_or_empty_is_refused(state: State, ids: list[str]) -> None:
    with pytest.raises(EditRefusedError):
        changes.add(state, "customers", [Customer(key) for key in ids])


def test_pasted_rows_replace_what_is_there_and_add_the_rest(state: State) -> None:
    pasted = after(state, changes.paste(state, "customers", [Customer("X"), Customer("C2", "New")]))
    assert list(pasted.scenario.customers) == ["C1", "C2", "C3", "C4", "X"]
    assert pasted.scenario.customers["C2"].name == "New"
    with pytest.raises(EditRefusedError):
        changes.paste(state, "customers", [Customer("")])


def test_one_field_of_several_items_gets_one_value(state: State) -> None:
    edit = changes.set_field(state, "customers", ["C1", "C3"], "service", 120)
    assert {key: one.service for key, one in after(state, edit).scenario.customers.items()} == {
        "C1": 120, "C2": 300, "C3": 120, "C4": 0,
    }  # fmt: skip
    assert edit.name == "Set service of 2 customers"
    with pytest.raises(EditRefusedError):
        changes.set_field(state, "customers", ["C1"], "id", "X")
    with pytest.raises(EditRefusedError):
        changes.set_field(state, "customers", ["gone"], "service", 1)


def test_a_deleted_customer_leaves_the_plan_and_an_empty_route_goes(state: State) -> None:
    left = after(state, changes.delete(state, {("customers", "C1"), ("customers", "C4")}))
    assert list(left.scenario.customers) == ["C2", "C3"]
    assert left.plan == Plan((PlannedRoute("bike", ("C2",), 1),))


def test_a_deleted_vehicle_leaves_profiles_zones_and_plan(state: State) -> None:
    left = after(state, changes.delete(state, {("vehicles", "van")}))
    assert list(left.scenario.vehicles) == ["bike"]
    assert left.scenario.profiles["cafe"].rules == {}
    assert left.scenario.profiles["shop"] is state.scenario.profiles["shop"]
    assert left.scenario.zones["Z1"].forbidden == frozenset()
    assert [route.vehicle for route in left.plan.routes] == ["bike"]


def test_the_customers_of_a_deleted_profile_have_none(state: State) -> None:
    left = after(state, changes.delete(state, {("profiles", "cafe")}))
    assert [one.profile for one in left.scenario.customers.values()] == ["", "shop", "", ""]


def test_a_depot_in_use_is_not_deleted_and_its_users_are_named(state: State) -> None:
    with pytest.raises(EditRefusedError, match=r"D1.*bike"):
        changes.delete(state, {("depots", "D1")})
    left = after(state, changes.delete(state, {("depots", "D1"), ("vehicles", "bike")}))
    assert list(left.scenario.depots) == ["D2"]


def test_a_deleted_route_leaves_its_customers_unserved(state: State) -> None:
    edit = changes.delete(state, {("routes", "bike/1")})
    assert after(state, edit).plan == Plan((PlannedRoute("van", ("C4",), 1),))
    assert after(state, edit).scenario is state.scenario
    assert edit.name == "Delete route of Bike 1"


@given(states())
def test_whatever_can_be_deleted_leaves_no_reference_behind(state: State) -> None:
    scenario = state.scenario
    half = {
        (kind, key)
        for kind in ("vehicles", "customers", "profiles", "zones")
        for key in list(getattr(scenario, kind))[::2]
    }
    left = after(state, changes.delete(state, half))
    broken = [issue for issue in issues_of(left.scenario) if issue.field or issue.id]
    assert not broken
    assert left.plan.served <= left.scenario.customers.keys()
    assert {route.vehicle for route in left.plan.routes} <= left.scenario.vehicles.keys()


def test_places_move_by_the_same_difference_and_zones_with_all_their_points(state: State) -> None:
    items = {("customers", "C1"), ("depots", "D1"), ("zones", "Z1"), ("vehicles", "van"), ("customers", "gone")}
    edit = changes.move(state, items, 1.0, -2.0)
    moved = after(state, edit).scenario
    assert (moved.customers["C1"].lat, moved.customers["C1"].lon) == pytest.approx((61.17, 22.93))
    assert (moved.depots["D1"].lat, moved.depots["D1"].lon) == pytest.approx((61.20, 22.94))
    assert moved.zones["Z1"].ring[0] == pytest.approx((61.165, 22.92))
    assert edit.name == "Move 1 depot, 1 customer and 1 zone"


@pytest.mark.parametrize(("kind", "old"), [("depots", "D1"), ("vehicles", "van"), ("customers", "C1"),
                                           ("profiles", "cafe"), ("zones", "Z1")])  # fmt: skip
def test_a_new_id_keeps_the_row_and_everything_follows(state: State, kind: str, old: str) -> None:
    state = State(
        replace(state.scenario, matrix=Matrix(("D1", "C1", "D2"), np.zeros((3, 3), dtype=np.int64))), state.plan
    )
    edit = changes.rename(state, kind, old, "new")
    renamed = after(state, edit)
    before, table = list(getattr(state.scenario, kind)), list(getattr(renamed.scenario, kind))
    assert table == ["new" if key == old else key for key in before]
    assert getattr(renamed.scenario, kind)["new"].id == "new"
    assert f"'{old}'" not in repr(renamed)
    assert not issues_of(renamed.scenario)
    assert after(renamed, changes.rename(renamed, kind, "new", old)) == state


def test_an_id_is_not_renamed_to_one_that_is_taken_or_empty(state: State) -> None:
    for new in ("C2", ""):
        with pytest.raises(EditRefusedError):
            changes.rename(state, "customers", "C1", new)
    assert not changes.rename(state, "customers", "C1", "C1").patch
    both = replace(state.scenario, matrix=Matrix(("D1", "D2", "C1"), np.zeros((3, 3), dtype=np.int64)))
    with pytest.raises(EditRefusedError):
        changes.rename(State(both), "customers", "C1", "D1")


def test_a_rule_that_says_nothing_is_not_kept(state: State) -> None:
    ruled = after(state, changes.set_rule(state, "cafe", "bike", ProfileRule(Access.PREFERRED, 2.0)))
    assert ruled.scenario.profiles["cafe"].rule("bike").weight == 2.0
    assert ruled.scenario.profiles["cafe"].rule("van").access is Access.FORBIDDEN
    plain = after(ruled, changes.set_rule(ruled, "cafe", "bike", ProfileRule()))
    assert plain == state


def test_loads_follow_their_dimensions(state: State) -> None:
    def with_dimensions(state: State, *names: str) -> State:
        return after(state, changes.set_settings(state, replace(state.scenario.settings, dimensions=names)))

    more = with_dimensions(state, "m3", "kg")
    assert more.scenario.customers["C3"].demand == (0.0, 15.0)
    assert more.scenario.customers["C3"].pickup == (0.0, 5.0)
    assert more.scenario.vehicles["van"].capacity == (0.0, 500.0)
    renamed = with_dimensions(more, "litres", "kilos")
    assert renamed.scenario.customers == more.scenario.customers
    assert with_dimensions(more, "kg") == replace_pickups(state)
    assert not issues_of(more.scenario)


def replace_pickups(state: State) -> State:
    """A pickup that was left empty comes back as an explicit zero."""
    customers = {key: replace(one, pickup=one.pickup or (0.0,)) for key, one in state.scenario.customers.items()}
    return State(replace(state.scenario, customers=customers), state.plan)


def test_a_plan_for_an_earlier_state_is_taken_over_without_what_is_gone(state: State) -> None:
    plan = Plan(
        (PlannedRoute("bike", ("C1", "gone", "C3")), PlannedRoute("lost", ("C4",)), PlannedRoute("van", ("gone",)))
    )
    assert after(state, changes.set_plan(state, plan)).plan == Plan((PlannedRoute("bike", ("C1", "C3"), 1),))


def test_another_scenario_keeps_what_still_exists_of_the_plan(state: State) -> None:
    other = Scenario(vehicles={"bike": Vehicle("bike")}, customers={"C2": Customer("C2"), "C9": Customer("C9")})
    replaced = after(state, changes.set_scenario(state, other, "Import customers"))
    assert replaced == State(other, Plan((PlannedRoute("bike", ("C2",)),)))


def test_a_matrix_comes_and_goes(state: State) -> None:
    matrix = Matrix(("D1",), np.zeros((1, 1), dtype=np.int64))
    given_one = after(state, changes.set_matrix(state, matrix))
    assert given_one.scenario.matrix is matrix
    assert after(given_one, changes.set_matrix(given_one, None)) == state


def test_names_count_items_and_name_a_single_one(state: State) -> None:
    assert (
        changes.move(state, {("customers", "C1"), ("customers", "C2"), ("customers", "C3")}, 1, 1).name
        == "Move 3 customers"
    )
    assert changes.delete(state, {("customers", "C1")}).name == "Delete customer Aalto"
    assert changes.delete(state, {("customers", "C3")}).name == "Delete customer C3"
    assert changes.move(state, set(), 1, 1) == Edit("Move nothing", changes.Patch())


def test_a_free_id_is_free(state: State) -> None:
    assert changes.free_id(state.scenario, "customers") == "C5"
    assert changes.free_id(state.scenario, "depots") == "D3"
    shorter = after(state, changes.delete(state, {("customers", "C1")}))
    assert changes.free_id(shorter.scenario, "customers") not in shorter.scenario.customers
