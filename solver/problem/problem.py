"""The routing problem as immutable arrays, in base units: metres, seconds, whole load units, cost units.

Variants are what the arrays say, not classes: an open route is a vehicle type without an end depot, a
site-dependent problem is an ``allowed`` table with zeros, an optional client is one that is not ``required``.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from solver.problem.arrays import BoolArray, IntArray, freeze
from solver.problem.fault import ProblemError
from solver.problem.limits import ANY
from solver.problem.records import Clients, Depots, Travel, VehicleTypes
from solver.problem.validate import faults_of
from solver.problem.wishes import Locks, Objective, Published


@dataclass(frozen=True, eq=False)
class Problem:
    """A routing problem: immutable arrays, validated when it is built.

    Raises
    ------
    ProblemError
        If shapes, signs or references do not fit; it lists every fault.
    """

    travel: Travel
    depots: Depots
    clients: Clients
    vehicles: VehicleTypes
    locks: Locks
    published: Published
    objective: Objective = field(default=Objective())
    name: str = field(default="")

    def __post_init__(self) -> None:
        faults = faults_of(self)
        if faults:
            raise ProblemError(faults)
        for record in (self.travel, self.depots, self.clients, self.vehicles, self.locks, self.published):
            freeze(record)
        if self.travel.hours is not None:
            freeze(self.travel.hours)

    @property
    def dimensions(self) -> int:
        """Number of load dimensions."""
        return int(self.vehicles.capacity.shape[1])

    def windows_of(self, kind: int) -> IntArray:
        """Return the time windows as a vehicle type finds them, shape ``(clients, windows, 2)``."""
        found: IntArray = self.clients.windows[:, self.vehicles.window_profile[kind]]
        return found

    @property
    def must_serve(self) -> BoolArray:
        """Shape ``(clients,)``: who has to be served, because it is required or because it is locked.

        Of a group one member is enough, unless one is locked: then it has to be that one.
        """
        made: BoolArray = self.clients.required | (self.locks.vehicle != ANY)
        return made
