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

ABSENT = -1
"""Route of a client that is in none."""

ELSEWHERE = -2
"""Route of a client that another state looks after: this one holds a part of the problem only."""

# Columns of `State.time`: exact bounds, then the segments' (duration, earliest, latest start) before and after.
READY, LATEST, PRE_DURATION, PRE_EARLY, PRE_LATE, SUF_DURATION, SUF_EARLY, SUF_LATE = range(8)
# Columns of `State.load`: (delivery, pickup, peak) before and after.
PRE_DELIVERY, PRE_PICKUP, PRE_PEAK, SUF_DELIVERY, SUF_PICKUP, SUF_PEAK = range(6)
# Entries of `State.number`.
ABSENT_COUNT, USED, LOG_LENGTH, STAMP, TOUCHED, UNTIL_BLINK, MEMBERS = range(7)
# Entries of `State.amount`.
COST, BEST = range(2)


@dataclass(frozen=True, eq=False)
class State(Bundle):
    """Arrays that kernels change; ``nodes`` is clients plus two per slot."""

    next: NDArray[np.int32]  # (nodes,)
    prev: NDArray[np.int32]  # (nodes,)
    route: NDArray[np.int32]  # (nodes,), slot, or ABSENT, or ELSEWHERE
    onward: NDArray[np.int32]  # (nodes,), metres to the next node; zero in an empty route
    ride: NDArray[np.int32]  # (nodes,), seconds to the next node; zero in an empty route; only where time matters
    size: NDArray[np.int32]  # (slots,), clients
    route_load: NDArray[np.int64]  # (slots, D, 2), deliveries and pickups in all
    room: NDArray[np.int64]  # (slots,), capacity left for deliveries of the first dimension
    length: NDArray[np.int64]  # (slots,), metres
    duration_share: NDArray[np.float64]  # (slots,), what the duration costs, as last refreshed
    route_cost: NDArray[np.float64]  # (slots,), as last refreshed in full
    time: NDArray[np.int64]  # (nodes, 8)
    load: NDArray[np.int64]  # (nodes, D, 6)
    metres: NDArray[np.int64]  # (nodes, 2), before and after
    liking: NDArray[np.float64]  # (nodes, 2), preference costs before and after
    position: NDArray[np.int32]  # (nodes,)
    free: NDArray[np.int32]  # (slots,), per type a stack of empty slots
    free_at: NDArray[np.int32]  # (slots,), place in the stack, or -1
    free_count: NDArray[np.int32]  # (K,)
    member: NDArray[np.int32]  # (n,), the clients that this state looks after, first
    absent: NDArray[np.int32]  # (n,)
    absent_at: NDArray[np.int32]  # (n,), place in the list, or -1
    log: NDArray[np.int32]  # (4 n + 64, 2), what to undo: (client, node before it, or ABSENT for an insertion)
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
    """Return an empty slot of a vehicle type, or -1."""
    if state.free_count[k] == 0:
        return -1
    return state.free[data.first_slot[k] + state.free_count[k] - 1]


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
    return data.distance[data.profile[k], data.place[u], data.place[v]]


@inner
def drive(data, k, u, v):
    """Seconds from node to node for a vehicle type."""
    return data.duration[data.profile[k], data.place[u], data.place[v]]


@inner
def arc_to(data, k, c, u):
    """Metres from node ``u`` to node ``c``: as `arc`, but quick where many ``u`` are asked about one ``c``."""
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
    into, out = arc_to(data, k, c, u), arc(data, k, c, v)
    more = into + out - state.onward[u]
    cost = data.distance_cost[k] * more - data.absent_cost[c]
    if state.size[r] == 0:
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
    state.number[ABSENT_COUNT] -= 1
    hole, last = state.absent_at[c], state.absent[state.number[ABSENT_COUNT]]
    state.absent[hole], state.absent_at[last] = last, hole
    state.absent_at[c] = -1


@inner
def unlink(data, state, c):
    """Take a client out of its route; `refresh` of the route is the caller's duty where figures are kept."""
    u, v, r = state.prev[c], state.next[c], state.route[c]
    k = data.kind[r]
    state.size[r] -= 1
    direct = 0 if state.size[r] == 0 else arc(data, k, u, v)
    less = state.onward[u] + state.onward[c] - direct
    cost = data.distance_cost[k] * less - data.absent_cost[c]
    if state.size[r] == 0:
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
