"""A solution that the search changes in place: linked routes, idle vehicles, absent clients, and a log to undo by.

For each node the state keeps what the route is up to here (its prefix) and from here on (its suffix); see
`solver.search.figures`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from solver.search.bundle import Bundle
from solver.search.flags import on
from solver.search.kernel import inner
from solver.search.planar import in_plane

ABSENT = -1
"""Route of a client that is in none."""

ELSEWHERE = -2
"""Route of a client that another state looks after: this one holds a part of the problem only."""

# Columns of `State.time`: exact bounds, then the segments' (duration, earliest, latest start) before and after.
READY, LATEST, PRE_DURATION, PRE_EARLY, PRE_LATE, SUF_DURATION, SUF_EARLY, SUF_LATE = range(8)
# Columns of `State.load`: (delivery, pickup, peak) before and after.
PRE_DELIVERY, PRE_PICKUP, PRE_PEAK, SUF_DELIVERY, SUF_PICKUP, SUF_PEAK = range(6)
# Entries of `State.number`.
ABSENT_COUNT, USED, LOG_LENGTH, STAMP, TOUCHED, UNTIL_BLINK, LOOKED, MEMBERS, SETTLER = range(9)
# Entries of `State.amount`.
COST, BEST = range(2)


@dataclass(frozen=True, eq=False)
class State(Bundle):
    """Arrays that kernels change; ``nodes`` is clients plus two per slot."""

    next: NDArray[np.int32]  # (nodes,)
    prev: NDArray[np.int32]  # (nodes,)
    route: NDArray[np.int32]  # (nodes,), slot, or ABSENT, or ELSEWHERE
    onward: NDArray[np.int32]  # (nodes,), metres to the next node; zero in an empty route
    ride: NDArray[
        np.int32
    ]  # (nodes,), seconds to the next node at least; zero in an empty route; only where time matters
    size: NDArray[np.int32]  # (slots,), clients
    route_load: NDArray[np.int64]  # (slots, D, 2), deliveries and pickups in all
    room: NDArray[np.int64]  # (slots,), capacity left for deliveries of the first dimension
    length: NDArray[np.int64]  # (slots,), metres
    duration_share: NDArray[
        np.float64
    ]  # (max(slots, V),), what a route costs by its duration, in the whole build a vehicle
    route_cost: NDArray[np.float64]  # (slots,), as last refreshed in full
    time: NDArray[np.int64]  # (nodes, 8)
    load: NDArray[np.int64]  # (nodes, D, 6)
    metres: NDArray[np.int64]  # (nodes, 3), before and after, and before if driven the other way round
    liking: NDArray[np.float64]  # (nodes, 2), preference costs before and after
    position: NDArray[np.int32]  # (nodes,)
    free: NDArray[np.int32]  # (slots,), per type a stack of empty slots
    free_at: NDArray[np.int32]  # (slots,), place in the stack, or -1
    free_count: NDArray[np.int32]  # (K,)
    member: NDArray[np.int32]  # (n,), the clients that this state looks after, first
    absent: NDArray[np.int32]  # (n,)
    absent_at: NDArray[np.int32]  # (n,), place in the list, or -1
    log: NDArray[np.int32]  # (4 n + 64, 2), what to undo: (client, node before it, or ABSENT for an insertion)
    vehicle: NDArray[
        np.int32
    ]  # (slots,), whose trip it is, or was at last; what follows matters to the whole build only
    head: NDArray[np.int32]  # (V,), node where a vehicle starts, or -1 when it is idle
    trips: NDArray[np.int32]  # (V,), trips of a vehicle
    stops: NDArray[np.int32]  # (V,), its clients
    travelled: NDArray[np.int64]  # (V,), its metres
    seconds: NDArray[np.int64]  # (V,), its duration, or a lower bound, see `solver.search.clock.least_only`
    displaced: NDArray[np.int64]  # (V,), by how many positions its pinned clients are wrong
    idle: NDArray[np.int32]  # (V,), per type a stack of idle vehicles
    idle_at: NDArray[np.int32]  # (V,), place in the stack, or -1
    idle_count: NDArray[np.int32]  # (K,)
    plan: NDArray[np.int32]  # (slots, 2), vehicle and trip before it that an empty slot is meant for, or -1
    offer: NDArray[np.int32]  # (2,), the same for the last new trip that was found to be best
    undo_plan: NDArray[np.int32]  # (4 n + 64, 2), the same for the log
    seen: NDArray[np.int64]  # (slots,), when a trip was last looked at
    goods: NDArray[np.int64]  # (slots,), when all that a trip brings is released
    chain: NDArray[np.int64]  # (slots, 6), time segments up to the end of a trip and from its start on
    chosen: NDArray[np.int32]  # (groups,), member who is served, or -1
    speaker: NDArray[np.int32]  # (groups,), member who stands for the others while none is served
    stamp: NDArray[np.int64]  # (slots,), when a route was last touched or ruined
    touched: NDArray[np.int32]  # (slots,)
    pool: NDArray[np.int32]  # (n + 1,), clients to insert
    pool_key: NDArray[np.float64]  # (n + 1,)
    number: NDArray[np.int64]
    amount: NDArray[np.float64]
    best: NDArray[np.int32]  # (nodes,), successors of the best routes, of cost ``amount[BEST]``
    rng: NDArray[np.uint64]  # (1,)

    def __post_init__(self) -> None:
        self.seal()


@inner
def free_slot(data, state, k):
    """Return an empty slot of a vehicle type, or -1; whoever links into it gives the trip to an idle vehicle."""
    if state.free_count[k] == 0:
        return -1
    if on(data.whole) and data.trips and state.idle_count[k] == 0:
        return -1
    return state.free[data.first_slot[k] + state.free_count[k] - 1]


@inner
def idle_vehicle(data, state, k):
    """Return an idle vehicle of a type, or -1."""
    if state.idle_count[k] == 0:
        return -1
    return state.idle[data.first_vehicle[k] + state.idle_count[k] - 1]


@inner
def enter(data, state, r):
    """Give an empty slot to the vehicle that it is planned for, or to an idle one."""
    k = data.kind[r]
    v, before = r, -1
    if data.trips:
        v, before = state.plan[r, 0], state.plan[r, 1]
        if v < 0:
            v = idle_vehicle(data, state, k)
        start, end = data.n + r, data.n + data.slots + r
        tail = data.n + data.slots + before if before >= 0 else -1
        head = state.next[tail] if before >= 0 else state.head[v]
        state.vehicle[r] = v
        state.next[end], state.prev[start] = head if head >= 0 else -2 - v, tail
        if tail >= 0:
            state.next[tail] = start
        else:
            state.head[v] = start
        if head >= 0:
            state.prev[head] = end
        state.plan[r, 0] = state.plan[r, 1] = -1
    state.trips[v] += 1
    if state.trips[v] == 1:
        first = data.first_vehicle[k]
        state.idle_count[k] -= 1
        top, hole = state.idle[first + state.idle_count[k]], state.idle_at[v]
        state.idle[first + hole], state.idle_at[top] = top, hole
        state.idle_at[v] = -1


@inner
def leave(data, state, r):
    """Take a slot that has become empty from its vehicle; the slot still knows whose it was."""
    k, v = data.kind[r], state.vehicle[r]
    state.trips[v] -= 1
    if data.trips:
        start, end = data.n + r, data.n + data.slots + r
        tail, head = state.prev[start], state.next[end]
        if tail >= 0:
            state.next[tail] = head
        else:
            state.head[v] = max(head, -1)
        if head >= 0:
            state.prev[head] = tail
        state.next[end] = state.prev[start] = -1
    if state.trips[v] == 0:
        state.idle[data.first_vehicle[k] + state.idle_count[k]] = v
        state.idle_at[v] = state.idle_count[k]
        state.idle_count[k] += 1


@inner
def change(data, c, v):
    """Return what it costs that a vehicle serves a client whom the published plan may have elsewhere."""
    return data.change_cost[c] if data.told_vehicle[c] != v else 0.0


@inner
def book(data, state, c, r, times, metres):
    """Add a client to the sums of its vehicle, or take it off; return what that vehicle costs for it, and for itself.

    The slot has entered, or not yet left, its vehicle.
    """
    v = state.vehicle[r]
    state.stops[v] += times
    state.travelled[v] += times * metres
    cost = change(data, c, v)
    if times < 0 and state.size[r] == 0:
        leave(data, state, r)
        if state.trips[v] == 0:
            cost += data.fixed_cost[data.kind[r]]
    elif times > 0 and state.stops[v] == 1:
        cost += data.fixed_cost[data.kind[r]]
    return cost


@inner
def _speaker_of(data, state, c):
    """Return who stood for a client among the absent; the client is served now."""
    g = data.group[c]
    if g < 0:
        return c
    state.chosen[g] = c
    return state.speaker[g]


@inner
def displacement(data, state, v, u, c):
    """By how many positions a vehicle's pinned clients are wrong if client ``c`` stands behind node ``u``.

    Parameters
    ----------
    u
        A node of the vehicle; -1 for none and no new client, -2 for a new trip in front of all others.
    """
    if data.pin_first[v + 1] == data.pin_first[v] and (u == -1 or data.pin[c] < 0):
        return 0
    wrong, at = 0, 0
    if u == -2:
        wrong = abs(data.pin[c]) if data.pin[c] >= 0 else 0
        at = 1
    node = state.head[v] if data.trips else data.n + v
    while node >= 0:
        if node < data.n:
            if data.pin[node] >= 0:
                wrong += abs(at - data.pin[node])
            at += 1
        if node == u:
            if data.pin[c] >= 0:
                wrong += abs(at - data.pin[c])
            at += 1
        node = state.next[node]
    return wrong


@inner
def _count_displaced(data, state, v):
    """Keep the price of wrong positions up to date."""
    if data.pinned:
        wrong = displacement(data, state, v, -1, -1)
        state.amount[COST] += data.pin_cost[0] * (wrong - state.displaced[v])
        state.displaced[v] = wrong


@inner
def _take_slot(data, state, r):
    first = data.first_slot[data.kind[r]]
    state.free_count[data.kind[r]] -= 1
    top = state.free[first + state.free_count[data.kind[r]]]
    hole = state.free_at[r]
    state.free[first + hole] = top
    state.free_at[top] = hole
    state.free_at[r] = -1
    state.number[USED] += 1


@inner
def _give_slot(data, state, r):
    k = data.kind[r]
    state.free[data.first_slot[k] + state.free_count[k]] = r
    state.free_at[r] = state.free_count[k]
    state.free_count[k] += 1
    state.number[USED] -= 1


@inner
def arc(data, k, u, v):
    """Metres from node to node for a vehicle type."""
    if on(data.planar):
        return in_plane(data, u, v)
    return data.distance[data.profile[k], data.place[u], data.place[v]]


@inner
def drive(data, k, u, v):
    """Seconds from node to node for a vehicle type, at least; what it takes at some hour `solver.search.clock` says."""
    return data.duration[data.profile[k], data.place[u], data.place[v]]


@inner
def arc_to(data, k, c, u):
    """Metres from node ``u`` to node ``c``: as `arc`, but quick where many ``u`` are asked about one ``c``."""
    if on(data.planar):
        return in_plane(data, c, u)
    return data.distance_to[data.profile[k], data.place[c], data.place[u]]


@inner
def drive_to(data, k, c, u):
    """Seconds from node ``u`` to node ``c``: as `drive`, but quick where many ``u`` are asked about one ``c``."""
    return data.duration_to[data.profile[k], data.place[c], data.place[u]]


@inner
def _add_load(data, state, r, c, times):
    state.room[r] -= times * data.delivery[c, 0]
    for d in range(data.delivery.shape[1]):
        state.route_load[r, d, 0] += times * data.delivery[c, d]
        if on(data.rich):
            state.route_load[r, d, 1] += times * data.pickup[c, d]


@inner
def link(data, state, c, u):
    """Put an absent client behind node ``u``; `refresh` of the route is the caller's duty where figures are kept."""
    v, r = state.next[u], state.route[u]
    k = data.kind[r]
    if state.size[r] == 0:
        _take_slot(data, state, r)
        if on(data.whole):
            enter(data, state, r)
    into, out = arc_to(data, k, c, u), arc(data, k, c, v)
    more = into + out - state.onward[u]
    cost = data.distance_cost[k] * more - data.absent_cost[c]
    if on(data.whole):
        cost += book(data, state, c, r, 1, more)
    elif state.size[r] == 0:
        cost += data.fixed_cost[k]
    if on(data.rich):
        cost += data.preference[c, k]
        state.length[r] += more
    state.amount[COST] += cost
    state.onward[u], state.onward[c] = into, out
    if on(data.timed) and data.clocked:
        state.ride[u], state.ride[c] = drive_to(data, k, c, u), drive(data, k, c, v)
    state.next[u], state.prev[c], state.next[c], state.prev[v] = c, u, v, c
    state.route[c] = r
    state.size[r] += 1
    _add_load(data, state, r, c, 1)
    gone = c
    if on(data.whole):
        gone = _speaker_of(data, state, c)
        _count_displaced(data, state, state.vehicle[r])
    state.number[ABSENT_COUNT] -= 1
    hole, last = state.absent_at[gone], state.absent[state.number[ABSENT_COUNT]]
    state.absent[hole], state.absent_at[last] = last, hole
    state.absent_at[gone] = -1


