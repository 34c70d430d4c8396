"""Streets that are closed by drawing along them: each becomes a zone whose roads nobody may use."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from app.edits.selection import Selection
from app.edits.session import EditSession
from app.language import tr
from app.map.outline import Ring
from app.map.view import MapMode, MapView
from app.model.changes import Edit, EditRefusedError, add, free_id
from app.model.road_library import library
from app.model.scenario import TravelSource, Zone
from app.model.streets import street_in

ZONES = "zones"


class Closures(QObject):
    """Makes edits of what is drawn in the map's mode for closing.

    Parameters
    ----------
    view
        Where it is drawn.
    session, selection
        What is edited, and of it what is selected.

    Signals
    -------
    said
        A sentence that need not stay.
    message
        A sentence that the user should read.
    """

    said = Signal(str)
    message = Signal(str)

    def __init__(self, view: MapView, session: EditSession, selection: Selection, parent: QObject) -> None:
        super().__init__(parent)
        self._view, self._session, self._selection = view, session, selection
        view.interaction.closure_drawn.connect(self.close_along)

    def close_along(self, ring: Ring) -> None:
        """Close the roads within a ring to everybody, as one undo step; it is named after the street."""
        scenario = self._session.scenario
        street = street_in(library().network(scenario.settings.network), ring) if self._by_roads else ""
        name = tr("{street}, closed", street=street) if street else tr("Closed street")
        zone = Zone(free_id(scenario, ZONES), name, ring, pace=0.0)
        try:
            made = add(self._session.state, ZONES, [zone])
        except EditRefusedError as refusal:
            self.message.emit(str(refusal))
            return
        closing = tr("Close {street}", street=street) if street else tr("Close a street")
        if not self._session.do(*Edit(closing, made.patch)):
            return
        self._view.set_mode(MapMode.SELECT)
        self._selection.set_ids(ZONES, [zone.id])
        if self._by_roads:
            self.said.emit(tr("{street}: nobody drives there now. Undo opens it again.", street=street or name))
        else:
            self.message.emit(
                tr("The street is closed, but travel is not by roads yet: choose a network with File > Road Network.")
            )

    @property
    def _by_roads(self) -> bool:
        return self._session.scenario.settings.travel is TravelSource.ROADS
