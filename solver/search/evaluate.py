"""What a changed route would cost: in constant time from kept prefixes and suffixes, or exactly by walking it."""

from __future__ import annotations

import numpy as np

from solver.problem import UNLIMITED
from solver.search.clock import arrival, latest_departure
from solver.search.flags import on
from solver.search.kernel import inner
from solver.search.state import (
    LATEST,
    PRE_DELIVERY,
    PRE_DURATION,
    PRE_EARLY,
    PRE_LATE,
    PRE_PEAK,
    PRE_PICKUP,
    READY,
    SUF_DELIVERY,
    SUF_DURATION,
    SUF_EARLY,
    SUF_LATE,
    SUF_PEAK,
    arc,
    change,
    drive,
)
from solver.search.times import hours_of, join, latest_start, service_start

NOBODY = -1


@inner
def metres_cost(data, state, k, a, chain, b):
    """Cost of the route of `joined_cost` by metres and vehicle only, whether or not it breaks a rule."""
    metres = state.metres[a, 0] + state.metres[b, 1]
    u = a
    for c in chain:
        if c != NOBODY:
            metres += arc(data, k, u, c)
            u = c
    if u >= data.n and b >= data.n:
        return 0.0
    return data.fixed_cost[k] + data.distance_cost[k] * (metres + arc(data, k, u, b))


@inner
def joined_cost(data, state, k, a, chain, b, bound):
    """Cost of the route that follows its old way up to ``a``, then the chain, then on from ``b``.

    Parameters
    ----------
    k
        Vehicle type; the figures kept at ``a`` and ``b`` must be those of this type or of its kin.
    chain
        Three clients; `NOBODY` stands for fewer.
    bound
        A cost of this or more is of no interest.

    Returns
    -------
    The cost, infinite when it breaks a rule or reaches the bound. With several windows and a duration that matters,
    and in the whole build, it is not exact; `walked_cost` knows.
    """
    metres = state.metres[a, 0] + state.metres[b, 1]
    stops = state.position[a] + state.size[state.route[b]] + 1 - state.position[b]
    liking = 0.0
    if on(data.rich):
        liking = state.liking[a, 0] + state.liking[b, 1]
    u = a
    for c in chain:
        if c != NOBODY:
            metres += arc(data, k, u, c)
            stops += 1
            if on(data.rich):
                if not data.allowed[c, k]:
                    return np.inf
                liking += data.preference[c, k]
            u = c
    if stops == 0:
        return 0.0
    metres += arc(data, k, u, b)
    cost = data.fixed_cost[k] + data.distance_cost[k] * metres + liking
    if cost >= bound or metres > data.max_distance[k] or stops > data.max_stops[k]:
        return np.inf
    for d in range(data.delivery.shape[1]):
        before, behind = state.load[a, d], state.load[b, d]
        given, taken, peak = before[PRE_DELIVERY], before[PRE_PICKUP], before[PRE_PEAK]
        for c in chain:
            if c != NOBODY:
                more, back = data.delivery[c, d], data.pickup[c, d]
                peak = max(peak + more, taken + max(more, back))
                given += more
                taken += back
        peak = max(peak + behind[SUF_DELIVERY], taken + behind[SUF_PEAK])
        if peak > data.capacity[k, d]:
            return np.inf
    if on(data.timed) and data.clocked:
        now = state.time[a, READY]
        u = a
        for c in chain:
            if c != NOBODY:
                now = service_start(data, hours_of(data, c, k), arrival(data, k, u, c, now))
                if now > UNLIMITED:
                    return np.inf
                now += data.service[c, k]
                u = c
        if arrival(data, k, u, b, now) > state.time[b, LATEST]:
            return np.inf
    if on(data.rich) and data.duration_matters[k]:
        seconds = _joined_duration(data, state, k, a, chain, b)
        if seconds > data.max_duration[k]:
            return np.inf
        cost += data.duration_cost[k] * seconds
    return cost


@inner
def _joined_duration(data, state, k, a, chain, b):
    before, behind = state.time[a], state.time[b]
    seconds, early, late = before[PRE_DURATION], before[PRE_EARLY], before[PRE_LATE]
    u = a
    for c in chain:
        if c != NOBODY:
            row = hours_of(data, c, k)
            seconds, early, late = join(
                seconds, early, late, drive(data, k, u, c),
                data.service[c, k], data.windows[row, 0, 0], data.windows[row, -1, 1],
            )  # fmt: skip
            u = c
    seconds, early, late = join(
        seconds, early, late, drive(data, k, u, b), behind[SUF_DURATION], behind[SUF_EARLY], behind[SUF_LATE]
    )
    return seconds


@inner
def walked_cost(data, k, start, end, stops):
    """Cost of a route, walked stop by stop; infinite when it breaks a rule.

    Parameters
    ----------
    k
        Vehicle type.
    start, end
        Nodes of any slot of this type; the whole build, for single trips only, tells vehicles apart by it.
    stops
        Clients in order.
    """
    m = len(stops)
    if m == 0:
        return 0.0
    metres, liking = 0, 0.0
    slot = start - data.n
    goods = 0
    if on(data.whole):
        for i in range(m):
            c = stops[i]
            liking += change(data, c, slot)
            goods = max(goods, data.release[c])
            if (data.home[c] >= 0 and data.home[c] != slot) or (data.pin[c] >= 0 and data.pin[c] != i):
                return np.inf
    u = start
    for c in stops:
        if not data.allowed[c, k]:
            return np.inf
        metres += arc(data, k, u, c)
        liking += data.preference[c, k]
        u = c
    metres += arc(data, k, u, end)
    if m > data.max_stops[k] or metres > data.max_distance[k]:
        return np.inf
    for d in range(data.delivery.shape[1]):
        load = 0
        for c in stops:
            load += data.delivery[c, d]
        peak = load
        for c in stops:
            load += data.pickup[c, d] - data.delivery[c, d]
            peak = max(peak, load)
        if peak > data.capacity[k, d]:
            return np.inf
    cost = data.fixed_cost[k] + data.distance_cost[k] * metres + liking
    if on(data.timed) and data.clocked:
        leaving = max(data.leave_from[k], goods)
        if leaving > data.leave_until[k]:
            return np.inf
        now = leaving
        u = start
        for c in stops:
            now = service_start(data, hours_of(data, c, k), arrival(data, k, u, c, now))
            if now > UNLIMITED:
                return np.inf
            now += data.service[c, k]
            u = c
        finish = arrival(data, k, u, end, now)
        if finish > data.back_until[k]:
            return np.inf
        if data.duration_matters[k]:
            bound = now - data.service[u, k]
            if on(data.whole) and data.hourly:  # arrivals are rounded up, so it may end later and still be back then
                bound = latest_departure(data, k, u, end, finish) - data.service[u, k]
            for i in range(m - 1, -1, -1):
                bound = latest_start(data, hours_of(data, stops[i], k), bound)
                u = start if i == 0 else stops[i - 1]
                if on(data.whole) and data.hourly:
                    bound = latest_departure(data, k, u, stops[i], bound)
                else:
                    bound -= drive(data, k, u, stops[i])
                if i > 0:
                    bound -= data.service[u, k]
            seconds = finish - max(leaving, min(bound, data.leave_until[k]))
            if seconds > data.max_duration[k]:
                return np.inf
            cost += data.duration_cost[k] * seconds
    return cost
