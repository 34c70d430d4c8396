"""A text about this computer and this run of the program, for whoever helps: no names, addresses or coordinates."""

from __future__ import annotations

import platform
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.support import machine
from app.support.report import Report, program_line
from app.support.telling import without_home

HEADLINES = 5
"""Crash reports that are named, the newest first."""


@dataclass(frozen=True, slots=True)
class Scene:
    """What only the window knows; each line is what it is about, and the rest.

    Parameters
    ----------
    screen
        Qt, its platform, screens, appearance, language.
    engine
        Whether its process runs, and what it does.
    day
        How many there are of what is planned.
    """

    screen: Sequence[tuple[str, str]] = ()
    engine: str = ""
    day: str = ""


def diagnostics(scene: Scene, reports: Sequence[Report]) -> str:
    """Return the text; it looks at disks, so a thread in the background should call it.

    Parameters
    ----------
    scene
        From the window.
    reports
        Crash reports, the newest first.
    """
    lines = [
        ("Program", program_line()),
        ("System", machine.system()),
        ("Processor", machine.processor()),
        ("Memory", machine.memory()),
        ("Python", f"{platform.python_version()} ({platform.python_compiler()})"),
        ("Libraries", machine.packages()),
        *scene.screen,
        *machine.folders(),
        *machine.kernels(),
        ("Engine", scene.engine),
        ("Open day", scene.day),
        *_headlines(reports),
    ]
    return without_home("\n".join(f"{name + ':' if name else '':15}{text}" for name, text in lines if text)) + "\n"


def _headlines(reports: Sequence[Report]) -> Iterable[tuple[str, str]]:
    yield "Crash reports", str(len(reports)) if reports else "none"
    for report in reports[:HEADLINES]:
        times = f", {report.times} times" if report.times > 1 else ""
        yield "", f"{report.last:%Y-%m-%d %H:%M} {report.part}: {report.headline}{times}"
