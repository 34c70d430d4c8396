"""What is drawn of tiles, and where: a tile in its place, or what stands in for one that is missing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter

from app.map.camera import Camera
from app.map.tiles.grid import Cell, Tile, rect_of

MAGNIFIED = 8
"""Levels of which a coarser tile may stand in for a missing one; beyond it is a patch of one colour."""
REDUCED = 2
"""Levels of which finer tiles may stand in."""

Get = Callable[[Tile], QImage | None]


class Piece(NamedTuple):
    """A part of an image.

    Parameters
    ----------
    image
        Of a tile.
    place
        Where it goes, logical pixels of the viewport.
    part
        Which part of the image, its own pixels.
    """

    image: QImage
    place: QRectF
    part: QRectF

    def key(self, ratio: float) -> tuple[float, ...]:
        """Return what is equal for pieces that `scaled` makes the same, wherever they go."""
        place, part = self.place, self.part
        return self.image.cacheKey(), place.width(), place.height(), part.x(), part.y(), part.width(), ratio

    def scaled(self, ratio: float) -> QImage:
        """Return the piece at its size on the screen, with ``ratio`` pixels of the screen to a logical one."""
        size = QSize(round(self.place.width() * ratio), round(self.place.height() * ratio))
        made = QImage(size, self.image.format())
        made.fill(Qt.GlobalColor.transparent)
        painter = QPainter(made)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, True)
        painter.drawImage(QRectF(made.rect()), self.image, self.part)
        painter.end()
        made.setDevicePixelRatio(ratio)
        return made


def pieces_of(cell: Cell, get: Get, camera: Camera, ratio: float) -> Iterator[Piece]:
    """Yield what is to be drawn for a cell, the later over the earlier.

    Parameters
    ----------
    cell
        Where a tile belongs.
    get
        Returns the images that are here.
    camera, ratio
        Where the map looks, and pixels of the screen to a logical one.
    """
    image = get(cell.tile)
    if image is not None:
        yield Piece(image, pixels_of(cell, camera, ratio), QRectF(image.rect()))
        return
    for levels, ancestor in enumerate(cell.tile.ancestors(cell.zoom - MAGNIFIED), start=1):
        image = get(ancestor)
        if image is not None:
            width, height = image.width() / (1 << levels), image.height() / (1 << levels)
            x, y = cell.tile.x % (1 << levels), cell.tile.y % (1 << levels)
            part = QRectF(x * width, y * height, width, height)
            yield Piece(image, pixels_of(cell, camera, ratio), part)
            break
    yield from _finer(cell, get, camera, ratio, REDUCED)


def pixels_of(cell: Cell, camera: Camera, ratio: float) -> QRectF:
    """Return where a cell lies in the viewport, its edges on whole pixels of the screen, so that no seam shows."""
    left, bottom, right, top = rect_of(cell)
    corners = (*camera.to_pixel(left, top), *camera.to_pixel(right, bottom))
    x0, y0, x1, y1 = (round(value * ratio) / ratio for value in corners)
    return QRectF(x0, y0, x1 - x0, y1 - y0)


def _finer(cell: Cell, get: Get, camera: Camera, ratio: float, levels: int) -> Iterator[Piece]:
    for number in range(4):
        quarter = Cell(cell.zoom + 1, 2 * cell.column + number % 2, 2 * cell.row + number // 2)
        image = get(quarter.tile)
        if image is not None:
            yield Piece(image, pixels_of(quarter, camera, ratio), QRectF(image.rect()))
        elif levels > 1:
            yield from _finer(quarter, get, camera, ratio, levels - 1)
