"""A fitting vehicle for every route: what was taken out may make room for a cheaper type, and the other way round."""

from __future__ import annotations

from solver.search.flags import on
from solver.search.insertion import touch
from solver.search.kernel import inner, kernel
from solver.search.moves import LEAST_GAIN, route_stops
from solver.search.ruin import begin
from solver.search.state import TOUCHED, free_slot
from solver.search.vehicles import cost_as, hand_over


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
    stops = route_stops(data, state, r)
    best, to = cost_as(data, state, r, stops, r) - LEAST_GAIN, -1
    for other in range(len(data.profile)):
        slot = free_slot(data, state, other)
        if not data.cheaper[k, other] or slot < 0:
            continue
        cost = cost_as(data, state, r, stops, slot)
        if cost < best:
            best, to = cost, slot
    if on(data.whole) and data.told:
        # The published plan may have the clients on an idle vehicle, also of the same type.
        c = state.next[data.n + r]
        while c < data.n:
            slot = data.told_vehicle[c]
            if slot >= 0 and state.trips[slot] == 0:
                cost = cost_as(data, state, r, stops, slot)
                if cost < best:
                    best, to = cost, slot
            c = state.next[c]
    if to < 0:
        return
    if on(data.whole):
        for c in stops:
            if data.pin[c] >= 0:
                return
    hand_over(data, state, r, stops, to)
