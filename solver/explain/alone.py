"""What stands against a vehicle that serves one client and nobody else. It is certain, whatever the plan."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from solver.explain.clock import arrivals, latest_departures
from solver.explain.reason import Code
from solver.problem import OPEN, UNREACHABLE, Problem

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]


@dataclass(frozen=True)
class Alone:
    """Tours of one stop, per client and vehicle type.

    Parameters
    ----------
    code
        Shape ``(clients, types)``, index into `CODES` of the first thing that stands against it; ``len(CODES)``
        when nothing does.
    amount
        Shape ``(clients, types)``, by how much, in the code's unit.
    cost
        Shape ``(clients, types)``, cost of the tour; it means nothing where something stands against it.
    """

    code: IntArray
    amount: IntArray
    cost: FloatArray

    @property
    def possible(self) -> NDArray[np.bool_]:
        """Shape ``(clients, types)``; where nothing stands against it."""
        return np.equal(self.code, len(CODES))


CODES = (
    Code.NOT_ALLOWED,
    Code.NO_ROAD,
    Code.TOO_LARGE,
    Code.WINDOW_CLOSED,
    Code.WINDOW_UNREACHABLE,
    Code.SHIFT_TOO_SHORT,
    Code.DEPOT_CLOSED,
    Code.TOO_FAR,
    Code.TOO_LONG,
    Code.NO_STOPS,
    Code.NO_VEHICLE,
)
"""In the order in which they are looked for: a later one is only named where no earlier one holds."""


def served_alone(problem: Problem, chosen: IntArray) -> Alone:
    """Send every vehicle type to each of some clients, as `solver.problem.check` does it.

    Parameters
    ----------
    problem
        The problem.
    chosen
        Shape ``(clients,)``, indices of clients.
    """
    clients, vehicles, depots, travel = problem.clients, problem.vehicles, problem.depots, problem.travel
    first, last = vehicles.start_depot, vehicles.end_depot
    closed = last != OPEN
    profile, here = vehicles.profile[None, :], clients.location[chosen][:, None]
    there, back = depots.location[first][None, :], depots.location[np.where(closed, last, 0)][None, :]

    opening = np.maximum(vehicles.shift_start, depots.opening[first])
    opening = np.maximum(opening[None, :], clients.release[chosen][:, None])
    arrival = arrivals(travel, profile, there, here, opening)
    windows = windows_for(problem, chosen, np.arange(vehicles.number))
    closing = windows[..., -1, 1]
    start, late = first_start(arrival, windows), arrival - closing
    done = start + clients.service[chosen]
    end = np.where(closed, arrivals(travel, profile, here, back, done), done)
    begins = np.where(closed, latest_departures(travel, profile, here, back, end), done) - clients.service[chosen]
    begins = np.where(late > 0, start, last_start(begins, windows, 0))
    latest = latest_departures(travel, profile, there, here, begins)
    leaving = np.maximum(opening, np.minimum(latest, depots.closing[first]))
    metres = travel.distance[profile, there, here] + np.where(closed, travel.distance[profile, here, back], 0)
    missing = _no_road(problem, profile, there, here).astype(np.int64)
    missing += _no_road(problem, profile, here, back) & closed
    load = np.maximum(clients.delivery[chosen], clients.pickup[chosen])[:, None, :]
    hours = np.where(closed, end - depots.closing[np.where(closed, last, 0)], 0)

    before_leaving = closing < opening
    shape = start.shape
    against = {
        Code.NOT_ALLOWED: ~clients.allowed[chosen],
        Code.NO_ROAD: missing,
        Code.TOO_LARGE: (load - vehicles.capacity[None]).max(axis=2, initial=0),
        Code.WINDOW_CLOSED: np.where(before_leaving, late, 0),
        Code.WINDOW_UNREACHABLE: late,
        Code.SHIFT_TOO_SHORT: end - vehicles.shift_end,
        Code.DEPOT_CLOSED: np.maximum(hours, opening - depots.closing[first]),
        Code.TOO_FAR: metres - vehicles.max_distance,
        Code.TOO_LONG: end - leaving - vehicles.max_duration,
        Code.NO_STOPS: 1 - vehicles.max_stops,
        Code.NO_VEHICLE: 1 - vehicles.count,
    }
    code = np.full(shape, len(CODES), dtype=np.int64)
    amount = np.zeros(shape, dtype=np.int64)
    for index in reversed(range(len(CODES))):
        by = np.broadcast_to(against[CODES[index]], shape).astype(np.int64)
        code = np.where(by > 0, index, code)
        amount = np.where(by > 0, by, amount)
    cost = (
        vehicles.fixed_cost
        + metres * vehicles.distance_cost
        + (end - leaving) * vehicles.duration_cost
        + clients.preference[chosen]
    )
    return Alone(code, amount, cost)


def _no_road(problem: Problem, profile: IntArray, start: IntArray, end: IntArray) -> NDArray[np.bool_]:
    travel, legs = problem.travel, (profile, start, end)
    missing: NDArray[np.bool_] = (travel.distance[legs] >= UNREACHABLE) | (travel.duration[legs] >= UNREACHABLE)
    return missing


def windows_for(problem: Problem, chosen: IntArray, kinds: IntArray) -> IntArray:
    """Return the windows of some clients as vehicles find them.

    Parameters
    ----------
    problem
        The problem.
    chosen
        Shape ``(clients,)``, indices of clients.
    kinds
        Shape ``(vehicles,)``, their types.

    Returns
    -------
    ndarray
        Shape ``(clients, vehicles, windows, 2)``; where all vehicles find the same, there is one of them.
    """
    windows = problem.clients.windows[chosen]
    return windows if windows.shape[1] == 1 else windows[:, problem.vehicles.window_profile[kinds]]


def first_start(arrival: IntArray, windows: IntArray) -> IntArray:
    """Return when service starts: in the first window that is not over on arrival, or on arrival when all are.

    Parameters
    ----------
    arrival
        Any shape, seconds.
    windows
        Shape of ``arrival`` (or one that broadcasts to it) with ``(windows, 2)`` after it.
    """
    start = arrival
    for window in reversed(range(windows.shape[-2])):
        early, late = windows[..., window, 0], windows[..., window, 1]
        start = np.where(arrival <= late, np.maximum(arrival, early), start)
    return start


def last_start(bound: IntArray, windows: IntArray, otherwise: int) -> IntArray:
    """Return the latest start of service that is not after ``bound``, or ``otherwise`` when there is none.

    Parameters
    ----------
    bound
        Any shape, seconds.
    windows
        Shape of ``bound`` (or one that broadcasts to it) with ``(windows, 2)`` after it.
    otherwise
        Stands for "never".
    """
    start = np.full(np.broadcast_shapes(bound.shape, windows.shape[:-2]), otherwise, dtype=np.int64)
    for window in range(windows.shape[-2]):
        early, late = windows[..., window, 0], windows[..., window, 1]
        start = np.where(early <= bound, np.maximum(start, np.minimum(late, bound)), start)
    return start
