"""A source on this machine that is slow, wrong, rude and dead; what the provider makes of it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from app.map.tiles.fetcher import Limits
from app.map.tiles.grid import Tile
from app.map.tiles.images import MOST_BYTES, Picture
from app.map.tiles.online import ABSENT_BEFORE_DOUBT, AT_ONCE, OnlineProvider
from app.map.tiles.sources import OnlineSource
from tests.app.map.tiles.tile_server import MAKERS, Act, Request, TileServer, picture

AGENT = "Routewright/test"
ROW = [Tile(9, x, 100) for x in range(40)]
NONE: frozenset[Tile] = frozenset()
QUICK = ((0.05, 0.2), (0.1, 0.4))
"""Pauses, seconds."""
LONG = ((60.0, 60.0), (60.0, 60.0))


class Watched:
    """A provider with all that it signals."""

    def __init__(self, provider: OnlineProvider) -> None:
        self.provider = provider
        self.arrived: dict[Tile, Picture] = {}
        self.absent: list[Tile] = []
        self.failed: list[Tile] = []
        self.troubles: list[str] = []
        self.arrivals = 0
        provider.arrived.connect(self._on_arrived)
        provider.absent.connect(self.absent.append)
        provider.failed.connect(self.failed.append)
        provider.trouble.connect(self.troubles.append)

    def _on_arrived(self, tile: Tile, picture: Picture) -> None:
        self.arrived[tile] = picture
        self.arrivals += 1

    def end(self) -> None:
        self.provider.close()
        assert self.provider.ended(5.0)

    def want(self, *tiles: Tile, visible: frozenset[Tile] = NONE) -> None:
        self.provider.want(tiles, visible)


Make = Callable[..., Watched]


@pytest.fixture
def make(server: TileServer, cache_file: Path) -> Iterator[Make]:
    """Return a function that makes a provider for the server."""
    made: list[OnlineProvider] = []

    def make_one(url: str = "", limits: Limits | None = None, pauses: object = QUICK, megabytes: int = 10) -> Watched:
        source = OnlineSource(url or server.url, MAKERS)
        made.append(
            OnlineProvider(source, AGENT, cache_file, megabytes << 20, limits=limits, pauses=pauses)  # type: ignore[arg-type]
        )
        return Watched(made[-1])

    yield make_one
    server.over.set()
    for one in made:
        one.close()
        assert one.ended(5.0)


def test_tiles_arrive_in_the_order_wanted_and_few_at_a_time(make: Make, server: TileServer, qtbot: QtBot) -> None:
    def act(request: Request) -> None:
        server.over.wait(0.01)
        server.well(request)

    server.act = act
    watched = make()
    watched.want(*ROW)
    qtbot.waitUntil(lambda: len(watched.arrived) == len(ROW))
    assert set(server.asked) == set(ROW)
    assert len(server.asked) == len(ROW)
    assert set(server.asked[:AT_ONCE]) == set(ROW[:AT_ONCE])
    assert server.most_at_once <= AT_ONCE
    assert watched.troubles == []
    assert watched.arrived[ROW[0]].image.width() == 256


def test_the_program_names_itself_and_sends_no_more_than_it_must(make: Make, server: TileServer, qtbot: QtBot) -> None:
    server.act = lambda request: request.answer(body=server.tile, Set_Cookie="who=you")
    watched = make()
    watched.want(*ROW[:1])
    qtbot.waitUntil(lambda: len(watched.arrived) == 1)
    watched.want(*ROW[1:2])
    qtbot.waitUntil(lambda: len(watched.arrived) == 2)
    for request in server.requests:
        assert request.headers["User-Agent"] == AGENT
        said = {name.lower() for name in request.headers}
        assert said == {"host", "user-agent", "accept", "accept-encoding", "accept-language", "connection"}
        assert request.headers["Accept-Language"] == "*"


def test_what_is_fresh_on_disk_is_not_asked_for_again(make: Make, server: TileServer, qtbot: QtBot) -> None:
    first = make()
    first.want(*ROW)
    qtbot.waitUntil(lambda: len(first.arrived) == len(ROW))
    first.end()
    second = make()
    second.want(*ROW)
    qtbot.waitUntil(lambda: len(second.arrived) == len(ROW))
    assert len(server.asked) == len(ROW)


def test_what_is_old_is_shown_and_asked_for_by_its_version(make: Make, server: TileServer, qtbot: QtBot) -> None:
    stale = {"Cache_Control": "max-age=0", "ETag": '"v1"', "Last_Modified": "Mon, 01 Jan 2024 00:00:00 GMT"}
    server.act = lambda request: request.answer(body=server.tile, **stale)
    first = make()
    first.want(ROW[0])
    qtbot.waitUntil(lambda: len(first.arrived) == 1)
    first.end()
    server.act = lambda request: request.answer(304, Cache_Control="max-age=600")
    second = make()
    second.want(ROW[0], visible=frozenset(ROW[:1]))
    qtbot.waitUntil(lambda: ROW[0] in second.arrived)
    second.want(visible=frozenset(ROW[:1]))  # the map has the old one, and still looks there
    qtbot.waitUntil(lambda: len(server.requests) == 2)
    assert server.requests[1].headers["If-None-Match"] == '"v1"'
    assert server.requests[1].headers["If-Modified-Since"] == "Mon, 01 Jan 2024 00:00:00 GMT"
    qtbot.waitUntil(lambda: second.arrivals == 2)
    second.end()
    third = make()
    third.want(ROW[0])
    qtbot.waitUntil(lambda: ROW[0] in third.arrived)
    assert len(server.requests) == 2
    assert second.troubles == []


def test_what_must_not_be_kept_is_asked_for_each_time(make: Make, server: TileServer, qtbot: QtBot) -> None:
    server.act = lambda request: request.answer(body=server.tile, Cache_Control="no-store")
    for turn in (1, 2):
        watched = make()
        watched.want(ROW[0])
        qtbot.waitUntil(lambda seen=watched: len(seen.arrived) == 1)  # type: ignore[misc]
        watched.end()
        assert len(server.asked) == turn


def html(request: Request) -> None:
    request.answer(body=b"<html>Sign in to the network</html>", kind="text/html; charset=utf-8")


def half(request: Request) -> None:
    request.send_response(200)
    request.send_header("Content-Type", "image/png")
    request.send_header("Content-Length", "5000")
    request.end_headers()
    request.wfile.write(picture()[:40])
    request.wfile.flush()
    request.hang_up(rudely=False)


def endless(request: Request) -> None:
    request.send_response(200)
    request.send_header("Content-Type", "image/png")
    request.send_header("Connection", "close")
    request.end_headers()
    while not request.server.owner.over.is_set():
        request.wfile.write(bytes(1 << 16))


def dripping(request: Request) -> None:
    request.send_response(200)
    request.send_header("Content-Type", "image/png")
    request.send_header("Content-Length", "100000")
    request.end_headers()
    while not request.server.owner.over.wait(0.05):
        request.wfile.write(b"x")
        request.wfile.flush()


WRONGS: dict[str, Act] = {
    "500": lambda request: request.answer(500, b"oops", "text/plain"),
    "503": lambda request: request.answer(503),
    "403": lambda request: request.answer(403),
    "401": lambda request: request.answer(401, WWW_Authenticate='Basic realm="x"'),
    "429": lambda request: request.answer(429),
    "empty": lambda request: request.answer(200),
    "garbage": lambda request: request.answer(body=b"garbage" * 100),
    "half a tile": lambda request: request.answer(body=picture()[:200]),
    "a page": html,
    "a page that says it is a tile": lambda request: request.answer(body=b"<html></html>"),
    "a tile that says it is a page": lambda request: request.answer(body=picture(), kind="text/html"),
    "svg": lambda request: request.answer(body=b"<svg/>", kind="image/svg+xml"),
    "not changed, though not asked": lambda request: request.answer(304),
    "told to be huge": lambda request: request.answer(body=bytes(MOST_BYTES + 1)),
    "endless": endless,
    "dripping": dripping,
    "silent": lambda request: request.server.owner.over.wait() and None,
    "hangs up": lambda request: request.hang_up(rudely=False),
    "hangs up rudely": lambda request: request.hang_up(rudely=True),
    "hangs up halfway": half,
    "elsewhere": lambda request: request.answer(302, Location="http://localhost:1/1/2/3.png"),
    "round and round": lambda request: request.answer(302, Location=request.path),
    "not http": lambda request: request.wfile.write(b"\x00\x01nonsense\r\n\r\n"),
}


@pytest.mark.qt_log_level_fail("CRITICAL")  # Qt says on its own what is wrong with an image
@pytest.mark.parametrize("wrong", WRONGS.values(), ids=WRONGS)
def test_whatever_is_wrong_is_told_and_got_over(make: Make, server: TileServer, qtbot: QtBot, wrong: Act) -> None:
    server.act = wrong
    watched = make(limits=Limits(silence=300, total=400), pauses=QUICK)
    longest = Heart(qtbot)
    watched.want(*ROW[:6])
    qtbot.waitUntil(lambda: len(watched.troubles) >= 2, timeout=10_000)
    assert all(watched.troubles)
    assert watched.failed
    assert not watched.arrived
    server.act = server.well
    qtbot.waitUntil(lambda: len(watched.arrived) == 6, timeout=10_000)
    assert watched.troubles[-1] == ""
    assert longest.stop() < 0.5  # a busy machine may take its time; a request that is waited for takes longer


class Heart:
    """Measures the longest that the window's thread was away."""

    def __init__(self, qtbot: QtBot) -> None:
        self._timer = QTimer(interval=2)
        self._last, self._longest = time.monotonic(), 0.0
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def _beat(self) -> None:
        now = time.monotonic()
        self._longest, self._last = max(self._longest, now - self._last), now

    def stop(self) -> float:
        """Return it, seconds."""
        self._timer.stop()
        return self._longest


