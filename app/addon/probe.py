"""What the add-on is good for: its Python is asked once, and the answer is remembered until something is installed.

To ask takes seconds, because torch is loaded for it: never in the window's thread.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from enum import Enum, auto
from pathlib import Path
from typing import Any

import platformdirs

from app import __version__
from app.addon.foreign_python import ISOLATED, python_in
from app.addon.place import addon_folder, read_mark
from app.addon.steps import StepError, run_step

PATIENCE = 120.0
"""Seconds: a torch with CUDA is gigabytes of libraries, on a disk that may not have seen them since it was started."""

# The versions come first: they are told even where torch or its driver ends the process.
_QUESTION = """
import importlib, json, platform
def version(name):
    try:
        return importlib.import_module(name).__version__
    except ImportError:
        return ""
facts = {"python": platform.python_version(), "gpu": "", "trouble": ""}
facts.update({name: version(name) for name in ("numpy", "numba", "torch")}, routewright=version("app"))
print(json.dumps(facts), flush=True)
if facts["torch"]:
    import torch
    try:
        torch.zeros(1, device="cuda")
        facts["gpu"] = torch.cuda.get_device_name()
    except (RuntimeError, AssertionError) as error:
        facts["trouble"] = str(error).strip().partition("\\n")[0]
    print(json.dumps(facts), flush=True)
"""


class AddonState(Enum):
    """Whether an add-on can be used."""

    READY = auto()
    OUTDATED = auto()  # it has another version of this program
    UNFINISHED = auto()  # whoever made it was interrupted
    BROKEN = auto()  # its Python does not answer


@dataclass(frozen=True, slots=True)
class Facts:
    """What the Python of an add-on says; versions, "" for what is not there.

    Parameters
    ----------
    python, numpy, numba, torch, routewright
        Versions.
    gpu
        Name of the graphics card that torch computes on; "" when there is none that it can use.
    trouble
        Why there is none, in torch's words.
    """

    python: str
    numpy: str
    numba: str
    torch: str
    routewright: str
    gpu: str = ""
    trouble: str = ""

    @classmethod
    def read(cls, written: object) -> Facts | None:
        """Return facts from what was read as JSON; None if it is something else."""
        names = cls.__slots__
        if not isinstance(written, Mapping) or set(written) != set(names):
            return None
        return cls(**{name: str(written[name]) for name in names})


@dataclass(frozen=True, slots=True)
class Addon:
    """An add-on, usable or not.

    Parameters
    ----------
    folder
        Where it is.
    facts
        What its Python says; None when it says nothing.
    complete
        Whether it was made to the end.
    """

    folder: Path
    facts: Facts | None
    complete: bool = True

    @property
    def python(self) -> Path:
        """Its Python."""
        return python_in(self.folder)

    @property
    def gpu(self) -> str:
        """Name of the graphics card that it can compute on, or ""."""
        return self.facts.gpu if self.facts else ""

    @property
    def state(self) -> AddonState:
        """Whether it can be used."""
        if not self.complete:
            return AddonState.UNFINISHED
        if self.facts is None or not (self.facts.numba and self.facts.numpy):
            return AddonState.BROKEN
        return AddonState.READY if self.facts.routewright == __version__ else AddonState.OUTDATED

    @property
    def ready(self) -> bool:
        """Whether it can be used."""
        return self.state is AddonState.READY


def find_addon(*, afresh: bool = False, stop: threading.Event | None = None) -> Addon | None:
    """Return the add-on of this computer's user; may take a minute.

    Parameters
    ----------
    afresh
        Whether its Python is asked although the answer is remembered: a driver may have come meanwhile.
    stop
        Once this is set, nobody wants to know any more.

    Returns
    -------
    Addon or None
        None where there is none.

    Raises
    ------
    StoppedError
        If it was stopped.
    """
    if not afresh and (remembered := remembered_addon()) is not None:
        return remembered
    folder = addon_folder()
    mark = read_mark(folder)
    if mark is None:
        return None
    if not mark.complete:
        return Addon(folder, None, complete=False)
    stamp = _stamp(folder)
    facts = ask(python_in(folder), stop=stop)
    if facts is not None:
        _remember(stamp, facts)
    return Addon(folder, facts)


def remembered_addon() -> Addon | None:
    """Return the add-on as it was when it was last asked; None when there is none, or it has changed since."""
    folder = addon_folder()
    mark = read_mark(folder)
    if mark is None or not mark.complete or not python_in(folder).exists():
        return None
    try:
        kept = json.loads(_memory().read_bytes())
        facts = Facts.read(kept["facts"])
        return Addon(folder, facts) if facts is not None and kept["stamp"] == _stamp(folder) else None
    except (OSError, ValueError, LookupError, TypeError):
        return None


def ask(python: Path, patience: float = PATIENCE, stop: threading.Event | None = None) -> Facts | None:
    """Ask a Python what it has; None if it does not answer.

    Parameters
    ----------
    python
        The interpreter.
    patience
        Seconds that it may take.
    stop
        Once this is set, nobody wants to know any more.

    Raises
    ------
    StoppedError
        If it was stopped.
    """
    lines: list[str] = []
    with suppress(StepError):  # what it could say before it failed counts
        run_step([str(python), ISOLATED, "-c", _QUESTION], lines.append, stop or threading.Event(), patience)
    return _last_facts(lines)


def _last_facts(lines: Sequence[str]) -> Facts | None:
    for line in reversed(lines):
        try:
            facts = Facts.read(json.loads(line))
        except ValueError:
            continue
        if facts is not None:
            return facts
    return None


def _stamp(folder: Path) -> list[Any]:
    """Return what is another once something was installed there."""
    packages = sorted([*folder.glob("lib/python*/site-packages"), *folder.glob("Lib/site-packages")])
    times = [path.stat().st_mtime_ns for path in (folder / "pyvenv.cfg", *packages) if path.exists()]
    return [str(folder), __version__, *times]


def _remember(stamp: list[Any], facts: Facts) -> None:
    path = _memory()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps({"stamp": stamp, "facts": asdict(facts)}) + "\n", encoding="utf-8")
    except OSError:
        return  # then it is asked again the next time


def _memory() -> Path:
    return platformdirs.user_cache_path("routewright", appauthor=False) / "addon.json"
