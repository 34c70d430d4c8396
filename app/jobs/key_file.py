"""A key that only this user may read, in a file of its own: it is in no document, journal, log or export."""

from __future__ import annotations

import os
from pathlib import Path

LONGEST = 4096
"""Bytes of a key."""


def read_key(path: Path) -> str:
    """Return the key in a file; "" where there is none."""
    try:
        with path.open("rb") as file:
            return file.read(LONGEST).decode("ascii", "ignore").strip()
    except OSError:
        return ""


def write_key(path: Path, key: str) -> None:
    """Keep a key; "" takes the file away.

    Raises
    ------
    OSError
        If it cannot be written.
    """
    if not key:
        path.unlink(missing_ok=True)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)  # an older file may be open to others
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(key.encode("ascii", "ignore"))
