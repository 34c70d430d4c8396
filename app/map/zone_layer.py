"""Zones: translucent polygons, hatched where they are closed to some vehicle."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen, QPixmap, QPolygonF, QTransform
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from app.map.features import ZoneShapes
from app.map.items import ViewItem, view_rect
from app.map.theme import MapTheme

HATCH_PIXELS = 9


class ZoneLayer(ViewItem):
    """Draws zones below the routes; their names are above these, see `app.map.label_layer`."""

    def __init__(self, theme: MapTheme) -> None:
        super().__init__(-50)
        self._theme = theme
        self._shapes: ZoneShapes | None = None
        self._polygons: dict[str, QPolygonF] = {}
        self._selected: frozenset[str] = frozenset()
        self._hatch = QBrush()
        self.set_theme(theme)

    def set_theme(self, theme: MapTheme) -> None:
        self._theme = theme
        self._hatch = QBrush(_hatch(QColor(theme.zone)))
        self.update()

    def set_shapes(self, shapes: ZoneShapes) -> None:
        self._shapes = shapes
        self._polygons = {
            id: QPolygonF([QPointF(float(x), float(y)) for x, y in ring]) for id, ring in shapes.rings.items()
        }
        self.update()

    def set_selected(self, ids: frozenset[str]) -> None:
        if ids != self._selected:
            self._selected = ids
            self.update()

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        if self._shapes is None or not self._polygons:
            return
        transform = painter.transform()
        view = view_rect(self)
        painter.resetTransform()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        for id, polygon in self._polygons.items():
            if polygon.boundingRect().intersects(view):
                self._paint_zone(painter, id, transform.map(polygon))
        painter.setTransform(transform)

    def _paint_zone(self, painter: QPainter, id: str, polygon: QPolygonF) -> None:
        assert self._shapes is not None
        fill = QColor(self._theme.zone)
        fill.setAlphaF(0.16 if id in self._selected else 0.09)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(fill)
        painter.drawPolygon(polygon)
        if self._shapes.closed[id]:
            painter.setBrushOrigin(polygon.at(0))  # the hatch moves with the zone
            painter.setBrush(self._hatch)
            painter.drawPolygon(polygon)
        edge = QPen(QColor(self._theme.accent if id in self._selected else self._theme.zone), 1.5)
        if not self._shapes.closed[id]:
            edge.setDashPattern([4, 3])
        painter.setPen(edge)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolygon(polygon)


def _hatch(colour: QColor) -> QBrush:
    """Return a brush of diagonal lines that repeats without a seam."""
    side = HATCH_PIXELS
    tile = QPixmap(side, side)
    tile.fill(Qt.GlobalColor.transparent)
    colour.setAlphaF(0.45)
    painter = QPainter(tile)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    painter.setPen(QPen(colour, 1.1))
    for offset in np.array([-side, 0, side]):
        painter.drawLine(QPointF(float(offset), side), QPointF(float(offset) + side, 0.0))
    painter.end()
    brush = QBrush(tile)
    brush.setTransform(QTransform())
    return brush
