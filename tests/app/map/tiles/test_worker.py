from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial

import pytest

from app.map.tiles.worker import Worker

PATIENCE = 5.0


class Log:
    """What was done, in its order."""

    def __init__(self) -> None:
        self.done: list[str] = []
        self.gate, self.entered, self.ended = threading.Event(), threading.Event(), threading.Event()

    def hold(self) -> None:
        self.entered.set()
        assert self.gate.wait(PATIENCE)


@pytest.fixture
def log() -> Log:
    return Log()


@pytest.fixture
def worker(log: Log) -> Iterator[Worker]:
    made = Worker("test-tiles", log.ended.set)
    yield made
    log.gate.set()
    made.close()
    assert made.ended(PATIENCE)


def test_jobs_come_first_and_only_the_newest_look_ups_count(worker: Worker, log: Log) -> None:
    worker.submit(log.hold)
    assert log.entered.wait(PATIENCE)
    worker.look_up(partial(log.done.append, name) for name in ("old", "older"))
    worker.look_up(partial(log.done.append, name) for name in ("new", "newer"))
    worker.submit(partial(log.done.append, "job"))
    last = threading.Event()
    worker.submit(partial(log.done.append, "second job"))
    log.gate.set()
    while log.done[-1:] != ["newer"]:
        assert not last.wait(0.005)
    assert log.done == ["job", "second job", "new", "newer"]


def test_the_end_drops_what_has_not_begun(worker: Worker, log: Log) -> None:
    worker.submit(log.hold)
    assert log.entered.wait(PATIENCE)
    worker.submit(partial(log.done.append, "late"))
    worker.close()  # which does not wait
    assert not worker.ended()
    log.gate.set()
    assert worker.ended(PATIENCE)
    assert log.ended.is_set()
    worker.submit(partial(log.done.append, "later"))
    worker.look_up([partial(log.done.append, "latest")])
    assert log.done == []


def test_a_thread_that_was_never_needed_is_never_begun(log: Log) -> None:
    before = threading.active_count()
    worker = Worker("test-tiles", log.ended.set)
    worker.look_up([])
    assert threading.active_count() == before
    worker.close()
    assert worker.ended()
    assert not log.ended.is_set()
