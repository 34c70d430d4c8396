"""Everything that keeps a scenario from being solved, found in one pass and said in plain sentences."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from math import inf

import numpy as np

from app.language import tr, trn
from app.model.issue import NONE, Issue, ScenarioError, numbers_outside
from app.model.patch import Item
from app.model.scenario import (
    Customer,
    Depot,
    Matrix,
    Profile,
    Scenario,
    Settings,
    TravelSource,
    Vehicle,
    Window,
    Zone,
)
from app.model.units import clock
from app.model.validate_roads import hourly_weight, road_issues, travel_kinds
from app.model.zones import ring_fault

__all__ = ["NONE", "Issue", "ScenarioError", "issues_of", "issues_of_item"]

LARGEST_LOAD = 2_000_000.0
"""Largest load of a customer, in the user's units; the solver counts thousandths in 31 bits."""

LATEST = 10 * 365 * 24 * 3600
"""Latest time of day and longest limit, seconds: ten years."""

LONGEST_SERVICE = 30 * 24 * 3600
"""Longest service, seconds."""

LARGEST_AMOUNT = 1e9
"""Largest cost, capacity, coordinate in a plane."""

MOST_LEGS = 200_000_000
"""Legs between all places at all speeds; a distance and a duration of each take 3.2 GB."""


def issues_of(scenario: Scenario) -> list[Issue]:
    """Return all that is wrong in a scenario; empty when it can be solved."""
    found = [*_settings(scenario.settings), *road_issues(scenario)]
    if not scenario.depots:
        found.append(Issue("depots", "", "", NONE, tr("at least one depot")))
    if not scenario.vehicles:
        found.append(Issue("vehicles", "", "", NONE, tr("at least one vehicle")))
    found.extend(_size(scenario))
    for table in (scenario.depots, scenario.vehicles, scenario.customers, scenario.profiles, scenario.zones):
        for item in table.values():
            found.extend(_item(scenario, item))
    if scenario.settings.travel is TravelSource.MATRIX:
        found.extend(_matrix(scenario))
    return found


def issues_of_item(scenario: Scenario, item: Item) -> list[Issue]:
    """Return all that is wrong with one item, which need not be in the scenario yet."""
    return list(_item(scenario, item))


def _size(scenario: Scenario) -> Iterator[Issue]:
    """Refuse what would take all memory before the first figure is there."""
    speeds = len(travel_kinds(scenario)) or 1
    most = math.isqrt(int(MOST_LEGS / speeds / hourly_weight(scenario))) - len(scenario.depots)
    if len(scenario.customers) > most:
        there = trn("there is {number}", "there are {number}", len(scenario.customers))
        most = max(most, 0)
        expected = (
            tr("at most {most}", most=most)
            if speeds == 1
            else tr("at most {most}, with vehicles that travel in {kinds} different ways", most=most, kinds=speeds)
        )
        yield Issue("customers", "", "", there, expected)


def _item(scenario: Scenario, item: Item) -> Iterator[Issue]:
    if isinstance(item, Customer):
        return _customer(scenario, item)
    if isinstance(item, Vehicle):
        return _vehicle(scenario, item)
    if isinstance(item, Depot):
        return _depot(scenario, item)
    if isinstance(item, Profile):
        return _profile(scenario, item)
    return _zone(scenario, item)


def _load(kind: str, key: str, field: str, load: Sequence[float], settings: Settings, high: float) -> Iterator[Issue]:
    if len(load) != len(settings.dimensions):
        names = ", ".join(settings.dimensions)
        there = trn("{number} number", "{number} numbers", len(load))
        yield Issue(kind, key, field, there, tr("one number each for {dimensions}", dimensions=names))
        return
    for value in load:
        yield from numbers_outside(kind, key, field, value, 0, high)


def _place(kind: str, key: str, lat: float, lon: float, settings: Settings) -> Iterator[Issue]:
    plane = settings.travel is TravelSource.PLANE
    high_lat, high_lon = (1e6, 1e6) if plane else (90.0, 180.0)
    yield from numbers_outside(kind, key, "lat", lat, -high_lat, high_lat)
    yield from numbers_outside(kind, key, "lon", lon, -high_lon, high_lon)


