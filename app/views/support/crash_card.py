"""A card over the map: something went wrong, and there is a report of it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from app.language import tr
from app.support.report import Part, Report
from app.views.theme import GAP, MARGIN, Theme

_SENTENCES = {
    Part.PROGRAM: tr("Routewright did not end properly the last time. What you had done until then was written down."),
    Part.WINDOW: tr("Something went wrong in the program. Your edits are written down, and you can go on."),
}


class CrashCard(QFrame):
    """Hidden until something goes wrong; it takes no keys away, and stays until it is closed or the report is shown.

    Parameters
    ----------
    theme
        Draws icons.

    Attributes
    ----------
    report
        The one that the card is about.

    Signals
    -------
    asked
        The user wants to see a `Report`.
    """

    asked = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("crash_card")
        self.setProperty("hint", True)
        self.report: Report | None = None
        sign = QToolButton()
        sign.setAutoRaise(True)
        sign.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        sign.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        theme.bind(sign, "warning")
        self._text = QLabel()
        self._text.setObjectName("crash_text")
        self._text.setWordWrap(True)
        show = QPushButton(tr("Show Report"))
        show.setObjectName("crash_show")
        show.setAccessibleDescription(tr("Shows what was written down about it; nobody else sees it"))
        show.clicked.connect(self._on_show)
        close = QToolButton()
        close.setObjectName("crash_close")
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
        layout.addWidget(show, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(close)
        self.setMinimumHeight(2 * MARGIN)
        self.hide()

    def tell(self, report: Report) -> None:
        """Say that there is a report, and let a screen reader read it."""
        self.report = report
        text = _SENTENCES[Part.PROGRAM if report.part is Part.PROGRAM else Part.WINDOW]
        self._text.setText(text)
        self.setAccessibleName(text)
        self.show()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def _on_show(self) -> None:
        self.hide()
        self.asked.emit(self.report)
