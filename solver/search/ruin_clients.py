"""Ruin by single clients and by routes, for a change from strings: related, worst and whole-route removal.

Ropke and Pisinger, "An adaptive large neighborhood search heuristic for the pickup and delivery problem with time
windows" (2006), sections 3.1.1 and 3.1.3, within the neighbourhood of a seed, so that recreation has few routes to
look at.
"""

from __future__ import annotations

from solver.search.figures import refresh_after
from solver.search.flags import on
from solver.search.insertion import note, touch
from solver.search.kernel import inner
from solver.search.rng import below, uniform
from solver.search.state import arc, unlink

MOST_REMOVED = 20
"""Clients removed at most, and on average twice those removed."""

SPARED = 0.2
"""Chance that related removal leaves a client where it is."""

DRAWN = 4
"""Clients of which the dearest is removed: the more, the less is left to chance."""

LONGEST_ROUTE = 40
"""Clients of the longest route that is removed as a whole."""


@inner
def remove_related(data, state, seed):
    """Remove most of the clients nearest to a client, and that client itself."""
    most = 1 + below(state.rng, MOST_REMOVED)
    for i in range(-1, data.neighbours.shape[1]):
        c = seed if i < 0 else data.neighbours[seed, i]
        if state.route[c] >= 0 and (i < 0 or uniform(state.rng) >= SPARED) and _remove(data, state, c):
            most -= 1
            if most == 0:
                return


@inner
def remove_worst(data, state, seed):
    """Remove clients of dear detours: each is the dearest of a few drawn from the neighbourhood of a client."""
    count = 0
    for i in range(-1, data.neighbours.shape[1]):
        c = seed if i < 0 else data.neighbours[seed, i]
        if state.route[c] >= 0 and (i < 0 or c != seed):  # whoever has few neighbours is one of its own
            state.pool[count] = c
            count += 1
    for _ in range(min(1 + below(state.rng, MOST_REMOVED), count)):
        best, at = -1, 0
        for _ in range(DRAWN):
            i = below(state.rng, count)
            detour = detour_metres(data, state, state.pool[i])
            if detour > best:
                best, at = detour, i
        _remove(data, state, state.pool[at])
        count -= 1
        state.pool[at] = state.pool[count]


@inner
def remove_route(data, state, seed):
    """Remove the route of a client, or of its nearest served neighbour, unless it is long."""
    for i in range(-1, data.neighbours.shape[1]):
        c = seed if i < 0 else data.neighbours[seed, i]
        r = state.route[c]
        if r >= 0 and state.size[r] <= LONGEST_ROUTE:
            node = state.next[data.n + r]
            while node < data.n:
                after = state.next[node]
                _remove(data, state, node)
                node = after
            return


@inner
def detour_metres(data, state, c):
    """Metres that a route would be shorter without a client."""
    u, v = state.prev[c], state.next[c]
    k = data.kind[state.route[c]]
    return state.onward[u] + state.onward[c] - (arc(data, k, u, v) if state.size[state.route[c]] > 1 else 0)


@inner
def _remove(data, state, c):
    """Take a client out, unless it has to keep its position; return whether it went."""
    if on(data.whole) and data.pin[c] >= 0:
        return False
    take_out(data, state, c)
    return True


@inner
def take_out(data, state, c):
    """Take a client out of its route, into the log, and refresh the route."""
    r = state.route[c]
    touch(state, r)
    note(data, state, c, state.prev[c])
    unlink(data, state, c)
    if on(data.timed):
        refresh_after(data, state, r, data.n + r, data.n + data.slots + r)
