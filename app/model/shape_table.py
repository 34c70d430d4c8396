"""The shapes of ways that servers have told, kept in memory for the model to read."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from app.model.scenario import Point
from app.model.travel_table import Asked

MOST_SHAPES = 20_000
"""Those that were not looked at for longest go first."""

_Key = tuple[Asked, int, int, int, int]


class ShapeTable:
    """Shapes by who was asked, and from where to where; all calls may come from any thread."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._shapes: OrderedDict[_Key, NDArray[np.float64]] = OrderedDict()
        self._revision = 0

    @property
    def revision(self) -> int:
        """Another number after each change."""
        return self._revision

    def put(self, asked: Asked, start: Point, end: Point, shape: NDArray[np.float64]) -> None:
        """Keep a shape, ``(corners, 2)``, latitude and longitude in degrees; no corners say that there is no way."""
        with self._lock:
            self._shapes[_key(asked, start, end)] = shape
            while len(self._shapes) > MOST_SHAPES:
                self._shapes.popitem(last=False)
            self._revision += 1

    def get(self, asked: Asked, start: Point, end: Point) -> NDArray[np.float64] | None:
        """Return a shape; None where nothing has been told."""
        key = _key(asked, start, end)
        with self._lock:
            shape = self._shapes.get(key)
            if shape is not None:
                self._shapes.move_to_end(key)
            return shape


_table = ShapeTable()


def shape_table() -> ShapeTable:
    """Return the table that the model reads."""
    return _table


def use_shapes(table: ShapeTable) -> ShapeTable:
    """Let the model read another table from now on, and return the former one."""
    global _table
    former, _table = _table, table
    return former


def _key(asked: Asked, start: Point, end: Point) -> _Key:
    lat, lon, to_lat, to_lon = (round(value * 1e6) for value in (*start, *end))
    return asked, lat, lon, to_lat, to_lon
