"""Import of customers into the open document."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSettings, QStandardPaths, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from app.edits.selection import Selection
from app.edits.session import EditSession
from app.io.customers_import import Preview, preview
from app.io.mapping_store import MappingStore
from app.jobs.background import BackgroundRunner
from app.language import tr, trn
from app.model.changes import EditRefusedError, add
from app.model.scenario import Customer, Point, Scenario

if TYPE_CHECKING:
    from app.io.geocoding.addresses import Address
    from app.views.places.dialog import PlacesDialog

CUSTOMERS_FILTER = tr("Tables of text (*.csv *.tsv *.txt);;All files (*)")


class Transfer(QObject):
    """Takes customers in.

    Parameters
    ----------
    session, selection
        The document; new customers are selected.
    runner
        Does the reading.
    settings
        Know the server for addresses that the user has agreed to.
    window
        Owns the dialogs.

    Signals
    -------
    message
        A sentence that the user should read.
    """

    message = Signal(str)

    def __init__(
        self,
        session: EditSession,
        selection: Selection,
        runner: BackgroundRunner,
        settings: QSettings,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._session, self._selection, self._runner, self._window = session, selection, runner, window
        self._settings = settings

    def ask_import(self) -> None:
        """Let the user choose a file with customers."""
        name, _ = QFileDialog.getOpenFileName(self._window, tr("Import Customers"), "", CUSTOMERS_FILTER)
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
            find = partial(self._find_places, scenario)
            dialog = CustomersDialog(path, read, scenario, store, self._runner, self._window, find)
            dialog.accepted.connect(lambda: self._add(dialog.customers))
            dialog.open()

        self._runner.run(
            tr("Reading {name}", name=path.name),
            lambda: preview(path, dimensions),
            done,
            lambda _: self.message.emit(tr("{name} could not be read.", name=path.name)),
        )

    def _find_places(
        self, scenario: Scenario, addresses: Mapping[int, Address], known: Mapping[int, Point], owner: QWidget
    ) -> PlacesDialog:
        from app.io.geocoding.several import SeveralNetworks, networks_with_addresses
        from app.jobs.servers.place_finder import CACHE_FILE, PlaceFinder
        from app.views.places.dialog import PlacesDialog
        from app.views.places.server_dialog import AddressServer

        folder = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.CacheLocation))
        keys = networks_with_addresses(scenario.settings)
        geocoder = SeveralNetworks(keys) if keys else None
        finder, server = PlaceFinder(folder / CACHE_FILE), AddressServer(self._settings)
        return PlacesDialog(addresses, known, scenario, geocoder, finder, server, owner)

    def _add(self, customers: tuple[Customer, ...]) -> None:
        try:
            edit = add(self._session.state, "customers", customers)
        except EditRefusedError as refusal:
            self.message.emit(str(refusal))
            return
        self._session.do(trn("Import {number} customer", "Import {number} customers", len(customers)), edit.patch)
        self._selection.set_ids("customers", [one.id for one in customers])
