from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.map.tiles import mbtiles
from app.map.tiles.grid import Tile
from app.map.tiles.mbtiles import Mbtiles, MbtilesError
from tests.app.map.tiles.mbtiles_files import write_mbtiles

SAID = {"name": "Helsinki", "format": "png", "minzoom": "3", "maxzoom": "14"}
TILES = [(Tile(3, 4, 2), b"north"), (Tile(3, 4, 5), b"south"), (Tile(5, 18, 9), b"deep")]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "a map #1 100%?.mbtiles"


def info_of(path: Path) -> mbtiles.SourceInfo:
    with closing(Mbtiles(path)) as file:
        return file.info


def test_rows_are_counted_from_the_south(path: Path) -> None:
    with closing(Mbtiles(write_mbtiles(path, TILES, SAID))) as file:
        assert [file.tile(tile) for tile, _ in TILES] == [b"north", b"south", b"deep"]
        assert file.tile(Tile(3, 4, 3)) is None
    with closing(sqlite3.connect(path)) as database:
        rows = database.execute("SELECT tile_row FROM tiles WHERE tile_data = ?", (b"north",)).fetchall()
    assert rows == [(5,)]


def test_what_it_says_of_itself(path: Path) -> None:
    said = SAID | {"attribution": '&copy; <a href="https://x">Makers</a>\n<b>of</b> maps', "bounds": "24,60,25.5,60.5"}
    info = info_of(write_mbtiles(path, TILES, said))
    assert info == mbtiles.SourceInfo("Helsinki", "© Makers of maps", (3, 14), (24.0, 60.0, 25.5, 60.5))


def test_what_it_does_not_say_is_looked_up(path: Path) -> None:
    info = info_of(write_mbtiles(path, TILES, {"bounds": "nonsense", "minzoom": "-1"}))
    assert (info.name, info.attribution, info.zooms, info.bounds) == (path.stem, path.stem, (3, 5), None)


@pytest.mark.parametrize(
    "said",
    [
        SAID | {"format": "pbf"},
        SAID | {"format": "exe"},
        SAID | {"minzoom": "9", "maxzoom": "3"},
    ],
)
def test_files_that_cannot_be_drawn_are_refused(path: Path, said: dict[str, str]) -> None:
    with pytest.raises(MbtilesError):
        Mbtiles(write_mbtiles(path, TILES, said))


def test_a_file_without_tiles_is_refused(path: Path) -> None:
    with pytest.raises(MbtilesError, match="no tiles"):
        Mbtiles(write_mbtiles(path, [], {}))


def test_what_is_no_file_is_refused_and_not_made(path: Path, tmp_path: Path) -> None:
    for one in (path, tmp_path):
        with pytest.raises(MbtilesError):
            Mbtiles(one)
    assert not path.exists()


def test_files_of_another_kind_are_refused(path: Path) -> None:
    for content in (b"", b"not a database at all" * 100, b"SQLite format 3\0" + bytes(5000)):
        path.write_bytes(content)
        with pytest.raises(MbtilesError):
            Mbtiles(path)
    path.unlink()
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("CREATE TABLE other (x)")
    with pytest.raises(MbtilesError):
        Mbtiles(path)


def test_the_file_is_not_changed(path: Path) -> None:
    write_mbtiles(path, TILES, SAID)
    before = path.read_bytes()
    path.chmod(0o444)
    with closing(Mbtiles(path)) as file:
        file.tile(TILES[0][0])
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]


def test_values_of_the_wrong_kind_are_no_tiles(path: Path) -> None:
    write_mbtiles(path, TILES, SAID)
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("UPDATE tiles SET tile_data = 'text'")
        database.execute("INSERT INTO metadata VALUES (NULL, 7)")
    with closing(Mbtiles(path)) as file:
        assert file.tile(TILES[0][0]) is None


def test_a_file_made_to_take_for_ever_is_given_up(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mbtiles, "PATIENCE", 0.2)
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("CREATE TABLE metadata (name TEXT, value TEXT)")
        database.executemany("INSERT INTO metadata VALUES (?, ?)", SAID.items())
        database.execute(
            "CREATE VIEW tiles AS WITH RECURSIVE endless(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM endless)"
            " SELECT 3 AS zoom_level, 4 AS tile_column, -n AS tile_row, n AS tile_data FROM endless"
        )
    start = time.monotonic()
    with closing(Mbtiles(path)) as file, pytest.raises(MbtilesError, match="too long"):
        file.tile(TILES[0][0])
    assert time.monotonic() - start < 5


def test_a_tile_that_is_too_large_is_not_read(path: Path) -> None:
    write_mbtiles(path, [(Tile(3, 4, 2), bytes(5 << 20))], SAID)
    with closing(Mbtiles(path)) as file, pytest.raises(MbtilesError):
        file.tile(Tile(3, 4, 2))


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(at=st.integers(0, 20_000), patch=st.binary(min_size=1, max_size=64))
def test_a_damaged_file_is_refused_or_read(path: Path, at: int, patch: bytes) -> None:
    path.unlink(missing_ok=True)
    write_mbtiles(path, [(Tile(6, x, 9), bytes(200)) for x in range(60)], SAID)
    content = bytearray(path.read_bytes())
    at %= len(content)
    content[at : at + len(patch)] = patch
    path.write_bytes(content)
    try:
        with closing(Mbtiles(path)) as file:
            for x in range(60):
                file.tile(Tile(6, x, 9))
    except MbtilesError:
        pass
