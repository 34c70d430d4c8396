"""The fastest ways themselves: their edges, and their shapes on the map."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from solver.roads import kernels
from solver.roads.hierarchy import Hierarchy, Metric
from solver.roads.labels import Labels
from solver.roads.network import DEGREE, Network
from solver.roads.snapping import Snaps

_SAME = 1e-9
"""Degrees; corners that are nearer are one."""


@dataclass(frozen=True, eq=False)
class Way:
    """The fastest way between two points.

    Parameters
    ----------
    shape
        Shape ``(k, 2)``, latitude and longitude of its corners, from where the first point meets the road to where the
        last one does; empty where there is no way.
    edges
        Shape ``(m,)``, int32, the edges that it uses; of the first and the last one it may use a part only.
    distance, duration
        Metres and seconds, as in the matrix; `solver.problem.UNREACHABLE` where there is no way.
    """

    shape: NDArray[np.float64]
    edges: NDArray[np.int32]
    distance: int
    duration: int


def traced(
    hierarchy: Hierarchy, metric: Metric, start: Labels, end: Labels
) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """Return the nodes of the hierarchy on the best ways between pairs of points, both ends' own edges included.

    Returns
    -------
    nodes
        One way after the other.
    beginning
        Shape ``(pairs + 1,)``: those of way ``i`` are ``nodes[beginning[i]:beginning[i + 1]]``.
    """
    nodes, beginning = kernels.trace(
        hierarchy.first,
        hierarchy.head,
        hierarchy.tail,
        hierarchy.below_first,
        hierarchy.below,
        *metric.best,
        *metric.own,
        (start.forward, start.path, start.size, start.spots.seed, start.spots.before),
        (end.backward, end.path, end.size, end.spots.seed, end.spots.before),
    )
    return nodes, beginning


def drawn(
    network: Network, edges: NDArray[np.int32], beginning: NDArray[np.int64], start: Snaps, end: Snaps
) -> list[NDArray[np.float64]]:
    """Return the corners of ways.

    Parameters
    ----------
    network
        Whose edges they are.
    edges, beginning
        Of ways, one after the other, as `traced` returns nodes; a way has one edge at least.
    start, end
        Where each of them begins and ends.
    """
    ways = len(beginning) - 1
    if not ways:
        return []
    segment, against = edges >> 1, (edges & 1).astype(np.bool_)
    low = network.segment_shape[segment].astype(np.int64)
    count = network.segment_shape[segment + 1] - low
    of_edge = np.repeat(np.arange(len(edges)), count)
    before = np.cumsum(count) - count
    number = np.arange(len(of_edge)) - before[of_edge]
    corner = np.where(against[of_edge], (low + count - 1)[of_edge] - number, low[of_edge] + number)
    place = network.shape[corner] / DEGREE
    way = np.repeat(np.arange(ways), np.diff(beginning))[of_edge]

    # Of its first and its last edge a way has only what lies between its ends.
    share = _shares(place, before, count)
    begin, stop = _along(start, against[beginning[:-1]]), _along(end, against[beginning[1:] - 1])
    kept = (of_edge != beginning[:-1][way]) | (share > begin[way])
    kept &= (of_edge != beginning[1:][way] - 1) | (share < stop[way])
    line = np.concatenate([start.place, place[kept], end.place])
    owner = np.concatenate([np.arange(ways), way[kept], np.arange(ways)])
    by_way = np.argsort(owner, kind="stable")
    line, owner = line[by_way], owner[by_way]
    # A corner that two edges share is there twice; what is left of a way are its two ends at least.
    moves = (np.abs(np.diff(line, axis=0)) > _SAME).any(axis=1) | (np.diff(owner) > 0)
    last = np.append(np.diff(owner) > 0, True)
    first = np.append(True, last[:-1])
    kept = np.append(True, moves) | first | last
    return np.split(line[kept], np.searchsorted(owner[kept], np.arange(1, ways)))


def _shares(place: NDArray[np.float64], before: NDArray[np.int64], count: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return how far along its edge each corner lies, 0 to 1."""
    step = np.diff(place, axis=0, prepend=place[:1]) * np.stack(
        [np.ones(len(place)), np.cos(np.radians(place[:, 0]))], axis=1
    )
    along = np.cumsum(np.hypot(step[:, 0], step[:, 1]))
    whole = np.maximum(along[before + count - 1] - along[before], 1e-12)
    return np.asarray((along - np.repeat(along[before], count)) / np.repeat(whole, count))


def _along(snaps: Snaps, against: NDArray[np.bool_]) -> NDArray[np.float64]:
    return np.where(against, 1 - snaps.fraction, snaps.fraction)
