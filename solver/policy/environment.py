"""Where a rollout stands, what it may do next, and what that looks like: the rules of the problem, append by append.

A route grows at its end only, so its figures are a few numbers: the time, metres, stops, loads, and a time segment.
"""

from __future__ import annotations

from solver.policy.kernel import inner
from solver.policy.layout import CLOSE
from solver.problem import UNLIMITED
from solver.search.times import join, service_start

# Entries of a route's figures; the last three are its time segment.
NOW, METRES, STOPS, SEGMENT, EARLY, LATE = range(6)
FIGURES = 6
# Columns of a route's loads, a row for each dimension.
DELIVERED, PICKED, PEAK = range(3)


@inner
def leave_depot(world, k, figures, loads):
    """Begin a route with a vehicle of type ``k``."""
    figures[NOW], figures[METRES], figures[STOPS] = world.leave_from[k], 0, 0
    figures[SEGMENT], figures[EARLY], figures[LATE] = 0, world.leave_from[k], world.leave_until[k]
    loads[:] = 0


@inner
def begin_service(world, k, a, c, figures, loads):
    """Return when service of client ``c`` would begin after place ``a``, or -1 where a rule forbids it."""
    if not world.allowed[c, k] or figures[STOPS] >= world.max_stops[k]:
        return -1
    for d in range(loads.shape[0]):
        peak = max(loads[d, PEAK] + world.delivery[c, d], loads[d, PICKED] + world.pickup[c, d])
        if peak > world.capacity[k, d]:
            return -1
    p, b, end = world.profile[k], world.place[c], world.end[k]
    metres, rest = world.distance[p, a, b], world.distance[p, b, end]
    if metres >= world.forbidden or rest >= world.forbidden:
        return -1
    if figures[METRES] + metres + rest > world.max_distance[k]:
        return -1
    leg, back = world.duration[p, a, b], world.duration[p, b, end]
    if figures[STOPS] == 0 and figures[NOW] > figures[LATE]:
        return -1
    start = service_start(world, c + world.hours[k], figures[NOW] + leg)
    if start > UNLIMITED or start + world.service[c, k] + back > world.back_until[k]:
        return -1
    if world.max_duration[k] < UNLIMITED:
        length, early, late = _joined(world, k, c, leg, figures)
        length, early, late = join(length, early, late, back, 0, 0, world.back_until[k])
        if length > world.max_duration[k]:
            return -1
    return start


@inner
def _joined(world, k, c, leg, figures):
    row = c + world.hours[k]
    return join(
        figures[SEGMENT], figures[EARLY], figures[LATE], leg,
        world.service[c, k], world.windows[row, 0, 0], world.windows[row, -1, 1],
    )  # fmt: skip


@inner
def append(world, k, a, c, start, figures, loads):
    """Serve client ``c``, whose service begins at ``start``, after place ``a``."""
    p, b = world.profile[k], world.place[c]
    figures[SEGMENT], figures[EARLY], figures[LATE] = _joined(world, k, c, world.duration[p, a, b], figures)
    figures[NOW] = start + world.service[c, k]
    figures[METRES] += world.distance[p, a, b]
    figures[STOPS] += 1
    for d in range(loads.shape[0]):
        loads[d, PEAK] = max(loads[d, PEAK] + world.delivery[c, d], loads[d, PICKED] + world.pickup[c, d])
        loads[d, DELIVERED] += world.delivery[c, d]
        loads[d, PICKED] += world.pickup[c, d]


@inner
def route_cost(world, k, a, figures):
    """Return what a route costs that ends after place ``a``, preferences and prizes aside."""
    p, end = world.profile[k], world.end[k]
    length, _, _ = join(
        figures[SEGMENT], figures[EARLY], figures[LATE], world.duration[p, a, end], 0, 0, world.back_until[k]
    )
    metres = figures[METRES] + world.distance[p, a, end]
    return world.fixed_cost[k] + world.distance_cost[k] * metres + world.duration_cost[k] * length


@inner
def arc_cost(world, k, a, b):
    """Return what it counts to go from place ``a`` to place ``b``; an arc that may not be used counts little."""
    p = world.profile[k]
    if world.distance[p, a, b] >= world.forbidden:
        return 0.0
    return world.metre[k] * world.distance[p, a, b] + world.second[k] * world.duration[p, a, b]


@inner
def room_left(world, k, loads):
    """Return the share of the capacity that is left, of the dimension where it is least."""
    least = 1.0
    for d in range(loads.shape[0]):
        if world.capacity[k, d] > 0:
            least = min(least, (world.capacity[k, d] - loads[d, PEAK]) / world.capacity[k, d])
    return least


@inner
def room_after(world, k, c, loads):
    """Return the same once client ``c`` is served too."""
    least = 1.0
    for d in range(loads.shape[0]):
        if world.capacity[k, d] > 0:
            peak = max(loads[d, PEAK] + world.delivery[c, d], loads[d, PICKED] + world.pickup[c, d])
            least = min(least, (world.capacity[k, d] - peak) / world.capacity[k, d])
    return least


@inner
def time_left(world, k, now):
    """Return the share of the working day from ``now`` until the vehicle has to be back, 1 where time is no matter."""
    if world.day[0] <= 0.0:
        return 1.0
    return share((world.back_until[k] - now) / world.day[0])


@inner
def distance_left(world, k, metres):
    """Return the share of the greatest distance that is left, 1 where there is none."""
    if world.max_distance[k] >= UNLIMITED or world.max_distance[k] <= 0:
        return 1.0
    return share((world.max_distance[k] - metres) / world.max_distance[k])


@inner
def surroundings(world, k, c, waiting):
    """Return the share of a client's closest neighbours that still wait, and what it is to the nearest of them."""
    width = min(world.neighbours.shape[1], CLOSE)
    left, nearest = 0, 1.0
    for g in range(width):  # a sum without a branch: who still waits is hard to predict
        other = world.neighbours[c, g]
        left += waiting[other] & (other != c)
    if left > 0:
        g = 0
        while not waiting[world.neighbours[c, g]] or world.neighbours[c, g] == c:
            g += 1
        cost = arc_cost(world, k, world.place[c], world.place[world.neighbours[c, g]])
        nearest = cost / (cost + world.unit[c])
    return left / width, nearest


@inner
def prize(world, k, c):
    """Return how much an optional client is worth, from 0 to 1, which is what a required one is."""
    if world.required[c]:
        return 1.0
    return world.absent_cost[c] / (world.absent_cost[c] + world.far[k])


@inner
def share(x):
    """Return a number cut to what is between 0 and 1."""
    return min(max(x, 0.0), 1.0)
