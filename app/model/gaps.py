"""Legs that have no road, out of what a plan costs: they are broken, and say nothing of how far anybody drives.

In the engine's terms such a leg is a million kilometres long (`solver.problem.UNREACHABLE`), so that no plan gains by
it. Who reads figures is told of the missing road instead, and finds what is driven elsewhere as it is.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from app.model.straight import great_circle_legs, whole
from solver.problem import UNREACHABLE, Costs, Problem, Report, RouteReport, Rule, Violation

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]

SPEED = 30.0
"""Kilometres per hour as the crow flies, where there is no road: a duration that a clock can show."""


def time_gaps(distance: IntArray, duration: IntArray, points: FloatArray, detour: float) -> None:
    """Give legs without a road the duration of a straight line, in place, so that the rest of a route is still told.

    Parameters
    ----------
    distance, duration
        Shape ``(profiles, places, places)``, metres and seconds; where there is no road in either, the distance becomes
        `UNREACHABLE`, and says so alone.
    points
        Shape ``(places, 2)``, latitude and longitude in degrees.
    detour
        Road distance over great-circle distance.
    """
    for metres, seconds in zip(distance, duration, strict=True):
        if max(metres.max(initial=0), seconds.max(initial=0)) < UNREACHABLE:
            continue
        missing = (metres >= UNREACHABLE) | (seconds >= UNREACHABLE)
        start, end = np.nonzero(missing)
        metres[missing] = UNREACHABLE
        seconds[missing] = whole(great_circle_legs(points[start], points[end]) * detour * (3.6 / SPEED))


def without_gaps(problem: Problem, report: Report) -> Report:
    """Return a report in which legs without a road are no metres long; the same one where each has its road."""
    gaps = {one.route for one in report.violations if one.rule is Rule.UNREACHABLE}
    if not gaps:
        return report
    routes = tuple(_bridged(problem, one) if at in gaps else one for at, one in enumerate(report.routes))
    unserved = Costs(unserved=report.costs.unserved)
    costs = sum((route.costs for route in routes), unserved)
    return Report(costs, routes, report.unserved, tuple(_limits(problem, routes, report.violations)))


def without_gaps_of(
    problem: Problem, report: RouteReport, violations: tuple[Violation, ...]
) -> tuple[RouteReport, tuple[Violation, ...]]:
    """Return what `solver.problem.check_route` says of a route with legs without a road no metres long."""
    if all(one.rule is not Rule.UNREACHABLE for one in violations):
        return report, violations
    bridged = _bridged(problem, report)
    index = violations[0].route
    return bridged, tuple(_limits(problem, {index: bridged}, violations))


def _bridged(problem: Problem, report: RouteReport) -> RouteReport:
    trips = tuple(
        replace(
            trip,
            distance=trip.distance % UNREACHABLE,
            return_distance=trip.return_distance % UNREACHABLE,
            visits=tuple(one._replace(travel_distance=one.travel_distance % UNREACHABLE) for one in trip.visits),
        )
        for trip in report.trips
    )
    metres = sum(trip.distance for trip in trips)
    each = problem.objective.distance * float(problem.vehicles.distance_cost[report.vehicle_type])
    return replace(report, trips=trips, costs=replace(report.costs, distance=metres * each))


def _limits(
    problem: Problem, routes: tuple[RouteReport, ...] | dict[int, RouteReport], violations: Iterable[Violation]
) -> Iterable[Violation]:
    """Yield violations; those of the limit of a route's distance by what is left of it."""
    for one in violations:
        if one.rule is not Rule.MAX_DISTANCE:
            yield one
            continue
        route = routes[one.route]
        over = route.distance - int(problem.vehicles.max_distance[route.vehicle_type])
        if over > 0:
            yield replace(one, amount=over)
