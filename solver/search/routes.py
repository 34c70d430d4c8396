"""Whole routes: emptying a state, copying the routes of another into it, or a part of them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from solver.search.data import Data
from solver.search.figures import refresh, sound
from solver.search.flags import on
from solver.search.kernel import inner, kernel
from solver.search.state import (
    ABSENT,
    ABSENT_COUNT,
    COST,
    ELSEWHERE,
    MEMBERS,
    SETTLER,
    State,
    link,
    unlink,
)


def make_state(data: Data, rng: NDArray[np.uint64]) -> State:
    """Return a state with every client absent."""
    n, slots = data.n, data.slots
    nodes = n + 2 * slots
    dims = data.delivery.shape[1]
    vehicles = int(data.first_vehicle[-1])
    state = State(
        next=np.empty(nodes, np.int32),
        prev=np.empty(nodes, np.int32),
        route=np.empty(nodes, np.int32),
        onward=np.zeros(nodes, np.int32),
        ride=np.zeros(nodes, np.int32),
        size=np.zeros(slots, np.int32),
        route_load=np.zeros((slots, dims, 2), np.int64),
        room=np.zeros(slots, np.int64),
        length=np.zeros(slots, np.int64),
        duration_share=np.zeros(max(slots, vehicles)),
        route_cost=np.zeros(slots),
        time=np.zeros((nodes, 8), np.int64),
        load=np.zeros((nodes, dims, 6), np.int64),
        metres=np.zeros((nodes, 3), np.int64),
        liking=np.zeros((nodes, 2)),
        position=np.zeros(nodes, np.int32),
        free=np.zeros(slots, np.int32),
        free_at=np.zeros(slots, np.int32),
        free_count=np.zeros(len(data.profile), np.int32),
        member=np.arange(n, dtype=np.int32),
        absent=np.zeros(n, np.int32),
        absent_at=np.zeros(n, np.int32),
        log=np.zeros((4 * n + 64, 2), np.int32),
        stamp=np.zeros(slots, np.int64),
        touched=np.zeros(slots, np.int32),
        pool=np.zeros(n + 1, np.int32),
        pool_key=np.zeros(n + 1),
        number=np.array([0] * SETTLER + [-1], np.int64),
        vehicle=np.zeros(slots, np.int32),
        head=np.zeros(vehicles, np.int32),
        trips=np.zeros(vehicles, np.int32),
        stops=np.zeros(vehicles, np.int32),
        travelled=np.zeros(vehicles, np.int64),
        seconds=np.zeros(vehicles, np.int64),
        displaced=np.zeros(vehicles, np.int64),
        idle=np.zeros(vehicles, np.int32),
        idle_at=np.zeros(vehicles, np.int32),
        idle_count=np.zeros(len(data.profile), np.int32),
        plan=np.zeros((slots, 2), np.int32),
        offer=np.zeros(2, np.int32),
        undo_plan=np.zeros((4 * n + 64, 2), np.int32),
        seen=np.zeros(slots, np.int64),
        goods=np.zeros(slots, np.int64),
        chain=np.zeros((slots, 6), np.int64),
        chosen=np.zeros(len(data.group_first) - 1, np.int32),
        speaker=np.zeros(len(data.group_first) - 1, np.int32),
        amount=np.zeros(2),
        best=np.empty(nodes, np.int32),
        rng=rng,
    )
    clear(data, state)
    return state


@kernel
def clear(data, state):
    """Take every client out of every route."""
    n, slots = data.n, data.slots
    for r in range(slots):
        start, end = n + r, n + slots + r
        state.next[start], state.prev[end] = end, start
        state.next[end], state.prev[start] = -1, -1
        state.route[start] = state.route[end] = r
        state.size[r] = state.onward[start] = state.ride[start] = 0
        for d in range(data.delivery.shape[1]):
            state.route_load[r, d, 0] = state.route_load[r, d, 1] = 0
        state.length[r] = 0
        state.room[r] = data.capacity[data.kind[r], 0]
        state.route_cost[r] = 0.0
        state.stamp[r] = 0
    for k in range(len(data.profile)):
        first, last = data.first_slot[k], data.first_slot[k + 1]
        state.free_count[k] = last - first
        for i in range(last - first):
            state.free[first + i] = last - 1 - i
            state.free_at[last - 1 - i] = i
    for entry in range(len(state.number)):
        state.number[entry] = 0
    for v in range(len(state.duration_share)):
        state.duration_share[v] = 0.0
    state.amount[COST] = 0.0
    for c in range(n):
        state.next[c] = state.prev[c] = state.absent_at[c] = -1
        state.route[c] = ELSEWHERE
    for c in range(n):
        look_after(data, state, c)
    if on(data.whole):
        _clear_vehicles(data, state)
    for r in range(slots):
        refresh(data, state, r)


@inner
def look_after(data, state, c):
    """Take a client in, absent, that was elsewhere."""
    state.member[state.number[MEMBERS]] = c
    state.number[MEMBERS] += 1
    state.route[c] = ABSENT
    if on(data.whole) and data.group[c] >= 0:
        g = data.group[c]
        state.chosen[g] = -1
        state.speaker[g] = data.group_member[data.group_first[g]]
        if state.speaker[g] != c:
            return
    state.absent[state.number[ABSENT_COUNT]] = c
    state.absent_at[c] = state.number[ABSENT_COUNT]
    state.number[ABSENT_COUNT] += 1
    state.amount[COST] += data.absent_cost[c]


@kernel
def hold_part(data, state, successor, part_of_slot, part_of_client, part):
    """Lay one part of some routes into a state, which then looks after these alone.

    Parameters
    ----------
    successor
        Successors of all routes, shape ``(nodes,)``.
    part_of_slot, part_of_client
        Shapes ``(slots,)`` and ``(clients,)``; of the clients, only those that are in no route matter.
    part
        The part to hold.
    """
    n = data.n
    clear(data, state)
    state.number[MEMBERS] = state.number[ABSENT_COUNT] = 0
    state.amount[COST] = 0.0
    for c in range(n):
        state.route[c], state.absent_at[c] = ELSEWHERE, -1
        if part_of_client[c] == part:
            look_after(data, state, c)
    for k in range(len(data.profile)):
        first = data.first_slot[k]
        count = 0
        for r in range(data.first_slot[k + 1] - 1, first - 1, -1):
            state.free_at[r] = -1
            if part_of_slot[r] == part:
                state.free[first + count], state.free_at[r] = r, count
                count += 1
        state.free_count[k] = count
    for r in range(data.slots):
        if part_of_slot[r] == part:
            _follow(data, state, r, successor)


@inner
def _follow(data, state, r, successor):
    node = data.n + r
    c = successor[node]
    while c < data.n:
        link(data, state, c, node)
        node = c
        c = successor[c]
    if state.size[r] > 0:
        refresh(data, state, r)


@inner
def _clear_vehicles(data, state):
    for k in range(len(data.profile)):
        first, last = data.first_vehicle[k], data.first_vehicle[k + 1]
        state.idle_count[k] = last - first
        for i in range(last - first):
            v = last - 1 - i
            state.idle[first + i], state.idle_at[v] = v, i
            state.head[v] = -1
            state.trips[v] = state.stops[v] = 0
            state.travelled[v] = state.seconds[v] = state.displaced[v] = 0
        for r in range(data.first_slot[k], data.first_slot[k + 1]):
            state.vehicle[r] = first if data.trips else r
    for r in range(data.slots):
        state.plan[r, 0] = state.plan[r, 1] = -1
        state.seen[r] = state.goods[r] = 0


@inner
def drop_route(data, state, r):
    """Take every client out of a route; `refresh` of the route is the caller's duty."""
    c = state.next[data.n + r]
    while c < data.n:
        after = state.next[c]
        unlink(data, state, c)
        c = after


