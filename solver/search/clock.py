"""When a vehicle arrives, and how late it may leave: `solver.problem.hours.Clock` for the kernels.

Only the whole build knows that legs may take longer at some hours. There ``data.hourly`` says whether they do; every
other build adds what a leg takes, and so does the whole one where it is the same all day.
"""

from __future__ import annotations

import numpy as np

from solver.problem.hours import DAY, PARTS
from solver.search.flags import on
from solver.search.kernel import inner
from solver.search.state import drive, drive_to
from solver.search.travel import NEVER_OVER

STEP = 60
"""Seconds between two entries of ``data.period_at``."""


@inner
def arrival(data, k, u, v, now):
    """When a vehicle is at node ``v`` that leaves node ``u`` now."""
    if on(data.whole) and data.hourly:
        return _arrival_by_hour(data, k, u, v, now)
    return now + drive(data, k, u, v)


@inner
def arrival_at(data, k, c, u, now):
    """When a vehicle is at node ``c`` that leaves ``u`` now: as `arrival`, but quick for many ``u`` and one ``c``."""
    if on(data.whole) and data.hourly:
        return _arrival_by_hour(data, k, u, c, now)
    return now + drive_to(data, k, c, u)


@inner
def _arrival_by_hour(data, k, u, v, now):
    if u >= data.n and v >= data.n:
        return now  # an empty route is not driven
    takes_in = data.by_hour[data.profile[k], data.place[u], data.place[v]]
    second = now % DAY
    period = _period(data, second)
    takes, spare = np.int64(takes_in[period]), data.period_end[period] - second
    if takes <= spare:  # nearly all legs are done before the period is over
        return now + takes
    if takes >= NEVER_OVER and drive(data, k, u, v) >= NEVER_OVER:
        return now + NEVER_OVER
    left = PARTS
    while True:
        if takes == 0:
            return now
        pace = (PARTS + takes - 1) // takes
        needed = (left + pace - 1) // pace
        if needed <= spare:
            return now + needed
        left -= pace * spare
        now += spare
        period = period + 1 if period + 1 < len(takes_in) else 0
        takes = np.int64(takes_in[period])
        spare = data.period_end[period] - (data.period_end[period - 1] if period > 0 else 0)


@inner
def latest_departure(data, k, u, v, until):
    """How late a vehicle may leave node ``u`` to be at node ``v`` by a time, where ``data.hourly``."""
    if u >= data.n and v >= data.n:
        return until
    takes_in = data.by_hour[data.profile[k], data.place[u], data.place[v]]
    second = (until - 1) % DAY
    period = _period(data, second)
    takes = np.int64(takes_in[period])
    spare = second + 1 - (data.period_end[period - 1] if period > 0 else 0)
    if 0 < takes <= spare and second + 1 < data.period_end[period]:
        return until - takes
    if takes_in[_period(data, until % DAY)] == 0:
        return until
    if takes >= NEVER_OVER and drive(data, k, u, v) >= NEVER_OVER:
        return until - NEVER_OVER
    left = PARTS
    while True:
        if takes == 0:
            return until - 1  # the last second of a period in which the leg takes no time
        pace = (PARTS + takes - 1) // takes
        needed = (left + pace - 1) // pace
        if needed <= spare:
            return until - needed
        left -= pace * spare
        until -= spare
        period = period - 1 if period > 0 else len(takes_in) - 1
        takes = np.int64(takes_in[period])
        spare = data.period_end[period] - (data.period_end[period - 1] if period > 0 else 0)


@inner
def _period(data, second):
    """Return the period of a second of the day."""
    period = data.period_at[second // STEP]
    while data.period_end[period] <= second:
        period += 1
    return period


@inner
def least_only(data):
    """Whether what is kept of durations are lower bounds, so that a route is walked before it is believed."""
    return data.windows.shape[1] > 1 or (on(data.whole) and data.hourly)
