"""Which places a freehand line goes around."""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def enclosed(line: Floats, x: Floats, y: Floats) -> NDArray[np.bool_]:
    """Say which points lie within a line that is closed by a straight way back to its start.

    A hand crosses its own line, at the latest where it overshoots the start. By the even-odd rule what is gone around
    twice would be outside, which nobody means: here every face that the line cuts out of the plane is inside.

    Parameters
    ----------
    line
        Shape ``(corners, 2)``; repeated points do no harm.
    x, y
        Shape ``(points,)`` each, in the same units.

    Returns
    -------
    ndarray of bool, shape ``(points,)``
        Points on the line itself are inside. None is where the line has no area.
    """
    if len(line) < 3:
        return np.zeros(len(x), dtype=np.bool_)
    ring = shapely.linestrings(np.vstack([line, line[:1]]))
    pieces = shapely.get_parts(shapely.union_all(ring))  # cut wherever the line crosses itself
    area = shapely.union_all(shapely.get_parts(shapely.polygonize(pieces)))
    shapely.prepare(area)
    inside: NDArray[np.bool_] = shapely.intersects_xy(area, x, y)
    return inside
