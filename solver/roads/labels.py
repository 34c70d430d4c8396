"""Labels of points: what ways to and from all ancestors of a point weigh. Two labels tell the way between two points.

A point lies on a segment, and so on one or two edges. A label counts from the beginning of these edges: what lies
before the point is taken off a way that begins there, and added to one that ends there.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from solver.roads import kernels
from solver.roads.hierarchy import Hierarchy, Metric
from solver.roads.weights import FAR


@dataclass(frozen=True, eq=False)
class Spots:
    """Where points are on the graph.

    Parameters
    ----------
    seed
        Shape ``(points, 2)``, int32, nodes of the hierarchy at the point, or -1; both are of one segment.
    before
        Shape ``(points, 2)``, int64, weight from the beginning of each of these edges to the point.
    """

    seed: NDArray[np.int32]
    before: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.seed)

    def taken(self, rows: NDArray[np.int64]) -> Spots:
        """Return those of some points."""
        return Spots(self.seed[rows], self.before[rows])


@dataclass(frozen=True, eq=False)
class Labels:
    """Of points in one metric; columns are depths of the elimination tree, the root first.

    Parameters
    ----------
    spots
        Where the points are.
    forward, backward
        Shape ``(points, width)``, int64, weights to and from each ancestor, or `FAR`.
    path
        Shape ``(points, width)``, int32, the ancestors, then -1.
    size
        Shape ``(points,)``, int32, how many there are; 0 where a point is not on the graph.
    """

    spots: Spots
    forward: NDArray[np.int64]
    backward: NDArray[np.int64]
    path: NDArray[np.int32]
    size: NDArray[np.int32]

    def taken(self, rows: NDArray[np.int64]) -> Labels:
        """Return those of some points."""
        return Labels(self.spots.taken(rows), self.forward[rows], self.backward[rows], self.path[rows], self.size[rows])

    def followed_by(self, other: Labels) -> Labels:
        """Return those of these points and then of others in the same metric."""
        seed, before = (
            np.concatenate([getattr(self.spots, one.name), getattr(other.spots, one.name)]) for one in fields(Spots)
        )
        arrays = (
            np.concatenate([getattr(self, name), getattr(other, name)])
            for name in ("forward", "backward", "path", "size")
        )
        return Labels(Spots(seed, before), *arrays)


def labels_of(hierarchy: Hierarchy, metric: Metric, spots: Spots) -> Labels:
    """Return the labels of points."""
    width = hierarchy.height
    # The lower one of both edges has the other one among its ancestors.
    on_graph = spots.seed >= 0
    lower = np.where(on_graph, spots.seed, len(hierarchy.rank)).min(axis=1, initial=len(hierarchy.rank))
    anchor = np.where(on_graph.any(axis=1), lower, -1).astype(np.int32)
    size = np.zeros(len(spots), dtype=np.int32)
    size[anchor >= 0] = hierarchy.depth[anchor[anchor >= 0]] + 1
    forward = np.full((len(spots), width), FAR, dtype=np.int64)
    backward = forward.copy()
    path = np.full((len(spots), width), -1, dtype=np.int32)
    kernels.label(
        hierarchy.first,
        hierarchy.head,
        *metric.best,
        hierarchy.parent,
        hierarchy.depth,
        anchor,
        spots.seed,
        spots.before,
        forward,
        backward,
        path,
    )
    return Labels(spots, forward, backward, path, size)


def labels_at(hierarchy: Hierarchy, metric: Metric, nodes: NDArray[np.int32]) -> Labels:
    """Return the labels of the beginnings of edges, given by their nodes in the hierarchy; -1 is none."""
    seed = np.stack([nodes, np.full(len(nodes), -1)], axis=1).astype(np.int32)
    return labels_of(hierarchy, metric, Spots(seed, np.zeros(seed.shape, dtype=np.int64)))


def joined(start: Labels, end: Labels) -> NDArray[np.int64]:
    """Return what the best way from each of some points to each of others weighs; shape ``(starts, ends)``.

    Where both lie on one segment the answer is of no use: a way may not begin behind its end.
    """
    result = np.empty((len(start.size), len(end.size)), dtype=np.int64)
    kernels.join(start.forward, start.path, start.size, end.backward, end.path, end.size, FAR, result)
    return result


def joined_pairs(start: Labels, end: Labels) -> NDArray[np.int64]:
    """Return what the best way from each point to its counterpart weighs; shape ``(pairs,)``."""
    common = (start.path == end.path) & (start.path >= 0)
    sums = np.where(common, start.forward + end.backward, FAR)
    return np.asarray(sums.min(axis=1, initial=FAR))
