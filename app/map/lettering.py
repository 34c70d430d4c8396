"""Text and numbers of the map, rendered once and kept as pixmaps: drawing text afresh each frame is slow."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen, QPixmap

from app.map.contrast import PLAIN, contrast

KEPT = 4096
"""Pixmaps kept; beyond it all are dropped and made again as needed."""
DISC_PIXELS = 19.0
PLATE_PIXELS = 17.0
NAME_PIXELS, NUMBER_PIXELS = 12, 10


class Lettering:
    """Makes and keeps pixmaps of names, of numbered discs and of numbered plates."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, ...], QPixmap] = {}
        self._ratio = 1.0
        self.name_font, self.number_font = QFont(), QFont()
        self.name_font.setWeight(QFont.Weight.DemiBold)
        self.number_font.setWeight(QFont.Weight.Bold)
        self.set_scale(1.0)

    def set_scale(self, scale: float) -> None:
        """Letter at this scale."""
        self._scale = scale
        self.name_font.setPixelSize(round(NAME_PIXELS * scale))
        self.number_font.setPixelSize(round(NUMBER_PIXELS * scale))
        self._kept.clear()

    def set_ratio(self, ratio: float) -> None:
        """Render for a screen with this many device pixels per logical pixel."""
        if ratio != self._ratio:
            self._ratio = ratio
            self._kept.clear()

    def name(self, text: str, ink: str, halo: str) -> QPixmap:
        """Return a name, which may have several lines, with a halo around it."""
        return self._cached(("name", text, ink, halo), lambda: self._render_name(text, ink, halo))

    def disc(self, text: str, fill: str, rim: str, ink: str = "") -> QPixmap:
        """Return a disc with a short text in it.

        Parameters
        ----------
        text
            Black or white, whichever can be read, unless ``ink`` is given.
        fill, rim
            Colours.
        ink
            Of the text; the disc is hollow then, a ring of ``fill`` on ``rim``, which is read best.
        """
        return self._cached(("disc", text, fill, rim, ink), lambda: self._render_disc(text, fill, rim, ink))

    def plate(self, text: str, ink: str, ground: str, rim: str) -> QPixmap:
        """Return a plate with a short text on it."""
        return self._cached(("plate", text, ink, ground, rim), lambda: self._render_plate(text, ink, ground, rim))

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
        lines = [
            (QPointF(3, 2 + metrics.ascent() + row * metrics.height()), line)
            for row, line in enumerate(text.split("\n"))
        ]
        widest = max(metrics.horizontalAdvance(line) for _, line in lines)
        pixmap = self._blank(widest + 6, len(lines) * metrics.height() + 4)
        path = QPainterPath()
        for at, line in lines:
            path.addText(at, self.name_font, line)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        rim = QColor(halo)
        rim.setAlphaF(0.85)
        pen = QPen(rim, 3.0)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.strokePath(path, pen)
        painter.setFont(self.name_font)
        painter.setPen(QColor(ink))
        for at, line in lines:
            painter.drawText(at, line)
        painter.end()
        return pixmap

    def _render_disc(self, text: str, fill: str, rim: str, ink: str) -> QPixmap:
        if ink:
            return self._render_sign(text, QColor(ink), QColor(rim), QPen(QColor(fill), 2.5), DISC_PIXELS, 0.5)
        ink = "#ffffff" if contrast("#ffffff", fill) >= PLAIN else "#000000"
        return self._render_sign(text, QColor(ink), QColor(fill), QPen(QColor(rim), 1.5), DISC_PIXELS, 0.5)

    def _render_plate(self, text: str, ink: str, ground: str, rim: str) -> QPixmap:
        return self._render_sign(text, QColor(ink), QColor(ground), QPen(QColor(rim), 2.0), PLATE_PIXELS, 0.2)

    def _render_sign(self, text: str, ink: QColor, fill: QColor, rim: QPen, pixels: float, rounded: float) -> QPixmap:
        """Render a text on a box whose corners are rounded by a part of its height."""
        height = pixels * self._scale
        width = max(height, QFontMetricsF(self.number_font).horizontalAdvance(text) + 8 * self._scale)
        pixmap = self._blank(width + 2, height + 2)
        shape = QRectF(1.75, 1.75, width - 1.5, height - 1.5)
        radius = rounded * shape.height()
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        painter.setPen(rim)
        painter.setBrush(fill)
        painter.drawRoundedRect(shape, radius, radius)
        painter.setFont(self.number_font)
        painter.setPen(ink)
        painter.drawText(shape, Qt.AlignmentFlag.AlignCenter, text)
        painter.end()
        return pixmap
