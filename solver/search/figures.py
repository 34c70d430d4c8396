"""What is kept of a route: the figures of every beginning and every end of it, and whether it keeps its limits.

A move is evaluated by joining a kept beginning (prefix), at most a few nodes, and a kept end (suffix). Time segments
are joined as in Vidal et al., "A unified solution framework for multi-attribute vehicle routing problems" (2014),
section 4.
"""

from __future__ import annotations

from solver.problem import UNLIMITED
from solver.search.flags import on
from solver.search.kernel import inner
from solver.search.state import (
    COST,
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
)

NEVER = -UNLIMITED
"""A latest time that nothing can meet."""


@inner
def service_start(data, c, arrival):
    """Earliest start of service on or after an arrival; past the last window, `UNLIMITED` times two."""
    for w in range(data.windows.shape[1]):
        if arrival <= data.windows[c, w, 1]:
            return max(arrival, data.windows[c, w, 0])
    return 2 * UNLIMITED


@inner
def latest_start(data, c, bound):
    """Latest start of service at or before a bound; before the first window, `NEVER`."""
    best = NEVER
    for w in range(data.windows.shape[1]):
        if data.windows[c, w, 0] <= bound:
            best = min(data.windows[c, w, 1], bound)
    return best


@inner
def join(duration_a, early_a, late_a, leg, duration_b, early_b, late_b):
    """Join two time segments without lateness: (duration, earliest, latest start) of a then b."""
    reach = duration_a + leg
    waiting = max(early_b - reach - late_a, 0)
    return duration_a + leg + duration_b + waiting, max(early_b - reach, early_a) - waiting, min(late_b - reach, late_a)


@inner
def refresh(data, state, r):
    """Recompute all figures of a route, and its share of the cost."""
    n, slots = data.n, data.slots
    k = data.kind[r]
    start, end = n + r, n + slots + r
    state.metres[start, 0] = state.metres[end, 1] = 0
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
    u = start
    while u != end:
        v = state.next[u]
        state.position[v] = state.position[u] + 1
        state.liking[v, 0] = state.liking[u, 0] + (data.preference[v, k] if v < n else 0.0)
        state.metres[v, 0] = state.metres[u, 0] + state.onward[u]
        _prefix_load(data, state, u, v)
        if on(data.timed) and data.clocked:
            _prefix_time(data, state, u, v, k)
        u = v
    v = end
    while v != start:
        u = state.prev[v]
        state.liking[u, 1] = state.liking[v, 1] + (data.preference[u, k] if u < n else 0.0)
        state.metres[u, 1] = state.metres[v, 1] + state.onward[u]
        _suffix_load(data, state, u, v)
        if on(data.timed) and data.clocked:
            _suffix_time(data, state, u, v, k)
        v = u
    _charge_duration(data, state, r)
    state.route_cost[r] = 0.0
    if state.size[r] > 0:
        travelled = data.distance_cost[k] * state.metres[end, 0]
        state.route_cost[r] = data.fixed_cost[k] + travelled + state.liking[end, 0] + state.duration_share[r]


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
    if on(data.timed) and data.clocked:
        a, passed, changed = u, False, True
        while a < n + slots and (changed or not passed):
            passed = passed or a == v
            b = state.next[a]
            changed = _prefix_time(data, state, a, b, k)
            passed = passed or b == v
            a = b
        b, passed, changed = v, False, True
        while (b < n or b >= n + slots) and (changed or not passed):
            a = state.prev[b]
            changed = _suffix_time(data, state, a, b, k)
            passed = passed or a == u
            b = a
    _charge_duration(data, state, r)


@inner
def _charge_duration(data, state, r):
    """Set what a route costs by its duration."""
    if on(data.rich):
        k = data.kind[r]
        if data.duration_cost[k] > 0.0:
            cost = data.duration_cost[k] * route_duration(data, state, r) if state.size[r] > 0 else 0.0
            state.amount[COST] += cost - state.duration_share[r]
            state.duration_share[r] = cost


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
def _prefix_time(data, state, u, v, k):
    """Set the times up to ``v`` from those up to ``u``; return whether that changed them."""
    n = data.n
    before, here = state.time[u], state.time[v]
    leg = state.ride[u]
    arrival = before[READY] + leg
    served, early, late = 0, 0, data.back_until[k]
    if v < n:
        served, early, late = data.service[v, k], data.windows[v, 0, 0], data.windows[v, -1, 1]
        arrival = service_start(data, v, arrival) + served
    changed = here[READY] != arrival
    here[READY] = arrival
    if not on(data.rich) or not data.duration_matters[k]:
        return changed
    here[PRE_DURATION], here[PRE_EARLY], here[PRE_LATE] = join(
        before[PRE_DURATION], before[PRE_EARLY], before[PRE_LATE], leg, served, early, late
    )
    return True


@inner
def _suffix_time(data, state, u, v, k):
    """Set the times from ``u`` on from those from ``v`` on; return whether that changed them."""
    n = data.n
    behind, here = state.time[v], state.time[u]
    leg = state.ride[u]
    bound = behind[LATEST] - leg
    served, early, late = 0, data.leave_from[k], data.leave_until[k]
    if u < n:
        served, early, late = data.service[u, k], data.windows[u, 0, 0], data.windows[u, -1, 1]
        bound = latest_start(data, u, bound - served)
    bound = min(bound, late)
    changed = here[LATEST] != bound
    here[LATEST] = bound
    if not on(data.rich) or not data.duration_matters[k]:
        return changed
    here[SUF_DURATION], here[SUF_EARLY], here[SUF_LATE] = join(
        served, early, late, leg, behind[SUF_DURATION], behind[SUF_EARLY], behind[SUF_LATE]
    )
    return True


@inner
def route_duration(data, state, r):
    """Seconds of a route by the schedule that `check` lays down: end early, then leave as late as that allows."""
    n, slots = data.n, data.slots
    start, end = n + r, n + slots + r
    if data.windows.shape[1] == 1:
        return state.time[end, PRE_DURATION]
    k = data.kind[r]
    last = state.prev[end]
    bound = state.time[last, READY] - data.service[last, k]
    v = last
    while True:
        bound = latest_start(data, v, bound)
        u = state.prev[v]
        bound -= state.ride[u]
        if u == start:
            break
        bound -= data.service[u, k]
        v = u
    leave = max(data.leave_from[k], min(bound, data.leave_until[k]))
    return state.time[end, READY] - leave


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
    if state.size[r] > data.max_stops[k] or state.length[r] > data.max_distance[k]:
        return False
    if on(data.timed) and data.clocked and state.size[r] > 0:
        if data.leave_from[k] > data.leave_until[k] or state.time[end, READY] > data.back_until[k]:
            return False
        if on(data.rich) and data.duration_matters[k] and route_duration(data, state, r) > data.max_duration[k]:
            return False
    return True


@inner
def roadworthy(data, state, r):
    """Whether a route that was refreshed in full uses no arc that may not be used."""
    return data.forbidden == 0 or state.metres[data.n + data.slots + r, 0] < data.forbidden
