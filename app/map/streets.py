"""Streets of a road network as lines for the map, cut to what a view needs. No Qt here: arrays in, arrays out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.map.camera import Rect
from app.map.projection import Mercator
from app.map.simplify import worths
from solver.roads.modes import RoadClass
from solver.roads.network import DEGREE, Network

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

MOST_SEGMENTS = 400_000
"""Of a larger network only the greater streets are drawn."""


@dataclass(frozen=True, slots=True)
class Rank:
    """Streets that are drawn alike.

    Parameters
    ----------
    classes
        Of the network.
    width
        Metres.
    furthest
        Metres of a pixel from which on they are left out.
    walked
        Whether they are paths, which stay thin lines.
    least
        Pixels that a line is wide from far away.
    """

    classes: tuple[RoadClass, ...]
    width: float
    furthest: float
    walked: bool = False
    least: float = 1.0


RANKS = (
    Rank((RoadClass.PATH, RoadClass.STEPS, RoadClass.CYCLEWAY, RoadClass.TRACK), 1.5, 1.5, True),
    Rank((RoadClass.PEDESTRIAN,), 2.5, 2.5, True),
    Rank((RoadClass.SERVICE,), 3.0, 3.5),
    Rank((RoadClass.LIVING_STREET, RoadClass.MINOR, RoadClass.RESIDENTIAL), 7.0, 14.0),
    Rank((RoadClass.TERTIARY,), 8.0, 45.0, least=1.3),
    Rank((RoadClass.SECONDARY,), 9.0, 90.0, least=1.6),
    Rank((RoadClass.MOTORWAY, RoadClass.TRUNK, RoadClass.PRIMARY), 10.0, 250.0, least=1.9),
)
"""From the smallest to the greatest, which lie over them; ferries are no streets."""


@dataclass(frozen=True, slots=True, eq=False)
class Strokes:
    """Lines of one rank: points, and whether each is joined to the next.

    Parameters
    ----------
    x, y
        Shape ``(points,)``, map units.
    connect
        Shape ``(points,)``, uint8.
    streets
        Shape ``(points,)``: which street each belongs to.
    """

    x: NDArray[np.float64]
    y: NDArray[np.float64]
    connect: NDArray[np.uint8]
    streets: Ints


class Streets:
    """All streets, each from one end of a way to the other.

    Parameters
    ----------
    network
        Has them. What this takes is taken once, and may take a second: it is for a background thread.

    Attributes
    ----------
    attribution
        Whom to name for them.
    names
        What each street is called, or "".
    """

    def __init__(self, network: Network) -> None:
        self.attribution = network.attribution
        rank_of = np.full(len(RoadClass), -1)
        for rank, drawn in enumerate(RANKS):
            rank_of[list(drawn.classes)] = rank
        ranks = rank_of[network.way_class[network.segment_way]]
        least = 0
        while least < len(RANKS) - 1 and np.count_nonzero(ranks >= least) > MOST_SEGMENTS:
            least += 1
        segments = np.flatnonzero(ranks >= least)
        corners, starts, first = _chained(network, segments)
        geo = network.shape[corners] / DEGREE
        points = np.column_stack(Mercator().to_map(geo[:, 0], geo[:, 1])).reshape(-1, 2)
        self._middle = points.mean(axis=0) if len(points) else np.zeros(2)
        self._worth = worths(points, starts).astype(np.float32)
        self._x, self._y = (points - self._middle).astype(np.float32).T  # single precision is exact enough near zero
        self._starts = starts
        self._ranks = ranks[segments[first]]
        named = network.way_name[network.segment_way[segments[first]]]
        self.names: Sequence[str] = [network.names[name] if name >= 0 else "" for name in named.tolist()]
        begins = starts[:-1]
        self._boxes = tuple(
            reduce.reduceat(values, begins) if len(begins) else values
            for reduce, values in (
                (np.minimum, self._x),
                (np.minimum, self._y),
                (np.maximum, self._x),
                (np.maximum, self._y),
            )
        )

    def strokes(self, rank: int, rect: Rect, tolerance: float) -> Strokes:
        """Return the streets of a rank that reach into a rectangle.

        Parameters
        ----------
        rank
            Place in `RANKS`.
        rect
            Map units.
        tolerance
            How far lines may be off, map units.
        """
        left, bottom, right, top = self._boxes
        x, y = self._middle
        near = (left <= rect[2] - x) & (right >= rect[0] - x) & (bottom <= rect[3] - y) & (top >= rect[1] - y)
        streets = np.flatnonzero(near & (self._ranks == rank))
        counts = np.diff(self._starts)[streets]
        of = np.repeat(streets, counts)
        at = np.arange(len(of)) + np.repeat(self._starts[streets] - (np.cumsum(counts) - counts), counts)
        kept = self._worth[at] > tolerance
        at, of = at[kept], of[kept]
        connect = np.zeros(len(of), dtype=np.uint8)
        connect[:-1] = of[:-1] == of[1:]
        return Strokes(self._x[at] + x, self._y[at] + y, connect, of)


def _chained(network: Network, segments: Ints) -> tuple[Ints, Ints, Ints]:
    """Join segments of a way that follow each other.

    Returns
    -------
    corners
        Places in the network's shape, one street after the other.
    starts
        Shape ``(streets + 1,)``: where each street begins in them.
    first
        Shape ``(streets,)``: places in ``segments`` of the first of each street.
    """
    ends, way = network.segment_node[segments], network.segment_way[segments]
    goes_on = np.zeros(len(segments), dtype=bool)
    goes_on[1:] = (way[1:] == way[:-1]) & (ends[1:, 0] == ends[:-1, 1])
    begins = network.segment_shape[segments].astype(np.int64) + goes_on  # the corner in common counts once
    counts = network.segment_shape[segments + 1] - begins
    before = np.cumsum(counts) - counts
    corners = np.arange(int(counts.sum())) + np.repeat(begins - before, counts)
    first = np.flatnonzero(~goes_on)
    return corners, np.append(before[first], len(corners)).astype(np.int64), first
