"""What a freehand line along a street covers: a ribbon, narrow enough for the streets beside it to stay out."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely
from numpy.typing import NDArray

HALF_PIXELS = 7.0
"""Half its width on the screen, within `HALF_METRES`: a hand does not keep to the line of a street."""
HALF_METRES = (3.0, 15.0)
"""Least and most."""
QUARTER = 2
"""Corners of a quarter of its round ends."""

Floats = NDArray[np.float64]


def ribbon(line: Sequence[tuple[float, float]], units_per_pixel: float, metres_per_unit: float) -> Floats:
    """Return the outline of what lies along a line, or around a point.

    Parameters
    ----------
    line
        Corners in map units, at least one; it may cross itself.
    units_per_pixel, metres_per_unit
        Scale of the map there.

    Returns
    -------
    ndarray
        Shape ``(corners, 2)``: map units, without the closing corner; what the line goes around is inside.
    """
    least, most = HALF_METRES
    half = min(max(HALF_PIXELS * units_per_pixel * metres_per_unit, least), most) / metres_per_unit
    drawn = np.array(line, dtype=np.float64).reshape(-1, 2)
    still = len(drawn) == 1 or not np.ptp(drawn, axis=0).any()
    path = shapely.Point(drawn[0]) if still else shapely.LineString(drawn).simplify(half / 2)
    # Simplified once more: of a line by hand there would be a corner for every tremor.
    area = path.buffer(half, quad_segs=QUARTER).simplify(half / 10)
    return np.array(shapely.Polygon(area.exterior).exterior.coords)[:-1]
