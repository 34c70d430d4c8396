"""The fastest way itself: its edges, and its shape on the map."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from solver.roads import kernels
from solver.roads.hierarchy import Hierarchy, Metric
from solver.roads.labels import Labels
from solver.roads.network import DEGREE, Network


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


def traced(hierarchy: Hierarchy, metric: Metric, start: Labels, end: Labels, i: int, j: int) -> NDArray[np.int32]:
    """Return the nodes of the hierarchy on the best way from one point to another, both ends' own edges included."""
    size = min(int(start.size[i]), int(end.size[j]))
    common = start.path[i, :size] == end.path[j, :size]
    top = int(np.where(common, start.forward[i, :size] + end.backward[j, :size], np.iinfo(np.int64).max).argmin())
    up, down = metric.best
    first, head, tail = hierarchy.first, hierarchy.head, hierarchy.tail

    def climbed(weight: NDArray[np.int64], labels: Labels, row: int, label: NDArray[np.int64], sign: int) -> object:
        seed, offset = labels.seed[row], labels.before[row]
        size = labels.size[row]
        return kernels.climb(
            first, head, weight, hierarchy.depth, labels.path[row], size, label[row], top, sign, seed, offset
        )

    rising = np.asarray(climbed(up, start, i, start.forward, -1))[::-1]
    falling = np.asarray(climbed(down, end, j, end.backward, 1))
    begin = tail[rising[0]] if len(rising) else start.path[i, top]
    arcs = np.concatenate([rising, falling])
    upward = np.arange(len(arcs)) < len(rising)
    own_up, own_down = metric.own
    entered = kernels.unpack(
        head, tail, hierarchy.below_first, hierarchy.below, up, down, own_up, own_down, arcs, upward
    )
    return np.concatenate([[begin], entered]).astype(np.int32)


def drawn(
    network: Network,
    edges: NDArray[np.int32],
    begin: float,
    end: float,
    start: NDArray[np.float64],
    stop: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Return the corners of a way.

    Parameters
    ----------
    network
        Whose edges they are.
    edges
        One at least.
    begin, end
        How far along the first and the last one, as they run, the way begins and ends, 0 to 1.
    start, stop
        Shape ``(2,)``, these places in degrees.
    """
    parts = [corners(network, int(edge)) for edge in edges]
    if len(parts) == 1:
        parts[0] = _cut(parts[0], begin, end)
    else:
        parts[0] = _cut(parts[0], begin, 1.0)
        parts[-1] = _cut(parts[-1], 0.0, end)
    line = np.concatenate([start[None], *parts, stop[None]])
    moves = np.append(True, (np.abs(np.diff(line, axis=0)) > 1e-9).any(axis=1))
    line = line[moves]
    return line if len(line) > 1 else np.concatenate([line, stop[None]])


def corners(network: Network, edge: int) -> NDArray[np.float64]:
    """Return the corners of an edge as it runs; shape ``(k, 2)``, degrees."""
    segment = edge >> 1
    shape = network.shape[network.segment_shape[segment] : network.segment_shape[segment + 1]] / DEGREE
    return np.asarray(shape[::-1] if edge & 1 else shape)


def _cut(line: NDArray[np.float64], begin: float, end: float) -> NDArray[np.float64]:
    """Return the corners that lie between two shares of the length of a line."""
    step = np.diff(line, axis=0) * [1.0, np.cos(np.radians(line[0, 0]))]
    along = np.append(0.0, np.cumsum(np.hypot(step[:, 0], step[:, 1])))
    share = along / max(float(along[-1]), 1e-12)
    return np.asarray(line[(share > begin) & (share < end)])
