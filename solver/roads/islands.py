"""Why a point cannot be travelled to and from, and how far the nearest road is from which one gets everywhere."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from solver.roads.pieces import Pieces
from solver.roads.snapping import Snaps

HORIZON = 50_000.0
"""Metres within which a reachable road is looked for."""


class Cut(StrEnum):
    """What cuts a point off."""

    FAR = "far"  # no road of the mode is near
    ISLAND = "island"  # its road does not lead to the others, or not back
    CLOSED = "closed"  # its road is closed
    SURROUNDED = "surrounded"  # its road is open, but those around are closed


@dataclass(frozen=True, slots=True)
class CutOff:
    """A point that is cut off.

    Parameters
    ----------
    cut
        By what.
    place
        Latitude and longitude of the nearest place on a road from which one gets everywhere; None where there is none
        within `HORIZON`.
    distance
        Metres from the point to that place.
    """

    cut: Cut
    place: tuple[float, float] | None
    distance: float


def cuts(
    snaps: Snaps, main: NDArray[np.bool_], connected: NDArray[np.bool_], closed: NDArray[np.bool_]
) -> dict[int, Cut]:
    """Return what cuts points off, by the number of the point.

    Parameters
    ----------
    snaps
        Of the points.
    main, connected
        Shape ``(segments,)``, whether one gets everywhere from there: with all roads open, and now.
    closed
        Shape ``(segments,)``.
    """
    found = {}
    for point, segment in enumerate(snaps.segment.tolist()):
        if segment < 0:
            found[point] = Cut.FAR
        elif not main[segment]:
            found[point] = Cut.ISLAND
        elif closed[segment]:
            found[point] = Cut.CLOSED
        elif not connected[segment]:
            found[point] = Cut.SURROUNDED
    return found


def with_remedies(points: NDArray[np.float64], found: dict[int, Cut], roads: Pieces) -> tuple[CutOff | None, ...]:
    """Add to what cuts points off where the nearest of some roads is; None for the other points."""
    which = sorted(found)
    nearest = roads.nearest(points[which], HORIZON)
    result: list[CutOff | None] = [None] * len(points)
    for number, point in enumerate(which):
        distance = float(nearest.distance[number])
        lat, lon = nearest.place[number].tolist()
        result[point] = CutOff(found[point], (lat, lon) if np.isfinite(distance) else None, distance)
    return tuple(result)
