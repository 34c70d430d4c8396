"""Looking for an address in the window: the dialog, the map that goes there, and the customer that is added."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, Signal
from PySide6.QtWidgets import QWidget

from app.edits.selection import Selection
from app.edits.session import EditSession
from app.map.view import MapView
from app.model import changes
from app.model.changes import EditRefusedError
from app.model.scenario import Customer, Point
from app.views.tables.new_items import new_item

CLOSE = 2.0
"""Map units of a pixel at which a place is shown, unless the map is closer."""


class FindDesk(QObject):
    """Lets the user look for an address.

    Parameters
    ----------
    view
        Goes to what was found.
    session, selection
        Get the customers that are added there.
    window
        Owner, also of the dialog.

    Signals
    -------
    message
        A sentence for the user: why something was not done.
    """

    message = Signal(str)

    def __init__(self, view: MapView, session: EditSession, selection: Selection, window: QWidget) -> None:
        super().__init__(window)
        self._view, self._session, self._selection, self._window = view, session, selection, window
        self._dialog: QWidget | None = None

    def commands(self) -> dict[str, Callable[[], object]]:
        """Return what each command does, by name."""
        return {"find_address": self.find}

    def find(self) -> None:
        """Open the dialog, or go back to it."""
        if self._dialog is not None:
            self._dialog.activateWindow()
            return
        from app.io.geocoding.several import SeveralNetworks, networks_with_addresses  # the start does without them
        from app.jobs.servers.place_finder import CACHE_FILE, PlaceFinder
        from app.views.places.find_dialog import FindAddressDialog

        keys = networks_with_addresses(self._session.scenario.settings)
        folder = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.CacheLocation))
        geocoder = SeveralNetworks(keys) if keys else None
        depot = next(iter(self._session.scenario.depots.values()), None)
        near = None if depot is None else (depot.lat, depot.lon)
        dialog = FindAddressDialog(geocoder, PlaceFinder(folder / CACHE_FILE), near, self._window)
        dialog.show_wanted.connect(self.show_place)
        dialog.add_wanted.connect(self._add)
        dialog.finished.connect(self._on_finished)
        self._dialog = dialog
        dialog.show()

    def show_place(self, point: Point) -> None:
        """Let the map show a place."""
        x, y = self._view.canvas.projection.to_map(*point)
        camera = self._view.camera
        scale = min(camera.units_per_pixel, CLOSE)
        self._view.look(replace(camera, x=float(x), y=float(y), units_per_pixel=scale))

    def close(self) -> None:
        """Close the dialog."""
        if self._dialog is not None:
            self._dialog.close()

    def _add(self, point: Point, name: str) -> None:
        state = self._session.state
        key = changes.free_id(state.scenario, "customers")
        made = new_item("customers", key, state.scenario, point)
        assert isinstance(made, Customer)
        try:
            edit = changes.add(state, "customers", [replace(made, name=name)])
        except EditRefusedError as refusal:
            self.message.emit(str(refusal))
            return
        self._session.do(*edit)
        self._selection.set_ids("customers", [key])
        self.show_place(point)

    def _on_finished(self) -> None:
        self._dialog = None
