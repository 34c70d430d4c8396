"""An add-on that takes a moment to make: a virtual environment that borrows the packages of the tests' own Python."""

from __future__ import annotations

import sys
import sysconfig
import venv
from pathlib import Path

from app.addon.foreign_python import python_in

ROOT = Path(__file__).resolve().parents[3]


def make_small_addon(folder: Path, *paths: Path) -> Path:
    """Make a virtual environment and return its Python.

    Parameters
    ----------
    folder
        Where; not there yet.
    paths
        Folders with packages that go before those of the tests.
    """
    venv.create(folder, symlinks=sys.platform != "win32", with_pip=False)
    python = python_in(folder)
    kept = Path(sysconfig.get_path("purelib", vars={"base": str(folder), "platbase": str(folder)}))
    lines = [*map(str, paths), str(ROOT), sysconfig.get_path("purelib"), sysconfig.get_path("platlib")]
    (kept / "borrowed.pth").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return python
