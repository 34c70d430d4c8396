"""A sample of the line of a route, in its colour and its pattern, for wherever routes are listed."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QPointF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap

from app.map.palette import PATTERNS, route_pattern

SIZE = QSize(30, 14)
"""Logical pixels of the icon: the longest pattern shows once and a bit."""
WIDTH = 3.5
RATIOS = (1.0, 2.0, 3.0)
"""Screens for which an icon is painted ahead."""


def paint_swatch(painter: QPainter, start: QPointF, length: float, colour: QColor, index: int) -> None:
    """Draw a level line to the right of a point; ``index`` is that of the route, in the palette."""
    pen = QPen(colour, WIDTH, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap)
    if pattern := PATTERNS[route_pattern(index)]:
        pen.setDashPattern([part / WIDTH for part in pattern])
    painter.setPen(pen)
    painter.drawLine(QLineF(start, start + QPointF(length, 0.0)))


def route_icon(index: int, colour: QColor, scale: float = 1.0) -> QIcon:
    """Return the sample as an icon of `SIZE` times a scale; ``index`` is that of the route, in the palette."""
    icon = QIcon()
    for ratio in RATIOS:
        pixmap = QPixmap(SIZE * scale * ratio)
        pixmap.setDevicePixelRatio(scale * ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        paint_swatch(painter, QPointF(1.0, SIZE.height() / 2), SIZE.width() - 2.0, colour, index)
        painter.end()
        pixmap.setDevicePixelRatio(ratio)
        icon.addPixmap(pixmap)
    return icon
