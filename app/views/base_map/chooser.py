"""Lets the user choose a base map, and tells when its tiles do not come."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, QSettings, QStandardPaths, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QFileDialog, QToolButton, QWidget

from app import __version__
from app.jobs.background import BackgroundRunner
from app.language import sentences, tr
from app.map.projection import Mercator
from app.map.tiles.provider import TileProvider
from app.map.tiles.sources import MbtilesSource, SourceInfo
from app.map.view import MapView
from app.views.base_map.choice import BaseMapChoice, BaseMapKind, store_choice, stored_choice
from app.views.theme import Theme

AGENT = f"Routewright/{__version__}"
"""By what name the program introduces itself to servers."""
CACHE_FILE = "tiles.sqlite"
FILES = tr("MBTiles (*.mbtiles);;All files (*)")
MEANWHILE = {
    BaseMapKind.MBTILES: tr("The shipped base map stays."),
    BaseMapKind.ONLINE: tr("The shipped base map stays, and it is tried again by and by."),
}


class BaseMapChooser(QObject):
    """Gives the map the tiles that were chosen; the choice is the program's, and in no scenario.

    Parameters
    ----------
    view
        The map.
    settings
        Where the choice is kept.
    runner
        Looks into files.
    theme
        Draws icons.
    window
        Owns the dialogs.

    Attributes
    ----------
    notice
        A button for the status bar, seen while tiles do not come; it says why, and pressed it tries again.

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
        self, view: MapView, settings: QSettings, runner: BackgroundRunner, theme: Theme, window: QWidget
    ) -> None:
        super().__init__(window)
        self._view, self._settings, self._runner, self._window = view, settings, runner, window
        self._actions: dict[BaseMapKind, QAction] = {}
        self._told: set[str] = set()  # of this source; told once
        self.choice = stored_choice(settings)
        self.notice = QToolButton()
        self.notice.setObjectName("status_base_map")
        self.notice.setText(tr("Map tiles"))
        self.notice.setAccessibleDescription(tr("Tries again to get the map tiles that did not come"))
        self.notice.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        theme.bind(self.notice, "warning")
        self.notice.clicked.connect(self._retry)
        self.notice.hide()
        self._begin()

    def commands(self) -> dict[str, Callable[[], object]]:
        """Return what each command does, by name."""
        return {
            "base_map_shipped": self.choose_shipped,
            "base_map_mbtiles": self.ask_file,
            "base_map_online": self.ask_online,
        }

    def set_actions(self, actions: Mapping[str, QAction]) -> None:
        """Show by the actions of the commands what is chosen; others are passed over."""
        self._actions = {kind: actions[f"base_map_{kind.value}"] for kind in BaseMapKind}
        group = QActionGroup(self)
        for action in self._actions.values():
            group.addAction(action)
        self._show_chosen()

    def choose_shipped(self) -> None:
        """Do without tiles."""
        self._choose(replace(self.choice, kind=BaseMapKind.SHIPPED))

    def ask_file(self) -> None:
        """Let the user choose an MBTiles file; what was chosen before stays if it cannot be used."""
        self._show_chosen()  # the click has ticked the action already
        before = "" if self.choice.file is None else str(self.choice.file.path)
        name, _ = QFileDialog.getOpenFileName(self._window, tr("Base Map from a File"), before, FILES)
        if name:
            self.try_file(Path(name))

    def try_file(self, path: Path) -> None:
        """Show the tiles of a file if it can be used, or say why not."""
        from app.map.tiles.mbtiles import Mbtiles, MbtilesError  # the start does without SQLite

        def look() -> SourceInfo:
            file = Mbtiles(path)
            file.close()
            return file.info

        def done(info: SourceInfo) -> None:
            self._choose(replace(self.choice, kind=BaseMapKind.MBTILES, file=MbtilesSource(path)))
            self._tell_where(info)

        def failed(error: Exception) -> None:
            known = isinstance(error, MbtilesError)
            trouble = str(error) if known else tr("{file} cannot be read.", file=path.name)
            self.message.emit(sentences(trouble, tr("The base map stays as it was.")))

        self._runner.run(tr("Opening {name}", name=path.name), look, done, failed)

    def ask_online(self) -> None:
        """Let the user name a server of tiles."""
        from app.views.base_map.dialog import OnlineDialog  # the start does without it

        self._show_chosen()
        dialog = OnlineDialog(self.choice, self._window)
        dialog.accepted.connect(lambda: self._choose(dialog.choice))
        dialog.open()

    def close(self) -> None:
        """Leave nothing running."""
        self._view.close_tiles()

    def _choose(self, choice: BaseMapChoice) -> None:
        self.choice = choice
        store_choice(self._settings, choice)
        self._begin()
        self._show_chosen()

    def _begin(self) -> None:
        self._told.clear()
        self.notice.hide()
        provider = provider_of(self.choice)
        if provider is not None:
            provider.trouble.connect(self._on_trouble)
        self._view.set_tiles(provider)

    def _show_chosen(self) -> None:
        if self._actions:
            self._actions[self.choice.kind].setChecked(True)

    def _on_trouble(self, sentence: str) -> None:
        """Tell each trouble once; the notice stays as long as there is one."""
        self.notice.setVisible(bool(sentence))
        if not sentence:
            return
        whole = sentences(sentence, MEANWHILE[self.choice.kind])
        self.notice.setToolTip(sentences(whole, tr("Press to try now.")))
        self.notice.setAccessibleName(whole)
        if sentence not in self._told:
            self._told.add(sentence)
            self.said.emit(whole)

    def _retry(self) -> None:
        """Try again at once, and tell anew if that does not help."""
        self._told.clear()
        self._view.retry_tiles()

    def _tell_where(self, info: SourceInfo) -> None:
        """Tell of a file that has nothing of what the map shows; else it would look as if it had not been opened."""
        if info.bounds is None:
            return
        west, south, east, north = info.bounds
        x, y = Mercator().to_map([south, north], [west, east])
        left, bottom, right, top = self._view.camera.rect
        if x[0] > right or x[1] < left or y[0] > top or y[1] < bottom:
            self.said.emit(tr("{name} has another part of the world than the map shows now.", name=info.name))


def provider_of(choice: BaseMapChoice) -> TileProvider | None:
    """Return what gets the tiles that were chosen; None for the shipped map, and for a server that may not be asked."""
    if choice.kind is BaseMapKind.MBTILES and choice.file is not None:
        from app.map.tiles.offline import MbtilesProvider  # the start does without SQLite

        return MbtilesProvider(choice.file)
    if choice.kind is BaseMapKind.ONLINE and choice.online is not None and choice.may_ask:
        from app.map.tiles.online import OnlineProvider  # and without the network

        folder = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.CacheLocation))
        return OnlineProvider(choice.online, AGENT, folder / CACHE_FILE, choice.cache_megabytes << 20)
    return None
