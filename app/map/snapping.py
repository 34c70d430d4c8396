"""What a corner that is drawn or dragged snaps to: corners and edges of other zones, customers and depots."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from app.language import tr
from app.map.features import Floats, Places, ZoneShapes
from app.map.outline import feet, rounded
from app.map.projection import Projection
from app.model.scenario import Point

AROUND = 3.0
"""Times the reach within which places are counted."""
CROWD = 4
"""With more places around none is snapped to: where they are everywhere, nobody means this one."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A point where a corner may be.

    Parameters
    ----------
    x, y
        Map units.
    geo
        Latitude and longitude; of what it has snapped to exactly its own.
    target
        What it has snapped to, in words; empty for none.
    """

    x: float
    y: float
    geo: Point
    target: str = ""

    @classmethod
    def at(cls, geo: Point, projection: Projection, target: str = "") -> Spot:
        """Return the spot with these coordinates."""
        x, y = projection.to_map(*geo)
        return cls(float(x), float(y), geo, target)


class SnapTargets:
    """Everything that a corner may snap to.

    Parameters
    ----------
    places, zones
        What is on the map.
    projection
        Of the map.
    besides
        Id of the zone that is drawn or reshaped: it does not snap to itself.
    """

    def __init__(self, places: Places, zones: ZoneShapes, projection: Projection, besides: str = "") -> None:
        self._places, self._projection = places, projection
        others = [key for key in zones.ids if key != besides]
        rings = [zones.rings[key] for key in others]
        none: Floats = np.empty((0, 2))
        self._corners = np.concatenate([none, *rings])
        self._ends = np.concatenate([none, *(np.roll(ring, -1, axis=0) for ring in rings)])
        self._geo: Sequence[Point] = [point for key in others for point in zones.zones[key].ring]
        self._names = [zones.names[key] for key in others for _ in zones.rings[key]]

    def nearest(self, x: float, y: float, reach: float) -> Spot | None:
        """Return what lies within ``reach`` map units of a point: a corner before a place, and that before an edge."""
        if len(self._corners):
            squares = ((self._corners - (x, y)) ** 2).sum(axis=1)
            best = int(np.argmin(squares))
            if squares[best] <= reach * reach:
                return Spot.at(self._geo[best], self._projection, tr("corner of {zone}", zone=self._names[best]))
        position = self._place(x, y, reach)
        if position is not None:
            lat, lon = self._places.geo[position].tolist()
            return Spot.at((lat, lon), self._projection, self._places.names[position])
        if len(self._corners):
            found = feet(self._corners, self._ends, x, y)
            squares = ((found - (x, y)) ** 2).sum(axis=1)
            best = int(np.argmin(squares))
            if squares[best] <= reach * reach:
                geo = rounded(*self._projection.to_geo(*found[best].tolist()))
                return Spot.at(geo, self._projection, tr("edge of {zone}", zone=self._names[best]))
        return None

    def _place(self, x: float, y: float, reach: float) -> int | None:
        """Return the position of the nearest place, unless there is none within reach or a crowd around."""
        if not len(self._places):
            return None
        squares = (self._places.x - x) ** 2 + (self._places.y - y) ** 2
        best = int(np.argmin(squares))
        if squares[best] > reach * reach or np.count_nonzero(squares <= (AROUND * reach) ** 2) > CROWD:
            return None
        return best
