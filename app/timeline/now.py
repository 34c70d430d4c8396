"""The present time of day, told anew now and then."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject, QTimer, Signal

EVERY = 20_000
"""Milliseconds: a pixel is rarely less than that."""


def local_time() -> int:
    """Return the seconds since midnight, local time."""
    now = datetime.now()
    return now.hour * 3600 + now.minute * 60 + now.second


class Now(QObject):
    """A clock that ticks while somebody looks at it.

    Parameters
    ----------
    tell
        Returns the seconds since midnight.

    Signals
    -------
    ticked
        It is later.
    """

    ticked = Signal()

    def __init__(self, tell: Callable[[], int] = local_time, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tell = tell
        self._timer = QTimer(self, interval=EVERY)
        self._timer.timeout.connect(self._tick)
        self.seconds = tell()

    def set_running(self, runs: bool) -> None:
        """Start or stop ticking."""
        if runs:
            self._tick()
            self._timer.start()
        else:
            self._timer.stop()

    def _tick(self) -> None:
        self.seconds = self._tell()
        self.ticked.emit()
