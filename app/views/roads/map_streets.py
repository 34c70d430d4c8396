"""Shows the streets of the road network in use below the plan."""

from __future__ import annotations

import logging

from PySide6.QtCore import QObject

from app.edits.session import EditSession
from app.jobs.background import BackgroundRunner
from app.language import tr
from app.map.streets import Streets
from app.map.view import MapView
from app.model.document import Change
from app.model.road_library import library
from app.model.scenario import TravelSource

logger = logging.getLogger(__name__)


class MapStreets(QObject):
    """Between a map and the road network of a session's scenario; reading it is a thread's work.

    Parameters
    ----------
    view
        The map.
    session
        Whose network it is.
    parent
        Owner.
    """

    def __init__(self, view: MapView, session: EditSession, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._view, self._session = view, session
        self._runner = BackgroundRunner(self)
        self._shown = ""
        session.changed.connect(self._on_changed)
        session.replaced.connect(self.refresh)
        self.refresh()

    @property
    def busy(self) -> bool:
        """Whether streets are being read."""
        return self._runner.busy

    def refresh(self) -> None:
        """Look whether the network is another one than before."""
        settings = self._session.scenario.settings
        wanted = settings.network if settings.travel is TravelSource.ROADS and library().has(settings.network) else ""
        if wanted == self._shown:
            return
        self._shown = wanted
        if wanted:
            self._runner.run(
                tr("Reading streets"),
                lambda: _streets(wanted),
                lambda streets: self._show(wanted, streets),
                lambda error: self._on_failed(wanted, error),
            )
        else:
            self._view.set_streets(None)

    def close(self) -> None:
        """End the thread."""
        self._runner.close()

    def _on_changed(self, change: Change) -> None:
        if change.touches("settings"):
            self.refresh()

    def _show(self, key: str, streets: Streets | None) -> None:
        if key == self._shown:
            self._view.set_streets(streets)

    def _on_failed(self, key: str, error: Exception) -> None:
        logger.error("the streets of a network could not be drawn", exc_info=error)
        self._show(key, None)


def _streets(key: str) -> Streets | None:
    network = library().network(key)
    return None if network is None else Streets(network)
