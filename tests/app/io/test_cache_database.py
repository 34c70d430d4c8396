"""A cache that another version of the program has left is begun anew; one of this version is gone on with."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from app.io.cache_database import CacheDatabase
from app.io.servers.answer_cache import AnswerCache
from app.io.servers.travel_cache import TravelCache
from app.map.tiles.cache import TileCache, Validators
from app.map.tiles.freshness import Lifetime
from app.map.tiles.grid import Tile
from app.model.travel_table import Asked

SCHEMA = """
CREATE TABLE IF NOT EXISTS thing (name TEXT PRIMARY KEY, size INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS by_size ON thing (size);
"""

Open = Callable[..., CacheDatabase]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "things.sqlite"


@pytest.fixture
def opened(path: Path) -> Iterator[Open]:
    made: list[CacheDatabase] = []

    def open_(schema: str = SCHEMA) -> CacheDatabase:
        made.append(CacheDatabase(path, schema, lambda _: None, 0.1))
        return made[-1]

    yield open_
    for one in made:
        one.close()


def put(database: CacheDatabase, name: str) -> None:
    assert database.tried(lambda found: found.execute("INSERT INTO thing (name, size) VALUES (?, 1)", (name,)))


def names(database: CacheDatabase) -> list[str] | None:
    return database.tried(lambda found: [name for (name,) in found.execute("SELECT name FROM thing")])


def test_what_was_kept_is_there_again(opened: Open) -> None:
    put(opened(), "one")
    assert names(opened()) == ["one"]


@pytest.mark.parametrize(
    "other",
    [
        SCHEMA.replace("size INTEGER NOT NULL", "size INTEGER NOT NULL, made REAL"),  # a column more, or less
        SCHEMA.replace("ON thing (size)", "ON thing (size, name)"),
    ],
)
def test_a_file_of_another_version_is_begun_anew_whichever_is_newer(opened: Open, other: str) -> None:
    for here, there in ((SCHEMA, other), (other, SCHEMA)):
        first = opened(here)
        put(first, "one")
        first.close()
        second = opened(there)
        assert names(second) == []
        put(second, "two")
        assert names(second) == ["two"]
        second.close()


def test_tables_that_are_missing_only_are_added(opened: Open) -> None:
    more = SCHEMA + "CREATE TABLE IF NOT EXISTS other (name TEXT);"
    first = opened()
    put(first, "one")
    first.close()
    second = opened(more)
    assert names(second) == ["one"]
    assert second.tried(lambda found: found.execute("SELECT * FROM other").fetchall()) == []
    second.close()
    assert names(opened()) == []  # who knows nothing of a table cannot know what it means for the others


def test_a_file_that_was_hardly_begun_is_gone_on_with(opened: Open, path: Path) -> None:
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as other:
        other.executescript(SCHEMA.split(";")[0] + "; INSERT INTO thing VALUES ('one', 1)")
        other.commit()
    assert names(opened()) == ["one"]


def test_every_cache_goes_on_after_an_update_that_changed_its_tables(tmp_path: Path) -> None:
    """Of each kind there is a file as another version would have left it, and the cache keeps things all the same."""
    for name, table in {"tiles": "tile", "travel": "ways", "answers": "answer"}.items():
        with closing(sqlite3.connect(tmp_path / f"{name}.sqlite")) as other:
            other.execute(f"CREATE TABLE {table} (key TEXT PRIMARY KEY, value BLOB)")
            other.commit()
    tile, asked = Tile(3, 1, 2), Asked("https://roads.example.org", "driving")
    tiles = TileCache(tmp_path / "tiles.sqlite", "https://tiles.example.org", 1 << 20)
    travel, answers = TravelCache(tmp_path / "travel.sqlite"), AnswerCache(tmp_path / "answers.sqlite")
    try:
        tiles.put(tile, b"png", Validators(), Lifetime(3600.0))
        assert tiles.get(tile) is not None
        answers.put("where", b"here")
        assert answers.get("where") == b"here"
        places, way = np.array([[60.1, 24.9], [60.2, 24.9]]), np.array([[0, 70], [80, 0]])
        travel.put(asked, places, places, way, way)
        assert travel.get(asked, places).distance.tolist() == way.tolist()
    finally:
        for cache in (tiles, travel, answers):
            cache.close()
