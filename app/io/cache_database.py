"""A database of what can be had again: whatever goes wrong with it is no harm."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

Result = TypeVar("Result")


class CacheDatabase:
    """An SQLite file that is begun anew when it is damaged; where that fails nothing is kept.

    Parameters
    ----------
    path
        Of the file; its folder is made.
    set_up
        Makes the tables of a database that was just opened, and throws away what is too old.
    locked_for
        Seconds to wait for another window that writes.
    one_thread
        Whether all calls come from the thread that made it; if not, the threads have to take turns.
    """

    def __init__(
        self, path: Path, set_up: Callable[[sqlite3.Connection], object], locked_for: float, *, one_thread: bool = True
    ) -> None:
        self._path, self._set_up, self._locked_for, self._one_thread = path, set_up, locked_for, one_thread
        self._connection: sqlite3.Connection | None = None
        self._open()

    def tried(self, work: Callable[[sqlite3.Connection], Result]) -> Result | None:
        """Return what comes of some work; None where the disk or the database refuses."""
        if self._connection is None:
            return None
        try:
            return work(self._connection)
        except (sqlite3.Error, OSError) as error:
            if _damaged(error):
                self.close()
                self._open()
            return None

    def close(self) -> None:
        """Close the file."""
        if self._connection is not None:
            with suppress(sqlite3.Error):
                self._connection.close()
            self._connection = None

    def _open(self) -> None:
        for _ in range(2):
            try:
                self._path.parent.mkdir(parents=True, exist_ok=True)
                self._connection = sqlite3.connect(
                    self._path, timeout=self._locked_for, isolation_level=None, check_same_thread=self._one_thread
                )
                self._connection.execute("PRAGMA auto_vacuum = INCREMENTAL")  # it is settled by the first page
                self._connection.execute("PRAGMA journal_mode = WAL")
                # The last entries may be lost with the power, not the rest.
                self._connection.execute("PRAGMA synchronous = NORMAL")
                self._set_up(self._connection)
                return
            except (sqlite3.Error, OSError) as error:
                self.close()
                if not _damaged(error):
                    return
                for suffix in ("", "-wal", "-shm"):
                    with suppress(OSError):
                        os.unlink(f"{self._path}{suffix}")


def _damaged(error: Exception) -> bool:
    """Whether the file is no database any more, and not only locked, or its disk full."""
    return isinstance(error, sqlite3.DatabaseError) and not isinstance(error, sqlite3.OperationalError)
