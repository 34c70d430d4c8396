"""Moves within one route: a part reversed (2-opt), a string of up to three clients moved (or-opt).

Metres are judged in constant time from what is kept of the route, driven either way. Where no time, limit or position
depends on the order they are the whole answer; elsewhere only what saves metres, or may save time, is walked.
"""

from __future__ import annotations

from solver.search.evaluate import walked_cost
from solver.search.flags import on
from solver.search.kernel import inner
from solver.search.moves import LEAST_GAIN, replace_route, route_stops
from solver.search.state import arc

LONGEST_STRING = 3
"""Clients moved at once."""


@inner
def nearness(data, k, u, g):
    """Metres between a client and its neighbour number ``g``, driven the shorter way; cheaper to read than `arc`."""
    p = data.profile[k]
    return min(data.near_out[p, u, g], data.near_into[p, u, g])


@inner
def farthest_beside(state, u, v):
    """Metres of the longest arc that two clients have now."""
    return max(state.onward[u], state.onward[state.prev[u]], state.onward[v], state.onward[state.prev[v]])


@inner
def improve_within(data, state, u, g):
    """Make a client and its neighbour, of one route, stand side by side if that is cheaper; return whether it was.

    Parameters
    ----------
    u, g
        The client, and which of its neighbours.
    """
    v = data.neighbours[u, g]
    i, j = state.position[u], state.position[v]
    if abs(i - j) == 1 or nearness(data, data.kind[state.route[u]], u, g) >= farthest_beside(state, u, v):
        return False
    low, high = (u, v) if i < j else (v, u)
    if _reverse(data, state, state.next[low], high) or _reverse(data, state, low, state.prev[high]):
        return True
    first = last = u
    for _ in range(LONGEST_STRING):
        if last >= data.n or last == v:
            break
        if _move(data, state, u, last, v):
            return True
        last = state.next[last]
    for _ in range(LONGEST_STRING):
        if first >= data.n or first == v:
            break
        if _move(data, state, first, u, state.prev[v]):
            return True
        first = state.prev[first]
    return False


@inner
def reversal_metres(data, state, first, last):
    """Metres that a route gains when its part from one client to another is driven the other way round."""
    k = data.kind[state.route[first]]
    a, b = state.prev[first], state.next[last]
    inside = state.metres[last, 2] - state.metres[first, 2] - state.metres[last, 0] + state.metres[first, 0]
    return inside + arc(data, k, a, last) + arc(data, k, first, b) - state.onward[a] - state.onward[last]


@inner
def move_metres(data, state, first, last, a):
    """Metres that a route gains when its string from one client to another is put behind a node outside it."""
    k = data.kind[state.route[first]]
    p, q, b = state.prev[first], state.next[last], state.next[a]
    closed = arc(data, k, p, q) - state.onward[p] - state.onward[last]
    return closed + arc(data, k, a, first) + arc(data, k, last, b) - state.onward[a]


@inner
def _reverse(data, state, first, last):
    r = state.route[first]
    if not _promises(data, r, reversal_metres(data, state, first, last), state):
        return False
    stops = route_stops(data, state, r)
    i, j = state.position[first] - 1, state.position[last] - 1
    stops[i : j + 1] = stops[i : j + 1][::-1].copy()
    return _take(data, state, r, stops)


@inner
def _move(data, state, first, last, a):
    r = state.route[first]
    if not _promises(data, r, move_metres(data, state, first, last, a), state):
        return False
    stops = route_stops(data, state, r)
    i, j, at = state.position[first] - 1, state.position[last] - 1, state.position[a] - 1
    string = stops[i : j + 1].copy()
    if at < i:
        stops[at + 1 + len(string) : j + 1] = stops[at + 1 : i].copy()
        stops[at + 1 : at + 1 + len(string)] = string
    else:
        stops[i : i + at - j] = stops[j + 1 : at + 1].copy()
        stops[at + 1 - len(string) : at + 1] = string
    return _take(data, state, r, stops)


@inner
def _promises(data, r, metres, state):
    """Whether a route that gains these metres may be cheaper; a shorter duration may outweigh them."""
    k = data.kind[r]
    if on(data.rich) and data.duration_cost[k] > 0.0:
        return True
    if on(data.whole) and state.displaced[state.vehicle[r]] > 0:
        return True
    return data.distance_cost[k] * metres < -LEAST_GAIN


@inner
def _take(data, state, r, stops):
    """Give a route this order of its clients; where times or limits are kept, only if it is cheaper by walking."""
    if on(data.timed):
        exact = walked_cost(data, data.kind[r], data.n + r, data.n + data.slots + r, stops)
        if exact >= state.route_cost[r] - LEAST_GAIN:
            return False
    replace_route(data, state, r, stops)
    return True
