"""A customizable contraction hierarchy (Dibbelt, Strasser and Wagner, 2016) over the turns of a mode.

Its *topology* depends on who may use which street, and takes the longest to make. A *metric* is the weights of all its
arcs for one state of the roads; another state is another metric on the same topology, made in milliseconds.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from solver.roads import kernels
from solver.roads.turns import TurnGraph
from solver.roads.weights import FAR


@dataclass(frozen=True, eq=False)
class Hierarchy:
    """The topology: nodes are those of a `TurnGraph`, numbered anew by their rank.

    Parameters
    ----------
    rank
        Shape ``(nodes,)``, int32, of each node of the graph; the least is contracted first.
    first, head, tail
        Arcs from each node to higher ones, as in `solver.roads.kernels`.
    below_first, below
        Arcs into each node from lower ones, ascending.
    parent, depth
        Shape ``(nodes,)``, int32: the elimination tree; a root has parent -1 and depth 0.
    slot
        Shape ``(arcs of the graph,)``, int64: where the weight of a turn goes, in the weights of all arcs upwards
        followed by those of all arcs downwards; -1 for a turn from an edge into itself.
    height
        How many ancestors a node has at most, itself included.
    """

    rank: NDArray[np.int32]
    first: NDArray[np.int64]
    head: NDArray[np.int32]
    tail: NDArray[np.int32]
    below_first: NDArray[np.int64]
    below: NDArray[np.int64]
    parent: NDArray[np.int32]
    depth: NDArray[np.int32]
    slot: NDArray[np.int64]
    height: int

    def ranks(self, nodes: NDArray[np.int32]) -> NDArray[np.int32]:
        """Return the ranks of nodes of the graph, and -1 for each -1."""
        ranks = np.full(nodes.shape, -1, dtype=np.int32)
        ranks[nodes >= 0] = self.rank[nodes[nodes >= 0]]
        return ranks


@dataclass(frozen=True, eq=False)
class Metric:
    """Weights of the arcs of a hierarchy, upwards and downwards: `own` of turns alone, `best` over lower nodes too."""

    own: tuple[NDArray[np.int64], NDArray[np.int64]]
    best: tuple[NDArray[np.int64], NDArray[np.int64]]


def contract(graph: TurnGraph, order: NDArray[np.int32]) -> Hierarchy:
    """Make the topology of a graph.

    Both edges of a segment are made neighbours, whether or not one may turn round there: so one is the other's
    ancestor, and a point between them has one path to the root.

    Parameters
    ----------
    graph
        Of a mode.
    order
        Of the segments of the network (`solver.roads.order.order_segments`).
    """
    nodes = len(graph.edges)
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order))
    rank = np.empty(nodes, dtype=np.int32)
    rank[np.argsort(2 * place[graph.edges >> 1] + (graph.edges & 1))] = np.arange(nodes, dtype=np.int32)

    tail, head = rank[graph.tail].astype(np.int64), rank[graph.head].astype(np.int64)
    way_back = graph.node[graph.edges ^ 1]
    pair, back = rank[way_back >= 0], rank[way_back[way_back >= 0]]
    low = np.concatenate([np.minimum(tail, head), np.minimum(pair, back)])
    high = np.concatenate([np.maximum(tail, head), np.maximum(pair, back)])
    joined = np.unique((low * nodes + high)[low < high])
    first = np.searchsorted(joined, np.arange(nodes + 1) * nodes)
    start, heads, parent = kernels.eliminate(first, (joined % max(nodes, 1)).astype(np.int32))

    tails = np.repeat(np.arange(nodes, dtype=np.int64), np.diff(start))
    keys = np.sort(tails * nodes + heads)
    tails, heads = keys // max(nodes, 1), keys % max(nodes, 1)
    below = np.argsort(heads, kind="stable")
    slot = np.searchsorted(keys, np.minimum(tail, head) * nodes + np.maximum(tail, head))
    slot = np.where(tail < head, slot, slot + len(keys))
    depth = _depths(parent)
    return Hierarchy(
        rank=rank,
        first=start,
        head=heads.astype(np.int32),
        tail=tails.astype(np.int32),
        below_first=np.searchsorted(heads[below], np.arange(nodes + 1)).astype(np.int64),
        below=below,
        parent=parent,
        depth=depth,
        slot=np.where(tail == head, -1, slot),
        height=int(depth.max(initial=-1)) + 1,
    )


def customised(hierarchy: Hierarchy, weights: NDArray[np.int64]) -> Metric:
    """Make the metric of weights of the graph's arcs; `FAR` is a turn that cannot be taken."""
    arcs = len(hierarchy.head)
    own = np.full(2 * arcs, FAR, dtype=np.int64)
    real = hierarchy.slot >= 0
    own[hierarchy.slot[real]] = weights[real]
    best = own.copy()
    up, down = best[:arcs], best[arcs:]
    kernels.customise(hierarchy.first, hierarchy.head, hierarchy.tail, hierarchy.below_first, hierarchy.below, up, down)
    return Metric((own[:arcs], own[arcs:]), (up, down))


def _depths(parent: NDArray[np.int32]) -> NDArray[np.int32]:
    """Return how many ancestors each node has: jumps of twice the length until all are at the root."""
    above = np.append(parent, -1)  # the root's parent is the last entry, which is its own
    depth = (above >= 0).astype(np.int32)
    while (above >= 0).any():
        depth += depth[above]
        above = above[above]
    return depth[:-1]