@inner
def unlink(data, state, c):
    """Take a client out of its route; `refresh` of the route is the caller's duty where figures are kept."""
    u, v, r = state.prev[c], state.next[c], state.route[c]
    k = data.kind[r]
    state.size[r] -= 1
    direct = 0 if state.size[r] == 0 else arc(data, k, u, v)
    less = state.onward[u] + state.onward[c] - direct
    cost = data.distance_cost[k] * less - data.absent_cost[c]
    if on(data.whole):
        cost += book(data, state, c, r, -1, less)
    elif state.size[r] == 0:
        cost += data.fixed_cost[k]
    if on(data.rich):
        cost += data.preference[c, k]
        state.length[r] -= less
    state.amount[COST] -= cost
    state.onward[u] = direct
    if on(data.timed) and data.clocked:
        state.ride[u] = 0 if state.size[r] == 0 else drive(data, k, u, v)
    state.next[u], state.prev[v] = v, u
    state.route[c] = ABSENT
    _add_load(data, state, r, c, -1)
    state.absent[state.number[ABSENT_COUNT]] = c
    state.absent_at[c] = state.number[ABSENT_COUNT]
    state.number[ABSENT_COUNT] += 1
    if state.size[r] == 0:
        _give_slot(data, state, r)
    if on(data.whole):
        if data.grouped and data.group[c] >= 0:
            state.chosen[data.group[c]], state.speaker[data.group[c]] = -1, c
        _count_displaced(data, state, state.vehicle[r])
