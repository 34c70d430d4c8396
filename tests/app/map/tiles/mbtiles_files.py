"""Writes MBTiles files."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import closing
from pathlib import Path

from app.map.tiles.grid import Tile


def write_mbtiles(path: Path, tiles: Iterable[tuple[Tile, bytes]], metadata: Mapping[str, str]) -> Path:
    """Write a file as the specification has it, rows from the south, and return its path."""
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("CREATE TABLE metadata (name TEXT, value TEXT)")
        database.execute(
            "CREATE TABLE tiles (zoom_level INTEGER, tile_column INTEGER, tile_row INTEGER, tile_data BLOB)"
        )
        database.execute("CREATE UNIQUE INDEX tile_index ON tiles (zoom_level, tile_column, tile_row)")
        database.executemany("INSERT INTO metadata VALUES (?, ?)", metadata.items())
        database.executemany(
            "INSERT INTO tiles VALUES (?, ?, ?, ?)",
            ((zoom, x, (1 << zoom) - 1 - y, data) for (zoom, x, y), data in tiles),
        )
    return path
