"""The parts of a problem: travel, depots, clients and vehicle types, each a record of arrays."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from solver.problem.arrays import BoolArray, FloatArray, IntArray
from solver.problem.hours import Clock, Hours
from solver.problem.plane import PlaneMatrix


@dataclass(frozen=True, eq=False)
class Travel:
    """Travel between locations, per travel profile; nothing needs to be symmetric.

    Parameters
    ----------
    distance
        Shape ``(profiles, locations, locations)``, metres. Where there is no road, `UNREACHABLE` or more.
    duration
        Shape ``(profiles, locations, locations)``, seconds. Where there is no road, `UNREACHABLE` or more.
    coordinates
        Shape ``(locations, 2)``, x and y in any plane; used to guide the search only, never for cost.
    hours
        Durations by the time of day, or None when they are the same all day. Where there are some, ``duration`` is
        the least over all periods: what a leg takes at least.
    """

    distance: IntArray | PlaneMatrix
    duration: IntArray | PlaneMatrix
    coordinates: FloatArray
    hours: Hours | None = None

    def clock(self, profile: int) -> Clock | None:
        """Return what says when vehicles of a travel profile arrive, or None when legs last the same all day."""
        return None if self.hours is None else Clock(self.hours, profile)

    @property
    def profiles(self) -> int:
        """Number of travel profiles."""
        return int(self.distance.shape[0])

    @property
    def locations(self) -> int:
        """Number of locations."""
        return int(self.distance.shape[1])


@dataclass(frozen=True, eq=False)
class Depots:
    """Where vehicles start and end.

    Parameters
    ----------
    ids
        Stable name per depot.
    location
        Shape ``(depots,)``, index into the locations of `Travel`.
    opening, closing
        Shape ``(depots,)``, seconds; vehicles leave and return between the two.
    """

    ids: tuple[str, ...]
    location: IntArray
    opening: IntArray
    closing: IntArray


@dataclass(frozen=True, eq=False)
class Clients:
    """Who is to be visited.

    Parameters
    ----------
    ids
        Stable name per client; they survive edits of the problem.
    location
        Shape ``(clients,)``, index into the locations of `Travel`.
    delivery, pickup
        Shape ``(clients, dimensions)``, load units brought from the start depot, and taken to the end depot.
    service
        Shape ``(clients, vehicle types)``, seconds; the service factor of a vehicle type is already applied.
    windows
        Shape ``(clients, window profiles, windows, 2)``, seconds, earliest and latest start of service; sorted and
        disjoint. A client with fewer windows repeats its last one. Vehicle types of one window profile find the same
        hours everywhere; where all do, there is one profile.
    release
        Shape ``(clients,)``, seconds; its goods are at the depot from then on, so the trip that serves it does not
        leave earlier.
    required
        Shape ``(clients,)``; a plan without a required client is infeasible.
    prize
        Shape ``(clients,)``, cost of leaving an optional client out.
    group
        Shape ``(clients,)``, `ALONE` or the number of a group, numbers without gaps. Of a group whose members are
        required exactly one is visited. Of a group whose members are optional at most one is, and when none is, their
        common prize is paid once.
    allowed
        Shape ``(clients, vehicle types)``; who may serve whom.
    preference
        Shape ``(clients, vehicle types)``, cost added when this type serves this client; zero for the favourite.
    """

    ids: tuple[str, ...]
    location: IntArray
    delivery: IntArray
    pickup: IntArray
    service: IntArray
    windows: IntArray
    release: IntArray
    required: BoolArray
    prize: FloatArray
    group: IntArray
    allowed: BoolArray
    preference: FloatArray

    @property
    def number(self) -> int:
        """Number of clients."""
        return len(self.ids)

    @property
    def groups(self) -> int:
        """Number of groups."""
        return int(self.group.max(initial=-1)) + 1


class Backhauls(IntEnum):
    """In which order a vehicle may deliver and pick up within a trip."""

    MIXED = 0
    """In any order, as long as all fits."""

    LAST = 1
    """No delivery after a pickup."""

    LOADED = 2
    """No delivery after a pickup, and no trip that picks up without delivering anything: the classic VRP with
    backhauls (Goetschalckx and Jacobs-Blecha 1989)."""


@dataclass(frozen=True, eq=False)
class VehicleTypes:
    """Who may drive.

    Parameters
    ----------
    ids
        Stable name per vehicle type.
    count
        Shape ``(types,)``, vehicles at hand.
    capacity
        Shape ``(types, dimensions)``, load units of one trip.
    start_depot, end_depot
        Shape ``(types,)``; an end depot of `OPEN` ends the route at its last client.
    shift_start, shift_end
        Shape ``(types,)``, seconds; the vehicle leaves and is back (or done, when open) in between.
    fixed_cost
        Shape ``(types,)``, cost of each vehicle used.
    distance_cost
        Shape ``(types,)``, cost per metre.
    duration_cost
        Shape ``(types,)``, cost per second between first leaving and finally coming back.
    max_distance, max_duration, max_stops
        Shape ``(types,)``, metres, seconds and number of clients of one vehicle, over all its trips.
    profile
        Shape ``(types,)``, travel profile.
    window_profile
        Shape ``(types,)``, window profile.
    max_trips
        Shape ``(types,)``, at least 1; a vehicle makes so many trips at most, and is loaded anew for each.
    reload_depot
        Shape ``(types,)``, where it reloads between two trips, or `OPEN`. Whoever may make several trips reloads where
        it starts and ends.
    backhauls
        Shape ``(types,)``, values of `Backhauls`.
    """

    ids: tuple[str, ...]
    count: IntArray
    capacity: IntArray
    start_depot: IntArray
    end_depot: IntArray
    shift_start: IntArray
    shift_end: IntArray
    fixed_cost: FloatArray
    distance_cost: FloatArray
    duration_cost: FloatArray
    max_distance: IntArray
    max_duration: IntArray
    max_stops: IntArray
    profile: IntArray
    window_profile: IntArray
    max_trips: IntArray
    reload_depot: IntArray
    backhauls: IntArray

    @property
    def number(self) -> int:
        """Number of vehicle types."""
        return len(self.ids)

    @property
    def first_vehicle(self) -> IntArray:
        """Shape ``(types + 1,)``: vehicles are numbered over all types, and these are the first numbers of each.

        The last entry is the number of vehicles.
        """
        return np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(self.count)))
