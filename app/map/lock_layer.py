"""The locks of a plan, as signs beside the stops, where there is room for them."""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from app.map.features import Ints, Places, RouteLines
from app.map.lock_signs import REACH, LockSigns
from app.map.marker_layer import Marker, MarkerLayer, Symbol
from app.map.text_scale import text_scale
from app.map.theme import MapTheme
from app.model.plan import Lock

SIGNED_IN_VIEW = 300
"""With more locked stops in view none has a sign: it would be noise."""

KINDS = tuple(Lock)


class LockLayer(MarkerLayer):
    """Draws a sign for each locked stop in view, over numbers and rings; all of them with one call to Qt."""

    def __init__(self, theme: MapTheme) -> None:
        super().__init__(42)
        self._signs = LockSigns()
        self._places: Places | None = None
        self._locks: Mapping[str, Lock] = {}
        self.set_theme(theme)

    def set_theme(self, theme: MapTheme) -> None:
        self._theme = theme
        self.set_styles([Marker(Symbol.SQUARE, 2 * REACH * text_scale())] * len(KINDS))

    def show_lines(self, places: Places, lines: RouteLines) -> None:
        """Show the locks of these places; they stand wherever the stop is, on whatever route."""
        if places is not self._places:
            self._places = places
            self._refresh()

    def set_locks(self, locks: Mapping[str, Lock]) -> None:
        """Show these locks, per customer."""
        if locks != self._locks:
            self._locks = dict(locks)
            self._refresh()

    @property
    def locks(self) -> Mapping[str, Lock]:
        """What is shown."""
        return self._locks

    def in_view(self) -> Ints:
        """Return the kinds of the locked stops that the map shows, as places in `KINDS`; none if they are too many."""
        view = self.boundingRect()
        x, y = self._x, self._y
        shown = (x >= view.left()) & (x <= view.right()) & (y >= view.top()) & (y <= view.bottom())
        return self._style[shown] if np.count_nonzero(shown) <= SIGNED_IN_VIEW else self._style[:0]

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        if len(self.in_view()):
            super().paint(painter, option, widget)

    def _painted(self, ratio: float) -> QPixmap:
        """Return the signs side by side, each up and to the right of the middle of its cell."""
        scale = text_scale()
        side = ceil(2 * REACH * scale * ratio)
        atlas = QPixmap(side * len(KINDS), side)
        atlas.setDevicePixelRatio(ratio)
        atlas.fill(Qt.GlobalColor.transparent)
        painter = QPainter(atlas)
        painter.scale(scale, scale)
        lefts = side * np.arange(len(KINDS))
        for lock, left in zip(KINDS, lefts.tolist(), strict=True):
            middle = QPointF((left + side / 2) / ratio / scale, side / 2 / ratio / scale)
            self._signs.paint(painter, middle, lock, self._theme.ink, self._theme.halo, ratio * scale)
        painter.end()
        self._sources = np.column_stack([lefts, 0 * lefts, *[np.full(len(KINDS), side)] * 2]).astype(np.float64)
        return atlas

    def _refresh(self) -> None:
        places = self._places
        if places is None:
            return
        found = [(places.index.get(("customers", key), -1), KINDS.index(lock)) for key, lock in self._locks.items()]
        at, kinds = np.array(sorted(found), dtype=np.int64).reshape(-1, 2).T
        known = at >= 0
        self.set_markers(places.x[at[known]], places.y[at[known]], kinds[known])
