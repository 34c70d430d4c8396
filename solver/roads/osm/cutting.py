"""Ways cut into segments at junctions and at the edge of the area, with the shapes and lengths of those.

Everything is an array over *positions*: the nodes of all ways, one way after the other. A *link* joins a position to
the next one of its way.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from solver.roads.network import DEGREE

NOWHERE = np.iinfo(np.int32).max
"""Latitude and longitude of a node that the file lacks."""

EARTH_RADIUS = 6_371_000.8
"""Metres; of the sphere on which lengths are measured."""

Bounds = tuple[float, float, float, float]
"""South, west, north and east, degrees."""

_AT_ONCE = 2_000_000
"""Links that are measured at once, to save memory."""


@dataclass(frozen=True, slots=True, eq=False)
class Segments:
    """Pieces of ways between two junctions.

    Parameters
    ----------
    junction
        Shape ``(junctions,)``, index of each junction's node.
    ends
        Shape ``(segments, 2)``, int32, junctions.
    way
        Shape ``(segments,)``, int32.
    shape_start
        Shape ``(segments + 1,)``, int32.
    shape
        Shape ``(corners, 2)``, int32.
    corner
        Shape ``(corners,)``, int32, node at each corner.
    length
        Shape ``(segments,)``, int32, decimetres, at least 1.
    """

    junction: NDArray[np.int32]
    ends: NDArray[np.int32]
    way: NDArray[np.int32]
    shape_start: NDArray[np.int32]
    shape: NDArray[np.int32]
    corner: NDArray[np.int32]
    length: NDArray[np.int32]


def inside(place: NDArray[np.int32], bounds: Bounds | None) -> NDArray[np.bool_]:
    """Return which places are known and within bounds."""
    known: NDArray[np.bool_] = place[:, 0] != NOWHERE
    if bounds is None:
        return known
    south, west, north, east = (round(degrees * DEGREE) for degrees in bounds)
    lat, lon = place[:, 0], place[:, 1]
    known &= (lat >= south) & (lat <= north) & (lon >= west) & (lon <= east)
    return known


def cut(
    node: NDArray[np.int32],
    sizes: NDArray[np.int32],
    place: NDArray[np.int32],
    bounds: Bounds | None,
    also: NDArray[np.bool_],
) -> Segments:
    """Cut ways into segments.

    A link is kept when one of its ends at least is within bounds and both are known: ways reach to the first node
    outside and end there.

    Parameters
    ----------
    node
        Shape ``(positions,)``, index of the node at each position.
    sizes
        Shape ``(ways,)``, how many positions each way has.
    place
        Shape ``(nodes, 2)``, units of 1e-7 degrees, `NOWHERE` for those that the file lacks.
    bounds
        Of the area, or None for all.
    also
        Shape ``(nodes,)``, where ways are cut though no other way meets them there, such as barriers.
    """
    way = np.repeat(np.arange(len(sizes), dtype=np.int32), sizes)
    linked = _links(node, way, place, bounds)
    after = np.zeros(len(node), dtype=np.bool_)
    after[:-1] = linked
    before = np.zeros(len(node), dtype=np.bool_)
    before[1:] = linked
    used = after | before
    border = np.bincount(node[used], minlength=len(place)) > 1
    border |= also
    border[node[after != before]] = True  # where a way begins or ends
    stops = np.flatnonzero(used & border[node])
    first = stops[after[stops]]
    last = stops[np.searchsorted(stops, first, side="right")]
    corners = (last - first + 1).astype(np.int64)
    shape_start = np.zeros(len(first) + 1, dtype=np.int64)
    np.cumsum(corners, out=shape_start[1:])
    at = np.repeat((first - shape_start[:-1]).astype(np.int32), corners)
    at += np.arange(len(at), dtype=np.int32)  # of four bytes and in place: there are tens of millions of corners
    corner = node[at]
    del at
    shape = place[corner]
    junction, ends = np.unique(np.stack([node[first], node[last]], axis=1), return_inverse=True)
    return Segments(
        junction=junction.astype(np.int32),
        ends=ends.reshape(-1, 2).astype(np.int32),
        way=way[first],
        shape_start=shape_start.astype(np.int32),
        shape=shape,
        corner=corner,
        length=_lengths(shape, shape_start),
    )


def link_metres(shape: NDArray[np.int32]) -> NDArray[np.float64]:
    """Return the metres from each place to the next, shape ``(places - 1,)``."""
    metres = np.empty(max(len(shape) - 1, 0))
    for start in range(0, len(metres), _AT_ONCE):
        lat, lon = np.radians(shape[start : start + _AT_ONCE + 1].T / DEGREE)
        half = np.sin(np.diff(lat) / 2) ** 2 + np.cos(lat[:-1]) * np.cos(lat[1:]) * np.sin(np.diff(lon) / 2) ** 2
        metres[start : start + _AT_ONCE] = 2 * EARTH_RADIUS * np.arcsin(np.sqrt(half))
    return metres


def _links(
    node: NDArray[np.int32], way: NDArray[np.int32], place: NDArray[np.int32], bounds: Bounds | None
) -> NDArray[np.bool_]:
    known = (place[:, 0] != NOWHERE)[node]
    within = inside(place, bounds)[node]
    linked: NDArray[np.bool_] = way[:-1] == way[1:]
    linked &= node[:-1] != node[1:]
    linked &= known[:-1] & known[1:]
    linked &= within[:-1] | within[1:]
    return linked


def _lengths(shape: NDArray[np.int32], start: NDArray[np.int64]) -> NDArray[np.int32]:
    if len(start) == 1:
        return np.empty(0, dtype=np.int32)
    metres = link_metres(shape)
    metres[start[1:-1] - 1] = 0.0  # from the end of one segment to the beginning of the next
    decimetres: NDArray[np.int32] = np.maximum(np.rint(np.add.reduceat(metres, start[:-1]) * 10), 1).astype(np.int32)
    return decimetres
