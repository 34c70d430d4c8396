"""Everything about travel by roads in the window: its dialogs, its commands, and closed streets."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, QSettings, Signal
from PySide6.QtWidgets import QCheckBox, QMainWindow

from app.edits.selection import Selection
from app.io.networks import NetworkStore, StoredNetwork, networks_folder
from app.jobs.road_follower import RoadFollower
from app.jobs.road_import import RoadImport
from app.jobs.solve_controller import SolveController
from app.language import tr
from app.map.view import MapView
from app.model.document import Change
from app.model.road_changes import set_modes, set_traffic, travel_by_roads
from app.model.road_library import NoNetworks, library, use_library
from app.model.road_travel import places_of
from app.model.scenario import TravelSource
from app.model.travel_words import travel_words
from app.views.roads.closures import Closures
from app.views.roads.import_line import ImportLine
from app.views.roads.networks_dialog import NetworksDialog
from app.views.roads.unreached_desk import UnreachedDesk
from app.views.settings_panel import SettingsPanel
from app.views.theme import Theme

SUFFIXES = (".pbf", ".osm", ".osm.gz", ".osm.bz2")
"""Of files that roads are imported from."""

FOLLOW = "roads/follow"
"""Where it is kept whether the plan follows closed streets."""


class ShowsSource(Protocol):
    """A view of figures that rest on distances and times."""

    def show_source(self, words: str) -> None:
        """Say where these come from."""


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
    settings
        Remembers what was chosen for the program.
    theme
        Has the colours.
    window
        Owner, also of the dialogs.

    Attributes
    ----------
    progress
        A line for the status bar, shown while roads are imported.
    unreached
        Places without a road; it has a card to lie over the map.

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
        self,
        controller: SolveController,
        selection: Selection,
        view: MapView,
        settings: QSettings,
        theme: Theme,
        window: QMainWindow,
    ) -> None:
        super().__init__(window)
        self._controller, self._session = controller, controller.session
        self._settings, self._theme, self._window = settings, theme, window
        self.store = NetworkStore(networks_folder())
        self._former = library()
        if type(self._former) is NoNetworks:  # else somebody has said already which networks there are
            use_library(self.store)
        self.job = RoadImport(self.store, self)
        self.progress = ImportLine(self.job, "import_progress")
        self._figures: tuple[ShowsSource, ...] = ()
        self._dialog: NetworksDialog | None = None
        self._follower = RoadFollower(controller, self)
        self._follow = self._make_follow()
        self.unreached = UnreachedDesk(controller, selection, view, theme, window)
        self.closures = Closures(view, controller.session, selection, self)
        self.closures.said.connect(self.said)
        self.closures.message.connect(self.message)
        self.job.finished.connect(self._on_imported)
        self.job.failed.connect(self._on_failed)
        self._session.changed.connect(self._on_changed)

    def commands(self) -> dict[str, Callable[[], object]]:
        """Return what each command does, by name."""
        return {
            "road_network": self.show_networks,
            "travel_modes": self.show_modes,
            "hour_speeds": self.show_hours,
        }

    def attach(self, panel: SettingsPanel, *figures: ShowsSource) -> None:
        """Put what holds for every scenario into the form of the settings, and say with figures what they rest on."""
        panel.add_row((tr("&If a street closes"), self._follow))
        panel.source_wanted.connect(self._on_wanted)
        self._figures = (panel, *figures)
        self._controller.evaluated.connect(lambda _: self._show_source())

    def show_networks(self) -> NetworksDialog:
        """Show the networks of this computer beside the window, and return what shows them."""
        if self._dialog is None:
            self._dialog = dialog = NetworksDialog(self.store, self.job, self._theme, self._window)
            dialog.use_requested.connect(self._use)
            dialog.removed.connect(self._refresh)
            dialog.finished.connect(self._on_closed)
            self._tell_dialog()
            dialog.show_networks()
        self._dialog.show()
        self._dialog.raise_()
        self._dialog.activateWindow()
        return self._dialog

    def import_file(self, path: Path) -> None:
        """Import a file that was dropped onto the window, unless there is an import already."""
        if self.job.running:
            self.message.emit(tr("Another road network is being imported. Try again when it is there."))
        else:
            self.show_networks().import_file(path)

    @staticmethod
    def takes(path: Path) -> bool:
        """Whether a file is one that roads are imported from, by its name."""
        return path.name.casefold().endswith(SUFFIXES)

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

    def close(self) -> None:
        """Leave nothing running."""
        self.job.shutdown()
        self.unreached.close()
        if self._dialog is not None:
            self._dialog.close()
        if library() is self.store:
            use_library(self._former)

    def _make_follow(self) -> QCheckBox:
        box = QCheckBox(tr("Plan anew at once"))
        box.setObjectName("settings_follow")
        box.setToolTip(tr("Where travel is by roads, the plan follows within a second; undo takes that back as well"))
        box.setChecked(self._settings.value(FOLLOW, True, bool) is True)
        self._follower.wanted = box.isChecked()
        box.toggled.connect(self._on_follow)
        return box

    def _on_follow(self, wanted: bool) -> None:
        self._follower.wanted = wanted
        self._settings.setValue(FOLLOW, wanted)

    def _on_wanted(self, source: TravelSource) -> None:
        if source is TravelSource.ROADS:
            self.show_networks()

    def _show_source(self) -> None:
        words = travel_words(self._session.scenario)
        for one in self._figures:
            one.show_source(words)

    def _use(self, network: str) -> None:
        if self._session.do(*travel_by_roads(self._session.state, network)):
            self.said.emit(tr("Vehicles travel along the roads of {network} now.", network=self.store.name(network)))

    def _on_imported(self, network: StoredNetwork) -> None:
        self._refresh(network.id)
        if self._dialog is None:
            self.message.emit(
                tr("{network} is imported: choose it with File > Road Network to travel by it.", network=network.name)
            )

    def _on_failed(self, sentence: str) -> None:
        if self._dialog is None:  # else it says so itself
            self.message.emit(sentence)

    def _refresh(self, network: str) -> None:
        """Let figures follow when the scenario's network has come or gone."""
        settings = self._session.scenario.settings
        if settings.travel is TravelSource.ROADS and settings.network == network:
            self._controller.evaluations.refresh()

    def _on_changed(self, change: Change) -> None:
        if self._dialog is not None and change.touches("settings", "depots", "customers"):
            self._tell_dialog()

    def _tell_dialog(self) -> None:
        scenario = self._session.scenario
        settings = scenario.settings
        used = settings.network if settings.travel is TravelSource.ROADS else ""
        geographic = settings.travel is not TravelSource.PLANE
        if self._dialog is not None:
            self._dialog.show_scenario(used, places_of(scenario) if geographic else ())

    def _on_closed(self) -> None:
        self._dialog = None
