from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from app.map.tiles.cache import STALE_FOR, TileCache, Validators
from app.map.tiles.freshness import Lifetime
from app.map.tiles.grid import Tile

URL = "https://example.org/{z}/{x}/{y}?key=secret"
TILE = Tile(3, 4, 5)
HOUR = Lifetime(3600.0)
KNOWN = Validators('"v1"', "Mon, 01 Jan 2024 00:00:00 GMT")


class Clock:
    """Goes on a little with each look."""

    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def __call__(self) -> float:
        self.now += 0.001
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def opened(cache_file: Path, clock: Clock) -> Iterator[Callable[..., TileCache]]:
    """Return a function that opens the cache; all are closed in the end."""
    made: list[TileCache] = []

    def open_one(url: str = URL, limit: int = 1_000_000) -> TileCache:
        made.append(TileCache(cache_file, url, limit, clock))
        return made[-1]

    yield open_one
    for one in made:
        one.close()


def test_a_tile_is_there_after_a_new_start(opened: Callable[..., TileCache], clock: Clock) -> None:
    first = opened()
    first.put(TILE, b"data", KNOWN, HOUR)
    first.close()
    stored = opened().get(TILE)
    assert stored is not None
    assert (stored.data, stored.validators, stored.fresh) == (b"data", KNOWN, True)
    clock.now += 3601
    stored = opened().get(TILE)
    assert stored is not None
    assert not stored.fresh


def test_other_tiles_and_other_sources_are_others(opened: Callable[..., TileCache]) -> None:
    opened().put(TILE, b"data", KNOWN, HOUR)
    assert opened().get(Tile(3, 5, 4)) is None
    assert opened("https://example.org/{z}/{x}/{y}?key=other").get(TILE) is None


def test_what_may_not_be_kept_is_not(opened: Callable[..., TileCache]) -> None:
    cache = opened()
    cache.put(TILE, b"old", KNOWN, HOUR)
    cache.put(TILE, b"new", KNOWN, Lifetime(3600.0, kept=False))
    assert cache.get(TILE) is None
    assert cache.size == 0


def test_what_must_not_be_shown_stale_is_not(opened: Callable[..., TileCache], clock: Clock) -> None:
    cache = opened()
    cache.put(TILE, b"data", KNOWN, Lifetime(60.0, strict=True))
    assert cache.get(TILE) is not None
    clock.now += 61
    assert cache.get(TILE) is None


def test_a_tile_that_has_not_changed_is_fresh_again(opened: Callable[..., TileCache], clock: Clock) -> None:
    cache = opened()
    cache.put(TILE, b"data", KNOWN, HOUR)
    clock.now += 7200
    stored = cache.renew(TILE, HOUR)
    assert stored is not None
    assert stored.fresh
    assert cache.renew(Tile(0, 0, 0), HOUR) is None


def test_the_tiles_longest_not_used_go_first(opened: Callable[..., TileCache], clock: Clock) -> None:
    cache = opened(limit=1000)
    tiles = [Tile(9, x, 0) for x in range(11)]
    for tile in tiles[:10]:
        cache.put(tile, bytes(100), KNOWN, HOUR)
    clock.now += 2 * 3600
    assert cache.get(tiles[0]) is not None
    cache.put(tiles[10], bytes(100), KNOWN, HOUR)
    assert cache.size == 900
    assert [cache.get(tile) is not None for tile in tiles] == [True, False, False, *[True] * 8]


def test_a_smaller_limit_holds_from_the_start(opened: Callable[..., TileCache]) -> None:
    first = opened()
    for x in range(50):
        first.put(Tile(9, x, 0), bytes(100), KNOWN, HOUR)
    assert opened(limit=1000).size <= 1000


def test_what_goes_leaves_room_on_the_disk(opened: Callable[..., TileCache], cache_file: Path) -> None:
    first = opened()
    for x in range(50):
        first.put(Tile(9, x, 0), bytes(10_000), KNOWN, HOUR)
    first.close()
    assert cache_file.stat().st_size > 500_000
    opened(limit=50_000).close()
    assert cache_file.stat().st_size < 100_000