def test_a_server_that_is_not_there_is_told(make: Make, server: TileServer, qtbot: QtBot) -> None:
    watched = make("http://127.0.0.1:1/{z}/{x}/{y}.png?key=secret")
    watched.want(*ROW[:3])
    qtbot.waitUntil(lambda: bool(watched.troubles))
    assert "127.0.0.1" in watched.troubles[0]
    assert "secret" not in watched.troubles[0]


def test_a_failing_server_is_asked_ever_more_seldom_and_by_one_request(
    make: Make, server: TileServer, qtbot: QtBot
) -> None:
    server.act = WRONGS["500"]
    watched = make(pauses=((0.1, 60.0), (0.0, 0.0)))
    watched.want(*ROW)
    qtbot.wait(1000)
    # four at once, then one each after 0.1, 0.2, 0.4 and 0.8 seconds
    assert AT_ONCE <= len(server.asked) <= AT_ONCE + 4


def test_a_server_may_say_when_to_come_back(make: Make, server: TileServer, qtbot: QtBot) -> None:
    server.act = lambda request: request.answer(429, Retry_After="3")
    watched = make(pauses=((0.01, 0.01), (0.01, 0.01)))
    watched.want(*ROW)
    qtbot.waitUntil(lambda: bool(watched.troubles))
    qtbot.wait(500)
    assert len(server.asked) <= AT_ONCE


