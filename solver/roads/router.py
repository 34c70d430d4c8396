"""The one door to travel on roads: from points to matrices and ways, for one mode in one state of the roads."""

from __future__ import annotations

from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

from solver.problem import UNREACHABLE
from solver.roads.beside import Loops, between, loops_of
from solver.roads.ground import Ground
from solver.roads.hierarchy import customised
from solver.roads.islands import CutOff, cuts, with_remedies
from solver.roads.labels import Labels, joined, labels_of
from solver.roads.matrix import RoadMatrix
from solver.roads.modes import Mode
from solver.roads.network import Network
from solver.roads.order import order_segments
from solver.roads.pieces import Pieces
from solver.roads.snapping import Snaps
from solver.roads.ways import Way, drawn, traced
from solver.roads.weights import FAR, decimetres, milliseconds, packed, reachable


class Router:
    """Ways of a mode. It is immutable, and several threads may ask it.

    Parameters
    ----------
    network
        All roads.
    mode
        Who travels.
    pace
        Shape ``(segments,)``, 1 where a road is as fast as usual, 0.5 where half as fast, 0 where it is closed; None
        is 1 everywhere.
    order
        Of the segments, as `order` of any router of the network tells it; None computes it, which takes the longest.
    """

    def __init__(
        self,
        network: Network,
        mode: Mode,
        pace: NDArray[np.floating] | None = None,
        order: NDArray[np.int32] | None = None,
    ) -> None:
        self.order = order_segments(network) if order is None else order
        self._go_on(Ground(network, mode, self.order), pace)

    def _go_on(self, ground: Ground, pace: NDArray[np.floating] | None, runs: NDArray[np.int64] | None = None) -> None:
        self._ground = ground
        self._pace = pace
        self._runs = ground.runs(pace) if runs is None else runs
        self._turns = ground.turns(self._runs)
        self._metric = customised(ground.hierarchy, self._turns)

    @property
    def network(self) -> Network:
        """All roads."""
        return self._ground.network

    @property
    def mode(self) -> Mode:
        """Who travels."""
        return self._ground.mode

    def with_pace(self, pace: NDArray[np.floating] | None) -> Router:
        """Return a router of the same network and mode in another state of the roads; it takes milliseconds."""
        router = Router.__new__(Router)
        router.order = self.order
        router._go_on(self._ground, pace)
        return router

    def snap(self, points: ArrayLike) -> Snaps:
        """Find where points, shape ``(n, 2)`` in degrees, meet the roads, closed ones included."""
        return self._ground.snapper.snap(_places(points))

    def matrix(self, points: ArrayLike) -> RoadMatrix:
        """Return distances and durations between points, shape ``(n, 2)`` in degrees."""
        places = _places(points)
        snaps = self.snap(places)
        labels = self._labels(snaps)
        weight = self._between_all(labels, snaps, _spots(places))
        distance, duration = _figures(weight)
        return RoadMatrix(places, distance, duration, snaps, labels, self._metric)

    def extended(self, matrix: RoadMatrix, points: ArrayLike) -> RoadMatrix:
        """Return the matrix of other points, most of them in a matrix of this router: only the rest is computed."""
        places = _places(points)
        known = {place: i for i, place in enumerate(map(tuple, matrix.points.tolist()))}
        old = np.array([known.get(place, -1) for place in map(tuple, places.tolist())], dtype=np.int64)
        new = np.flatnonzero(old < 0)
        if matrix.metric is not self._metric or 2 * len(new) > len(old):
            return self.matrix(places)
        fresh = self.snap(places[new])
        source = old.copy()
        source[new] = len(matrix.points) + np.arange(len(new))
        snaps = matrix.snaps.followed_by(fresh).taken(source)
        labels = matrix.labels.followed_by(self._labels(fresh)).taken(source)
        distance, duration = _moved(matrix.distance, old), _moved(matrix.duration, old)
        if len(new):
            every, spots = np.arange(len(places)), _spots(places)
            distance[new], duration[new] = _figures(self._between(labels, snaps, spots, new, every))
            distance[:, new], duration[:, new] = _figures(self._between(labels, snaps, spots, every, new))
        return RoadMatrix(places, distance, duration, snaps, labels, self._metric)

    def durations(self, points: ArrayLike, factors: NDArray[np.floating]) -> NDArray[np.int32]:
        """Return durations for periods of the day in which roads are as fast as some factors of their speed.

        Parameters
        ----------
        points
            Shape ``(n, 2)``, degrees.
        factors
            Shape ``(periods, classes)``, of the speed on each `RoadClass`, positive.

        Returns
        -------
        numpy.ndarray
            Shape ``(periods, n, n)``, int32, seconds; `solver.problem.UNREACHABLE` where there is no way.
        """
        places = _places(points)
        snaps = self.snap(places)
        result = np.empty((len(factors), len(places), len(places)), dtype=np.int32)
        spots = _spots(places)
        alike: dict[bytes, int] = {}
        for period, factor in enumerate(np.asarray(factors, dtype=np.float64)):
            same = alike.setdefault(factor.tobytes(), period)
            if same < period:
                result[period] = result[same]
                continue
            pace = factor[self._ground.classes] * (1.0 if self._pace is None else self._pace)
            router = self.with_pace(pace)
            weight = router._between_all(router._labels(snaps), snaps, spots)
            result[period] = _figures(weight)[1]
        return result

    def path(self, start: ArrayLike, end: ArrayLike) -> NDArray[np.float64]:
        """Return the corners of the fastest way between places, shape ``(k, 2)``, degrees; empty if there is none."""
        return self.ways(np.reshape(start, (1, 2)), np.reshape(end, (1, 2)))[0].shape

    def ways(self, starts: ArrayLike, ends: ArrayLike) -> tuple[Way, ...]:
        """Return the fastest way from each of some places to its counterpart; shapes ``(n, 2)``, degrees."""
        places = np.concatenate([_places(starts), _places(ends)])
        half = len(places) // 2
        snaps = self.snap(places)
        labels = self._labels(snaps)
        shared = np.flatnonzero((snaps.segment[:half] == snaps.segment[half:]) & (snaps.segment[:half] >= 0))
        loops = self._loops(np.unique(snaps.segment[shared]))
        here = (places[:half] == places[half:]).all(axis=1)
        return tuple(
            _nowhere(snaps.place[i]) if here[i] else self._way(snaps, labels, loops, i, half + i) for i in range(half)
        )

    def cut_off(self, points: ArrayLike) -> tuple[CutOff | None, ...]:
        """Say of points, shape ``(n, 2)`` in degrees, why one does not get there and back; None where one does."""
        places = _places(points)
        ground = self._ground
        closed = self._runs[::2] >= FAR
        connected = ground.main if not closed.any() else ground.connected(self._runs)
        found = cuts(self.snap(places), ground.main, connected, closed)
        if not found:
            return (None,) * len(places)
        return with_remedies(places, found, Pieces(self.network, np.flatnonzero(connected)))

    def _way(self, snaps: Snaps, labels: Labels, loops: Loops, i: int, j: int) -> Way:
        nodes, weight = self._nodes(snaps, labels, loops, i, j)
        distance, duration = _figures(np.array(weight))
        if not len(nodes):
            return Way(np.empty((0, 2)), np.empty(0, dtype=np.int32), int(distance), int(duration))
        edges = self._edge_of_rank[nodes]
        begin, end = (
            1 - snaps.fraction[k] if edge & 1 else snaps.fraction[k] for k, edge in ((i, edges[0]), (j, edges[-1]))
        )
        shape = drawn(self.network, edges, float(begin), float(end), snaps.place[i], snaps.place[j])
        return Way(shape, edges, int(distance), int(duration))

    def _nodes(
        self, snaps: Snaps, labels: Labels, loops: Loops, i: int, j: int
    ) -> tuple[NDArray[np.int32], np.int64 | int]:
        """Return the nodes of the hierarchy on a way, and what it weighs; none and `FAR` if there is none."""
        none = np.empty(0, dtype=np.int32)
        hierarchy = self._ground.hierarchy
        if snaps.segment[i] < 0 or snaps.segment[i] != snaps.segment[j]:
            weight = joined(labels.taken(np.array([i])), labels.taken(np.array([j])))[0, 0]
            return (traced(hierarchy, self._metric, labels, labels, i, j), weight) if reachable(weight) else (none, FAR)
        pair = np.array([[i], [j]])
        weights, leaving, coming = self._beside(labels, loops, snaps.segment[[i]], *pair)
        if not reachable(weights)[0]:
            return none, FAR
        a, b = int(leaving[0]), int(coming[0])
        begin = labels.seed[i, a : a + 1]
        if b < 0:
            return begin, weights[0]
        by = loops.by[np.searchsorted(loops.segments, snaps.segment[i]), a, b]
        seed = np.array([[by, -1], [labels.seed[j, b], -1]], dtype=np.int32)
        around = labels_of(hierarchy, self._metric, seed, np.zeros((2, 2), dtype=np.int64))
        return np.concatenate([begin, traced(hierarchy, self._metric, around, around, 0, 1)]), weights[0]

    @cached_property
    def _edge_of_rank(self) -> NDArray[np.int32]:
        edges = np.empty(len(self._ground.graph.edges), dtype=np.int32)
        edges[self._ground.hierarchy.rank] = self._ground.graph.edges
        return edges

    def _labels(self, snaps: Snaps) -> Labels:
        """Return labels of points on roads that are open now."""
        edges = 2 * snaps.segment[:, None].astype(np.int64) + np.arange(2)
        graph, hierarchy = self._ground.graph, self._ground.hierarchy
        on_road = (snaps.segment >= 0)[:, None]
        edges = np.where(on_road, edges, 0)
        if not len(graph.edges):
            return labels_of(hierarchy, self._metric, np.full(edges.shape, -1, dtype=np.int32), edges * 0)
        runs = self._runs[edges]
        node = np.where(on_road & (runs < FAR), graph.node[edges], -1)
        share = np.stack([snaps.fraction, 1 - snaps.fraction], axis=1)
        before = packed(np.rint(milliseconds(runs) * share), np.rint(decimetres(runs) * share))
        return labels_of(hierarchy, self._metric, np.where(node >= 0, hierarchy.rank[node], -1), before)

    def _between_all(self, labels: Labels, snaps: Snaps, spots: NDArray[np.int64]) -> NDArray[np.int64]:
        every = np.arange(len(labels))
        return self._between(labels, snaps, spots, every, every)

    def _between(
        self,
        labels: Labels,
        snaps: Snaps,
        spots: NDArray[np.int64],
        rows: NDArray[np.int64],
        columns: NDArray[np.int64],
    ) -> NDArray[np.int64]:
        """Return the weights of ways from some points to others, shape ``(rows, columns)``, 0 within a spot."""
        weight = joined(labels.taken(rows), labels.taken(columns))
        by_segment = columns[np.argsort(snaps.segment[columns], kind="stable")]
        of_columns = snaps.segment[by_segment]
        begin = np.searchsorted(of_columns, snaps.segment[rows], side="left")
        count = np.searchsorted(of_columns, snaps.segment[rows], side="right") - begin
        count[snaps.segment[rows] < 0] = 0
        i = np.repeat(np.arange(len(rows)), count)
        which = np.repeat(begin - (np.cumsum(count) - count), count) + np.arange(len(i))
        place = np.full(len(labels), -1)
        place[columns] = np.arange(len(columns))
        start, end = rows[i], by_segment[which]
        apart = start != end
        segment = snaps.segment[start]
        loops = self._loops(np.unique(segment[apart]))
        weight[i[apart], place[end[apart]]] = self._beside(labels, loops, segment[apart], start[apart], end[apart])[0]
        weight[spots[rows][:, None] == spots[columns]] = 0
        return weight

    def _loops(self, segments: NDArray[np.int32]) -> Loops:
        return loops_of(self._ground, self._metric, self._turns, segments)

    def _beside(
        self,
        labels: Labels,
        loops: Loops,
        segment: NDArray[np.int32],
        start: NDArray[np.int64],
        end: NDArray[np.int64],
    ) -> tuple[NDArray[np.int64], NDArray[np.int8], NDArray[np.int8]]:
        return between(loops, segment, labels.seed[start] >= 0, labels.before[start], labels.before[end])


def _nowhere(place: NDArray[np.float64]) -> Way:
    """Return the way from a place to itself."""
    return Way(np.stack([place, place]), np.empty(0, dtype=np.int32), 0, 0)


def _places(points: ArrayLike) -> NDArray[np.float64]:
    return np.asarray(points, dtype=np.float64).reshape(-1, 2)


def _spots(places: NDArray[np.float64]) -> NDArray[np.int64]:
    """Number places so that equal ones have the same number."""
    return np.asarray(np.unique(places, axis=0, return_inverse=True)[1])


def _figures(weight: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return metres and seconds of weights, to the nearest whole one."""
    able = reachable(weight)
    distance = np.where(able, (decimetres(weight) + 5) // 10, UNREACHABLE)
    return distance, np.where(able, (milliseconds(weight) + 500) // 1000, UNREACHABLE)


def _moved(table: NDArray[np.int64], old: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return a table in which row and column ``i`` are those of ``old[i]``; where that is -1 they are anything."""
    kept = len(table)
    if kept <= len(old) and np.array_equal(old[:kept], np.arange(kept)):
        result = np.empty((len(old), len(old)), dtype=table.dtype)
        result[:kept, :kept] = table
        return result
    return table[np.ix_(old, old)]
