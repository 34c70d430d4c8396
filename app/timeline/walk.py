"""Where the arrow keys lead: along the stops of a lane, and from lane to lane."""

from __future__ import annotations

from enum import Enum, auto

import numpy as np

from app.timeline.day import Day, Place


class Step(Enum):
    """One press of a key."""

    LEFT = auto()
    RIGHT = auto()
    UP = auto()
    DOWN = auto()
    FIRST = auto()
    LAST = auto()


def walk(day: Day, at: Place | None, step: Step) -> Place | None:
    """Return where a step leads; nowhere else at an edge, and None where there are no lanes.

    Before the first stop lies the lane itself. Up and down lead from a stop to the one that is served next to its time.

    Parameters
    ----------
    day
        What is shown.
    at
        Where one is; None leads to the first lane.
    step
        Which way.
    """
    if not day.lanes:
        return None
    if at is None:
        return 0, None
    row, stop = at
    last = len(day.lanes[row]) - 1
    match step:
        case Step.FIRST:
            return row, 0 if last >= 0 else None
        case Step.LAST:
            return row, last if last >= 0 else None
        case Step.LEFT:
            return row, stop - 1 if stop else None
        case Step.RIGHT if last >= 0:
            return row, 0 if stop is None else min(stop + 1, last)
        case Step.UP | Step.DOWN:
            other = row + (1 if step is Step.DOWN else -1)
            return (other, _beside(day, at, other)) if 0 <= other < len(day.lanes) else at
        case _:
            return at


def _beside(day: Day, at: Place, other: int) -> int | None:
    """Return the stop of another lane that is served nearest to the time of this one."""
    row, stop = at
    starts = day.lanes[other].service[:, 0]
    if stop is None or not len(starts):
        return None
    return int(np.argmin(np.abs(starts - day.lanes[row].service[stop, 0])))
