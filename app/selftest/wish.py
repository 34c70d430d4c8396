"""What is wanted of a self-test."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.jobs.worker_process import Serve


class Extent(StrEnum):
    """How much is tested."""

    QUICK = "quick"
    """What every user does."""
    FULL = "full"
    """Also what takes longer: roads, the policy and its training, benchmark files, the commands."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is wanted.

    Parameters
    ----------
    folder
        For everything that is written.
    began
        `time.monotonic` when the process was started.
    extent
        How much is tested.
    seconds
        Time limit of the solve.
    limit
        Seconds after which it is ended.
    sample
        What is opened; what comes with the program when left out.
    serve
        The engine's process; the real one when left out.
    """

    folder: Path
    began: float
    extent: Extent = Extent.QUICK
    seconds: float = 2.0
    limit: float = 180.0
    sample: Path | None = None
    serve: Serve | None = None

    @property
    def written(self) -> Path:
        """Folder of what is handed over at the end."""
        return self.folder / "written"
