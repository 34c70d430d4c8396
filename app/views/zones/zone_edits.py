"""Makes edits of what is drawn and reshaped on the map, and has the commands of zones."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from app.edits.selection import Selection
from app.edits.session import EditSession
from app.map.outline import Ring
from app.map.view import MapMode, MapView
from app.model import changes
from app.model.changes import Edit, EditRefusedError
from app.model.patch import State
from app.model.scenario import Zone

ZONES = "zones"
NEEDS_ZONE = ("zone_next_corner", "zone_previous_corner", "zone_insert_corner")
"""Commands that work on the zone that is selected alone."""


class ZoneEdits(QObject):
    """Between the map's zone tool and the document.

    Parameters
    ----------
    view
        Where zones are drawn.
    session, selection
        What is edited, and of it what is selected.
    window
        Owner, also of the dialog that asks who may enter.

    Signals
    -------
    message
        A sentence for the user: why something was not done.
    """

    message = Signal(str)

    def __init__(self, view: MapView, session: EditSession, selection: Selection, window: QWidget) -> None:
        super().__init__(window)
        self._view, self._session, self._selection, self._window = view, session, selection, window
        self._tool = view.zone_tool
        self._tool.zone_drawn.connect(self._ask)
        self._tool.ring_requested.connect(self._reshape)
        session.replaced.connect(self._tool.clear)  # what was drawn was drawn over another document

    def commands(self) -> dict[str, Callable[[], object]]:
        """Return what each command does."""
        shaper = self._tool.shaper
        return {
            "zone_next_corner": lambda: shaper.walk(1),
            "zone_previous_corner": lambda: shaper.walk(-1),
            "zone_insert_corner": shaper.insert_corner,
        }

    def set_actions(self, actions: Mapping[str, QAction]) -> None:
        """Enable these from now on where they can do something, and give their keys to the map."""
        for name in NEEDS_ZONE:
            actions[name].setEnabled(self._tool.shaper.outline is not None)
            self._tool.reshapable.connect(actions[name].setEnabled)
            self._view.addAction(actions[name])

    def _ask(self, ring: Ring) -> None:
        """Let the user name the zone that was drawn and say who may enter; the drawing waits for the answer."""
        from app.views.zones.zone_dialog import ZoneDialog  # the start does without it

        dialog = ZoneDialog(self._session.scenario, ring, self._window)
        dialog.accepted.connect(
            lambda: self._add(Zone("", dialog.name, ring, dialog.forbidden, dialog.hours, dialog.pace))
        )
        dialog.open()

    def _add(self, zone: Zone) -> None:
        key = changes.free_id(self._session.scenario, ZONES)
        if self._do(lambda state: changes.add(state, ZONES, [replace(zone, id=key)])):
            self._tool.clear()
            self._view.set_mode(MapMode.SELECT)
            self._selection.set_ids(ZONES, [key])

    def _reshape(self, zone: str, ring: Ring, by_keys: str, whole: bool) -> None:
        """Make one step of a drag; of presses of the same key on the same corner, one together."""
        merge_key = f"{ZONES} {zone} {by_keys}" if by_keys else ""
        self._do(lambda state: changes.set_ring(state, zone, ring, moved=whole), merge_key)

    def _do(self, make: Callable[[State], Edit], merge_key: str = "") -> bool:
        try:
            edit = make(self._session.state)
        except EditRefusedError as refusal:
            self.message.emit(str(refusal))
            return False
        return self._session.do(*edit, merge_key)
