"""The graph that is searched: its nodes are the edges of a mode, its arcs the turns from one edge into the next.

A way costs, for each edge that it leaves by its end, the time to run along it, the signals passed, and the turn.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from solver.roads.modes import Mode
from solver.roads.network import Network
from solver.roads.speeds import restricted, usable
from solver.roads.weights import packed

_SHARPEST = 1.5
"""A turn costs at most so many times what one by a right angle costs."""

_BEND = np.radians(20)
"""What turns less goes straight on."""


@dataclass(frozen=True, eq=False)
class TurnGraph:
    """Edges and turns of a mode.

    Parameters
    ----------
    edges
        Shape ``(nodes,)``, int32, the edge of each node, ascending.
    node
        Shape ``(2 * segments,)``, int32, the node of each edge, or -1 if the mode may not use it.
    first
        Shape ``(nodes + 1,)``, int64: the arcs from node ``v`` are those from ``first[v]`` to ``first[v + 1]``.
    tail, head
        Shape ``(arcs,)``, int32, nodes.
    delay
        Shape ``(arcs,)``, int64, weights (`solver.roads.weights`) of signals, turns and entries into restricted areas.
    """

    edges: NDArray[np.int32]
    node: NDArray[np.int32]
    first: NDArray[np.int64]
    tail: NDArray[np.int32]
    head: NDArray[np.int32]
    delay: NDArray[np.int64]


def turn_graph(network: Network, mode: Mode) -> TurnGraph:
    """Return the edges that a mode may use, and the turns that it may take.

    It may turn round everywhere, unless a sign forbids it, for what `Mode.u_turn_delay` says.
    """
    allowed = usable(network, mode)
    edges = np.flatnonzero(allowed).astype(np.int32)
    node = np.full(len(allowed), -1, dtype=np.int32)
    node[edges] = np.arange(len(edges), dtype=np.int32)
    begins = network.segment_node.ravel()[edges]
    ends = network.segment_node[:, ::-1].ravel()[edges]

    # Each edge goes on by all that begin where it ends.
    by_place = np.argsort(begins, kind="stable")
    begin = np.searchsorted(begins[by_place], ends, side="left")
    count = np.searchsorted(begins[by_place], ends, side="right") - begin
    tail = np.repeat(np.arange(len(edges)), count)
    offset = np.arange(len(tail)) - np.repeat(np.cumsum(count) - count, count)
    head = by_place[np.repeat(begin, count) + offset]

    binding = network.turn[(network.turn_modes & mode.kind.access) != 0].astype(np.int64)
    bans = binding[:, 0] * len(allowed) + binding[:, 1]
    free = ~np.isin(edges[tail].astype(np.int64) * len(allowed) + edges[head], bans)
    tails, heads = tail[free].astype(np.int32), head[free].astype(np.int32)
    first = np.searchsorted(tails, np.arange(len(edges) + 1)).astype(np.int64)
    return TurnGraph(edges, node, first, tails, heads, _delays(network, mode, edges, tails, heads))


def _delays(
    network: Network, mode: Mode, edges: NDArray[np.int32], tail: NDArray[np.int32], head: NDArray[np.int32]
) -> NDArray[np.int64]:
    """Weigh turns: of signals, by their angle, and of entries into restricted areas."""
    before, after = edges[tail], edges[head]
    leaving, entering = _bearings(network)
    angle = np.abs((entering[after] - leaving[before] + np.pi) % (2 * np.pi) - np.pi)
    share = np.where(angle < _BEND, 0, np.minimum(angle / (np.pi / 2), _SHARPEST))
    # Where nothing branches off, a street only bends.
    streets = np.bincount(
        network.segment_node[np.unique(edges >> 1)].ravel(), minlength=network.nodes
    )  # a loop counts twice, and rightly
    junction = network.segment_node[:, ::-1].ravel()[before]
    seconds = np.where(streets[junction] > 2, share * mode.turn_delay, 0)
    seconds = np.where(after == before ^ 1, mode.u_turn_delay, seconds)
    seconds = seconds + network.signals.ravel()[before] * mode.signal_delay
    closed = restricted(network, mode)
    entries = closed[after >> 1] & ~closed[before >> 1]
    return packed(np.rint(seconds * 1000), 0, entries)


def _bearings(network: Network) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return where edges head to at their end and at their beginning, radians, shape ``(2 * segments,)`` each."""
    first, last = network.segment_shape[:-1], network.segment_shape[1:] - 1
    shape = network.shape.astype(np.float64)

    def bearing(start: NDArray[np.int32], end: NDArray[np.int32]) -> NDArray[np.float64]:
        north, east = (shape[end] - shape[start]).T
        narrow = np.cos(np.radians(shape[start, 0] / 1e7))
        return np.asarray(np.arctan2(east * narrow, north))

    out, into = bearing(first, first + 1), bearing(last - 1, last)
    entering = np.stack([out, into + np.pi], axis=1).ravel()
    leaving = np.stack([into, out + np.pi], axis=1).ravel()
    return leaving, entering
