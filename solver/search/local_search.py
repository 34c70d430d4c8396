"""Education: granular local search down to a local optimum.

Moves join a client to one of its near neighbours: a string of up to three clients relocated, strings exchanged, tails
exchanged (2-opt*), a part of a route reversed (2-opt) or moved (or-opt), and a whole route given to another type of
vehicle. When none of them helps, SWAP* is tried. Vidal, "Hybrid genetic search for the CVRP" (2022), section 3.4, is
the model.
"""

from __future__ import annotations

import numpy as np

from solver.search.evaluate import NOBODY, joined_cost, metres_cost, walked_cost
from solver.search.flags import on
from solver.search.kernel import inner, kernel
from solver.search.moves import LEAST_GAIN, replace_routes, route_stops, set_route
from solver.search.rng import below
from solver.search.routes import empty_route, true_cost
from solver.search.state import COST, MEMBERS, free_slot
from solver.search.swap_star import swap_overlapping
from solver.search.within import LONGEST_STRING, farthest_beside, improve_within, nearness

GRANULARITY = 16
"""Neighbours that a client is joined to."""


@kernel
def educate(data, state):
    """Improve the routes until no move helps; absent clients stay absent. Return the cost."""
    n = data.n
    state.amount[COST] = true_cost(data, state)
    if on(data.whole) and data.trips:
        return state.amount[COST]
    changed = np.zeros(data.slots, np.int64)  # when a route last changed
    tested = np.full(n, -1)  # when a client's moves were last tried
    swapped = np.full(data.slots, -1)  # when the overlaps of a route were last tried
    clock = 0
    order = state.member[: state.number[MEMBERS]].copy()
    for i in range(len(order) - 1, 0, -1):
        j = below(state.rng, i + 1)
        order[i], order[j] = order[j], order[i]
    moved = True
    while moved:
        moved = False
        for u in order:
            if state.route[u] < 0:
                continue
            since = tested[u]
            tested[u] = clock
            for g in range(min(GRANULARITY, data.neighbours.shape[1])):
                v = data.neighbours[u, g]
                r, s = state.route[u], state.route[v]
                if s < 0 or max(changed[r], changed[s]) <= since:
                    continue
                done = improve_within(data, state, u, g) if r == s else _between(data, state, u, g)
                if done:
                    clock += 1
                    changed[r] = changed[s] = clock
                    moved = True
        for r in range(data.slots):
            if state.size[r] > 0 and _change_type(data, state, r):
                clock += 1
                changed[r] = clock
                moved = True
                for k in range(len(data.profile)):
                    other = free_slot(data, state, k)
                    if other >= 0:
                        changed[other] = clock
        if not moved:
            now = swap_overlapping(data, state, changed, swapped, clock)
            moved = now > clock
            clock = now
    state.amount[COST] = true_cost(data, state)
    return state.amount[COST]


@inner
def string(first, second, third):
    """Return up to three clients as the tuple that `joined_cost` takes; `NOBODY` fills it up."""
    return np.int64(first), np.int64(second), np.int64(third)


@inner
def _exact(data, k, r, stops):
    return walked_cost(data, k, data.n + r, data.n + data.slots + r, stops)


@inner
def _splice(data, state, a, chain, b):
    """Return the clients of the route up to ``a``, then the chain, then those from ``b`` on."""
    r = state.route[b]
    head, tail = state.position[a], state.size[r] + 1 - state.position[b]
    middle = 0
    for c in chain:
        if c != NOBODY:
            middle += 1
    stops = np.empty(head + middle + tail, np.int32)
    node = a
    for i in range(head - 1, -1, -1):
        stops[i] = node
        node = state.prev[node]
    i = head
    for c in chain:
        if c != NOBODY:
            stops[i] = c
            i += 1
    node = b
    for j in range(tail):
        stops[head + middle + j] = node
        node = state.next[node]
    return stops


