"""Whether a file is still the one that was read or written: by its size and the time of its last change."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

Fingerprint = tuple[int, int]
"""Bytes, and nanoseconds since the epoch."""


@dataclass(frozen=True, slots=True)
class Place:
    """The user's own file of a document.

    Parameters
    ----------
    path
        Where it lies.
    fingerprint
        Of the file when the document was the same as in there; None when it never was.
    """

    path: Path
    fingerprint: Fingerprint | None = None

    @property
    def unchanged(self) -> bool:
        """Whether the file is still the one that the fingerprint is of."""
        return self.fingerprint is not None and fingerprint(self.path) == self.fingerprint


def fingerprint(path: Path) -> Fingerprint | None:
    """Return the fingerprint of a file; None when there is none."""
    try:
        found = path.stat()
    except (OSError, ValueError):  # ValueError: a NUL character in a path
        return None
    return found.st_size, found.st_mtime_ns
