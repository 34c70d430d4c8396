"""At which scale each corner of a line is worth drawing, for many lines at once."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

STRAIGHT = 1e-9
"""Map units; what lies no further from a straight line is on it."""


def worths(points: Floats, starts: Ints) -> Floats:
    """Return how far a line would be off without each of its corners: up to this tolerance the corner is kept.

    The corners worth more than a tolerance are those that the algorithm of Douglas and Peucker keeps, and a coarser
    line has only corners of the finer ones. All lines are halved at the same time, so that it costs a few operations on
    arrays for each halving and none in Python for each corner.

    Parameters
    ----------
    points
        Shape ``(corners, 2)``: all lines, one after the other.
    starts
        Shape ``(lines + 1,)``: where each line begins; every line has at least two corners.

    Returns
    -------
    numpy.ndarray
        Shape ``(corners,)``, units of the points; ends are worth infinitely much.

    References
    ----------
    Douglas, D. H. and Peucker, T. K. (1973). Algorithms for the reduction of the number of points required to represent
    a digitized line or its caricature. Cartographica 10(2), 112-122.
    """
    worth = np.zeros(len(points))
    first, last = starts[:-1], starts[1:] - 1
    worth[first] = worth[last] = np.inf
    most = np.full(len(first), np.inf)  # a corner is worth no more than those between which it was found
    while True:
        open_ones = last - first > 1
        first, last, most = first[open_ones], last[open_ones], most[open_ones]
        if not len(first):
            return worth
        counts = last - first - 1
        begins = np.cumsum(counts) - counts
        of = np.repeat(np.arange(len(first)), counts)
        corner = np.arange(len(of)) - begins[of] + first[of] + 1
        off = _off(points[corner], points[first[of]], points[last[of]])
        furthest = np.maximum.reduceat(off, begins)
        at = np.flatnonzero(off == furthest[of])
        halved, chosen = np.unique(of[at], return_index=True)
        middle = corner[at[chosen]]
        worth[middle] = most = np.minimum(furthest, most)[halved]
        bent = furthest[halved] > STRAIGHT
        first, middle, last, most = first[halved][bent], middle[bent], last[halved][bent], most[bent]
        first, last, most = (
            np.concatenate([first, middle]),
            np.concatenate([middle, last]),
            np.concatenate([most, most]),
        )


def _off(points: Floats, starts: Floats, ends: Floats) -> Floats:
    """Return the distance of each point from a line between two others."""
    way = ends - starts
    length = (way * way).sum(axis=1)
    share = ((points - starts) * way).sum(axis=1) / np.where(length > 0, length, 1.0)
    foot = starts + np.clip(share, 0.0, 1.0)[:, None] * way
    distance: Floats = np.hypot(*(points - foot).T)
    return distance
