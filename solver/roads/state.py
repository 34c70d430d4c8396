"""The roads of a mode in one state: what is closed or slow now, and the weights of ways that follow from it."""

from __future__ import annotations

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from solver.roads.beside import Loops, between, loops_of
from solver.roads.ground import Ground
from solver.roads.hierarchy import customised
from solver.roads.labels import Labels, Spots, joined, labels_of
from solver.roads.pieces import Pieces
from solver.roads.snapping import Snaps
from solver.roads.weights import FAR, decimetres, milliseconds, packed


class State:
    """A ground, and how fast its roads are.

    Parameters
    ----------
    ground
        Whatever the state is.
    pace
        Shape ``(segments,)``, 1 where a road is as fast as usual, 0 where it is closed; None is 1 everywhere.
    """

    def __init__(self, ground: Ground, pace: NDArray[np.floating] | None) -> None:
        self.ground = ground
        self.pace = pace
        self.runs = ground.runs(pace)
        self.turns = ground.turns(self.runs)
        self.metric = customised(ground.hierarchy, self.turns)

    @property
    def closed(self) -> NDArray[np.bool_]:
        """Whether segments are closed; shape ``(segments,)``."""
        return self.runs[::2] >= FAR

    @cached_property
    def connected(self) -> NDArray[np.bool_]:
        """Whether one gets from segments everywhere, and back; shape ``(segments,)``."""
        return self.ground.connected(self.runs) if self.closed.any() else self.ground.main

    @cached_property
    def reachable(self) -> Pieces:
        """The pieces of roads on which a journey may begin and end, from everywhere and to everywhere."""
        if not self.closed.any():
            return self.ground.snapper.connected
        return Pieces(self.ground.network, np.flatnonzero(self.connected & self.ground.stops))

    def labels(self, snaps: Snaps) -> Labels:
        """Return the labels of points on roads that are open."""
        graph, hierarchy = self.ground.graph, self.ground.hierarchy
        on_road = np.flatnonzero(snaps.segment >= 0)
        edges = 2 * snaps.segment[on_road, None].astype(np.int64) + np.arange(2)
        runs, node = self.runs[edges], graph.node[edges]
        seed = np.full((len(snaps.segment), 2), -1, dtype=np.int32)
        before = np.zeros(seed.shape, dtype=np.int64)
        share = np.stack([snaps.fraction, 1 - snaps.fraction], axis=1)[on_road]
        usable = (node >= 0) & (runs < FAR)
        seed[on_road] = hierarchy.ranks(np.where(usable, node, -1))
        before[on_road] = packed(np.rint(milliseconds(runs) * share), np.rint(decimetres(runs) * share))
        return labels_of(hierarchy, self.metric, Spots(seed, before))

    def between(
        self,
        labels: Labels,
        snaps: Snaps,
        same: NDArray[np.int64],
        rows: NDArray[np.int64],
        columns: NDArray[np.int64],
    ) -> NDArray[np.int64]:
        """Weigh the ways from some points to others.

        Parameters
        ----------
        labels, snaps
            Of all points.
        same
            Shape ``(points,)``, the same number for all points at the same place.
        rows, columns
            Which points they are, ascending.

        Returns
        -------
        numpy.ndarray
            Shape ``(rows, columns)``, 0 between points at the same place.
        """
        every = len(labels.size)
        weight = joined(
            labels if len(rows) == every else labels.taken(rows),
            labels if len(columns) == every else labels.taken(columns),
        )
        segment = snaps.segment[rows]
        by_segment = np.argsort(snaps.segment[columns], kind="stable")
        of_columns = snaps.segment[columns][by_segment]
        begin = np.searchsorted(of_columns, segment, side="left")
        count = np.searchsorted(of_columns, segment, side="right") - begin
        count[segment < 0] = 0
        row = np.repeat(np.arange(len(rows)), count)
        column = by_segment[np.repeat(begin - (np.cumsum(count) - count), count) + np.arange(len(row))]
        start, end = rows[row], columns[column]
        apart = same[start] != same[end]
        row, column, start, end = row[apart], column[apart], start[apart], end[apart]
        shared = snaps.segment[start]
        loops = self.loops(np.unique(shared))
        weight[row, column] = between(loops, shared, labels.spots.taken(start), labels.spots.taken(end))[0]
        weight[same[rows][:, None] == same[columns]] = 0
        return weight

    def loops(self, segments: NDArray[np.int32]) -> Loops:
        """Return the ways that leave some segments and come back to them."""
        return loops_of(self.ground, self.metric, self.turns, segments)
