"""Locks as the cells of tables show them: an icon, a tooltip, and words for those who hear the table."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor, QPalette, QPixmap

from app.map.text_scale import scaled
from app.model.locks import TITLES
from app.model.plan import Lock
from app.views.theme import svg_of, tinted

SIZE = 16
"""Pixels of an icon."""


class LockIcons:
    """Icons in the colours of a palette."""

    def __init__(self) -> None:
        self._icons: dict[Lock, QPixmap] = {}
        self._ink = QColor()
        self.past = QBrush()

    def set_palette(self, palette: QPalette) -> None:
        """Use these colours from now on."""
        self._ink = palette.color(QPalette.ColorRole.Text)
        self.past = QBrush(palette.color(QPalette.ColorRole.PlaceholderText))
        self._icons.clear()

    def icon(self, lock: Lock) -> QPixmap:
        """Return the icon of a lock."""
        if lock not in self._icons:
            drawn = tinted(svg_of(f"lock-{lock.value}"), self._ink, 2 * scaled(SIZE))
            drawn.setDevicePixelRatio(2.0)
            self._icons[lock] = drawn
        return self._icons[lock]

    def data(self, lock: Lock, role: int) -> Any:
        """Return what the cell of a lock has for a role."""
        match role:
            case Qt.ItemDataRole.DecorationRole:
                return self.icon(lock)
            case Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleTextRole:
                return TITLES[lock]
            case _:
                return None
