"""Which tiles a view needs and where they lie. Tiles cut the Web Mercator world, which is how the map is projected."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import NamedTuple

from app.map.camera import Camera, Rect
from app.map.projection import WORLD

TILE_PIXELS = 256
"""Logical pixels that a side of a tile is meant for, however many it has."""
FINEST_ZOOM = 22
"""No source is asked for more."""


class Tile(NamedTuple):
    """A square of the world: at zoom 0 there is one; each level cuts every tile in four.

    Parameters
    ----------
    zoom
        Level.
    x, y
        Column from the date line, row from the north, both from 0.
    """

    zoom: int
    x: int
    y: int

    @property
    def parent(self) -> Tile:
        """The tile one level up that this one is a quarter of."""
        return Tile(self.zoom - 1, self.x >> 1, self.y >> 1)

    @property
    def children(self) -> tuple[Tile, Tile, Tile, Tile]:
        """The quarters one level down: upper left, upper right, lower left, lower right."""
        zoom, x, y = self.zoom + 1, self.x << 1, self.y << 1
        return Tile(zoom, x, y), Tile(zoom, x + 1, y), Tile(zoom, x, y + 1), Tile(zoom, x + 1, y + 1)

    def ancestors(self, least: int) -> Iterator[Tile]:
        """Yield the tiles that this one is a part of, the nearest first, down to a zoom."""
        tile = self
        while tile.zoom > max(least, 0):
            tile = tile.parent
            yield tile


class Cell(NamedTuple):
    """A place for a tile in the view; the world repeats to the east and west, so columns may lie beyond it."""

    zoom: int
    column: int
    row: int

    @property
    def tile(self) -> Tile:
        """What belongs there."""
        return Tile(self.zoom, self.column % (1 << self.zoom), self.row)


def side(zoom: int) -> float:
    """Return the side of a tile, map units."""
    return 2 * WORLD / (1 << zoom)


def zoom_for(units_per_pixel: float) -> int:
    """Return the zoom at which tiles are drawn nearest to their own size, in proportion."""
    return round(math.log2(2 * WORLD / (TILE_PIXELS * units_per_pixel)))


def cells_of(camera: Camera, zooms: tuple[int, int], ring: int = 0) -> list[Cell]:
    """Return the places of tiles in view, those in the middle first.

    Parameters
    ----------
    camera
        Where the map looks.
    zooms
        Least and greatest zoom of the source. Nearer than the greatest, its tiles are magnified; further than the
        least there are none, as it would take too many.
    ring
        How many tiles beyond the view on each side.
    """
    zoom = min(zoom_for(camera.units_per_pixel), zooms[1], FINEST_ZOOM)
    if zoom < max(zooms[0], 0):
        return []
    size, rows = side(zoom), 1 << zoom
    left, bottom, right, top = camera.rect
    columns = range(math.floor((left + WORLD) / size) - ring, math.floor((right + WORLD) / size) + ring + 1)
    first, last = math.floor((WORLD - top) / size) - ring, math.floor((WORLD - bottom) / size) + ring
    x, y = (camera.x + WORLD) / size - 0.5, (WORLD - camera.y) / size - 0.5
    cells = [Cell(zoom, column, row) for row in range(max(first, 0), min(last, rows - 1) + 1) for column in columns]
    return sorted(cells, key=lambda cell: (cell.column - x) ** 2 + (cell.row - y) ** 2)


def rect_of(cell: Cell) -> Rect:
    """Return where a cell lies, map units."""
    size = side(cell.zoom)
    left, top = cell.column * size - WORLD, WORLD - cell.row * size
    return left, top - size, left + size, top
