"""Zones: translucent polygons, hatched where they are closed to some vehicle.

Where roads are closed to everybody the hatching is crossed and its edge strong, where they are slow it is of dots.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from app.map import hatching
from app.map.features import ZoneShapes
from app.map.items import ViewItem, view_rect
from app.map.theme import MapTheme


class ZoneLayer(ViewItem):
    """Draws zones below the routes; their names are above these, see `app.map.label_layer`."""

    def __init__(self, theme: MapTheme) -> None:
        super().__init__(-50)
        self._theme = theme
        self._shapes: ZoneShapes | None = None
        self._polygons: dict[str, QPolygonF] = {}
        self._selected: frozenset[str] = frozenset()
        self._hatch = self._slow = self._shut = QBrush()
        self.set_theme(theme)

    def set_theme(self, theme: MapTheme) -> None:
        self._theme = theme
        self._hatch, self._slow = hatching.lines(QColor(theme.zone)), hatching.dots(QColor(theme.zone))
        self._shut = hatching.crossed_lines(QColor(theme.unserved))
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
        chosen, closed, pace = id in self._selected, self._shapes.closed[id], self._shapes.zones[id].pace
        colour = self._theme.zone if pace else self._theme.unserved
        fill = QColor(colour)
        fill.setAlphaF(0.16 if chosen else 0.09)
        patterns = [self._shut] if not pace else [self._hatch] * closed + [self._slow] * (pace < 1)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrushOrigin(polygon.at(0))  # the patterns move with the zone
        for brush in (QBrush(fill), *patterns):
            painter.setBrush(brush)
            painter.drawPolygon(polygon)
        edge = QPen(QColor(self._theme.accent if chosen else colour), 1.5 if pace else 2.5)
        if pace and not closed:
            edge.setDashPattern([4, 3] if pace == 1 else [1, 2])
        painter.setPen(edge)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolygon(polygon)
