"""Tiles on disk, so that no server is asked twice: as long as they may be kept, and no more than so many bytes."""

from __future__ import annotations

import hashlib
import sqlite3
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from app.io.cache_database import CacheDatabase
from app.map.tiles.freshness import Lifetime
from app.map.tiles.grid import Tile

ROOM_LEFT = 0.9
"""Share of the limit that is left when the tiles longest not used have gone: not every new tile shall make room."""
USED_EVERY = 3600.0
"""Seconds; a tile used again within them is not noted again."""
LOCKED_FOR = 1.0
"""Seconds to wait for another window that writes."""
STALE_FOR = 60 * 86_400.0
"""Seconds for which what has expired may still be shown while the server is asked, or cannot be reached."""

_THIS = "source = ? AND zoom = ? AND x = ? AND y = ?"
_SCHEMA = """
CREATE TABLE IF NOT EXISTS tile (
    source TEXT NOT NULL, zoom INTEGER NOT NULL, x INTEGER NOT NULL, y INTEGER NOT NULL,
    etag TEXT NOT NULL, modified TEXT NOT NULL, expires REAL NOT NULL, strict INTEGER NOT NULL,
    used REAL NOT NULL, size INTEGER NOT NULL, data BLOB NOT NULL,
    PRIMARY KEY (source, zoom, x, y)
);
CREATE INDEX IF NOT EXISTS by_use ON tile (used, size);
"""


@dataclass(frozen=True, slots=True)
class Validators:
    """By what a server knows which version of a tile is here.

    Parameters
    ----------
    etag, modified
        As it sent them; "" where it sent none.
    """

    etag: str = ""
    modified: str = ""


@dataclass(frozen=True, slots=True)
class Stored:
    """A tile from disk.

    Parameters
    ----------
    data
        Its bytes.
    validators
        To ask whether it is still the newest.
    fresh
        Whether it need not be asked for.
    """

    data: bytes
    validators: Validators
    fresh: bool


class TileCache:
    """A database of tiles. All calls, `close` too, have to come from one thread.

    What goes wrong with the disk is no harm: a damaged file is begun anew, and where that fails nothing is kept.

    Parameters
    ----------
    path
        Of the database; its folder is made.
    url
        Address of the source, with its placeholders; another address has tiles of its own.
    limit
        Bytes of tiles at most, of all sources together.
    clock
        Seconds since the epoch.
    """

    def __init__(self, path: Path, url: str, limit: int, clock: Callable[[], float] = time.time) -> None:
        self._limit, self._clock = limit, clock
        self._source = hashlib.sha256(url.encode()).hexdigest()  # an address may hold a key
        self._size = 0
        self._database = CacheDatabase(path, _SCHEMA, self._set_up, LOCKED_FOR)

    @property
    def size(self) -> int:
        """Bytes of all tiles."""
        return self._size

    def get(self, tile: Tile) -> Stored | None:
        """Return a tile that may be shown, fresh or not; None where there is none."""
        return self._database.tried(lambda database: self._get(database, tile))

    def put(self, tile: Tile, data: bytes, validators: Validators, lifetime: Lifetime) -> None:
        """Keep a tile as its server allows; one that may not be kept replaces an older one by nothing."""
        self._database.tried(lambda database: self._put(database, tile, data, validators, lifetime))

    def renew(self, tile: Tile, lifetime: Lifetime) -> Stored | None:
        """Keep a tile for longer, since its server says that it has not changed, and return it."""
        expires = self._clock() + lifetime.seconds
        self._database.tried(lambda database: self._set(database, tile, "expires", expires))
        return self.get(tile)

    def close(self) -> None:
        """Close the file."""
        self._database.close()

    def _get(self, database: sqlite3.Connection, tile: Tile) -> Stored | None:
        row = database.execute(
            f"SELECT etag, modified, expires, strict, used, data FROM tile WHERE {_THIS}", (self._source, *tile)
        ).fetchone()
        if row is None:
            return None
        etag, modified, expires, strict, used, data = row
        now = self._clock()
        if now - used > USED_EVERY:
            self._set(database, tile, "used", now)
        fresh = now < expires
        return Stored(data, Validators(etag, modified), fresh) if fresh or not strict else None

    def _put(
        self, database: sqlite3.Connection, tile: Tile, data: bytes, validators: Validators, lifetime: Lifetime
    ) -> None:
        self._drop(database, _THIS, self._source, *tile)
        if not lifetime.kept or (lifetime.strict and not lifetime.seconds):  # what never may be shown is no use
            return
        now = self._clock()
        known = (self._source, *tile, validators.etag, validators.modified)
        database.execute(
            "INSERT INTO tile VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (*known, now + lifetime.seconds, lifetime.strict, now, len(data), data),
        )
        self._size += len(data)
        self._make_room(database)

    def _make_room(self, database: sqlite3.Connection) -> None:
        """Drop the tiles that were not used for longest while there are too many."""
        if self._size <= self._limit:
            return
        self._size = _sum(database)  # another window may have added or dropped some
        excess, latest = self._size - ROOM_LEFT * self._limit, None
        for used, size in database.execute("SELECT used, size FROM tile ORDER BY used"):
            if excess <= 0:
                break
            latest, excess = used, excess - size
        if latest is not None:
            self._drop(database, "used <= ?", latest)
            # The disk has the room back as well; `execute` would take one step of it and give back one page.
            database.executescript("PRAGMA incremental_vacuum")

    def _drop(self, database: sqlite3.Connection, condition: str, *values: object) -> None:
        gone = database.execute(f"DELETE FROM tile WHERE {condition} RETURNING size", values).fetchall()
        self._size -= sum(size for (size,) in gone)

    def _set(self, database: sqlite3.Connection, tile: Tile, column: str, value: float) -> None:
        database.execute(f"UPDATE tile SET {column} = ? WHERE {_THIS}", (value, self._source, *tile))

    def _set_up(self, database: sqlite3.Connection) -> None:
        self._size = _sum(database)
        self._drop(database, "expires < ?", self._clock() - STALE_FOR)
        self._make_room(database)


def _sum(database: sqlite3.Connection) -> int:
    return int(database.execute("SELECT coalesce(sum(size), 0) FROM tile").fetchone()[0])
