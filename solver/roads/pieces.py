"""The straight pieces of streets in a grid, to find the nearest one of a point."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from solver.roads import kernels
from solver.roads.network import DEGREE, Network

METRES = 111_195.08
"""In one degree of latitude."""

_CELL = 100.0
"""Metres, sides of a cell of the grid."""


@dataclass(frozen=True, eq=False)
class Nearest:
    """The nearest places on pieces, by point.

    Parameters
    ----------
    segment
        Shape ``(points,)``, int32, or -1 where nothing is within reach.
    fraction
        Shape ``(points,)``, how far along the segment as it was drawn, 0 to 1 by length.
    place
        Shape ``(points, 2)``, degrees; where nothing is within reach, the point itself.
    distance
        Shape ``(points,)``, metres; infinite where nothing is within reach.
    side
        Shape ``(points,)``, int8, where the point lies as the segment was drawn: 1 left, -1 right, 0 on it.
    """

    segment: NDArray[np.int32]
    fraction: NDArray[np.float64]
    place: NDArray[np.float64]
    distance: NDArray[np.float64]
    side: NDArray[np.int8]


class Pieces:
    """The pieces of some segments.

    Parameters
    ----------
    network
        Whose they are.
    segments
        Which; shape ``(k,)``.
    """

    def __init__(self, network: Network, segments: NDArray[np.int64]) -> None:
        begin = network.segment_shape[segments].astype(np.int64)
        count = network.segment_shape[segments + 1] - begin - 1
        corner = np.repeat(begin - (np.cumsum(count) - count), count) + np.arange(count.sum())
        self._segment = np.repeat(segments, count).astype(np.int32)
        shape = network.shape / DEGREE
        self._start, self._end = shape[corner], shape[corner + 1]
        length = np.hypot(*(self._vectors(self._start, self._end, self._start[:, 0]).T))
        total = np.cumsum(length)
        last = np.cumsum(count) - 1
        before = np.repeat((total - length)[last - count + 1], count)
        whole = np.maximum(np.repeat(total[last], count) - before, 1e-9)
        self._from, self._to = (total - length - before) / whole, (total - before) / whole
        self._lay(length)

    @staticmethod
    def _vectors(start: NDArray[np.float64], end: NDArray[np.float64], lat: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return metres to the north and the east."""
        return np.asarray((end - start) * np.stack([np.full(len(lat), METRES), METRES * np.cos(np.radians(lat))], 1))

    def _lay(self, length: NDArray[np.float64]) -> None:
        """Enter the pieces into cells, long ones part by part."""
        self._origin = self._start.min(axis=0, initial=90.0) if len(length) else np.zeros(2)
        narrow = np.cos(np.radians(np.abs(self._start[:, 0]).max(initial=0.0)))
        self._cell = _CELL / METRES / np.array([1.0, max(float(narrow), 0.01)])
        parts = np.ceil(length / _CELL).astype(np.int64).clip(1)
        piece = np.repeat(np.arange(len(length)), parts)
        number = np.arange(len(piece)) - np.repeat(np.cumsum(parts) - parts, parts)
        step = (self._end - self._start)[piece] / parts[piece, None]
        one = self._cells(self._start[piece] + step * number[:, None])
        other = self._cells(self._start[piece] + step * (number[:, None] + 1))
        self._columns = int(max(one[:, 1].max(initial=0), other[:, 1].max(initial=0))) + 1
        rows = np.concatenate([one[:, 0], one[:, 0], other[:, 0], other[:, 0]])
        columns = np.concatenate([one[:, 1], other[:, 1], one[:, 1], other[:, 1]])
        entries = np.unique((rows * self._columns + columns) * len(length) + np.tile(piece, 4))
        self._keys, self._pieces = np.divmod(entries, max(len(length), 1))

    def _cells(self, place: NDArray[np.float64]) -> NDArray[np.int64]:
        return np.asarray(np.floor((place - self._origin) / self._cell).astype(np.int64))

    def nearest(self, points: NDArray[np.float64], reach: float) -> Nearest:
        """Find the nearest place on any piece.

        Parameters
        ----------
        points
            Shape ``(n, 2)``, float64, latitude and longitude.
        reach
            Metres; what is farther away is not found.
        """
        best = np.full(len(points), -1, dtype=np.int64)
        along = np.zeros(len(points))
        distance = np.full(len(points), np.inf)
        if len(self._keys):
            kernels.nearest(
                points,
                self._cells(points),
                self._keys,
                self._pieces,
                self._columns,
                self._start,
                self._end,
                METRES,
                _CELL,
                reach,
                best,
                along,
                distance,
            )
        return self._told(points, best, along, distance)

    def _told(
        self,
        points: NDArray[np.float64],
        piece: NDArray[np.int64],
        along: NDArray[np.float64],
        distance: NDArray[np.float64],
    ) -> Nearest:
        """Return what was found in terms of segments."""
        found = piece >= 0
        segment = np.full(len(points), -1, dtype=np.int32)
        fraction, place = np.zeros(len(points)), points.astype(np.float64)
        side = np.zeros(len(points), dtype=np.int8)
        of = piece[found]
        segment[found] = self._segment[of]
        fraction[found] = self._from[of] + (self._to[of] - self._from[of]) * along[found]
        place[found] = self._start[of] + (self._end[of] - self._start[of]) * along[found, None]
        lat = points[found, 0]
        north, east = self._vectors(self._start[of], points[found], lat).T
        on_north, on_east = self._vectors(self._start[of], self._end[of], lat).T
        left = on_east * north - on_north * east
        side[found] = np.where(distance[found] < 0.5, 0, np.sign(left)).astype(np.int8)
        return Nearest(segment, fraction, place, np.where(found, distance, np.inf), side)
