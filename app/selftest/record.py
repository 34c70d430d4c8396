"""The report of a self-test: what was told, as one object of JSON."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from app.selftest.told import Done, Failed, Known, Skipped, Told
from app.selftest.wish import Extent


class Record:
    """Hears of all steps.

    Parameters
    ----------
    extent
        How much is tested.
    """

    def __init__(self, extent: Extent) -> None:
        self._extent = extent
        self._steps: dict[str, Mapping[str, Any]] = {}
        self._failed: list[dict[str, str]] = []
        self._skipped: list[dict[str, str]] = []
        self._known: dict[str, object] = {}
        self._files: dict[str, int] = {}
        self._out: str | None = None

    @property
    def fine(self) -> bool:
        """Whether nothing went wrong."""
        return not self._failed

    def hear(self, told: Told) -> None:
        """Keep what is told."""
        match told:
            case Done(step=step, seconds=seconds, facts=facts):
                self._steps[step] = {"seconds": round(seconds, 3), **facts}
            case Failed(step=step, reason=reason):
                self._failed.append({"step": step, "reason": reason})
            case Skipped(step=step, reason=reason):
                self._skipped.append({"step": step, "reason": reason})
            case Known(name=name, value=value):
                self._known[name] = value

    def note_files(self, written: Path, out: Path | None) -> None:
        """Keep how large the files are that were written, and where they are kept."""
        self._files = {file.name: file.stat().st_size for file in sorted(written.iterdir())}
        self._out = None if out is None else str(out.absolute())

    def as_json(self) -> dict[str, Any]:
        """Return all of it: seconds of each step and what else there is to know of it, versions, sizes, faults."""
        return {
            "ok": self.fine,
            "extent": self._extent,
            **self._known,
            "steps": self._steps,
            "files": self._files,
            "out": self._out,
            "skipped": self._skipped,
            "failed": self._failed,
        }

    def faults(self) -> list[str]:
        """Return a sentence for each fault."""
        return [f"{one['step']}: {one['reason']}" for one in self._failed]
