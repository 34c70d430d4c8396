"""What stands where there is nothing yet: a sentence that says what to do, and a button that does it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.views.theme import GAP, MARGIN


class EmptyState(QWidget):
    """A sentence and one or two buttons, in the middle.

    Parameters
    ----------
    sentence
        What is missing and how to get it.
    buttons
        Text, object name and what happens; the first is the one to recommend.
    """

    def __init__(
        self,
        sentence: str,
        buttons: Sequence[tuple[str, str, Callable[[], object]]] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._label = QLabel(sentence)
        self._label.setObjectName("empty_sentence")
        self._label.setProperty("muted", True)
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._label.setWordWrap(True)
        self._label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._buttons: list[QPushButton] = []
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addStretch()
        for place, (text, name, act) in enumerate(buttons):
            button = QPushButton(text)
            button.setObjectName(name)
            button.setProperty("primary", place == 0)
            button.setAutoDefault(False)
            button.setAccessibleDescription(sentence or text)
            button.clicked.connect(lambda _checked=False, act=act: act())
            self._buttons.append(button)
            row.addWidget(button)
        row.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * MARGIN, MARGIN, 2 * MARGIN, MARGIN)
        layout.setSpacing(MARGIN)
        layout.addStretch()
        layout.addWidget(self._label)
        layout.addLayout(row)
        layout.addStretch()

    def say(self, sentence: str) -> None:
        """Show another sentence."""
        self._label.setText(sentence)
        for button in self._buttons:
            button.setAccessibleDescription(sentence)
