"""How well a network hangs together: the streets from which one comes to all others and back."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from solver.roads.modes import Access
from solver.roads.network import Network

_SEEDS = 8


def connected_share(network: Network, mode: Access) -> float:
    """Return which share of the length of all streets of a mode lies in their largest strongly connected part.

    Restrictions of turns and limits of vehicles are not looked at. Where no part holds half of the streets, it is the
    largest one of several that are tried.

    Returns
    -------
    float
        From 0 to 1; 1 where the mode has no street at all.
    """
    forward, backward = (network.access[:, side] & mode > 0 for side in (0, 1))
    length = np.where(forward | backward, network.segment_length, 0).astype(np.float64)
    whole = float(length.sum())
    if not whole:
        return 1.0
    start, end = network.segment_node.T
    tail = np.concatenate([start[forward], end[backward]])
    head = np.concatenate([end[forward], start[backward]])
    ahead, back = _Arcs(tail, head, network.nodes), _Arcs(head, tail, network.nodes)
    best = 0.0
    for seed in _seeds(network, forward | backward):
        part = ahead.reached(seed) & back.reached(seed)
        best = max(best, float(length[part[start] & part[end]].sum()) / whole)
        if best > 0.5:
            break
    return best


def _seeds(network: Network, usable: NDArray[np.bool_]) -> list[int]:
    """Return junctions on the greatest streets, spread over the network."""
    segments = np.flatnonzero(usable)
    order = segments[np.argsort(network.way_class[network.segment_way[segments]], kind="stable")]
    great = order[: max(len(order) // 4, _SEEDS)]
    chosen = great[np.linspace(0, len(great) - 1, min(_SEEDS, len(great))).astype(np.int64)]
    return list(dict.fromkeys(network.segment_node[chosen, 0].tolist()))


class _Arcs:
    """Arcs by the node that they leave."""

    def __init__(self, tail: NDArray[np.int32], head: NDArray[np.int32], nodes: int) -> None:
        self._head = head[np.argsort(tail, kind="stable")]
        self._start = np.zeros(nodes + 1, dtype=np.int64)
        np.cumsum(np.bincount(tail, minlength=nodes), out=self._start[1:])

    def reached(self, seed: int) -> NDArray[np.bool_]:
        """Return which nodes can be reached from one, itself included."""
        reached = np.zeros(len(self._start) - 1, dtype=np.bool_)
        reached[seed] = True
        front = np.array([seed])
        while len(front):
            first = self._start[front]
            counts = self._start[front + 1] - first
            offsets = np.cumsum(counts) - counts
            arcs = np.repeat(first - offsets, counts) + np.arange(counts.sum())
            found = self._head[arcs]
            front = np.unique(found[~reached[found]])
            reached[front] = True
        return reached