def test_the_user_need_not_wait(make: Make, server: TileServer, qtbot: QtBot) -> None:
    server.act = WRONGS["500"]
    watched = make(pauses=LONG)
    watched.want(*ROW[:6])
    qtbot.waitUntil(lambda: len(watched.failed) == AT_ONCE, timeout=20_000)
    server.act = server.well
    watched.provider.retry()
    qtbot.waitUntil(lambda: len(watched.arrived) == 6, timeout=20_000)
    assert watched.troubles[-1] == ""


def test_one_bad_tile_stops_no_other(make: Make, server: TileServer, qtbot: QtBot) -> None:
    def act(request: Request) -> None:
        (WRONGS["500"] if request.tile == ROW[0] else server.well)(request)

    server.act = act
    watched = make(pauses=((0.02, 1.0), (60.0, 60.0)))
    watched.want(*ROW)
    qtbot.waitUntil(lambda: len(watched.arrived) == len(ROW) - 1)
    assert server.asked.count(ROW[0]) == 1
    assert watched.troubles[-1] == ""


def test_tiles_that_the_server_does_not_have_are_no_trouble(make: Make, server: TileServer, qtbot: QtBot) -> None:
    def act(request: Request) -> None:
        server.well(request) if request.tile.x % 2 else request.answer(404)

    server.act = act
    watched = make()
    watched.want(*ROW)
    qtbot.waitUntil(lambda: len(watched.arrived) + len(watched.absent) == len(ROW))
    assert set(watched.absent) == set(ROW[::2])
    assert watched.troubles == []
    assert len(server.asked) == len(ROW)


