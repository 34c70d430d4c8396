"""What stands at the cursor while stops are dragged: where they would go, and what that would change and break."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QVBoxLayout, QWidget

from app.model.proposal import Proposal
from app.views.moves.differences import explanation, kilometres_difference, money_difference, span_difference
from app.views.theme import GAP

WIDTH = 330
AWAY = QPoint(18, 20)
"""From the cursor to the corner, pixels."""
MOST_LINES = 8
"""Rules that are spelled out; of more than that the number is told."""

FIGURES = ("Cost", "Time", "Distance", "Lateness")


class DragReadout(QFrame):
    """A card that never gets in the way of the mouse.

    Parameters
    ----------
    window
        Within which it stays.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("drag_readout")
        self.setProperty("card", True)
        self.setAutoFillBackground(True)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.heading, self.placing = _label("drag_heading"), _label("drag_placing", wraps=True)
        self.heading.setStyleSheet("font-weight: 600;")
        self.placing.setProperty("muted", True)
        self.figures = {title: _label(f"drag_{title.lower()}") for title in FIGURES}
        self.rules = _label("drag_rules", wraps=True)
        self._numbers = QWidget()
        grid = QGridLayout(self._numbers)
        grid.setContentsMargins(0, 2, 0, 2)
        grid.setHorizontalSpacing(2 * GAP)
        grid.setVerticalSpacing(0)
        for column, (title, value) in enumerate(self.figures.items()):
            caption = QLabel(title)
            caption.setProperty("muted", True)
            grid.addWidget(caption, 0, column)
            grid.addWidget(value, 1, column)
            grid.setColumnStretch(column, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 8, 10, 8)
        layout.setSpacing(3)
        for widget in (self.heading, self.placing, self._numbers, self.rules):
            layout.addWidget(widget)
        self.hide()

    def say(self, heading: str, placing: str, proposal: Proposal | None = None, currency: str = "") -> None:
        """Show where stops would go, and if it is known what that would change."""
        self.heading.setText(self.fontMetrics().elidedText(heading, Qt.TextElideMode.ElideMiddle, WIDTH - 40))
        self.placing.setText(placing)
        self._numbers.setVisible(proposal is not None)
        self.rules.setVisible(proposal is not None)
        if proposal is not None:
            for title, text in (
                ("Cost", money_difference(proposal.cost, currency)),
                ("Time", span_difference(proposal.duration_s)),
                ("Distance", kilometres_difference(proposal.distance_km)),
                ("Lateness", span_difference(proposal.lateness_s)),
            ):
                self.figures[title].setText(text)
            self.rules.setText(rules_text(proposal))
            if self.rules.property("error") is not bool(proposal.causes):
                self.rules.setProperty("error", bool(proposal.causes))
                self.rules.style().polish(self.rules)
        self.layout().activate()
        self.setFixedSize(WIDTH, self.layout().heightForWidth(WIDTH))
        self.raise_()
        self.show()

    def follow(self, at: QPoint) -> None:
        """Stand beside a point of the window, on the side where there is room."""
        room = self.parentWidget().size()
        x, y = at.x() + AWAY.x(), at.y() + AWAY.y()
        if x + self.width() > room.width():
            x = at.x() - AWAY.x() - self.width()
        if y + self.height() > room.height():
            y = at.y() - AWAY.y() - self.height()
        self.move(max(x, 0), max(y, 0))


def rules_text(proposal: Proposal) -> str:
    """Return a line for each rule that would be broken or mended; signs say which, whatever the colour."""
    lines = explanation(proposal).split("\n") if proposal.causes or proposal.cures else ["✓ Breaks no rule"]
    if not proposal.causes and proposal.cures:
        lines.insert(0, "✓ Breaks no rule")
    more = len(lines) - MOST_LINES
    return "\n".join([*lines[: MOST_LINES - 1], f"… and {more + 1} more"] if more > 0 else lines)


def _label(name: str, *, wraps: bool = False) -> QLabel:
    label = QLabel()
    label.setObjectName(name)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(wraps)
    return label
