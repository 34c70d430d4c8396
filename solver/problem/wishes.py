"""What a person wants beyond the rules: locks, closeness to a published plan, and the weights of the objective.

Vehicles are numbered over all types: ``v = sum(count[:k]) + ordinal`` is a vehicle of type ``k``, as in
`solver.problem.VehicleTypes.first_vehicle`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from solver.problem.arrays import BoolArray, IntArray
from solver.problem.limits import ANY


@dataclass(frozen=True, eq=False)
class Locks:
    """What may not change. Three locks with three meanings, each stronger than the one before.

    Whoever is locked has to be served: left out, an optional client too is a violation.

    Parameters
    ----------
    vehicle
        Shape ``(clients,)``, number of a vehicle or `ANY`. The client *stays on this vehicle*, at any place of its
        route.
    position
        Shape ``(clients,)``, position or `ANY`. The client *keeps its position*: exactly so many clients stand before
        it in the route of its vehicle, over all trips. Needs a vehicle.
    driven
        Shape ``(clients,)``. The vehicle has *already driven* there: its driven clients hold the positions from 0 on
        without gaps. That it was late there is history and no violation; the delay is still carried on.
    """

    vehicle: IntArray
    position: IntArray
    driven: BoolArray

    @classmethod
    def none(cls, clients: int) -> Locks:
        """Return no locks for so many clients."""
        free = np.full(clients, ANY, dtype=np.int64)
        return cls(free, free.copy(), np.zeros(clients, dtype=np.bool_))


@dataclass(frozen=True, eq=False)
class Published:
    """A plan that people have been told already, and what it costs to depart from it.

    Parameters
    ----------
    vehicle
        Shape ``(clients,)``, number of the vehicle that the plan has for the client; `ANY` when it has none, and then
        every vehicle is as good.
    weight
        Cost added for each client that another vehicle serves.
    """

    vehicle: IntArray
    weight: float = 0.0

    @classmethod
    def none(cls, clients: int) -> Published:
        """Return no published plan for so many clients."""
        return cls(np.full(clients, ANY, dtype=np.int64))


@dataclass(frozen=True, slots=True)
class Objective:
    """What counts how much: the total cost is the sum of its parts, each times its weight.

    Parameters
    ----------
    fixed
        Of vehicles used.
    distance, duration
        Of metres and of seconds.
    preference
        Of clients who are not served by their favourite vehicle type.
    unserved
        Of prizes of clients left out.
    change
        Of departures from the published plan.
    """

    fixed: float = 1.0
    distance: float = 1.0
    duration: float = 1.0
    preference: float = 1.0
    unserved: float = 1.0
    change: float = 1.0
