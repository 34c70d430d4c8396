"""True lengths and areas of what is drawn on the map, and how people write them."""

from __future__ import annotations

import numpy as np

from app.map.features import Floats
from app.map.projection import EARTH_RADIUS, Projection


def length_metres(ends: Floats, projection: Projection) -> float:
    """Return the true length of a straight line on the map.

    Parameters
    ----------
    ends
        Shape ``(2, 2)``: map units.
    projection
        Of the map; its scale in the middle of the line is taken for all of it.
    """
    (x0, y0), (x1, y1) = ends.tolist()
    return float(np.hypot(x1 - x0, y1 - y0)) * projection.metres_per_unit((y0 + y1) / 2)


def area_square_metres(points: Floats, projection: Projection) -> float:
    """Return the true area of a ring.

    Parameters
    ----------
    points
        Shape ``(corners, 2)``: map units, in either direction.
    projection
        Of the map. On the earth heights are brought to a projection that keeps areas (Lambert's cylindrical one).
    """
    x, y = points.T
    if projection.geographic:
        y = EARTH_RADIUS * np.tanh(y / EARTH_RADIUS)  # the sine of the latitude
    else:
        scale = projection.metres_per_unit(0.0)
        x, y = x * scale, y * scale
    x, y = x - x[0], y - y[0]  # else what is small would be lost in what is far from the origin
    return abs(float(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1)))) / 2


def distance_text(metres: float) -> str:
    """Return a length with three digits: 85 m, 1.25 km, 310 km."""
    return f"{metres:.0f} m" if metres < 999.5 else f"{_digits(metres / 1000)} km"


def area_text(square_metres: float) -> str:
    """Return an area with three digits: 640 m², 12.5 ha, 3.08 km²."""
    if square_metres < 9_999.5:
        return f"{square_metres:.0f} m²"
    if square_metres < 999_500:
        return f"{_digits(square_metres / 10_000)} ha"
    return f"{_digits(square_metres / 1_000_000)} km²"


def _digits(number: float) -> str:
    decimals = 2 if number < 9.995 else 1 if number < 99.95 else 0
    return f"{number:,.{decimals}f}"
