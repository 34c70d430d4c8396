"""Benchmark instances of the literature and their solutions, read and written in their published conventions."""

from solver.instances.errors import InstanceError, UnsupportedError
from solver.instances.instance import Instance, read_instance
from solver.instances.rounding import ROUNDING, Rounding
from solver.instances.solutions import best_known, read_sol, write_sol
from solver.instances.vrplib_fleet import Fleet

__all__ = [
    "ROUNDING",
    "Fleet",
    "Instance",
    "InstanceError",
    "Rounding",
    "UnsupportedError",
    "best_known",
    "read_instance",
    "read_sol",
    "write_sol",
]
