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
    change,
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
    state.metres[start, 0] = state.metres[end, 1] = 0
    state.liking[start, 0] = state.liking[end, 1] = 0.0
    state.position[start] = 0
    for d in range(data.delivery.shape[1]):
        state.load[start, d, PRE_DELIVERY] = state.load[start, d, PRE_PICKUP] = state.load[start, d, PRE_PEAK] = 0
        state.load[end, d, SUF_DELIVERY] = state.load[end, d, SUF_PICKUP] = state.load[end, d, SUF_PEAK] = 0
    if on(data.timed):
        state.time[start, READY] = state.time[start, PRE_EARLY] = data.leave_from[k]
        state.time[start, PRE_DURATION] = 0
        state.time[start, PRE_LATE] = data.leave_until[k]
        state.time[end, LATEST] = state.time[end, SUF_LATE] = data.back_until[k]
        state.time[end, SUF_DURATION] = state.time[end, SUF_EARLY] = 0
    if on(data.whole):
        _begin_trip(data, state, r)
        _end_trip(data, state, r)
    u = start
    while u != end:
        v = state.next[u]
        state.position[v] = state.position[u] + 1
        state.liking[v, 0] = state.liking[u, 0] + (_liking(data, state, v, k, r) if v < n else 0.0)
        state.metres[v, 0] = state.metres[u, 0] + state.onward[u]
        _prefix_load(data, state, u, v)
        if on(data.timed):
            _prefix_time(data, state, u, v, k)
        u = v
    v = end
    while v != start:
        u = state.prev[v]
        state.liking[u, 1] = state.liking[v, 1] + (_liking(data, state, u, k, r) if u < n else 0.0)
        state.metres[u, 1] = state.metres[v, 1] + state.onward[u]
        _suffix_load(data, state, u, v)
        if on(data.timed):
            _suffix_time(data, state, u, v, k)
        v = u
    if on(data.whole):
        if state.size[r] == 0 and data.trips:
            renew(data, state, state.vehicle[r])
        follow(data, state, r)
    _charge_duration(data, state, r)
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
            if _begin_trip(data, state, r):
                u = n + r
            _end_trip(data, state, r)
        elif data.trips:
            renew(data, state, state.vehicle[r])  # what is left of it goes on without this trip
            return
    if on(data.timed):
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
    if on(data.whole):
        follow(data, state, r)
    _charge_duration(data, state, r)


@inner
def _charge_duration(data, state, r):
    """Set what a route costs by its duration."""
    if on(data.rich):
        k, at, used = data.kind[r], r, state.size[r] > 0
        if on(data.whole):
            at = state.vehicle[r]
            used = state.trips[at] > 0
        if data.duration_cost[k] > 0.0:
            seconds = route_duration(data, state, r) if used else 0
            if seconds > data.back_until[k] - data.leave_from[k]:
                seconds = 0  # nobody keeps such a route, and sums with an endless one would lose digits
            cost = data.duration_cost[k] * seconds
            state.amount[COST] += cost - state.duration_share[at]
            state.duration_share[at] = cost


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
    if not on(data.rich) or not (data.duration_matters[k] or (on(data.whole) and data.released)):
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
    if on(data.whole):
        return vehicle_duration(data, state, state.vehicle[r])
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
    if on(data.whole):
        return _vehicle_holds(data, state, r)
    if state.size[r] > data.max_stops[k] or state.length[r] > data.max_distance[k]:
        return False
    if on(data.timed) and state.size[r] > 0:
        if data.leave_from[k] > data.leave_until[k] or state.time[end, READY] > data.back_until[k]:
            return False
        if on(data.rich) and data.duration_matters[k] and route_duration(data, state, r) > data.max_duration[k]:
            return False
    return True


@inner
def roadworthy(data, state, r):
    """Whether a route that was refreshed in full uses no arc that may not be used."""
    return data.forbidden == 0 or state.metres[data.n + data.slots + r, 0] < data.forbidden


@inner
def departure(data, state, r):
    """When a trip leaves: the vehicle is back from the trip before, and the goods are there."""
    tail = state.prev[data.n + r]
    ready = state.time[tail, READY] if tail >= 0 else data.leave_from[data.kind[r]]
    return max(ready, state.goods[r])


@inner
def _begin_trip(data, state, r):
    """Set when a trip's goods are there and when it leaves; return whether that changed."""
    start = data.n + r
    if data.released:
        state.goods[r] = 0
        c = state.next[start]
        while c < data.n:
            state.goods[r] = max(state.goods[r], data.release[c])
            c = state.next[c]
    ready = departure(data, state, r)
    changed = ready != state.time[start, READY]
    state.time[start, READY] = ready
    return changed


@inner
def _end_trip(data, state, r):
    """Set how late a trip may end, so that the vehicle is in time for the next one."""
    end = data.n + data.slots + r
    head = state.next[end]
    bound = data.back_until[data.kind[r]]
    state.time[end, LATEST] = min(bound, state.time[head, LATEST]) if head >= 0 else bound