def _window(kind: str, key: str, field: str, window: Window) -> Iterator[Issue]:
    if not 0 <= window[0] <= window[1] <= LATEST:
        shown = _hours(window)
        yield Issue(kind, key, field, shown, tr("a time that is not before 00:00, and a later or the same one"))


def _hours(window: Window) -> str:
    return tr("{start} to {end}", start=clock(window[0]), end=clock(window[1]))


def _id(kind: str, key: str) -> Iterator[Issue]:
    if not key.strip():
        yield Issue(kind, key, "id", key, tr("an id"))


def _settings(settings: Settings) -> Iterator[Issue]:
    names = settings.dimensions
    if not names or not all(name.strip() for name in names) or len(set(names)) != len(names):
        yield Issue("settings", "", "dimensions", ", ".join(names), tr("at least one name, all of them different"))
    yield from numbers_outside("settings", "", "detour", settings.detour, 0.1, 100)
    yield from numbers_outside("settings", "", "priority_value", settings.priority_value, 0, LARGEST_AMOUNT)
    yield from numbers_outside("settings", "", "solve_seconds", settings.solve_seconds, 0.01, 7 * 24 * 3600)


def _depot(scenario: Scenario, depot: Depot) -> Iterator[Issue]:
    yield from _id("depots", depot.id)
    yield from _place("depots", depot.id, depot.lat, depot.lon, scenario.settings)
    yield from _window("depots", depot.id, "hours", depot.hours)


def _vehicle(scenario: Scenario, vehicle: Vehicle) -> Iterator[Issue]:
    kind, key = "vehicles", vehicle.id
    yield from _id(kind, key)
    yield from _load(kind, key, "capacity", vehicle.capacity, scenario.settings, LARGEST_AMOUNT)
    for field, depot in (("start_depot", vehicle.start_depot), ("end_depot", vehicle.end_depot)):
        if depot is not None and depot not in scenario.depots:
            yield Issue(kind, key, field, depot, tr("the id of a depot"))
    yield from _window(kind, key, "shift", vehicle.shift)
    yield from numbers_outside(kind, key, "count", vehicle.count, 0, 1_000_000)
    yield from numbers_outside(kind, key, "speed", vehicle.speed, 0.1, 10_000)
    for field in ("fixed_cost", "cost_per_km", "cost_per_hour"):
        yield from numbers_outside(kind, key, field, getattr(vehicle, field), 0, LARGEST_AMOUNT)
    if vehicle.max_distance is not None:
        yield from numbers_outside(kind, key, "max_distance", vehicle.max_distance, 0, LARGEST_AMOUNT)
    if vehicle.max_duration is not None:
        yield from numbers_outside(kind, key, "max_duration", vehicle.max_duration, 0, LATEST)


def _customer(scenario: Scenario, customer: Customer) -> Iterator[Issue]:
    kind, key = "customers", customer.id
    yield from _id(kind, key)
    yield from _place(kind, key, customer.lat, customer.lon, scenario.settings)
    for field, load in (("demand", customer.demand), ("pickup", customer.pickup)):
        if load:  # an empty one is nothing to bring, or nothing to take
            yield from _load(kind, key, field, load, scenario.settings, LARGEST_LOAD)
    yield from numbers_outside(kind, key, "service", customer.service, 0, LONGEST_SERVICE)
    yield from _windows(kind, key, "windows", customer.windows)
    yield from numbers_outside(kind, key, "priority", customer.priority, 0, LARGEST_AMOUNT)
    if not customer.required and customer.priority * scenario.settings.priority_value > LARGEST_AMOUNT:
        yield Issue(
            kind,
            key,
            "priority",
            f"{customer.priority:g}",
            tr("a cost of at most {most}", most=f"{LARGEST_AMOUNT:.12g}"),
        )
    if customer.profile and customer.profile not in scenario.profiles:
        yield Issue(kind, key, "profile", customer.profile, tr("the id of a profile, or nothing"))


