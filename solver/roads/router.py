"""The one door to travel on roads: from points to matrices and ways, for one mode in one state of the roads."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from solver.roads.ground import Ground
from solver.roads.islands import CutOff, cuts, with_remedies
from solver.roads.journeys import journeys
from solver.roads.labels import Labels
from solver.roads.matrix import RoadMatrix, Room, matrix_in, tell
from solver.roads.modes import Mode
from solver.roads.network import Network
from solver.roads.order import order_segments
from solver.roads.snapping import Snaps
from solver.roads.state import State
from solver.roads.ways import Way

_BLOCK = 256
"""Rows of a matrix that are computed at once."""


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
        is 1 everywhere. No road is slower than a twentieth of its speed.
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
        self._state = State(Ground(network, mode, self.order), pace)

    @property
    def network(self) -> Network:
        """All roads."""
        return self._state.ground.network

    @property
    def mode(self) -> Mode:
        """Who travels."""
        return self._state.ground.mode

    def with_pace(self, pace: NDArray[np.floating] | None) -> Router:
        """Return a router of the same network and mode in another state of the roads; it takes milliseconds."""
        router = Router.__new__(Router)
        router.order = self.order
        router._state = State(self._state.ground, pace)
        return router

    def snap(self, points: ArrayLike) -> Snaps:
        """Find where points, shape ``(n, 2)`` in degrees, meet the roads, closed ones included."""
        return self._state.ground.snapper.snap(_places(points))

    def matrix(self, points: ArrayLike) -> RoadMatrix:
        """Return distances and durations between points, shape ``(n, 2)`` in degrees."""
        places = _places(points)
        snaps = self.snap(places)
        labels = self._state.labels(snaps)
        room = Room(len(places))
        _fill(self._state, labels, snaps, _numbers(places), *room.tables(len(places)))
        return matrix_in(room, places, snaps, labels, self._state.metric)

    def extended(self, matrix: RoadMatrix, points: ArrayLike) -> RoadMatrix:
        """Return the matrix of other points, most of them in a matrix of this router: only the rest is computed."""
        places = _places(points)
        old = _found(places, matrix.points)
        new = np.flatnonzero(old < 0)
        if matrix.metric is not self._state.metric or 2 * len(new) > len(old):
            return self.matrix(places)
        fresh = self.snap(places[new])
        source = old.copy()
        source[new] = len(matrix.points) + np.arange(len(new))
        snaps, labels = matrix.snaps.followed_by(fresh), matrix.labels.followed_by(self._state.labels(fresh))
        if not np.array_equal(source, np.arange(len(labels.size))):
            snaps, labels = snaps.taken(source), labels.taken(source)
        room = matrix.room.of(len(matrix.points), old)
        if len(new):
            every, same = np.arange(len(places)), _numbers(places)
            for rows, columns in ((new, every), (every, new)):
                weight = self._state.between(labels, snaps, same, rows, columns)
                figures = np.empty((2, *weight.shape), dtype=np.int64)
                tell(weight, *figures)
                for table, figure in zip(room.tables(len(places)), figures, strict=True):
                    table[np.ix_(rows, columns)] = figure
        return matrix_in(room, places, snaps, labels, self._state.metric)

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
        snaps, same = self.snap(places), _numbers(places)
        distance = np.empty((len(places), len(places)), dtype=np.int32)
        result = np.empty((len(factors), *distance.shape), dtype=np.int32)
        ground, pace = self._state.ground, self._state.pace
        first: dict[bytes, int] = {}
        for period, factor in enumerate(np.asarray(factors, dtype=np.float64)):
            alike = first.setdefault(factor.tobytes(), period)
            if alike < period:
                result[period] = result[alike]
                continue
            state = State(ground, factor[ground.classes] * (1.0 if pace is None else pace))
            _fill(state, state.labels(snaps), snaps, same, distance, result[period])
        return result

    def path(self, start: ArrayLike, end: ArrayLike) -> NDArray[np.float64]:
        """Return the corners of the fastest way between places, shape ``(k, 2)``, degrees; empty if there is none."""
        return self.ways(start, end)[0].shape

    def ways(self, starts: ArrayLike, ends: ArrayLike) -> tuple[Way, ...]:
        """Return the fastest way from each of some places to its counterpart; shapes ``(n, 2)``, degrees."""
        return journeys(self._state, _places(starts), _places(ends))

    def cut_off(self, points: ArrayLike) -> tuple[CutOff | None, ...]:
        """Say of points, shape ``(n, 2)`` in degrees, why one does not get there and back; None where one does."""
        places, state = _places(points), self._state
        found = cuts(self.snap(places), state.ground.main, state.connected, state.closed)
        return with_remedies(places, found, state.reachable) if found else (None,) * len(places)


def _fill(
    state: State,
    labels: Labels,
    snaps: Snaps,
    same: NDArray[np.int64],
    distance: NDArray[np.integer],
    duration: NDArray[np.integer],
) -> None:
    """Write the whole matrix of some points, block by block: weights are as large as both tables."""
    every = np.arange(len(same))
    for begin in range(0, len(every), _BLOCK):
        rows = every[begin : begin + _BLOCK]
        weight = state.between(labels, snaps, same, rows, every)
        tell(weight, distance[begin : begin + _BLOCK], duration[begin : begin + _BLOCK])


def _found(places: NDArray[np.float64], known: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return which of some known places each place is, the one with its own number where there are several; or -1."""
    number = {place: i for i, place in enumerate(map(tuple, known.tolist()))}
    found = np.array([number.get(place, -1) for place in map(tuple, places.tolist())], dtype=np.int64)
    both = min(len(places), len(known))
    stays = np.flatnonzero((places[:both] == known[:both]).all(axis=1))
    found[stays] = stays
    return found


def _places(points: ArrayLike) -> NDArray[np.float64]:
    return np.ascontiguousarray(points, dtype=np.float64).reshape(-1, 2)


def _numbers(places: NDArray[np.float64]) -> NDArray[np.int64]:
    """Number places so that equal ones have the same number."""
    whole = (places + 0.0).view(np.complex128).ravel()  # one value each, and no negative zero
    return np.asarray(np.unique(whole, return_inverse=True)[1])
