"""Scale bar and attribution, drawn over the map in pixels."""

from __future__ import annotations

import math
from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen

from app.language import trc
from app.map.camera import Camera
from app.map.projection import Projection
from app.map.theme import MapTheme

BAR_PIXELS = 120
"""Longest scale bar."""
MARGIN = 12
TEXT_PIXELS = 11
BESIDE = 360
"""Pixels beside the attribution for scale bar and coordinates."""
LEAST_WIDTH = 160.0
"""Pixels that a line of the attribution may take however narrow the map is."""


def scale_bar(camera: Camera, projection: Projection) -> tuple[float, float]:
    """Return a round length, metres, and how many pixels it takes in the middle of the view."""
    metres_per_pixel = camera.units_per_pixel * projection.metres_per_unit(camera.y)
    longest = BAR_PIXELS * metres_per_pixel
    power = 10.0 ** math.floor(math.log10(longest))
    metres = max(factor * power for factor in (1.0, 2.0, 5.0) if factor * power <= longest * (1 + 1e-9))
    return metres, metres / metres_per_pixel


NORTH, SOUTH = trc("hemisphere", "N"), trc("hemisphere", "S")
EAST, WEST = trc("hemisphere", "E"), trc("hemisphere", "W")


def length_text(metres: float) -> str:
    """Return a length as people write it: 200 m, 5 km."""
    return f"{metres:g} m" if metres < 1000 else f"{metres / 1000:g} km"


def coordinates_text(lat: float, lon: float, projection: Projection) -> str:
    """Return a point as people write it: degrees with hemisphere, or x and y of a plane."""
    if not projection.geographic:
        return f"x {lon:.1f}   y {lat:.1f}"
    return f"{abs(lat):.5f}° {NORTH if lat >= 0 else SOUTH}   {abs(lon):.5f}° {EAST if lon >= 0 else WEST}"


def lines_of(text: str, width: float, measure: Callable[[str], float]) -> list[str]:
    """Return a text in lines no wider than ``width``, or `LEAST_WIDTH`; a longer word has a line of its own."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and measure(longer) <= max(width, LEAST_WIDTH):
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


class Furniture:
    """Paints scale bar and attribution."""

    def __init__(self, theme: MapTheme) -> None:
        self.theme = theme
        self._font = QFont()
        self.set_scale(1.0)

    def set_scale(self, scale: float) -> None:
        """Letter at this scale."""
        self._font.setPixelSize(round(TEXT_PIXELS * scale))

    def paint(self, painter: QPainter, camera: Camera, projection: Projection, attribution: str) -> None:
        """Paint over a viewport of the camera's size; the painter has pixels as its units.

        Parameters
        ----------
        painter, camera, projection
            Of the map.
        attribution
            Whom to name for the map; nobody when empty.
        """
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        self._paint_bar(painter, camera, projection)
        metrics = QFontMetricsF(self._font)
        base = float(camera.height - MARGIN)
        room = camera.width - 2 * MARGIN - BESIDE * self._font.pixelSize() / TEXT_PIXELS
        for line in reversed(lines_of(attribution, room, metrics.horizontalAdvance)):
            at = QPointF(camera.width - MARGIN - metrics.horizontalAdvance(line), base)
            self._paint_text(painter, at, line, self.theme.muted)
            base -= metrics.height() + 2

    def _paint_bar(self, painter: QPainter, camera: Camera, projection: Projection) -> None:
        metres, length = scale_bar(camera, projection)
        base = camera.height - MARGIN
        left, right = MARGIN + 0.5, MARGIN + length + 0.5
        bar = QPainterPath(QPointF(left, base - 5.5))
        for x, y in ((left, base - 0.5), (right, base - 0.5), (right, base - 5.5)):
            bar.lineTo(x, y)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        halo = QColor(self.theme.halo)
        halo.setAlphaF(0.8)
        painter.setPen(QPen(halo, 4.0, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
        painter.drawPath(bar)
        painter.setPen(QPen(QColor(self.theme.ink), 1.5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
        painter.drawPath(bar)
        text = length_text(metres)
        width = QFontMetricsF(self._font).horizontalAdvance(text)
        self._paint_text(painter, QPointF(MARGIN + (length - width) / 2, base - 9), text, self.theme.ink)

    def _paint_text(self, painter: QPainter, at: QPointF, text: str, ink: str) -> None:
        """Paint text on a soft plate, so that it can be read over anything."""
        metrics = QFontMetricsF(self._font)
        plate = QColor(self.theme.halo)
        plate.setAlphaF(0.6)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(plate)
        width, height = metrics.horizontalAdvance(text), metrics.height()
        painter.drawRoundedRect(QRectF(at.x() - 4, at.y() - metrics.ascent() - 1, width + 8, height + 2), 3, 3)
        painter.setFont(self._font)
        painter.setPen(QColor(ink))
        painter.drawText(at, text)
