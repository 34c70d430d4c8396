"""What moves of the local search share: a route as an array, and a route given other clients."""

from __future__ import annotations

import numpy as np

from solver.search.figures import refresh
from solver.search.kernel import inner
from solver.search.routes import drop_route
from solver.search.state import link

LEAST_GAIN = 1e-6
"""What a move has to save, in cost, to count."""


@inner
def route_stops(data, state, r):
    """Return a route's clients in order."""
    stops = np.empty(state.size[r], np.int32)
    c = state.next[data.n + r]
    for i in range(len(stops)):
        stops[i] = c
        c = state.next[c]
    return stops


@inner
def set_route(data, state, r, stops):
    """Give an emptied route these clients, all absent, in order."""
    u = data.n + r
    for c in stops:
        link(data, state, c, u)
        u = c
    refresh(data, state, r)


@inner
def replace_route(data, state, r, stops):
    """Give a route the same clients in another order."""
    drop_route(data, state, r)
    set_route(data, state, r, stops)


@inner
def replace_routes(data, state, r, stops_r, s, stops_s):
    """Give two routes the same clients in other orders, some of them exchanged."""
    drop_route(data, state, r)
    drop_route(data, state, s)
    set_route(data, state, r, stops_r)
    set_route(data, state, s, stops_s)
