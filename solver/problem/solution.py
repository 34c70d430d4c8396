"""A solution: which vehicle visits whom, in which order. It holds no figures; `check` computes them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from solver.problem.limits import ANY


@dataclass(frozen=True, slots=True)
class Route:
    """One vehicle's work.

    Parameters
    ----------
    vehicle_type
        Index into `solver.problem.VehicleTypes`.
    clients
        Indices of clients in order of visit, over all trips.
    vehicle
        Which vehicle of its type, counted from 0; `ANY` when it does not matter.
    reloads
        Positions in ``clients``, ascending, before which the vehicle goes to its depot and is loaded anew. None is at
        the beginning or the end, so no trip is without clients.

    Raises
    ------
    ValueError
        If the reloads are not such positions, or the vehicle is neither `ANY` nor counted from 0.
    """

    vehicle_type: int
    clients: tuple[int, ...]
    vehicle: int = ANY
    reloads: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        bounds = (0, *self.reloads, len(self.clients))
        if self.reloads and any(before >= after for before, after in pairwise(bounds)):
            raise ValueError(
                f"reloads are {self.reloads}, expected ascending positions between the {len(self.clients)} clients"
            )
        if self.vehicle < ANY:
            raise ValueError(f"vehicle is {self.vehicle}, expected {ANY} or more")

    @property
    def trips(self) -> tuple[tuple[int, ...], ...]:
        """The clients of each trip; a route without clients is one trip without clients."""
        bounds = (0, *self.reloads, len(self.clients))
        return tuple(self.clients[before:after] for before, after in pairwise(bounds))


@dataclass(frozen=True, slots=True)
class Solution:
    """Routes; every client that is in none of them is unserved."""

    routes: tuple[Route, ...] = ()

    @classmethod
    def of(cls, routes: Iterable[Route | tuple[int, Iterable[int]]]) -> Solution:
        """Build a solution from routes or ``(vehicle type, clients)`` pairs; routes without clients are dropped."""
        made = (
            route if isinstance(route, Route) else Route(int(route[0]), tuple(int(client) for client in route[1]))
            for route in routes
        )
        return cls(tuple(route for route in made if route.clients))

    @property
    def served(self) -> frozenset[int]:
        """The clients in some route."""
        return frozenset(client for route in self.routes for client in route.clients)
