"""Insertion: what it costs to put a client somewhere, the best place for it, and greedy recreation with blinks.

Recreation is that of Christiaens and Vanden Berghe, "Slack induction by string removals" (2020), section 3.2.
"""

from __future__ import annotations

import math

import numpy as np

from solver.problem import UNLIMITED
from solver.search.figures import holds, join, refresh, refresh_after, service_start
from solver.search.flags import on
from solver.search.kernel import inner, kernel
from solver.search.rng import below, uniform
from solver.search.state import (
    ABSENT,
    ABSENT_COUNT,
    LATEST,
    LOG_LENGTH,
    PRE_DURATION,
    PRE_EARLY,
    PRE_LATE,
    PRE_PEAK,
    PRE_PICKUP,
    READY,
    STAMP,
    SUF_DELIVERY,
    SUF_DURATION,
    SUF_EARLY,
    SUF_LATE,
    SUF_PEAK,
    TOUCHED,
    UNTIL_BLINK,
    arc,
    arc_to,
    drive,
    drive_to,
    free_slot,
    link,
    unlink,
)

BLINK = 0.01
"""Chance that a place is overlooked."""

NEAR = 30
"""Neighbours beside which a place is sought first."""

THOROUGH = 0.05
"""Chance that a client without a place beside its neighbours is offered every place."""

WHIM = 0.1
"""Chance that an idle vehicle must be of a type drawn at random."""

ANY = -1
"""Stands for every vehicle type."""

EXTRA_ABSENT = 8
"""Clients left out earlier that a recreation tries again."""


@inner
def fits_route(data, state, c, r):
    """Whether a route could take a client anywhere at all, by what does not depend on the place."""
    k = data.kind[r]
    if not on(data.rich):
        return state.route_load[r, 0, 0] + data.delivery[c, 0] <= data.capacity[k, 0]
    if not data.allowed[c, k] or state.size[r] >= data.max_stops[k]:
        return False
    for d in range(data.delivery.shape[1]):
        room = data.capacity[k, d]
        if (
            state.route_load[r, d, 0] + data.delivery[c, d] > room
            or state.route_load[r, d, 1] + data.pickup[c, d] > room
        ):
            return False
    return True


@inner
def insertion_cost(data, state, c, u, bound):
    """Cost of putting client ``c`` behind node ``u``; infinite when it breaks a rule or costs ``bound`` or more.

    `fits_route` must hold for the route of ``u``. A longer route is taken to last no shorter.
    """
    v, r = state.next[u], state.route[u]
    k = data.kind[r]
    empty = state.size[r] == 0
    added = arc_to(data, k, c, u) + arc(data, k, c, v) - state.onward[u]
    cost = data.distance_cost[k] * added
    if empty:
        cost += data.fixed_cost[k]
    if on(data.rich):
        cost += data.preference[c, k]
    if cost >= bound:
        return np.inf
    if on(data.timed) and data.clocked:
        start = service_start(data, c, state.time[u, READY] + drive_to(data, k, c, u))
        if start > UNLIMITED or start + data.service[c, k] + drive(data, k, c, v) > state.time[v, LATEST]:
            return np.inf
    if on(data.rich):
        if data.mixed and not _load_fits(data, state, c, u, v, k):
            return np.inf
        if state.length[r] + added > data.max_distance[k]:
            return np.inf
        if data.duration_matters[k]:
            seconds = _duration_with(data, state, c, u, v, k)
            if seconds > data.max_duration[k]:
                return np.inf
            if not empty:
                seconds -= state.time[data.n + data.slots + r, PRE_DURATION]
            cost += data.duration_cost[k] * seconds
            if cost >= bound:
                return np.inf
    return cost


@inner
def _load_fits(data, state, c, u, v, k):
    for d in range(data.delivery.shape[1]):
        given, taken = data.delivery[c, d], data.pickup[c, d]
        before, behind = state.load[u, d], state.load[v, d]
        room = data.capacity[k, d]
        onward = before[PRE_PICKUP] + max(given, taken) + behind[SUF_DELIVERY]
        if before[PRE_PEAK] + given + behind[SUF_DELIVERY] > room or onward > room:
            return False
        if before[PRE_PICKUP] + taken + behind[SUF_PEAK] > room:
            return False
    return True


