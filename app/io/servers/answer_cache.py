"""Answers of servers as they came, on disk, so that nobody is asked twice for the same."""

from __future__ import annotations

import hashlib
import sqlite3
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

LIVES = 180 * 86_400.0
"""Seconds for which an answer is taken to hold: houses stay where they are."""
MOST = 20_000
"""Answers."""

_SCHEMA = "CREATE TABLE IF NOT EXISTS answer (request TEXT PRIMARY KEY, made REAL NOT NULL, body BLOB NOT NULL)"


class AnswerCache:
    """A database of answers. What goes wrong with the disk is no harm: then nothing is kept.

    Parameters
    ----------
    path
        Of the database; its folder is made.
    clock
        Seconds since the epoch.
    """

    def __init__(self, path: Path, clock: Callable[[], float] = time.time) -> None:
        self._clock = clock
        self._database: sqlite3.Connection | None = None
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._database = _opened(path, self._clock())
        except sqlite3.OperationalError:
            return  # it is locked, or there is no room
        except sqlite3.DatabaseError:  # what is there is no database
            with suppress(OSError, sqlite3.Error):
                path.unlink()
                self._database = _opened(path, self._clock())
        except OSError:
            return

    def get(self, request: str) -> bytes | None:
        """Return the answer to a request; None where there is none, or it is too old."""
        if self._database is None:
            return None
        with suppress(sqlite3.Error):
            found = self._database.execute(
                "SELECT body FROM answer WHERE request = ? AND made > ?", (_key(request), self._clock() - LIVES)
            ).fetchone()
            return found[0] if found is not None and isinstance(found[0], bytes) else None
        return None

    def put(self, request: str, body: bytes) -> None:
        """Keep an answer; of too many the oldest go."""
        if self._database is None:
            return
        with suppress(sqlite3.Error):
            self._database.execute(
                "INSERT OR REPLACE INTO answer VALUES (?, ?, ?)", (_key(request), self._clock(), body)
            )
            self._database.execute(
                "DELETE FROM answer WHERE request IN (SELECT request FROM answer ORDER BY made DESC LIMIT -1 OFFSET ?)",
                (MOST,),
            )

    def close(self) -> None:
        """Close the file."""
        if self._database is not None:
            with suppress(sqlite3.Error):
                self._database.close()
            self._database = None


def _opened(path: Path, now: float) -> sqlite3.Connection:
    database = sqlite3.connect(path, timeout=0.2, isolation_level=None)
    try:
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA synchronous = NORMAL")
        database.execute(_SCHEMA)
        database.execute("DELETE FROM answer WHERE made <= ?", (now - LIVES,))
    except sqlite3.Error:
        database.close()
        raise
    return database


def _key(request: str) -> str:
    return hashlib.sha256(request.encode()).hexdigest()  # addresses of people, and keys, are not written down
