"""The savings start: every client on a route of its own, then the routes joined that save most.

Clarke and Wright, "Scheduling of vehicles from a central depot" (1964), over granular neighbours only.
"""

from __future__ import annotations

import numpy as np

from solver.problem import UNLIMITED
from solver.search.data import Data
from solver.search.figures import refresh, roadworthy
from solver.search.flags import on
from solver.search.kernel import inner, kernel
from solver.search.routes import clear, empty_route
from solver.search.state import ABSENT, State, arc, drive, free_slot, link
from solver.search.times import service_start


def savings_apply(data: Data) -> bool:
    """Return whether the savings start can state the problem: one vehicle type, one delivery load."""
    return data.rich is None and len(data.profile) == 1 and data.slots > 0


def savings_start(data: Data, state: State) -> None:
    """Fill a state by savings; clients that no vehicle is left for stay absent."""
    saving = _savings(data)
    _join_routes(data, state, saving, np.argsort(-saving, kind="stable"))


@kernel
def _savings(data):
    """Return what each client and each of its neighbours save by being visited in a row, shape ``(n * width,)``."""
    n = data.n
    start, end = n, n + data.slots
    width = data.neighbours.shape[1]
    saving = np.empty(n * width, np.int64)
    for i in range(n):
        home = arc(data, 0, i, end)
        for g in range(width):
            j = data.neighbours[i, g]
            saving[i * width + g] = home + arc(data, 0, start, j) - arc(data, 0, i, j)
    return saving


@kernel
def _join_routes(data, state, saving, order):
    n = data.n
    clear(data, state)
    start, end = n, n + data.slots
    width = data.neighbours.shape[1]
    head = np.arange(n)  # of the route whose number a client carries
    tail = np.arange(n)
    chain = np.arange(n)
    after = np.full(n, -1)
    before = np.full(n, -1)
    load = np.empty(n, np.int64)
    for i in range(n):
        load[i] = data.delivery[i, 0]
    flips = not on(data.timed) and data.forbidden == 0  # turned round, a route could use an arc that may not be used
    for at in order:
        if saving[at] <= 0:
            break
        i = at // width
        j = data.neighbours[i, at % width]
        a, b = chain[i], chain[j]
        if a == b or load[a] + load[b] > data.capacity[0, 0]:
            continue
        if tail[a] != i:
            if not flips or head[a] != i:
                continue
            _flip(a, head, tail, after, before)
        if head[b] != j:
            if not flips or tail[b] != j:
                continue
            _flip(b, head, tail, after, before)
        if on(data.timed) and not _in_time(data, head[a], i, j, after, start, end):
            continue
        after[i], before[j] = j, i
        node = j
        while node >= 0:
            chain[node] = a
            node = after[node]
        tail[a] = tail[b]
        load[a] += load[b]
    for i in range(n):
        if before[i] >= 0 or not data.servable[i]:
            continue
        r = free_slot(data, state, 0)
        if r < 0:
            return
        u, c = n + r, i
        while c >= 0:
            if state.route[c] == ABSENT and data.servable[c]:
                link(data, state, c, u)
                u = c
            c = after[c]
        refresh(data, state, r)
        if not roadworthy(data, state, r):
            empty_route(data, state, r)


@inner
def _flip(route, head, tail, after, before):
    node = head[route]
    while node >= 0:
        onward = after[node]
        after[node], before[node] = before[node], onward
        node = onward
    head[route], tail[route] = tail[route], head[route]


@inner
def _in_time(data, first, i, j, after, start, end):
    now = data.leave_from[0]
    u, v = start, first
    while True:
        now = service_start(data, v, now + drive(data, 0, u, v))
        if now > UNLIMITED:
            return False
        now += data.service[v, 0]
        u = v
        v = j if v == i else after[v]
        if v < 0:
            return now + drive(data, 0, u, end) <= data.back_until[0]
