"""Travel that depends on the time of day: when a vehicle arrives that leaves now, and how late it may leave.

Each leg has a duration for each period of the day. Within a period of duration ``d`` a vehicle does one ``d``-th of the
leg in a second, and what is left of it at the end of the period at the pace of the next: speeds change while one
drives, so whoever leaves later never arrives earlier (Ichoua, Gendreau and Potvin 2003).

Times are whole seconds, and arrivals are rounded up. So that this can be said in whole numbers, a leg is `PARTS` parts
long, and the parts that are done in a second are rounded up. With a duration below `PACE_LIMIT` a leg that lies within
one period takes that duration to the second, and any other at most one second less than if parts had not been rounded.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from solver.problem.arrays import IntArray
from solver.problem.limits import UNREACHABLE

DAY = 86_400
"""Seconds after which the periods begin anew."""

PARTS = 1 << 62
"""Into so many parts a leg is divided, whatever its length."""

PACE_LIMIT = 1 << 31
"""Durations of periods are below this; ``d * (d - 1) < PARTS`` is what makes a constant leg exact."""


@dataclass(frozen=True, eq=False)
class Hours:
    """How long legs take in each period of the day, per travel profile.

    Parameters
    ----------
    starts
        Shape ``(periods,)``, seconds of the day, ascending; the first is 0. A period lasts until the next begins, the
        last one until midnight, and the day after has the same ones.
    duration
        Shape ``(profiles, periods, locations, locations)``, seconds that a leg would take if the period never ended.
        Where there is no road, `UNREACHABLE` or more; a leg that has a road in some periods only is waited for.
    """

    starts: IntArray
    duration: NDArray[np.int32]

    @property
    def periods(self) -> int:
        """Number of periods of a day."""
        return len(self.starts)

    @cached_property
    def least(self) -> IntArray:
        """Shape ``(profiles, locations, locations)``: what a leg takes at least, whenever it is driven."""
        made: IntArray = self.duration.min(axis=1).astype(np.int64)
        made.flags.writeable = False
        return made


class Clock:
    """Says when vehicles of one travel profile arrive, and how late they may leave.

    Parameters
    ----------
    hours
        Durations by the time of day.
    profile
        The travel profile.
    """

    def __init__(self, hours: Hours, profile: int) -> None:
        self._starts: list[int] = hours.starts.tolist()
        self._ends = [*self._starts[1:], DAY]
        self._duration = hours.duration[profile]

    def arrival(self, leg: tuple[int, int], departure: int) -> int:
        """Return when a vehicle arrives that leaves at ``departure`` and does not wait.

        Parameters
        ----------
        leg
            From location to location.
        departure
            Seconds; the first day begins at 0.
        """
        durations: list[int] = self._duration[:, leg[0], leg[1]].tolist()
        least = min(durations)
        if least >= UNREACHABLE:
            return departure + least
        now, left = departure, PARTS
        while True:
            period = self._period(now)
            duration = durations[period]
            if duration == 0:
                return now
            pace = -(-PARTS // duration)
            end = now - now % DAY + self._ends[period]
            needed = -(-left // pace)
            if needed <= end - now:
                return now + needed
            left -= pace * (end - now)
            now = end

    def latest_departure(self, leg: tuple[int, int], arrival: int) -> int:
        """Return the latest second at which a vehicle may leave to be there by ``arrival``."""
        durations: list[int] = self._duration[:, leg[0], leg[1]].tolist()
        least = min(durations)
        if least >= UNREACHABLE:
            return arrival - least
        if durations[self._period(arrival)] == 0:
            return arrival
        now, left = arrival, PARTS
        while True:
            before = now - 1
            period = self._period(before)
            duration = durations[period]
            if duration == 0:
                return before  # the last second of a period in which the leg takes no time
            pace = -(-PARTS // duration)
            begin = before - before % DAY + self._starts[period]
            needed = -(-left // pace)
            if needed <= now - begin:
                return now - needed
            left -= pace * (now - begin)
            now = begin

    def _period(self, second: int) -> int:
        return bisect_right(self._starts, second % DAY) - 1
