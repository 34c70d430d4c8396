"""A run of the program, as the next one finds it: ended in good order, or not."""

from __future__ import annotations

import json
import re
import uuid
from contextlib import suppress
from pathlib import Path

from app.io.journal.claim import Claim, claimed
from app.support.black_box import FULL
from app.support.report import Part, Report, program_line
from app.support.telling import without_home

_FAULTS, _STARTED, _REPORTED = "faults.txt", "started.json", "reported.txt"
_FATAL = re.compile(r"^(?:Windows fatal exception|Fatal Python error): (.+)$", re.MULTILINE)
_FRAME = re.compile(r'File "([^"]+)", line (\d+)')
_CURRENT = "\nCurrent thread 0x"
_NO_WORD = (
    "The program ended without closing its window, and nothing was written down about why. It was ended by force, "
    "by the user or for want of memory; or the computer was switched off, or the display went away."
)
_ENDED, _FATAL_ERROR = "Ended without a word", "Fatal error"


class Session:
    """The folder of a run of the program, which goes when the run ends in good order.

    Make one with `begin_session`.

    Parameters
    ----------
    claim
        To the folder; it ends with the process, however that ends.
    """

    def __init__(self, claim: Claim) -> None:
        self._claim = claim

    @property
    def faults(self) -> Path:
        """Where the system's last word is written to."""
        return self._claim.folder / _FAULTS

    def end(self) -> None:
        """End in good order."""
        self._claim.remove()

    def fail(self, report: Report) -> None:
        """End by an error that there is a report about: the next start tells of it."""
        with suppress(OSError):
            (self._claim.folder / _REPORTED).write_text(report.text(), encoding="utf-8", errors="replace")
        self._claim.release()


def begin_session(root: Path) -> Session | None:
    """Begin a run of the program.

    Parameters
    ----------
    root
        Folder of all runs.

    Returns
    -------
    Session or None
        None where nothing can be written.
    """
    with suppress(OSError):
        folder = root / uuid.uuid4().hex
        claim = claimed(folder)
        if claim is not None:
            try:
                folder.mkdir()
                (folder / _STARTED).write_text(json.dumps({"program": program_line()}), encoding="utf-8")
            except OSError:
                claim.remove()
                raise
            return Session(claim)
    return None


def failed_sessions(root: Path) -> list[tuple[Report, bool]]:
    """Return what became of the runs that did not end in good order, and forget them.

    Returns
    -------
    list of tuple
        A report of each, and whether that has been kept before.
    """
    found = []
    with suppress(OSError):
        for folder in sorted(entry for entry in root.iterdir() if entry.is_dir()):
            with suppress(OSError):
                claim = claimed(folder)
                if claim is not None:  # else it is another window, which is open
                    found.append(_read(folder))
                    claim.remove()
    return found


def _read(folder: Path) -> tuple[Report, bool]:
    with suppress(OSError, ValueError):
        return Report.read((folder / _REPORTED).read_text(encoding="utf-8")), True
    faults = _text(folder / _FAULTS)
    if not faults:
        return Report.now(Part.PROGRAM, _ENDED, _NO_WORD), False
    return Report.now(Part.PROGRAM, fatal_headline(faults) or _FATAL_ERROR, faults), False


def fatal_headline(faults: str) -> str:
    """Return in a line what the interpreter wrote down when the system ended a process; "" if it did not."""
    fatal = list(_FATAL.finditer(faults))
    if not fatal:
        return ""
    at = max(faults.find(_CURRENT, fatal[-1].end()), fatal[-1].end())  # other threads may come before that one
    frames = [(name.replace("\\", "/"), line) for name, line in _FRAME.findall(faults, at)]
    ours = next((f" at {name}:{line}" for name, line in frames if name.startswith(("app/", "solver/"))), "")
    return f"{fatal[-1][1]}{ours}"


def _text(path: Path) -> str:
    with suppress(OSError), path.open(encoding="utf-8", errors="replace") as file:
        return without_home(file.read(2 * FULL)).strip()
    return ""
