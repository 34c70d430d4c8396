"""A solution: which vehicle visits whom, in which order. It holds no figures; `check` computes them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Route:
    """One vehicle's work.

    Parameters
    ----------
    vehicle_type
        Index into `solver.problem.VehicleTypes`.
    clients
        Indices of clients in order of visit.
    """

    vehicle_type: int
    clients: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Solution:
    """Routes; every client that is in none of them is unserved."""

    routes: tuple[Route, ...] = ()

    @classmethod
    def of(cls, routes: Iterable[tuple[int, Iterable[int]]]) -> Solution:
        """Build a solution from ``(vehicle type, clients)`` pairs; routes without clients are dropped."""
        made = (Route(int(kind), tuple(int(client) for client in clients)) for kind, clients in routes)
        return cls(tuple(route for route in made if route.clients))

    @property
    def served(self) -> frozenset[int]:
        """The clients in some route."""
        return frozenset(client for route in self.routes for client in route.clients)
