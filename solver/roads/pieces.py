"""The straight pieces of streets in a grid, to find the nearest one of a point."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from solver.roads.network import DEGREE, Network

METRES = 111_195.08
"""In one degree of latitude."""

_CELL = 100.0
"""Metres, sides of a cell of the grid."""

_BATCH = 1 << 15
"""Rows of cells that are looked through at once: bounds what candidates take of the memory."""


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
        entry = np.unique(np.stack([rows * self._columns + columns, np.tile(piece, 4)], axis=1), axis=0)
        self._keys, self._pieces = entry[:, 0], entry[:, 1]

    def _cells(self, place: NDArray[np.float64]) -> NDArray[np.int64]:
        return np.asarray(np.floor((place - self._origin) / self._cell).astype(np.int64))

    def nearest(self, points: NDArray[np.float64], reach: float) -> Nearest:
        """Find the nearest place on any piece.

        Parameters
        ----------
        points
            Shape ``(n, 2)``, latitude and longitude.
        reach
            Metres; what is farther away is not found.
        """
        best = np.full(len(points), -1, dtype=np.int64)
        along = np.zeros(len(points))
        distance = np.full(len(points), np.inf)
        pending = np.arange(len(points)) if len(self._keys) else np.empty(0, dtype=np.int64)
        radius = 1
        while len(pending):
            radius = min(radius, int(np.ceil(reach / _CELL)))
            batch = max(1, _BATCH // (2 * radius + 1) ** 2)
            for begin in range(0, len(pending), batch):
                some = pending[begin : begin + batch]
                self._look(points, some, radius, best, along, distance)
            if radius * _CELL >= reach:
                break
            pending = pending[distance[pending] > radius * _CELL]
            radius *= 3
        best[distance > reach] = -1
        return self._told(points, best, along, distance)

    def _look(
        self,
        points: NDArray[np.float64],
        some: NDArray[np.int64],
        radius: int,
        best: NDArray[np.int64],
        along: NDArray[np.float64],
        distance: NDArray[np.float64],
    ) -> None:
        """Look through the cells around some points, and note what is nearest."""
        place = points[some]
        row, column = self._cells(place).T
        rows = row[:, None] + np.arange(-radius, radius + 1)
        left = np.clip(column - radius, 0, self._columns)[:, None]
        right = np.clip(column + radius + 1, 0, self._columns)[:, None]
        begin = np.searchsorted(self._keys, (rows * self._columns + left).ravel())
        count = np.searchsorted(self._keys, (rows * self._columns + right).ravel()) - begin
        each = count.reshape(rows.shape).sum(axis=1)
        candidate = np.arange(count.sum()) + np.repeat(begin - (np.cumsum(count) - count), count)
        piece, who = self._pieces[candidate], np.repeat(np.arange(len(some)), each)
        if not len(piece):
            return
        lat = place[who, 0]
        to_start = self._vectors(place[who], self._start[piece], lat)
        step = self._vectors(self._start[piece], self._end[piece], lat)
        share = -(to_start * step).sum(axis=1) / np.maximum((step * step).sum(axis=1), 1e-12)
        share = share.clip(0.0, 1.0)
        away = np.hypot(*(to_start + step * share[:, None]).T)
        found = np.flatnonzero(each)
        least = np.full(len(some), np.inf)
        least[found] = np.minimum.reduceat(away, (np.cumsum(each) - each)[found])
        hits = np.flatnonzero(away == least[who])
        winner, first = np.unique(who[hits], return_index=True)
        hit = hits[first]
        best[some[winner]], along[some[winner]], distance[some[winner]] = piece[hit], share[hit], away[hit]

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
