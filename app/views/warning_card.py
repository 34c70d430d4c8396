"""What a card over the map that warns of something is made of."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from app.language import tr
from app.views.theme import GAP, MARGIN, Theme


class WarningCard(QFrame):
    """A sign, a sentence, a button that leads further, and one that closes the card; hidden until it has a sentence.

    It takes no keys away and covers nothing for longer than the user wants.

    Parameters
    ----------
    theme
        Draws icons.
    name
        What names of objects begin with, as in ``crash``.
    further, explained
        On the button that leads further, and what a screen reader says of it.

    Attributes
    ----------
    further
        The button that leads further.
    """

    def __init__(self, theme: Theme, name: str, further: str, explained: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(f"{name}_card")
        self.setProperty("hint", True)
        sign = QToolButton()
        sign.setAutoRaise(True)
        sign.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        sign.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        theme.bind(sign, "warning")
        self._text = QLabel()
        self._text.setObjectName(f"{name}_text")
        self._text.setWordWrap(True)
        self.further = QPushButton(further)
        self.further.setAccessibleDescription(explained)
        close = QToolButton()
        close.setObjectName(f"{name}_close")
        close.setAccessibleName(tr("Close message"))
        close.setToolTip(tr("Close message"))
        close.setAutoRaise(True)
        theme.bind(close, "close")
        close.clicked.connect(self.hide)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(GAP // 2, GAP // 2, GAP // 2, GAP // 2)
        layout.setSpacing(GAP)
        layout.addWidget(sign)
        layout.addWidget(self._text, 1)
        layout.addWidget(self.further, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(close)
        self.setMinimumHeight(2 * MARGIN)
        self.hide()

    def warn(self, text: str) -> None:
        """Show a sentence, and let a screen reader read it."""
        self._text.setText(text)
        self.setAccessibleName(text)
        self.show()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))
