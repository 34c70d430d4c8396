"""Where points meet the roads of a mode."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from solver.roads.network import Network
from solver.roads.pieces import Nearest, Pieces

REACH = 1000.0
"""Metres; a point that is farther from all roads is on none."""

_RATHER = 100.0
"""Metres that a road may be farther away and is still taken, if from there one gets everywhere."""


@dataclass(frozen=True, eq=False)
class Snaps:
    """Places on roads, by point.

    Parameters
    ----------
    segment
        Shape ``(points,)``, int32; -1 where no road is within `REACH`.
    fraction
        Shape ``(points,)``, how far along the segment as it was drawn, 0 to 1.
    place
        Shape ``(points, 2)``, degrees; the point itself where there is no road.
    distance
        Shape ``(points,)``, metres from the point; infinite where there is no road.
    side
        Shape ``(points,)``, int8, on which side of the segment, as it was drawn, the point lies: 1 left, -1 right, 0 on
        it.
    connected
        Shape ``(points,)``, bool, whether it is a road from which, and to which, the mode gets everywhere.
    """

    segment: NDArray[np.int32]
    fraction: NDArray[np.float64]
    place: NDArray[np.float64]
    distance: NDArray[np.float64]
    side: NDArray[np.int8]
    connected: NDArray[np.bool_]

    def taken(self, rows: NDArray[np.int64]) -> Snaps:
        """Return those of some points."""
        return Snaps(*(getattr(self, name)[rows] for name in self.__dataclass_fields__))

    def followed_by(self, other: Snaps) -> Snaps:
        """Return those of these points and then of others."""
        pairs = ((getattr(self, name), getattr(other, name)) for name in self.__dataclass_fields__)
        return Snaps(*(np.concatenate(pair) for pair in pairs))


class Snapper:
    """Finds the roads of a mode.

    Parameters
    ----------
    network
        All roads.
    usable
        Shape ``(segments,)``, bool, those on which a journey may begin or end.
    connected
        Shape ``(segments,)``, bool, those of them that are not on an island.

    Attributes
    ----------
    connected
        Their pieces.
    """

    def __init__(self, network: Network, usable: NDArray[np.bool_], connected: NDArray[np.bool_]) -> None:
        self.connected = Pieces(network, np.flatnonzero(connected))
        self._islands = Pieces(network, np.flatnonzero(usable & ~connected))

    def snap(self, points: NDArray[np.float64]) -> Snaps:
        """Take the nearest road of each point, rather one that is connected than one on an island."""
        main = self.connected.nearest(points, REACH)
        away = np.flatnonzero(main.distance > _RATHER)
        island = self._islands.nearest(points[away], REACH)
        nearer = island.distance + _RATHER < main.distance[away]
        snaps = _snaps(main, True)
        for name in ("segment", "fraction", "place", "distance", "side"):
            getattr(snaps, name)[away[nearer]] = getattr(island, name)[nearer]
        snaps.connected[away[nearer]] = False
        return snaps


def _snaps(nearest: Nearest, connected: bool) -> Snaps:
    return Snaps(
        nearest.segment,
        nearest.fraction,
        nearest.place,
        nearest.distance,
        nearest.side,
        (nearest.segment >= 0) & connected,
    )
