"""Looks for the add-on, makes it, updates it and removes it, in a thread of its own: the window waits for nothing."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal

from app.addon.errors import AddonError, StoppedError
from app.addon.making import create_addon, remove_addon, update_addon
from app.addon.probe import Addon, find_addon
from app.jobs.background import BackgroundRunner
from app.language import tr

logger = logging.getLogger(__name__)


class AddonJob(QObject):
    """One thing at a time; what is asked for meanwhile is done after it.

    Signals
    -------
    running_changed(bool)
        Whether something is under way that takes minutes.
    said(str)
        A line about what is being done.
    found(object)
        The `app.addon.probe.Addon` that there is now, or None.
    failed(str, object)
        Something was not done: a sentence for the user, and the last lines of the program that failed.
    stopped()
        Something was stopped by the user.
    """

    running_changed = Signal(bool)
    said = Signal(str)
    found = Signal(object)
    failed = Signal(str, object)
    stopped = Signal()

    _heard = Signal(str)  # in the thread that works

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner = BackgroundRunner(self)
        self._stop = threading.Event()  # of all that is asked for until the next stop
        self._running = False
        self._heard.connect(self.said, Qt.ConnectionType.QueuedConnection)

    @property
    def running(self) -> bool:
        """Whether something is under way that takes minutes."""
        return self._running

    def look(self, *, afresh: bool = False) -> None:
        """Find out what there is; `found` follows."""
        stop = self._stop
        self._runner.run("", lambda: find_addon(afresh=afresh, stop=stop), self.found.emit, self._on_failed)

    def create(self, folder: Path | None, index_url: str) -> None:
        """Make it, as `app.addon.making.create_addon` does."""
        stop = self._stop
        self._begin(lambda: create_addon(self._heard.emit, folder=folder, index_url=index_url, stop=stop))

    def update(self) -> None:
        """Put this version of the program into it."""
        stop = self._stop
        self._begin(lambda: update_addon(self._heard.emit, stop=stop))

    def remove(self) -> None:
        """Remove it."""

        def remove() -> None:
            remove_addon()

        self._begin(remove)

    def stop(self) -> None:
        """End all that was asked for; `stopped` follows, or `found` when it was too late."""
        self._stop.set()
        self._stop = threading.Event()

    def close(self) -> None:
        """End all that was asked for, and the thread; nothing is told any more."""
        self._stop.set()
        self._runner.close()

    def _begin(self, work: Callable[[], Addon | None]) -> None:
        if not self._running:
            self._running = True
            self.running_changed.emit(True)
            self._runner.run("", work, self._on_done, self._on_not_done)

    def _on_done(self, addon: Addon | None) -> None:
        self._rest()
        self.found.emit(addon)

    def _on_not_done(self, error: Exception) -> None:
        self._rest()
        self._on_failed(error)

    def _on_failed(self, error: Exception) -> None:
        match error:
            case StoppedError():
                self.stopped.emit()
            case AddonError(said=said):
                self.failed.emit(str(error), said)
            case _:
                logger.error("the add-on", exc_info=error)
                self.failed.emit(tr("That failed. Details are in Help > Crash Reports."), ())

    def _rest(self) -> None:
        self._running = False
        self.running_changed.emit(False)
