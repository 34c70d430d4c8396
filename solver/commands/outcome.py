"""What one run of the search came to, as a row to print. Every figure is from `solver.problem.check`."""

from __future__ import annotations

from typing import TypedDict

from solver.genetic import Result
from solver.instances import Instance, best_known


class Row(TypedDict):
    """One run, in the terms of a comparison of solvers: costs in whole units, times in seconds, gap in percent."""

    instance: str
    kind: str
    solver: str
    budget: float
    seconds: float
    cost: float
    feasible: bool
    best_known: float | None
    gap: float | None
    init: str | None
    first_solution_seconds: float
    iterations: int


def row_of(instance: Instance, budget: float, seconds: float, result: Result) -> Row:
    """Return the row of a run.

    Parameters
    ----------
    instance
        What was solved.
    budget
        Seconds that it was given.
    seconds
        Seconds that the call took.
    result
        What it came to.

    Raises
    ------
    InstanceError
        If a best-known solution lies beside the instance but states no cost.
    """
    known = best_known(instance.path, instance.kind)
    cost = result.report.costs.total
    feasible = result.report.feasible
    return {
        "instance": instance.name,
        "kind": instance.kind,
        "solver": "routewright",
        "budget": budget,
        "seconds": round(seconds, 3),
        "cost": plain(cost),
        "feasible": feasible,
        "best_known": None if known is None else plain(known),
        "gap": round(100 * (cost / known - 1), 3) if known and feasible else None,
        "init": result.first.by,
        "first_solution_seconds": round(result.first.seconds, 4),
        "iterations": result.iterations,
    }


def plain(cost: float) -> float:
    """Return a cost without a decimal point where it is a whole number."""
    return int(cost) if cost == int(cost) else round(cost, 6)
