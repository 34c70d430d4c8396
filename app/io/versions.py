"""Earlier versions of saved documents: copies that lie with the program's own data, a few of each document.

A document's versions lie in a folder named by a digest of its path; the name of a version says when it was saved.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import platformdirs

from app.io.atomic import WriteError, write_file
from app.io.document import SUFFIX

LATEST = 5
"""How many of the last versions are kept."""

DAYS = 7
"""On how many days the last version of the day is kept beside those, so that frequent saving does not push out all that
is older."""

LONGEST = timedelta(days=90)
"""After which a version goes whatever else holds."""

_INDEX = "document.json"
_TIME = "%Y%m%d-%H%M%S-%f"


@dataclass(frozen=True, slots=True)
class Version:
    """A copy of a document as it was saved once.

    Parameters
    ----------
    path
        Of the copy.
    saved
        When, in local time.
    size
        Bytes.
    for_good
        Whether it never goes, see `app.io.originals`.
    """

    path: Path
    saved: datetime
    size: int
    for_good: bool = False


def versions_folder() -> Path:
    """Return the folder of the versions of all of this user's documents."""
    return platformdirs.user_data_path("routewright", appauthor=False) / "versions"


def keep_version(document: Path, root: Path) -> bool:
    """Copy a document as it is on the disk, unless that has been done, and remove copies that are due to go.

    Call it before a document is written over, and after: then the newest version is what the file should hold.

    Returns
    -------
    bool
        False when it could not be copied.
    """
    copied = keep_copy(document, root)
    _prune(root, datetime.now())
    return copied


def keep_copy(document: Path, root: Path) -> bool:
    """Copy a document as it is on the disk, unless that was the last thing done; nothing is removed.

    Returns
    -------
    bool
        False when it could not be copied.
    """
    try:
        data = document.read_bytes()
        saved = datetime.fromtimestamp(document.stat().st_mtime)
    except FileNotFoundError:
        return True  # there is nothing to keep
    except (OSError, ValueError, OverflowError):
        return False
    folder = root / _digest(str(_whole(document)).encode())
    name = f"{saved.strftime(_TIME)}-{_digest(data)}{SUFFIX}"
    known = _in(folder)
    try:
        if not known or known[0].path.name.rpartition("-")[2] != f"{_digest(data)}{SUFFIX}":
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)  # the document may lie where nobody else looks
            write_file(folder / _INDEX, json.dumps({"path": str(_whole(document))}).encode())
            write_file(folder / name, data)
    except (WriteError, OSError):
        return False
    return True


def versions_of(document: Path, root: Path) -> list[Version]:
    """Return the versions of a document, the newest first."""
    return _in(root / _digest(str(_whole(document)).encode()))


def documents_with_versions(root: Path) -> list[Path]:
    """Return the documents that have versions, in the order of their names; the files may be gone."""
    found = []
    for folder in _folders(root):
        with suppress(OSError, ValueError, KeyError, TypeError):
            found.append(Path(json.loads((folder / _INDEX).read_bytes())["path"]))
    return sorted(found, key=lambda path: (path.name.casefold(), path))


def kept(versions: Iterable[Version], now: datetime) -> set[Version]:
    """Return which versions of a document are to be kept."""
    newest = sorted(versions, key=lambda one: one.saved, reverse=True)
    days: dict[object, Version] = {}
    for one in newest:
        days.setdefault(one.saved.date(), one)
    chosen = {*newest[:LATEST], *list(days.values())[:DAYS]}
    return {one for one in chosen if now - one.saved <= LONGEST}


def _prune(root: Path, now: datetime) -> None:
    for folder in _folders(root):
        versions = _in(folder)
        staying = kept(versions, now)
        for one in versions:
            if one not in staying:
                with suppress(OSError):
                    one.path.unlink()
        if not staying:
            shutil.rmtree(folder, ignore_errors=True)


def _in(folder: Path) -> list[Version]:
    found = []
    with suppress(OSError):
        for path in folder.glob(f"*{SUFFIX}"):
            with suppress(OSError, ValueError):
                saved = datetime.strptime(path.name.rpartition("-")[0], _TIME)
                found.append(Version(path, saved, path.stat().st_size))
    return sorted(found, key=lambda one: one.saved, reverse=True)


def _folders(root: Path) -> list[Path]:
    with suppress(OSError):
        return [one for one in root.iterdir() if one.is_dir()]
    return []


def _whole(document: Path) -> Path:
    try:
        return document.resolve()
    except (OSError, RuntimeError):
        return document.absolute()


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:16]
