"""Shapes of drives, found in the background: each once, the newest wish first, and none of roads that have changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from threading import Event

import numpy as np
import pytest
from numpy.typing import NDArray
from pytestqt.qtbot import QtBot

from app.jobs import route_shapes
from app.jobs.route_shapes import PART, RouteShapes
from app.model.drives import Drive
from app.model.scenario import Scenario


def drive(number: int, vehicle: str = "van") -> Drive:
    return vehicle, (60.0, 25.0), (60.0, 25.0 + number / 1000)


class Roads:
    """Says what it was asked for; while the gate is shut it waits."""

    def __init__(self) -> None:
        self.asked: list[Drive] = []
        self.gate = Event()
        self.gate.set()

    def shapes(self, _: Scenario, drives: Sequence[Drive]) -> list[NDArray[np.float64] | None]:
        assert self.gate.wait(10)
        self.asked += drives
        return [np.array(one[1:]) if one[0] == "van" else None for one in drives]


@pytest.fixture
def roads() -> Roads:
    return Roads()


@pytest.fixture
def shapes(qtbot: QtBot, roads: Roads) -> Iterator[RouteShapes]:
    made = RouteShapes(roads.shapes)
    yield made
    roads.gate.set()
    made.close()


def wait(qtbot: QtBot, shapes: RouteShapes) -> None:
    qtbot.waitUntil(lambda: not shapes.busy, timeout=5000)


def test_each_is_found_once(qtbot: QtBot, shapes: RouteShapes, roads: Roads) -> None:
    with qtbot.waitSignal(shapes.found):
        shapes.want(Scenario(), [drive(1), drive(2), drive(1)])
    wait(qtbot, shapes)
    shapes.want(Scenario(), [drive(2), drive(3, "bike")])
    wait(qtbot, shapes)
    assert roads.asked == [drive(1), drive(2), drive(3, "bike")]
    assert {key: one is None for key, one in shapes.known.items()} == {
        drive(1): False,
        drive(2): False,
        drive(3, "bike"): True,
    }
    shapes.want(Scenario(), [drive(1)])
    assert not shapes.busy


def test_what_is_wanted_last_is_next(qtbot: QtBot, shapes: RouteShapes, roads: Roads) -> None:
    roads.gate.clear()
    shapes.want(Scenario(), map(drive, range(10 * PART)))
    shapes.want(Scenario(), [drive(1), drive(-1)])
    roads.gate.set()
    wait(qtbot, shapes)
    assert roads.asked == [*map(drive, range(PART)), drive(-1)]


def test_many_come_in_parts(qtbot: QtBot, shapes: RouteShapes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(route_shapes, "SPAN", 0.0)
    seen: list[int] = []
    shapes.found.connect(lambda: seen.append(len(shapes.known)))
    shapes.want(Scenario(), map(drive, range(3 * PART)))
    wait(qtbot, shapes)
    assert seen == [PART, 2 * PART, 3 * PART]


def test_who_asks_for_the_rest_each_time_does_not_cut_the_work_short(
    qtbot: QtBot, shapes: RouteShapes, roads: Roads
) -> None:
    drives = [*map(drive, range(20 * PART))]
    heard: list[int] = []

    def ask_again() -> None:
        heard.append(len(shapes.known))
        shapes.want(Scenario(), [one for one in drives if one not in shapes.known])

    shapes.found.connect(ask_again)
    shapes.want(Scenario(), drives)
    wait(qtbot, shapes)
    assert len(roads.asked) == len(drives) == len(shapes.known)
    assert len(heard) < 10


def test_roads_that_have_changed_are_forgotten(qtbot: QtBot, shapes: RouteShapes, roads: Roads) -> None:
    shapes.want(Scenario(), [drive(1), drive(1, "bike")])
    wait(qtbot, shapes)
    roads.gate.clear()
    shapes.want(Scenario(), [drive(2)])
    shapes.forget({"van"})
    roads.gate.set()
    wait(qtbot, shapes)
    assert list(shapes.known) == [drive(1, "bike")]
    shapes.want(Scenario(), [drive(1), drive(2)])
    wait(qtbot, shapes)
    assert len(shapes.known) == 3


def test_what_was_true_before_is_shown_until_it_is_known_what_is_true_now(
    qtbot: QtBot, shapes: RouteShapes, roads: Roads
) -> None:
    shapes.want(Scenario(), [drive(1)])
    wait(qtbot, shapes)
    former = shapes.known[drive(1)]
    roads.gate.clear()
    shapes.forget({"van"})
    shapes.want(Scenario(), [drive(1), drive(2)])
    assert drive(1) not in shapes.known
    assert shapes.known.get(drive(1)) is former
    assert shapes.known.get(drive(2)) is None
    roads.gate.set()
    wait(qtbot, shapes)
    assert shapes.known.get(drive(1)) is not former
    shapes.forget({"van"})
    shapes.want(Scenario(), [drive(2)])
    wait(qtbot, shapes)
    assert shapes.known.get(drive(1)) is None


def test_what_fails_is_straight_and_not_tried_again(qtbot: QtBot, caplog: pytest.LogCaptureFixture) -> None:
    def fail(*_: object) -> list[None]:
        raise RuntimeError("no roads")

    shapes = RouteShapes(fail)
    shapes.want(Scenario(), [drive(1)])
    wait(qtbot, shapes)
    assert shapes.known == {drive(1): None}
    assert "could not be found" in caplog.text
    shapes.close()


def test_it_keeps_no_more_than_it_may(qtbot: QtBot, shapes: RouteShapes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(route_shapes, "MOST", 10)
    for start in range(0, 24, 4):
        shapes.want(Scenario(), map(drive, range(start, start + 4)))
        wait(qtbot, shapes)
        assert len(shapes.known) <= 10
    assert drive(23) in shapes.known
