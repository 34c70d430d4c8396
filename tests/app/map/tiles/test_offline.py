from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtTest import QSignalSpy
from pytestqt.qtbot import QtBot

from app.map.tiles.grid import Tile
from app.map.tiles.offline import MbtilesProvider
from app.map.tiles.sources import MbtilesSource
from tests.app.map.tiles.mbtiles_files import write_mbtiles
from tests.app.map.tiles.tile_server import picture

HERE, THERE, NOWHERE = Tile(5, 18, 9), Tile(5, 19, 9), Tile(5, 20, 9)
NONE: frozenset[Tile] = frozenset()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    tiles = [(HERE, picture()), (THERE, b"garbage")]
    return write_mbtiles(
        tmp_path / "map.mbtiles", tiles, {"name": "Map", "format": "png", "minzoom": "0", "maxzoom": "5"}
    )


@pytest.fixture
def make(qtbot: QtBot) -> Iterator[Callable[[Path], MbtilesProvider]]:
    made: list[MbtilesProvider] = []

    def make_one(path: Path) -> MbtilesProvider:
        made.append(MbtilesProvider(MbtilesSource(path)))
        return made[-1]

    yield make_one
    for one in made:
        one.close()
        assert one.ended(5.0)


def test_tiles_arrive_and_what_is_none_is_absent(
    make: Callable[[Path], MbtilesProvider], path: Path, qtbot: QtBot
) -> None:
    provider = make(path)
    with qtbot.waitSignal(provider.ready):
        pass
    assert provider.info is not None
    assert provider.info.attribution == "Map"
    arrived, absent = QSignalSpy(provider.arrived), QSignalSpy(provider.absent)
    provider.want((HERE, THERE, NOWHERE), NONE)
    qtbot.waitUntil(lambda: arrived.count() == 1 and absent.count() == 2)
    assert arrived.at(0)[0] == HERE
    assert [absent.at(number)[0] for number in range(2)] == [THERE, NOWHERE]


@pytest.mark.parametrize("how", ["missing", "damaged"])
def test_a_file_that_cannot_be_used_is_told(
    make: Callable[[Path], MbtilesProvider], tmp_path: Path, qtbot: QtBot, how: str
) -> None:
    path = tmp_path / "usb stick.mbtiles"
    if how == "damaged":
        path.write_bytes(b"no database" * 100)
    provider = make(path)
    with qtbot.waitSignal(provider.trouble) as told:
        pass
    assert told.args[0].startswith(path.name)
    assert provider.info is None
    provider.want((HERE,), NONE)
    provider.close()


def test_a_file_that_goes_bad_is_told_once(make: Callable[[Path], MbtilesProvider], path: Path, qtbot: QtBot) -> None:
    provider = make(path)
    with qtbot.waitSignal(provider.ready):
        pass
    path.write_bytes(b"\xff" * path.stat().st_size)
    told = QSignalSpy(provider.trouble)
    provider.want((HERE, THERE), NONE)
    qtbot.waitUntil(lambda: told.count() == 1)
    provider.want((HERE, THERE), NONE)
    qtbot.wait(50)
    assert told.count() == 1


def test_a_file_that_comes_back_is_read_when_the_user_says_so(
    make: Callable[[Path], MbtilesProvider], path: Path, qtbot: QtBot
) -> None:
    away = path.rename(path.with_suffix(".away"))
    provider = make(path)
    with qtbot.waitSignal(provider.trouble):
        pass
    away.rename(path)
    told, arrived = QSignalSpy(provider.trouble), QSignalSpy(provider.arrived)
    with qtbot.waitSignal(provider.ready):
        provider.retry()
    assert told.at(0)[0] == ""
    provider.want((HERE,), NONE)
    qtbot.waitUntil(lambda: arrived.count() == 1)


def test_nothing_is_said_after_the_end(make: Callable[[Path], MbtilesProvider], path: Path, qtbot: QtBot) -> None:
    provider = make(path)
    spies = [QSignalSpy(signal) for signal in (provider.ready, provider.arrived, provider.absent, provider.trouble)]
    provider.want((HERE,), NONE)
    provider.close()
    qtbot.wait(30)
    assert [spy.count() for spy in spies] == [0, 0, 0, 0]
