"""How another Python is started by this program, which may be a frozen one with libraries of its own.

A frozen program points the system's loader at the libraries that it brought along. To another Python these are the
wrong ones, and so is whatever this process has told its own Qt and its own numba.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

ISOLATED = "-I"
"""Keeps Python from looking into the folder it is started in, into the user's packages, and at its variables."""

_LOADER = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "LIBPATH")
_ORIGINAL = "_ORIG"
"""What PyInstaller adds to the name of a loader's variable to keep its former value."""

_OWN = ("PYTHON", "NUMBA_", "QT_", "_PYI_", "_MEI", "VIRTUAL_ENV", "__PYVENV_LAUNCHER__")
"""How variables begin that are about this process and no other."""


def foreign_environment(own: Mapping[str, str] = os.environ) -> dict[str, str]:
    """Return the environment for another Python: this process's, without what is meant for this process only.

    Parameters
    ----------
    own
        The environment of this process.
    """
    theirs = {name: value for name, value in own.items() if not name.upper().startswith(_OWN)}
    for name in _LOADER:
        before = theirs.pop(name + _ORIGINAL, None)
        if before:
            theirs[name] = before
        elif before is not None or getattr(sys, "frozen", False):
            theirs.pop(name, None)
    return theirs


def python_in(folder: Path) -> Path:
    """Return where a virtual environment has its Python."""
    return folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")


def no_console() -> int:
    """Return the flags by which Windows opens no black window for a program that has no window itself."""
    if sys.platform == "win32":
        return subprocess.CREATE_NO_WINDOW
    return 0
