"""What a gesture shows before it is done: the area of a selection, the ghost of a move, the new course of a route."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPolygonF
from PySide6.QtWidgets import QGraphicsPolygonItem, QGraphicsRectItem

from app.map.features import Item, Places, RouteLines
from app.map.items import ViewCurve, cosmetic
from app.map.marker_layer import Marker, MarkerLayer, Symbol
from app.map.theme import MapTheme


class Preview:
    """Items over everything else, hidden while no gesture needs them."""

    def __init__(self, view_box: pg.ViewBox, theme: MapTheme) -> None:
        self._places: Places | None = None
        self._lines = RouteLines()
        self._band = QGraphicsRectItem()
        self._band.setZValue(60)
        self._band.setVisible(False)
        view_box.addItem(self._band, ignoreBounds=True)
        self._lasso = QGraphicsPolygonItem()
        self._lasso.setFillRule(Qt.FillRule.WindingFill)
        self._lasso.setZValue(60)
        self._lasso.setVisible(False)
        view_box.addItem(self._lasso, ignoreBounds=True)
        self._legs = ViewCurve(50)
        view_box.addItem(self._legs, ignoreBounds=True)
        # Below the stops, so that their numbers stay in sight
        self._course_halo, self._course, self._leash = ViewCurve(24), ViewCurve(25), ViewCurve(54)
        for curve in (self._course_halo, self._course, self._leash):
            view_box.addItem(curve, ignoreBounds=True)
        self._ghost = MarkerLayer(51)
        view_box.addItem(self._ghost, ignoreBounds=True)
        self.set_theme(theme)

    def set_theme(self, theme: MapTheme) -> None:
        accent = QColor(theme.accent)
        for area in (self._band, self._lasso):
            area.setPen(cosmetic(accent, 1.0))
        self._legs.set_pen(cosmetic(accent, 1.0))
        self._course_halo.set_pen(cosmetic(theme.halo, 6.0))
        for curve, width, style in ((self._course, 3.0, Qt.PenStyle.DashLine), (self._leash, 1.5, Qt.PenStyle.DotLine)):
            pen = cosmetic(accent, width)
            pen.setStyle(style)
            curve.set_pen(pen)
        self._ghost.set_styles([Marker(Symbol.DISC, 13, accent, QColor(theme.halo), 1.5)])
        wash = QColor(accent)
        wash.setAlphaF(0.12)
        for area in (self._band, self._lasso):
            area.setBrush(wash)

    def show_lines(self, places: Places, lines: RouteLines) -> None:
        """Preview moves of these places, which these routes join."""
        self._places, self._lines = places, lines

    def show_band(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """Show a rectangle between two corners in map units."""
        self._band.setRect(QRectF(min(x0, x1), min(y0, y1), abs(x1 - x0), abs(y1 - y0)))
        self._band.setVisible(True)

    def hide_band(self) -> None:
        self._band.setVisible(False)

    def show_lasso(self, line: Sequence[tuple[float, float]]) -> None:
        """Show a freehand line in map units and what it goes around; an empty one hides it."""
        self._lasso.setPolygon(QPolygonF([QPointF(x, y) for x, y in line]))
        self._lasso.setVisible(bool(line))

    def show_ghost(self, items: frozenset[Item], dx: float, dy: float) -> None:
        """Show where the items and the legs that hang on them would be, shifted by map units."""
        places = self._places
        if places is None:
            return
        at = places.positions(items)
        self._ghost.set_markers(places.x[at] + dx, places.y[at] + dy)
        moved = np.zeros(len(places), dtype=bool)
        moved[at] = True
        touched = moved[self._lines.starts] | moved[self._lines.ends]
        pairs = np.column_stack([self._lines.starts[touched], self._lines.ends[touched]]).ravel()
        self._legs.setData(places.x[pairs] + dx * moved[pairs], places.y[pairs] + dy * moved[pairs], connect="pairs")

    def hide_ghost(self) -> None:
        self._ghost.set_markers(np.empty(0), np.empty(0))
        self._legs.setData([], [])

    def show_course(self, course: Sequence[Item]) -> None:
        """Show a route as it would be, by the places that it leads through; none hides it."""
        places = self._places
        at = [places.index[item] for item in course if item in places.index] if places is not None else []
        x, y = (places.x[at], places.y[at]) if places is not None else (np.empty(0), np.empty(0))
        for curve in (self._course_halo, self._course):
            curve.setData(x, y)

    def show_leash(self, item: Item | None, x: float = 0.0, y: float = 0.0) -> None:
        """Show a line from what is dragged to a point in map units; None hides it."""
        at = self._places.index.get(item) if self._places is not None and item is not None else None
        if self._places is None or at is None:
            self._leash.setData([], [])
        else:
            self._leash.setData([float(self._places.x[at]), x], [float(self._places.y[at]), y])
