"""Every way in which arrays can fail to be a problem, found in one pass and named."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from solver.problem.contradictions import contradictions_of
from solver.problem.fault import MOST_PER_FIELD, Fault
from solver.problem.hours import DAY
from solver.problem.limits import ALONE, ANY, LARGEST, OPEN, UNLIMITED, UNREACHABLE
from solver.problem.plane import PlaneMatrix
from solver.problem.records import Backhauls

if TYPE_CHECKING:
    from solver.problem.problem import Problem


def faults_of(problem: Problem) -> list[Fault]:
    """Return all faults of a problem's arrays; empty when it is valid.

    Entries are looked at once all shapes are right, and what contradicts what once all entries are.

    Parameters
    ----------
    problem
        Its arrays may have any shape; nothing is assumed.
    """
    shapes = list(_shapes(problem))
    entries = shapes or [*_ranges(problem), *_references(problem), *_windows(problem), *_hours(problem)]
    return entries or list(contradictions_of(problem))


def _shapes(problem: Problem) -> Iterator[Fault]:
    travel, depots, clients, vehicles = problem.travel, problem.depots, problem.clients, problem.vehicles
    n, m, k = len(clients.ids), len(depots.ids), len(vehicles.ids)
    size = travel.distance.shape[-1] if travel.distance.ndim == 3 else -1
    p = travel.distance.shape[0] if travel.distance.ndim == 3 else -1
    d = vehicles.capacity.shape[1] if vehicles.capacity.ndim == 2 else -1
    h, w = clients.windows.shape[1:3] if clients.windows.ndim == 4 else (-1, -1)
    expected: dict[str, tuple[NDArray[Any] | PlaneMatrix, tuple[int, ...]]] = {
        "travel.distance": (travel.distance, (p, size, size)),
        "travel.duration": (travel.duration, (p, size, size)),
        "travel.coordinates": (travel.coordinates, (size, 2)),
        "depots.location": (depots.location, (m,)),
        "depots.opening": (depots.opening, (m,)),
        "depots.closing": (depots.closing, (m,)),
        "clients.location": (clients.location, (n,)),
        "clients.delivery": (clients.delivery, (n, d)),
        "clients.pickup": (clients.pickup, (n, d)),
        "clients.service": (clients.service, (n, k)),
        "clients.windows": (clients.windows, (n, h, w, 2)),
        "clients.release": (clients.release, (n,)),
        "clients.required": (clients.required, (n,)),
        "clients.prize": (clients.prize, (n,)),
        "clients.group": (clients.group, (n,)),
        "clients.allowed": (clients.allowed, (n, k)),
        "clients.preference": (clients.preference, (n, k)),
        "vehicles.capacity": (vehicles.capacity, (k, d)),
        "locks.vehicle": (problem.locks.vehicle, (n,)),
        "locks.position": (problem.locks.position, (n,)),
        "locks.driven": (problem.locks.driven, (n,)),
        "published.vehicle": (problem.published.vehicle, (n,)),
    }
    if travel.hours is not None:
        periods = len(travel.hours.starts)
        expected["travel.hours.starts"] = (travel.hours.starts, (periods,))
        expected["travel.hours.duration"] = (travel.hours.duration, (p, periods, size, size))
    for part in ("count", "start_depot", "end_depot", "shift_start", "shift_end", "fixed_cost", "distance_cost",
                 "duration_cost", "max_distance", "max_duration", "max_stops", "profile",
                 "window_profile", "max_trips", "reload_depot", "backhauls"):  # fmt: skip
        expected[f"vehicles.{part}"] = (getattr(vehicles, part), (k,))
    for name, (array, shape) in expected.items():
        if array.shape != shape or -1 in shape:
            wanted = tuple("any" if extent == -1 else extent for extent in shape)
            yield Fault(name, (), f"of shape {array.shape}", f"shape {wanted}")
    if 0 in (h, w):
        yield Fault("clients.windows", (), "without a window", "at least one window per client")
    for name, ids in (("clients.ids", clients.ids), ("depots.ids", depots.ids), ("vehicles.ids", vehicles.ids)):
        if len(set(ids)) != len(ids):
            twice = next(one for one in ids if ids.count(one) > 1)
            yield Fault(name, (), f"with {twice!r} twice", "ids that are all different")
    if travel.hours is not None and not len(travel.hours.starts):
        yield Fault("travel.hours.starts", (), "empty", "at least one period")
    if m == 0:
        yield Fault("depots.ids", (), "empty", "at least one depot")
    if k == 0:
        yield Fault("vehicles.ids", (), "empty", "at least one vehicle type")


def _flag(name: str, array: NDArray[np.generic], wrong: NDArray[np.bool_], expected: str) -> Iterator[Fault]:
    for place in np.argwhere(wrong)[:MOST_PER_FIELD]:
        index = tuple(int(part) for part in place)
        yield Fault(name, index, str(array[index]), expected)


def _ranges(problem: Problem) -> Iterator[Fault]:
    travel, depots, clients, vehicles = problem.travel, problem.depots, problem.clients, problem.vehicles
    for name, finite in (
        ("travel.distance", travel.distance),
        ("travel.duration", travel.duration),
        ("clients.delivery", clients.delivery),
        ("clients.pickup", clients.pickup),
        ("clients.service", clients.service),
        ("clients.release", clients.release),
    ):
        if isinstance(finite, PlaneMatrix):
            if not finite.bound < UNREACHABLE:
                yield Fault(name, (), f"a plane of distances up to {finite.bound:g}", f"less than {UNREACHABLE}")
            continue
        # Matrices have millions of entries and are nearly always right: look at the extremes first.
        if finite.size and (finite.min() < 0 or finite.max() >= LARGEST):
            yield from _flag(name, finite, (finite < 0) | (finite >= LARGEST), f"0 to {LARGEST - 1}")
    for name, limit in (
        ("vehicles.capacity", vehicles.capacity),
        ("vehicles.max_distance", vehicles.max_distance),
        ("vehicles.max_duration", vehicles.max_duration),
        ("vehicles.max_stops", vehicles.max_stops),
        ("vehicles.shift_start", vehicles.shift_start),
        ("vehicles.shift_end", vehicles.shift_end),
        ("depots.opening", depots.opening),
        ("depots.closing", depots.closing),
        ("clients.windows", clients.windows),
        ("vehicles.count", vehicles.count),
    ):
        yield from _flag(name, limit, (limit < 0) | (limit > UNLIMITED), f"0 to {UNLIMITED}")
    trips = vehicles.max_trips
    yield from _flag("vehicles.max_trips", trips, (trips < 1) | (trips > UNLIMITED), f"1 to {UNLIMITED}")
    for name, cost in (
        ("clients.prize", clients.prize),
        ("clients.preference", clients.preference),
        ("vehicles.fixed_cost", vehicles.fixed_cost),
        ("vehicles.distance_cost", vehicles.distance_cost),
        ("vehicles.duration_cost", vehicles.duration_cost),
    ):
        yield from _flag(name, cost, ~((cost >= 0) & (cost < LARGEST)), "a finite number that is not negative")
    weights = {"published.weight": problem.published.weight}
    weights |= {f"objective.{part.name}": getattr(problem.objective, part.name) for part in fields(problem.objective)}
    for name, weight in weights.items():
        if not 0 <= weight < LARGEST:
            yield Fault(name, (), str(weight), "a finite number that is not negative")
    coordinates = travel.coordinates
    yield from _flag("travel.coordinates", coordinates, ~np.isfinite(coordinates), "a finite number")


def _references(problem: Problem) -> Iterator[Fault]:
    travel, depots, clients, vehicles = problem.travel, problem.depots, problem.clients, problem.vehicles
    places, m, fleet = travel.locations, len(depots.ids), int(vehicles.first_vehicle[-1])
    for name, index, low, high in (
        ("depots.location", depots.location, 0, places),
        ("clients.location", clients.location, 0, places),
        ("vehicles.start_depot", vehicles.start_depot, 0, m),
        ("vehicles.end_depot", vehicles.end_depot, OPEN, m),
        ("vehicles.profile", vehicles.profile, 0, travel.profiles),
        ("vehicles.window_profile", vehicles.window_profile, 0, clients.windows.shape[1]),
        ("vehicles.reload_depot", vehicles.reload_depot, OPEN, m),
        ("vehicles.backhauls", vehicles.backhauls, 0, len(Backhauls)),
        ("clients.group", clients.group, ALONE, clients.number),
        ("locks.vehicle", problem.locks.vehicle, ANY, fleet),
        ("locks.position", problem.locks.position, ANY, clients.number),
        ("published.vehicle", problem.published.vehicle, ANY, fleet),
    ):
        yield from _flag(name, index, (index < low) | (index >= high), f"{low} to {high - 1}")


def _windows(problem: Problem) -> Iterator[Fault]:
    windows = problem.clients.windows
    early, late = windows[..., 0], windows[..., 1]
    yield from _flag("clients.windows", early, early > late, "a window that opens before it closes")
    same = (early[..., 1:] == early[..., :-1]) & (late[..., 1:] == late[..., :-1])
    unsorted = np.zeros_like(early, dtype=np.bool_)
    unsorted[..., 1:] = ~same & (early[..., 1:] <= late[..., :-1])
    yield from _flag("clients.windows", early, unsorted, "windows in order of time that do not overlap")
    vehicles, depots = problem.vehicles, problem.depots
    yield from _flag(
        "vehicles.shift_start",
        vehicles.shift_start,
        vehicles.shift_start > vehicles.shift_end,
        "a start before the end",
    )
    yield from _flag("depots.opening", depots.opening, depots.opening > depots.closing, "an opening before the closing")


def _hours(problem: Problem) -> Iterator[Fault]:
    travel, hours = problem.travel, problem.travel.hours
    if hours is None:
        return
    starts, least = hours.starts, hours.least
    wrong = (starts < 0) | (starts >= DAY)
    wrong[0] |= starts[0] != 0
    wrong[1:] |= starts[1:] <= starts[:-1]
    yield from _flag("travel.hours.starts", starts, wrong, f"seconds of the day from 0 on, ascending, below {DAY}")
    if hours.duration.dtype != np.int32:
        yield Fault("travel.hours.duration", (), f"of {hours.duration.dtype}", "whole numbers of 32 bits")
    elif least.min(initial=0) < 0:
        yield from _flag("travel.hours.duration", hours.duration, hours.duration < 0, f"0 to {LARGEST - 1}")
    elif isinstance(travel.duration, PlaneMatrix):
        yield Fault("travel.duration", (), "a plane", "the least of travel.hours.duration over the periods")
    elif travel.duration is not least:
        unlike = travel.duration != least
        yield from _flag("travel.duration", travel.duration, unlike, "the least of travel.hours.duration")
