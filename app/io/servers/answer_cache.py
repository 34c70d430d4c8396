"""Answers of servers as they came, on disk, so that nobody is asked twice for the same."""

from __future__ import annotations

import hashlib
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path

from app.io.cache_database import CacheDatabase

LIVES = 180 * 86_400.0
"""Seconds for which an answer is taken to hold: houses stay where they are."""
MOST = 20_000
"""Answers."""
LOCKED_FOR = 0.2
"""Seconds to wait for another window that writes."""

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
        self._database = CacheDatabase(path, _SCHEMA, self._set_up, LOCKED_FOR)

    def get(self, request: str) -> bytes | None:
        """Return the answer to a request; None where there is none, or it is too old."""
        asked = (_key(request), self._clock() - LIVES)
        found = self._database.tried(
            lambda database: database.execute(
                "SELECT body FROM answer WHERE request = ? AND made > ?", asked
            ).fetchone()
        )
        return found[0] if found is not None and isinstance(found[0], bytes) else None

    def put(self, request: str, body: bytes) -> None:
        """Keep an answer; of too many the oldest go."""
        self._database.tried(lambda database: self._put(database, request, body))

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    def _put(self, database: sqlite3.Connection, request: str, body: bytes) -> None:
        database.execute("INSERT OR REPLACE INTO answer VALUES (?, ?, ?)", (_key(request), self._clock(), body))
        database.execute(
            "DELETE FROM answer WHERE request IN (SELECT request FROM answer ORDER BY made DESC LIMIT -1 OFFSET ?)",
            (MOST,),
        )

    def _set_up(self, database: sqlite3.Connection) -> None:
        database.execute("DELETE FROM answer WHERE made <= ?", (self._clock() - LIVES,))


def _key(request: str) -> str:
    return hashlib.sha256(request.encode()).hexdigest()  # addresses of people, and keys, are not written down
