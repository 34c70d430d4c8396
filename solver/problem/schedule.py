"""When a vehicle leaves, serves and comes back, trip by trip."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from solver.problem.hours import Clock
from solver.problem.limits import OPEN
from solver.problem.problem import Problem
from solver.problem.solution import Route


@dataclass(frozen=True, slots=True)
class Trip:
    """What a vehicle drives between two loadings, before any time is known.

    Parameters
    ----------
    clients
        In order of visit.
    legs
        Pairs of locations, one that leads to each client, and one more when the vehicle returns.
    travel
        Seconds that each leg takes at least, and takes where that is the same all day.
    service
        Seconds at each client.
    windows
        Of each client, as this vehicle finds them: earliest and latest start of service, seconds.
    release
        When the goods of all its clients are at the depot, seconds.
    clock
        What legs take at which time of the day, or None when that is the same all day.
    """

    clients: tuple[int, ...]
    legs: tuple[tuple[int, int], ...]
    travel: tuple[int, ...]
    service: tuple[int, ...]
    windows: list[list[list[int]]]
    release: int
    clock: Clock | None = None

    @property
    def returns(self) -> bool:
        """Whether it ends at a depot."""
        return len(self.legs) > len(self.clients)

    def arrival(self, leg: int, departure: int) -> int:
        """Return when the vehicle arrives that starts one of the legs at a time."""
        if self.clock is None:
            return departure + self.travel[leg]
        return self.clock.arrival(self.legs[leg], departure)

    def latest_departure(self, leg: int, arrival: int) -> int:
        """Return how late the vehicle may start one of the legs to arrive by a time."""
        if self.clock is None:
            return arrival - self.travel[leg]
        return self.clock.latest_departure(self.legs[leg], arrival)


@dataclass(frozen=True, slots=True)
class Times:
    """Of one trip: when it leaves, when each service starts, when it ends, and what each leg takes then; seconds."""

    leaving: int
    starts: tuple[int, ...]
    end: int
    travel: tuple[int, ...]


def trips_of(problem: Problem, route: Route) -> list[Trip]:
    """Return the trips of a route; the last of an open route, and one without clients, do not return."""
    clients, vehicles, depots = problem.clients, problem.vehicles, problem.depots
    kind = route.vehicle_type
    duration = problem.travel.duration[vehicles.profile[kind]]
    first, last, reload = (
        int(vehicles.start_depot[kind]),
        int(vehicles.end_depot[kind]),
        int(vehicles.reload_depot[kind]),
    )
    reload = first if reload == OPEN else reload  # more trips than the vehicle may make are driven from where it starts
    windows = problem.windows_of(kind)
    clock = problem.travel.clock(int(vehicles.profile[kind]))
    parts = route.trips
    made: list[Trip] = []
    for index, members in enumerate(parts):
        places = [int(depots.location[first if index == 0 else reload]), *clients.location[list(members)].tolist()]
        target = reload if index < len(parts) - 1 else last
        if target != OPEN and members:
            places.append(int(depots.location[target]))
        legs = tuple(pairwise(places))
        made.append(
            Trip(
                clients=members,
                legs=legs,
                travel=tuple(int(duration[leg]) for leg in legs),
                service=tuple(clients.service[list(members), kind].tolist()),
                windows=windows[list(members)].tolist(),
                release=max(clients.release[list(members)].tolist(), default=0),
                clock=clock,
            )
        )
    return made


def schedule(trips: Sequence[Trip], opening: int, closing: int) -> list[Times]:
    """Return the times of a route, as `solver.problem.check` describes them.

    Parameters
    ----------
    trips
        Of one route.
    opening, closing
        The earliest departure, and the latest departure that is considered.
    """
    earliest = _drive(trips, opening)
    bound = earliest[-1].end
    for trip, times in zip(reversed(trips), reversed(earliest), strict=True):
        # So late may the trip end; a late departure of the next trip was no reason to dawdle on this one.
        bound = _latest_departure(trip, times, bound)
    return _drive(trips, max(opening, min(bound, closing)))


def _drive(trips: Sequence[Trip], opening: int) -> list[Times]:
    """Leave at ``opening`` and never dawdle."""
    made: list[Times] = []
    now = opening
    for index, trip in enumerate(trips):
        leaving = now = max(now, trip.release) if index else now
        starts: list[int] = []
        travel: list[int] = []
        for leg, (service, windows) in enumerate(zip(trip.service, trip.windows, strict=True)):
            start = trip.arrival(leg, now)
            travel.append(start - now)
            for early, late in windows:
                if start <= late:
                    start = max(start, early)
                    break
            starts.append(start)
            now = start + service
        if trip.returns:
            end = trip.arrival(-1, now)
            travel.append(end - now)
            now = end
        made.append(Times(leaving, tuple(starts), now, tuple(travel)))
    return made


def _latest_departure(trip: Trip, earliest: Times, end: int) -> int:
    """Return how late a trip may leave so that it ends at ``end`` and no lateness grows."""
    bound = trip.latest_departure(-1, end) if trip.returns else end
    for i in range(len(trip.clients) - 1, -1, -1):
        bound -= trip.service[i]
        windows = trip.windows[i]
        if earliest.starts[i] > windows[-1][1]:  # late already: any delay would add to it
            bound = earliest.starts[i]
        else:
            bound = max(min(late, bound) for early, late in windows if early <= bound)
        bound = trip.latest_departure(i, bound)
    return bound