def test_what_is_long_out_of_date_goes(opened: Callable[..., TileCache], clock: Clock) -> None:
    opened().put(TILE, b"data", KNOWN, HOUR)
    clock.now += STALE_FOR + 7200
    assert opened().size == 0


def test_a_damaged_file_is_begun_anew(opened: Callable[..., TileCache], cache_file: Path) -> None:
    cache_file.parent.mkdir()
    cache_file.write_bytes(b"SQLite format 3\0" + b"nonsense" * 1000)
    cache = opened()
    cache.put(TILE, b"data", KNOWN, HOUR)
    assert cache.get(TILE) is not None


def test_a_file_damaged_while_it_is_open_is_begun_anew(opened: Callable[..., TileCache], cache_file: Path) -> None:
    cache = opened()
    for x in range(200):
        cache.put(Tile(9, x, 0), bytes(500), KNOWN, HOUR)
    with sqlite3.connect(cache_file) as other:
        other.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    other.close()
    size = cache_file.stat().st_size
    with open(cache_file, "r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * (size - 4096))
    other = sqlite3.connect(cache_file)  # a change by another one lets the cache look at the disk again
    other.execute("PRAGMA user_version = 7")
    other.close()
    for x in range(200):
        cache.get(Tile(9, x, 0))
    cache.put(TILE, b"data", KNOWN, HOUR)
    assert cache.get(TILE) is not None


@pytest.mark.parametrize("kind", ["folder", "file"])
def test_without_a_place_on_disk_nothing_is_kept(opened: Callable[..., TileCache], cache_file: Path, kind: str) -> None:
    if kind == "folder":
        cache_file.mkdir(parents=True)
    else:
        cache_file.parent.write_bytes(b"no folder")
    cache = opened()
    cache.put(TILE, b"data", KNOWN, HOUR)
    assert cache.get(TILE) is None


def test_two_windows_may_use_it(opened: Callable[..., TileCache]) -> None:
    one, other = opened(limit=1000), opened(limit=1000)
    for x in range(30):
        (one if x % 2 else other).put(Tile(9, x, 0), bytes(100), KNOWN, HOUR)
    assert opened(limit=10_000).size <= 2000


class CacheMachine(RuleBasedStateMachine):
    """A cache beside a dictionary."""

    def __init__(self) -> None:
        super().__init__()
        self.clock = Clock()
        self.cache = TileCache(Path(":memory:"), URL, 500, self.clock)
        self.known: dict[Tile, tuple[bytes, float, bool]] = {}

    tiles = st.builds(Tile, st.just(2), st.integers(0, 3), st.integers(0, 3))

    @rule(
        tile=tiles,
        data=st.binary(max_size=120),
        seconds=st.sampled_from([0.0, 10.0, 1000.0]),
        kept=st.booleans(),
        strict=st.booleans(),
    )
    def put(self, tile: Tile, data: bytes, seconds: float, kept: bool, strict: bool) -> None:
        self.cache.put(tile, data, Validators(), Lifetime(seconds, kept, strict))
        self.known[tile] = (data, self.clock.now + seconds, strict)
        if not kept:
            del self.known[tile]

    @rule(seconds=st.floats(0, 2000))
    def wait(self, seconds: float) -> None:
        self.clock.now += seconds

    @rule(tile=tiles)
    def get(self, tile: Tile) -> None:
        stored = self.cache.get(tile)
        if stored is None:
            return
        data, expires, strict = self.known[tile]
        assert stored.data == data
        assert stored.fresh == (self.clock.now < expires)
        assert stored.fresh or not strict

    @invariant()
    def is_within_its_limit(self) -> None:
        assert 0 <= self.cache.size <= 500

    def teardown(self) -> None:
        self.cache.close()


TestCacheMachine = CacheMachine.TestCase
TestCacheMachine.settings = settings(max_examples=30, stateful_step_count=40)
