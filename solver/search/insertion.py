"""Insertion: the best place for a client, and greedy recreation with blinks.

Recreation is that of Christiaens and Vanden Berghe, "Slack induction by string removals" (2020), section 3.2.
"""

from __future__ import annotations

import numpy as np

from solver.search.clock import least_only
from solver.search.figures import holds, refresh_after
from solver.search.flags import on
from solver.search.kernel import inner
from solver.search.openings import (
    ANY,
    FILL,
    NEAR,
    best_opening,
    better_opening,
    until_blink,
)
from solver.search.places import fits_route, insertion_cost
from solver.search.planar import in_plane
from solver.search.rng import below, uniform
from solver.search.state import (
    ABSENT,
    ABSENT_COUNT,
    LOG_LENGTH,
    SETTLER,
    STAMP,
    TOUCHED,
    UNTIL_BLINK,
    free_slot,
    link,
    unlink,
)

BLINK = 0.01
"""Chance that a place is overlooked."""

THOROUGH = 0.05
"""Chance that a client without a place beside its neighbours is offered every place."""

WHIM = 0.1
"""Chance that an idle vehicle must be of a type drawn at random."""

THRIFT = 0.3
"""Chance, while clients are left out, that a client takes an idle vehicle only where it fits nowhere else."""

MOST_MEMBERS = 12
"""Members of a group of which the best is inserted."""

EXTRA_ABSENT = 8
"""Clients left out earlier that a recreation tries again."""

COMPANY = 16
"""Of a client that is served whatever it costs, the absent neighbours that are tried with it."""


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
        The vehicle type of which an idle vehicle may be taken, or `ANY`, or `FILL`.
    """
    best, where = _best_beside(data, state, c, bound, blink)
    if where == ABSENT and thorough:
        best, where = _best_anywhere(data, state, c, best)
    if on(data.whole):
        return best_opening(data, state, c, best, where, blink, only)
    any_type = only == ANY or (only == FILL and where == ABSENT)
    for k in range(len(data.profile)):
        r = free_slot(data, state, k) if any_type or only == k else ABSENT
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
        if on(data.whole) and data.pinned:
            liking = -np.inf  # a client here may bring others back to their positions
        if data.profile[k] != p:
            p = data.profile[k]
            out, into = data.distance[p, at], data.distance_to[p, at]
            near_out, near_into = data.near_out[p, c], data.near_into[p, c]
        a, v = state.prev[b], state.next[b]
        onward = in_plane(data, c, v) if on(data.planar) else out[data.place[v]]
        cost = data.distance_cost[k] * (near_into[i] + onward - state.onward[b]) + liking
        overlook -= 1
        if cost < best and overlook != 0:
            if on(data.timed):
                cost = insertion_cost(data, state, c, b, best)
            if cost < best:
                best, where = cost, b
        inward = in_plane(data, c, a) if on(data.planar) else into[data.place[a]]
        cost = data.distance_cost[k] * (inward + near_out[i] - state.onward[a]) + liking
        overlook -= 1
        if cost < best and overlook != 0:
            if on(data.timed):
                cost = insertion_cost(data, state, c, a, best)
            if cost < best:
                best, where = cost, a
        if overlook <= 0:
            overlook = until_blink(state, blink)
    if blink > 0.0:
        state.number[UNTIL_BLINK] = overlook
    return best, where


@inner
def best_member(data, state, c, bound, blink, thorough, only):
    """Return who of a client's group is best inserted, and behind which node, or ``(c, ABSENT)``.

    A new trip is planned for the slot it is offered in, so that `link` can follow at once. The bound on the cost is
    that of `best_insertion`. Of large groups only some members are tried, drawn anew each time.
    """
    one, where, best, v, before = c, ABSENT, bound, -1, -1
    g = data.group[c]
    first, size = 0, 1
    if g >= 0:
        first = data.group_first[g]
        size = data.group_first[g + 1] - first
    tries = min(size, MOST_MEMBERS)
    offset = below(state.rng, size) if tries < size else 0
    for i in range(tries):
        m = c if g < 0 else data.group_member[first + (offset + i) % size]
        place, cost = best_insertion(data, state, m, best, blink, thorough, only)
        if place != ABSENT:
            one, where, best = m, place, cost
            v, before = state.offer[0], state.offer[1]
    if data.trips and where >= data.n and state.size[where - data.n] == 0:
        state.plan[where - data.n, 0], state.plan[where - data.n, 1] = v, before
    return one, where


@inner
def _best_anywhere(data, state, c, bound):
    best, where = bound, ABSENT
    for r in range(data.slots):
        if on(data.whole) and data.trips and state.size[r] > 0 and state.free_count[data.kind[r]] > 0:
            best, where = better_opening(data, state, c, data.kind[r], state.vehicle[r], r, best, where)
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
def note(data, state, c, before):
    """Write a change into the log; a removal before it is made."""
    at = state.number[LOG_LENGTH]
    if on(data.whole) and data.trips and before != ABSENT:
        r = state.route[c]
        tail = state.prev[data.n + r]
        state.undo_plan[at, 0] = state.vehicle[r]
        state.undo_plan[at, 1] = tail - data.n - data.slots if tail >= 0 else -1
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
    count = 0
    for i in range(state.number[LOG_LENGTH]):
        c = state.log[i, 0]
        if state.route[c] == ABSENT:  # others have another vehicle only
            state.pool[count] = c
            count += 1
    fresh = count
    crowded = absent > fresh
    if crowded:
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
    settler = state.number[SETTLER]
    if settler >= 0:
        count = _add_company(data, state, settler, count)
    sort_pool(data, state, count)
    for i in range(-1 if settler >= 0 else 0, count):
        c = state.pool[i] if i >= 0 else settler
        if state.route[c] != ABSENT:
            continue
        bound = data.absent_cost[c] if i >= 0 else np.inf
        # The cheapest vehicle for one client may be too small for a good route: now and then, any type will do.
        only = below(state.rng, types) if types > 1 and uniform(state.rng) < WHIM else ANY
        if crowded and uniform(state.rng) < THRIFT:
            only = FILL
        thorough = uniform(state.rng) < THOROUGH
        if on(data.whole):
            if data.group[c] >= 0 and state.chosen[data.group[c]] >= 0:
                continue
            c, where = best_member(data, state, c, bound, blink, thorough, only)
        else:
            where, _ = best_insertion(data, state, c, bound, blink, thorough, only)
        if where == ABSENT:
            continue
        link(data, state, c, where)
        r = state.route[c]
        touch(state, r)
        if on(data.timed):
            after = state.next[c]
            refresh_after(data, state, r, where, after)
            # The duration may have been a lower bound, and only now is it known.
            if least_only(data) and not holds(data, state, r):
                unlink(data, state, c)
                refresh_after(data, state, r, where, after)
                continue
        note(data, state, c, ABSENT)


@inner
def _add_company(data, state, settler, count):
    """Add absent neighbours of a client to the pool; return how many are in it now."""
    most = count + COMPANY
    for i in range(data.neighbours.shape[1]):
        c = data.neighbours[settler, i]
        if count == most:
            break
        # Of a group the one who speaks for it is on the list of the absent.
        if state.absent_at[c] >= 0 and data.servable[c] and c != settler and not _just_removed(state, c, count):
            state.pool[count] = c
            count += 1
    return count


@inner
def _just_removed(state, c, count):
    """Whether a client is among the first of the pool."""
    for i in range(count):  # noqa: SIM110  # numba has no any()
        if state.pool[i] == c:
            return True
    return False


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