def _windows(kind: str, key: str, field: str, windows: Sequence[Window]) -> Iterator[Issue]:
    for window in windows:
        yield from _window(kind, key, field, window)
    last = -inf
    for early, late in windows:
        if early <= last:
            shown = ", ".join(map(_hours, windows))
            yield Issue(kind, key, field, shown, tr("windows in order of time that do not touch"))
            break
        last = late


def _profile(scenario: Scenario, profile: Profile) -> Iterator[Issue]:
    yield from _id("profiles", profile.id)
    for vehicle, rule in profile.rules.items():
        if vehicle not in scenario.vehicles:
            yield Issue("profiles", profile.id, "rules", vehicle, tr("the id of a vehicle"))
        yield from numbers_outside("profiles", profile.id, "weight", rule.weight, 0, LARGEST_AMOUNT)
        yield from numbers_outside("profiles", profile.id, "service_factor", rule.service_factor, 0, 100)


def _zone(scenario: Scenario, zone: Zone) -> Iterator[Issue]:
    yield from _id("zones", zone.id)
    places = [issue for lat, lon in zone.ring for issue in _place("zones", zone.id, lat, lon, scenario.settings)]
    yield from places
    plane = scenario.settings.travel is TravelSource.PLANE
    if not places and (expected := ring_fault(zone.ring, plane)):
        yield Issue("zones", zone.id, "ring", trn("{number} point", "{number} points", len(zone.ring)), expected)
    yield from numbers_outside("zones", zone.id, "pace", zone.pace, 0, 1)
    for vehicle in sorted(zone.forbidden - scenario.vehicles.keys()):
        yield Issue("zones", zone.id, "forbidden", vehicle, tr("the id of a vehicle"))
    for vehicle, hours in zone.hours.items():
        if vehicle not in scenario.vehicles:
            yield Issue("zones", zone.id, "hours", vehicle, tr("the id of a vehicle"))
        elif not hours:
            name = scenario.vehicles[vehicle].name or vehicle
            yield Issue("zones", zone.id, "hours", name, tr("hours at which the vehicle may enter"))
        yield from _windows("zones", zone.id, "hours", hours)


def _matrix(scenario: Scenario) -> Iterator[Issue]:
    matrix = scenario.matrix
    if matrix is None or (matrix.distance is None and matrix.duration is None):
        yield Issue("matrix", "", "", NONE, tr("distances or durations, because the settings ask for a matrix"))
        return
    if len(set(matrix.ids)) != len(matrix.ids):
        twice = next(one for index, one in enumerate(matrix.ids) if one in matrix.ids[:index])
        yield Issue("matrix", twice, "", tr("it is there twice"), tr("every place once"))
    known = set(matrix.ids)
    for expected, ids in (
        (tr("a row and a column for every depot"), scenario.depots),
        (tr("a row and a column for every customer"), scenario.customers),
    ):
        for key in ids:
            if key not in known:
                yield Issue("matrix", key, "", tr("it is missing"), expected)
    for key in scenario.customers:
        if key in scenario.depots:
            yield Issue(
                "customers", key, "id", key, tr("an id that no depot has, because the travel matrix names both")
            )
    yield from _matrix_values(matrix)


def _matrix_values(matrix: Matrix) -> Iterator[Issue]:
    size = len(matrix.ids)
    for field, values in (("distance", matrix.distance), ("duration", matrix.duration)):
        if values is None:
            continue
        if values.shape != (size, size):
            shown = " x ".join(str(extent) for extent in values.shape)
            yield Issue("matrix", "", field, shown, tr("{size} x {size} numbers", size=size))
            continue
        for row, column in np.argwhere((values < 0) | (values >= 1 << 31))[:20]:
            where = tr("{start} to {end}", start=matrix.ids[row], end=matrix.ids[column])
            yield Issue(
                "matrix",
                where,
                field,
                str(values[row, column]),
                tr("a number from {low} to {high}", low=0, high=(1 << 31) - 1),
            )
