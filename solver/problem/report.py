"""What `solver.problem.check` says of a solution: costs by part, times of every visit, and whatever is broken."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

from solver.problem.limits import ANY


class Rule(StrEnum):
    """What a solution can break."""

    CAPACITY = "capacity"
    TIME_WINDOW = "time window"
    SHIFT = "shift"
    DEPOT_HOURS = "depot hours"
    NOT_ALLOWED = "vehicle not allowed"
    UNREACHABLE = "no road"
    BACKHAUL = "order of backhauls"
    MAX_DISTANCE = "route distance"
    MAX_DURATION = "route duration"
    MAX_STOPS = "number of stops"
    MAX_TRIPS = "number of trips"
    FLEET = "vehicles at hand"
    UNSERVED = "required client unserved"
    TWICE = "client served twice"
    GROUP = "one client of a group"
    LOCK = "locked client moved"


@dataclass(frozen=True, slots=True)
class Violation:
    """One broken rule.

    Parameters
    ----------
    rule
        What is broken.
    amount
        By how much, in the rule's unit (load units, seconds, metres, stops, trips, vehicles, visits, clients, legs).
    route
        Index of the route in the solution, or -1.
    client
        Index of the client, or -1.
    dimension
        Load dimension of a capacity violation, or -1.
    """

    rule: Rule
    amount: int
    route: int = -1
    client: int = -1
    dimension: int = -1


@dataclass(frozen=True, slots=True)
class Costs:
    """A cost by its parts, in cost units; each part already has its weight in the objective."""

    fixed: float = 0.0
    distance: float = 0.0
    duration: float = 0.0
    preference: float = 0.0
    unserved: float = 0.0
    change: float = 0.0

    @property
    def total(self) -> float:
        """Sum of the parts."""
        return self.fixed + self.distance + self.duration + self.preference + self.unserved + self.change

    def __add__(self, other: Costs) -> Costs:
        return Costs(
            self.fixed + other.fixed,
            self.distance + other.distance,
            self.duration + other.duration,
            self.preference + other.preference,
            self.unserved + other.unserved,
            self.change + other.change,
        )


class Visit(NamedTuple):
    """One client's visit; times in seconds. There are many, and a tuple is made in a quarter of the time.

    Parameters
    ----------
    client
        Index of the client.
    arrival, start, departure
        When the vehicle arrives, service starts, and the vehicle leaves.
    lateness
        How long after the end of the last window the service starts.
    travel_distance, travel_duration
        The leg that leads here, metres and seconds.
    load
        Load on board after the visit, per dimension.
    """

    client: int
    arrival: int
    start: int
    departure: int
    lateness: int
    travel_distance: int
    travel_duration: int
    load: tuple[int, ...]

    @property
    def waiting(self) -> int:
        """Seconds between arrival and start of service."""
        return self.start - self.arrival


@dataclass(frozen=True, slots=True)
class TripReport:
    """One trip: what a vehicle does between two loadings.

    Parameters
    ----------
    start, end
        When the vehicle leaves its depot, and when it is back (or done, when the route is open), seconds.
    distance
        Metres, all legs.
    initial_load
        Load on board when leaving the depot, per dimension.
    peak_load
        Largest load on board, per dimension.
    return_distance, return_duration
        The leg back to the depot; zero when there is none.
    visits
        In order.
    """

    start: int
    end: int
    distance: int
    initial_load: tuple[int, ...]
    peak_load: tuple[int, ...]
    return_distance: int
    return_duration: int
    visits: tuple[Visit, ...]


@dataclass(frozen=True, slots=True)
class RouteReport:
    """What one route does and costs.

    Parameters
    ----------
    vehicle_type
        Index of the vehicle type.
    vehicle
        Which vehicle of its type, or `ANY`.
    trips
        In order, at least one.
    costs
        By part.
    """

    vehicle_type: int
    trips: tuple[TripReport, ...]
    costs: Costs
    vehicle: int = ANY

    @property
    def visits(self) -> tuple[Visit, ...]:
        """All visits, in order."""
        return tuple(visit for trip in self.trips for visit in trip.visits)

    @property
    def start(self) -> int:
        """When the vehicle first leaves its depot, seconds."""
        return self.trips[0].start

    @property
    def end(self) -> int:
        """When the vehicle is finally back, or done when the route is open, seconds."""
        return self.trips[-1].end

    @property
    def duration(self) -> int:
        """Seconds between first leaving and finally coming back."""
        return self.end - self.start

    @property
    def distance(self) -> int:
        """Metres, all legs of all trips."""
        return sum(trip.distance for trip in self.trips)

    @property
    def service(self) -> int:
        """Seconds of service in total."""
        return sum(visit.departure - visit.start for visit in self.visits)

    @property
    def waiting(self) -> int:
        """Seconds of waiting in total, at clients and at the depot between two trips."""
        at_depot = sum(after.start - before.end for before, after in pairwise(self.trips))
        return at_depot + sum(visit.waiting for visit in self.visits)

    @property
    def peak_load(self) -> tuple[int, ...]:
        """Largest load on board in any trip, per dimension."""
        return tuple(max(loads) for loads in zip(*(trip.peak_load for trip in self.trips), strict=True))


@dataclass(frozen=True, slots=True)
class Report:
    """What a solution costs and breaks.

    Parameters
    ----------
    costs
        Of all routes, and of the prizes left out.
    routes
        In the order of the solution.
    unserved
        Who is really missing: clients in no route, of a group only one and only when none of it is served. It is the
        group's first member, or the one that is locked.
    violations
        Everything that is broken.
    """

    costs: Costs
    routes: tuple[RouteReport, ...]
    unserved: tuple[int, ...]
    violations: tuple[Violation, ...]

    @property
    def feasible(self) -> bool:
        """Whether nothing is broken."""
        return not self.violations

    @property
    def distance(self) -> int:
        """Metres over all routes."""
        return sum(route.distance for route in self.routes)

    @property
    def duration(self) -> int:
        """Seconds over all routes."""
        return sum(route.duration for route in self.routes)
