"""Crossover by route exchange: some neighbouring routes of one parent make way for the likest routes of the other.

After Nagata and Bräysy, "Edge assembly-based memetic algorithm for the CVRP" (2009), and the selective route exchange
of Nagata, Bräysy and Dullaert, "A penalty-based edge assembly memetic algorithm for the VRPTW" (2010), simplified.
"""

from __future__ import annotations

import numpy as np

from solver.search.figures import holds, refresh, roadworthy
from solver.search.insertion import ANY, insert_all
from solver.search.kernel import inner, kernel
from solver.search.local_search import set_route
from solver.search.rng import below
from solver.search.routes import copy_routes, empty_route
from solver.search.state import ABSENT, USED, free_slot, unlink


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
    for r in range(data.slots):
        if state.size[r] > 0 and not (holds(data, state, r) and roadworthy(data, state, r)):
            empty_route(data, state, r)
    insert_all(data, state, 0.0, ANY)


@inner
def _remove_around(data, state, wanted, taken):
    """Empty the routes nearest to a random client; mark their clients; return how many routes."""
    seed = below(state.rng, data.n)
    removed = 0
    for i in range(-1, data.neighbours.shape[1]):
        c = seed if i < 0 else data.neighbours[seed, i]
        r = state.route[c]
        if r == ABSENT:
            continue
        node = state.next[data.n + r]
        while node < data.n:
            taken[node] = True
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
        if state.route[c] != ABSENT:
            s = state.route[c]
            unlink(data, state, c)
            refresh(data, state, s)
        taken[c] = False
        state.pool[count] = c
        count += 1
        c = other[c]
    to = free_slot(data, state, k)
    if to >= 0:
        set_route(data, state, to, state.pool[:count])
