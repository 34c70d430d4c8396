"""The coordinates of what is below the mouse, in a corner of the map."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from app.language import tr
from app.map.canvas import Canvas
from app.map.furniture import MARGIN, TEXT_PIXELS, coordinates_text
from app.map.text_scale import scaled
from app.map.theme import MapTheme

BESIDE = 136
"""Pixels to the right of the corner: the scale bar lies there."""


class Coordinates(QLabel):
    """A plate over the map, hidden while the mouse is elsewhere; the mouse goes through it."""

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas.viewport())
        self.setObjectName("mapCoordinates")
        self.setAccessibleName(tr("Coordinates below the mouse"))
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._canvas = canvas
        canvas.camera_changed.connect(self.place)
        self.hide()

    def set_theme(self, theme: MapTheme) -> None:
        """Use other colours, and text as large as the user wants it now."""
        self.setStyleSheet(
            f"background: {theme.halo}; color: {theme.muted}; padding: 1px 5px; border-radius: 3px;"
            f" font-size: {scaled(TEXT_PIXELS)}px;"
        )
        self.adjustSize()

    def show_point(self, point: tuple[float, float] | None) -> None:
        """Show a latitude and longitude, or nothing."""
        self.setVisible(point is not None)
        if point is not None:
            self.setText(coordinates_text(*point, self._canvas.projection))
            self.adjustSize()
            self.place()

    def place(self) -> None:
        """Go to the corner of a map that may have another size."""
        self.move(MARGIN + BESIDE, self._canvas.viewport().height() - self.height() - MARGIN + 4)
