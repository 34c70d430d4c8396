"""What the streets of a road network are called."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
import shapely

from app.model.scenario import Point
from solver.roads.network import DEGREE, Network


def street_in(network: Network | None, ring: Sequence[Point]) -> str:
    """Return the name of the street that has most of its way in a ring, or "" where none has a name.

    Parameters
    ----------
    network
        Has the streets; None has none.
    ring
        A valid ring in degrees, without the closing point.
    """
    if network is None or not network.segments:
        return ""
    corners = np.array(ring, dtype=np.float64) * DEGREE
    first = network.segment_shape[:-1]
    least, most = np.minimum.reduceat(network.shape, first), np.maximum.reduceat(network.shape, first)
    near = np.flatnonzero(((most >= corners.min(axis=0)) & (least <= corners.max(axis=0))).all(axis=1))
    # Degrees of longitude are shorter: they are drawn together, so that lengths compare.
    shrunk = np.array([1.0, np.cos(np.radians(corners[:, 0].mean() / DEGREE))])
    area = shapely.Polygon(corners * shrunk)
    lengths: dict[str, float] = defaultdict(float)
    for segment in near.tolist():
        name = int(network.way_name[network.segment_way[segment]])
        if name >= 0:
            begin, end = network.segment_shape[segment : segment + 2]
            line = shapely.LineString(network.shape[begin:end] * shrunk)
            lengths[network.names[name]] += line.intersection(area).length
    best = max(lengths, key=lengths.__getitem__, default="")
    return best if lengths and lengths[best] > 0 else ""
