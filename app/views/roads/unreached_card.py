"""A card over the map: so many places cannot be reached by road, or not by every vehicle."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from app.language import sentences, tr, trn
from app.model.unreached import Unreached
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
        self._shown: frozenset[tuple[str, str, bool]] = frozenset()
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

    def tell(self, found: Sequence[Unreached]) -> None:
        """Say how many there are; none hide the card."""
        places = frozenset((one.kind, one.id, one.everybody) for one in found)
        if places == self._shown:
            return
        self._shown = places
        self.setVisible(bool(places))
        if places:
            nobody = sum(one.everybody for one in found)
            text = sentences(*_counts(nobody, len(found) - nobody))
            self._text.setText(text)
            self.setAccessibleName(text)
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))


def _counts(nobody: int, partly: int) -> Iterator[str]:
    """Yield how many places nobody gets to, and how many only some vehicles."""
    if nobody:
        yield trn("{number} place cannot be reached by road.", "{number} places cannot be reached by road.", nobody)
    if partly:
        yield trn(
            "{number} place cannot be reached by every vehicle.",
            "{number} places cannot be reached by every vehicle.",
            partly,
        )
