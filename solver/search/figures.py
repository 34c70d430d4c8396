"""What is kept of a route: the figures of every beginning and every end of it, and whether it keeps its limits.

A move is evaluated by joining a kept beginning (prefix), at most a few nodes, and a kept end (suffix).
"""

from __future__ import annotations

from solver.search.chain import begin_trip, charge_duration, end_trip, follow, renew, route_duration, vehicle_holds
from solver.search.flags import on
from solver.search.kernel import inner
from solver.search.state import (
    LATEST,
    PRE_DELIVERY,
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
    SUF_PICKUP,
    arc,
    change,
)
from solver.search.times import prefix_time, suffix_time


@inner
def _liking(data, state, c, k, r):
    if on(data.whole):
        return data.preference[c, k] + change(data, c, state.vehicle[r])
    return data.preference[c, k]


@inner
def refresh(data, state, r):
    """Recompute all figures of a route, and its share of the cost."""
    n, slots = data.n, data.slots
    k = data.kind[r]
    start, end = n + r, n + slots + r
    state.metres[start, 0] = state.metres[start, 2] = state.metres[end, 1] = 0
    state.liking[start, 0] = state.liking[end, 1] = 0.0
    state.position[start] = 0
    for d in range(data.delivery.shape[1]):
        state.load[start, d, PRE_DELIVERY] = state.load[start, d, PRE_PICKUP] = state.load[start, d, PRE_PEAK] = 0
        state.load[end, d, SUF_DELIVERY] = state.load[end, d, SUF_PICKUP] = state.load[end, d, SUF_PEAK] = 0
    if on(data.timed) and data.clocked:
        state.time[start, READY] = state.time[start, PRE_EARLY] = data.leave_from[k]
        state.time[start, PRE_DURATION] = 0
        state.time[start, PRE_LATE] = data.leave_until[k]
        state.time[end, LATEST] = state.time[end, SUF_LATE] = data.back_until[k]
        state.time[end, SUF_DURATION] = state.time[end, SUF_EARLY] = 0
    if on(data.whole):
        begin_trip(data, state, r)
        end_trip(data, state, r)
    u = start
    while u != end:
        v = state.next[u]
        state.position[v] = state.position[u] + 1
        state.liking[v, 0] = state.liking[u, 0] + (_liking(data, state, v, k, r) if v < n else 0.0)
        state.metres[v, 0] = state.metres[u, 0] + state.onward[u]
        state.metres[v, 2] = state.metres[u, 2] + (state.onward[u] if data.symmetric else arc(data, k, v, u))
        _prefix_load(data, state, u, v)
        if on(data.timed) and data.clocked:
            prefix_time(data, state, u, v, k)
        u = v
    v = end
    while v != start:
        u = state.prev[v]
        state.liking[u, 1] = state.liking[v, 1] + (_liking(data, state, u, k, r) if u < n else 0.0)
        state.metres[u, 1] = state.metres[v, 1] + state.onward[u]
        _suffix_load(data, state, u, v)
        if on(data.timed) and data.clocked:
            suffix_time(data, state, u, v, k)
        v = u
    if on(data.whole):
        if state.size[r] == 0 and data.trips:
            renew(data, state, state.vehicle[r])
        follow(data, state, r)
    charge_duration(data, state, r)
    state.route_cost[r] = 0.0
    if state.size[r] > 0:
        state.route_cost[r] = data.distance_cost[k] * state.metres[end, 0] + state.liking[end, 0]
        if not on(data.whole):
            state.route_cost[r] += data.fixed_cost[k] + state.duration_share[r]
        elif state.prev[start] < 0:
            v = state.vehicle[r]
            state.route_cost[r] += data.fixed_cost[k] + state.duration_share[v]
            state.route_cost[r] += data.pin_cost[0] * state.displaced[v]


