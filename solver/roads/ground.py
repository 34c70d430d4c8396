"""What a network is for one mode, whatever the state of the roads: turns, hierarchy, usual speeds, islands."""

from __future__ import annotations

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from solver.roads import kernels
from solver.roads.hierarchy import Hierarchy, contract
from solver.roads.modes import Mode, RoadClass
from solver.roads.network import Network
from solver.roads.snapping import Snapper
from solver.roads.speeds import speeds
from solver.roads.turns import TurnGraph, turn_graph
from solver.roads.weights import FAR, LONGEST, packed

_SLOWEST = 0.05
"""Of the usual speed: a road that is slower than that is as slow as that."""


class Ground:
    """A network for a mode.

    Parameters
    ----------
    network
        All roads.
    mode
        Who travels.
    order
        Of all segments (`solver.roads.order.order_segments`).
    """

    def __init__(self, network: Network, mode: Mode, order: NDArray[np.int32]) -> None:
        self.network = network
        self.mode = mode
        self.graph: TurnGraph = turn_graph(network, mode)
        self.hierarchy: Hierarchy = contract(self.graph, order)
        self._usual = np.repeat(network.segment_length, 2) * 360.0 / speeds(network, mode)

    @cached_property
    def classes(self) -> NDArray[np.uint8]:
        """`RoadClass` of segments."""
        return np.asarray(self.network.way_class[self.network.segment_way])

    @cached_property
    def edge_of_rank(self) -> NDArray[np.int32]:
        """Edges of the nodes of the hierarchy."""
        edges = np.empty_like(self.graph.edges)
        edges[self.hierarchy.rank] = self.graph.edges
        return edges

    def runs(self, pace: NDArray[np.floating] | None) -> NDArray[np.int64]:
        """Return what running along edges weighs; shape ``(2 * segments,)``, `FAR` where `pace` is 0.

        Parameters
        ----------
        pace
            Shape ``(segments,)``, 1 where the road is as fast as usual; None is 1 everywhere.
        """
        time = self._usual
        length = np.maximum(np.repeat(self.network.segment_length, 2), 1)
        if pace is None:
            return packed(np.rint(time).clip(1, LONGEST), length)
        both = np.repeat(np.asarray(pace, dtype=np.float64), 2)
        run = packed(np.rint(time / both.clip(_SLOWEST)).clip(1, LONGEST), length)
        return np.where(both > 0, run, FAR)

    def turns(self, runs: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the weights of the graph's arcs, if running along edges weighs so much."""
        of_node = runs[self.graph.edges]
        tail = of_node[self.graph.tail]
        closed = (tail == FAR) | (of_node[self.graph.head] == FAR)
        return np.where(closed, FAR, tail + self.graph.delay)

    def connected(self, runs: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Tell which segments are of the greatest part in which one gets from everywhere to everywhere.

        Returns
        -------
        numpy.ndarray
            Shape ``(segments,)``, bool.
        """
        graph, inside = self.graph, np.zeros(self.network.segments, dtype=np.bool_)
        if not len(graph.edges):
            return inside
        open_arcs = self.turns(runs) < FAR
        first = np.concatenate([[0], np.cumsum(open_arcs)])[graph.first]
        component = kernels.components(first, graph.head[open_arcs])
        segment = graph.edges >> 1
        open_nodes = runs[graph.edges] < FAR
        length = np.where(open_nodes, self.network.segment_length[segment], 0)
        greatest = np.bincount(component, length).argmax()
        inside[segment[(component == greatest) & open_nodes]] = True
        return inside

    @cached_property
    def main(self) -> NDArray[np.bool_]:
        """Whether segments are connected while all roads are open; shape ``(segments,)``."""
        return self.connected(self.runs(None))

    @cached_property
    def stops(self) -> NDArray[np.bool_]:
        """Whether a journey may begin or end on segments: nobody lives on a motorway, nor stops there or on a ferry."""
        usable = np.zeros(self.network.segments, dtype=np.bool_)
        usable[self.graph.edges >> 1] = True
        return usable & ~np.isin(self.classes, (RoadClass.MOTORWAY, RoadClass.FERRY))

    @cached_property
    def snapper(self) -> Snapper:
        """Finds roads near points."""
        return Snapper(self.network, self.stops, self.main & self.stops)
