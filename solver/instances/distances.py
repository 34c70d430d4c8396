"""Distances between the nodes of an instance, in whole units."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from solver.instances.rounding import Rounding
from solver.instances.vrplib_text import VrplibText
from solver.problem.plane import PlaneMatrix

MOST_EXPANDED = 5_000
"""Nodes; the distances of more are computed when they are asked for, for their matrix would not fit into a cache, and
then not into memory either."""

ROWS_AT_ONCE = 512
"""Rows of a distance matrix that exist as floats at one time; ten thousand nodes would need a gigabyte otherwise."""

TRIANGLES = {"LOWER_ROW": -1, "LOWER_DIAG_ROW": 0, "UPPER_ROW": 1, "UPPER_DIAG_ROW": 0}
"""Formats of an explicit, symmetric matrix: the half that is listed row by row, and its first diagonal."""


def in_plane(coordinates: NDArray[np.float64], rounding: Rounding) -> NDArray[np.int64] | PlaneMatrix:
    """Euclidean distances between points, as a matrix or, from `MOST_EXPANDED` on, as a plane with the same entries.

    Parameters
    ----------
    coordinates
        Shape ``(nodes, 2)``, in units of the file.
    rounding
        Turns each distance into whole units.
    """
    if len(coordinates) <= MOST_EXPANDED:
        return euclidean(coordinates, rounding)
    return PlaneMatrix(coordinates, rounding.scale, "floor" if rounding is Rounding.DIMACS else "round")


def euclidean(coordinates: NDArray[np.float64], rounding: Rounding) -> NDArray[np.int64]:
    """Euclidean distances between points.

    Parameters
    ----------
    coordinates
        Shape ``(nodes, 2)``, in units of the file.
    rounding
        Turns each distance into whole units.

    Returns
    -------
    ndarray
        Shape ``(nodes, nodes)``.
    """
    nodes = len(coordinates)
    distance = np.empty((nodes, nodes), dtype=np.int64)
    x, y = coordinates[:, 0], coordinates[:, 1]
    for first in range(0, nodes, ROWS_AT_ONCE):
        rows = slice(first, min(first + ROWS_AT_ONCE, nodes))
        distance[rows] = rounding.units(np.sqrt((x[rows, None] - x) ** 2 + (y[rows, None] - y) ** 2))
    return distance


def explicit(source: VrplibText, nodes: int, rounding: Rounding) -> NDArray[np.int64]:
    """Distances that the file lists in its ``EDGE_WEIGHT_SECTION``.

    Returns
    -------
    ndarray
        Shape ``(nodes, nodes)``, in whole units.

    Raises
    ------
    InstanceError
        If the format is unknown or the count of numbers is wrong.
    """
    layout = source.text("EDGE_WEIGHT_FORMAT") or "missing"
    if layout != "FULL_MATRIX" and layout not in TRIANGLES:
        expected = ", ".join(["FULL_MATRIX", *TRIANGLES])
        raise source.error(f"EDGE_WEIGHT_FORMAT is {layout}, expected one of {expected}")
    if "EDGE_WEIGHT" not in source.sections:
        raise source.error("EDGE_WEIGHT_SECTION is missing, expected it with EDGE_WEIGHT_TYPE EXPLICIT")
    numbers = source.numbers("EDGE_WEIGHT")
    diagonal = TRIANGLES.get(layout)
    stated = nodes * nodes if diagonal is None else nodes * (nodes - abs(2 * diagonal) + 1) // 2
    if len(numbers) != stated:
        line = source.sections["EDGE_WEIGHT"].line
        raise source.error(f"EDGE_WEIGHT_SECTION has {len(numbers)} numbers, expected {stated}", line)
    units = rounding.units(numbers)
    if diagonal is None:
        return units.reshape(nodes, nodes)
    half = np.tril_indices if layout.startswith("LOWER") else np.triu_indices
    rows, columns = half(nodes, diagonal)
    distance = np.zeros((nodes, nodes), dtype=np.int64)
    distance[rows, columns] = distance[columns, rows] = units
    return distance
