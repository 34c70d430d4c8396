"""Hours of zones: whom a vehicle finds open when, what the engine is told, and which zone is named."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.model import changes
from app.model.compile import compile_scenario
from app.model.patch import State
from app.model.scenario import Customer, Depot, Scenario, Settings, TravelSource, Vehicle, Window, Zone
from app.model.validate import issues_of
from app.model.zone_hours import Closing, ZoneHours, as_found, common, label_of
from solver.problem import UNLIMITED

HOUR = 3600
SQUARE = ((60.0, 24.0), (61.0, 24.0), (61.0, 25.0), (60.0, 25.0))


def day(own: tuple[Window, ...], *zones: Zone) -> Scenario:
    """A customer in all zones and one in none, a van and a truck."""
    return Scenario(
        depots={"D": Depot("D", lat=60.5, lon=24.5)},
        vehicles={key: Vehicle(key, capacity=(9.0,), start_depot="D", end_depot="D") for key in ("van", "truck")},
        customers={
            "in": Customer("in", lat=60.5, lon=24.5, windows=own),
            "out": Customer("out", lat=62.0, lon=24.5, windows=own),
        },
        zones={zone.id: zone for zone in zones},
    )


def zone(key: str = "centre", **hours: tuple[Window, ...]) -> Zone:
    return Zone(key, key.title(), SQUARE, hours=MappingProxyType(hours))


def hours(*spans: tuple[float, float]) -> tuple[Window, ...]:
    return tuple((int(a * HOUR), int(b * HOUR)) for a, b in spans)


windows = st.lists(st.integers(0, 40), max_size=6, unique=True).map(
    lambda ends: tuple(zip(sorted(ends)[0::2], sorted(ends)[1::2], strict=False))
)


@given(windows, windows)
def test_common_windows_hold_what_both_hold(one: tuple[Window, ...], other: tuple[Window, ...]) -> None:
    both = common(one, other)
    for moment in range(41):
        assert any(a <= moment <= b for a, b in both) == all(any(a <= moment <= b for a, b in w) for w in (one, other))
    assert all(a[1] < b[0] for a, b in pairwise(both))


def test_without_hours_there_is_one_profile_of_the_customers_own_windows() -> None:
    problem = compile_scenario(day(hours((8, 10)), Zone("z", ring=SQUARE, forbidden=frozenset({"van"}))))
    assert problem.clients.windows.tolist() == [[[[8 * HOUR, 10 * HOUR]]]] * 2
    assert problem.vehicles.window_profile.tolist() == [0, 0]


@pytest.mark.parametrize("plane", [False, True])
def test_a_vehicle_finds_the_customers_of_a_zone_open_at_its_hours_only(plane: bool) -> None:
    scenario = day((), zone(truck=hours((6, 11), (18, 20))))
    if plane:
        scenario = replace(scenario, settings=Settings(travel=TravelSource.PLANE))
    problem = compile_scenario(scenario)
    van, truck = problem.windows_of(0).tolist(), problem.windows_of(1).tolist()
    anytime = [[0, UNLIMITED]] * 2
    assert (van, truck[1]) == ([anytime] * 2, anytime)
    assert truck[0] == [[6 * HOUR, 11 * HOUR], [18 * HOUR, 20 * HOUR]]
    assert problem.clients.allowed.all()


def test_hours_are_cut_to_the_customers_windows_and_those_of_other_zones() -> None:
    scenario = day(hours((8, 12), (15, 19)), zone(truck=hours((6, 9), (11, 16))), zone("hill", truck=hours((8.5, 18))))
    (first, second, third), _ = compile_scenario(scenario).windows_of(1).tolist()
    assert [first, second, third] == [[int(a * HOUR), int(b * HOUR)] for a, b in [(8.5, 9), (11, 12), (15, 16)]]
    found = ZoneHours(scenario)
    assert found.windows(scenario.customers["in"], "truck") == hours((8.5, 9), (11, 12), (15, 16))
    for who, vehicle in (("in", "van"), ("out", "truck")):
        assert found.windows(scenario.customers[who], vehicle) == hours((8, 12), (15, 19))


def test_whoever_is_never_open_while_a_vehicle_may_come_cannot_be_served_by_it() -> None:
    problem = compile_scenario(day(hours((12, 14)), zone(truck=hours((6, 11)))))
    assert problem.clients.allowed.tolist() == [[True, False], [True, True]]
    assert problem.clients.windows.shape == (2, 1, 1, 2)


def test_vehicles_with_the_same_hours_share_a_profile() -> None:
    same = hours((6, 11))
    problem = compile_scenario(day((), zone(truck=same, van=same)))
    assert problem.clients.windows.shape[1] == 1
    assert problem.windows_of(0)[0].tolist() == [[6 * HOUR, 11 * HOUR]]


@pytest.mark.parametrize(
    ("own", "zones", "closing"),
    [
        ((), [zone(truck=hours((6, 11)))], Closing("Centre", 11 * HOUR)),
        ((), [zone(truck=hours((6, 8), (9, 11)))], Closing("Centre", 11 * HOUR)),
        ((), [zone(van=hours((6, 11)))], None),
        (hours((8, 10)), [zone(truck=hours((6, 11)))], None),  # the customer itself closes first
        (hours((8, 10), (14, 16)), [zone(truck=hours((6, 12)))], Closing("Centre", 12 * HOUR)),
        (hours((12, 16)), [zone(truck=hours((6, 11)))], Closing("Centre", None)),
        ((), [zone(truck=hours((6, 20))), zone("hill", truck=hours((6, 11)))], Closing("Hill", 11 * HOUR)),
        ((), [zone(truck=hours((6, 8))), zone("hill", truck=hours((9, 11)))], Closing("Centre", None)),
    ],
)
def test_the_zone_that_closes_first_is_named(own: tuple[Window, ...], zones: list[Zone], closing: object) -> None:
    scenario = day(own, *zones)
    assert ZoneHours(scenario).closing(scenario.customers["in"], "truck") == closing
    assert ZoneHours(scenario).closing(scenario.customers["out"], "truck") is None


@pytest.mark.parametrize(
    "wrong",
    [
        zone(gone=hours((6, 11))),
        zone(truck=()),
        zone(truck=((11 * HOUR, 6 * HOUR),)),
        zone(truck=hours((6, 11), (10, 12))),
        zone(truck=((-60, 60),)),
    ],
)
def test_hours_that_make_no_sense_are_told(wrong: Zone) -> None:
    (issue,) = issues_of(day((), wrong))
    assert (issue.kind, issue.id, issue.field) == ("zones", "centre", "hours")
    assert issue.expected


def test_hours_follow_a_vehicle_that_is_renamed_and_go_with_it() -> None:
    state = State(day((), zone(truck=hours((6, 11)), van=hours((7, 8)))))
    renamed = changes.rename(state, "vehicles", "truck", "lorry").patch.applied(state)
    assert renamed.scenario.zones["centre"].hours == {"lorry": hours((6, 11)), "van": hours((7, 8))}
    gone = changes.delete(renamed, {("vehicles", "lorry")}).patch.applied(renamed)
    assert gone.scenario.zones["centre"].hours == {"van": hours((7, 8))}


def test_a_zone_is_labelled_with_hours_as_long_as_they_are_few() -> None:
    scenario = day((), zone(truck=hours((6, 11), (18, 20)), van=hours((6, 11), (18, 20))))
    assert label_of(scenario, zone()) == ("Centre",)
    name, line = label_of(scenario, scenario.zones["centre"])
    assert name == "Centre"
    for word in ("truck", "van", "06:00", "20:00"):
        assert word in line
    many = {f"v{number}": hours((number, number + 1)) for number in range(9)}
    busy = replace(scenario, vehicles={key: Vehicle(key) for key in many})
    _, line = label_of(busy, zone(**many))
    assert "9" in line
    assert "v0" not in line


def test_what_is_driven_is_told_with_the_hours_that_the_vehicle_finds() -> None:
    scenario = day(hours((8, 10)), zone(truck=hours((6, 9))))
    assert as_found(scenario, "van", ["in", "out"]) is scenario
    found = as_found(scenario, "truck", ["in", "out", "gone"])
    assert [one.windows for one in found.customers.values()] == [hours((8, 9)), hours((8, 10))]
