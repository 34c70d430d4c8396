"""A plan: which vehicle visits which customers, in which order, and what of that may not change.

Figures are computed from it, never stored in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import chain
from types import MappingProxyType


class Lock(StrEnum):
    """What the solver may not change about a stop; each is stronger than the one before.

    To what a stop is locked is where the plan has it: one that is moved by hand stays from then on where it was put.
    """

    VEHICLE = "vehicle"  # stays on this vehicle, at any place of its route
    PLACE = "place"  # keeps its place: as many stops come before it as now
    DRIVEN = "driven"  # already driven; so are all stops before it

    @property
    def strength(self) -> int:
        """How much it forbids; more than a lock of less strength."""
        return _STRENGTHS[self]


_STRENGTHS = {lock: strength for strength, lock in enumerate(Lock)}


@dataclass(frozen=True, slots=True)
class PlannedRoute:
    """One vehicle's day.

    Parameters
    ----------
    vehicle
        Id of the vehicle type.
    stops
        Ids of customers, in order of visit.
    number
        Which vehicle of its type, from 1; 0 where that is not settled, see `app.model.fleet`.
    """

    vehicle: str
    stops: tuple[str, ...]
    number: int = 0

    @property
    def id(self) -> str:
        """What it is known by, whatever its stops and its place in the plan: which vehicle drives it."""
        return route_id(self.vehicle, self.number)

    @property
    def driver(self) -> tuple[str, int]:
        """Who drives it: the type of vehicle, and which of the type."""
        return self.vehicle, self.number


def route_id(vehicle: str, number: int) -> str:
    """Return what the route of a vehicle is known by: in selections, by its colour, from one plan to the next.

    Parameters
    ----------
    vehicle
        Id of the type.
    number
        Which of the type, from 1.
    """
    return f"{vehicle}/{number}"


def driver_of(route: str) -> tuple[str, int]:
    """Return the type of vehicle, and which of the type, that drives the route of an id; see `route_id`."""
    vehicle, _, number = route.rpartition("/")
    return vehicle, int(number)


@dataclass(frozen=True, slots=True)
class Plan:
    """Routes; a customer in none of them is unserved.

    Parameters
    ----------
    routes
        At most one for each vehicle.
    locks
        Per customer who is locked; only those who are in a route.
    """

    routes: tuple[PlannedRoute, ...] = ()
    locks: Mapping[str, Lock] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def served(self) -> frozenset[str]:
        """Ids of all customers in some route."""
        return frozenset(chain.from_iterable(route.stops for route in self.routes))

    def place_of(self, route: str) -> int | None:
        """Return which of the routes has an id; None where none has."""
        return next((place for place, one in enumerate(self.routes) if one.id == route), None)

    def with_routes(self, routes: Iterable[PlannedRoute]) -> Plan:
        """Return a plan of other routes; who is not in one any more is not locked any more."""
        made = Plan(tuple(routes))
        if not self.locks:
            return made
        served = made.served
        return replace(made, locks={key: lock for key, lock in self.locks.items() if key in served})

    def with_locks(self, changed: Mapping[str, Lock | None]) -> Plan:
        """Return the plan with other locks on some customers; None unlocks, and who is in no route cannot be locked."""
        served = self.served
        locks = {**self.locks, **changed}
        return replace(self, locks={key: lock for key, lock in locks.items() if lock is not None and key in served})

    def without(self, customers: frozenset[str]) -> Plan:
        """Return the plan with these customers taken out, and routes that become empty dropped."""
        kept = (
            replace(route, stops=tuple(stop for stop in route.stops if stop not in customers)) for route in self.routes
        )
        return self.with_routes(route for route in kept if route.stops)

    def driven(self, route: PlannedRoute) -> int:
        """Return how many stops of a route, from its first, have been driven already."""
        for place, stop in enumerate(route.stops):
            if self.locks.get(stop) is not Lock.DRIVEN:
                return place
        return len(route.stops)
