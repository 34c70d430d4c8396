"""The locks of a plan, as signs beside the stops, where there is room for them."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from app.map.features import Places, RouteLines
from app.map.items import ViewItem, ratio_of
from app.map.lock_signs import LockSigns
from app.map.text_scale import text_scale
from app.map.theme import MapTheme
from app.model.plan import Lock

SIGNED_IN_VIEW = 300
"""With more locked stops in view none has a sign: it would be noise, and slow."""


class LockLayer(ViewItem):
    """Draws a sign for each locked stop in view, over the numbers."""

    def __init__(self, theme: MapTheme) -> None:
        super().__init__(37)
        self._theme = theme
        self._signs = LockSigns()
        self._places: Places | None = None
        self._locks: Mapping[str, Lock] = {}
        self._kinds: list[Lock] = []
        self._at = np.empty(0, dtype=np.int64)

    def set_theme(self, theme: MapTheme) -> None:
        self._theme = theme
        self.update()

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

    def in_view(self) -> list[tuple[float, float, Lock]]:
        """Return the locked stops that the map shows, in map units; none where there are too many."""
        if self._places is None or not len(self._at):
            return []
        view = self.boundingRect()
        x, y = self._places.x[self._at], self._places.y[self._at]
        shown = np.flatnonzero((x >= view.left()) & (x <= view.right()) & (y >= view.top()) & (y <= view.bottom()))
        if len(shown) > SIGNED_IN_VIEW:
            return []
        return [(float(x[one]), float(y[one]), self._kinds[one]) for one in shown.tolist()]

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        stops = self.in_view()
        if not stops:
            return
        transform, scale = painter.transform(), text_scale()
        painter.resetTransform()
        painter.scale(scale, scale)
        for x, y, lock in stops:
            at = transform.map(QPointF(x, y)) / scale
            self._signs.paint(painter, at, lock, self._theme.ink, self._theme.halo, ratio_of(painter) * scale)
        painter.setTransform(transform)

    def _refresh(self) -> None:
        places = self._places
        if places is not None:
            found = [(places.index.get(("customers", key), -1), lock) for key, lock in self._locks.items()]
            known = [(at, lock) for at, lock in found if at >= 0]
            self._at = np.array([at for at, _ in known], dtype=np.int64)
            self._kinds = [lock for _, lock in known]
        self.update()
