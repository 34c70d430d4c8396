"""What a click adds or asks in the present mode, how long that lasts, and how it ends: a line at the top of the map."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QLabel, QWidget

from app.language import tr
from app.map.gestures import MapMode
from app.map.theme import MapTheme

TOP = 10
"""Pixels to the top of the map."""

ONCE = {
    MapMode.ADD_CUSTOMER: tr("Click to add one customer. Shift+click, or press C again, to add several. Esc ends."),
    MapMode.ADD_DEPOT: tr("Click to add one depot. Shift+click, or press D again, to add several. Esc ends."),
    MapMode.CLOSE_STREET: tr("Draw along a street to close it, or click on one. Esc ends."),
    MapMode.ASK: tr("Click a stop, then the one that might follow it: why does it not? Esc ends."),
}
KEPT = {
    MapMode.ADD_CUSTOMER: tr("Click to add customers, one after the other. Esc ends."),
    MapMode.ADD_DEPOT: tr("Click to add depots, one after the other. Esc ends."),
}


class ModeHint(QLabel):
    """Hidden in modes that neither add nor ask; the mouse goes through it.

    Parameters
    ----------
    viewport
        Of the map.
    """

    def __init__(self, viewport: QWidget) -> None:
        super().__init__(viewport)
        self._viewport = viewport
        self.setObjectName("mode_hint")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def show_mode(self, mode: MapMode, *, kept: bool) -> None:
        """Say what a click does, and let a screen reader read it.

        Parameters
        ----------
        mode
            Of the map.
        kept
            Whether the mode stays after a click.
        """
        text = (KEPT if kept else ONCE).get(mode, "")
        if text == self.text():
            return
        self.setText(text)
        self.setAccessibleName(text)
        self.setVisible(bool(text))
        self.place()
        if text:
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def set_theme(self, theme: MapTheme) -> None:
        """Use other colours, and text as large as the user wants it now."""
        self.setStyleSheet(
            f"background: {theme.halo}; color: {theme.ink}; border: 1px solid {theme.accent}; border-radius: 4px;"
            " padding: 3px 8px;"
        )
        self.place()

    def place(self) -> None:
        """Go to the middle of the upper edge of a map that may have another size."""
        self.adjustSize()
        self.move(max((self._viewport.width() - self.width()) // 2, 0), TOP)
