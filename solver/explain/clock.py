"""When many vehicles arrive, and how late they may leave: `solver.problem.hours.Clock` on arrays."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from solver.problem import UNREACHABLE, Travel
from solver.problem.hours import DAY, PARTS

IntArray = NDArray[np.int64]


def arrivals(travel: Travel, profile: IntArray, start: IntArray, end: IntArray, departure: IntArray) -> IntArray:
    """Return when vehicles arrive, in seconds.

    Parameters
    ----------
    travel
        Of the problem.
    profile, start, end, departure
        Travel profile, from location to location, and when each vehicle leaves; shapes that broadcast.
    """
    if travel.hours is None:
        made: IntArray = departure + travel.duration[profile, start, end]
        return made
    return arrivals_by_hour(travel.hours.starts, travel.hours.duration[profile, :, start, end], departure)


def latest_departures(travel: Travel, profile: IntArray, start: IntArray, end: IntArray, arrival: IntArray) -> IntArray:
    """Return the latest seconds at which vehicles may leave to be there by ``arrival``; parameters as `arrivals`."""
    if travel.hours is None:
        made: IntArray = arrival - travel.duration[profile, start, end]
        return made
    return departures_by_hour(travel.hours.starts, travel.hours.duration[profile, :, start, end], arrival)


def arrivals_by_hour(starts: IntArray, duration: NDArray[np.integer], departure: IntArray) -> IntArray:
    """Return when legs end that last so long in each period.

    Parameters
    ----------
    starts
        Shape ``(periods,)``, as of `solver.problem.Hours`.
    duration
        Shape ``(..., periods)``, seconds.
    departure
        Shape ``(...)``, or one that broadcasts to it, seconds.
    """
    durations, now, shape = _rows(duration, departure)
    least = durations.min(axis=1)
    now += np.where(least >= UNREACHABLE, least, 0)
    ends = np.append(starts[1:], DAY)
    rows = np.flatnonzero(least < UNREACHABLE)
    left = np.full(len(rows), PARTS)
    while len(rows):
        leaving = now[rows]
        second = leaving % DAY
        period = np.searchsorted(starts, second, side="right") - 1
        takes = durations[rows, period]
        pace = -(-PARTS // np.maximum(takes, 1))
        needed = np.where(takes > 0, -(-left // pace), 0)
        spare = ends[period] - second
        now[rows] = leaving + np.minimum(needed, spare)
        more = needed > spare
        rows, left = rows[more], left[more] - (pace * spare)[more]
    return now.reshape(shape)


def departures_by_hour(starts: IntArray, duration: NDArray[np.integer], arrival: IntArray) -> IntArray:
    """Return the latest seconds at which legs may begin to end by ``arrival``; parameters as `arrivals_by_hour`."""
    durations, now, shape = _rows(duration, arrival)
    least = durations.min(axis=1)
    now -= np.where(least >= UNREACHABLE, least, 0)
    at_once = durations[np.arange(len(now)), np.searchsorted(starts, now % DAY, side="right") - 1] == 0
    rows = np.flatnonzero((least < UNREACHABLE) & ~at_once)
    left = np.full(len(rows), PARTS)
    while len(rows):
        before = now[rows] - 1
        second = before % DAY
        period = np.searchsorted(starts, second, side="right") - 1
        takes = durations[rows, period]
        pace = -(-PARTS // np.maximum(takes, 1))
        needed = np.where(takes > 0, -(-left // pace), 1)  # a second before, it takes no time
        spare = second + 1 - starts[period]
        now[rows] -= np.minimum(needed, spare)
        more = needed > spare
        rows, left = rows[more], left[more] - (pace * spare)[more]
    return now.reshape(shape)


def _rows(duration: NDArray[np.integer], time: IntArray) -> tuple[IntArray, IntArray, tuple[int, ...]]:
    """Return the durations as ``(rows, periods)``, a time for each row to be changed, and the shape of both."""
    shape = np.broadcast_shapes(duration.shape[:-1], np.shape(time))
    durations = np.broadcast_to(duration, (*shape, duration.shape[-1])).reshape(-1, duration.shape[-1])
    times: IntArray = np.array(np.broadcast_to(time, shape), dtype=np.int64).ravel()
    return durations.astype(np.int64), times, shape
