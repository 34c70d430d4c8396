"""Why clients are left out of a plan.

First each client is sent every empty vehicle: what stands against that is certain, whatever the plan. Where nothing
does, it is tried at every place of the plan, and the reason is the limit that rules out the last of them.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from solver.explain.alone import CODES, Alone, served_alone
from solver.explain.durations import seconds_with
from solver.explain.places import Against, Places, against_inserting, places_of
from solver.explain.reason import ANY, Code, Reason
from solver.problem import UNLIMITED, Problem, Report, Solution

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]

PAIRS_AT_ONCE = 200_000
"""Pairs of client and place that are judged at one time, to bound the memory."""

FIRST_LOOK = 8
"""Places per client whose durations are computed first; the cheapest by their lower bounds."""


def reasons(problem: Problem, solution: Solution, report: Report) -> dict[int, tuple[Reason, ...]]:
    """Say why each unserved client is unserved.

    Parameters
    ----------
    problem
        The problem.
    solution
        A plan of it, feasible or not.
    report
        What `solver.problem.check` says of the plan.

    Returns
    -------
    dict
        Per unserved client, required or not, at least one reason; `solver.explain.reason.Code` says what each claims.
        A client that no empty vehicle could serve has one reason per thing that stands against it, each for the
        vehicle type that comes nearest. The others have the reason why the plan has no place for them.
    """
    unserved = np.array(report.unserved, dtype=np.int64)
    places = places_of(problem, solution, report)
    block = max(1, PAIRS_AT_ONCE // max(1, places.number))
    used = np.bincount(
        [route.vehicle_type for route in solution.routes if route.clients], minlength=problem.vehicles.number
    )
    found: dict[int, tuple[Reason, ...]] = {}
    for at in range(0, len(unserved), block):
        found |= _of_block(problem, places, unserved[at : at + block], used)
    return found


def _of_block(problem: Problem, places: Places, chosen: IntArray, used: IntArray) -> dict[int, tuple[Reason, ...]]:
    alone = served_alone(problem, chosen)
    against = against_inserting(problem, places, chosen)
    possible = alone.possible[:, places.kind]
    fits = possible & (against.load <= 0) & (against.time <= 0) & (against.stops <= 0) & (against.distance <= 0)
    cost = _costs(problem, places, chosen, against, fits)
    new_route = np.where(alone.possible & (used < problem.vehicles.count), alone.cost, np.inf)

    served: NDArray[np.bool_] = np.minimum(cost.min(axis=1, initial=np.inf), new_route.min(axis=1)) < np.inf
    over = _excess_durations(problem, places, chosen, against, fits & ~served[:, None])

    found: dict[int, tuple[Reason, ...]] = {}
    for index, client in enumerate(chosen.tolist()):
        if not alone.possible[index].any():
            found[client] = _impossible(alone, index)
        elif served[index]:
            kind, least = _cheapest(places, cost[index], new_route[index])
            worth = problem.clients.required[client] or least <= problem.clients.prize[client]
            found[client] = (Reason(Code.NOT_PLANNED if worth else Code.COSTS_MORE, kind, least),)
        else:
            limits: tuple[tuple[Code, NDArray[np.number]], ...] = (
                (Code.FULL, against.load[index]),
                (Code.TOO_LATE, against.time[index]),
                (Code.ROUTE_STOPS, against.stops[index]),
                (Code.ROUTE_DISTANCE, against.distance[index]),
                (Code.ROUTE_DURATION, over[index]),
            )
            out = int(used[alone.possible[index]].sum())
            ruled_out = _ruled_out(places, possible[index], limits)
            found[client] = (ruled_out, Reason(Code.NO_VEHICLE_LEFT, ANY, out))
    return found


def _costs(problem: Problem, places: Places, chosen: IntArray, against: Against, fits: NDArray[np.bool_]) -> FloatArray:
    """Return the additional cost where no limit is exceeded, and infinity elsewhere; the least of each row is exact."""
    vehicles, kind = problem.vehicles, places.kind
    known = against.extra_metres * vehicles.distance_cost[kind] + problem.clients.preference[chosen[:, None], kind]
    longest = vehicles.max_duration[kind]
    extra = against.least_seconds - places.seconds[places.route]
    lower = known + np.where(vehicles.duration_cost[kind] > 0, extra * vehicles.duration_cost[kind], 0.0)
    lower = np.where(fits & (against.least_seconds <= longest), lower, np.inf)

    def exactly(row: IntArray, place: IntArray) -> FloatArray:
        seconds = seconds_with(problem, places, place, chosen[row])
        longer = (seconds - places.seconds[places.route[place]]) * vehicles.duration_cost[kind[place]]
        return np.where(seconds <= longest[place], known[row, place] + longer, np.inf)

    timed = (longest < UNLIMITED) | (vehicles.duration_cost[kind] > 0)
    return _settled(lower, np.broadcast_to(~timed, lower.shape), exactly)


def _excess_durations(
    problem: Problem, places: Places, chosen: IntArray, against: Against, fits: NDArray[np.bool_]
) -> FloatArray:
    """Return seconds over the limit of duration where all else fits; the least of each row is exact."""
    longest = problem.vehicles.max_duration[places.kind]
    lower = np.where(fits, against.least_seconds - longest, np.inf)

    def exactly(row: IntArray, place: IntArray) -> FloatArray:
        return (seconds_with(problem, places, place, chosen[row]) - longest[place]).astype(np.float64)

    return _settled(lower, np.zeros(lower.shape, dtype=np.bool_), exactly)


def _settled(
    lower: FloatArray, exact: NDArray[np.bool_], exactly: Callable[[IntArray, IntArray], FloatArray]
) -> FloatArray:
    """Replace lower bounds by exact values until the least value of each row is exact, the most promising first."""
    values, exact = lower.copy(), exact | (lower == np.inf)
    rows, width = np.arange(len(values)) if values.size else np.zeros(0, dtype=np.int64), FIRST_LOOK
    while True:
        rows = rows[~exact[rows, np.argmin(values[rows], axis=1)]] if len(rows) else rows
        if not len(rows):
            return values
        open_values = np.where(exact[rows], np.inf, values[rows])
        width = min(width, values.shape[1])
        best = np.argpartition(open_values, width - 1, axis=1)[:, :width]
        pick = np.isfinite(np.take_along_axis(open_values, best, axis=1))
        row, place = np.broadcast_to(rows[:, None], best.shape)[pick], best[pick]
        values[row, place] = exactly(row, place)
        exact[row, place] = True
        width *= 4


def _impossible(alone: Alone, index: int) -> tuple[Reason, ...]:
    """Name what stands against an empty vehicle: each thing once, for the type that comes nearest."""
    codes, amounts = alone.code[index], alone.amount[index]
    distinct = np.unique(codes)
    made = []
    for code in distinct.tolist():
        kinds = np.flatnonzero(codes == code)
        nearest = int(kinds[np.argmin(amounts[kinds])])
        made.append(Reason(CODES[code], ANY if len(distinct) == 1 else nearest, int(amounts[nearest])))
    return tuple(made)


def _cheapest(places: Places, cost: FloatArray, new_route: FloatArray) -> tuple[int, float]:
    """Return the vehicle type that could take a client at the least additional cost, and that cost."""
    alone = int(np.argmin(new_route))
    if not len(cost) or new_route[alone] < cost.min():
        return alone, float(new_route[alone])
    place = int(np.argmin(cost))
    return int(places.kind[place]), float(cost[place])


def _ruled_out(places: Places, left: NDArray[np.bool_], limits: tuple[tuple[Code, NDArray[np.number]], ...]) -> Reason:
    """Return the limit that rules out the last place, and by how much the best place exceeds it."""
    for code, by in limits:
        kept = left & (by <= 0)
        if code is limits[-1][0] or not kept.any():
            break
        left = kept
    candidates = np.flatnonzero(left)
    best = int(candidates[np.argmin(by[candidates])])
    amount = int(by[best])
    return Reason(code, int(places.kind[best]), amount if amount < UNLIMITED else 0)
