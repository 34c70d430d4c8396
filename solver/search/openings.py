"""New trips for clients: what one costs and which vehicle would best make it. Only the whole build uses them."""

from __future__ import annotations

import math

import numpy as np

from solver.problem import UNLIMITED
from solver.search.clock import arrival, arrival_at
from solver.search.kernel import inner
from solver.search.rng import uniform
from solver.search.state import (
    LATEST,
    LOOKED,
    READY,
    UNTIL_BLINK,
    arc,
    arc_to,
    change,
    displacement,
    drive,
    drive_to,
    free_slot,
    idle_vehicle,
)
from solver.search.times import NEVER, hours_of, join, service_start

NEAR = 30
"""Neighbours beside which a place is sought first."""

ANY = -1
"""Stands for every vehicle type."""

FILL = -2
"""Stands for every vehicle type, but only where no vehicle in use has a place."""


@inner
def blinks(state, blink):
    """Whether to overlook a place; the gap to the next blink is drawn, not each place's luck."""
    if blink == 0.0:
        return False
    state.number[UNTIL_BLINK] -= 1
    if state.number[UNTIL_BLINK] > 0:
        return False
    state.number[UNTIL_BLINK] = until_blink(state, blink)
    return True


@inner
def until_blink(state, blink):
    """Draw how many places are looked at up to and with the next that is overlooked."""
    return 1 + int(math.log(1.0 - uniform(state.rng)) / math.log(1.0 - blink))


@inner
def until_trip(data, state, tail):
    """Time segment of a vehicle up to the end of a trip, given by its last node; -1 when there is none."""
    if tail < 0:
        return 0, NEVER, UNLIMITED
    chain = state.chain[tail - data.n - data.slots]
    return chain[0], chain[1], chain[2]


@inner
def from_trip_on(data, state, seconds, early, late, head):
    """Seconds of a time segment with what its vehicle does from a trip on, given by its first node."""
    if head < 0:
        return seconds
    chain = state.chain[head - data.n]
    total, _, _ = join(seconds, early, late, 0, chain[3], chain[4], chain[5])
    return total


@inner
def displacing(data, state, v, u, c):
    """What it costs that a new client behind a node moves clients that have to keep their position."""
    if not data.pinned:
        return 0.0
    return data.pin_cost[0] * (displacement(data, state, v, u, c) - state.displaced[v])


@inner
def opening_cost(data, state, c, k, v, before, bound):
    """Cost of a new trip for one client; infinite when it breaks a rule or costs ``bound`` or more.

    Parameters
    ----------
    k, v
        Vehicle type, and vehicle.
    before
        The vehicle's trip after which the new one comes, or -1.
    """
    n, slots = data.n, data.slots
    if not data.allowed[c, k] or (data.home[c] >= 0 and data.home[c] != v):
        return np.inf
    start, end = n + data.first_slot[k], n + slots + data.first_slot[k]
    added = arc_to(data, k, c, start) + arc(data, k, c, end)
    cost = data.distance_cost[k] * added + data.preference[c, k] + change(data, c, v)
    tail, head = -1, -1
    if state.trips[v] == 0:
        cost += data.fixed_cost[k]
    elif before >= 0:
        tail = n + slots + before
        head = state.next[tail]
    else:
        head = state.head[v]
    if data.pinned:
        cost += displacing(data, state, v, tail if tail >= 0 else -2, c)
    if cost >= bound or state.trips[v] >= data.max_trips[k] or state.stops[v] >= data.max_stops[k]:
        return np.inf
    if state.travelled[v] + added > data.max_distance[k]:
        return np.inf
    for d in range(data.delivery.shape[1]):
        if max(data.delivery[c, d], data.pickup[c, d]) > data.capacity[k, d]:
            return np.inf
    ready = state.time[tail, READY] if tail >= 0 else data.leave_from[k]
    leaving = max(ready, data.release[c])
    out, back = drive_to(data, k, c, start), drive(data, k, c, end)
    row = hours_of(data, c, k)
    begin = service_start(data, row, arrival_at(data, k, c, start, leaving))
    until = data.back_until[k]
    if head >= 0:
        until = min(until, state.time[head, LATEST])
    if leaving > data.leave_until[k] or begin > UNLIMITED:
        return np.inf
    if arrival(data, k, c, end, begin + data.service[c, k]) > until:
        return np.inf
    if data.duration_matters[k]:
        goods = max(data.leave_from[k], data.release[c])
        seconds, early, late = until_trip(data, state, tail)
        seconds, early, late = join(seconds, early, late, 0, 0, goods, data.leave_until[k])
        windows = data.windows
        seconds, early, late = join(
            seconds, early, late, out, data.service[c, k], windows[row, 0, 0], windows[row, -1, 1]
        )
        seconds, early, late = join(seconds, early, late, back, 0, 0, data.back_until[k])
        seconds = from_trip_on(data, state, seconds, early, late, head)
        if seconds > data.max_duration[k]:
            return np.inf
        if state.trips[v] > 0:
            seconds -= state.seconds[v]
        cost += data.duration_cost[k] * seconds
    return cost if cost < bound else np.inf


@inner
def best_opening(data, state, c, best, where, blink, only):
    """Return the better of a place and the best new trip for a client, as `best_insertion` does.

    A new trip is offered after and before each trip near the client, to an idle vehicle of each type, and to the
    vehicles that a lock and the published plan name. The last trip that was found best is in ``state.offer``.
    """
    if data.trips:
        state.number[LOOKED] += 1
        for i in range(min(NEAR, data.neighbours.shape[1])):
            r = state.route[data.neighbours[c, i]]
            if r < 0 or state.seen[r] == state.number[LOOKED]:
                continue
            state.seen[r] = state.number[LOOKED]
            k, v = data.kind[r], state.vehicle[r]
            if state.trips[v] >= data.max_trips[k] or state.free_count[k] == 0:
                continue
            before = state.prev[data.n + r]
            if not blinks(state, blink):
                best, where = better_opening(data, state, c, k, v, r, best, where)
            if not blinks(state, blink):
                before = max(before - data.n - data.slots, -1)
                best, where = better_opening(data, state, c, k, v, before, best, where)
    for k in range(len(data.profile)):
        if (only in (k, ANY) or (only == FILL and where < 0)) and free_slot(data, state, k) >= 0:
            best, where = better_opening(data, state, c, k, idle_vehicle(data, state, k), -1, best, where)
    for v in (data.home[c], data.told_vehicle[c]):
        if v >= 0:
            k = vehicle_type(data, v)
            if state.free_count[k] == 0 or (state.trips[v] > 0 and not data.trips):
                continue
            best, where = better_opening(data, state, c, k, v, -1, best, where)
            if state.trips[v] > 0:
                node = state.head[v]
                while node >= 0:
                    best, where = better_opening(data, state, c, k, v, node - data.n, best, where)
                    node = state.next[data.slots + node]
    return where, best


@inner
def vehicle_type(data, v):
    """Return the type of a vehicle."""
    k = 0
    while data.first_vehicle[k + 1] <= v:
        k += 1
    return k


@inner
def better_opening(data, state, c, k, v, before, best, where):
    """Return the better of a place and a new trip, ``(cost, node before)``; the trip goes to ``state.offer`` too."""
    if v < 0:
        return best, where
    cost = opening_cost(data, state, c, k, v, before, best)
    if cost >= best:
        return best, where
    state.offer[0], state.offer[1] = v, before
    if not data.trips:
        return cost, data.n + v
    return cost, data.n + state.free[data.first_slot[k] + state.free_count[k] - 1]
