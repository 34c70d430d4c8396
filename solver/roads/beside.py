"""Ways between points that share a segment: labels cannot tell them, since such a way may begin behind its end.

It either runs along the segment, or leaves it by one of its ends and comes back by one. What comes between leaving and
coming back is the same for all points of the segment.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from solver.roads.ground import Ground
from solver.roads.hierarchy import Metric
from solver.roads.labels import Spots, joined_pairs, labels_at
from solver.roads.weights import FAR


@dataclass(frozen=True, eq=False)
class Loops:
    """Ways that leave a segment and come back to it.

    Parameters
    ----------
    segments
        Shape ``(k,)``, ascending.
    weight
        Shape ``(k, 2, 2)``, int64, from the beginning of each of its edges, over its end, to the beginning of each.
    by
        Shape ``(k, 2, 2)``, int32, the node of the hierarchy by which this way goes on.
    """

    segments: NDArray[np.int32]
    weight: NDArray[np.int64]
    by: NDArray[np.int32]


def loops_of(ground: Ground, metric: Metric, turns: NDArray[np.int64], segments: NDArray[np.int32]) -> Loops:
    """Return the ways that leave some segments and come back; `turns` are the weights of the graph's arcs."""
    graph, hierarchy = ground.graph, ground.hierarchy
    weight = np.full((len(segments), 2, 2), FAR, dtype=np.int64)
    by = np.full((len(segments), 2, 2), -1, dtype=np.int32)
    if not len(segments):
        return Loops(segments, weight, by)
    nodes = graph.node[2 * segments[:, None] + np.arange(2)]  # of both edges
    row, leaving = np.nonzero(nodes >= 0)
    begin, end = graph.first[nodes[row, leaving]], graph.first[nodes[row, leaving] + 1]
    count = end - begin
    arc = np.repeat(begin - (np.cumsum(count) - count), count) + np.arange(count.sum())
    row, leaving = np.repeat(row, count), np.repeat(leaving, count)
    able = turns[arc] < FAR
    arc, row, leaving = arc[able], row[able], leaving[able]
    onward = hierarchy.rank[graph.head[arc]]
    start = labels_at(hierarchy, metric, onward)
    for coming in range(2):
        end_labels = labels_at(hierarchy, metric, hierarchy.ranks(nodes[row, coming]))
        whole = np.minimum(turns[arc] + joined_pairs(start, end_labels), FAR)
        worst_first = np.argsort(-whole, kind="stable")  # so that the best is written last
        where = row[worst_first], leaving[worst_first], coming
        weight[where] = whole[worst_first]
        by[where] = onward[worst_first]
    return Loops(segments, weight, by)


def between(
    loops: Loops, segment: NDArray[np.int32], start: Spots, end: Spots
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Return the best ways between pairs of points that share a segment.

    Parameters
    ----------
    loops
        Of all these segments.
    segment
        Shape ``(pairs,)``.
    start, end
        Where both points are.

    Returns
    -------
    weight, leaving, coming
        Shape ``(pairs,)`` each: what the way weighs, by which of both edges it begins, and by which it ends; -1 where
        it runs along the edge by which it begins.
    """
    which = np.searchsorted(loops.segments, segment)
    weight = np.full(len(segment), FAR, dtype=np.int64)
    leaving = np.zeros(len(segment), dtype=np.int64)
    coming = np.full(len(segment), -1, dtype=np.int64)
    open_edge = start.seed >= 0
    for a in range(2):
        along = end.before[:, a] - start.before[:, a]
        better = open_edge[:, a] & (along >= 0) & (along < weight)
        weight[better], leaving[better], coming[better] = along[better], a, -1
        for b in range(2):
            whole = loops.weight[which, a, b]
            around = whole - start.before[:, a] + end.before[:, b]
            better = (whole < FAR) & open_edge[:, a] & open_edge[:, b] & (around < weight)
            weight[better], leaving[better], coming[better] = around[better], a, b
    return weight, leaving, coming
