"""The outline of a zone: what of it can be taken with the mouse, and how it changes. Coordinates are geographic."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

import numpy as np
import shapely

from app.map.features import Floats
from app.map.projection import Projection
from app.model.changes import PLACES
from app.model.scenario import Point

Ring = tuple[Point, ...]
"""Corners of a zone, without the first one once more at the end."""


class Part(Enum):
    """What of an outline is taken."""

    CORNER = auto()
    EDGE = auto()
    WHOLE = auto()


@dataclass(frozen=True, slots=True)
class Handle:
    """Something of an outline that can be dragged, or moved with the arrow keys.

    Parameters
    ----------
    part
        A corner, an edge, which gets a corner when it is dragged, or the whole zone.
    place
        Of the corner, or of the corner that the edge begins at.
    """

    part: Part
    place: int = 0


class Outline:
    """A ring, also in map units.

    Parameters
    ----------
    ring
        At least three corners.
    projection
        Of the map.

    Attributes
    ----------
    points
        Shape ``(corners, 2)``: map units.
    middles
        Shape ``(corners, 2)``: the middle of the edge that begins at each corner.
    grip
        Where the whole zone is taken: a point inside it.
    """

    def __init__(self, ring: Ring, projection: Projection) -> None:
        self.ring = ring
        self.points: Floats = np.column_stack(projection.to_map(*np.array(ring, dtype=np.float64).T))
        self.middles: Floats = (self.points + np.roll(self.points, -1, axis=0)) / 2
        polygon = shapely.Polygon(self.points)
        middle = polygon.centroid
        grip = middle if polygon.is_valid and polygon.contains(middle) else polygon.representative_point()
        self.grip: tuple[float, float] = (grip.x, grip.y)

    @property
    def handles(self) -> list[Handle]:
        """What the keyboard walks: every corner, and then the whole zone."""
        return [*(Handle(Part.CORNER, place) for place in range(len(self.ring))), Handle(Part.WHOLE)]

    def point_of(self, handle: Handle) -> tuple[float, float]:
        """Return where a handle is, map units; an edge has it in its middle."""
        if handle.part is Part.WHOLE:
            return self.grip
        row = (self.points if handle.part is Part.CORNER else self.middles)[handle.place]
        return float(row[0]), float(row[1])

    def nearest(self, x: float, y: float, reach: float) -> Handle | None:
        """Return the handle within ``reach`` map units of a point: corners first, edges last."""
        squares = ((self.points - (x, y)) ** 2).sum(axis=1)
        place = int(np.argmin(squares))
        if squares[place] <= reach * reach:
            return Handle(Part.CORNER, place)
        if (self.grip[0] - x) ** 2 + (self.grip[1] - y) ** 2 <= reach * reach:
            return Handle(Part.WHOLE)
        on_edges = feet(self.points, np.roll(self.points, -1, axis=0), x, y)
        squares = ((on_edges - (x, y)) ** 2).sum(axis=1)
        place = int(np.argmin(squares))
        return Handle(Part.EDGE, place) if squares[place] <= reach * reach else None


def feet(starts: Floats, ends: Floats, x: float, y: float) -> Floats:
    """Return the point of each line that is nearest to a point.

    Parameters
    ----------
    starts, ends
        Shape ``(lines, 2)``.
    x, y
        The point.

    Returns
    -------
    numpy.ndarray
        Shape ``(lines, 2)``.
    """
    along = ends - starts
    length = (along**2).sum(axis=1)
    share = (((x, y) - starts) * along).sum(axis=1) / np.where(length > 0, length, 1.0)
    found: Floats = starts + np.clip(share, 0.0, 1.0)[:, None] * along
    return found


def rounded(lat: float, lon: float) -> Point:
    """Return a point as precisely as one that is set with the mouse is kept."""
    return round(lat, PLACES), round(lon, PLACES)


def with_corner(ring: Ring, place: int, point: Point) -> Ring:
    """Return a ring with one corner somewhere else."""
    return (*ring[:place], point, *ring[place + 1 :])


def with_new_corner(ring: Ring, place: int, point: Point) -> Ring:
    """Return a ring with a new corner on the edge that begins at another."""
    return (*ring[: place + 1], point, *ring[place + 1 :])


def without_corner(ring: Ring, place: int) -> Ring:
    """Return a ring with one corner less."""
    return (*ring[:place], *ring[place + 1 :])


def shifted(ring: Ring, lat: float, lon: float) -> Ring:
    """Return a whole ring somewhere else."""
    return tuple(rounded(one + lat, other + lon) for one, other in ring)
