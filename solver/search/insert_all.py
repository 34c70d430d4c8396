"""Every absent client inserted once: a constructive start, and the repair of what a crossover leaves out."""

from __future__ import annotations

import numpy as np

from solver.search.clock import least_only
from solver.search.figures import holds, refresh
from solver.search.flags import on
from solver.search.insertion import best_insertion, best_member, sort_pool
from solver.search.kernel import inner, kernel
from solver.search.openings import opening_cost, vehicle_type
from solver.search.places import fits_route, insertion_cost
from solver.search.state import ABSENT, ABSENT_COUNT, link, unlink


@kernel
def insert_all(data, state, blink, only):
    """Insert every absent client once, in an order drawn at random from those that SISR names.

    Parameters
    ----------
    blink
        Chance to overlook a place.
    only
        The vehicle type of which idle vehicles are taken, or `ANY`.
    """
    if on(data.whole):
        _insert_pinned(data, state)
    count = 0
    for i in range(state.number[ABSENT_COUNT]):
        c = state.absent[i]
        if data.servable[c]:
            state.pool[count] = c
            count += 1
    sort_pool(data, state, count)
    for i in range(count):
        c = state.pool[i]
        if on(data.whole):
            c, where = best_member(data, state, c, data.absent_cost[c], blink, True, only)
        else:
            where, _ = best_insertion(data, state, c, data.absent_cost[c], blink, True, only)
        if where != ABSENT:
            _put(data, state, c, where)


@inner
def _insert_pinned(data, state):
    """Put absent clients that have to keep their position on their vehicles, behind those with lower positions.

    What has to stand between them comes later; until then positions are wrong, at a price.
    """
    for i in range(len(data.pin_client)):
        c = data.pin_client[i]
        if state.route[c] != ABSENT:
            continue
        v = data.home[c]
        best, where, before = np.inf, ABSENT, -1
        if state.trips[v] > 0:
            node = state.head[v] if data.trips else data.n + v
            while node >= 0:
                r = state.route[node]
                if node < data.n + data.slots and fits_route(data, state, c, r):
                    cost = insertion_cost(data, state, c, node, best)
                    if cost < best:
                        best, where = cost, node
                if node >= data.n + data.slots and data.trips:
                    cost = opening_cost(data, state, c, data.kind[r], v, r, best)
                    if cost < best:
                        best, where, before = cost, node, r
                node = state.next[node]
        else:
            k = vehicle_type(data, v)
            best = opening_cost(data, state, c, k, v, -1, best)
            where = data.n + data.slots if best < np.inf else ABSENT
        if where == ABSENT:
            continue
        if where >= data.n + data.slots:
            k = vehicle_type(data, v)
            r = state.free[data.first_slot[k] + state.free_count[k] - 1] if data.trips else v
            state.plan[r, 0], state.plan[r, 1] = v, before
            where = data.n + r
        _put(data, state, c, where)


@inner
def _put(data, state, c, where):
    """Insert a client and refresh its route in full, or leave it out where its place was only thought to be one."""
    link(data, state, c, where)
    r = state.route[c]
    refresh(data, state, r)
    # The duration may have been a lower bound, and only now is it known.
    if least_only(data) and not holds(data, state, r):
        unlink(data, state, c)
        refresh(data, state, r)