@inner
def renew(data, state, v):
    """Recompute all times of a vehicle, and what it costs by its duration."""
    if state.trips[v] == 0:
        state.amount[COST] -= state.duration_share[v]
        state.duration_share[v] = 0.0
        return
    n, slots = data.n, data.slots
    node = state.head[v] if data.trips else n + v
    k = data.kind[node - n]
    last = node
    while node >= 0:
        if node < n + slots and node >= n:
            _begin_trip(data, state, node - n)
        if node < n + slots:
            _prefix_time(data, state, node, state.next[node], k)
        last, node = node, state.next[node]
    r = last - n - slots
    node = last
    while node >= 0:
        u = state.prev[node]
        if node >= n + slots:
            r = node - n - slots
            _end_trip(data, state, r)
        if node < n or node >= n + slots:
            _suffix_time(data, state, u, node, k)
        node = u
    if data.duration_matters[k]:
        _join_trips(data, state, v)
    _charge_duration(data, state, r)


@inner
def follow(data, state, r):
    """Carry a trip's times on to the trips of its vehicle after and before it, as far as they change them.

    All trips of the vehicle know their own segments; here what lies between the trips is joined.
    """
    n, slots = data.n, data.slots
    if state.size[r] == 0:
        return
    if data.trips:
        k = data.kind[r]
        head = state.next[n + slots + r]
        while head >= 0:
            ready = departure(data, state, head - n)
            if ready == state.time[head, READY]:
                break
            state.time[head, READY] = ready
            u = head
            while u < n + slots:
                _prefix_time(data, state, u, state.next[u], k)
                u = state.next[u]
            head = state.next[u]
        head, tail = n + r, state.prev[n + r]
        while tail >= 0:
            bound = min(data.back_until[k], state.time[head, LATEST])
            if bound == state.time[tail, LATEST]:
                break
            state.time[tail, LATEST] = bound
            u = tail
            while u >= n + slots or u < n:
                _suffix_time(data, state, state.prev[u], u, k)
                u = state.prev[u]
            head, tail = u, state.prev[u]
    if data.duration_matters[data.kind[r]]:
        _join_trips(data, state, state.vehicle[r])


@inner
def _join_trips(data, state, v):
    """Recompute the segments up to the end of each trip of a vehicle, and from the start of each on."""
    n, slots = data.n, data.slots
    seconds, early, late = 0, NEVER, UNLIMITED
    node = state.head[v] if data.trips else n + v
    r = v
    while node >= 0:
        r = node - n
        k = data.kind[r]
        end = n + slots + r
        here = state.time[end]
        seconds, early, late = join(
            seconds, early, late, 0, 0, max(data.leave_from[k], state.goods[r]), data.leave_until[k]
        )
        seconds, early, late = join(seconds, early, late, 0, here[PRE_DURATION], here[PRE_EARLY], here[PRE_LATE])
        state.chain[r, 0], state.chain[r, 1], state.chain[r, 2] = seconds, early, late
        node = state.next[end]
    state.seconds[v] = seconds
    seconds, early, late = 0, NEVER, UNLIMITED
    while True:
        start = n + r
        k = data.kind[r]
        here = state.time[start]
        seconds, early, late = join(here[SUF_DURATION], here[SUF_EARLY], here[SUF_LATE], 0, seconds, early, late)
        goods = max(data.leave_from[k], state.goods[r])
        seconds, early, late = join(0, goods, data.leave_until[k], 0, seconds, early, late)
        state.chain[r, 3], state.chain[r, 4], state.chain[r, 5] = seconds, early, late
        if state.prev[start] < 0:
            break
        r = state.prev[start] - n - slots


@inner
def vehicle_duration(data, state, v):
    """Seconds of a vehicle's trips by the schedule that `check` lays down: end early, then leave as late as allowed."""
    n, slots = data.n, data.slots
    if data.windows.shape[1] == 1:
        return state.seconds[v]
    node = state.head[v] if data.trips else n + v
    while state.next[node] >= 0:
        node = state.next[node]
    k = data.kind[node - n - slots]
    finish = bound = state.time[node, READY]
    while True:
        u = state.prev[node]
        if node >= n + slots:  # the end of a trip: no driving from the end of one to the start of the next
            bound -= state.ride[u]
        elif node < n:
            bound = latest_start(data, node, bound - data.service[node, k]) - state.ride[u]
        elif u < 0:
            break
        node = u
    return finish - max(data.leave_from[k], state.goods[node - n], min(bound, data.leave_until[k]))


@inner
def _vehicle_holds(data, state, r):
    """Whether the vehicle of a trip keeps the limits that are its own, and the trip its clients' locks."""
    n = data.n
    k, v = data.kind[r], state.vehicle[r]
    if state.trips[v] == 0:
        return True
    if state.stops[v] > data.max_stops[k] or state.travelled[v] > data.max_distance[k]:
        return False
    if state.trips[v] > data.max_trips[k]:
        return False
    if state.size[r] == 0:
        r = (state.head[v] if data.trips else n + v) - n
    if data.leave_from[k] > data.leave_until[k] or state.time[n + r, READY] > state.time[n + r, LATEST]:
        return False
    if data.locked:
        c = state.next[n + r]
        while c < n:
            if data.home[c] >= 0 and data.home[c] != v:
                return False
            c = state.next[c]
    return not data.duration_matters[k] or vehicle_duration(data, state, v) <= data.max_duration[k]