@inner
def empty_route(data, state, r):
    """Take every client out of a route, and refresh it."""
    drop_route(data, state, r)
    refresh(data, state, r)


@inner
def empty_unsound_routes(data, state):
    """Empty every route that breaks a rule."""
    for r in range(data.slots):
        if state.size[r] > 0 and not sound(data, state, r):
            empty_route(data, state, r)


@kernel
def copy_routes(data, state, successor):
    """Lay routes given as successors (the ``next`` array of another state) into this one."""
    clear(data, state)
    if on(data.whole) and data.trips:
        _copy_trips(data, state, successor)
        return
    for r in range(data.slots):
        _follow(data, state, r, successor)


@inner
def _copy_trips(data, state, successor):
    """Lay routes of several trips: the end of a trip leads to the next one, that of the last to ``-2 - vehicle``."""
    n, slots = data.n, data.slots
    later = np.zeros(slots, np.bool_)
    for r in range(slots):
        if successor[n + slots + r] >= 0:
            later[successor[n + slots + r] - n] = True
    for first in range(slots):
        if later[first] or successor[n + first] >= n:
            continue
        end = n + slots + first
        while successor[end] >= 0:
            end = successor[end] + slots
        v, r, before = -2 - successor[end], first, -1
        while r >= 0:
            state.plan[r, 0], state.plan[r, 1] = v, before
            _follow(data, state, r, successor)
            before, r = r, successor[n + slots + r] - n


@inner
def true_cost(data, state):
    """The cost from scratch: routes, and absent clients at their price."""
    total = 0.0
    for r in range(data.slots):
        if state.size[r] > 0:
            refresh(data, state, r)
            total += state.route_cost[r]
    for i in range(state.number[ABSENT_COUNT]):
        total += data.absent_cost[state.absent[i]]
    return total
