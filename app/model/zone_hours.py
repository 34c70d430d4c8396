"""When which vehicle may serve whom: a customer's windows, cut to the hours of the zones that it lies in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import product

import numpy as np
from numpy.typing import NDArray

from app.language import listing, tr, trn
from app.model.scenario import Customer, Scenario, TravelSource, Window, Zone
from app.model.units import clock
from app.model.zones import inside, ring_fault
from solver.problem import UNLIMITED

ALWAYS: tuple[Window, ...] = ((0, UNLIMITED),)
"""The windows of a customer who has none."""


def common(one: Sequence[Window], other: Sequence[Window]) -> tuple[Window, ...]:
    """Return the times that lie in both of two sorted lists of windows; a moment is enough."""
    both = ((max(a, c), min(b, d)) for (a, b), (c, d) in product(one, other))
    return tuple(sorted(window for window in both if window[0] <= window[1]))


MOST_NAMED = 3
"""Of a zone with more different hours than these only the number of vehicles is said beside its name."""


def label_of(scenario: Scenario, zone: Zone) -> tuple[str, ...]:
    """Return what a zone is called and, in lines of their own, how its roads are and when which vehicles may enter.

    Hours are said as far as they are few.
    """
    groups: dict[tuple[Window, ...], list[str]] = {}
    for vehicle, spans in zone.hours.items():
        if vehicle in scenario.vehicles and vehicle not in zone.forbidden:
            groups.setdefault(spans, []).append(scenario.vehicles[vehicle].name or vehicle)
    head = (zone.name or zone.id, *roads_words(zone.pace))
    if len(groups) > MOST_NAMED:
        number = sum(map(len, groups.values()))
        return *head, trn("hours for {number} vehicle type", "hours for {number} vehicle types", number)
    lines = (
        tr(
            "{vehicles} {hours}",
            vehicles=listing(vehicles),
            hours=", ".join(f"{clock(first)}–{clock(last)}" for first, last in spans),
        )
        for spans, vehicles in groups.items()
    )
    return *head, *lines


def roads_words(pace: float) -> tuple[str, ...]:
    """Return what is said of the roads in a zone; nothing where they are as usual."""
    if pace == 1:
        return ()
    return (tr("roads closed") if pace == 0 else tr("roads at {percent} % of their speed", percent=round(100 * pace)),)


@dataclass(frozen=True, slots=True)
class Closing:
    """Why a vehicle finds less time at a customer than others do.

    Parameters
    ----------
    zone
        What the zone is called.
    until
        When it is closed to the vehicle for the rest of the day, seconds since midnight; None where the customer is
        never open while the vehicle may be there.
    """

    zone: str
    until: int | None

    def sentence(self, vehicle: str) -> str:
        """Say it; ``vehicle`` is what the vehicle is called."""
        if self.until is None:
            return tr("{zone} is closed to {vehicle} whenever the customer is open.", zone=self.zone, vehicle=vehicle)
        return tr("{zone} is closed to {vehicle} from {time}.", zone=self.zone, vehicle=vehicle, time=clock(self.until))


class ZoneHours:
    """Who lies in which zone that has hours, found once.

    Parameters
    ----------
    scenario
        Where no zone has hours, nothing is looked at; zones without an area are passed over.
    about
        Those who are asked about; everybody when left out.
    """

    def __init__(self, scenario: Scenario, about: Iterable[Customer] | None = None) -> None:
        self._scenario = scenario
        self._lies_in: dict[str, list[Zone]] = {}
        plane = scenario.settings.travel is TravelSource.PLANE
        zones = [zone for zone in scenario.zones.values() if zone.hours and not ring_fault(zone.ring, plane)]
        customers = list(scenario.customers.values() if about is None else about) if zones else []
        points = np.array([(one.lat, one.lon) for one in customers], dtype=np.float64)
        for zone in zones if customers else ():
            for place in np.flatnonzero(inside(zone.ring, points, plane)).tolist():
                self._lies_in.setdefault(customers[place].id, []).append(zone)

    @property
    def used(self) -> bool:
        """Whether any customer lies in a zone with hours."""
        return bool(self._lies_in)

    def around(self, customer: Customer, vehicle: str) -> tuple[Zone, ...]:
        """Return the zones that a customer lies in and that have hours for a vehicle."""
        return tuple(zone for zone in self._lies_in.get(customer.id, ()) if vehicle in zone.hours)

    def of(self, vehicle: str) -> dict[str, tuple[Window, ...]]:
        """Return, by id, the windows of the customers that a vehicle does not find open as others do.

        A customer whom it never finds open has none.
        """
        customers = self._scenario.customers
        found = {}
        for key, zones in self._lies_in.items():
            if any(vehicle in zone.hours for zone in zones):
                windows = customers[key].windows or ALWAYS
                for zone in zones:
                    windows = common(windows, zone.hours.get(vehicle, ALWAYS))
                found[key] = windows
        return found

    def windows(self, customer: Customer, vehicle: str) -> tuple[Window, ...]:
        """Return when a vehicle finds a customer open; nothing is any time, as in `Customer.windows`.

        Where it never does, these are the customer's own windows.
        """
        zones = self._lies_in.get(customer.id, ())
        windows = customer.windows or ALWAYS
        for zone in zones:
            windows = common(windows, zone.hours.get(vehicle, ALWAYS))
        return customer.windows if not windows or windows == ALWAYS else windows

    def found(self, customer: Customer, vehicle: str) -> Customer:
        """Return a customer as a vehicle finds it: with the windows that it has then, else the same."""
        windows = self.windows(customer, vehicle)
        return customer if windows == customer.windows else replace(customer, windows=windows)

    def closing(self, customer: Customer, vehicle: str) -> Closing | None:
        """Return which zone keeps a vehicle from a customer after some time of day while others may still come.

        None where the customer's own windows end no later.
        """
        zones = self.around(customer, vehicle)
        if not zones:
            return None
        own, hours = customer.windows or ALWAYS, ALWAYS
        for zone in zones:
            hours = common(hours, zone.hours[vehicle])
        if not hours:
            return Closing(zones[0].name or zones[0].id, None)
        until = hours[-1][1]
        first = next(zone for zone in zones if not any(a <= until + 1 <= b for a, b in zone.hours[vehicle]))
        name = first.name or first.id
        if not common(own, hours):
            return Closing(name, None)
        return Closing(name, until) if until < own[-1][1] else None


def as_found(scenario: Scenario, vehicle: str, stops: Iterable[str]) -> Scenario:
    """Return a scenario with the windows of some customers as a vehicle finds them; the same where nothing differs."""
    there = [scenario.customers[stop] for stop in stops if stop in scenario.customers]
    hours = ZoneHours(scenario, there)
    changed = {one.id: found for one in there if (found := hours.found(one, vehicle)) is not one}
    return replace(scenario, customers={**scenario.customers, **changed}) if changed else scenario


@dataclass(frozen=True, eq=False)
class Opening:
    """The time windows of a day as the engine takes them.

    Parameters
    ----------
    windows
        Shape ``(customers, profiles, windows, 2)``, seconds; who has fewer windows than others repeats the last.
    profile
        Shape ``(vehicles,)``: which of these a vehicle finds.
    shut
        Shape ``(customers, vehicles)``: who is never open while a vehicle may be there.
    """

    windows: NDArray[np.int64]
    profile: NDArray[np.int64]
    shut: NDArray[np.bool_]


def opening_of(scenario: Scenario) -> Opening:
    """Return when which vehicle may serve whom.

    Parameters
    ----------
    scenario
        Any that is valid.
    """
    customers = list(scenario.customers.values())
    place = {one.id: index for index, one in enumerate(customers)}
    hours = ZoneHours(scenario)
    shut = np.zeros((len(customers), len(scenario.vehicles)), dtype=np.bool_)
    profiles: dict[tuple[tuple[str, tuple[Window, ...]], ...], int] = {}
    profile = np.zeros(len(scenario.vehicles), dtype=np.int64)
    for k, vehicle in enumerate(scenario.vehicles):
        found = hours.of(vehicle)
        never = [place[key] for key, windows in found.items() if not windows]
        shut[never, k] = True
        changed = tuple(
            (key, windows)
            for key, windows in found.items()
            if windows not in ((), scenario.customers[key].windows or ALWAYS)
        )
        profile[k] = profiles.setdefault(changed, len(profiles))
    lists = [one.windows or ALWAYS for one in customers]
    every = [*lists, *(windows for changed in profiles for _, windows in changed)]
    most = max(map(len, every), default=1)
    own = _array(lists, most)
    windows = np.repeat(own[:, None], max(len(profiles), 1), axis=1)
    for changed, index in profiles.items():
        if changed:
            rows = [place[key] for key, _ in changed]
            windows[rows, index] = _array([spans for _, spans in changed], most)
    return Opening(windows, profile, shut)


def _array(lists: Sequence[Sequence[Window]], most: int) -> NDArray[np.int64]:
    rows = [[*spans, *[spans[-1]] * (most - len(spans))] for spans in lists]
    return np.array(rows, dtype=np.int64).reshape(-1, most, 2)
