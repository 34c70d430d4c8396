"""Whatever goes wrong in the window's process, and in the engine's, becomes a report."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from app.support.black_box import BlackBox
from app.support.crash_reports import CrashReports, reports_folder
from app.support.engine_watch import EngineWatch
from app.support.hooks import listen
from app.support.report import Part, Report
from app.support.session import Session, begin_session, failed_sessions
from app.support.telling import told, where

ONE_BY_ONE = 10
"""So many times an error is counted in its file as it happens, after that whenever it has happened twice as often: one
of painting comes with every frame."""

_RUNS = "runs"


class Watch:
    """Listens while the program runs; used as ``with Watch() as watch``. Nothing here raises an error.

    Parameters
    ----------
    folder
        Of the reports; the user's own when left out.

    Attributes
    ----------
    reports
        What has been written down, now and before.
    found
        What became of runs of the program before this one that did not end in good order.
    engine
        Takes what is known of the engine's process.
    heard
        Called with the report of an error that nobody else tells the user of, the first time that it happens; in
        whatever thread that is.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self.reports = CrashReports(folder or reports_folder())
        self.found: list[Report] = []
        self.engine = EngineWatch(self._keep)
        self.heard: Callable[[Report], object] | None = None
        self._session: Session | None = None
        self._box: BlackBox | None = None
        self._counts: dict[str, int] = {}
        self._waiting: dict[str, Report] = {}
        self._lock = threading.RLock()
        self._busy = False
        self._deaf: Callable[[], None] | None = None

    def __enter__(self) -> Self:
        runs = self.reports.folder / _RUNS
        self.found = [report if kept else self.reports.add(report) for report, kept in failed_sessions(runs)]
        self._session = begin_session(runs)
        if self._session is not None:
            self._box = BlackBox(self._session.faults)
            self._box.watch_for_signals()
        self._deaf = listen(self.note)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._deaf is not None:
            self._deaf()
        self.heard = None
        with suppress(Exception), self._lock:
            for report in self._waiting.values():
                self.reports.add(report)
            self._waiting.clear()
        if self._box is not None:
            self._box.close()
        if self._session is None:
            return
        if isinstance(error, Exception):
            self._session.fail(self.reports.add(report_of(error, Part.PROGRAM)))
        else:
            self._session.end()

    def note(self, error: BaseException, said: str = "", told_elsewhere: bool = False) -> None:
        """Write an error of the window's process down.

        Parameters
        ----------
        error
            With its traceback.
        said
            What was said of it in the log.
        told_elsewhere
            Whether whoever met it tells the user.
        """
        if isinstance(error, Exception):  # the others are wishes to end
            with suppress(Exception):
                self._keep(report_of(error, Part.WINDOW, said), aloud=not told_elsewhere)

    def _keep(self, report: Report, *, aloud: bool = False) -> None:
        with suppress(Exception), self._lock:
            if self._busy:  # it went wrong while the one before was written down
                return
            self._busy = True
            try:
                count = self._counts[report.fault] = self._counts.get(report.fault, 0) + 1
                before = self._waiting.pop(report.fault, None)
                report = report if before is None else before.again(report)
                if count <= ONE_BY_ONE or count & (count - 1) == 0:
                    report = self.reports.add(report)
                else:
                    self._waiting[report.fault] = report
            finally:
                self._busy = False
            if aloud and count == 1 and self.heard is not None:
                self.heard(report)


def report_of(error: Exception, part: Part, said: str = "") -> Report:
    """Return a report of an error that happens now.

    Parameters
    ----------
    error
        With its traceback.
    part
        Where it happened.
    said
        What was said of it in the log.
    """
    return Report.now(part, f"{type(error).__name__} at {where(error)}", "\n".join(filter(None, (said, told(error)))))
