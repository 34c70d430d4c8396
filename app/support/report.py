"""A crash report: one kind of fault, when it happened and how often, as a text file that anybody can read."""

from __future__ import annotations

import hashlib
import platform
import sys
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from app.edition import edition

LARGEST = 64 * 1024
"""Characters of what happened that are kept: the first and the last half of them."""

_CUT = "\n[… {left_out} characters are left out here …]\n"
_TITLE = "Crash report of Routewright"


class Part(StrEnum):
    """What something went wrong in."""

    WINDOW = "window"
    """The program went on."""
    PROGRAM = "program"
    """The program ended."""
    ENGINE = "engine"
    """The process that searches for plans."""


@dataclass(frozen=True, slots=True)
class Report:
    """What went wrong.

    Parameters
    ----------
    part
        In what.
    headline
        A short line of technical words, such as ``KeyError at app/views/status.py:40``; faults of one version that
        have the same one are the same.
    details
        Traceback, or what else is known.
    first, last
        When it happened for the first and for the last time; in local time, with its offset.
    times
        How often.
    program, system
        What was running, on what.
    """

    part: Part
    headline: str
    details: str
    first: datetime
    last: datetime
    times: int = 1
    program: str = ""
    system: str = ""

    @classmethod
    def now(cls, part: Part, headline: str, details: str) -> Report:
        """Report what happens at this moment in the program that runs."""
        moment = datetime.now().astimezone().replace(microsecond=0)
        return cls(part, _line(headline), _cut(details.strip("\n")), moment, moment, 1, program_line(), system_line())

    @property
    def fault(self) -> str:
        """The same for the same fault in the same version; part of the name of its file."""
        known = f"{self.part}\n{self.program}\n{self.headline}"
        return hashlib.sha256(known.encode(errors="replace")).hexdigest()[:12]

    def again(self, newer: Report) -> Report:
        """Return this report when the same has happened again; what is told is how it came to that the last time."""
        return replace(newer, first=self.first, times=self.times + newer.times)

    def text(self) -> str:
        """Return what stands in the file."""
        head = {
            "What": self.headline,
            "Where": self.part.value,
            "First": self.first.isoformat(sep=" "),
            "Last": self.last.isoformat(sep=" "),
            "Times": str(self.times),
            "Program": self.program,
            "System": self.system,
        }
        lines = "\n".join(f"{name + ':':9}{value}" for name, value in head.items())
        return f"{_TITLE}\n\n{lines}\n\n{self.details}\n"

    @classmethod
    def read(cls, text: str) -> Report:
        """Return the report that a file holds.

        Raises
        ------
        ValueError
            If it is none, or damaged.
        """
        title, _, rest = text.partition("\n\n")
        head, _, details = rest.partition("\n\n")
        values = {name: value.strip() for name, _, value in (line.partition(":") for line in head.splitlines())}
        if title != _TITLE or not {"What", "Where", "First", "Last", "Times"} <= values.keys():
            raise ValueError("not a crash report")
        return cls(
            Part(values["Where"]),
            values["What"],
            details.rstrip("\n"),
            datetime.fromisoformat(values["First"]).astimezone(),
            datetime.fromisoformat(values["Last"]).astimezone(),
            int(values["Times"]),
            values.get("Program", ""),
            values.get("System", ""),
        )


def program_line() -> str:
    """Return which Routewright this is."""
    known = edition()
    of = [f"commit {known.commit}"] if known.commit else []
    built = [f"built {known.built}"] if known.built else []
    return ", ".join([f"Routewright {known.version}", *of, *built, "packaged" if known.packaged else "from sources"])


def system_line() -> str:
    """Return what it runs on."""
    return f"{platform.platform()}, Python {platform.python_version()}, {sys.platform} {platform.machine()}"


def _line(text: str) -> str:
    return " ".join(text.split())[:200]


def _cut(text: str) -> str:
    if len(text) <= LARGEST:
        return text
    half = LARGEST // 2
    return f"{text[:half]}{_CUT.format(left_out=len(text) - 2 * half)}{text[-half:]}"
