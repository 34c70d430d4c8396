"""The part of the map that shows everything."""

from __future__ import annotations

import numpy as np

from app.map.camera import Rect
from app.map.features import Places, ZoneShapes

SMALLEST = {True: 1500.0, False: 1.0}
"""Least width and height, by whether the map is geographic, map units."""
EMPTY: dict[bool, Rect] = {True: (-1.3e6, 4.1e6, 4.6e6, 1.1e7), False: (-50.0, -50.0, 50.0, 50.0)}
"""What an empty map shows: Europe, or some kilometres of the plane."""


def extent(places: Places, zones: ZoneShapes, *, geographic: bool) -> Rect:
    """Return the rectangle around all places and zones, map units."""
    everything = np.concatenate([np.column_stack([places.x, places.y]), *zones.rings.values()])
    if not len(everything):
        return EMPTY[geographic]
    (left, bottom), (right, top) = everything.min(axis=0).tolist(), everything.max(axis=0).tolist()
    least = SMALLEST[geographic]
    dx, dy = max(least - (right - left), 0) / 2, max(least - (top - bottom), 0) / 2
    return left - dx, bottom - dy, right + dx, top + dy
