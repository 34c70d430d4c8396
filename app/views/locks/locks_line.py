"""How many stops are locked and what that costs, in a line among the figures of the plan."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from app.language import tr
from app.model.amounts import grouped
from app.views.theme import GAP


class LocksLine(QWidget):
    """The number, the cost once it is known, and a button that asks for it; hidden while nothing is locked.

    Signals
    -------
    ask_requested
        The button was pressed.
    """

    ask_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("locks_line")
        self.figure = QLabel()
        self.figure.setObjectName("locks_figure")
        self.figure.setAccessibleName(tr("Locks"))
        self.figure.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        caption = QLabel(tr("Locks"))
        caption.setProperty("muted", True)
        caption.setBuddy(self.figure)
        self.button = QPushButton(tr("What do they cost?"))
        self.button.setObjectName("locks_line_ask")
        self.button.setAccessibleDescription(tr("Solves without the locks, in the background, and compares"))
        self.button.clicked.connect(self.ask_requested)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GAP)
        layout.addWidget(caption)
        layout.addWidget(self.figure, 1)
        layout.addWidget(self.button)
        self.hide()

    def show_locks(self, number: int, cost: str | None) -> None:
        """Show how many stops are locked, and what that costs in words if it is known."""
        self.figure.setText(f"{grouped(number)}, {cost}" if cost else grouped(number))
        self.figure.setAccessibleName(tr("Locks: {number}", number=self.figure.text()))
        self.button.setText(tr("Ask again") if cost else tr("What do they cost?"))  # both have to fit beside the figure
        self.setVisible(number > 0)
