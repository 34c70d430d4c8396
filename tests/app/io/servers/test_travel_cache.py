"""What servers have said, on disk."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from app.io.servers.travel_cache import LIVES, TravelCache
from app.model.travel_table import UNKNOWN, Asked
from solver.problem import UNREACHABLE

CAR = Asked("https://example.org/secret", "driving")
PLACES = np.array([(60.1, 24.9), (-60.2, 25.0), (60.3, -179.9999994)])


def square(first: int) -> np.ndarray:
    return np.arange(first, first + 9, dtype=np.int64).reshape(3, 3)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "travel.sqlite"


@pytest.fixture
def cache(path: Path) -> Iterator[TravelCache]:
    with closing(TravelCache(path)) as made:
        yield made


def test_what_was_put_is_there_after_a_new_start(path: Path) -> None:
    with closing(TravelCache(path)) as cache:
        distance = square(100)
        distance[0, 1] = UNREACHABLE
        cache.put(CAR, PLACES, PLACES, distance, square(200))
    with closing(TravelCache(path)) as cache:
        pairs = cache.get(CAR, PLACES[[2, 0, 1]])
        assert pairs.distance.tolist() == [[108, 106, 107], [102, 100, UNREACHABLE], [105, 103, 104]]
        assert pairs.duration[0].tolist() == [208, 206, 207]


def test_the_address_with_its_key_is_not_on_disk(cache: TravelCache, path: Path) -> None:
    cache.put(CAR, PLACES, PLACES, square(100), square(200))
    cache.close()
    for file in path.parent.iterdir():
        assert b"secret" not in file.read_bytes()


def test_pieces_are_put_together_and_the_newest_goes_before_the_older(cache: TravelCache) -> None:
    cache.put(CAR, PLACES[:1], PLACES[1:], np.array([[1, 2]]), np.array([[3, 4]]))
    cache.put(CAR, PLACES[:1], PLACES[:2], np.array([[0, 7]]), np.array([[0, 8]]))
    cache.put(CAR, PLACES[:1], PLACES[2:], np.array([[UNKNOWN]]), np.array([[UNKNOWN]]))
    pairs = cache.get(CAR, PLACES)
    assert pairs.distance.tolist() == [[0, 7, 2], [UNKNOWN] * 3, [UNKNOWN] * 3]


def test_others_were_told_nothing_and_what_is_forgotten_is_gone(cache: TravelCache) -> None:
    cache.put(CAR, PLACES, PLACES, square(100), square(200))
    other = Asked(CAR.address, "walking")
    assert not cache.get(other, PLACES).known.any()
    cache.forget(other)
    assert cache.get(CAR, PLACES).known.all()
    cache.forget(CAR)
    assert not cache.get(CAR, PLACES).known.any()


def test_what_is_too_old_does_not_hold_any_more(path: Path) -> None:
    now = 1e9
    with closing(TravelCache(path, clock=lambda: now)) as cache:
        cache.put(CAR, PLACES, PLACES, square(100), square(200))
        now += LIVES + 1
        assert not cache.get(CAR, PLACES).known.any()


def test_the_places_not_used_for_longest_make_room(path: Path) -> None:
    now = 0.0

    def clock() -> float:
        return 1e9 + now

    with closing(TravelCache(path, limit=16 * 9, clock=clock)) as cache:
        cache.put(CAR, PLACES, PLACES, square(100), square(200))
        now = 10.0
        cache.get(CAR, PLACES[:1])
        now = 20.0
        cache.put(CAR, np.array([(1.0, 1.0)]), PLACES[:1], np.array([[5]]), np.array([[6]]))
        known = cache.get(CAR, np.array([*PLACES, (1.0, 1.0)])).known
        assert known[0, :3].all()
        assert known[3, 0]
        assert not known[1].any()


@pytest.mark.parametrize("damage", [lambda path: path.write_bytes(b"no database" * 100), lambda path: path.mkdir()])
def test_a_damaged_file_is_no_harm(path: Path, damage: Callable[[Path], object]) -> None:
    path.parent.mkdir()
    damage(path)
    with closing(TravelCache(path)) as cache:
        cache.put(CAR, PLACES, PLACES, square(100), square(200))
        assert cache.get(CAR, PLACES).known.all() == path.is_file()


def test_a_damaged_row_counts_as_none(cache: TravelCache) -> None:
    cache.put(CAR, PLACES, PLACES, square(100), square(200))
    cache._database.tried(lambda database: database.execute("UPDATE ways SET data = X'0102' WHERE lon = 25000000"))
    known = cache.get(CAR, PLACES).known
    assert known.sum() == 6
    cache.put(CAR, PLACES, PLACES, square(100), square(200))
    assert cache.get(CAR, PLACES).known.all()


def test_a_whole_day_is_written_and_read(cache: TravelCache) -> None:
    rng = np.random.default_rng(1)
    places = np.column_stack([rng.uniform(60, 61, 200), rng.uniform(24, 25, 200)])
    cache.put(CAR, places, places, np.full((200, 200), 5), np.full((200, 200), 6))
    assert cache.get(CAR, places).known.all()