@inner
def _try(data, state, r, a, chain_r, b, s, x, chain_s, y):
    """Replace route ``r`` by a-chain-b and ``s`` by x-chain-y if that is cheaper."""
    k, m = data.kind[r], data.kind[s]
    old = state.route_cost[r] + state.route_cost[s]
    if not on(data.rich):  # metres are quickly known, and rule out most moves
        least = metres_cost(data, state, k, a, chain_r, b) + metres_cost(data, state, m, x, chain_s, y)
        if least >= old - LEAST_GAIN:
            return False
    first = joined_cost(data, state, k, a, chain_r, b, old - LEAST_GAIN)
    if first >= old - LEAST_GAIN:
        return False
    second = joined_cost(data, state, m, x, chain_s, y, old - LEAST_GAIN - first)
    if first + second >= old - LEAST_GAIN:
        return False
    stops_r, stops_s = _splice(data, state, a, chain_r, b), _splice(data, state, x, chain_s, y)
    if data.windows.shape[1] > 1 or on(data.whole):
        exact = _exact(data, k, r, stops_r) + _exact(data, m, s, stops_s)
        if exact >= old - LEAST_GAIN:
            return False
    replace_routes(data, state, r, stops_r, s, stops_s)
    return True


@inner
def _promises(data, state, u, g):
    """Whether a client and its neighbour, of another route, may gain from standing side by side.

    Every move that shortens two routes makes neighbours of two clients that are nearer to each other than to those that
    they have. Where more than metres counts it need not shorten any.
    """
    v = data.neighbours[u, g]
    r, s = state.route[u], state.route[v]
    k = data.kind[s]
    if on(data.rich) or data.kind[r] != k or (data.fixed_cost[k] > 0.0 and state.size[r] <= LONGEST_STRING):
        return True
    return nearness(data, k, u, g) < farthest_beside(state, u, v)


@inner
def _between(data, state, u, g):
    """Moves that make a client follow its neighbour, or the neighbour follow it, from different routes."""
    if not _promises(data, state, u, g):
        return False
    n, v = data.n, data.neighbours[u, g]
    r, s = state.route[u], state.route[v]
    before, after = state.prev[u], state.next[v]
    none = string(NOBODY, NOBODY, NOBODY)
    # Relocate u, with one or two behind it, behind v; then with those in front of it, before v.
    x = state.next[u]
    if _try(data, state, r, before, none, x, s, v, string(u, NOBODY, NOBODY), after):
        return True
    if x < n:
        y = state.next[x]
        if _try(data, state, r, before, none, y, s, v, string(u, x, NOBODY), after):
            return True
        if y < n and _try(data, state, r, before, none, state.next[y], s, v, string(u, x, y), after):
            return True
    front = state.prev[v]
    if _try(data, state, r, before, none, x, s, front, string(u, NOBODY, NOBODY), v):
        return True
    if before < n:
        w = state.prev[before]
        if _try(data, state, r, w, none, x, s, v, string(u, before, NOBODY), after):
            return True
        if _try(data, state, r, w, none, x, s, front, string(before, u, NOBODY), v):
            return True
    # Exchange u (and one behind it) with the client behind v (and one more).
    if after < n:
        far = state.next[after]
        one, two = string(u, NOBODY, NOBODY), string(after, NOBODY, NOBODY)
        if _try(data, state, r, before, two, x, s, v, one, far):
            return True
        if x < n:
            pair = string(u, x, NOBODY)
            if _try(data, state, r, before, two, state.next[x], s, v, pair, far):
                return True
            if far < n:
                other = string(after, far, NOBODY)
                if _try(data, state, r, before, other, state.next[x], s, v, pair, state.next[far]):
                    return True
    # Exchange tails, so that u follows v.
    if data.kin[data.kind[r]] == data.kin[data.kind[s]]:
        return _try(data, state, s, v, none, u, r, before, none, after)
    return False


@inner
def _change_type(data, state, r):
    """Give a route to an idle vehicle of another type if that is cheaper."""
    k = data.kind[r]
    best, to = state.route_cost[r] - LEAST_GAIN, -1
    if len(data.profile) == 1:
        return False
    stops = route_stops(data, state, r)
    for other in range(len(data.profile)):
        slot = free_slot(data, state, other)
        if other == k or slot < 0:
            continue
        cost = _exact(data, other, slot, stops)
        if cost < best:
            best, to = cost, slot
    if to < 0:
        return False
    empty_route(data, state, r)
    set_route(data, state, to, stops)
    return True
