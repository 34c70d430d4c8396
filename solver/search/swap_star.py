"""SWAP*: two clients of different routes change over, each to the best place of its new route, not to the other's.

Vidal, "Hybrid genetic search for the CVRP" (2022), section 3.4. There is no need for coordinates: two routes overlap
when a client of the one has a client of the other among its nearest neighbours.
"""

from __future__ import annotations

import numpy as np

from solver.problem import UNLIMITED
from solver.search.clock import arrival
from solver.search.evaluate import walked_cost
from solver.search.flags import on
from solver.search.kernel import inner
from solver.search.moves import LEAST_GAIN, replace_routes
from solver.search.state import LATEST, READY, arc, arc_to
from solver.search.times import hours_of, service_start

BESIDE = 5
"""Neighbours by which routes are found to overlap."""

PLACES = 3
"""Places kept for each client: one of them has no part in the removal of another client."""

# Columns of what is kept of a client: metres of the arc that its removal makes, what the removal adds to the cost, and
# a lower bound on what a place in the other route adds, whoever leaves that.
SHORTCUT, REMOVAL, LEAST = range(3)


@inner
def swap_overlapping(data, state, changed, tested, clock):
    """Swap clients between overlapping routes that changed since they were tested; return the new time.

    Parameters
    ----------
    changed, tested
        Shape ``(slots,)``: when a route last changed, and when its overlaps were last tested.
    clock
        The time now.
    """
    place, cost, figure = np.empty((data.n, PLACES), np.int32), np.empty((data.n, PLACES)), np.empty((data.n, 3))
    seen = np.full(data.slots, -1)
    for r in range(data.slots):
        since = tested[r]
        tested[r] = clock
        c = state.next[data.n + r]
        while c < data.n:
            after = state.next[c]
            for g in range(min(BESIDE, data.neighbours.shape[1])):
                s = state.route[data.neighbours[c, g]]
                if s <= r or seen[s] == r:
                    continue
                seen[s] = r
                if max(changed[r], changed[s]) <= since:
                    continue
                if _swap_best(data, state, r, s, place, cost, figure):
                    clock += 1
                    changed[r] = changed[s] = clock
                    after = state.next[data.n + r]
                    break
            c = after
    return clock


@inner
def _swap_best(data, state, r, s, place, cost, figure):
    """Make the best exchange of a client of one route for a client of another if it saves; return whether it did."""
    n, k, m = data.n, data.kind[r], data.kind[s]
    judge_removals(data, state, r, figure)
    judge_removals(data, state, s, figure)
    find_places(data, state, r, s, place, cost, figure)
    most = find_places(data, state, s, r, place, cost, figure)
    best, one, other = -LEAST_GAIN, -1, -1
    u = state.next[n + r]
    while u < n:
        v = state.next[n + s]
        bound = figure[u, REMOVAL] + figure[u, LEAST]
        while v < n and bound + most < best:
            change = figure[u, REMOVAL] + figure[v, REMOVAL]
            if bound + figure[v, REMOVAL] + figure[v, LEAST] < best and _loads_fit(data, state, u, r, s, v):
                change += place_without(data, state, u, v, place, cost)[0]
                if change < best:
                    change += place_without(data, state, v, u, place, cost)[0]
                    if change < best:
                        best, one, other = change, u, v
            v = state.next[v]
        u = state.next[u]
    if one < 0:
        return False
    _, at = place_without(data, state, one, other, place, cost)
    _, there = place_without(data, state, other, one, place, cost)
    stops_r, stops_s = _changed(data, state, one, other, there), _changed(data, state, other, one, at)
    if on(data.timed):
        old = state.route_cost[r] + state.route_cost[s] - LEAST_GAIN
        exact = walked_cost(data, k, n + r, n + data.slots + r, stops_r)
        if exact >= old or exact + walked_cost(data, m, n + s, n + data.slots + s, stops_s) >= old:
            return False
    replace_routes(data, state, r, stops_r, s, stops_s)
    return True


@inner
def judge_removals(data, state, r, figure):
    """Find what the removal of each client of a route adds to its cost, by metres and preference: mostly negative."""
    k, a = data.kind[r], data.n + r
    c = state.next[a]
    while c < data.n:
        b = state.next[c]
        figure[c, SHORTCUT] = arc(data, k, a, b)
        cost = data.distance_cost[k] * (figure[c, SHORTCUT] - state.onward[a] - state.onward[c])
        figure[c, REMOVAL] = cost - data.preference[c, k] if on(data.rich) else cost
        a, c = c, b


