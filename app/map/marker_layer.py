"""Markers of a few styles in many places, drawn with one call to Qt.

Every style is painted once, into one pixmap for all; a frame copies fragments of it. What changes where costs a few
array operations, whatever their number.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from math import ceil, cos, pi, radians, sin
from typing import cast

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap, QPolygonF
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget
from shiboken6 import Shiboken

from app.map.features import Floats, Ints
from app.map.items import ViewItem, ratio_of


class Symbol(Enum):
    """Shape of a marker."""

    DISC = "disc"
    SQUARE = "square"
    DIAMOND = "diamond"
    TRIANGLE = "triangle"
    WEDGE = "wedge"
    CROSS = "cross"
    PLUS = "plus"
    STAR = "star"


@dataclass(frozen=True, slots=True)
class Marker:
    """How a marker looks.

    Parameters
    ----------
    symbol
        Its shape.
    size
        Width and height without the rim, logical pixels.
    fill, rim
        Colours; None is hollow, or without a rim.
    width
        Of the rim, logical pixels; it lies half outside the shape.
    """

    symbol: Symbol
    size: float
    fill: QColor | None = None
    rim: QColor | None = None
    width: float = 0.0

    @property
    def cell(self) -> int:
        """Width and height of all of it, logical pixels, with a free pixel on every side."""
        corners = CORNERS.get(self.symbol, ((1.0, 1.0),))
        reach = max(abs(part) for corner in corners for part in corner)
        return ceil(self.size * reach + self.width) + 2


class MarkerLayer(ViewItem):
    """Draws markers; those that come later in the arrays lie on top.

    Parameters
    ----------
    depth
        Where it lies among the layers.
    """

    def __init__(self, depth: float) -> None:
        super().__init__(depth)
        self._styles: tuple[Marker, ...] = ()
        self._x: Floats = np.empty(0)
        self._y: Floats = np.empty(0)
        self._style: Ints = np.empty(0, dtype=np.int64)
        self._atlas: QPixmap | None = None
        self._sources: Floats = np.empty((0, 4))

    def set_styles(self, styles: Sequence[Marker]) -> None:
        """Draw the markers in these styles from now on."""
        self._styles, self._atlas = tuple(styles), None
        self.update()

    def set_markers(self, x: Floats, y: Floats, style: Ints | int = 0) -> None:
        """Draw these markers instead of those before.

        Parameters
        ----------
        x, y
            Shape ``(markers,)``: map units.
        style
            Shape ``(markers,)``, or one for all: positions in the styles.
        """
        self._x, self._y = x, y
        self._style = np.broadcast_to(np.asarray(style, dtype=np.int64), x.shape)
        self.update()

    def __len__(self) -> int:
        return len(self._x)

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        if not len(self._x):
            return
        ratio = ratio_of(painter)
        if self._atlas is None or self._atlas.devicePixelRatio() != ratio:
            self._atlas = self._painted(ratio)
        transform, size = painter.transform(), painter.viewport()
        x, y = self._x * transform.m11() + transform.dx(), self._y * transform.m22() + transform.dy()
        reach = max(style.cell for style in self._styles)
        shown = (x > -reach) & (x < size.width() + reach) & (y > -reach) & (y < size.height() + reach)
        painter.resetTransform()
        _draw(painter, x[shown], y[shown], self._sources[self._style[shown]], self._atlas, ratio)
        painter.setTransform(transform)

    def _painted(self, ratio: float) -> QPixmap:
        """Return all styles side by side, and note where each is, in pixels of the screen."""
        sides = [ceil(style.cell * ratio) for style in self._styles]
        atlas = QPixmap(sum(sides), max(sides))
        atlas.setDevicePixelRatio(ratio)
        atlas.fill(Qt.GlobalColor.transparent)
        painter = QPainter(atlas)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        lefts = np.concatenate([[0], np.cumsum(sides)[:-1]])
        for style, left, side in zip(self._styles, lefts.tolist(), sides, strict=True):
            _draw_marker(painter, style, QPointF((left + side / 2) / ratio, side / 2 / ratio))
        painter.end()
        self._sources = np.column_stack([lefts, np.zeros(len(sides)), sides, sides]).astype(np.float64)
        return atlas


def pixmap_of(style: Marker, side: int, ratio: float) -> QPixmap:
    """Return a marker by itself, in the middle of a square of so many logical pixels."""
    pixmap = QPixmap(ceil(side * ratio), ceil(side * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    _draw_marker(painter, style, QPointF(side / 2, side / 2))
    painter.end()
    return pixmap


def _draw_marker(painter: QPainter, style: Marker, middle: QPointF) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush if style.fill is None else style.fill)
    painter.setPen(Qt.PenStyle.NoPen if style.rim is None else QPen(style.rim, style.width))
    half = style.size / 2
    box = QRectF(middle.x() - half, middle.y() - half, style.size, style.size)
    if style.symbol is Symbol.DISC:
        painter.drawEllipse(box)
    elif style.symbol is Symbol.SQUARE:
        painter.drawRect(box)
    else:
        painter.drawPolygon(QPolygonF([middle + QPointF(x, y) * half for x, y in CORNERS[style.symbol]]))


def _turned(corners: Sequence[tuple[float, float]], degrees: float) -> tuple[tuple[float, float], ...]:
    sine, cosine = sin(radians(degrees)), cos(radians(degrees))
    return tuple((x * cosine - y * sine, x * sine + y * cosine) for x, y in corners)


_PLUS = tuple(
    corner for quarter in range(4) for corner in _turned(((-0.34, -1.0), (0.34, -1.0), (0.34, -0.34)), 90.0 * quarter)
)
CORNERS: Mapping[Symbol, Sequence[tuple[float, float]]] = {
    Symbol.DIAMOND: ((0.0, -1.0), (0.8, 0.0), (0.0, 1.0), (-0.8, 0.0)),  # narrower than high, as on playing cards
    Symbol.TRIANGLE: ((0.0, -1.05), (1.1, 0.95), (-1.1, 0.95)),
    Symbol.WEDGE: ((0.0, 1.05), (1.1, -0.95), (-1.1, -0.95)),
    Symbol.PLUS: _PLUS,
    Symbol.CROSS: _turned(_PLUS, 45.0),
    Symbol.STAR: tuple(
        (reach * sin(pi * point / 5), 0.1 - reach * cos(pi * point / 5)) for point, reach in enumerate((1.15, 0.5) * 5)
    ),
}
"""Shapes of straight lines around a middle, to the right and down, of a marker whose size is two."""


def _draw(painter: QPainter, x: Floats, y: Floats, sources: Floats, atlas: QPixmap, ratio: float) -> None:
    """Copy the sources to where they belong: each centred on its point."""
    if not len(x):
        return
    # The layout of QPainter.PixmapFragment: centre, source, scale, rotation, opacity
    fragments: NDArray[np.float64] = np.empty((len(x), 10))
    fragments[:, 0], fragments[:, 1], fragments[:, 2:6] = x, y, sources
    fragments[:, 6:] = (1 / ratio, 1 / ratio, 0.0, 1.0)
    # Qt takes the address of the first fragment and their number: no object is made for each
    first = cast(QPainter.PixmapFragment, Shiboken.wrapInstance(fragments.ctypes.data, QPainter.PixmapFragment))
    painter.drawPixmapFragments(first, len(x), atlas)
