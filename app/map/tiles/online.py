"""Tiles from a server, by way of the disk."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from app.map.tiles.answers import SENTENCES, Answer, Fault, fault_of
from app.map.tiles.backoff import Backoff
from app.map.tiles.cache import Stored, TileCache, Validators
from app.map.tiles.fetcher import Fetcher, Limits
from app.map.tiles.freshness import lifetime, retry_after
from app.map.tiles.grid import Tile
from app.map.tiles.images import Picture, decoded
from app.map.tiles.provider import TileProvider
from app.map.tiles.sources import OnlineSource, SourceInfo
from app.map.tiles.worker import Worker

AT_ONCE = 4
"""Requests under way; one alone tries whether a server that failed works again."""
ABSENT_BEFORE_DOUBT = 12
"""So many tiles that a server does not have, and none that it has, mean that the address is wrong."""
SOURCE_PAUSE = (2.0, 300.0)
"""Seconds until a server that failed is asked again, at first and at most."""
TILE_PAUSE = (10.0, 900.0)
"""Seconds until a tile that failed is asked for again: later than others, so that one bad tile stops none."""
REMEMBERED = 2000
"""Tiles whose failures are remembered."""


class OnlineProvider(TileProvider):
    """Looks on the disk first, then asks the server for what is not there or not fresh.

    Make one only when the user has agreed that the server is asked.

    Parameters
    ----------
    source
        The server.
    agent
        By what name the program introduces itself.
    cache
        Path of the database on disk.
    cache_bytes
        Of tiles on disk at most.
    limits
        What the server is given.
    pauses
        Seconds between attempts, first and most: of the server, and of one tile.
    """

    _found = Signal(object, object, object)  # tile, picture or None, validators, or None where it is fresh
    _judged = Signal(object, object)  # tile, picture or None

    def __init__(
        self,
        source: OnlineSource,
        agent: str,
        cache: Path,
        cache_bytes: int,
        *,
        limits: Limits | None = None,
        pauses: tuple[tuple[float, float], tuple[float, float]] = (SOURCE_PAUSE, TILE_PAUSE),
        clock: Callable[[], float] = time.monotonic,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._source, self._clock = source, clock
        self.info = SourceInfo(source.host, source.attribution, source.zooms)
        self._open_cache = partial(TileCache, cache, source.url, cache_bytes)
        self._cache: TileCache | None = None  # of the thread
        self._missing: tuple[Tile, ...] = ()
        self._to_fetch: dict[Tile, Validators] = {}  # the disk has been asked about them
        self._judging: set[Tile] = set()
        self._health = Backoff(*pauses[0])
        self._tile_pause = pauses[1]
        self._tiles: dict[Tile, Backoff] = {}
        self._absent, self._delivered, self._closed = 0, False, False
        self._fetcher = Fetcher(agent, limits, self)
        self._fetcher.answered.connect(self._on_answer)
        self._found.connect(self._on_found)
        self._judged.connect(self._on_judged)
        self._retry = QTimer(self, singleShot=True)
        self._retry.timeout.connect(self._ask)
        self._worker = Worker("map-tiles", self._close_cache)

    def want(self, missing: Sequence[Tile], visible: frozenset[Tile]) -> None:
        self._missing = tuple(missing)
        keep = visible.union(missing)
        self._to_fetch = {tile: known for tile, known in self._to_fetch.items() if tile in keep}
        self._fetcher.keep_only(keep)
        known = self._to_fetch.keys() | self._fetcher.under_way | self._judging
        self._worker.look_up(partial(self._look_up, tile) for tile in missing if tile not in known)
        self._ask()

    def retry(self) -> None:
        self._health.until = 0.0
        self._tiles.clear()
        self._ask()

    def close(self) -> None:
        self._closed = True
        self._retry.stop()
        self._fetcher.close()
        self._worker.close()

    def ended(self, wait: float = 0.0) -> bool:
        return self._worker.ended(wait)

    # In the thread

    def _disk(self) -> TileCache:
        if self._cache is None:
            self._cache = self._open_cache()
        return self._cache

    def _close_cache(self) -> None:
        if self._cache is not None:
            self._cache.close()

    def _look_up(self, tile: Tile) -> None:
        stored = self._disk().get(tile)
        picture = None if stored is None else decoded(stored.data, self.dark)
        if stored is None or picture is None:
            self._found.emit(tile, None, Validators())
        else:
            self._found.emit(tile, picture, None if stored.fresh else stored.validators)

    def _judge(self, tile: Tile, answer: Answer) -> None:
        """Decode and keep what a server has sent, or what it says is still the newest."""
        lives = lifetime(answer.headers, time.time())
        stored: Stored | None = None
        if answer.status == 304:
            stored = self._disk().renew(tile, lives)
        picture = decoded(answer.body if stored is None else stored.data, self.dark)
        if picture is not None and stored is None:
            known = Validators(answer.headers.get("etag", ""), answer.headers.get("last-modified", ""))
            self._disk().put(tile, answer.body, known, lives)
        self._judged.emit(tile, picture)

    # In the window's thread

    def _on_found(self, tile: Tile, picture: Picture | None, known: Validators | None) -> None:
        if self._closed:
            return
        if picture is not None:
            self.arrived.emit(tile, picture)
        if known is None:
            return
        self._to_fetch[tile] = known
        if picture is None and self._health.failing:
            self.failed.emit(tile)  # a coarser one may be on the disk
        self._ask()

    def _ask(self) -> None:
        """Send what may be sent now; when something has to wait, come back."""
        if self._closed:
            return
        self._retry.stop()
        now = self._clock()
        waits = self._health.until
        if now >= waits:
            most = 1 if self._health.failing else AT_ONCE
            for tile in self._next(now):
                if len(self._fetcher.under_way) >= most:
                    return
                self._fetcher.fetch(tile, self._source.address(tile), self._to_fetch.pop(tile))
            waits = min((self._tiles[tile].until for tile in self._to_fetch if tile in self._tiles), default=now)
        if self._to_fetch and waits > now:
            self._retry.start(int(1000 * (waits - now)) + 1)

    def _next(self, now: float) -> Iterator[Tile]:
        """Yield what may be asked for: the tiles that the map misses most, then those of which it has an old one."""
        for tile in [*(tile for tile in self._missing if tile in self._to_fetch), *self._to_fetch]:
            paused = self._tiles.get(tile)
            if tile in self._to_fetch and (paused is None or now >= paused.until):
                yield tile

    def _on_answer(self, tile: Tile, answer: Answer) -> None:
        fault = fault_of(answer)
        if fault is None:
            self._judging.add(tile)
            self._worker.submit(partial(self._judge, tile, answer))
        elif fault is Fault.ABSENT:
            self._on_absent(tile)
        else:
            self._on_fault(tile, fault, retry_after(answer.headers, time.time()))
        self._ask()

    def _on_judged(self, tile: Tile, picture: Picture | None) -> None:
        if self._closed:
            return
        self._judging.discard(tile)
        if picture is None:
            self._on_fault(tile, Fault.NO_TILE)
        else:
            self._tiles.pop(tile, None)
            self._delivered = True
            self._works()
            self.arrived.emit(tile, picture)
        self._ask()

    def _on_absent(self, tile: Tile) -> None:
        self._absent += 1
        if self._delivered or self._absent < ABSENT_BEFORE_DOUBT:
            self._works()
        else:
            self._health.failed(self._clock())
            self.trouble.emit(SENTENCES[Fault.ABSENT].format(host=self._source.host))
        self.absent.emit(tile)

    def _on_fault(self, tile: Tile, fault: Fault, at_least: float = 0.0) -> None:
        now = self._clock()
        self._health.failed(now, at_least)
        if tile not in self._tiles and len(self._tiles) >= REMEMBERED:
            self._tiles.clear()
        self._tiles.setdefault(tile, Backoff(*self._tile_pause)).failed(now)
        self._to_fetch[tile] = Validators()
        self.trouble.emit(SENTENCES[fault].format(host=self._source.host))
        self.failed.emit(tile)

    def _works(self) -> None:
        if self._health.failing:
            self._health.succeeded()
            self.trouble.emit("")
