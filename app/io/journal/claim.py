"""Which process a journal belongs to: a lock that ends with the process, however it ends."""

from __future__ import annotations

import json
import os
import shutil
import socket
import sys
from contextlib import suppress
from pathlib import Path

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl


class Claim:
    """The right to write into a folder, or to remove it; make one with `claimed`.

    The lock is one of the system on a file beside the folder, so that it cannot outlive its process. The file also says
    which process it is, for people and for the disks on which the system can lock nothing.
    """

    def __init__(self, folder: Path, handle: int):
        self.folder = folder
        self._handle = handle

    def release(self) -> None:
        """Let others have the folder; calling it twice does no harm."""
        if self._handle >= 0:
            with suppress(OSError):
                os.ftruncate(self._handle, 0)
            os.close(self._handle)
            self._handle = -1

    def remove(self) -> None:
        """Remove the folder for good, as far as the system lets us, and its lock with it."""
        if self._handle < 0:
            return
        shutil.rmtree(self.folder, ignore_errors=True)
        if not self.folder.exists() and sys.platform != "win32":
            with suppress(OSError):
                lock_file(self.folder).unlink()  # while it is held, so that it is nobody else's
        self.release()
        if sys.platform == "win32" and not self.folder.exists():
            with suppress(OSError):
                lock_file(self.folder).unlink()  # an open file cannot be removed there


def claimed(folder: Path) -> Claim | None:
    """Take a journal's folder for this process and this window.

    Returns
    -------
    Claim or None
        None while another one has it.

    Raises
    ------
    OSError
        If there can be no lock file beside the folder.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    while True:
        handle = os.open(lock_file(folder), os.O_RDWR | os.O_CREAT, 0o600)
        try:
            free = _lock(handle)
        except OSError:  # this disk has no locks
            free = not _is_alive(_owner(handle))
        if not free:
            os.close(handle)
            return None
        if _is_still(handle, lock_file(folder)):
            _sign(handle)
            return Claim(folder, handle)
        os.close(handle)  # its last owner has removed the file since it was opened


def lock_file(folder: Path) -> Path:
    """Return the path of the lock of a folder."""
    return folder.with_name(f"{folder.name}.lock")


def _lock(handle: int) -> bool:
    """Whether the system's lock could be had.

    Raises
    ------
    OSError
        If the disk knows no locks.
    """
    if sys.platform == "win32":
        os.lseek(handle, 1 << 20, os.SEEK_SET)  # behind what is written, which others may then still read
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except PermissionError:
            return False
        finally:
            os.lseek(handle, 0, os.SEEK_SET)
        return True
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _is_still(handle: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(handle), os.stat(path))
    except OSError:
        return False


def _sign(handle: int) -> None:
    text = json.dumps({"pid": os.getpid(), "host": socket.gethostname()}).encode()
    with suppress(OSError):
        os.ftruncate(handle, 0)
        os.write(handle, text)


def _owner(handle: int) -> tuple[int, str] | None:
    """Return process and machine that a lock file names; None for one that was released or never signed."""
    try:
        owner = json.loads(os.read(handle, 4096))
        return int(owner["pid"]), str(owner["host"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _is_alive(owner: tuple[int, str] | None) -> bool:
    if owner is None:
        return False
    pid, host = owner
    if host != socket.gethostname():
        return True  # nobody here can tell; to offer too little is better than to take what another window writes
    if pid <= 0:
        return False
    if sys.platform == "win32":
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
