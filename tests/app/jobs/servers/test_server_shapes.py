"""Shapes of legs from a server on this computer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from app.edits.session import EditSession
from app.io.servers.exchange import Answer
from app.jobs.servers.http_client import Limits
from app.jobs.servers.server_shapes import AFTER, ServerShapes
from app.model.document import Document
from app.model.road_travel import leg_shapes
from app.model.scenario import ServerKind, TravelSource
from app.model.shape_table import MOST_SHAPES, ShapeTable, shape_table, use_shapes
from app.model.travel_table import Asked
from tests.app.io.servers.stub_router import StubRouter
from tests.app.jobs.scenarios import make_scenario
from tests.app.jobs.servers.stub_server import StubServer, serving

HERE, THERE = (60.1, 24.9), (60.2, 25.0)
CAR = Asked("http://localhost", "driving")
Make = Callable[..., ServerShapes]


@pytest.fixture(autouse=True)
def table() -> Iterator[ShapeTable]:
    made = ShapeTable()
    former = use_shapes(made)
    yield made
    use_shapes(former)


@pytest.fixture
def server() -> Iterator[StubServer]:
    with serving(StubRouter().answer) as made:
        yield made


@pytest.fixture
def make(qtbot: QtBot, server: StubServer) -> Iterator[Make]:
    made: list[ServerShapes] = []

    def follow(*, agreed: bool = True, kind: ServerKind = ServerKind.OSRM) -> ServerShapes:
        scenario = make_scenario(3)
        settings = replace(scenario.settings, travel=TravelSource.SERVER, server=server.address, server_kind=kind)
        session = EditSession(Document(replace(scenario, settings=settings)))
        made.append(ServerShapes(session, lambda _: agreed, Limits(total=500)))
        return made[-1]

    yield follow
    for one in made:
        one.close()
        one._session.close()


def test_a_table_of_shapes_keeps_the_newest_and_tells_no_way_from_not_told() -> None:
    table = ShapeTable()
    assert table.get(CAR, HERE, THERE) is None
    table.put(CAR, HERE, THERE, np.array([HERE, THERE]))
    table.put(CAR, THERE, HERE, np.empty((0, 2)))
    assert np.array_equal(table.get(CAR, HERE, THERE), [HERE, THERE])
    assert table.get(CAR, THERE, HERE).shape == (0, 2)
    assert table.get(Asked(CAR.address, "walking"), HERE, THERE) is None
    for number in range(MOST_SHAPES):
        table.put(CAR, HERE, (61.0, number / 1e6), np.empty((0, 2)))
    assert table.get(CAR, HERE, THERE) is None
    assert table.revision == MOST_SHAPES + 2


@pytest.mark.parametrize("kind", ServerKind)
def test_shapes_that_the_map_lacks_come(qtbot: QtBot, make: Make, kind: ServerKind) -> None:
    shapes = make(kind=kind)
    scenario = shapes._session.scenario
    drives = [("van", HERE, THERE), ("van", THERE, HERE), ("van", HERE, HERE), ("unknown", HERE, THERE)]
    assert leg_shapes(scenario, drives) == [None] * 4
    with qtbot.waitSignal(shapes.arrived, timeout=5000):
        shapes.want(drives)
    there, back, nowhere, unknown = leg_shapes(scenario, drives)
    assert np.allclose(there, [HERE, THERE], atol=1e-6)
    assert np.allclose(back, [THERE, HERE], atol=1e-6)
    assert nowhere is None
    assert unknown is None


def test_what_is_known_is_not_asked_again_and_of_many_plans_only_the_last(
    qtbot: QtBot, make: Make, server: StubServer
) -> None:
    shapes = make()
    shapes.want([("van", (60.15, 24.95), THERE)])
    with qtbot.waitSignal(shapes.arrived, timeout=5000):
        shapes.want([("van", HERE, THERE)])
    shapes.want([("van", HERE, THERE)])
    qtbot.wait(AFTER + 200)
    assert len(server.seen) == 1


def test_nobody_is_asked_before_the_user_has_agreed(qtbot: QtBot, make: Make, server: StubServer) -> None:
    shapes = make(agreed=False)
    shapes.want([("van", HERE, THERE)])
    qtbot.wait(AFTER + 200)
    assert not server.seen


def test_no_way_has_no_shape_and_is_not_asked_for_again(qtbot: QtBot, make: Make, server: StubServer) -> None:
    server.answer = StubRouter(roadless={THERE}).answer
    shapes = make()
    with qtbot.waitSignal(shapes.arrived, timeout=5000):
        shapes.want([("van", HERE, THERE)])
    assert leg_shapes(shapes._session.scenario, [("van", HERE, THERE)]) == [None]
    shapes.want([("van", HERE, THERE)])
    qtbot.wait(AFTER + 200)
    assert len(server.seen) == 1


def test_a_server_that_fails_is_left_alone_until_somebody_tries_again(
    qtbot: QtBot, make: Make, server: StubServer
) -> None:
    server.answer = lambda _: Answer(403)
    shapes = make()
    shapes.want([("van", HERE, THERE), ("van", THERE, HERE)])
    qtbot.waitUntil(lambda: bool(shapes._given_up), timeout=5000)
    shapes.want([("van", HERE, THERE)])
    qtbot.wait(AFTER + 200)
    assert len(server.seen) == 1
    server.answer = StubRouter().answer
    with qtbot.waitSignal(shapes.arrived, timeout=5000):
        shapes.retry()
    assert shape_table().revision == 1