@inner
def refresh_after(data, state, r, u, v):
    """Recompute what insertion looks at, where the figures up to node ``u`` and from node ``v`` on still stand.

    They still stand as far as they were: times behind ``v`` and before ``u`` are followed only until one is as it was.
    The figures that only `joined_cost` looks at are left as they were.
    """
    n, slots = data.n, data.slots
    k = data.kind[r]
    if on(data.rich) and data.mixed:
        a, end = u, n + slots + r
        while a != end:
            _prefix_load(data, state, a, state.next[a])
            a = state.next[a]
        b = v
        while b != n + r:
            _suffix_load(data, state, state.prev[b], b)
            b = state.prev[b]
    if on(data.whole):
        if state.size[r] > 0:
            if begin_trip(data, state, r):
                u = n + r
            end_trip(data, state, r)
        elif data.trips:
            renew(data, state, state.vehicle[r])  # what is left of it goes on without this trip
            return
    if on(data.timed) and data.clocked:
        a, passed, changed = u, False, True
        while a < n + slots and (changed or not passed):
            passed = passed or a == v
            b = state.next[a]
            changed = prefix_time(data, state, a, b, k)
            passed = passed or b == v
            a = b
        b, passed, changed = v, False, True
        while (b < n or b >= n + slots) and (changed or not passed):
            a = state.prev[b]
            changed = suffix_time(data, state, a, b, k)
            passed = passed or a == u
            b = a
    if on(data.whole):
        follow(data, state, r)
    charge_duration(data, state, r)


@inner
def _prefix_load(data, state, u, v):
    for d in range(data.delivery.shape[1]):
        given, taken = (data.delivery[v, d], data.pickup[v, d]) if v < data.n else (0, 0)
        before, here = state.load[u, d], state.load[v, d]
        here[PRE_DELIVERY] = before[PRE_DELIVERY] + given
        here[PRE_PICKUP] = before[PRE_PICKUP] + taken
        here[PRE_PEAK] = max(before[PRE_PEAK] + given, before[PRE_PICKUP] + max(given, taken))


@inner
def _suffix_load(data, state, u, v):
    for d in range(data.delivery.shape[1]):
        given, taken = (data.delivery[u, d], data.pickup[u, d]) if u < data.n else (0, 0)
        behind, here = state.load[v, d], state.load[u, d]
        here[SUF_DELIVERY] = behind[SUF_DELIVERY] + given
        here[SUF_PICKUP] = behind[SUF_PICKUP] + taken
        here[SUF_PEAK] = max(max(given, taken) + behind[SUF_DELIVERY], behind[SUF_PEAK] + taken)


@inner
def holds(data, state, r):
    """Whether a refreshed route keeps its limits of load, time, distance, duration and stops."""
    k = data.kind[r]
    end = data.n + data.slots + r
    for d in range(data.delivery.shape[1]):
        room = data.capacity[k, d]
        if state.route_load[r, d, 0] > room or state.route_load[r, d, 1] > room:
            return False
        if on(data.rich) and data.mixed and state.load[end, d, PRE_PEAK] > room:
            return False
    if on(data.whole):
        return vehicle_holds(data, state, r)
    if state.size[r] > data.max_stops[k] or state.length[r] > data.max_distance[k]:
        return False
    if on(data.timed) and data.clocked and state.size[r] > 0:
        if data.leave_from[k] > data.leave_until[k] or state.time[end, READY] > data.back_until[k]:
            return False
        if on(data.rich) and data.duration_matters[k] and route_duration(data, state, r) > data.max_duration[k]:
            return False
    return True


@inner
def sound(data, state, r):
    """Whether a refreshed route keeps its limits and uses no arc that may not be used."""
    return holds(data, state, r) and roadworthy(data, state, r)


@inner
def roadworthy(data, state, r):
    """Whether a route that was refreshed in full uses no arc that may not be used."""
    return data.forbidden == 0 or state.metres[data.n + data.slots + r, 0] < data.forbidden
