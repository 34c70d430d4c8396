"""Every position in a plan where one more client could stand, and what would stand against it there.

What lies before and after a position is summed up once (earliest departure, latest arrival, peak loads), so that a
position is judged in constant time.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from solver.explain.alone import first_start, windows_for
from solver.explain.clock import arrivals
from solver.problem import OPEN, Problem, Report, Route, Solution

IntArray = NDArray[np.int64]

NEVER = -(1 << 60)
"""A latest arrival when no arrival is early enough."""


@dataclass(frozen=True)
class Places:
    """Positions in the routes of a plan; each array has one entry per position, unless it says otherwise.

    Parameters
    ----------
    route
        Index into ``stops``.
    position
        How many stops of the route come before.
    kind
        Vehicle type.
    before, after
        Locations; ``after`` is `OPEN` behind the last stop of an open route.
    departure
        Earliest departure from ``before``, seconds.
    late
        Largest lateness up to there, seconds.
    latest
        Latest arrival at ``after`` that makes nobody late from there on, seconds; `NEVER` when there is none.
    work_before, work_after
        Driving and service up to the departure, and from the arrival at ``after`` on, seconds; no waiting, and each leg
        at the hour at which it is quickest.
    latest_leaving
        No later departure from the depot lets the stops before be served in time, seconds.
    earliest_end
        The stops after do not let the route end earlier, seconds; `NEVER` when there are none.
    peak_before, peak_after
        Shape ``(positions, dimensions)``, largest load on board before and after.
    stops
        Shape ``(routes, most stops)``, clients of each route, padded with 0.
    length, metres, seconds
        Shape ``(routes,)``: number of stops, distance and duration of each route.
    """

    route: IntArray
    position: IntArray
    kind: IntArray
    before: IntArray
    after: IntArray
    departure: IntArray
    late: IntArray
    latest: IntArray
    work_before: IntArray
    work_after: IntArray
    latest_leaving: IntArray
    earliest_end: IntArray
    peak_before: IntArray
    peak_after: IntArray
    stops: IntArray
    length: IntArray
    metres: IntArray
    seconds: IntArray

    @property
    def number(self) -> int:
        """Number of positions."""
        return len(self.kind)


@dataclass(frozen=True)
class Against:
    """By how much each limit would be broken; shape ``(clients, positions)`` each, not positive when it would not.

    Parameters
    ----------
    load
        Load units, of the dimension that exceeds most.
    time
        Seconds that are missing so that nobody is late and the vehicle is back in time.
    stops
        Stops.
    distance
        Metres.
    extra_metres
        Metres that the route becomes longer; no limit, but what a cost is made of.
    least_seconds
        A lower bound on the duration of the route, where nobody is late.
    """

    load: IntArray
    time: IntArray
    stops: IntArray
    distance: IntArray
    extra_metres: IntArray
    least_seconds: IntArray


def places_of(problem: Problem, solution: Solution, report: Report) -> Places:
    """Return all positions in the routes that have clients.

    Parameters
    ----------
    problem
        The problem.
    solution
        The plan.
    report
        What `solver.problem.check` says of it.
    """
    used = [(route, figures) for route, figures in zip(solution.routes, report.routes, strict=True) if route.clients]
    length = np.array([len(route.clients) for route, _ in used], dtype=np.int64)
    stops = np.zeros((len(used), int(length.max(initial=0))), dtype=np.int64)
    for index, (route, _) in enumerate(used):
        stops[index, : len(route.clients)] = route.clients
    times = [_times(problem, route) for route, _ in used]
    loads = [_peaks(problem, route) for route, _ in used]
    none = np.zeros((0, problem.dimensions), dtype=np.int64)
    before, after, departure, late, latest, work_before, work_after, latest_leaving, earliest_end = (
        np.array([position for route in times for position in route], dtype=np.int64).reshape(-1, 9).T
    )
    return Places(
        route=np.repeat(np.arange(len(used)), length + 1),
        position=np.concatenate([np.arange(0), *(np.arange(one + 1) for one in length)]),
        kind=np.repeat(np.array([route.vehicle_type for route, _ in used], dtype=np.int64), length + 1),
        before=before,
        after=after,
        departure=departure,
        late=late,
        latest=latest,
        work_before=work_before,
        work_after=work_after,
        latest_leaving=latest_leaving,
        earliest_end=earliest_end,
        peak_before=np.concatenate([none, *(peak for peak, _ in loads)]),
        peak_after=np.concatenate([none, *(peak for _, peak in loads)]),
        stops=stops,
        length=length,
        metres=np.array([figures.distance for _, figures in used], dtype=np.int64),
        seconds=np.array([figures.duration for _, figures in used], dtype=np.int64),
    )


def against_inserting(problem: Problem, places: Places, chosen: IntArray) -> Against:
    """Judge some clients at every position, without limits of duration.

    Parameters
    ----------
    problem
        The problem.
    places
        Positions of a plan.
    chosen
        Shape ``(clients,)``, indices of clients.
    """
    clients, vehicles, travel = problem.clients, problem.vehicles, problem.travel
    kind, profile = places.kind, vehicles.profile[places.kind]
    ends = places.after == OPEN
    after = np.where(ends, places.before, places.after)
    here = clients.location[chosen][:, None]

    load = np.maximum(
        places.peak_before + clients.delivery[chosen][:, None], places.peak_after + clients.pickup[chosen][:, None]
    )
    way = travel.duration[profile, places.before, here]
    arrival = arrivals(travel, profile, places.before, here, places.departure)
    windows = windows_for(problem, chosen, kind)
    start = first_start(arrival, windows)
    service = clients.service[chosen[:, None], kind]
    stay = service + np.where(ends, 0, travel.duration[profile, here, after])
    done = start + service
    onward = np.where(ends, done, arrivals(travel, profile, here, after, done))
    closing = windows[..., -1, 1]
    late = np.maximum(arrival - closing, onward - places.latest)

    # A route lasts as long as its work, and from the latest useful departure to the earliest possible end.
    depots, first = problem.depots, vehicles.start_depot[kind]
    opening = np.maximum(vehicles.shift_start[kind], depots.opening[first])
    leaving = np.maximum(opening, np.minimum(places.latest_leaving, closing - way - places.work_before))
    end = np.maximum(onward + places.work_after, places.earliest_end)
    work = places.work_before + way + stay + places.work_after

    replaced = np.where(ends, 0, travel.distance[profile, places.before, after])
    added = np.where(ends, 0, travel.distance[profile, here, after])
    extra = travel.distance[profile, places.before, here] + added - replaced
    return Against(
        load=(load - vehicles.capacity[kind]).max(axis=2, initial=NEVER),
        time=np.maximum(late, places.late),
        stops=np.broadcast_to(places.length[places.route] + 1 - vehicles.max_stops[kind], extra.shape),
        distance=places.metres[places.route] + extra - vehicles.max_distance[kind],
        extra_metres=extra,
        least_seconds=np.maximum(work, end - leaving),
    )


def _times(problem: Problem, route: Route) -> list[tuple[int, ...]]:
    """Per position of a route, the fields of `Places` from ``before`` to ``earliest_end`` without ``kind``."""
    clients, vehicles, depots = problem.clients, problem.vehicles, problem.depots
    kind = route.vehicle_type
    duration = problem.travel.duration[vehicles.profile[kind]]
    clock = problem.travel.clock(int(vehicles.profile[kind]))
    first, last = int(vehicles.start_depot[kind]), int(vehicles.end_depot[kind])
    goods = int(clients.release[list(route.clients)].max(initial=0))
    opening = max(int(vehicles.shift_start[kind]), int(depots.opening[first]), goods)
    home = OPEN if last == OPEN else int(depots.location[last])
    where = [int(depots.location[first]), *clients.location[list(route.clients)].tolist(), home]
    way = [0 if there == OPEN else int(duration[here, there]) for here, there in pairwise(where)]
    service = clients.service[list(route.clients), kind].tolist()
    windows = problem.windows_of(kind)[list(route.clients)].tolist()

    departure, late = [opening], [max(0, opening - int(depots.closing[first]))]
    for i in range(len(route.clients)):
        leg = where[i], where[i + 1]
        arrival = departure[-1] + way[i] if clock is None else clock.arrival(leg, departure[-1])
        start = next((max(arrival, early) for early, closing in windows[i] if arrival <= closing), arrival)
        late.append(max(late[-1], arrival - windows[i][-1][1]))
        departure.append(start + service[i])

    shift_end = int(vehicles.shift_end[kind])
    latest = [shift_end if last == OPEN else min(shift_end, int(depots.closing[last]))]
    for i in reversed(range(len(route.clients))):
        leg, bound = (where[i + 1], where[i + 2]), latest[-1] - way[i + 1]
        if clock is not None and leg[1] != OPEN:
            bound = clock.latest_departure(leg, latest[-1])
        bound -= service[i]
        latest.append(max((min(closing, bound) for early, closing in windows[i] if early <= bound), default=NEVER))
    latest.reverse()

    work_before, leaving = [0], [int(depots.closing[first])]
    for i in range(len(route.clients)):
        leaving.append(min(leaving[-1], windows[i][-1][1] - work_before[-1] - way[i]))
        work_before.append(work_before[-1] + way[i] + service[i])
    work_after, end = [0], [NEVER]
    for i in reversed(range(len(route.clients))):
        work_after.append(work_after[-1] + way[i + 1] + service[i])
        end.append(max(end[-1], windows[i][0][0] + work_after[-1]))
    work_after.reverse()
    end.reverse()
    return list(zip(where[:-1], where[1:], departure, late, latest, work_before, work_after, leaving, end, strict=True))


def _peaks(problem: Problem, route: Route) -> tuple[IntArray, IntArray]:
    """Per position of a route: largest load on board up to there, and from there on."""
    delivery = problem.clients.delivery[list(route.clients)]
    change = problem.clients.pickup[list(route.clients)] - delivery
    on_board = np.concatenate([delivery.sum(axis=0)[None], delivery.sum(axis=0) + np.cumsum(change, axis=0)])
    return np.maximum.accumulate(on_board), np.maximum.accumulate(on_board[::-1])[::-1]
