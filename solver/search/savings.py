"""The savings start: every client on a route of its own, then the routes joined that save most.

Clarke and Wright, "Scheduling of vehicles from a central depot" (1964), over granular neighbours only. What joins
linehauls to backhauls is put off, as in Deif and Bodin, "Extension of the Clarke and Wright algorithm for solving the
vehicle routing problem with backhauling" (1984).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from solver.search.data import Data
from solver.search.evaluate import walked_cost
from solver.search.figures import refresh, sound
from solver.search.flags import on
from solver.search.kernel import inner, kernel
from solver.search.routes import clear, empty_route
from solver.search.state import ABSENT, State, arc, free_slot, link

PUT_OFF = (0.01, 0.02)
"""How long joins are put off that can be made one way only; the cheapest start counts, see `savings_start`."""

MOST_PAIRS = 1_000_000
"""Pairs of routes above which routes without a way from the depot are left to insertion."""

# Rows of the routes under construction: first and last client by number of the route, then by client.
HEAD, TAIL, NUMBER, BEFORE, AFTER = range(5)


def savings_apply(data: Data) -> bool:
    """Return whether the savings start can state the problem: one vehicle type, single trips, nobody tied to any."""
    return data.whole is None and len(data.profile) == 1 and data.slots > 0


def savings_start(data: Data, state: State, put_off: float = 0.0) -> None:
    """Fill a state by savings; clients that no vehicle is left for stay absent.

    Parameters
    ----------
    data, state
        A problem for which `savings_apply`, and what is filled.
    put_off
        Part of the largest saving by which a join comes later that leaves a route which cannot be turned round any
        more, since some arc of it leads one way only.
    """
    n = data.n
    routes = np.full((5, n), -1, np.int32)
    routes[: NUMBER + 1] = np.arange(n)
    load = np.stack((data.delivery, data.pickup), axis=2)
    cost = _alone(data)
    near = np.repeat(np.arange(n, dtype=np.int32), data.neighbours.shape[1]), data.neighbours.ravel()
    _join_best(data, routes, load, cost, near, put_off)
    if data.forbidden:
        _join_best(data, routes, load, cost, _onto_stranded(data, routes), put_off)
    _lay(data, state, routes)


def _join_best(
    data: Data,
    routes: NDArray[np.int32],
    load: NDArray[np.int64],
    cost: NDArray[np.float64],
    pairs: tuple[NDArray[np.int32], NDArray[np.int32]],
    put_off: float,
) -> None:
    """Join routes so that pairs of clients are visited in a row, those first that save most."""
    first, then = pairs
    saving = _savings(data, first, then)
    gainful = np.flatnonzero(saving > 0)
    key = saving[gainful].astype(float)
    if data.forbidden:
        place = data.place
        one_way = data.distance[0, place[then[gainful]], place[first[gainful]]] >= data.forbidden
        key[one_way] -= put_off * key.max(initial=0.0)
    _join(data, routes, load, cost, first, then, gainful[np.argsort(-key, kind="stable")])


@kernel
def _alone(data):
    """Return what a route for each client alone costs, shape ``(n,)``, where any rule but that on loads can matter."""
    cost = np.zeros(data.n)
    if on(data.timed):
        stops = np.empty(1, np.int32)
        for c in range(data.n):
            stops[0] = c
            cost[c] = walked_cost(data, 0, data.n, data.n + data.slots, stops)
    return cost


@kernel
def _savings(data, first, then):
    """Return the metres that pairs of clients save by being visited in a row, shape ``(pairs,)``.

    Where no arc leads from the depot to a client, or from it to the end, the way back counts: who has to be behind
    somebody is not dearer for it.
    """
    start, end = data.n, data.n + data.slots
    saving = np.empty(len(first), np.int64)
    for p in range(len(first)):
        i, j = first[p], then[p]
        home, out = arc(data, 0, i, end), arc(data, 0, start, j)
        if data.forbidden:
            home = home if home < data.forbidden else arc(data, 0, start, i)
            out = out if out < data.forbidden else arc(data, 0, j, end)
        saving[p] = home + out - arc(data, 0, i, j)
    return saving


def _onto_stranded(data: Data, routes: NDArray[np.int32]) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """Return pairs of clients, by which any route may be joined to the front of one that the depot has no arc to."""
    numbers = np.unique(routes[NUMBER])
    head, tail = routes[HEAD, numbers], routes[TAIL, numbers]
    stranded = data.distance[0, data.place[data.n], data.place[head]] >= data.forbidden
    behind, before = np.unique(np.stack((head[stranded], tail[stranded]))), np.unique(np.stack((head, tail)))
    if len(behind) * len(before) > MOST_PAIRS:
        before = before[:0]
    return np.tile(before, len(behind)), np.repeat(behind, len(before))


@kernel
def _join(data, routes, load, cost, first, then, order):
    """Join routes by pairs of clients in an order.

    Parameters
    ----------
    routes, load, cost
        The routes under construction, shapes ``(5, n)``, ``(n, D, 2)`` and ``(n,)``, the last two by number of route.
    first, then
        Pairs of clients, shape ``(pairs,)``.
    order
        Pairs in the order in which they are tried.
    """
    flips = not on(data.timed) or not data.clocked
    capacity = data.capacity[0]
    stops = np.empty(data.n, np.int32)
    for p in order:
        i, j = first[p], then[p]
        a, b = routes[NUMBER, i], routes[NUMBER, j]
        if a == b or (routes[TAIL, a] != i and (not flips or routes[HEAD, a] != i)):
            continue
        if routes[HEAD, b] != j and (not flips or routes[TAIL, b] != j):
            continue
        if not _loads_fit(load, a, b, capacity):
            continue
        m = _follow(routes, i, BEFORE if routes[TAIL, a] == i else AFTER, stops, 0)
        stops[:m] = stops[:m][::-1].copy()
        m = _follow(routes, j, AFTER if routes[HEAD, b] == j else BEFORE, stops, m)
        if data.forbidden and not _passable(data, stops[:m]):
            continue
        if on(data.timed):
            together = walked_cost(data, 0, data.n, data.n + data.slots, stops[:m])
            if together >= cost[a] + cost[b]:
                continue
            cost[a] = together
        for d in range(len(capacity)):
            load[a, d, 0] += load[b, d, 0]
            load[a, d, 1] += load[b, d, 1]
        routes[HEAD, a], routes[TAIL, a] = stops[0], stops[m - 1]
        for s in range(m):
            c = stops[s]
            routes[NUMBER, c] = a
            routes[BEFORE, c] = stops[s - 1] if s > 0 else -1
            routes[AFTER, c] = stops[s + 1] if s + 1 < m else -1


@inner
def _loads_fit(load, a, b, capacity):
    """Whether a vehicle could hold what two routes deliver, and what they pick up."""
    for d in range(len(capacity)):
        if load[a, d, 0] + load[b, d, 0] > capacity[d] or load[a, d, 1] + load[b, d, 1] > capacity[d]:
            return False
    return True


@inner
def _follow(routes, c, way, stops, m):
    """Write the clients from one on into ``stops[m:]``, that way; return how many are in it then."""
    while c >= 0:
        stops[m] = c
        m += 1
        c = routes[way, c]
    return m


@inner
def _passable(data, stops):
    """Whether clients can be visited in a row."""
    for s in range(1, len(stops)):  # noqa: SIM110  # numba has no all()
        if arc(data, 0, stops[s - 1], stops[s]) >= data.forbidden:
            return False
    return True


@kernel
def _lay(data, state, routes):
    """Lay the routes into a state, but for those that break a rule; a vehicle each as long as there are any."""
    clear(data, state)
    for i in range(data.n):
        if routes[BEFORE, i] >= 0 or not data.servable[i]:
            continue
        r = free_slot(data, state, 0)
        if r < 0:
            return
        u, c = data.n + r, i
        while c >= 0:
            if state.route[c] == ABSENT and data.servable[c]:
                link(data, state, c, u)
                u = c
            c = routes[AFTER, c]
        refresh(data, state, r)
        if not sound(data, state, r):
            empty_route(data, state, r)
