"""Travel in a plane without a matrix: lengths are computed from the coordinates of nodes when they are asked for.

The *planar* build is the plain one with this in place of the matrix. Memory then grows with the clients and no faster,
and so does the time until the neighbour lists stand.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from solver.problem import PlaneMatrix
from solver.search.kernel import inner, kernel

PER_CELL = 4.0
"""Clients in a cell of the grid, on average."""


def in_grid(plane: PlaneMatrix, location: NDArray[np.int64], most: int) -> NDArray[np.int32]:
    """Return the nearest clients of each client, closest first, in time that hardly grows with their number each.

    Parameters
    ----------
    plane
        The distances.
    location
        Shape ``(clients,)``, each client's location in the plane.
    most
        Length of a list.

    Returns
    -------
    ndarray
        Shape ``(clients, min(most, clients - 1))``, entry by entry what `solver.search.neighbours.nearest` makes of the
        whole matrix.
    """
    return _in_grid(np.ascontiguousarray(plane.coordinates[location]), rule_of(plane), most)  # type: ignore[no-any-return]


def rule_of(plane: PlaneMatrix) -> NDArray[np.float64]:
    """Return how a distance becomes a length: what it is multiplied by, and what is added before it is cut off."""
    return np.array([plane.scale, 0.5 if plane.rounding == "round" else 0.0])


@inner
def in_plane(data, u, v):
    """Metres between two nodes, exactly as `solver.problem.PlaneMatrix` has them."""
    return _length(data.point[u, 0] - data.point[v, 0], data.point[u, 1] - data.point[v, 1], data.rule)


@inner
def _length(dx, dy, rule):
    return np.int32(rule[0] * math.sqrt(dx * dx + dy * dy) + rule[1])


@kernel
def _in_grid(point, rule, most):
    n = len(point)
    size = max(0, min(most, n - 1))
    lists = np.empty((n, size), np.int32)
    if size == 0:
        return lists
    left, bottom = point[:, 0].min(), point[:, 1].min()
    width, height = point[:, 0].max() - left, point[:, 1].max() - bottom
    # Cells as wide as high; on a line or in one point they must not become infinitely many.
    side = max(math.sqrt(width * height * PER_CELL / n), max(width, height) * PER_CELL / n)
    if side == 0.0:
        side = 1.0
    columns, rows = int(width / side) + 1, int(height / side) + 1
    first = np.zeros(columns * rows + 1, np.int64)
    cell = np.empty(n, np.int64)
    for i in range(n):
        cell[i] = int((point[i, 1] - bottom) / side) * columns + int((point[i, 0] - left) / side)
        first[cell[i] + 1] += 1
    for at in range(columns * rows):
        first[at + 1] += first[at]
    filled_to = first.copy()
    member = np.empty(n, np.int64)
    for i in range(n):
        member[filled_to[cell[i]]] = i
        filled_to[cell[i]] += 1
    value, other = np.empty(size, np.int64), np.empty(size, np.int64)
    for i in range(n):
        row, column = cell[i] // columns, cell[i] % columns
        filled = 0
        for ring in range(max(columns, rows)):
            # No client of this ring or beyond is closer than the rings between, but for the rounding of the division.
            between = _length((ring - 1) * side * (1.0 - 1e-9), 0.0, rule) if ring > 0 else 0
            if filled == size and value[size - 1] < between:
                break
            for y in range(max(row - ring, 0), min(row + ring, rows - 1) + 1):
                step = 1 if abs(y - row) == ring else max(2 * ring, 1)
                for x in range(column - ring, column + ring + 1, step):
                    if x < 0 or x >= columns:
                        continue
                    for at in range(first[y * columns + x], first[y * columns + x + 1]):
                        j = member[at]
                        if j != i:
                            length = _length(point[i, 0] - point[j, 0], point[i, 1] - point[j, 1], rule)
                            filled = _insert(value, other, filled, length, j)
        for k in range(size):
            lists[i, k] = other[k]
    return lists


@inner
def _insert(value, other, filled, length, j):
    """Put a client into a sorted list unless it is full of closer ones; of equally close ones the first comes first."""
    size = len(value)
    if filled == size and (value[size - 1] < length or (value[size - 1] == length and other[size - 1] < j)):
        return filled
    k = filled if filled < size else size - 1
    while k > 0 and (value[k - 1] > length or (value[k - 1] == length and other[k - 1] > j)):
        value[k], other[k] = value[k - 1], other[k - 1]
        k -= 1
    value[k], other[k] = length, j
    return min(filled + 1, size)
