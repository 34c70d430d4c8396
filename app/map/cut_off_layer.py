"""Signs beside places that no road leads to: a disc with a bar, as where nobody may enter."""

from __future__ import annotations

from collections.abc import Iterable
from math import ceil

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap

from app.map.marker_layer import Marker, MarkerLayer, Symbol
from app.map.projection import Projection
from app.map.text_scale import text_scale
from app.map.theme import MapTheme
from app.model.scenario import Point

SIGN = 15.0
"""Across, logical pixels."""
ASIDE, BELOW = 9.0, 9.0
"""Pixels from the middle of a place to the middle of its sign; what is locked has another one above."""
REACH = ASIDE + SIGN / 2


class CutOffLayer(MarkerLayer):
    """Draws a sign at each place that cannot be reached."""

    def __init__(self, theme: MapTheme) -> None:
        super().__init__(43)
        self.set_theme(theme)

    def set_theme(self, theme: MapTheme) -> None:
        self._theme = theme
        self.set_styles([Marker(Symbol.SQUARE, 2 * REACH * text_scale())])

    def show_places(self, places: Iterable[Point], projection: Projection) -> None:
        """Show a sign at each of these, degrees."""
        geo = np.array(list(places), dtype=np.float64).reshape(-1, 2)
        self.set_markers(*projection.to_map(geo[:, 0], geo[:, 1]))

    def _painted(self, ratio: float) -> QPixmap:
        scale = text_scale()
        side = ceil(2 * REACH * scale * ratio)
        atlas = QPixmap(side, side)
        atlas.setDevicePixelRatio(ratio)
        atlas.fill(Qt.GlobalColor.transparent)
        painter = QPainter(atlas)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        painter.scale(scale, scale)
        middle = QPointF(REACH + ASIDE, REACH + BELOW)
        painter.setPen(QPen(QColor(self._theme.halo), 1.5))
        painter.setBrush(QColor(self._theme.unserved))
        painter.drawEllipse(middle, SIGN / 2 - 1, SIGN / 2 - 1)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._theme.halo))
        painter.drawRect(QRectF(middle.x() - SIGN / 4 - 0.5, middle.y() - 1.5, SIGN / 2 + 1, 3))
        painter.end()
        self._sources = np.array([[0.0, 0.0, side, side]])
        return atlas
