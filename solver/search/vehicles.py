"""Routes given to other vehicles within a ruin, so that recreation finds them open to other clients.

Where vehicle types differ, most of all in whom they may serve, the type of a route decides who can join it. Improvement
alone seldom changes it: while a route is full, few other vehicles can take all of it.
"""

from __future__ import annotations

import numpy as np

from solver.problem import UNLIMITED
from solver.search.evaluate import walked_cost
from solver.search.figures import refresh_after
from solver.search.flags import on
from solver.search.insertion import note, touch
from solver.search.kernel import inner
from solver.search.moves import route_stops
from solver.search.rng import uniform
from solver.search.ruin_clients import take_out
from solver.search.state import ABSENT, READY, arc, link, unlink
from solver.search.times import hours_of, service_start

PASSED_OVER = 0.5
"""Chance that a route does not change vehicles with the next one of another type."""


@inner
def cost_as(data, state, r, stops, slot):
    """Cost of a route, its clients in order at hand, if the vehicle of another slot drove it; infinite if it cannot."""
    n, k = data.n, data.kind[slot]
    if state.route_load[r, 0, 0] > data.capacity[k, 0]:
        return np.inf
    start, end = n + slot, n + data.slots + slot
    if on(data.timed):
        return walked_cost(data, k, start, end, stops)
    metres = 0
    u = start
    for c in stops:
        metres += arc(data, k, u, c)
        u = c
    return data.fixed_cost[k] + data.distance_cost[k] * (metres + arc(data, k, u, end))


@inner
def take_stops(data, state, r, stops):
    """Take a route's clients, told in order, out of it and into the log; the figures are the caller's duty."""
    touch(state, r)
    for j in range(len(stops) - 1, -1, -1):
        note(data, state, stops[j], state.prev[stops[j]])
        unlink(data, state, stops[j])


@inner
def put_stops(data, state, r, stops):
    """Give clients in order to an empty route, into the log."""
    touch(state, r)
    u = data.n + r
    for c in stops:
        link(data, state, c, u)
        note(data, state, c, ABSENT)
        u = c
    if on(data.timed):
        refresh_after(data, state, r, data.n + r, data.n + data.slots + r)


@inner
def hand_over(data, state, r, stops, to):
    """Give the clients of a route, told in order, to an idle vehicle, into the log."""
    take_stops(data, state, r, stops)
    if on(data.timed):
        refresh_after(data, state, r, data.n + r, data.n + data.slots + r)
    put_stops(data, state, to, stops)


@inner
def exchange_vehicles(data, state, seed):
    """Let a route near a client change vehicles with one beside it, and take out whom the other may not serve then.

    The other is the nearest of another type, now and then a farther one. Where they cannot change, those are out still.
    """
    r, s = -1, -1
    for i in range(-1, data.neighbours.shape[1]):
        c = seed if i < 0 else data.neighbours[seed, i]
        near = state.route[c]
        if near < 0:
            continue
        if r < 0:
            r = near
        elif data.kind[near] != data.kind[r] and uniform(state.rng) >= PASSED_OVER:
            s = near
            break
    if s < 0:
        return
    k, other = data.kind[r], data.kind[s]
    for c in route_stops(data, state, r):
        if not _serves(data, state, c, k, other):
            take_out(data, state, c)
    for c in route_stops(data, state, s):
        if not _serves(data, state, c, other, k):
            take_out(data, state, c)
    touch(state, r)
    touch(state, s)
    mine, theirs = route_stops(data, state, r), route_stops(data, state, s)
    if cost_as(data, state, r, mine, s) == np.inf or cost_as(data, state, s, theirs, r) == np.inf:
        return
    take_stops(data, state, r, mine)
    take_stops(data, state, s, theirs)
    put_stops(data, state, r, theirs)
    put_stops(data, state, s, mine)


@inner
def _serves(data, state, c, k, other):
    """Whether another type may serve a client of a route of type ``k``, about when that does."""
    if not data.allowed[c, other]:
        return False
    if data.hours[k] == data.hours[other] or not data.clocked:
        return True
    start = state.time[c, READY] - data.service[c, k]
    return service_start(data, hours_of(data, c, other), start) <= UNLIMITED
