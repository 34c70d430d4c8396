"""The plan on its way out: to files of every kind, to a printer, to the clipboard."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject, QSettings, QStandardPaths, Qt, Signal
from PySide6.QtGui import QGuiApplication, QPagedPaintDevice
from PySide6.QtWidgets import QDialog, QWidget

from app.edits.selection import ROUTES, Selection
from app.edits.session import EditSession
from app.io.atomic import WriteError
from app.io.progress import StoppedError
from app.io.route_text import routes_text
from app.jobs.export_job import ExportJob
from app.jobs.solve_controller import SolveController
from app.jobs.solve_run import SolveState
from app.language import sentences, tr, trn
from app.model.evaluation import Evaluation
from app.model.plan import Plan
from app.model.scenario import Scenario
from app.plan_files import PlanFile, Wishes, chosen
from app.views.contents import timestamp
from app.views.files.target import ask_target, file_name

FOLDER = "export/folder"
"""Where the settings keep the folder of the last export."""

SEARCHING = tr("A search is going on: this is the best plan so far, and a better one may follow.")
"""Whoever hands out paper should know that it may soon be the old one."""


class Exports(QObject):
    """Asks what to export, and where to, and does it in the background.

    Parameters
    ----------
    session, selection
        The document, and what is selected in it.
    controller
        Has the figures of the plan, and knows whether a search goes on.
    settings
        Where the choices and the folder are remembered.
    window
        Owns the dialogs.

    Signals
    -------
    done(str)
        Something was written; a sentence that need not stay.
    message(str)
        A sentence that the user should read.
    """

    done = Signal(str)
    message = Signal(str)

    def __init__(
        self,
        session: EditSession,
        selection: Selection,
        controller: SolveController,
        settings: QSettings,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._session, self._selection, self._controller = session, selection, controller
        self._evaluations, self._settings, self._window = controller.evaluations, settings, window
        self.job = ExportJob(self)

    def commands(self) -> dict[str, Callable[[], object]]:
        """Return what each command does, by name."""
        return {"export": self.ask_export, "print": self.print_manifests, "copy_routes": self.copy_routes}

    def ask_export(self) -> None:
        """Let the user choose what to export, then where to."""
        self._with_figures(self._ask_export)

    def print_manifests(self) -> None:
        """Let the user choose a printer, and print the manifests of all or of the selected routes."""
        self._with_figures(self._ask_printer)

    def copy_routes(self) -> None:
        """Put the selected routes on the clipboard as text."""
        self._with_figures(self._copy_routes)

    def selected_routes(self) -> frozenset[int]:
        """Return the numbers of the selected routes, or else of those that serve a selected customer."""
        chosen, customers = self._selection.ids(ROUTES), self._selection.ids("customers")
        return frozenset(
            number
            for number, route in enumerate(self._session.plan.routes, start=1)
            if (route.id in chosen if chosen else not customers.isdisjoint(route.stops))
        )

    def close(self) -> None:
        """Stop what is being written."""
        self.job.close()

    def _with_figures(self, act: Callable[[Evaluation], None]) -> None:
        """Do something with the figures of the present plan, as soon as there are any."""
        if self._evaluations.busy:
            once = Qt.ConnectionType.SingleShotConnection
            # One that is on its way now is followed by a newer one if the plan was edited meanwhile.
            self._evaluations.evaluated.connect(lambda _: self._with_figures(act), once)
            return
        act(self._evaluations.evaluation or Evaluation())

    def _note(self) -> str:
        return "" if self._controller.state is SolveState.IDLE else SEARCHING

    def _missing(self) -> str:
        """Return why there are no routes to export, for when there are none."""
        issues = self._evaluations.issues
        if self._session.plan.routes and issues:
            return sentences(tr("The plan has no figures at present."), str(issues[0]))
        return tr("There is no plan yet: solve first.")

    # To a file

    def _ask_export(self, evaluation: Evaluation) -> None:
        from app.views.dialogs.export_dialog import ExportDialog, paper_options  # the start does without it

        # What is written is what was there when the user asked for it, whatever a solve changes meanwhile.
        scenario, plan, routes = self._session.scenario, self._session.plan, _driven(evaluation)
        selected = self.selected_routes() & routes
        count, picked, note = len(routes), len(selected), self._note()
        dialog = ExportDialog(scenario, count, picked, self._settings, self._window, note=note, missing=self._missing())

        def accepted() -> None:
            wanted = selected if dialog.only_selected else None
            if dialog.to_printer:
                self._ask_printer(evaluation, wanted)
                return
            wishes = Wishes(wanted, paper_options(self._settings, _printed()), plan)
            path = self._ask_target(dialog.kind, scenario)
            if path is not None:
                self._write(dialog.kind, path, scenario, evaluation, wishes)

        dialog.accepted.connect(accepted)
        dialog.open()

    def _ask_target(self, kind: PlanFile, scenario: Scenario) -> Path | None:
        name = kind.name if kind.of_plan else file_name(scenario.settings.name or "scenario", kind.suffix)
        path = ask_target(
            self._window, tr("Export {title}", title=kind.title), str(self._folder() / name), kind.filter, kind.suffix
        )
        if path is not None:
            self._settings.setValue(FOLDER, str(path.parent))
        return path

    def _write(self, kind: PlanFile, path: Path, scenario: Scenario, evaluation: Evaluation, wishes: Wishes) -> None:
        def failed(error: Exception) -> None:
            if isinstance(error, StoppedError):
                self.done.emit(tr("{name} was not written: you stopped it.", name=path.name))
            else:
                self.message.emit(
                    str(error) if isinstance(error, WriteError) else tr("{name} could not be written.", name=path.name)
                )

        self.job.run(
            tr("Exporting {name}", name=path.name),
            lambda told: kind.write(path, scenario, evaluation, wishes, told),
            lambda: self.done.emit(tr("Exported {name}.", name=path.name)),
            failed,
        )

    def _folder(self) -> Path:
        """Return the folder of the last export if it is still there, else the user's documents."""
        remembered = Path(str(self._settings.value(FOLDER, "")))
        if remembered.is_absolute() and remembered.is_dir():
            return remembered
        return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation) or Path.home())

    # To a printer

    def _ask_printer(self, evaluation: Evaluation, wanted: frozenset[int] | None = None) -> None:
        """Ask for a printer; which routes are wanted can still be changed if some are selected."""
        routes = _driven(evaluation)
        if not routes:
            self.message.emit(self._missing())
            return
        from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter

        scenario, plan = self._session.scenario, self._session.plan
        selected = (wanted or self.selected_routes()) & routes
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(scenario.settings.name)
        dialog = QPrintDialog(printer, self._window)
        dialog.setObjectName("print_dialog")
        dialog.setOption(QAbstractPrintDialog.PrintDialogOption.PrintSelection, bool(selected))
        dialog.setOption(QAbstractPrintDialog.PrintDialogOption.PrintPageRange, False)
        if wanted is not None:
            dialog.setPrintRange(QAbstractPrintDialog.PrintRange.Selection)

        def finished(code: int) -> None:
            dialog.deleteLater()
            if code != QDialog.DialogCode.Accepted.value:
                return
            only = dialog.printRange() is QAbstractPrintDialog.PrintRange.Selection
            self._print(printer, scenario, chosen(evaluation, selected if only else None), plan)

        dialog.finished.connect(finished)
        QDialog.open(dialog)  # its own wants a slot by name

    def _print(self, printer: QPagedPaintDevice, scenario: Scenario, evaluation: Evaluation, plan: Plan) -> None:
        from app.paper.press import print_manifests
        from app.views.dialogs.export_dialog import paper_options

        options = paper_options(self._settings, _printed())
        count = len(_driven(evaluation))

        def failed(error: Exception) -> None:
            if isinstance(error, StoppedError):
                self.done.emit(tr("Printing was stopped."))
            else:
                self.message.emit(tr("The printer does not take the manifests. Export them as PDF, and print that."))

        done = sentences(trn("Printed {number} manifest.", "Printed {number} manifests.", count), self._note())
        self.job.run(
            trn("Printing {number} manifest", "Printing {number} manifests", count),
            lambda told: print_manifests(printer, scenario, evaluation, options, told, plan),
            lambda: self.done.emit(done),
            failed,
        )

    # To the clipboard

    def _copy_routes(self, evaluation: Evaluation) -> None:
        routes = chosen(evaluation, self.selected_routes()).routes
        if not routes:
            self.message.emit(tr("Select a route, or a stop of it, to copy it as text."))
            return
        QGuiApplication.clipboard().setText(routes_text(self._session.scenario, routes))
        copied = trn("Copied {number} route as text.", "Copied {number} routes as text.", len(routes))
        self.done.emit(sentences(copied, self._note()))


def _driven(evaluation: Evaluation) -> frozenset[int]:
    """Return the numbers of the routes that have stops."""
    return frozenset(route.number for route in evaluation.routes if route.visits)


def _printed() -> str:
    return tr("Printed {time}", time=timestamp(datetime.now()))
