"""A card over the map: something went wrong, and there is a report of it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.language import tr
from app.support.report import Part, Report
from app.views.theme import Theme
from app.views.warning_card import WarningCard

_SENTENCES = {
    Part.PROGRAM: tr("Routewright did not end properly the last time. What you had done until then was written down."),
    Part.WINDOW: tr("Something went wrong in the program. Your edits are written down, and you can go on."),
}


class CrashCard(WarningCard):
    """Hidden until something goes wrong; it stays until it is closed or the report is shown.

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
        explained = tr("Shows what was written down about it; nobody else sees it")
        super().__init__(theme, "crash", tr("Show Report"), explained, parent)
        self.report: Report | None = None
        self.further.setObjectName("crash_show")
        self.further.clicked.connect(self._on_show)

    def tell(self, report: Report) -> None:
        """Say that there is a report."""
        self.report = report
        self.warn(_SENTENCES[Part.PROGRAM if report.part is Part.PROGRAM else Part.WINDOW])

    def _on_show(self) -> None:
        self.hide()
        self.asked.emit(self.report)
