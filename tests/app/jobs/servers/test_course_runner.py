"""Asking over HTTP, whatever is answered."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from itertools import count
from typing import Any

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from app.io.servers.exchange import Answer, Fault, Request, fault_of
from app.io.servers.fetch import Ask, Journey, Part, Pause
from app.io.servers.osrm import Osrm
from app.io.servers.plan import blocks
from app.io.servers.valhalla import Valhalla
from app.jobs.servers.course_runner import CourseRunner
from app.jobs.servers.http_client import AGENT, HttpClient, Limits
from tests.app.io.servers.stub_router import StubRouter
from tests.app.jobs.servers.stub_server import StubServer, serving

LIMITS = Limits(total=400, most_bytes=20_000)


@pytest.fixture
def server() -> Iterator[StubServer]:
    with serving(StubRouter().answer) as made:
        yield made


@pytest.fixture
def client(qtbot: QtBot) -> Iterator[HttpClient]:
    made = HttpClient(LIMITS)
    yield made
    made.cancel()


@pytest.fixture
def runner(qtbot: QtBot) -> Iterator[CourseRunner]:
    made = CourseRunner(LIMITS)
    yield made
    made.stop()


def answer_to(qtbot: QtBot, client: HttpClient, request: Request) -> Answer:
    got: list[Answer] = []
    client.ask(request, got.append)
    assert client.busy
    qtbot.waitUntil(lambda: bool(got), timeout=3000)
    assert not client.busy
    return got[0]


def test_a_request_says_who_asks_and_nothing_of_the_user(qtbot: QtBot, server: StubServer, client: HttpClient) -> None:
    server.answer = lambda _: Answer(200, b"{}")
    answer_to(qtbot, client, Request(f"{server.address}/table/v1/driving/1,2;3,4?sources=0"))
    answer_to(qtbot, client, Request(f"{server.address}/sources_to_targets", b'{"a": 1}'))
    got, posted = server.seen
    assert got.path == "/table/v1/driving/1,2;3,4?sources=0"
    assert got.body is None
    assert posted.body == b'{"a": 1}'
    for seen in (got, posted):
        assert seen.headers["user-agent"] == AGENT
        assert seen.headers["accept-language"] == "*"
        assert "cookie" not in seen.headers


def test_status_headers_and_body_come_back(qtbot: QtBot, server: StubServer, client: HttpClient) -> None:
    server.answer = lambda _: Answer(429, b"later", {"Retry-After": "3"})
    answer = answer_to(qtbot, client, Request(server.address))
    assert (answer.status, answer.body, answer.headers["retry-after"]) == (429, b"later", "3")


@pytest.mark.parametrize(
    ("how", "fault"),
    [
        ("never", Fault.SLOW),
        ("slowly", Fault.SLOW),
        ("half", Fault.UNREACHABLE),
        ("huge", Fault.TOO_LARGE),
        ("elsewhere", Fault.ELSEWHERE),
        ("error", Fault.BROKEN),
    ],
)
def test_a_bad_answer_is_a_fault(qtbot: QtBot, server: StubServer, client: HttpClient, how: str, fault: Fault) -> None:
    answers = {
        "huge": Answer(200, b" " * 100_000),
        "elsewhere": Answer(307, b"", {"Location": f"{server.address}/other"}),
        "error": Answer(500),
    }
    if how in answers:
        server.answer = lambda _: answers[how]
    else:
        server.handle = getattr(server, how)
    assert fault_of(answer_to(qtbot, client, Request(server.address))) is fault
    assert len(server.seen) == 1  # nobody was sent elsewhere


def test_nobody_at_the_address_is_a_fault(qtbot: QtBot, client: HttpClient) -> None:
    with serving() as gone:
        address = gone.address
    assert fault_of(answer_to(qtbot, client, Request(address))) is Fault.UNREACHABLE


def test_what_was_taken_back_is_never_answered(qtbot: QtBot, server: StubServer, client: HttpClient) -> None:
    got: list[Answer] = []
    client.ask(Request(server.address), got.append)
    client.cancel()
    server.handle = server.never
    client.ask(Request(server.address), got.append)
    client.cancel()
    qtbot.wait(100)
    assert not got


@pytest.mark.parametrize("api", [Osrm(), Valhalla()])
def test_a_whole_table_comes_over_the_network(
    qtbot: QtBot, server: StubServer, runner: CourseRunner, api: Osrm | Valhalla
) -> None:
    rng = np.random.default_rng(4)
    where = np.column_stack([rng.uniform(60, 61, 30), rng.uniform(24, 25, 30)])
    server.answer = StubRouter(limit=20).answer
    parts: list[Part] = []
    runner.stepped.connect(parts.append)
    journey = Journey(api, server.address, "auto", where, lambda: 0.0)
    with qtbot.waitSignal(runner.ended, timeout=5000) as ended:
        runner.run(journey.course(blocks(np.ones((30, 30), dtype=np.bool_))))
    assert ended.args == [None]
    assert sum(part.table.duration.size for part in parts) >= 30 * 29
    assert not runner.busy


def test_a_server_that_is_too_busy_is_asked_again_after_its_pause(
    qtbot: QtBot, server: StubServer, runner: CourseRunner
) -> None:
    def course() -> Generator[Any, Answer | None, int]:
        for number in count():
            answer = yield Ask(Request(server.address))
            assert answer is not None
            if answer.status == 200:
                return number
            yield Pause(0.05)
        raise AssertionError

    answers = iter([Answer(429), Answer(503), Answer(200)])
    server.answer = lambda _: next(answers)
    with qtbot.waitSignal(runner.ended, timeout=3000) as ended:
        runner.run(course())
    assert ended.args == [2]


def test_a_course_that_was_stopped_says_nothing_more(qtbot: QtBot, server: StubServer, runner: CourseRunner) -> None:
    closed: list[bool] = []

    def course() -> Generator[Any, Answer | None, None]:
        try:
            while True:
                yield Ask(Request(server.address))
                yield "a step"
        finally:
            closed.append(True)

    said: list[object] = []
    runner.ended.connect(said.append)
    runner.stepped.connect(lambda _: runner.stop())
    runner.run(course())
    qtbot.waitUntil(lambda: bool(closed), timeout=3000)
    qtbot.wait(50)
    assert not said
    assert len(server.seen) == 1


def test_a_course_may_not_take_for_ever(qtbot: QtBot) -> None:
    runner = CourseRunner(longest=50)

    def course() -> Generator[Any, Answer | None, None]:
        while True:
            yield Pause(0.01)

    with qtbot.waitSignal(runner.ended, timeout=3000) as ended:
        runner.run(course())
    assert ended.args == [Fault.SLOW]
    assert not runner.busy