def test_a_server_that_has_none_at_all_is_told_and_left_alone(make: Make, server: TileServer, qtbot: QtBot) -> None:
    server.act = lambda request: request.answer(404)
    watched = make(pauses=LONG)
    watched.want(*ROW)
    qtbot.waitUntil(lambda: bool(watched.troubles))
    qtbot.wait(100)
    assert ABSENT_BEFORE_DOUBT <= len(server.asked) < ABSENT_BEFORE_DOUBT + AT_ONCE


def test_what_is_no_longer_wanted_is_not_waited_for(make: Make, server: TileServer, qtbot: QtBot) -> None:
    server.act = lambda request: (
        server.well(request) if request.tile.y == 7 else request.server.owner.over.wait() and None
    )
    watched = make()
    watched.want(*ROW)
    qtbot.waitUntil(lambda: len(server.asked) == AT_ONCE)
    elsewhere = Tile(9, 3, 7)
    watched.want(elsewhere)
    qtbot.waitUntil(lambda: elsewhere in watched.arrived)
    assert len(server.asked) == AT_ONCE + 1
    assert watched.troubles == []


def test_a_redirect_on_the_same_server_is_followed(make: Make, server: TileServer, qtbot: QtBot) -> None:
    def act(request: Request) -> None:
        if request.path.startswith("/new"):
            server.well(request)
        else:
            request.answer(301, Location="/new" + request.path)

    server.act = act
    watched = make()
    watched.want(ROW[0])
    qtbot.waitUntil(lambda: ROW[0] in watched.arrived)


def test_a_redirect_to_another_server_is_not(make: Make, server: TileServer, qtbot: QtBot) -> None:
    # the same machine by another name, so that following would be seen here
    other = server.url.replace("127.0.0.1", "localhost").split("/{z}", maxsplit=1)[0]
    server.act = lambda request: request.answer(302, Location=other + request.path)
    watched = make(pauses=LONG)
    watched.want(ROW[0])
    qtbot.waitUntil(lambda: bool(watched.troubles))
    qtbot.wait(50)
    assert len(server.asked) == 1


def test_a_redirect_to_another_port_is_not(make: Make, server: TileServer, qtbot: QtBot) -> None:
    other = TileServer()
    try:
        server.act = lambda request: request.answer(302, Location=other.url.split("/{z}")[0] + request.path)
        watched = make(pauses=LONG)
        watched.want(ROW[0])
        qtbot.waitUntil(lambda: bool(watched.troubles))
        qtbot.wait(50)
        assert not other.asked
    finally:
        other.close()


def test_the_disk_helps_while_the_server_is_gone(make: Make, server: TileServer, qtbot: QtBot) -> None:
    first = make()
    parent = ROW[0].parent
    first.want(parent)
    qtbot.waitUntil(lambda: parent in first.arrived)
    first.end()
    server.act = WRONGS["hangs up"]
    second = make(pauses=LONG)
    second.want(ROW[0])
    qtbot.waitUntil(lambda: bool(second.troubles))
    second.want(ROW[0], ROW[2], parent)
    qtbot.waitUntil(lambda: parent in second.arrived and ROW[2] in second.failed)


def test_the_disk_holds_no_more_than_it_may(make: Make, server: TileServer, cache_file: Path, qtbot: QtBot) -> None:
    body = picture() + bytes(400_000)
    server.act = lambda request: request.answer(body=body)  # what follows a PNG is not looked at
    watched = make(megabytes=2)
    watched.want(*ROW[:12])
    qtbot.waitUntil(lambda: len(watched.arrived) == 12)
    watched.end()
    assert cache_file.stat().st_size < 3 << 20


def test_nothing_is_asked_or_said_after_the_end(make: Make, server: TileServer, qtbot: QtBot) -> None:
    def act(request: Request) -> None:
        server.over.wait(0.1)
        server.well(request)

    server.act = act
    watched = make()
    watched.want(*ROW)
    qtbot.waitUntil(lambda: len(server.asked) == AT_ONCE)
    watched.end()
    watched.provider.want(ROW, NONE)
    qtbot.wait(250)
    assert len(server.asked) == AT_ONCE
    assert not watched.arrived
    assert not watched.failed
    assert not watched.troubles
