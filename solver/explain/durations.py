"""How long routes last when one more client is inserted, for routes where nobody is late then."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from solver.explain.alone import first_start, last_start
from solver.explain.clock import arrivals, latest_departures
from solver.explain.places import NEVER, Places
from solver.problem import OPEN, Problem

IntArray = NDArray[np.int64]


def seconds_with(problem: Problem, places: Places, index: IntArray, client: IntArray) -> IntArray:
    """Return the durations of routes with one more client, as `solver.problem.check` has them.

    Parameters
    ----------
    problem
        The problem.
    places
        Positions of a plan.
    index, client
        Shape ``(pairs,)``: at which position stands which client. Nobody may be late in what comes out.

    Returns
    -------
    ndarray
        Shape ``(pairs,)``, seconds.
    """
    clients, vehicles, depots = problem.clients, problem.vehicles, problem.depots
    row, position, kind = places.route[index], places.position[index], places.kind[index]
    length, profile = places.length[row], vehicles.profile[kind]
    hours = vehicles.window_profile[kind]
    travel = problem.travel

    # Forward from the new client, as early as possible.
    here = clients.location[client]
    arrival = arrivals(travel, profile, places.before[index], here, places.departure[index])
    start = first_start(arrival, clients.windows[client, hours])
    leaves = start + clients.service[client, kind]
    for step in range(int((length - position).max(initial=0))):
        active = position + step < length
        stop = places.stops[row, np.minimum(position + step, length - 1)]
        there = clients.location[stop]
        begins = first_start(arrivals(travel, profile, here, there, leaves), clients.windows[stop, hours])
        start = np.where(active, begins, start)
        leaves = np.where(active, begins + clients.service[stop, kind], leaves)
        here = np.where(active, there, here)
    last = vehicles.end_depot[kind]
    home = depots.location[np.maximum(last, 0)]
    end = np.where(last == OPEN, leaves, arrivals(travel, profile, here, home, leaves))

    # Backward: how late may the vehicle leave so that it still ends then?
    depot = depots.location[vehicles.start_depot[kind]]
    service = leaves - start
    bound = np.where(last == OPEN, start, latest_departures(travel, profile, here, home, end) - service)
    for step in range(int(length.max(initial=0)) + 1):
        turn = length - step
        active = turn >= 0
        visit = _visit(places, row, position, client, turn)
        previous = _visit(places, row, position, client, turn - 1)
        origin = np.where(turn > 0, clients.location[previous], depot)
        begins = last_start(bound, clients.windows[visit, hours], NEVER)
        leaves = latest_departures(travel, profile, origin, clients.location[visit], begins)
        bound = np.where(active, leaves - np.where(turn > 0, clients.service[previous, kind], 0), bound)
    first = vehicles.start_depot[kind]
    opening = np.maximum(vehicles.shift_start[kind], depots.opening[first])
    return end - np.maximum(opening, np.minimum(bound, depots.closing[first]))


def _visit(places: Places, row: IntArray, position: IntArray, client: IntArray, turn: IntArray) -> IntArray:
    """Return the client that is visited at a turn of a route into which another is inserted."""
    old = np.clip(turn - (turn > position), 0, places.stops.shape[1] - 1)
    return np.where(turn == position, client, places.stops[row, old])
