"""Every issue that a scenario can have, one at a time; and compiling never fails in another way."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.model import validate
from app.model.compile import compile_scenario
from app.model.scenario import Access, Matrix, Profile, ProfileRule, Rounding, Scenario, TravelSource
from app.model.validate import Issue, ScenarioError, issues_of, issues_of_item
from solver.problem import Problem
from tests.app.model.states import small_scenario

NAN = float("nan")


def changed(kind: str, key: str, **fields: Any) -> Scenario:
    scenario = small_scenario()
    table = getattr(scenario, kind)
    return replace(scenario, **{kind: {**table, key: replace(table[key], **fields)}})


def with_settings(**fields: Any) -> Scenario:
    scenario = small_scenario()
    return replace(scenario, settings=replace(scenario.settings, **fields))


@pytest.mark.parametrize(
    ("kind", "key", "field", "value"),
    [
        ("depots", "D1", "lat", 90.1),
        ("depots", "D1", "lon", NAN),
        ("depots", "D1", "hours", (7200, 3600)),
        ("vehicles", "van", "capacity", ()),
        ("vehicles", "van", "capacity", (1.0, 2.0)),
        ("vehicles", "van", "capacity", (-1.0,)),
        ("vehicles", "van", "start_depot", "gone"),
        ("vehicles", "van", "start_depot", ""),
        ("vehicles", "van", "end_depot", "gone"),
        ("vehicles", "van", "shift", (-1, 3600)),
        ("vehicles", "van", "count", -1),
        ("vehicles", "van", "speed", 0.0),
        ("vehicles", "van", "speed", NAN),
        ("vehicles", "van", "fixed_cost", -0.01),
        ("vehicles", "van", "cost_per_km", float("inf")),
        ("vehicles", "van", "cost_per_hour", 1e10),
        ("vehicles", "van", "max_distance", -1.0),
        ("vehicles", "van", "max_duration", -1),
        ("customers", "C1", "lat", -91.0),
        ("customers", "C1", "lon", 180.5),
        ("customers", "C1", "demand", (1.0, 1.0)),
        ("customers", "C1", "demand", (3e6,)),
        ("customers", "C1", "pickup", (NAN,)),
        ("customers", "C1", "service", -1),
        ("customers", "C1", "windows", ((3600, 60),)),
        ("customers", "C1", "windows", ((3600, 7200), (7200, 9000))),
        ("customers", "C1", "windows", ((7200, 9000), (0, 3600))),
        ("customers", "C1", "priority", -1.0),
        ("customers", "C1", "profile", "gone"),
        ("profiles", "cafe", "rules", {"gone": ProfileRule()}),
        ("zones", "Z1", "ring", ((60.0, 24.0), (60.1, 24.0))),
        ("zones", "Z1", "forbidden", frozenset({"gone"})),
    ],
)
def test_a_wrong_field_is_the_one_issue(kind: str, key: str, field: str, value: object) -> None:
    scenario = changed(kind, key, **{field: value})
    (issue,) = issues_of(scenario)
    assert (issue.kind, issue.id, issue.field) == (kind, key, field)
    assert issue.expected
    assert issues_of_item(scenario, getattr(scenario, kind)[key]) == [issue]
    with pytest.raises(ScenarioError) as caught:
        compile_scenario(scenario)
    assert caught.value.issues == (issue,)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("dimensions", ("",)), ("detour", 0.0), ("priority_value", -1.0), ("solve_seconds", 0.0), ("detour", NAN),
    ],
)  # fmt: skip
def test_a_wrong_setting_is_the_one_issue(field: str, value: object) -> None:
    (issue,) = issues_of(with_settings(**{field: value}))
    assert (issue.kind, issue.id, issue.field) == ("settings", "", field)


@pytest.mark.parametrize("names", [(), ("kg", "kg")])
def test_dimensions_have_different_names(names: tuple[str, ...]) -> None:
    assert any(issue.field == "dimensions" for issue in issues_of(with_settings(dimensions=names)))


@pytest.mark.parametrize("rule", [ProfileRule(Access.PREFERRED, -1.0), ProfileRule(service_factor=NAN)])
def test_a_rule_with_a_wrong_number_is_told(rule: ProfileRule) -> None:
    scenario = changed("profiles", "cafe", rules=MappingProxyType({"van": rule}))
    assert [issue.id for issue in issues_of(scenario)] == ["cafe"]


def test_the_price_of_an_optional_customer_is_bounded_but_not_that_of_a_required_one() -> None:
    assert [one.field for one in issues_of(changed("customers", "C3", priority=1e9))] == ["priority"]


def test_an_empty_scenario_lacks_a_depot_and_a_vehicle() -> None:
    assert [issue.kind for issue in issues_of(Scenario())] == ["depots", "vehicles"]


def test_all_issues_are_told_at_once() -> None:
    scenario = changed("customers", "C1", lat=NAN, service=-5, profile="gone")
    assert [issue.field for issue in issues_of(scenario)] == ["lat", "service", "profile"]


def test_far_places_are_right_in_a_plane_only() -> None:
    scenario = changed("customers", "C1", lat=500.0)
    assert issues_of(scenario)
    plane = replace(scenario, settings=replace(scenario.settings, travel=TravelSource.PLANE))
    assert not issues_of(plane)


def square(size: int) -> np.ndarray[Any, np.dtype[np.int64]]:
    return np.ones((size, size), dtype=np.int64)


PLACES = ("D1", "D2", "C1", "C2", "C3", "C4")


@pytest.mark.parametrize(
    ("matrix", "field"),
    [
        (None, ""),
        (Matrix(PLACES), ""),
        (Matrix(PLACES[1:], square(5)), ""),
        (Matrix((*PLACES, "C4"), square(7)), ""),
        (Matrix(PLACES, square(5)), "distance"),
        (Matrix(PLACES, square(6), -np.eye(6, dtype=np.int64)[:1] * square(6)), "duration"),
    ],
)
def test_a_matrix_that_does_not_fit_is_told_when_it_is_asked_for(matrix: Matrix | None, field: str) -> None:
    scenario = replace(with_settings(travel=TravelSource.MATRIX), matrix=matrix)
    issues = issues_of(scenario)
    assert {issue.kind for issue in issues} == {"matrix"}
    assert {issue.field for issue in issues} == {field}
    assert not issues_of(replace(small_scenario(), matrix=matrix))


def test_a_matrix_cannot_tell_a_depot_from_a_customer_of_the_same_id() -> None:
    scenario = with_settings(travel=TravelSource.MATRIX)
    customers = {**scenario.customers, "D1": replace(scenario.customers["C1"], id="D1")}
    scenario = replace(scenario, customers=customers, matrix=Matrix(PLACES, square(6)))
    assert [(issue.kind, issue.id) for issue in issues_of(scenario)] == [("customers", "D1")]


def test_an_issue_is_a_sentence() -> None:
    shown = str(Issue("customers", "C1", "service", "-5", "a number from 0 to 9"))
    assert shown == "Customer C1: service is -5; expected a number from 0 to 9."
    assert str(Issue("depots", "", "", "there is none", "one")) == "Depots: there is none; expected one."
    assert str(Issue("settings", "", "detour", "0", "more")) == "Settings: detour is 0; expected more."
    assert (
        str(Issue("vehicles", "V", "start_depot", "", "a depot"))
        == "Vehicle V: start depot is empty; expected a depot."
    )


numbers = st.floats() | st.sampled_from([-1.0, 0.0, 1.0, 90.0, 1e9, 2e6, 1e-300])
times = st.integers(-10, 1 << 34)
windows = st.tuples(times, times)


@given(
    customer=st.fixed_dictionaries(
        {},
        optional={
            "lat": numbers, "lon": numbers, "demand": st.lists(numbers, max_size=2).map(tuple), "service": times,
            "windows": st.lists(windows, max_size=3).map(tuple), "required": st.booleans(), "priority": numbers,
        },
    ),
    vehicle=st.fixed_dictionaries(
        {},
        optional={
            "count": st.integers(-1, 3), "capacity": st.lists(numbers, max_size=2).map(tuple), "shift": windows,
            "speed": numbers, "fixed_cost": numbers, "cost_per_km": numbers, "max_distance": st.none() | numbers,
            "max_duration": st.none() | times,
        },
    ),
    rule=st.builds(ProfileRule, st.sampled_from(Access), numbers, numbers),
    settings=st.fixed_dictionaries(
        {},
        optional={
            "travel": st.sampled_from([TravelSource.PLANE, TravelSource.GREAT_CIRCLE]), "detour": numbers,
            "rounding": st.sampled_from(Rounding), "priority_value": numbers,
        },
    ),
)  # fmt: skip
def test_a_scenario_has_issues_or_compiles(
    customer: dict[str, Any], vehicle: dict[str, Any], rule: ProfileRule, settings: dict[str, Any]
) -> None:
    scenario = changed("customers", "C2", **customer)
    scenario = replace(
        scenario,
        vehicles={**scenario.vehicles, "van": replace(scenario.vehicles["van"], **vehicle)},
        profiles={**scenario.profiles, "shop": Profile("shop", rules={"van": rule})},
        settings=replace(scenario.settings, **settings),
    )
    if issues_of(scenario):
        with pytest.raises(ScenarioError):
            compile_scenario(scenario)
    else:
        assert isinstance(compile_scenario(scenario), Problem)


def test_more_places_than_memory_can_hold_are_refused_before_they_are_compiled(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    scenario = small_scenario()
    speeds = len({vehicle.speed for vehicle in scenario.vehicles.values()})
    places = len(scenario.customers) + len(scenario.depots)
    monkeypatch.setattr(validate, "MOST_LEGS", places * places * speeds)
    assert issues_of(scenario) == []
    monkeypatch.setattr(validate, "MOST_LEGS", places * places * speeds - 1)
    (issue,) = issues_of(scenario)
    assert (issue.kind, issue.id) == ("customers", "")
    assert str(len(scenario.customers) - 1) in issue.expected
    with pytest.raises(ScenarioError):
        compile_scenario(scenario)
