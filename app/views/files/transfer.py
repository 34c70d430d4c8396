"""Import of customers into the open document, and export of what it holds."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from app.edits.selection import Selection
from app.edits.session import EditSession
from app.io.atomic import WriteError
from app.io.customers_import import Preview, preview
from app.io.export import write_geojson, write_routes_csv, write_stops_csv
from app.io.mapping_store import MappingStore
from app.io.write_scenario import write_scenario
from app.jobs.background import BackgroundRunner
from app.model.changes import EditRefusedError, add
from app.model.evaluation import Evaluation
from app.model.scenario import Customer
from app.views.files.target import ask_target, file_name

CUSTOMERS_FILTER = "Tables of text (*.csv *.tsv *.txt);;All files (*)"


class Transfer(QObject):
    """Takes customers in and hands plans out.

    Parameters
    ----------
    session, selection
        The document; new customers are selected.
    runner
        Does the reading and writing.
    evaluation
        Returns the figures of the present plan, or None while there are none.
    window
        Owns the dialogs.

    Signals
    -------
    done
        Something was written; a sentence that need not stay.
    message
        A sentence that the user should read.
    """

    done = Signal(str)
    message = Signal(str)

    def __init__(
        self,
        session: EditSession,
        selection: Selection,
        runner: BackgroundRunner,
        evaluation: Callable[[], Evaluation | None],
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._session, self._selection, self._runner = session, selection, runner
        self._evaluation, self._window = evaluation, window

    # In

    def ask_import(self) -> None:
        """Let the user choose a file with customers."""
        name, _ = QFileDialog.getOpenFileName(self._window, "Import Customers", "", CUSTOMERS_FILTER)
        if name:
            self.import_customers(Path(name))

    def import_customers(self, path: Path) -> None:
        """Preview a file; its customers are added when the user accepts."""
        scenario = self._session.scenario
        dimensions = scenario.settings.dimensions

        def done(read: Preview) -> None:
            from app.views.dialogs.customers_dialog import CustomersDialog  # the start does without it

            folder = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppConfigLocation))
            store = MappingStore(folder / "columns.json")
            dialog = CustomersDialog(path, read, scenario, store, self._runner, self._window)
            dialog.accepted.connect(lambda: self._add(dialog.customers))
            dialog.open()

        self._runner.run(
            f"Reading {path.name}",
            lambda: preview(path, dimensions),
            done,
            lambda _: self.message.emit(f"{path.name} could not be read."),
        )

    def _add(self, customers: tuple[Customer, ...]) -> None:
        try:
            edit = add(self._session.state, "customers", customers)
        except EditRefusedError as refusal:
            self.message.emit(str(refusal))
            return
        count = len(customers)
        self._session.do(f"Import {count} {'customer' if count == 1 else 'customers'}", edit.patch)
        self._selection.set_ids("customers", [one.id for one in customers])

    # Out

    def export_routes(self) -> None:
        """Write one row for each route."""
        self._export_plan("Export Routes", "routes.csv", "CSV files (*.csv)", write_routes_csv)

    def export_stops(self) -> None:
        """Write one row for each stop."""
        self._export_plan("Export Stops", "stops.csv", "CSV files (*.csv)", write_stops_csv)

    def export_geojson(self) -> None:
        """Write routes and stops for other maps."""
        self._export_plan("Export GeoJSON", "plan.geojson", "GeoJSON (*.geojson *.json)", write_geojson)

    def export_scenario(self) -> None:
        """Write the scenario as a .zip of CSV files."""
        scenario = self._session.scenario
        suggested = file_name(scenario.settings.name or "scenario", ".zip")
        path = ask_target(self._window, "Export Scenario", suggested, "Zip files (*.zip)", ".zip")
        if path is not None:
            self._write(path, lambda: write_scenario(scenario, path))

    def _export_plan(self, title: str, name: str, files: str, write: Callable[..., None]) -> None:
        evaluation, scenario = self._evaluation(), self._session.scenario
        if evaluation is None or not evaluation.routes:
            self.message.emit("There is no plan to export yet: solve first.")
            return
        path = ask_target(self._window, title, name, files, Path(name).suffix)
        if path is not None:
            self._write(path, lambda: write(path, scenario, evaluation))

    def _write(self, path: Path, write: Callable[[], None]) -> None:
        def failed(error: Exception) -> None:
            self.message.emit(str(error) if isinstance(error, WriteError) else f"{path.name} could not be written.")

        self._runner.run(f"Saving {path.name}", write, lambda _: self.done.emit(f"Saved {path.name}."), failed)
