"""What stands at the cursor while stops are dragged: where they would go, and what that would change and break."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QVBoxLayout, QWidget

from app.language import tr, trn
from app.map.text_scale import scaled
from app.model.proposal import Proposal
from app.views.moves.differences import BROKEN, MENDED, kilometres_difference, mended, money_difference, span_difference
from app.views.theme import GAP

WIDTH = 330
AWAY = QPoint(18, 20)
"""From the cursor to the corner, pixels."""
MOST_CAUSES, MOST_CURES = 8, 3
"""Rules that are spelled out, broken and mended ones; of more than that the number is told."""

FIGURES = {"cost": tr("Cost"), "time": tr("Time"), "distance": tr("Distance"), "lateness": tr("Lateness")}
"""The names of the figures, and what they are called."""


class DragReadout(QFrame):
    """A card that never gets in the way of the mouse.

    Parameters
    ----------
    window
        Within which it stays.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.setObjectName("drag_readout")
        self.setProperty("card", True)
        self.setAutoFillBackground(True)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.heading, self.placing = _label("drag_heading"), _label("drag_placing", wraps=True)
        self.heading.setStyleSheet("font-weight: 600;")
        self.placing.setProperty("muted", True)
        self.figures = {name: _label(f"drag_{name}") for name in FIGURES}
        self.causes, self.cures = _label("drag_causes", wraps=True), _label("drag_cures", wraps=True)
        self.causes.setProperty("error", True)
        self._numbers = QWidget()
        grid = QGridLayout(self._numbers)
        grid.setContentsMargins(0, 2, 0, 2)
        grid.setHorizontalSpacing(2 * GAP)
        grid.setVerticalSpacing(0)
        for column, (name, value) in enumerate(self.figures.items()):
            caption = QLabel(FIGURES[name])
            caption.setProperty("muted", True)
            grid.addWidget(caption, 0, column)
            grid.addWidget(value, 1, column)
            grid.setColumnStretch(column, 1)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(10, 8, 10, 8)
        self._column.setSpacing(3)
        for widget in (self.heading, self.placing, self._numbers, self.causes, self.cures):
            self._column.addWidget(widget)
        self.hide()

    def say(self, heading: str, placing: str, proposal: Proposal | None = None, currency: str = "") -> None:
        """Show where stops would go, and if it is known what that would change."""
        width = scaled(WIDTH)
        self.heading.setText(self.fontMetrics().elidedText(heading, Qt.TextElideMode.ElideMiddle, width - 40))
        self.placing.setText(placing)
        for widget in (self._numbers, self.causes, self.cures):
            widget.setVisible(proposal is not None)
        if proposal is not None:
            for name, text in (
                ("cost", money_difference(proposal.cost, currency)),
                ("time", span_difference(proposal.duration_s)),
                ("distance", kilometres_difference(proposal.distance_km)),
                ("lateness", span_difference(proposal.lateness_s)),
            ):
                self.figures[name].setText(text)
            causes, cures = rules_texts(proposal)
            for label, lines in ((self.causes, causes), (self.cures, cures)):
                label.setText("\n".join(lines))
                label.setVisible(bool(lines))
        self._column.activate()
        self.setFixedSize(width, self._column.heightForWidth(width))
        self.raise_()
        self.show()

    def follow(self, at: QPoint) -> None:
        """Stand beside a point of the window, on the side where there is room."""
        room = self._window.size()
        x, y = at.x() + AWAY.x(), at.y() + AWAY.y()
        if x + self.width() > room.width():
            x = at.x() - AWAY.x() - self.width()
        if y + self.height() > room.height():
            y = at.y() - AWAY.y() - self.height()
        self.move(max(x, 0), max(y, 0))


def rules_texts(proposal: Proposal) -> tuple[list[str], list[str]]:
    """Return a line for each rule that would be broken, and for each that would be mended; signs say which."""
    causes = [f"{BROKEN} {one.text}" for one in proposal.causes]
    cures = [mended(one.text) for one in proposal.cures]
    if not causes:
        cures.insert(0, tr("{sign} Breaks no rule", sign=MENDED))
    return _first(causes, MOST_CAUSES), _first(cures, MOST_CURES)


def _first(lines: list[str], most: int) -> list[str]:
    more = len(lines) - most
    return [*lines[: most - 1], trn("… and {number} more", "… and {number} more", more + 1)] if more > 0 else lines


def _label(name: str, *, wraps: bool = False) -> QLabel:
    label = QLabel()
    label.setObjectName(name)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(wraps)
    return label
