"""How long a vehicle is out, and how the trips of one vehicle hang together.

A trip leaves when the vehicle is back from the one before and its goods are there; it may end as late as the next one
may leave. `solver.search.state` links the trips: the last node of one leads to the first node of the next.
"""

from __future__ import annotations

from solver.problem import UNLIMITED
from solver.search.clock import latest_departure, least_only
from solver.search.flags import on
from solver.search.kernel import inner
from solver.search.state import (
    COST,
    LATEST,
    PRE_DURATION,
    PRE_EARLY,
    PRE_LATE,
    READY,
    SUF_DURATION,
    SUF_EARLY,
    SUF_LATE,
)
from solver.search.times import NEVER, hours_of, join, latest_start, prefix_time, suffix_time


@inner
def departure(data, state, r):
    """When a trip leaves: the vehicle is back from the trip before, and the goods are there."""
    tail = state.prev[data.n + r]
    ready = state.time[tail, READY] if tail >= 0 else data.leave_from[data.kind[r]]
    return max(ready, state.goods[r])


@inner
def begin_trip(data, state, r):
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
def end_trip(data, state, r):
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
            begin_trip(data, state, node - n)
        if node < n + slots:
            prefix_time(data, state, node, state.next[node], k)
        last, node = node, state.next[node]
    r = last - n - slots
    node = last
    while node >= 0:
        u = state.prev[node]
        if node >= n + slots:
            r = node - n - slots
            end_trip(data, state, r)
        if node < n or node >= n + slots:
            suffix_time(data, state, u, node, k)
        node = u
    if data.duration_matters[k]:
        _join_trips(data, state, v)
    charge_duration(data, state, r)


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
                prefix_time(data, state, u, state.next[u], k)
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
                suffix_time(data, state, state.prev[u], u, k)
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
def charge_duration(data, state, r):
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
        bound = latest_start(data, hours_of(data, v, k), bound)
        u = state.prev[v]
        bound -= state.ride[u]
        if u == start:
            break
        bound -= data.service[u, k]
        v = u
    leave = max(data.leave_from[k], min(bound, data.leave_until[k]))
    return state.time[end, READY] - leave


@inner
def vehicle_duration(data, state, v):
    """Seconds of a vehicle's trips by the schedule that `check` lays down: end early, then leave as late as allowed."""
    n, slots = data.n, data.slots
    if not least_only(data):
        return state.seconds[v]
    node = state.head[v] if data.trips else n + v
    while state.next[node] >= 0:
        node = state.next[node]
    k = data.kind[node - n - slots]
    finish = bound = state.time[node, READY]
    while True:
        u = state.prev[node]
        if node < n:
            bound = latest_start(data, hours_of(data, node, k), bound - data.service[node, k])
        elif node < n + slots:  # no driving from the end of one trip to the start of the next
            if u < 0:
                break
            node = u
            continue
        bound = latest_departure(data, k, u, node, bound) if data.hourly else bound - state.ride[u]
        node = u
    return finish - max(data.leave_from[k], state.goods[node - n], min(bound, data.leave_until[k]))


@inner
def vehicle_holds(data, state, r):
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
