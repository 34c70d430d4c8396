"""Split: the cheapest way to cut a giant tour into routes of one vehicle type.

Prins, "A simple and effective evolutionary algorithm for the vehicle routing problem" (2004): a shortest path in the
graph whose arcs are the routes that serve consecutive clients, with no more arcs than there are vehicles.
"""

from __future__ import annotations

import numpy as np

from solver.search.evaluate import walked_cost
from solver.search.flags import on
from solver.search.kernel import inner
from solver.search.state import arc


@inner
def split(data, tour, most, longest):
    """Cut a tour into routes of the first vehicle type.

    Where more than load counts, a route is not tried when its beginning cannot stand alone.

    Parameters
    ----------
    tour
        Clients in order, shape ``(served,)``.
    most
        Routes at most.
    longest
        Clients of a route at most.

    Returns
    -------
    Where the routes end in the tour, ascending, shape ``(routes,)``. When they cannot serve all of it, the last one
    ends as far on as any can.
    """
    first, cost = _segments(data, tour, longest)
    ends = _cheapest_ends(first, cost)
    if len(ends) == 0 or len(ends) > most:
        return _limited_ends(first, cost, most)
    return ends


@inner
def _segments(data, tour, longest):
    """Return what the routes from each place of the tour on cost, and where those of a place begin."""
    length = len(tour)
    first = np.zeros(length + 1, np.int64)
    load = np.zeros((data.delivery.shape[1], 2), np.int64)
    end = 0
    for i in range(length):
        # As many clients as have room together; a window slides over the tour.
        while end < length and (end <= i or (end - i < longest and _has_room(data, load, tour[end]))):
            _load(data, load, tour[end], 1)
            end += 1
        first[i + 1] = first[i] + end - i
        _load(data, load, tour[i], -1)
    cost = np.full(first[length], np.inf)
    start, home = data.n, data.n + data.slots
    for i in range(length):
        metres, u = 0, start
        for j in range(i, i + first[i + 1] - first[i]):
            at = first[i] + j - i
            if on(data.timed):
                cost[at] = walked_cost(data, 0, start, home, tour[i : j + 1])
                if cost[at] == np.inf:
                    break
            else:
                metres += arc(data, 0, u, tour[j])
                u = tour[j]
                if j > i or _fits_alone(data, u):
                    cost[at] = data.fixed_cost[0] + data.distance_cost[0] * (metres + arc(data, 0, u, home))
    return first, cost


@inner
def _fits_alone(data, c):
    return data.delivery[c, 0] <= data.capacity[0, 0]


@inner
def _load(data, load, c, times):
    for d in range(len(load)):
        load[d, 0] += times * data.delivery[c, d]
        load[d, 1] += times * data.pickup[c, d]


@inner
def _has_room(data, load, c):
    for d in range(len(load)):
        room = data.capacity[0, d]
        if load[d, 0] + data.delivery[c, d] > room or load[d, 1] + data.pickup[c, d] > room:
            return False
    return True


@inner
def _cheapest_ends(first, cost):
    """Return the ends of the cheapest routes, however many; none when no routes serve the whole tour."""
    length = len(first) - 1
    reached = np.full(length + 1, np.inf)
    reached[0] = 0.0
    begin = np.full(length + 1, -1)
    for i in range(length):
        if reached[i] < np.inf:
            for at in range(first[i], first[i + 1]):
                j = i + 1 + at - first[i]
                if reached[i] + cost[at] < reached[j]:
                    reached[j], begin[j] = reached[i] + cost[at], i
    number, j = 0, length if reached[length] < np.inf else 0
    while j > 0:
        number += 1
        j = begin[j]
    ends = np.empty(number, np.int64)
    j = length
    for r in range(number - 1, -1, -1):
        ends[r] = j
        j = begin[j]
    return ends


@inner
def _limited_ends(first, cost, most):
    """Return the ends of the cheapest routes, so many at most, that serve as much of the tour as they can."""
    length = len(first) - 1
    begin = np.full((most + 1, length + 1), -1, np.int32)
    before = np.full(length + 1, np.inf)
    before[0] = 0.0
    number, reach, cheapest = 0, 0, 0.0
    for r in range(1, most + 1):
        here = np.full(length + 1, np.inf)
        for i in range(length):
            if before[i] < np.inf:
                for at in range(first[i], first[i + 1]):
                    j = i + 1 + at - first[i]
                    if before[i] + cost[at] < here[j]:
                        here[j], begin[r, j] = before[i] + cost[at], i
        for j in range(length, reach - 1, -1):
            if here[j] < np.inf:
                if j > reach or here[j] < cheapest:
                    number, reach, cheapest = r, j, here[j]
                break
        before = here
    ends = np.empty(number, np.int64)
    j = reach
    for r in range(number, 0, -1):
        ends[r - 1] = j
        j = begin[r, j]
    return ends
