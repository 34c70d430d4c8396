"""What lies at a point of the timeline: a lane, and a stop of it or the gap between two."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from app.timeline.axis import TimeAxis
from app.timeline.day import Day
from app.timeline.rows import Rows

REACH = 10.0
"""Pixels from the middle of a visit that still mean it: half of the disc that stands there."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A point of the timeline.

    Parameters
    ----------
    row
        The lane.
    stop
        Which of its stops, or None.
    gap
        How many of its stops come before this time: the place that a stop dropped here would get.
    time
        Seconds since midnight.
    """

    row: int
    stop: int | None
    gap: int
    time: float


def hit_at(day: Day, axis: TimeAxis, rows: Rows, px: float, py: float) -> Hit | None:
    """Return what lies at a pixel, or None below the last lane.

    A visit counts from its begin to its end, and at least `REACH` around its middle; where several do, the one whose
    middle is nearest.

    Parameters
    ----------
    day, axis, rows
        What is shown, and where.
    px, py
        Logical pixels from the left and the upper edge of the lanes.
    """
    row = rows.at(py)
    if row is None:
        return None
    time, service = axis.to_time(px), day.lanes[row].service
    middles = day.lanes[row].middles
    reach = np.maximum((service[:, 1] - service[:, 0]) / 2, REACH * axis.scale)
    away = np.abs(middles - time)
    meant = np.flatnonzero(away <= reach)
    stop = int(meant[np.argmin(away[meant])]) if len(meant) else None
    return Hit(row, stop, int(np.count_nonzero(middles < time)), time)
