"""Depots and customers as cached scatter items with shared brushes."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor

from app.map.features import Item, Places, RouteLines
from app.map.items import cosmetic, scatter
from app.map.theme import MapTheme

STOP_PIXELS = 9
UNSERVED_PIXELS = 15
DEPOT_PIXELS = 15
CROWD = 2000
"""Above so many customers their markers shrink."""
CROWD_PIXELS = 6


class StopLayer:
    """Markers: squares are depots, discs are customers, diamonds are customers that the plan leaves out."""

    def __init__(self, view_box: pg.ViewBox, theme: MapTheme) -> None:
        self._places: Places | None = None
        self._lines = RouteLines()
        self._unserved: frozenset[str] = frozenset()
        self._customers = scatter(view_box, 30, symbol="o", pen=None)
        self._left_out = scatter(view_box, 32, symbol="d")
        self._depots = scatter(view_box, 34, symbol="s")
        self.set_theme(theme)

    def set_theme(self, theme: MapTheme) -> None:
        self._brushes = [QBrush(colour) for colour in theme.route_colours]
        self._unplanned = QBrush(QColor(theme.unplanned))
        rim = cosmetic(theme.halo, 1.2)
        self._left_out.setPen(rim)
        self._left_out.setBrush(QBrush(QColor(theme.unserved)))
        self._depots.setPen(cosmetic(theme.halo, 1.6))
        self._depots.setBrush(QBrush(QColor(theme.depot)))
        self._refresh()

    def show_lines(self, places: Places, lines: RouteLines) -> None:
        """Show these places, customers in the colours of their routes."""
        self._places, self._lines = places, lines
        depots = slice(0, places.depots)
        self._depots.setData(x=places.x[depots], y=places.y[depots], size=DEPOT_PIXELS)
        self._refresh()

    def set_unserved(self, ids: frozenset[str]) -> None:
        """Mark these customers as left out."""
        if ids != self._unserved:
            self._unserved = ids
            self._refresh()

    def _refresh(self) -> None:
        places = self._places
        if places is None:
            return
        shown = np.ones(len(places), dtype=bool)
        shown[: places.depots] = False
        left_out = places.positions(("customers", id) for id in self._unserved)
        shown[left_out] = False
        positions = np.flatnonzero(shown)
        palette = [self._unplanned, *self._brushes]
        colors = self._lines.color[positions]
        brushes = [palette[c + 1] for c in np.where(colors < 0, -1, colors % len(self._brushes)).tolist()]
        size = STOP_PIXELS if len(positions) <= CROWD else CROWD_PIXELS
        self._customers.setData(x=places.x[positions], y=places.y[positions], brush=brushes, size=size)
        self._left_out.setData(x=places.x[left_out], y=places.y[left_out], size=UNSERVED_PIXELS)


class SelectionLayer:
    """Rings around what is selected or under the mouse: never a change to the markers themselves."""

    def __init__(self, view_box: pg.ViewBox, theme: MapTheme) -> None:
        self._places: Places | None = None
        self._hovered: Item | None = None
        self._rings = scatter(view_box, 40, symbol="o", brush=QBrush(Qt.BrushStyle.NoBrush))
        self._hover = scatter(view_box, 41, symbol="o", brush=QBrush(Qt.BrushStyle.NoBrush))
        self.set_theme(theme)

    def set_theme(self, theme: MapTheme) -> None:
        self._rings.setPen(cosmetic(theme.accent, 2.5))
        self._hover.setPen(cosmetic(theme.ink, 1.5))

    def show_selected(self, places: Places, items: frozenset[Item]) -> None:
        """Put rings around these items."""
        self._places = places
        self._ring(self._rings, items, 25)
        self.set_hovered(None)

    def set_hovered(self, item: Item | None) -> None:
        if item != self._hovered:
            self._hovered = item
            self._ring(self._hover, frozenset() if item is None else frozenset([item]), 26)

    def _ring(self, item: pg.ScatterPlotItem, items: frozenset[Item], size: int) -> None:
        if self._places is not None:
            at = self._places.positions(items)
            item.setData(x=self._places.x[at], y=self._places.y[at], size=size)
