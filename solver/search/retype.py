"""A fitting vehicle for every route: what was taken out may make room for a cheaper type, and the other way round."""

from __future__ import annotations

from solver.search.evaluate import walked_cost
from solver.search.figures import refresh_after
from solver.search.flags import on
from solver.search.insertion import note, touch
from solver.search.kernel import inner, kernel
from solver.search.moves import LEAST_GAIN, route_stops
from solver.search.ruin import begin
from solver.search.state import ABSENT, TOUCHED, arc, free_slot, link, unlink


@kernel
def retype_all(data, state):
    """Give every route to the idle vehicle type that serves it most cheaply."""
    begin(state)
    for r in range(data.slots):
        if state.size[r] > 0:
            touch(state, r)
    retype_touched(data, state)


@inner
def retype_touched(data, state):
    """Give every touched route to the idle vehicle type that serves it most cheaply; the log can take it back."""
    if on(data.whole) and data.trips:
        return
    if len(data.profile) == 1 and not (on(data.whole) and data.told):
        return
    for i in range(state.number[TOUCHED]):
        r = state.touched[i]
        if state.size[r] > 0:
            _retype(data, state, r)


@inner
def _retype(data, state, r):
    k = data.kind[r]
    best, to = _cost_as(data, state, r, r) - LEAST_GAIN, -1
    for other in range(len(data.profile)):
        slot = free_slot(data, state, other)
        if other == k or slot < 0:
            continue
        if state.route_load[r, 0, 0] > data.capacity[other, 0]:
            continue
        cost = _cost_as(data, state, r, slot)
        if cost < best:
            best, to = cost, slot
    if on(data.whole) and data.told:
        # The published plan may have the clients on an idle vehicle, also of the same type.
        c = state.next[data.n + r]
        while c < data.n:
            slot = data.told_vehicle[c]
            if slot >= 0 and state.trips[slot] == 0:
                cost = _cost_as(data, state, r, slot)
                if cost < best:
                    best, to = cost, slot
            c = state.next[c]
    if to < 0:
        return
    stops = route_stops(data, state, r)
    if on(data.whole):
        for c in stops:
            if data.pin[c] >= 0:
                return
    for j in range(len(stops) - 1, -1, -1):
        note(data, state, stops[j], state.prev[stops[j]])
        unlink(data, state, stops[j])
    touch(state, to)
    u = data.n + to
    for c in stops:
        link(data, state, c, u)
        note(data, state, c, ABSENT)
        u = c
    if on(data.timed):
        refresh_after(data, state, r, data.n + r, data.n + data.slots + r)
        refresh_after(data, state, to, data.n + to, data.n + data.slots + to)


@inner
def _cost_as(data, state, r, slot):
    """Cost of a route if the vehicle of another slot drove it."""
    n, k = data.n, data.kind[slot]
    start, end = n + slot, n + data.slots + slot
    if on(data.timed):
        return walked_cost(data, k, start, end, route_stops(data, state, r))
    metres = 0
    u = start
    c = state.next[n + r]
    while c < n:
        metres += arc(data, k, u, c)
        u = c
        c = state.next[c]
    return data.fixed_cost[k] + data.distance_cost[k] * (metres + arc(data, k, u, end))
