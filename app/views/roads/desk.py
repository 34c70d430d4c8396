"""Everything about travel by roads in the window: its dialogs, its commands, and closed streets."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMainWindow

from app.edits.selection import Selection
from app.jobs.road_follower import RoadFollower
from app.jobs.solve_controller import SolveController
from app.map.view import MapView
from app.model.road_changes import set_modes, set_traffic
from app.views.roads.closures import Closures
from app.views.theme import Theme


class RoadDesk(QObject):
    """Opens the dialogs and makes edits of what they say.

    Parameters
    ----------
    controller
        Has the session, and lets the plan follow what is closed.
    selection
        Gets what was drawn.
    view
        Where streets are closed.
    theme
        Has the colours.
    window
        Owner, also of the dialogs.

    Signals
    -------
    said
        A sentence that need not stay.
    message
        A sentence that the user should read.
    """

    said = Signal(str)
    message = Signal(str)

    def __init__(
        self, controller: SolveController, selection: Selection, view: MapView, theme: Theme, window: QMainWindow
    ) -> None:
        super().__init__(window)
        self._session, self._theme, self._window = controller.session, theme, window
        self._follower = RoadFollower(controller, self)
        self.closures = Closures(view, controller.session, selection, self)
        self.closures.said.connect(self.said)
        self.closures.message.connect(self.message)

    def commands(self) -> dict[str, Callable[[], object]]:
        """Return what each command does, by name."""
        return {"travel_modes": self.show_modes, "hour_speeds": self.show_hours}

    def show_modes(self, mode: str = "") -> None:
        """Let the user say how vehicles travel, beginning with one mode."""
        from app.views.roads.modes_dialog import ModesDialog  # the start does without it

        dialog = ModesDialog(self._session.scenario, mode, self._window)
        dialog.accepted.connect(lambda: self._session.do(*set_modes(self._session.state, dialog.modes)))
        dialog.open()

    def show_hours(self) -> None:
        """Let the user say how fast streets are at which hour."""
        from app.views.roads.traffic_dialog import TrafficDialog  # the start does without it

        dialog = TrafficDialog(self._session.scenario.settings.traffic, self._theme, self._window)
        dialog.accepted.connect(lambda: self._session.do(*set_traffic(self._session.state, dialog.traffic)))
        dialog.open()
