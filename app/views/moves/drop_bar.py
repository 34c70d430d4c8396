"""Over the map while stops are dragged: every vehicle that is at home, to begin a route with, and no route at all."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from app.language import tr
from app.model.drops import Destination, LeftOut, NewRoute
from app.model.fleet import idle
from app.model.patch import State
from app.model.violations import name_of
from app.views.moves.list_sites import FixedSite
from app.views.theme import GAP

MOST_VEHICLES = 4
"""Types of vehicles that are offered; the timeline has all of them."""
TOP = 10
"""Pixels from the upper edge."""


class Chip(QLabel):
    """A word with a dashed frame, that says that something can be dropped on it."""

    def __init__(self, name: str, text: str) -> None:
        super().__init__(text)
        self.setObjectName(name)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setContentsMargins(12, 7, 12, 7)
        self._meant = False

    @property
    def meant(self) -> bool:
        """Whether stops would be dropped here."""
        return self._meant

    def set_meant(self, meant: bool) -> None:
        """Show whether stops would be dropped here."""
        if meant != self._meant:
            self._meant = meant
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, palette = QPainter(self), self.palette()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        style = Qt.PenStyle.SolidLine if self._meant else Qt.PenStyle.DashLine
        role = QPalette.ColorRole.Accent if self._meant else QPalette.ColorRole.PlaceholderText
        painter.setPen(QPen(palette.color(role), 2.0 if self._meant else 1.0, style))
        painter.setBrush(palette.color(QPalette.ColorRole.Highlight if self._meant else QPalette.ColorRole.Base))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 6, 6)
        painter.end()
        super().paintEvent(event)


class DropBar(QFrame):
    """A row of chips in the middle of the upper edge.

    Parameters
    ----------
    parent
        Over which it lies.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._over = parent
        self._chips: list[Chip] = []
        self.setObjectName("drop_bar")
        self.setProperty("card", True)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(GAP, GAP, GAP, GAP)
        self._row.setSpacing(GAP)
        parent.installEventFilter(self)
        self.hide()

    def offer(self, state: State) -> list[FixedSite]:
        """Show a chip for each possibility, and return them as places to drop stops on."""
        self.clear()
        scenario = state.scenario
        kinds = [key for key in scenario.vehicles if idle(state, key)][:MOST_VEHICLES]
        offers: list[tuple[Chip, Destination]] = [
            (
                Chip(f"drop_new_{key}", tr("+ New route · {vehicle}", vehicle=name_of(scenario.vehicles, key))),
                NewRoute(key),
            )
            for key in kinds
        ]
        offers.append((Chip("drop_unassign", tr("− Unassign")), LeftOut()))
        self._chips = [chip for chip, _ in offers]
        for chip in self._chips:
            self._row.addWidget(chip)
        self.adjustSize()
        self._place()
        self.raise_()
        self.show()
        return [FixedSite(chip, destination, chip.set_meant) for chip, destination in offers]

    def clear(self) -> None:
        """Take the chips away."""
        self.hide()
        for chip in self._chips:
            self._row.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        room = self._over.width()
        self.move(max((room - self.width()) // 2, 0), TOP)
