"""What binds a plan besides its locks, each as a relaxation, those that seem to bind the most first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from functools import partial
from math import ceil
from types import MappingProxyType

import numpy as np

from app.language import tr
from app.model.changes import replace_items
from app.model.compile import LOAD_SCALE
from app.model.patch import State
from app.model.relaxations import Relaxation, all_locks, lock_relaxations
from app.model.scenario import DAY, Access, Customer, Profile, Scenario, TravelSource, Vehicle, Window, Zone
from app.model.violations import name_of
from app.model.why.evidence import Evidence
from app.model.why.questions import Binding
from app.model.zones import inside
from solver.problem import Visit

SLACK = 1800
"""Seconds: a time that is kept with more than this to spare seems not to bind."""

ALL_NIGHT = 2 * DAY
"""Seconds since midnight: when a shift ends that nothing ends."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something that may bind the plan.

    Parameters
    ----------
    kind
        What it is.
    relaxation
        The plan without it.
    tightness
        How much it seems to bind, from 0 to 1; a guess that only says in which order to look. Negative where it is
        certain that it binds nothing.
    """

    kind: Binding
    relaxation: Relaxation
    tightness: float


def candidates(state: State, evidence: Evidence, kinds: Collection[Binding]) -> list[Candidate]:
    """Return everything of some kinds that may bind the plan, those that seem to bind the most first.

    Parameters
    ----------
    state
        The present one.
    evidence
        Has it.
    kinds
        Which are wanted.
    """
    made: dict[Binding, Callable[[], Iterator[Candidate]]] = {
        Binding.LOCK: lambda: _locks(state),
        Binding.WINDOW: lambda: _windows(state, evidence),
        Binding.ZONE: lambda: _zones(state),
        Binding.PROFILE: lambda: _profiles(state),
        Binding.CAPACITY: lambda: _capacities(state, evidence),
        Binding.SHIFT: lambda: _shifts(state, evidence),
        Binding.VEHICLE: lambda: _vehicles(state),
    }
    found = [one for kind in Binding if kind in kinds for one in made[kind]()]
    return sorted(found, key=lambda one: -one.tightness)


def _locks(state: State) -> Iterator[Candidate]:
    each = lock_relaxations(state)
    together = (all_locks(state),) if len(each) > 1 else ()
    return (Candidate(Binding.LOCK, one, 1.0) for one in (*together, *each))


def _windows(state: State, evidence: Evidence) -> Iterator[Candidate]:
    visits = _visits(state, evidence)
    shifts = [one.shift for one in state.scenario.vehicles.values()]
    for key, one in state.scenario.customers.items():
        if one.windows:
            items, title = (("customers", key),), tr("the time window of {customer}", customer=one.name or key)
            tight = _tightness(one.windows, visits.get(key), shifts)
            yield Candidate(Binding.WINDOW, Relaxation(title, items, partial(_without_window, key)), tight)


def _tightness(windows: tuple[Window, ...], visit: Visit | None, shifts: list[Window]) -> float:
    """Guess how much windows bind a visit: waiting before them, or little time left after it."""
    if len(windows) == 1 and all(windows[0][0] <= start and windows[0][1] >= end for start, end in shifts):
        return -1.0  # open for as long as anybody works
    if visit is None or visit.lateness:
        return 1.0
    left = min((closes - visit.start for _, closes in windows if closes >= visit.start), default=0)
    return min(1.0, visit.waiting / 3600 + max(0.0, 1 - left / SLACK))


def _zones(state: State) -> Iterator[Candidate]:
    source = state.scenario.settings.travel
    plane, by_roads = source is TravelSource.PLANE, source is TravelSource.ROADS
    customers = state.scenario.customers
    points = np.array([[one.lat, one.lon] for one in customers.values()]).reshape(-1, 2)
    for key, zone in state.scenario.zones.items():
        if (not zone.open_to_all or (by_roads and zone.pace != 1)) and len(zone.ring) > 2:
            share = float(inside(zone.ring, points, plane).mean()) if len(points) else 0.0
            title = tr("the zone {zone}", zone=zone.name or key)
            relaxation = Relaxation(title, (("zones", key),), partial(_without_zone, key))
            yield Candidate(Binding.ZONE, relaxation, min(1.0, 0.5 + share) if share or by_roads else -1.0)


def _profiles(state: State) -> Iterator[Candidate]:
    customers, vehicles = state.scenario.customers, state.scenario.vehicles
    for key, profile in state.scenario.profiles.items():
        share = sum(one.profile == key for one in customers.values()) / max(1, len(customers))
        for vehicle, rule in profile.rules.items():
            if vehicle not in vehicles or rule.access is Access.ALLOWED:
                continue
            names = {"profile": profile.name or key, "vehicle": name_of(vehicles, vehicle)}
            forbidden = rule.access is Access.FORBIDDEN
            text = (
                tr("the rule of {profile} against {vehicle}")
                if forbidden
                else tr("the preference of {profile} for {vehicle}")
            )
            relaxation = Relaxation(text.format(**names), (("profiles", key),), partial(_without_rule, key, vehicle))
            yield Candidate(Binding.PROFILE, relaxation, min(1.0, 0.4 + share) if share else -1.0)


def _capacities(state: State, evidence: Evidence) -> Iterator[Candidate]:
    everything = _everything(state.scenario)
    fullest: dict[str, list[float]] = {}
    for route, report in zip(state.plan.routes, evidence.report().routes, strict=True):
        load = [one / LOAD_SCALE for one in report.peak_load]
        fullest[route.vehicle] = [max(pair) for pair in zip(load, fullest.get(route.vehicle, load), strict=True)]
    for key, one in state.scenario.vehicles.items():
        room = _room(one, len(everything))
        tight = 0.2 if one.count else -1.0
        if all(has >= load for has, load in zip(room, everything, strict=True)):
            tight = -1.0  # it could carry everything at once
        elif key in fullest:
            tight = max(load / has if has else 1.0 for load, has in zip(fullest[key], room, strict=True))
        title = tr("the capacity of {vehicle}", vehicle=one.name or key)
        relaxation = Relaxation(title, (("vehicles", key),), partial(_with_room, key))
        yield Candidate(Binding.CAPACITY, relaxation, min(1.0, tight))


def _everything(scenario: Scenario) -> list[float]:
    """Return all that is brought and taken back, by dimension: no load on board is larger."""
    every = [load for one in scenario.customers.values() for load in (one.demand, one.pickup)]
    return [
        ceil(sum(load[d] for load in every if d < len(load))) * 1.0 for d in range(len(scenario.settings.dimensions))
    ]


def _room(one: Vehicle, dimensions: int) -> tuple[float, ...]:
    return (*one.capacity, *(0.0,) * dimensions)[:dimensions]


def _shifts(state: State, evidence: Evidence) -> Iterator[Candidate]:
    ends: dict[str, int] = {}
    for route, report in zip(state.plan.routes, evidence.report().routes, strict=True):
        ends[route.vehicle] = max(ends.get(route.vehicle, 0), report.end)
    for key, one in state.scenario.vehicles.items():
        left = one.shift[1] - ends.get(key, 0)
        tight = 1 - left / (2 * SLACK) if key in ends else (0.2 if one.count else -1.0)
        title = tr("the end of the shift of {vehicle}", vehicle=one.name or key)
        relaxation = Relaxation(title, (("vehicles", key),), partial(_with_vehicle, key, _works_on))
        yield Candidate(Binding.SHIFT, relaxation, min(1.0, max(0.1, tight)) if tight >= 0 or key in ends else tight)


def _vehicles(state: State) -> Iterator[Candidate]:
    used = Counter(route.vehicle for route in state.plan.routes if route.stops)
    for key, one in state.scenario.vehicles.items():
        title = tr("the number of vehicles of the type {vehicle}", vehicle=one.name or key)
        more = Relaxation(title, (("vehicles", key),), partial(_with_vehicle, key, _one_more))
        # One that stays at home says that this plan needs no more of them, and not that no plan does.
        enough = one.count >= len(state.scenario.customers)
        yield Candidate(Binding.VEHICLE, more, -1.0 if enough else 0.6 if used[key] >= one.count else 0.1)


def _visits(state: State, evidence: Evidence) -> dict[str, Visit]:
    return {
        stop: visit
        for route, report in zip(state.plan.routes, evidence.report().routes, strict=True)
        for stop, visit in zip(route.stops, report.visits, strict=True)
    }


def _without_window(key: str, state: State) -> State:
    return _with(state, "customers", replace(state.scenario.customers[key], windows=()))


def _without_zone(key: str, state: State) -> State:
    return _with(state, "zones", replace(state.scenario.zones[key], forbidden=frozenset(), hours={}, pace=1.0))


def _without_rule(key: str, vehicle: str, state: State) -> State:
    profile = state.scenario.profiles[key]
    rules = {other: rule for other, rule in profile.rules.items() if other != vehicle}
    return _with(state, "profiles", replace(profile, rules=MappingProxyType(rules)))


def _with_vehicle(key: str, change: Callable[[Vehicle], Vehicle], state: State) -> State:
    return _with(state, "vehicles", change(state.scenario.vehicles[key]))


def _works_on(one: Vehicle) -> Vehicle:
    return replace(one, shift=(one.shift[0], max(one.shift[1], ALL_NIGHT)))


def _with_room(key: str, state: State) -> State:
    everything, one = _everything(state.scenario), state.scenario.vehicles[key]
    room = tuple(map(max, _room(one, len(everything)), everything))
    return _with(state, "vehicles", replace(one, capacity=room))


def _one_more(one: Vehicle) -> Vehicle:
    return replace(one, count=one.count + 1)


def _with(state: State, kind: str, item: Customer | Zone | Profile | Vehicle) -> State:
    return replace_items(state, kind, [item]).patch.applied(state)
