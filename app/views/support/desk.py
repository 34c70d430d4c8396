"""What the window has to offer when something went wrong: it hears of errors, and opens what helps."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from app.jobs.background import BackgroundRunner
from app.jobs.solve_controller import SolveController
from app.language import tr
from app.support.crash_reports import CrashReports, reports_folder
from app.support.diagnostics import diagnostics
from app.support.notices import Notice, notices
from app.support.report import Report
from app.support.watch import Watch
from app.views.support.crash_card import CrashCard
from app.views.support.scene import scene_of
from app.views.theme import Theme


class SupportDesk(QObject):
    """Owns the card that tells of errors; dialogs are imported when they are asked for.

    Parameters
    ----------
    controller
        Of the solves; diagnostics tell of its engine and count what its session holds.
    runner
        Looks at disks.
    theme
        Of the application.
    window
        Owner of what is opened.

    Attributes
    ----------
    card
        To be laid out over the map.

    Signals
    -------
    said
        A passing sentence.
    """

    said = Signal(str)
    _heard = Signal(object)

    def __init__(self, controller: SolveController, runner: BackgroundRunner, theme: Theme, window: QWidget) -> None:
        super().__init__(window)
        self._controller, self._runner, self._theme, self._window = controller, runner, theme, window
        self._reports = CrashReports(reports_folder())
        self.card = CrashCard(theme)
        self.card.asked.connect(self.show_reports)
        # Errors happen in any thread; the card is the window's.
        self._heard.connect(self.card.tell, Qt.ConnectionType.QueuedConnection)

    def commands(self) -> dict[str, Callable[[], object]]:
        """Return what each command does, by name."""
        return {
            "crash_reports": self.show_reports,
            "copy_diagnostics": self.copy_diagnostics,
            "about": self.show_about,
        }

    def follow(self, watch: Watch) -> None:
        """Tell of what a watch hears from now on, and of how the program ended before this start."""
        self._reports = watch.reports
        watch.heard = self._heard.emit
        client = self._controller.client
        client.job_broke.connect(watch.engine.job_failed)
        client.process_broke.connect(watch.engine.died)
        if watch.found:
            self.card.tell(watch.found[-1])

    def show_reports(self, shown: Report | None = None) -> None:
        """Show the crash reports, one of them first."""
        from app.views.support.reports_dialog import ReportsDialog

        ReportsDialog(self._reports, self._runner, shown, self._window).open()

    def show_about(self) -> None:
        """Show what the program is."""
        from app.views.support.about_dialog import AboutDialog

        dialog = AboutDialog(self._window)

        def tell(sentence: str) -> None:
            if isValid(dialog):
                dialog.tell(sentence)

        dialog.diagnostics_asked.connect(lambda: self.copy_diagnostics(tell))
        dialog.licences_asked.connect(lambda: self._show_licences(dialog))
        dialog.open()

    def copy_diagnostics(self, tell: Callable[[str], None] | None = None) -> None:
        """Put a text about this computer into the clipboard.

        Parameters
        ----------
        tell
            Takes a sentence for the user when that is done; the status bar says it when left out.
        """
        told = tell or self.said.emit
        scene = scene_of(self._controller.session, self._controller.client, self._theme)

        def copied(text: str) -> None:
            QGuiApplication.clipboard().setText(text)
            told(tr("The diagnostics are in the clipboard: paste them into a message to whoever helps you."))

        self._runner.run(
            tr("Collecting diagnostics"),
            lambda: diagnostics(scene, self._reports.all()),
            copied,
            lambda _: told(tr("The diagnostics could not be collected.")),
        )

    def _show_licences(self, over: QWidget) -> None:
        from app.views.support.licences_dialog import LicencesDialog

        def show(read: list[Notice]) -> None:
            if isValid(over):
                LicencesDialog(read, over).open()

        self._runner.run(tr("Reading the licences"), notices, show, lambda _: show([]))
