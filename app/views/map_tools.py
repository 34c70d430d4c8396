"""What the window offers for the map beyond showing it: zones that are drawn, colours of customers, and addresses."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, QSettings, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow

from app.edits.selection import Selection
from app.jobs.solve_controller import SolveController
from app.map.view import MapView
from app.views.customer_colours import CustomerColours
from app.views.places.find_desk import FindDesk
from app.views.zones.zone_edits import ZoneEdits


class MapTools(QObject):
    """Puts these together for the window.

    Parameters
    ----------
    view
        The map.
    controller, selection
        What is shown, and of it what is selected.
    settings
        Where choices are remembered.
    window
        Owner, also of dialogs.

    Signals
    -------
    message
        A sentence for the user: why something was not done.
    """

    message = Signal(str)

    def __init__(
        self,
        view: MapView,
        controller: SolveController,
        selection: Selection,
        settings: QSettings,
        window: QMainWindow,
    ) -> None:
        super().__init__(window)
        self.zones = ZoneEdits(view, controller.session, selection, window)
        self.colours = CustomerColours(view, controller, selection, settings, self)
        self.addresses = FindDesk(view, controller.session, selection, window)
        for speaker in (self.zones, self.addresses):
            speaker.message.connect(self.message)

    def commands(self) -> dict[str, Callable[[], object]]:
        """Return what each command does."""
        return {**self.zones.commands(), **self.colours.commands(), **self.addresses.commands()}

    def close(self) -> None:
        """Leave nothing running."""
        self.addresses.close()

    def set_actions(self, actions: Mapping[str, QAction]) -> None:
        """Let these follow what can be done."""
        self.zones.set_actions(actions)
        self.colours.set_actions(actions)
