"""What the map says while a zone is drawn or reshaped: how to, at its top, and figures beside the mouse."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QLabel, QWidget

from app.map.theme import MapTheme

TOP = 10
"""Pixels between the hint and the top of the map."""
BESIDE = 16
"""Pixels between the mouse and the figures."""


class ZoneWords:
    """Two labels over the viewport of the map; neither takes mouse events.

    Parameters
    ----------
    viewport
        Of the map.
    """

    def __init__(self, viewport: QWidget) -> None:
        self._viewport = viewport
        self._hint = _label(viewport, "zone_hint")
        self._figures = _label(viewport, "zone_figures")
        self._wrong = False
        self.set_theme(MapTheme.of(viewport.palette()))

    def set_theme(self, theme: MapTheme) -> None:
        self._theme = theme
        self._dress()

    def hint(self, text: str, *, wrong: bool = False) -> None:
        """Say how to go on, or what is wrong; nothing hides it."""
        if text == self._hint.text():
            return
        self._wrong = wrong
        self._dress()
        self._hint.setText(text)
        self._hint.setVisible(bool(text))
        self._hint.adjustSize()
        self.place_hint()
        if wrong:  # a screen reader reads it at once
            QAccessible.updateAccessibility(QAccessibleEvent(self._hint, QAccessible.Event.Alert))

    def place_hint(self) -> None:
        """Put the hint where it belongs in a viewport that may have another size."""
        self._hint.move(max((self._viewport.width() - self._hint.width()) // 2, 0), TOP)

    def figures(self, text: str, px: float = 0.0, py: float = 0.0) -> None:
        """Show figures beside a pixel; none hides them."""
        self._figures.setText(text)
        self._figures.setVisible(bool(text))
        self._figures.adjustSize()
        width, height = self._figures.width(), self._figures.height()
        left, top = round(px) + BESIDE, round(py) + BESIDE
        if left + width > self._viewport.width():
            left = round(px) - BESIDE - width
        if top + height > self._viewport.height():
            top = round(py) - BESIDE - height
        self._figures.move(max(left, 0), max(top, 0))

    def _dress(self) -> None:
        theme = self._theme
        edge = theme.unserved if self._wrong else theme.accent
        plate = f"background: {theme.halo}; color: {theme.ink}; border-radius: 4px; padding: 3px 8px;"
        self._hint.setStyleSheet(f"{plate} border: 1px solid {edge};")
        self._figures.setStyleSheet(f"{plate} border: 1px solid {theme.muted};")


def _label(viewport: QWidget, name: str) -> QLabel:
    label = QLabel(viewport)
    label.setObjectName(name)
    label.setTextFormat(Qt.TextFormat.PlainText)  # names of zones and customers are in it
    label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    label.hide()
    return label
