"""Reports of what the engine's process has left behind when a job of it failed, or when it ended itself."""

from __future__ import annotations

from collections.abc import Callable

from app.support.report import Part, Report
from app.support.session import fatal_headline
from app.support.telling import without_home

_NO_WORD = "Nothing was written down about why. Perhaps there was not enough memory, or somebody ended it by force."


class EngineWatch:
    """Makes reports of it.

    Parameters
    ----------
    keep
        Takes a report.
    """

    def __init__(self, keep: Callable[[Report], object]) -> None:
        self._keep = keep

    def job_failed(self, written: str) -> None:
        """Write down that a job met an error; the process goes on.

        Parameters
        ----------
        written
            What the process has written down of it.
        """
        self._report("A job failed", without_home(written))

    def died(self, exit_code: int | None, written: str) -> None:
        """Write down that the process has ended unasked.

        Parameters
        ----------
        exit_code
            0 when it did so in good order, minus the signal's number when it was killed, None if it never started.
        written
            What it has written down of it.
        """
        how = "It could not be started" if exit_code is None else f"It ended with exit code {exit_code}"
        self._report(how, without_home(written))

    def _report(self, how: str, written: str) -> None:
        why = fatal_headline(written) or _last_line(written)
        self._keep(Report.now(Part.ENGINE, f"{how}: {why}", written or _NO_WORD))


def _last_line(written: str) -> str:
    return written.splitlines()[-1].strip() if written else "nothing is known of why"
