"""Patterns that fill areas and repeat without a seam: they tell areas apart where colours do not."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen, QPixmap

PIXELS = 9
"""Side of the tile that repeats."""
OPACITY = 0.45
DOT = 1.5
"""Radius."""


def lines(colour: QColor) -> QBrush:
    """Return diagonal lines."""
    return _brush(colour, crossed=False)


def crossed_lines(colour: QColor) -> QBrush:
    """Return diagonal lines that cross."""
    return _brush(colour, crossed=True)


def dots(colour: QColor) -> QBrush:
    """Return dots, one in each tile."""
    tile, painter = _tile()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(_faint(colour))
    painter.drawEllipse(QPointF(PIXELS / 2, PIXELS / 2), DOT, DOT)
    painter.end()
    return QBrush(tile)


def _brush(colour: QColor, *, crossed: bool) -> QBrush:
    tile, painter = _tile()
    painter.setPen(QPen(_faint(colour), 1.1))
    for offset in (-PIXELS, 0, PIXELS):
        painter.drawLine(QPointF(offset, PIXELS), QPointF(offset + PIXELS, 0.0))
        if crossed:
            painter.drawLine(QPointF(offset, 0.0), QPointF(offset + PIXELS, PIXELS))
    painter.end()
    return QBrush(tile)


def _tile() -> tuple[QPixmap, QPainter]:
    tile = QPixmap(PIXELS, PIXELS)
    tile.fill(Qt.GlobalColor.transparent)
    painter = QPainter(tile)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    return tile, painter


def _faint(colour: QColor) -> QColor:
    made = QColor(colour)
    made.setAlphaF(OPACITY)
    return made
