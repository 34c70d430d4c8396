"""Distances in a plane that are computed when they are asked for, where a matrix would not fit into memory."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from solver.problem.arrays import FloatArray, floats


@dataclass(frozen=True, eq=False)
class PlaneMatrix:
    """Euclidean distances in whole units, read like an array of shape ``(1, locations, locations)``.

    It stands wherever `solver.problem.Travel` takes a matrix, and takes as much memory as its coordinates. Entries are
    read as ``matrix[profile, i, j]``, with numbers or with index arrays that broadcast as numpy's do, or as
    ``matrix[profile][i, j]``; slices are not offered. The entry from ``i`` to ``j`` is, with ``d`` their distance
    ``sqrt(dx * dx + dy * dy)``, ``floor(scale * d + 0.5)`` or ``floor(scale * d)``.

    Parameters
    ----------
    coordinates
        Shape ``(locations, 2)``, x and y.
    scale
        Whole units per unit of the coordinates.
    rounding
        ``"round"`` to the nearest whole unit, or ``"floor"``.

    Raises
    ------
    ValueError
        If the coordinates are not of that shape, the scale is negative or not finite, or the rounding is unknown.
    """

    coordinates: FloatArray
    scale: float = 1.0
    rounding: Literal["round", "floor"] = "round"

    def __post_init__(self) -> None:
        coordinates = floats(self.coordinates)
        if coordinates.ndim != 2 or coordinates.shape[1] != 2:
            raise ValueError(f"coordinates have shape {coordinates.shape}, expected (locations, 2)")
        if not 0 <= self.scale < math.inf:
            raise ValueError(f"scale is {self.scale}, expected a finite number that is not negative")
        if self.rounding not in ("round", "floor"):
            raise ValueError(f"rounding is {self.rounding!r}, expected 'round' or 'floor'")
        if coordinates is self.coordinates:
            coordinates = coordinates.copy()  # the caller's own array stays writable
        coordinates.flags.writeable = False
        object.__setattr__(self, "coordinates", coordinates)

    @property
    def shape(self) -> tuple[int, int, int]:
        """As of an array: one travel profile, and the number of locations twice."""
        return (1, len(self.coordinates), len(self.coordinates))

    @property
    def ndim(self) -> int:
        """As of an array: 3."""
        return 3

    @property
    def bound(self) -> float:
        """No entry is larger; the diagonal of the box around all points, so nothing is expanded to find it."""
        if not len(self.coordinates):
            return 0.0
        width, height = np.ptp(self.coordinates, axis=0)
        return float(self.scale * math.hypot(width, height) + 0.5)

    def __getitem__(self, key: Any) -> Any:
        if isinstance(key, tuple) and len(key) == 3:
            profile, i, j = key
            if np.any((np.asarray(profile) != 0) & (np.asarray(profile) != -1)):
                raise IndexError(f"travel profile {profile} of a plane, which has one")
            entries = self.entries(i, j)
            shape = np.broadcast_shapes(np.shape(profile), np.shape(entries))
            return entries if shape == np.shape(entries) else np.broadcast_to(entries, shape).copy()
        if isinstance(key, (int, np.integer)):
            if key not in (0, -1):
                raise IndexError(f"travel profile {key} of a plane, which has one")
            return PlaneView(self)
        raise IndexError(f"{key!r} in a plane, expected [profile, i, j] or [profile]")

    def __array__(self, dtype: np.dtype[np.generic] | None = None, copy: bool | None = None) -> NDArray[np.generic]:
        """Expand to the whole matrix, 8 bytes an entry."""
        if copy is False:
            raise ValueError("a plane has no matrix in memory that could be shared")
        index = np.arange(len(self.coordinates))
        made = np.empty(self.shape, dtype=np.int64 if dtype is None else dtype)
        for row in index:
            made[0, row] = self.entries(row, index)
        return made

    def entries(self, i: Any, j: Any) -> Any:
        """Return the entries from ``i`` to ``j``, numbers or index arrays that broadcast."""
        if isinstance(i, int) and isinstance(j, int):  # one entry at a time is twenty times as fast without numpy
            (x0, y0), (x1, y1) = self.coordinates[i].tolist(), self.coordinates[j].tolist()
            one = self.scale * math.sqrt((x0 - x1) * (x0 - x1) + (y0 - y1) * (y0 - y1))
            return math.floor(one + 0.5 if self.rounding == "round" else one)
        x, y = self.coordinates.T
        dx, dy = x[i] - x[j], y[i] - y[j]
        scaled = self.scale * np.sqrt(dx * dx + dy * dy)
        return np.floor(scaled + 0.5 if self.rounding == "round" else scaled).astype(np.int64)


@dataclass(frozen=True, eq=False)
class PlaneView:
    """One travel profile of a `PlaneMatrix`, read like an array of shape ``(locations, locations)``."""

    matrix: PlaneMatrix

    @property
    def shape(self) -> tuple[int, int]:
        """As of an array."""
        return self.matrix.shape[1:]

    @property
    def ndim(self) -> int:
        """As of an array: 2."""
        return 2

    def __getitem__(self, key: tuple[Any, Any]) -> Any:
        i, j = key
        return self.matrix.entries(i, j)
