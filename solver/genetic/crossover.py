"""Crossover by route exchange: some neighbouring routes of one parent make way for the likest routes of the other.

After Nagata and Bräysy, "Edge assembly-based memetic algorithm for the CVRP" (2009), and the selective route exchange
of Nagata, Bräysy and Dullaert, "A penalty-based edge assembly memetic algorithm for the VRPTW" (2010), simplified.
"""

from __future__ import annotations

import numpy as np

from solver.problem import UNLIMITED
from solver.search.clock import arrival
from solver.search.figures import refresh
from solver.search.flags import on
from solver.search.insert_all import insert_all
from solver.search.kernel import inner, kernel
from solver.search.moves import set_route
from solver.search.openings import ANY
from solver.search.rng import below
from solver.search.routes import copy_routes, empty_route, empty_unsound_routes
from solver.search.state import ABSENT, LATEST, READY, USED, free_slot, unlink
from solver.search.times import hours_of, service_start


@kernel
def exchange_routes(data, state, one, other):
    """Fill a state with a child of two parents.

    Parameters
    ----------
    one, other
        Successors of the parents' routes, shape ``(nodes,)``.
    """
    n = data.n
    copy_routes(data, state, one)
    if state.number[USED] < 2:
        return
    most = max(1, state.number[USED] // 2)
    wanted = 1 + below(state.rng, most)
    taken = np.zeros(n, np.bool_)
    removed = _remove_around(data, state, wanted, taken)
    for _ in range(removed):
        r = _likest(data, other, taken)
        if r < 0:
            break
        _bring_route(data, state, other, r, taken)
    empty_unsound_routes(data, state)
    insert_all(data, state, 0.0, ANY)


@inner
def _remove_around(data, state, wanted, taken):
    """Empty the routes nearest to a random client; mark their clients; return how many routes."""
    seed = below(state.rng, data.n)
    removed = 0
    for i in range(-1, data.neighbours.shape[1]):
        c = seed if i < 0 else data.neighbours[seed, i]
        r = state.route[c]
        if r == ABSENT or (on(data.whole) and data.pinned and _pinned(data, state.vehicle[r])):
            continue
        node = state.next[data.n + r]
        while node < data.n:
            _mark(data, taken, node, True)
            node = state.next[node]
        empty_route(data, state, r)
        removed += 1
        if removed == wanted:
            break
    return removed


@inner
def _likest(data, other, taken):
    """Return the other parent's route that has most to give and least that is elsewhere, or -1."""
    best, at = 0, -1
    for r in range(data.slots):
        score = 0
        c = other[data.n + r]
        while c < data.n:
            score += 1 if taken[c] else -1
            if on(data.whole) and data.pin[c] >= 0:
                score -= data.n
            c = other[c]
        if score > best:
            best, at = score, r
    return at


@inner
def _bring_route(data, state, other, r, taken):
    """Lay a route of the other parent into the child, its clients taken out of where they are."""
    k = data.kind[r]
    count = 0
    c = other[data.n + r]
    while c < data.n:
        served = c
        if on(data.whole) and data.group[c] >= 0 and state.chosen[data.group[c]] >= 0:
            served = state.chosen[data.group[c]]
        if state.route[served] != ABSENT:
            s = state.route[served]
            unlink(data, state, served)
            refresh(data, state, s)
        _mark(data, taken, c, False)
        state.pool[count] = c
        count += 1
        c = other[c]
    to = free_slot(data, state, k)
    if on(data.whole):
        if data.trips:
            if to < 0:
                to = _planned_slot(data, state, k, state.pool[:count])
        elif state.size[r] == 0:
            to = r  # vehicles may differ by what is locked to them and published of them
    if to >= 0:
        set_route(data, state, to, state.pool[:count])


@inner
def _mark(data, taken, c, value):
    """Mark a client; of a group all members."""
    taken[c] = value
    if on(data.whole) and data.group[c] >= 0:
        g = data.group[c]
        for i in range(data.group_first[g], data.group_first[g + 1]):
            taken[data.group_member[i]] = value


@inner
def _pinned(data, v):
    return data.pin_first[v + 1] > data.pin_first[v]


@inner
def _planned_slot(data, state, k, stops):
    """Plan a trip behind that of a vehicle in use which waits least for it; return its slot, or -1."""
    n, slots = data.n, data.slots
    if state.free_count[k] == 0:
        return -1
    goods = 0
    for c in stops:
        goods = max(goods, data.release[c])
    best, at = UNLIMITED, -1
    for q in range(data.first_slot[k], data.first_slot[k + 1]):
        v, tail = state.vehicle[q], n + slots + q
        if state.size[q] == 0 or state.trips[v] >= data.max_trips[k]:
            continue
        now = max(state.time[tail, READY], goods)
        idle = now - state.time[tail, READY]
        u = n + q
        for c in stops:
            now = service_start(data, hours_of(data, c, k), arrival(data, k, u, c, now)) + data.service[c, k]
            u = c
        now = arrival(data, k, u, tail, now)
        head = state.next[tail]
        until = min(data.back_until[k], state.time[head, LATEST]) if head >= 0 else data.back_until[k]
        if now <= until and idle < best:
            best, at = idle, q
    if at < 0:
        return -1
    to = state.free[data.first_slot[k] + state.free_count[k] - 1]
    state.plan[to, 0], state.plan[to, 1] = state.vehicle[at], at
    return to
