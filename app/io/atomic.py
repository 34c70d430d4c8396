"""Files that are either as they were or complete, whatever happens while they are written."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from app.language import tr

_REASONS = {
    errno.ENOSPC: tr("the disk is full"),
    errno.EDQUOT: tr("the disk quota is used up"),
    errno.EACCES: tr("you may not write there"),
    errno.EPERM: tr("you may not write there"),
    errno.EROFS: tr("that disk is read-only"),
    errno.ENOENT: tr("that folder does not exist"),
    errno.ENOTDIR: tr("part of the path is a file, not a folder"),
    errno.EISDIR: tr("there is a folder of that name"),
    errno.ENAMETOOLONG: tr("the name is too long"),
    errno.EIO: tr("the disk reports an error"),
}


class WriteError(Exception):
    """A file that could not be written; its text is a plain sentence for the user. What was there before is kept."""


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn what the system says of a path into a `WriteError`."""
    try:
        yield
    except (OSError, ValueError) as error:  # ValueError: a NUL character in a path
        reason = _REASONS.get(getattr(error, "errno", None) or 0, tr("the system refused"))
        text = tr("{file} could not be written: {reason}.", file=path.name or path, reason=reason)
        raise WriteError(text) from error


def write_file(path: str | Path, data: bytes) -> None:
    """Write a file in one step: a reader, or a crash, finds the old content or the new one.

    Raises
    ------
    WriteError
        If it cannot be written; an older file of that name is kept.
    """
    write_through(path, lambda file: file.write(data))


def write_through(path: str | Path, write: Callable[[BinaryIO], object]) -> None:
    """Write a file as `write_file` does, by something that is given it open: its content need not be in memory.

    Raises
    ------
    WriteError
        If it cannot be written; an older file of that name is kept.
    """
    target = Path(path)
    with explained(target):
        # A link is followed, so that what it points to is replaced and not the link.
        target = Path(os.path.realpath(target))
        handle, name = tempfile.mkstemp(prefix=f".{target.name[:40]}.", suffix=".tmp", dir=target.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                write(file)
                file.flush()
                os.fsync(file.fileno())
            _keep_mode(target, name)
            os.replace(name, target)
        except BaseException:
            with suppress(OSError):
                os.unlink(name)
            raise
        sync_folder(target.parent)


def write_folder(path: str | Path, files: Mapping[str, bytes], ours: frozenset[str]) -> None:
    """Write a folder's files so that it never holds some old ones and some new ones.

    The files are written into a folder beside it, which then takes its name. Other files of an older folder of that
    name move over; its files named in ``ours`` are replaced or, when no longer wanted, dropped. A crash in the instant
    between the two renames leaves the older folder whole, beside the new one and under a name that ends in ``.old``.

    Raises
    ------
    WriteError
        If it cannot be written; the older folder is kept.
    """
    target = Path(path)
    with explained(target):
        target = Path(os.path.realpath(target))
        if target.exists() and not target.is_dir():
            raise NotADirectoryError(errno.ENOTDIR, "a file", str(target))
        target.parent.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(prefix=f".{target.name[:40]}.", suffix=".tmp", dir=target.parent))
        try:
            for name, data in files.items():
                with open(made / name, "wb") as file:
                    file.write(data)
                    file.flush()
                    os.fsync(file.fileno())
            os.chmod(made, target.stat().st_mode & 0o7777 if target.exists() else 0o777 & ~_umask())
            sync_folder(made)
            _take_place(made, target, ours)
        except BaseException:
            shutil.rmtree(made, ignore_errors=True)
            raise
        sync_folder(target.parent)


def _take_place(made: Path, target: Path, ours: frozenset[str]) -> None:
    if not target.exists():
        os.rename(made, target)
        return
    old = made.with_suffix(".old")
    os.rename(target, old)
    try:
        os.rename(made, target)
    except OSError:
        os.rename(old, target)
        raise
    for entry in list(old.iterdir()):
        if entry.name.casefold() not in ours:
            os.rename(entry, target / entry.name)
    shutil.rmtree(old, ignore_errors=True)


def _keep_mode(target: Path, name: str) -> None:
    # mkstemp makes files that only the owner may read; a shared document should stay shared.
    mode = target.stat().st_mode & 0o7777 if target.exists() else 0o666 & ~_umask()
    with suppress(OSError):
        os.chmod(name, mode)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable; some systems do not let one be opened, and there it is not needed."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