@inner
def place_without(data, state, u, v, place, cost):
    """Return the cheapest place for ``u`` in the route of ``v`` once that is gone, as ``(cost, node before)``.

    The node before is ``v`` itself when ``u`` takes its place.
    """
    best, at = _in_place(data, state, u, v, data.kind[state.route[v]]), v
    for i in range(PLACES):
        a = place[u, i]
        if a >= 0 and a != v and state.next[a] != v:
            if cost[u, i] < best:
                best, at = cost[u, i], a
            break
    return best, at


@inner
def _in_place(data, state, u, v, k):
    """What it adds to the cost that ``u`` stands where ``v`` stood, the removal of ``v`` aside."""
    a, b = state.prev[v], state.next[v]
    if not _in_time(data, state, u, a, b, k):
        return np.inf
    cost = data.distance_cost[k] * (arc(data, k, a, u) + arc(data, k, u, b) - arc(data, k, a, b))
    return cost + data.preference[u, k] if on(data.rich) else cost


@inner
def _in_time(data, state, c, a, b, k):
    """Whether a client can stand between two nodes of a route without delaying it too much."""
    if on(data.timed) and data.clocked:
        start = service_start(data, hours_of(data, c, k), arrival(data, k, a, c, state.time[a, READY]))
        if start > UNLIMITED:
            return False
        return arrival(data, k, c, b, start + data.service[c, k]) <= state.time[b, LATEST]
    return True


@inner
def find_places(data, state, r, s, place, cost, figure):
    """Find for each client of one route the cheapest places in another, in time, and the least that any place adds.

    Parameters
    ----------
    place, cost
        Filled in: nodes before the cheapest places, and what these add to the cost, shape ``(n, PLACES)``.
    figure
        Shape ``(n, 3)``; of both routes' clients what `judge_removals` finds, and `LEAST` is filled in.

    Returns
    -------
    The least that a change of routes of any of these clients can add to the cost.
    """
    n, k = data.n, data.kind[s]
    most = np.inf
    c = state.next[n + r]
    while c < n:
        for i in range(PLACES):
            place[c, i], cost[c, i] = -1, np.inf
        figure[c, LEAST] = np.inf
        if not on(data.rich) or data.allowed[c, k]:
            liking = data.preference[c, k] if on(data.rich) else 0.0
            a = n + s
            into, earlier = arc(data, k, a, c), 0
            least = np.inf
            while a < n or a == n + s:
                b = state.next[a]
                out = arc(data, k, c, b)
                here = data.distance_cost[k] * (into + out - state.onward[a]) + liking
                least = min(least, here)
                if a < n:
                    least = min(least, data.distance_cost[k] * (earlier + out - figure[a, SHORTCUT]) + liking)
                if here < cost[c, PLACES - 1] and _in_time(data, state, c, a, b, k):
                    i = PLACES - 1
                    while i > 0 and cost[c, i - 1] > here:
                        place[c, i], cost[c, i] = place[c, i - 1], cost[c, i - 1]
                        i -= 1
                    place[c, i], cost[c, i] = a, here
                if b < n:
                    earlier, into = into, arc_to(data, k, c, b)
                a = b
            figure[c, LEAST] = least
            most = min(most, figure[c, REMOVAL] + least)
        c = state.next[c]
    return most


@inner
def _loads_fit(data, state, u, r, s, v):
    """Whether two routes have room enough for the exchange of two clients, and may make it."""
    k, m = data.kind[r], data.kind[s]
    if on(data.rich) and not (data.allowed[u, m] and data.allowed[v, k]):
        return False
    for d in range(data.delivery.shape[1]):
        more = data.delivery[v, d] - data.delivery[u, d]
        if state.route_load[r, d, 0] + more > data.capacity[k, d]:
            return False
        if state.route_load[s, d, 0] - more > data.capacity[m, d]:
            return False
        if on(data.rich):
            more = data.pickup[v, d] - data.pickup[u, d]
            if state.route_load[r, d, 1] + more > data.capacity[k, d]:
                return False
            if state.route_load[s, d, 1] - more > data.capacity[m, d]:
                return False
    return True


@inner
def _changed(data, state, gone, new, at):
    """Return the clients of a route without one and with another, behind a node or, if that is gone, in its place."""
    r = state.route[gone]
    stops = np.empty(state.size[r], np.int32)
    i = 0
    node = data.n + r
    while node < data.n or node == data.n + r:
        if node < data.n and node != gone:
            stops[i] = node
            i += 1
        if node == at:
            stops[i] = new
            i += 1
        node = state.next[node]
    return stops
