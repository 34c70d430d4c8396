"""Text and numbers of the map, rendered once and kept as pixmaps: drawing text afresh each frame is slow."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen, QPixmap

KEPT = 4096
"""Pixmaps kept; beyond it all are dropped and made again as needed."""
DISC_PIXELS = 19.0


class Lettering:
    """Makes and keeps pixmaps of names and of numbered discs."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, ...], QPixmap] = {}
        self._ratio = 1.0
        self.name_font = QFont()
        self.name_font.setPixelSize(12)
        self.name_font.setWeight(QFont.Weight.DemiBold)
        self.number_font = QFont()
        self.number_font.setPixelSize(10)
        self.number_font.setWeight(QFont.Weight.Bold)

    def set_ratio(self, ratio: float) -> None:
        """Render for a screen with this many device pixels per logical pixel."""
        if ratio != self._ratio:
            self._ratio = ratio
            self._kept.clear()

    def name(self, text: str, ink: str, halo: str) -> QPixmap:
        """Return a name with a halo around it."""
        return self._cached(("name", text, ink, halo), lambda: self._render_name(text, ink, halo))

    def disc(self, text: str, fill: str, rim: str) -> QPixmap:
        """Return a disc with a short text in it; the text is black or white, whichever can be read."""
        return self._cached(("disc", text, fill, rim), lambda: self._render_disc(text, fill, rim))

    def _cached(self, key: tuple[str, ...], render: Callable[[], QPixmap]) -> QPixmap:
        pixmap = self._kept.get(key)
        if pixmap is None:
            if len(self._kept) >= KEPT:
                self._kept.clear()
            pixmap = self._kept[key] = render()
        return pixmap

    def _blank(self, width: float, height: float) -> QPixmap:
        pixmap = QPixmap(int(width * self._ratio + 0.999), int(height * self._ratio + 0.999))
        pixmap.setDevicePixelRatio(self._ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        return pixmap

    def _render_name(self, text: str, ink: str, halo: str) -> QPixmap:
        metrics = QFontMetricsF(self.name_font)
        pixmap = self._blank(metrics.horizontalAdvance(text) + 6, metrics.height() + 4)
        path = QPainterPath()
        path.addText(QPointF(3, 2 + metrics.ascent()), self.name_font, text)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        rim = QColor(halo)
        rim.setAlphaF(0.85)
        pen = QPen(rim, 3.0)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.strokePath(path, pen)
        painter.setFont(self.name_font)
        painter.setPen(QColor(ink))
        painter.drawText(QPointF(3, 2 + metrics.ascent()), text)
        painter.end()
        return pixmap

    def _render_disc(self, text: str, fill: str, rim: str) -> QPixmap:
        metrics = QFontMetricsF(self.number_font)
        width = max(DISC_PIXELS, metrics.horizontalAdvance(text) + 8)
        pixmap = self._blank(width + 2, DISC_PIXELS + 2)
        shape = QRectF(1.75, 1.75, width - 1.5, DISC_PIXELS - 1.5)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        painter.setPen(QPen(QColor(rim), 1.5))
        painter.setBrush(QColor(fill))
        painter.drawRoundedRect(shape, shape.height() / 2, shape.height() / 2)
        painter.setFont(self.number_font)
        painter.setPen(QColor("#ffffff") if _luminance(QColor(fill)) < 0.30 else QColor("#10151a"))
        painter.drawText(shape, Qt.AlignmentFlag.AlignCenter, text)
        painter.end()
        return pixmap


def _luminance(colour: QColor) -> float:
    """Return the relative luminance of WCAG 2.1, 0 to 1."""
    channels = (colour.redF(), colour.greenF(), colour.blueF())
    red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
