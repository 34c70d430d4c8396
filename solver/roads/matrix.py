"""What a matrix of travel on roads is made of."""

from __future__ import annotations

from dataclasses import dataclass
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from solver.problem import UNREACHABLE
from solver.roads import kernels
from solver.roads.hierarchy import Metric
from solver.roads.labels import Labels
from solver.roads.snapping import Snaps
from solver.roads.weights import MOST, MOST_LENGTH, MOST_TIME, TIME_SHIFT

_SPARE = 16
"""One row in so many is kept free for points that are added; memory that is not written to costs nothing."""

_MOST_RUNS = 64
"""A point that was added, moved or deleted leaves long runs of points as they were, and blocks are faster to copy."""


class Room:
    """Tables with space for more rows and columns than are in use, so that a point can be added without copying them.

    A matrix is a corner of its room. What is outside of that corner may be written once, by the first matrix that
    goes on from it; another one that goes on from the same matrix moves into a room of its own.

    Parameters
    ----------
    points
        Number of points for which it is made.
    """

    def __init__(self, points: int) -> None:
        most = points + points // _SPARE + _SPARE
        self._tables = np.empty((2, most, most), dtype=np.int64)
        self._lock = Lock()
        self._used = points

    def of(self, points: int, old: NDArray[np.int64]) -> Room:
        """Return where a matrix goes on that has so many points here: this room, if it may grow, or a new one.

        Parameters
        ----------
        points
            Number of points of the matrix.
        old
            Shape ``(n,)``, which of them each point of the new one is; where that is -1, its entries are anything yet.
        """
        grows = points <= len(old) and np.array_equal(old[:points], np.arange(points)) and (old[points:] < 0).all()
        with self._lock:
            if grows and self._used == points and len(old) <= self._tables.shape[1]:
                self._used = len(old)
                return self
        room = Room(len(old))
        tables, before = room.tables(len(old)), self.tables(points)
        kept = np.flatnonzero(old >= 0)
        runs = _runs(kept, old[kept])
        for table, other in zip(tables, before, strict=True):
            if len(runs) > _MOST_RUNS:
                table[np.ix_(kept, kept)] = other[np.ix_(old[kept], old[kept])]
                continue
            for rows, old_rows in runs:
                for columns, old_columns in runs:
                    table[rows, columns] = other[old_rows, old_columns]
        return room

    def tables(self, points: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return distances and durations of the first points."""
        distance, duration = self._tables[:, :points, :points]
        return distance, duration


def _runs(new: NDArray[np.int64], old: NDArray[np.int64]) -> list[tuple[slice, slice]]:
    """Return the runs of points that follow one another among the new and among the old ones."""
    stops = np.flatnonzero((np.diff(new) != 1) | (np.diff(old) != 1)) + 1
    begins, ends = np.append(0, stops), np.append(stops, len(new))
    return [
        (slice(new[begin], new[begin] + end - begin), slice(old[begin], old[begin] + end - begin))
        for begin, end in zip(begins, ends, strict=True)
        if end > begin
    ]


@dataclass(frozen=True, eq=False)
class RoadMatrix:
    """Travel between points along the fastest ways, and what `solver.roads.router.Router.extended` goes on from.

    Parameters
    ----------
    points
        Shape ``(n, 2)``, degrees.
    distance, duration
        Shape ``(n, n)``, int64, read-only: metres and seconds of the same way; `solver.problem.UNREACHABLE` where there
        is none, and 0 between points at the same place, which need no road.
    snaps
        Where the points meet the roads.
    labels, metric
        What the entries were computed from.
    room
        Where the entries lie.
    """

    points: NDArray[np.float64]
    distance: NDArray[np.int64]
    duration: NDArray[np.int64]
    snaps: Snaps
    labels: Labels
    metric: Metric
    room: Room


def matrix_in(room: Room, points: NDArray[np.float64], snaps: Snaps, labels: Labels, metric: Metric) -> RoadMatrix:
    """Return the matrix of which the entries lie in a room."""
    distance, duration = room.tables(len(points))
    distance.flags.writeable = duration.flags.writeable = False
    return RoadMatrix(points, distance, duration, snaps, labels, metric, room)


def tell(weight: NDArray[np.int64], distance: NDArray[np.integer], duration: NDArray[np.integer]) -> None:
    """Write metres and seconds of weights, shape ``(k, m)``, to the nearest whole ones."""
    kernels.tell(weight, TIME_SHIFT, MOST_TIME, MOST_LENGTH, MOST, UNREACHABLE, distance, duration)
