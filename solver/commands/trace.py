"""How the cost of the best solution fell in the course of a search."""

from __future__ import annotations

import math
from array import array

from solver.genetic import Progress, Result
from solver.problem import Problem, Route, Solution, check

SPACING = 1.05
"""Of several improvements within a time span of this ratio the last one is kept: curves are read on a log scale."""

SHORTEST = 1e-4
"""Seconds below which no two moments are told apart."""

Point = tuple[float, float | None]
"""Seconds since the search began, and the cost of the best solution then; None as long as it breaks a rule."""

_Kept = tuple["array[int]", int, int, tuple[int, ...]]
"""A route with its clients as an array, since the memory of a run is measured."""


class Trace:
    """Keeps solutions while the search runs and checks them when it is over, so that it costs the search no time."""

    def __init__(self) -> None:
        self._kept: dict[int, tuple[float, list[_Kept]]] = {}

    def note(self, progress: Progress) -> None:
        """Keep the best so far; what `solver.genetic.solve` calls for each improvement."""
        span = math.floor(math.log(max(progress.elapsed, SHORTEST)) / math.log(SPACING))
        self._kept[span] = (progress.elapsed, [_keep(route) for route in progress.solution.routes])

    def points(self, problem: Problem, result: Result) -> list[Point]:
        """Return the curve, in order of time; the last point is the result."""
        points: list[Point] = []
        for elapsed, routes in self._kept.values():
            report = check(problem, Solution(tuple(_give_back(route) for route in routes)))
            points.append((round(elapsed, 4), report.costs.total if report.feasible else None))
        final = result.report.costs.total if result.report.feasible else None
        if not points or points[-1][1] != final:
            points.append((round(result.elapsed, 4), final))
        return points


def _keep(route: Route) -> _Kept:
    return array("i", route.clients), route.vehicle_type, route.vehicle, route.reloads


def _give_back(kept: _Kept) -> Route:
    clients, vehicle_type, vehicle, reloads = kept
    return Route(vehicle_type, tuple(clients), vehicle, reloads)
