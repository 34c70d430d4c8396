"""Long writing that says how far it is and can be stopped, beside the work that the window waits for."""

from __future__ import annotations

import threading
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from app.io.progress import Progress, StoppedError
from app.jobs.background import BackgroundRunner


class ExportJob(QObject):
    """Writes one file after the other in a thread of its own, so that a save never waits for an export.

    Signals
    -------
    running_changed(str)
        The title of the work in hand, or "" when there is none.
    progressed(int, int)
        How many parts are done, and of how many.
    """

    running_changed = Signal(str)
    progressed = Signal(int, int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner = BackgroundRunner(self)
        self._runner.busy_changed.connect(self.running_changed)
        self._stop = threading.Event()  # of all that is asked for until the next stop

    @property
    def running(self) -> bool:
        """Whether something is being written."""
        return self._runner.busy

    def run(
        self,
        title: str,
        work: Callable[[Progress], object],
        done: Callable[[], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Do some work, then call ``done``, or ``failed`` with its exception; a `StoppedError` if it was stopped.

        Parameters
        ----------
        title
            What the user reads meanwhile.
        work
            Called in the background with what it tells its progress to.
        done, failed
            Called in this object's own thread; neither is called after `close`.
        """
        stopped = self._stop

        def tell(parts: int, total: int) -> None:
            if stopped.is_set():
                raise StoppedError
            self.progressed.emit(parts, total)

        self._runner.run(title, lambda: work(tell), lambda _: done(), failed)

    def stop(self) -> None:
        """End the work in hand soon, and drop what waits behind it; what is asked for from here on is not meant."""
        self._stop.set()
        self._stop = threading.Event()

    def close(self) -> None:
        """Stop, and wait until the thread has ended."""
        self.stop()
        self._runner.close()
