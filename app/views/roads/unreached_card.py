"""A card over the map: so many places cannot be reached by road."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from app.language import tr, trn
from app.views.theme import GAP, MARGIN, Theme


class UnreachedCard(QFrame):
    """Hidden while every place can be reached, and after it was closed until there are others.

    Parameters
    ----------
    theme
        Draws icons.

    Signals
    -------
    asked
        The user wants to see which.
    """

    asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("unreached_card")
        self.setProperty("hint", True)
        self._shown: frozenset[tuple[str, str]] = frozenset()
        sign = QToolButton()
        sign.setAutoRaise(True)
        sign.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        sign.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        theme.bind(sign, "warning")
        self._text = QLabel()
        self._text.setObjectName("unreached_text")
        self._text.setWordWrap(True)
        self._which = QPushButton(tr("Show Which"))
        self._which.setObjectName("unreached_which")
        self._which.setAccessibleDescription(tr("Lists them, with reasons and the nearest road"))
        self._which.clicked.connect(self.asked)
        close = QToolButton()
        close.setObjectName("unreached_close")
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
        layout.addWidget(self._which, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(close)
        self.setMinimumHeight(2 * MARGIN)
        self.hide()

    def tell(self, places: frozenset[tuple[str, str]]) -> None:
        """Say how many there are, by kind and id of each; none hide the card."""
        if places == self._shown:
            return
        self._shown = places
        self.setVisible(bool(places))
        if places:
            text = trn(
                "{number} place cannot be reached by road.", "{number} places cannot be reached by road.", len(places)
            )
            self._text.setText(text)
            self.setAccessibleName(text)
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))
