"""A line that says why something was not done, beside where it was tried; never a dialog in the way."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget

from app.language import tr
from app.views.theme import GAP, Theme


class InlineMessage(QFrame):
    """A sentence in a coloured line, hidden while there is nothing to say."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("inline_message")
        self.setProperty("inlineMessage", True)
        self._label = QLabel()
        self._label.setObjectName("inline_message_text")
        self._label.setTextFormat(Qt.TextFormat.PlainText)  # it quotes what users and files say
        self._label.setWordWrap(True)
        self._label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        close = QToolButton()
        close.setObjectName("inline_message_close")
        close.setAccessibleName(tr("Close message"))
        close.setToolTip(tr("Close message"))
        close.setAutoRaise(True)
        theme.bind(close, "close")
        close.clicked.connect(self.clear)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(GAP + 2, 2, 2, 2)
        layout.addWidget(self._label)
        layout.addWidget(close)
        self.hide()

    @property
    def text(self) -> str:
        """The sentence, or ""."""
        return self._label.text()

    def say(self, sentence: str) -> None:
        """Show a sentence, and let a screen reader read it."""
        self._label.setText(sentence)
        self.setAccessibleName(sentence)
        self.show()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def clear(self) -> None:
        """Say nothing any more."""
        self._label.clear()
        self.hide()
