"""What it costs to put a client somewhere in a route, in constant time."""

from __future__ import annotations

import numpy as np

from solver.problem import UNLIMITED
from solver.search.clock import arrival, arrival_at
from solver.search.flags import on
from solver.search.kernel import inner
from solver.search.openings import displacing, from_trip_on, until_trip
from solver.search.state import (
    LATEST,
    PRE_DURATION,
    PRE_EARLY,
    PRE_LATE,
    PRE_PEAK,
    PRE_PICKUP,
    READY,
    SUF_DELIVERY,
    SUF_DURATION,
    SUF_EARLY,
    SUF_LATE,
    SUF_PEAK,
    arc,
    arc_to,
    change,
    drive,
    drive_to,
)
from solver.search.times import hours_of, join, service_start


@inner
def fits_route(data, state, c, r):
    """Whether a route could take a client anywhere at all, by what does not depend on the place."""
    k = data.kind[r]
    if not on(data.rich):
        return state.route_load[r, 0, 0] + data.delivery[c, 0] <= data.capacity[k, 0]
    if not data.allowed[c, k]:
        return False
    if on(data.whole):
        v = state.vehicle[r]
        if state.stops[v] >= data.max_stops[k] or (data.home[c] >= 0 and data.home[c] != v):
            return False
    elif state.size[r] >= data.max_stops[k]:
        return False
    for d in range(data.delivery.shape[1]):
        room = data.capacity[k, d]
        if (
            state.route_load[r, d, 0] + data.delivery[c, d] > room
            or state.route_load[r, d, 1] + data.pickup[c, d] > room
        ):
            return False
    return True


@inner
def insertion_cost(data, state, c, u, bound):
    """Cost of putting client ``c`` behind node ``u``; infinite when it breaks a rule or costs ``bound`` or more.

    `fits_route` must hold for the route of ``u``. A longer route is taken to last no shorter.
    """
    v, r = state.next[u], state.route[u]
    k = data.kind[r]
    empty = state.size[r] == 0
    added = arc_to(data, k, c, u) + arc(data, k, c, v) - state.onward[u]
    cost = data.distance_cost[k] * added
    if empty:
        cost += data.fixed_cost[k]
    if on(data.rich):
        cost += data.preference[c, k]
    if on(data.whole):
        cost += change(data, c, state.vehicle[r]) + displacing(data, state, state.vehicle[r], u, c)
    if cost >= bound:
        return np.inf
    if on(data.timed) and data.clocked:
        ready = state.time[u, READY]
        if on(data.whole) and data.released and data.release[c] > state.time[data.n + r, READY]:
            if data.release[c] > state.time[u, PRE_LATE]:
                return np.inf
            ready = max(data.release[c], state.time[u, PRE_EARLY]) + state.time[u, PRE_DURATION]
        start = service_start(data, hours_of(data, c, k), arrival_at(data, k, c, u, ready))
        if start > UNLIMITED or arrival(data, k, c, v, start + data.service[c, k]) > state.time[v, LATEST]:
            return np.inf
    if on(data.rich):
        if data.mixed and not _load_fits(data, state, c, u, v, k):
            return np.inf
        length = state.travelled[state.vehicle[r]] if on(data.whole) else state.length[r]
        if length + added > data.max_distance[k]:
            return np.inf
        if data.duration_matters[k]:
            seconds = _duration_with(data, state, c, u, v, k)
            if seconds > data.max_duration[k]:
                return np.inf
            if on(data.whole):
                seconds -= state.seconds[state.vehicle[r]]
            elif not empty:
                seconds -= state.time[data.n + data.slots + r, PRE_DURATION]
            cost += data.duration_cost[k] * seconds
            if cost >= bound:
                return np.inf
    return cost


@inner
def _load_fits(data, state, c, u, v, k):
    for d in range(data.delivery.shape[1]):
        given, taken = data.delivery[c, d], data.pickup[c, d]
        before, behind = state.load[u, d], state.load[v, d]
        room = data.capacity[k, d]
        onward = before[PRE_PICKUP] + max(given, taken) + behind[SUF_DELIVERY]
        if before[PRE_PEAK] + given + behind[SUF_DELIVERY] > room or onward > room:
            return False
        if before[PRE_PICKUP] + taken + behind[SUF_PEAK] > room:
            return False
    return True


@inner
def _duration_with(data, state, c, u, v, k):
    before, behind = state.time[u], state.time[v]
    windows, row = data.windows, hours_of(data, c, k)
    reach, early, late = before[PRE_DURATION], before[PRE_EARLY], before[PRE_LATE]
    if on(data.whole):
        r = state.route[u]
        goods = max(data.leave_from[k], state.goods[r], data.release[c])
        tail = state.prev[data.n + r]
        sooner, first, last = until_trip(data, state, tail)
        sooner, first, last = join(sooner, first, last, 0, 0, goods, data.leave_until[k])
        reach, early, late = join(sooner, first, last, 0, reach, early, late)
    reach, early, late = join(
        reach, early, late, drive_to(data, k, c, u), data.service[c, k], windows[row, 0, 0], windows[row, -1, 1]
    )
    total, early, late = join(
        reach, early, late, drive(data, k, c, v), behind[SUF_DURATION], behind[SUF_EARLY], behind[SUF_LATE]
    )
    if on(data.whole):
        total = from_trip_on(data, state, total, early, late, state.next[data.n + data.slots + state.route[u]])
    return total
