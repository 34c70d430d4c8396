"""The throttle, on the background runner that it is used with."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.jobs.background import BackgroundRunner
from app.jobs.newest import NewestOnly


@pytest.fixture
def runner(qapp: object) -> Iterator[BackgroundRunner]:
    made = BackgroundRunner()
    yield made
    made.close()


def test_only_the_newest_of_those_waiting_is_done(runner: BackgroundRunner, qtbot: QtBot) -> None:
    gate, results = threading.Event(), list[int]()
    newest = NewestOnly(runner, "test", results.append, pytest.fail)
    newest.submit(lambda: gate.wait(10) and 0)
    for number in range(1, 100):
        newest.submit(lambda number=number: number)
    assert newest.busy
    gate.set()
    qtbot.waitUntil(lambda: not newest.busy)
    assert results == [0, 99]


def test_goes_on_after_a_failure(runner: BackgroundRunner, qtbot: QtBot) -> None:
    results: list[object] = []
    newest = NewestOnly(runner, "test", results.append, lambda error: results.append(type(error)))
    newest.submit(lambda: 1 // 0)
    newest.submit(lambda: 2)
    qtbot.waitUntil(lambda: not newest.busy)
    assert results == [ZeroDivisionError, 2]


def test_forgets_what_waits_but_reports_what_has_begun(runner: BackgroundRunner, qtbot: QtBot) -> None:
    gate, results = threading.Event(), list[int]()
    newest = NewestOnly(runner, "test", results.append, pytest.fail)
    newest.submit(lambda: gate.wait(10) and 1)
    newest.submit(lambda: 2)
    newest.forget()
    gate.set()
    qtbot.waitUntil(lambda: not newest.busy)
    assert results == [1]


def test_the_window_draws_what_led_to_it_first(runner: BackgroundRunner, qtbot: QtBot) -> None:
    order: list[str] = []

    class Drawn(QWidget):
        def paintEvent(self, event: QPaintEvent) -> None:
            order.append("drawn")

    widget = Drawn()
    qtbot.addWidget(widget)
    with qtbot.waitExposed(widget):
        widget.show()
    qtbot.wait(20)
    order.clear()
    redraw = QTimer(widget, singleShot=True, interval=0)  # as the map does, so that several edits are drawn once
    redraw.timeout.connect(widget.update)
    newest = NewestOnly(runner, "Thinking", lambda _: order.append("told"), pytest.fail)
    newest.submit(lambda: order.append("thought"))
    redraw.start()
    assert newest.busy
    qtbot.waitUntil(lambda: not newest.busy)
    assert order == ["drawn", "thought", "told"]
