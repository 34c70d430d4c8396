"""Order crossover: a stretch of one parent's giant tour, the rest in the order of the other's, cut into routes anew.

OX of Davis (1985) as Prins (2004) and Vidal (2022) use it. A parent's routes are chained by nearness, so that no
coordinates are needed, and the stretch begins with a route.
"""

from __future__ import annotations

import numpy as np

from solver.genetic.split import split
from solver.search.data import Data
from solver.search.insert_all import insert_all
from solver.search.kernel import inner, kernel
from solver.search.moves import set_route
from solver.search.openings import ANY
from solver.search.rng import below
from solver.search.routes import clear, empty_unsound_routes
from solver.search.state import free_slot

SLACK = 2
"""A child's routes may have that many times the clients of the longest route of its first parent."""


def orders_cross(data: Data) -> bool:
    """Return whether a giant tour tells all of a solution but the cuts: one vehicle type, single trips, no groups."""
    return data.whole is None and len(data.profile) == 1


@kernel
def cross_orders(data, state, one, other):
    """Fill a state with a child of two parents, of a problem for which `orders_cross`.

    Parameters
    ----------
    one, other
        Successors of the parents' routes, shape ``(nodes,)``.
    """
    tour, longest = giant_tour(data, state, one)
    second, _ = giant_tour(data, state, other)
    clear(data, state)
    if len(tour) > 0:
        child = _ordered(data, tour[: 1 + below(state.rng, len(tour))], second)
        begin = 0
        for end in split(data, child, state.free_count[0], SLACK * longest):
            set_route(data, state, free_slot(data, state, 0), child[begin:end])
            begin = end
        empty_unsound_routes(data, state)
    insert_all(data, state, 0.0, ANY)


@inner
def _ordered(data, stretch, second):
    """Return the stretch, then who is not in it, in the order of another tour from the stretch's end on."""
    taken = np.zeros(data.n, np.bool_)
    for c in stretch:
        taken[c] = True
    offset = 0
    for i in range(len(second)):
        if second[i] == stretch[-1]:
            offset = i
    child = np.empty(data.n, np.int32)
    count = len(stretch)
    child[:count] = stretch
    for i in range(len(second)):
        c = second[(offset + i) % len(second)]
        if not taken[c]:
            child[count] = c
            count += 1
    return child[:count]


@inner
def giant_tour(data, state, successor):
    """Chain the routes of a parent by nearness, from a random one; return the tour and the size of the longest route.

    Parameters
    ----------
    successor
        Successors of the parent's routes, shape ``(nodes,)``.
    """
    n, slots = data.n, data.slots
    route = np.full(n, -1, np.int32)
    longest, used = 0, 0
    for r in range(slots):
        size = 0
        c = successor[n + r]
        while c < n:
            route[c] = r
            size += 1
            c = successor[c]
        used += size > 0
        longest = max(longest, size)
    tour = np.empty(n, np.int32)
    taken = np.zeros(slots, np.bool_)
    count, begin = 0, 0
    offset = below(state.rng, max(slots, 1))
    for _ in range(used):
        r = _nearest_route(data, route, taken, tour[begin:count])
        while r < 0:
            if successor[n + offset] < n and not taken[offset]:
                r = offset
            offset = (offset + 1) % slots
        taken[r] = True
        begin = count
        c = successor[n + r]
        while c < n:
            tour[count] = c
            count += 1
            c = successor[c]
    return tour[:count], longest


@inner
def _nearest_route(data, route, taken, stops):
    """Return a route not yet taken with a client among the nearest of these, or -1."""
    for i in range(data.neighbours.shape[1]):
        for c in stops:
            r = route[data.neighbours[c, i]]
            if r >= 0 and not taken[r]:
                return r
    return -1
