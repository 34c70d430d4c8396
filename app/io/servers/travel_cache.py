"""What servers have said of travel, on disk, so that nobody is asked twice for the same.

A row holds all ways from one place: few rows are read for a whole table, and few are written for a new place.
"""

from __future__ import annotations

import hashlib
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from app.io.cache_database import CacheDatabase
from app.model.travel_table import UNKNOWN, Asked, Pairs

MOST_BYTES = 100 << 20
"""Of ways on disk: those of six million pairs."""
ROOM_LEFT = 0.9
"""Share of it that is left when the places longest not used have gone: not every new one shall make room."""
LIVES = 90 * 86_400.0
"""Seconds for which what a server has said is taken to hold: streets change."""
LOCKED_FOR = 2.0
"""Seconds to wait for another window that writes."""

_Ways = NDArray[np.int32]  # shape (ways, 4): where to, metres, seconds

_SCHEMA = """
CREATE TABLE IF NOT EXISTS ways (
    asked TEXT NOT NULL, lat INTEGER NOT NULL, lon INTEGER NOT NULL,
    made REAL NOT NULL, used REAL NOT NULL, size INTEGER NOT NULL, data BLOB NOT NULL,
    PRIMARY KEY (asked, lat, lon)
);
CREATE INDEX IF NOT EXISTS ways_by_use ON ways (used, size);
"""
_THIS = "asked = ? AND lat = ? AND lon = ?"


class TravelCache:
    """A database of ways. All calls, `close` too, have to come from one thread at a time.

    What goes wrong with the disk is no harm: a damaged file is begun anew, and where that fails nothing is kept.

    Parameters
    ----------
    path
        Of the database; its folder is made.
    limit
        Bytes of ways at most, of all servers together.
    clock
        Seconds since the epoch.
    """

    def __init__(self, path: Path, limit: int = MOST_BYTES, clock: Callable[[], float] = time.time) -> None:
        self._limit, self._clock = limit, clock
        self._database = CacheDatabase(path, _SCHEMA, self._set_up, LOCKED_FOR, one_thread=False)

    def get(self, asked: Asked, places: NDArray[np.float64]) -> Pairs:
        """Return what is kept of the ways between some places, shape ``(places, 2)`` in degrees."""
        units = _units(places)
        found = Pairs(np.full((len(units),) * 2, UNKNOWN, dtype=np.int64), np.full((len(units),) * 2, UNKNOWN))
        self._database.tried(lambda database: self._get(database, _key(asked), units, found))
        return found

    def put(
        self,
        asked: Asked,
        starts: NDArray[np.float64],
        ends: NDArray[np.float64],
        distance: NDArray[np.int64],
        duration: NDArray[np.int64],
    ) -> None:
        """Keep the ways from some places to others, shape ``(starts, 2)`` and ``(ends, 2)``; see `TravelTable.put`."""
        from_units, to_units = _units(starts), _units(ends)
        self._database.tried(
            lambda database: self._put(database, _key(asked), from_units, to_units, distance, duration)
        )

    def forget(self, asked: Asked) -> None:
        """Forget all that a server has said of a profile."""
        self._database.tried(lambda database: database.execute("DELETE FROM ways WHERE asked = ?", (_key(asked),)))

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    def _get(self, database: sqlite3.Connection, key: str, units: NDArray[np.int64], found: Pairs) -> None:
        now = self._clock()
        place = {(lat, lon): index for index, (lat, lon) in enumerate(units.tolist())}
        for lat, lon in place:
            ways, _ = self._ways(database, key, lat, lon, now)
            at = [place.get((to[0], to[1]), -1) for to in ways[:, :2].tolist()]
            known = np.array(at, dtype=np.int64) >= 0
            columns, row = np.array(at, dtype=np.int64)[known], place[lat, lon]
            found.distance[row, columns], found.duration[row, columns] = ways[known, 2], ways[known, 3]
        database.execute("BEGIN")
        database.executemany(f"UPDATE ways SET used = ? WHERE {_THIS}", ((now, key, lat, lon) for lat, lon in place))
        database.execute("COMMIT")

    def _put(
        self,
        database: sqlite3.Connection,
        key: str,
        starts: NDArray[np.int64],
        ends: NDArray[np.int64],
        distance: NDArray[np.int64],
        duration: NDArray[np.int64],
    ) -> None:
        now = self._clock()
        database.execute("BEGIN IMMEDIATE")
        try:
            for row, (lat, lon) in enumerate(starts.tolist()):
                said = np.column_stack([ends, distance[row], duration[row]])[duration[row] != UNKNOWN].astype(np.int32)
                kept, made = self._ways(database, key, lat, lon, now)
                ways = _newest(np.concatenate([said, kept]))
                values = (key, lat, lon, made, now, ways.nbytes, ways.astype("<i4").tobytes())
                database.execute("INSERT OR REPLACE INTO ways VALUES (?, ?, ?, ?, ?, ?, ?)", values)
            self._make_room(database)
        finally:
            database.execute("COMMIT")

    def _ways(self, database: sqlite3.Connection, key: str, lat: int, lon: int, now: float) -> tuple[_Ways, float]:
        """Return what is kept of one place, and since when its oldest part is there."""
        row = database.execute(
            f"SELECT data, made FROM ways WHERE {_THIS} AND made > ?", (key, lat, lon, now - LIVES)
        ).fetchone()
        if row is None or not isinstance(row[0], bytes) or len(row[0]) % 16:
            return np.empty((0, 4), dtype=np.int32), now
        return np.frombuffer(row[0], dtype="<i4").reshape(-1, 4), row[1]

    def _make_room(self, database: sqlite3.Connection) -> None:
        """Drop the places that were not used for longest while there is too much."""
        size = int(database.execute("SELECT coalesce(sum(size), 0) FROM ways").fetchone()[0])
        if size <= self._limit:
            return
        excess, gone = size - ROOM_LEFT * self._limit, []
        for row, one in database.execute("SELECT rowid, size FROM ways ORDER BY used, rowid"):
            if excess <= 0:
                break
            gone.append((row,))
            excess -= one
        database.executemany("DELETE FROM ways WHERE rowid = ?", gone)

    def _set_up(self, database: sqlite3.Connection) -> None:
        database.execute("DELETE FROM ways WHERE made <= ?", (self._clock() - LIVES,))


def _newest(ways: _Ways) -> _Ways:
    """Return each way once: the first of those to the same place."""
    _, first = np.unique(ways[:, :2], axis=0, return_index=True)
    return ways[np.sort(first)]


def _units(places: NDArray[np.float64]) -> NDArray[np.int64]:
    return np.rint(np.asarray(places, dtype=np.float64).reshape(-1, 2) * 1e6).astype(np.int64)


def _key(asked: Asked) -> str:
    return hashlib.sha256(f"{asked.address}\n{asked.profile}".encode()).hexdigest()  # an address may hold a key


def _damaged(error: Exception) -> bool:
    """Whether the file is no database any more, and not only locked, or its disk full."""
    return isinstance(error, sqlite3.DatabaseError) and not isinstance(error, sqlite3.OperationalError)
