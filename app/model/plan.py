"""A plan: which vehicle visits which customers, in which order. Figures are computed from it, never stored in it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain


@dataclass(frozen=True, slots=True)
class PlannedRoute:
    """One vehicle's day.

    Parameters
    ----------
    vehicle
        Id of the vehicle type.
    stops
        Ids of customers, in order of visit.
    """

    vehicle: str
    stops: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """Routes; a customer in none of them is unserved."""

    routes: tuple[PlannedRoute, ...] = ()

    @property
    def served(self) -> frozenset[str]:
        """Ids of all customers in some route."""
        return frozenset(chain.from_iterable(route.stops for route in self.routes))

    def without(self, customers: frozenset[str]) -> Plan:
        """Return the plan with these customers taken out, and routes that become empty dropped."""
        kept = (
            PlannedRoute(route.vehicle, tuple(stop for stop in route.stops if stop not in customers))
            for route in self.routes
        )
        return Plan(tuple(route for route in kept if route.stops))
