"""What the options of a decision look like, and where a rollout stands: features free of scale, in about 0 to 1."""

from __future__ import annotations

import numpy as np

from solver.policy.environment import (
    METRES,
    NOW,
    STOPS,
    arc_cost,
    distance_left,
    prize,
    room_after,
    room_left,
    share,
    surroundings,
    time_left,
)
from solver.policy.kernel import inner
from solver.policy.layout import CANDIDATES


@inner
def bounded_cost(x):
    """Return ``x / (1 + x)``: from 0 for nothing to nearly 1 for much."""
    return x / (1.0 + x)


@inner
def step_features(world, k, i, j, rank, start, figures, loads, waiting, out):
    """Describe client ``j`` as the next after ``i``, the ``rank``-th nearest of those who can be, in that row."""
    a, b = world.place[i], world.place[j]
    cost = arc_cost(world, k, a, b)
    home_i, home_j = world.home[k, i], world.home[k, j]
    direct = home_i + world.out[k, j]
    out[rank, 0] = bounded_cost(cost / world.unit[i])
    out[rank, 1] = rank / CANDIDATES
    out[rank, 2] = min(max((direct - cost) / (direct + 1e-9), -1.0), 1.0)
    out[rank, 3] = bounded_cost(home_j / world.far[k])
    out[rank, 4] = min(max((home_j - home_i) / (cost + 1e-9), -1.0), 1.0)
    out[rank, 5] = room_after(world, k, j, loads)
    out[rank, 6] = world.load[j, k]
    out[rank, 7], out[rank, 8] = surroundings(world, k, j, waiting)
    p = world.profile[k]
    arrival = figures[NOW] + world.duration[p, a, b]
    finish = start + world.service[j, k] + world.duration[p, b, world.end[k]]
    out[rank, 9] = _of_day(world, start - arrival, 0.0)
    out[rank, 10] = _of_day(world, world.windows[j + world.hours[k], -1, 1] - start, 1.0)
    out[rank, 11] = time_left(world, k, finish)
    liking = world.preference[j, k]
    out[rank, 12] = liking / (abs(liking) + world.unit[i])
    out[rank, 13] = world.shared[j]
    out[rank, 14] = prize(world, k, j)
    metres = world.distance[p, a, b] + world.distance[p, b, world.end[k]]
    out[rank, 15] = distance_left(world, k, figures[METRES] + metres)


@inner
def _of_day(world, seconds, otherwise):
    if world.day[0] <= 0.0:
        return otherwise
    return share(seconds / world.day[0])


@inner
def seed_features(world, k, c, start, out, row):
    """Describe client ``c`` as the first of a route, but for what `seed_moment` describes."""
    a, b = world.start[k], world.place[c]
    p = world.profile[k]
    arrival = world.leave_from[k] + world.duration[p, a, b]
    out[row, 0] = bounded_cost(world.out[k, c] / world.far[k])
    out[row, 3] = world.load[c, k]
    windows = world.windows[c + world.hours[k]]
    out[row, 4] = _of_day(world, windows[0, 0], 0.0)
    out[row, 5] = _of_day(world, windows[-1, 1] - start, 1.0)
    out[row, 6] = world.shared[c]
    out[row, 7] = prize(world, k, c)
    liking = world.preference[c, k]
    out[row, 8] = liking / (abs(liking) + world.far[k])
    out[row, 10] = bounded_cost(world.home[k, c] / world.far[k])
    out[row, 11] = _of_day(world, start - arrival, 0.0)


@inner
def seed_moment(world, k, c, waiting, last, out, row):
    """Describe what changes from route to route; ``last`` is who was served last, negative for nobody."""
    out[row, 1], out[row, 2] = surroundings(world, k, c, waiting)
    out[row, 9] = 1.0
    if last >= 0:
        out[row, 9] = bounded_cost(arc_cost(world, k, world.place[last], world.place[c]) / world.far[k])


@inner
def kind_features(world, option, m, open_load, left, vehicles, queue, out):
    """Describe vehicle types as those that go next, each beside the others."""
    least, dear, second, far, fleet = 1e30, 1e-9, 1e-9, 1e-9, 0.0
    for o in range(m):
        k = option[o]
        least = min(least, world.loads[k])
        dear = max(dear, world.metre[k])
        second = max(second, world.second[k])
        far = max(far, world.far[k])
        fleet += vehicles[k] / world.loads[k]
    for o in range(m):
        k = option[o]
        able, reach, nearest = 0, 0.0, 1e30
        for q in range(left):
            c = queue[q]
            if world.allowed[c, k]:
                able += 1
                reach += world.out[k, c]
                nearest = min(nearest, world.out[k, c])
        if able == 0:
            nearest = far
        row = out[o]
        row[0] = least / world.loads[k]
        row[1] = world.fixed_cost[k] / (world.fixed_cost[k] + 4.0 * world.far[k])
        row[2] = world.metre[k] / dear
        row[3] = world.second[k] / second
        row[4] = vehicles[k] / max(world.count[k], 1)
        row[5] = able / left
        row[6] = bounded_cost(open_load[k])
        row[7] = bounded_cost(reach / max(able, 1) / far)
        row[8] = bounded_cost(nearest / far)
        row[9] = time_left(world, k, world.leave_from[k])
        row[10] = bounded_cost(vehicles[k] / world.loads[k] / max(fleet, 1e-9))


@inner
def _constants(world, k, open_load, left, vehicles, out):
    need = open_load[k]
    out[6] = left / world.n
    out[7] = vehicles[k] / (vehicles[k] + need + 1e-9)
    out[8] = world.n / (world.n + 10.0 * world.loads[k])
    out[9] = np.log(world.n) / 8.0
    out[10] = 1.0 if world.day[0] > 0.0 else 0.0
    out[11] = world.fixed_cost[k] / (world.fixed_cost[k] + 4.0 * world.far[k])


@inner
def depot_context(world, k, open_load, left, vehicles, out):
    """Describe how things stand before a route begins."""
    out[:] = 0.0
    out[0] = 1.0
    out[1] = 1.0 / (1.0 + open_load[k])
    out[2] = time_left(world, k, world.leave_from[k])
    out[3] = 1.0
    _constants(world, k, open_load, left, vehicles, out)


@inner
def step_context(world, k, c, figures, loads, open_load, left, vehicles, out):
    """Describe how things stand after client ``c`` is served."""
    room = room_left(world, k, loads)
    out[0] = room
    out[1] = room / (room + open_load[k] + 1e-9)
    out[2] = time_left(world, k, figures[NOW])
    out[3] = distance_left(world, k, figures[METRES])
    out[4] = figures[STOPS] / (figures[STOPS] + 8.0)
    out[5] = bounded_cost(world.home[k, c] / world.far[k])
    _constants(world, k, open_load, left, vehicles, out)
    out[12] = bounded_cost(figures[METRES] * world.metre[k] / (4.0 * world.far[k]))