@inner
def _duration_with(data, state, c, u, v, k):
    before, behind = state.time[u], state.time[v]
    windows = data.windows
    reach, early, late = join(
        before[PRE_DURATION], before[PRE_EARLY], before[PRE_LATE], drive_to(data, k, c, u),
        data.service[c, k], windows[c, 0, 0], windows[c, -1, 1],
    )  # fmt: skip
    total, _, _ = join(
        reach, early, late, drive(data, k, c, v), behind[SUF_DURATION], behind[SUF_EARLY], behind[SUF_LATE]
    )
    return total


@inner
def best_insertion(data, state, c, bound, blink, thorough, only):
    """Return the best place for a client, ``(node before it, cost)``, or ``(ABSENT, bound)`` if none costs less.

    Parameters
    ----------
    c
        An absent client.
    bound
        Places that cost this or more are of no interest.
    blink
        Chance to overlook a place.
    thorough
        Whether to look everywhere when there is no place beside a near neighbour.
    only
        The vehicle type of which an idle vehicle may be taken, or `ANY`.
    """
    best, where = _best_beside(data, state, c, bound, blink)
    if where == ABSENT and thorough:
        best, where = _best_anywhere(data, state, c, best)
    for k in range(len(data.profile)):
        r = free_slot(data, state, k) if only in (k, ANY) else ABSENT
        if r >= 0 and fits_route(data, state, c, r):
            cost = insertion_cost(data, state, c, data.n + r, best)
            if cost < best:
                best, where = cost, data.n + r
    return where, best


@inner
def _best_beside(data, state, c, bound, blink):
    """Return the cheapest place beside a near neighbour as ``(cost, node before it)``, or ``(bound, ABSENT)``.

    The search spends most of its time in this loop, so metres come first, and all else only where they promise.
    """
    best, where = bound, ABSENT
    at, load = data.place[c], data.delivery[c, 0]
    overlook = state.number[UNTIL_BLINK] if blink > 0.0 else 1 << 40
    near = data.neighbours[c]
    p = 0
    out, into, near_out, near_into = (
        data.distance[0, at],
        data.distance_to[0, at],
        data.near_out[0, c],
        data.near_into[0, c],
    )
    for i in range(len(near)):
        if i >= NEAR and where != ABSENT:
            break
        b = near[i]
        r = state.route[b]
        if r < 0 or state.room[r] < load:
            continue
        k = data.kind[r]
        liking = 0.0
        if on(data.rich):
            if not fits_route(data, state, c, r):
                continue
            liking = data.preference[c, k]
        if data.profile[k] != p:
            p = data.profile[k]
            out, into = data.distance[p, at], data.distance_to[p, at]
            near_out, near_into = data.near_out[p, c], data.near_into[p, c]
        a, v = state.prev[b], state.next[b]
        cost = data.distance_cost[k] * (near_into[i] + out[data.place[v]] - state.onward[b]) + liking
        overlook -= 1
        if cost < best and overlook != 0:
            cost = _price(data, state, c, b, v, k, cost, best)
            if cost < best:
                best, where = cost, b
        cost = data.distance_cost[k] * (into[data.place[a]] + near_out[i] - state.onward[a]) + liking
        overlook -= 1
        if cost < best and overlook != 0:
            cost = _price(data, state, c, a, b, k, cost, best)
            if cost < best:
                best, where = cost, a
        if overlook <= 0:
            overlook = _until_blink(state, blink)
    if blink > 0.0:
        state.number[UNTIL_BLINK] = overlook
    return best, where


@inner
def _price(data, state, c, u, v, k, cost, bound):
    """Return the full cost of a place whose metres are known: infinite when it breaks a rule or reaches the bound."""
    if on(data.rich):
        return insertion_cost(data, state, c, u, bound)
    if on(data.timed) and data.clocked:
        start = service_start(data, c, state.time[u, READY] + drive_to(data, k, c, u))
        if start > UNLIMITED or start + data.service[c, k] + drive(data, k, c, v) > state.time[v, LATEST]:
            return np.inf
    return cost


@inner
def _until_blink(state, blink):
    """Draw how many places are looked at up to and with the next that is overlooked."""
    return 1 + int(math.log(1.0 - uniform(state.rng)) / math.log(1.0 - blink))


@inner
def _best_anywhere(data, state, c, bound):
    best, where = bound, ABSENT
    for r in range(data.slots):
        if state.size[r] > 0 and fits_route(data, state, c, r):
            u = data.n + r
            while u < data.n or u == data.n + r:
                cost = insertion_cost(data, state, c, u, best)
                if cost < best:
                    best, where = cost, u
                u = state.next[u]
    return best, where


