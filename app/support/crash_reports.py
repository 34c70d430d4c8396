"""The crash reports of this user, which stay on this computer until he sends one himself."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import platformdirs

from app.support.report import LARGEST, Report

MOST = 20
"""Reports that are kept; the one that happened longest ago goes first."""

_SUFFIX = ".txt"


def reports_folder() -> Path:
    """Return where the reports of this user lie; it may not exist yet."""
    return platformdirs.user_data_path("routewright", appauthor=False) / "crash-reports"


class CrashReports:
    """A folder of reports. Where it cannot be written, reports are kept for as long as the program runs.

    Nothing here raises an error: who comes here has one already.

    Parameters
    ----------
    folder
        Made when the first report is written.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._unwritten: dict[str, Report] = {}

    def add(self, report: Report) -> Report:
        """Keep a report; what has happened before in the same version is counted.

        Returns
        -------
        Report
            With how often it has happened by now.
        """
        path = self.path(report)
        before = self._unwritten.get(report.fault) or _read(path)
        if before is not None:
            report = before.again(report)
        if _write(path, report.text()):
            self._unwritten.pop(report.fault, None)
            self._drop_oldest()
        else:
            self._unwritten[report.fault] = report
        return report

    def all(self) -> list[Report]:
        """Return the reports, the newest first; what is no report, or damaged, is passed over."""
        found = {report.fault: report for report in filter(None, map(_read, self._files()))}
        return sorted((found | self._unwritten).values(), key=lambda report: report.last, reverse=True)

    def path(self, report: Report) -> Path:
        """Return where a report lies, if it could be written."""
        return self.folder / f"{report.part}-{report.fault}{_SUFFIX}"

    def delete(self, report: Report) -> bool:
        """Delete a report, and return whether it is gone."""
        self._unwritten.pop(report.fault, None)
        with suppress(OSError):
            self.path(report).unlink(missing_ok=True)
        return not self.path(report).exists()

    def _files(self) -> Iterator[Path]:
        with suppress(OSError):
            yield from (entry for entry in self.folder.iterdir() if entry.suffix == _SUFFIX)

    def _drop_oldest(self) -> None:
        files = sorted(self._files(), key=_changed, reverse=True)
        for path in files[MOST:]:
            with suppress(OSError):
                path.unlink()


def _read(path: Path) -> Report | None:
    try:
        with path.open(encoding="utf-8", errors="replace") as file:
            return Report.read(file.read(2 * LARGEST))
    except (OSError, ValueError):
        return None


def _write(path: Path, text: str) -> bool:
    """Write a file beside the one that it replaces, so that a full disk does not cost the one that is there."""
    draft = path.with_suffix(f".{os.getpid()}.draft")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft.write_text(text, encoding="utf-8", errors="replace")
        os.replace(draft, path)
    except OSError:
        with suppress(OSError):
            draft.unlink()
        return False
    return True


def _changed(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0
