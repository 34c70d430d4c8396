"""Which files of an application are code, and in which order they are signed."""

from __future__ import annotations

from pathlib import Path

_MAGIC = {b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe"}
"""How a library or program of one processor begins, and one of several."""


def code_in(application: Path) -> list[Path]:
    """Return the files of an application that have to be signed, what lies deepest first.

    A signature covers what is within, so the inner ones come before the outer ones and the program itself is the last;
    it is not in the list, since signing the application signs it.

    Parameters
    ----------
    application
        Folder whose name ends in ``.app``.
    """
    program = application / "Contents" / "MacOS" / "routewright"
    found = [
        path
        for path in sorted(application.rglob("*"))
        if path.is_file() and not path.is_symlink() and path != program and is_code(path)
    ]
    return sorted(found, key=lambda path: -len(path.parts))


def is_code(path: Path) -> bool:
    """Return whether a file is a library or a program of macOS."""
    with path.open("rb") as file:
        return file.read(4) in _MAGIC