@inner
def touch(state, r):
    """Remember that a route has changed since the log was begun."""
    if state.stamp[r] != state.number[STAMP]:
        state.stamp[r] = state.number[STAMP]
        state.touched[state.number[TOUCHED]] = r
        state.number[TOUCHED] += 1


@inner
def note(state, c, before):
    """Write a change into the log."""
    at = state.number[LOG_LENGTH]
    state.log[at, 0], state.log[at, 1] = c, before
    state.number[LOG_LENGTH] += 1


@inner
def recreate(data, state, blink):
    """Insert absent clients greedily, in an order drawn at random from those that SISR names.

    All absent clients that were just removed are tried, and a few of those left out before. An optional client is
    inserted only where that costs less than its prize.
    """
    types = len(data.profile)
    absent = state.number[ABSENT_COUNT]
    fresh = state.number[LOG_LENGTH]
    count = 0
    for i in range(fresh):
        state.pool[count] = state.log[i, 0]
        count += 1
    if absent > fresh:
        older = absent - fresh
        if older <= EXTRA_ABSENT:
            for i in range(absent):
                c = state.absent[i]
                if data.servable[c] and not _just_removed(state, c, fresh):
                    state.pool[count] = c
                    count += 1
        else:
            for _ in range(EXTRA_ABSENT):
                c = state.absent[below(state.rng, absent)]
                if data.servable[c] and not _just_removed(state, c, count):
                    state.pool[count] = c
                    count += 1
    sort_pool(data, state, count)
    for i in range(count):
        c = state.pool[i]
        if state.route[c] != ABSENT:
            continue
        # The cheapest vehicle for one client may be too small for a good route: now and then, any type will do.
        only = below(state.rng, types) if types > 1 and uniform(state.rng) < WHIM else ANY
        where, _ = best_insertion(data, state, c, data.absent_cost[c], blink, uniform(state.rng) < THOROUGH, only)
        if where == ABSENT:
            continue
        link(data, state, c, where)
        r = state.route[c]
        touch(state, r)
        if on(data.timed):
            after = state.next[c]
            refresh_after(data, state, r, where, after)
            # Several windows: the duration was a lower bound, and only now is it known.
            if data.windows.shape[1] > 1 and not holds(data, state, r):
                unlink(data, state, c)
                refresh_after(data, state, r, where, after)
                continue
        note(state, c, ABSENT)


@inner
def _just_removed(state, c, count):
    """Whether a client is among the first of the pool."""
    for i in range(count):  # noqa: SIM110  # numba has no any()
        if state.pool[i] == c:
            return True
    return False


@kernel
def insert_all(data, state, blink, only):
    """Insert every absent client once; a constructive start, and the repair of what crossover leaves out.

    Parameters
    ----------
    blink
        Chance to overlook a place.
    only
        The vehicle type of which idle vehicles are taken, or `ANY`.
    """
    count = 0
    for i in range(state.number[ABSENT_COUNT]):
        c = state.absent[i]
        if data.servable[c]:
            state.pool[count] = c
            count += 1
    sort_pool(data, state, count)
    for i in range(count):
        c = state.pool[i]
        where, _ = best_insertion(data, state, c, data.absent_cost[c], blink, True, only)
        if where == ABSENT:
            continue
        link(data, state, c, where)
        r = state.route[c]
        refresh(data, state, r)
        if data.windows.shape[1] > 1 and not holds(data, state, r):
            unlink(data, state, c)
            refresh(data, state, r)


@inner
def sort_pool(data, state, count):
    """Order the pool at random, by load, by distance from the depot, or by time windows."""
    draw = below(state.rng, 17 if on(data.timed) else 11)
    key = -1
    if draw >= 4:
        key = 0
    if draw >= 8:
        key = 1
    if draw >= 10:
        key = 2
    if draw >= 11:
        key = 3 + (draw - 11) // 2
    for i in range(count):
        state.pool_key[i] = uniform(state.rng) if key < 0 else data.order_keys[state.pool[i], key]
    # Shell sort: as good as any on the usual dozen, good enough on all clients, and compiled in no time.
    gap = 1
    while gap < count // 3:
        gap = 3 * gap + 1
    while gap > 0:
        for i in range(gap, count):
            c, value = state.pool[i], state.pool_key[i]
            j = i
            while j >= gap and state.pool_key[j - gap] > value:
                state.pool[j], state.pool_key[j] = state.pool[j - gap], state.pool_key[j - gap]
                j -= gap
            state.pool[j], state.pool_key[j] = c, value
        gap //= 3
