"""The ordinary Pythons of a computer, of which one is to make the add-on."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from shutil import which

from app.addon.errors import AddonError
from app.addon.foreign_python import ISOLATED, foreign_environment, no_console
from app.language import tr

OLDEST, NEWEST = (3, 11), (3, 14)
"""Versions that the program's libraries are there for."""

_NAMES = ("python3.12", "python3.11", "python3.13", "python3.14", "python3", "python", "py")
"""Those first that the program was tested with; the last is what starts Pythons on Windows."""

_PATIENCE = 20.0
_QUESTION = (
    "import importlib.util as u, json, sys; "
    "print(json.dumps([*sys.version_info[:2], all(map(u.find_spec, ('venv', 'ensurepip')))]))"
)


def find_python(named: Path | None = None) -> Path:
    """Return a Python that the add-on can be made with.

    Parameters
    ----------
    named
        The one that the user wants; looked for where left out.

    Raises
    ------
    AddonError
        If there is none, or the one that was named cannot be used.
    """
    if named is not None:
        _refuse(named)
        return named
    own = [] if getattr(sys, "frozen", False) else [sys.executable]
    found = [Path(path) for path in (*own, *map(which, _NAMES)) if path]
    for python in found:
        try:
            _refuse(python)
        except AddonError:
            continue
        return python
    raise AddonError(
        tr("There is no Python {oldest} to {newest} with its venv module on this computer. Install one from python.org "
           "or with the package manager (on Debian and Ubuntu: python3 and python3-venv), or name one with --python.",
           oldest=_shown(OLDEST), newest=_shown(NEWEST))
    )  # fmt: skip


def _refuse(python: Path) -> None:
    """Say why a Python cannot be used.

    Raises
    ------
    AddonError
        If it cannot.
    """
    try:
        answer = subprocess.run(
            [str(python), ISOLATED, "-c", _QUESTION],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_PATIENCE,
            env=foreign_environment(),
            creationflags=no_console(),
            check=False,
        )
        major, minor, complete = json.loads(answer.stdout)
    except (OSError, ValueError, TypeError, subprocess.TimeoutExpired) as error:
        raise AddonError(tr("{python} is no Python that can be run.", python=python)) from error
    if not OLDEST <= (major, minor) <= NEWEST:
        raise AddonError(
            tr("{python} is Python {version}; expected {oldest} to {newest}.",
               python=python, version=_shown((major, minor)), oldest=_shown(OLDEST), newest=_shown(NEWEST))
        )  # fmt: skip
    if not complete:
        raise AddonError(
            tr("{python} cannot make environments: it lacks venv or ensurepip. On Debian and Ubuntu install {package}.",
               python=python, package=f"python{_shown((major, minor))}-venv")
        )  # fmt: skip


def _shown(version: tuple[int, int]) -> str:
    return ".".join(map(str, version))
