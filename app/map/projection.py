"""From latitude and longitude to map units and back.

Map units grow to the east and to the north. `Mercator` has metres at the equator, `Plane` the scenario's own units.
"""

from __future__ import annotations

import math
from typing import Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray

from app.model.scenario import Settings, TravelSource

EARTH_RADIUS = 6_378_137.0
"""Metres, as Web Mercator has it."""

LATITUDE_LIMIT = 85.05112878
"""Degrees; there the Web Mercator world is a square."""

WORLD = math.pi * EARTH_RADIUS
"""Half the side of the Web Mercator world."""

Floats = NDArray[np.float64]


class Projection(Protocol):
    """How coordinates of a scenario are laid out on the map."""

    geographic: bool
    """Whether there is an earth below: a base map, and degrees."""

    def to_map(self, lat: ArrayLike, lon: ArrayLike) -> tuple[Floats, Floats]:
        """Return x and y in map units, each of the shape of the arguments."""

    def to_geo(self, x: float, y: float) -> tuple[float, float]:
        """Return latitude and longitude of a point in map units."""

    def metres_per_unit(self, y: float) -> float:
        """Return the true length, metres, of one map unit at this height of the map."""


class Mercator:
    """Web Mercator, EPSG:3857."""

    geographic = True

    def to_map(self, lat: ArrayLike, lon: ArrayLike) -> tuple[Floats, Floats]:
        """Return x and y in metres at the equator; latitudes beyond the limit are pulled to it."""
        phi = np.radians(np.clip(np.asarray(lat, dtype=np.float64), -LATITUDE_LIMIT, LATITUDE_LIMIT))
        x = EARTH_RADIUS * np.radians(np.asarray(lon, dtype=np.float64))
        return x, EARTH_RADIUS * np.arcsinh(np.tan(phi))

    def to_geo(self, x: float, y: float) -> tuple[float, float]:
        """Return latitude and longitude, degrees; longitude is wrapped into [-180, 180)."""
        lat = math.degrees(math.atan(math.sinh(y / EARTH_RADIUS)))
        return lat, (math.degrees(x / EARTH_RADIUS) + 180.0) % 360.0 - 180.0

    def metres_per_unit(self, y: float) -> float:
        """Return the cosine of the latitude: Mercator stretches what is far from the equator."""
        return 1.0 / math.cosh(y / EARTH_RADIUS)


class Plane:
    """A plane of its own: longitude is x, latitude is y, one unit is one kilometre."""

    geographic = False

    def to_map(self, lat: ArrayLike, lon: ArrayLike) -> tuple[Floats, Floats]:
        """Return the arguments, as arrays, swapped."""
        return np.asarray(lon, dtype=np.float64), np.asarray(lat, dtype=np.float64)

    def to_geo(self, x: float, y: float) -> tuple[float, float]:
        """Return y and x."""
        return y, x

    def metres_per_unit(self, y: float) -> float:
        """Return a thousand, everywhere."""
        return 1000.0


def projection_of(settings: Settings) -> Projection:
    """Return the projection that a scenario's travel source asks for."""
    return Plane() if settings.travel is TravelSource.PLANE else Mercator()
