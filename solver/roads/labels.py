"""Labels of points: what ways to and from all ancestors of a point weigh. Two labels tell the way between two points.

A point lies on a segment, and so on one or two edges. A label counts from the beginning of these edges: what lies
before the point is taken off a way that begins there, and added to one that ends there.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from solver.roads import kernels
from solver.roads.hierarchy import Hierarchy, Metric
from solver.roads.weights import FAR


@dataclass(frozen=True, eq=False)
class Labels:
    """Of points in one metric; columns are depths of the elimination tree, the root first.

    Parameters
    ----------
    seed
        Shape ``(points, 2)``, int32, nodes of the hierarchy at the point, or -1.
    before
        Shape ``(points, 2)``, int64, weight from the beginning of each of these edges to the point.
    forward, backward
        Shape ``(points, width)``, int64, weights to and from each ancestor, or `FAR`.
    path
        Shape ``(points, width)``, int32, the ancestors, then -1.
    size
        Shape ``(points,)``, int32, how many there are; 0 where a point is not on the graph.
    """

    seed: NDArray[np.int32]
    before: NDArray[np.int64]
    forward: NDArray[np.int64]
    backward: NDArray[np.int64]
    path: NDArray[np.int32]
    size: NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.size)

    def taken(self, rows: NDArray[np.int64]) -> Labels:
        """Return those of some points."""
        return Labels(*(getattr(self, name)[rows] for name in self.__dataclass_fields__))

    def followed_by(self, other: Labels) -> Labels:
        """Return those of these points and then of others in the same metric."""
        pairs = ((getattr(self, name), getattr(other, name)) for name in self.__dataclass_fields__)
        return Labels(*(np.concatenate(pair) for pair in pairs))


def labels_of(hierarchy: Hierarchy, metric: Metric, seed: NDArray[np.int32], before: NDArray[np.int64]) -> Labels:
    """Return the labels of points that lie on one or two edges each; both edges of a point must share a segment."""
    width = int(hierarchy.depth.max(initial=-1)) + 1
    # The lower one of both edges has the other one among its ancestors.
    known = np.where(seed >= 0, seed, len(hierarchy.rank))
    anchor = np.where((seed >= 0).any(axis=1), known.min(axis=1), -1).astype(np.int32)
    size = np.where(anchor >= 0, np.append(hierarchy.depth, -1)[anchor] + 1, 0).astype(np.int32)
    forward = np.full((len(seed), width), FAR, dtype=np.int64)
    backward = forward.copy()
    path = np.full((len(seed), width), -1, dtype=np.int32)
    up, down = metric.best
    kernels.label(
        hierarchy.first,
        hierarchy.head,
        up,
        down,
        hierarchy.parent,
        hierarchy.depth,
        anchor,
        seed,
        before,
        forward,
        backward,
        path,
    )
    return Labels(seed, before, forward, backward, path, size)


def joined(start: Labels, end: Labels) -> NDArray[np.int64]:
    """Return what the best way from each of some points to each of others weighs; shape ``(starts, ends)``.

    Where both lie on one segment the answer is of no use: a way may not begin behind its end.
    """
    result = np.empty((len(start), len(end)), dtype=np.int64)
    kernels.join(start.forward, start.path, start.size, end.backward, end.path, end.size, FAR, result)
    return result


def joined_pairs(start: Labels, end: Labels) -> NDArray[np.int64]:
    """Return what the best way from each point to its counterpart weighs; shape ``(pairs,)``."""
    common = (start.path == end.path) & (start.path >= 0)
    sums = np.where(common, start.forward + end.backward, FAR)
    return np.asarray(sums.min(axis=1, initial=FAR))
