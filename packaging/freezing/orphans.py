"""Leaves out the libraries of the system that were collected for something which is left out itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import PurePosixPath

Entry = tuple[str, str, str]
"""A file as PyInstaller lists it: where it goes, where it comes from, and its kind."""


def without_orphans(entries: Sequence[Entry], needs: Callable[[str], Iterable[str]]) -> list[Entry]:
    """Return the entries that are a package's own, and the libraries beside them that one of those needs.

    Parameters
    ----------
    entries
        Binaries. Those in no folder are libraries of the system, or links to a package's.
    needs
        Names of the libraries that a file needs, by its path.
    """
    named = {entry[0]: entry for entry in entries if _is_loose(entry[0])}
    kept = [entry for entry in entries if not _is_loose(entry[0])]
    found: set[str] = {name for name in named if name.startswith("libpython")}
    waiting = [*kept, *(named[name] for name in found)]
    while waiting:
        entry = waiting.pop()
        if entry[2] == "SYMLINK":
            continue
        for name in needs(entry[1]):
            if name in named and name not in found:
                found.add(name)
                waiting.append(named[name])
    return [entry for entry in entries if not _is_loose(entry[0]) or entry[0] in found]


def _is_loose(place: str) -> bool:
    path = PurePosixPath(place)
    return len(path.parts) == 1 and path.name.startswith("lib")
