"""Documents as they were before they were first written in a newer format: copies for good.

A document is written in the oldest format that says all of it, so its format rises when something is said that only a
newer Routewright knows. Whoever still works with an older one can open the file no more from then on, except for this
copy. They lie beside the earlier versions and not among them, since no program, an older one neither, is to clear them
away; of each document there is one for each format at most, the first.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import platformdirs

from app.io.manifest import saved_format
from app.io.versions import Version, documents_with_versions, keep_copy, versions_of


@dataclass(frozen=True, slots=True)
class Outgrown:
    """A document is about to outgrow the format of its file.

    Parameters
    ----------
    format
        Of the file.
    kept
        Whether there is a copy of it.
    """

    format: int
    kept: bool


def originals_folder() -> Path:
    """Return the folder of the originals of all of this user's documents."""
    return platformdirs.user_data_path("routewright", appauthor=False) / "originals"


def keep_original(document: Path, root: Path, written: int) -> Outgrown | None:
    """Copy a document before it is written over in a newer format.

    Parameters
    ----------
    document
        On the disk, or not yet.
    root
        Folder of all originals.
    written
        The format in which it will be written.

    Returns
    -------
    Outgrown or None
        None when its format does not rise, or has risen above this one before.
    """
    format = saved_format(document)
    if format is None or format >= written or format in _formats(document, root):
        return None
    return Outgrown(format, keep_copy(document, root))


def all_versions_of(document: Path, versions: Path, originals: Path) -> list[Version]:
    """Return the earlier versions of a document and what is kept of it for good, the newest first.

    Parameters
    ----------
    document
        Whose.
    versions, originals
        Folders of those of all documents.
    """
    for_good = {one.path.name: replace(one, for_good=True) for one in versions_of(document, originals)}
    passing = [one for one in versions_of(document, versions) if one.path.name not in for_good]  # alike in name: alike
    return sorted((*for_good.values(), *passing), key=lambda one: one.saved, reverse=True)


def documents_with_any(versions: Path, originals: Path) -> list[Path]:
    """Return the documents of which something is kept, in the order of their names; the files may be gone."""
    found = {*documents_with_versions(versions), *documents_with_versions(originals)}
    return sorted(found, key=lambda path: (path.name.casefold(), path))


def _formats(document: Path, root: Path) -> set[int | None]:
    return {saved_format(one.path) for one in versions_of(document, root)}
