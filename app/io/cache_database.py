"""A database of what can be had again: whatever goes wrong with it is no harm."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from typing import TypeVar

Result = TypeVar("Result")


class CacheDatabase:
    """An SQLite file that is begun anew when it is damaged or of another version; where that fails nothing is kept.

    Parameters
    ----------
    path
        Of the file; its folder is made.
    schema
        Makes the tables where there are none yet. A file with other tables was left by an older program, or a newer.
    set_up
        Throws away what is too old in a database that was just opened.
    locked_for
        Seconds to wait for another window that writes.
    one_thread
        Whether all calls come from the thread that made it; if not, the threads have to take turns.
    """

    def __init__(
        self,
        path: Path,
        schema: str,
        set_up: Callable[[sqlite3.Connection], object],
        locked_for: float,
        *,
        one_thread: bool = True,
    ) -> None:
        self._path, self._schema, self._set_up = path, schema, set_up
        self._locked_for, self._one_thread = locked_for, one_thread
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
                if _is_of_another_version(self._connection, self._schema):
                    raise sqlite3.DatabaseError("of another version")
                self._connection.executescript(self._schema)
                self._set_up(self._connection)
                return
            except (sqlite3.Error, OSError) as error:
                self.close()
                if not _damaged(error):
                    return
                for suffix in ("", "-wal", "-shm"):
                    with suppress(OSError):
                        os.unlink(f"{self._path}{suffix}")


def _is_of_another_version(database: sqlite3.Connection, schema: str) -> bool:
    """Whether something in a database is not as the schema would make it; what is missing yet does not count."""
    with closing(sqlite3.connect(":memory:")) as model:
        model.executescript(schema)
        made = _parts(model)
    return any(made.get(name) != sql for name, sql in _parts(database).items())


def _parts(database: sqlite3.Connection) -> dict[str, str]:
    return dict(database.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall())


def _damaged(error: Exception) -> bool:
    """Whether the file is no database that can be used any more, and not only locked, or its disk full."""
    return isinstance(error, sqlite3.DatabaseError) and not isinstance(error, sqlite3.OperationalError)
