"""Travel from a server in the window: its dialog, and a button that tells where the asking is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QSettings, QStandardPaths, Qt, Signal
from PySide6.QtWidgets import QToolButton, QWidget

from app.jobs.servers.http_client import Limits
from app.jobs.servers.server_shapes import ServerShapes
from app.jobs.servers.server_travel import Phase, ServerTravel
from app.jobs.solve_controller import SolveController
from app.language import sentences, tr
from app.map.view import MapView
from app.model.changes import set_settings
from app.model.scenario import TravelSource
from app.views.roads.map_shapes import MapShapes
from app.views.servers.agreement import Agreement
from app.views.theme import Theme

CACHE_FILE = "travel.sqlite"
PURPOSE = "travel"
"""What is agreed to."""
TOLD = (Phase.ASKING, Phase.NOT_AGREED, Phase.TOO_MANY, Phase.FAILED)
"""Of these the user has to know: some legs are guessed."""


class TravelServerDesk(QObject):
    """Lets the user name a server for travel, and keeps the plan to what it tells.

    Parameters
    ----------
    controller
        Has the session, and figures that follow what is told.
    settings
        Where agreements are kept.
    theme
        Draws icons.
    window
        Owner, also of the dialog.
    limits
        What a server is given.

    Attributes
    ----------
    notice
        A button for the status bar, seen while legs are guessed; it says why, and pressed it does what can be done.

    Signals
    -------
    said
        A sentence that need not stay.
    """

    said = Signal(str)

    def __init__(
        self,
        controller: SolveController,
        settings: QSettings,
        theme: Theme,
        window: QWidget,
        limits: Limits | None = None,
    ) -> None:
        super().__init__(window)
        self._session, self._window, self._limits = controller.session, window, limits
        self.agreement = Agreement(settings, PURPOSE)
        self._told = ""  # told once
        self.notice = QToolButton()
        self.notice.setObjectName("status_travel")
        self.notice.setAccessibleName(tr("Guessed travel"))
        self.notice.setAccessibleDescription(tr("Travel from a Server"))
        self.notice.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        theme.bind(self.notice, "warning")
        self.notice.clicked.connect(self._on_notice)
        self.notice.hide()
        folder = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.CacheLocation))
        self.travel = ServerTravel(self._session, self.agreement.holds, folder / CACHE_FILE, limits, parent=self)
        self.travel.arrived.connect(controller.travel_told)
        self.travel.changed.connect(self._show)
        self.shapes = ServerShapes(self._session, self.agreement.holds, limits, self)

    def commands(self) -> dict[str, Callable[[], object]]:
        """Return what each command does, by name."""
        return {"travel_server": self.choose, "travel_again": self.ask_again}

    def choose(self) -> None:
        """Let the user name a server, or say that it is not to be asked."""
        from app.views.servers.travel_dialog import TravelServerDialog  # the start does without it

        dialog = TravelServerDialog(self._session.scenario, self.agreement, self._limits, self._window)
        dialog.accepted.connect(lambda: self._choose(dialog))
        dialog.open()

    def follow_map(self, view: MapView, shapes: MapShapes) -> None:
        """Get the shapes that a map lacks, and let it draw those that have come."""
        view.shapes_missed.connect(self.shapes.want)
        self.shapes.arrived.connect(shapes.refresh)

    def name_source(self, source: TravelSource) -> None:
        """Let the user name a server, where that is the source that was chosen."""
        if source is TravelSource.SERVER:
            self.choose()

    def ask_again(self) -> None:
        """Ask for everything anew, since the streets may be others now."""
        if self.travel.phase is Phase.OFF:
            self.said.emit(tr("Travel is not from a server."))
        elif not self.agreement.holds(self._session.scenario.settings.server):
            self.choose()
        else:
            self.travel.ask_again()

    def close(self) -> None:
        """Leave nothing running."""
        self.travel.close()
        self.shapes.close()

    def _choose(self, dialog: object) -> None:
        from app.views.servers.travel_dialog import TravelServerDialog

        assert isinstance(dialog, TravelServerDialog)
        if dialog.withdrawn:
            self.agreement.withdraw(self._session.scenario.settings.server)
        else:
            chosen = dialog.settings
            self.agreement.give(chosen.server)
            self._session.do(*set_settings(self._session.state, chosen))
        self.travel.retry()
        self.shapes.retry()

    def _on_notice(self) -> None:
        if self.travel.phase is Phase.FAILED:
            self._told = ""
            self.travel.retry()
            self.shapes.retry()
        else:
            self.choose()

    def _show(self) -> None:
        phase, sentence = self.travel.phase, self.travel.sentence
        self.notice.setVisible(phase in TOLD)
        self.notice.setText(tr("Guessed travel"))
        then = {
            Phase.FAILED: tr("It is asked again by and by. Press to ask now."),
            Phase.NOT_AGREED: tr("Press to decide."),
        }
        whole = sentences(sentence, then.get(phase, ""))
        self.notice.setToolTip(whole)
        self.notice.setAccessibleName(sentence)
        self.notice.setAccessibleDescription(whole)
        telling = sentence if phase in TOLD and phase is not Phase.ASKING else ""
        if telling and telling != self._told:
            self.said.emit(telling)
        if phase is not Phase.ASKING:
            self._told = telling
