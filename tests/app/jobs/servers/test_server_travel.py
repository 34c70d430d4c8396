"""Travel of a session's scenario from a server on this computer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from app.edits.session import EditSession
from app.io.servers.exchange import Answer, Request
from app.jobs.servers.http_client import Limits
from app.jobs.servers.server_travel import AFTER, Phase, ServerTravel
from app.jobs.solve_controller import SolveController
from app.model.changes import add, delete, move, set_settings
from app.model.document import Document
from app.model.scenario import Customer, Scenario, ServerKind, TravelSource
from app.model.server_travel import all_asked, told_of
from app.model.travel import travel_of
from app.model.travel_table import TravelTable, travel_table, use_table
from solver.problem import UNREACHABLE
from tests.app.conftest import MakeController
from tests.app.io.servers.stub_router import StubRouter, metres, seconds
from tests.app.jobs.scenarios import make_scenario, one_route
from tests.app.jobs.servers.stub_server import StubServer, serving

Make = Callable[..., ServerTravel]


@pytest.fixture(autouse=True)
def table() -> Iterator[TravelTable]:
    made = TravelTable()
    former = use_table(made)
    yield made
    use_table(former)


@pytest.fixture
def router() -> StubRouter:
    return StubRouter()


@pytest.fixture
def server(router: StubRouter) -> Iterator[StubServer]:
    with serving(router.answer) as made:
        yield made


def by_server(server: StubServer, customers: int = 10, kind: ServerKind = ServerKind.OSRM) -> Scenario:
    scenario = make_scenario(customers)
    places = {
        key: replace(one, lat=round(one.lat, 6), lon=round(one.lon, 6)) for key, one in scenario.customers.items()
    }
    settings = replace(scenario.settings, travel=TravelSource.SERVER, server=server.address, server_kind=kind)
    return replace(scenario, customers=places, settings=settings)


@pytest.fixture
def make(qtbot: QtBot, tmp_path: Path) -> Iterator[Make]:
    made: list[ServerTravel] = []

    def follow(scenario: Scenario, *, agreed: bool = True, again: int = 60_000) -> ServerTravel:
        session = EditSession(Document(scenario))
        cache = tmp_path / "travel.sqlite"
        one = ServerTravel(session, lambda _: agreed, cache, Limits(total=600), again)
        made.append(one)
        return one

    yield follow
    for one in made:
        one.close()
        one._session.close()


def ends(qtbot: QtBot, travel: ServerTravel, *phases: Phase) -> None:
    """Wait until the asking is over."""
    wanted = phases or (Phase.TOLD,)
    qtbot.waitUntil(lambda: travel.phase in wanted, timeout=10_000)


@pytest.mark.parametrize("kind", ServerKind)
def test_all_travel_comes_and_is_what_the_server_says(
    qtbot: QtBot, server: StubServer, make: Make, kind: ServerKind
) -> None:
    travel = make(by_server(server, 60, kind))
    with qtbot.waitSignal(travel.arrived, timeout=10_000):
        ends(qtbot, travel)
    scenario = travel._session.scenario
    assert told_of(scenario).complete
    made = travel_of(scenario).travel
    places = [(one.lat, one.lon) for one in (*scenario.depots.values(), *scenario.customers.values())]
    for start, end in ((0, 5), (5, 0), (60, 3)):
        assert made.duration[0, start, end] == round(seconds(places[start], places[end]))
        assert made.distance[0, start, end] == round(metres(places[start], places[end]))
    assert travel.missing == 0
    assert not travel.sentence


def test_nobody_is_asked_before_the_user_has_agreed(qtbot: QtBot, server: StubServer, make: Make) -> None:
    travel = make(by_server(server), agreed=False)
    ends(qtbot, travel, Phase.NOT_AGREED)
    qtbot.wait(50)
    assert not server.seen
    assert travel.missing == 110
    assert travel.sentence


def test_nobody_is_asked_for_a_scenario_that_has_its_travel_from_elsewhere(
    qtbot: QtBot, server: StubServer, make: Make
) -> None:
    scenario = by_server(server)
    travel = make(replace(scenario, settings=replace(scenario.settings, travel=TravelSource.GREAT_CIRCLE)))
    qtbot.wait(AFTER + 100)
    assert not server.seen
    assert travel.phase is Phase.OFF
    session = travel._session
    session.do(*set_settings(session.state, scenario.settings))
    ends(qtbot, travel)
    session.undo()
    ends(qtbot, travel, Phase.OFF)


def test_a_new_stop_is_all_that_is_asked_for(qtbot: QtBot, server: StubServer, make: Make) -> None:
    travel = make(by_server(server))
    ends(qtbot, travel)
    before = len(server.seen)
    session = travel._session
    session.do(*add(session.state, "customers", [Customer("new", lat=60.25, lon=24.8)]))
    qtbot.waitUntil(lambda: len(server.seen) > before and travel.phase is Phase.TOLD, timeout=5000)
    asked = server.seen[before:]
    assert len(asked) == 2
    assert all("24.800000,60.250000" in one.path for one in asked)
    assert told_of(session.scenario).complete
    session.do(*delete(session.state, {("customers", "new")}))
    session.undo()
    qtbot.wait(AFTER + 150)
    assert len(server.seen) == before + 2


def test_a_stop_that_is_moved_and_moved_back_is_asked_for_once(qtbot: QtBot, server: StubServer, make: Make) -> None:
    travel = make(by_server(server))
    ends(qtbot, travel)
    session = travel._session
    before = len(server.seen)
    session.do(*move(session.state, {("customers", "C1")}, 0.05, 0.1))
    qtbot.waitUntil(lambda: len(server.seen) == before + 2 and travel.phase is Phase.TOLD, timeout=5000)
    session.undo()
    qtbot.wait(AFTER + 150)
    assert len(server.seen) == before + 2
    assert travel.phase is Phase.TOLD


def test_after_a_new_start_the_disk_knows_it_all(
    qtbot: QtBot, server: StubServer, make: Make, table: TravelTable
) -> None:
    scenario = by_server(server)
    ends(qtbot, first := make(scenario))
    first.close()
    table.clear()
    before = len(server.seen)
    travel = make(scenario, agreed=False)  # nobody needs to be asked
    with qtbot.waitSignal(travel.arrived, timeout=5000):
        ends(qtbot, travel)
    assert len(server.seen) == before
    assert told_of(scenario).complete


def test_pairs_without_a_way_have_none(qtbot: QtBot, server: StubServer, router: StubRouter, make: Make) -> None:
    scenario = by_server(server)
    island = scenario.customers["C3"]
    router.roadless = {(island.lat, island.lon)}
    travel = make(scenario)
    ends(qtbot, travel)
    row = 1 + list(scenario.customers).index("C3")
    made = travel_of(scenario).travel
    assert (np.delete(made.distance[0, :, row], row) >= UNREACHABLE).all()
    assert (np.delete(np.delete(made.distance[0], row, 0), row, 1) < UNREACHABLE).all()
    assert made.duration.max() < 24 * 3600  # a clock can show it


@pytest.mark.parametrize("how", ["never", "half", "garbage", "refused", "elsewhere", "gone"])
def test_a_server_that_does_not_answer_is_told_in_words_and_asked_again(
    qtbot: QtBot, server: StubServer, router: StubRouter, make: Make, how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.io.servers.fetch.PAUSES", (0.01,))
    answers = {
        "garbage": Answer(200, b"<html>"),
        "refused": Answer(403),
        "elsewhere": Answer(302, b"", {"Location": "http://localhost:1/"}),
    }
    if how in answers:
        server.answer = lambda _: answers[how]
    elif how != "gone":
        server.handle = getattr(server, how)
    scenario = by_server(server)
    if how == "gone":
        scenario = replace(scenario, settings=replace(scenario.settings, server="http://127.0.0.1:1"))
    travel = make(scenario)
    ends(qtbot, travel, Phase.FAILED)
    assert travel.sentence
    assert travel.missing == 110
    if how != "gone":
        server.handle, server.answer = server.well, router.answer
        travel.retry()
        ends(qtbot, travel)


def test_what_came_before_a_failure_stays_and_it_goes_on_by_itself(
    qtbot: QtBot, server: StubServer, router: StubRouter, make: Make
) -> None:
    router.limit = 8

    def answer(request: Request) -> Answer:
        return router.answer(request) if len(router.seen) < 12 else Answer(401)

    server.answer = answer
    travel = make(by_server(server), again=100)
    ends(qtbot, travel, Phase.FAILED)
    assert 0 < travel.missing < 110
    assert told_of(travel._session.scenario).told == 110 - travel.missing
    router.seen.clear()
    server.answer = router.answer
    ends(qtbot, travel)


def test_an_edit_does_not_hurry_a_server_that_has_failed_just_now(qtbot: QtBot, server: StubServer, make: Make) -> None:
    server.answer = lambda _: Answer(403)
    travel = make(by_server(server))
    ends(qtbot, travel, Phase.FAILED)
    before = len(server.seen)
    session = travel._session
    session.do(*move(session.state, {("customers", "C1")}, 0.05, 0.1))
    qtbot.wait(AFTER + 150)
    assert len(server.seen) == before


def test_everything_is_asked_again_when_the_user_wants_it(qtbot: QtBot, server: StubServer, make: Make) -> None:
    travel = make(by_server(server))
    ends(qtbot, travel)
    before = len(server.seen)
    travel.ask_again()
    qtbot.waitUntil(lambda: len(server.seen) > before and travel.phase is Phase.TOLD, timeout=5000)
    assert told_of(travel._session.scenario).complete


def test_more_places_than_the_table_holds_are_not_asked_for(qtbot: QtBot, server: StubServer, make: Make) -> None:
    use_table(TravelTable(most_places=5))
    travel = make(by_server(server))
    ends(qtbot, travel, Phase.TOO_MANY)
    assert not server.seen
    assert travel.sentence


def test_closing_in_the_middle_leaves_nothing(qtbot: QtBot, server: StubServer, make: Make) -> None:
    server.handle = server.never
    travel = make(by_server(server))
    qtbot.waitUntil(lambda: bool(server.seen), timeout=5000)
    travel.close()


def test_figures_follow_what_is_told(qtbot: QtBot, server: StubServer, make_controller: MakeController) -> None:
    scenario = by_server(server)
    controller = make_controller(scenario, one_route(scenario))
    qtbot.waitUntil(lambda: not controller.evaluations.busy, timeout=5000)
    before = controller.evaluations.evaluation
    assert before is not None
    table = travel_table()
    places = np.array([(60.2, 24.9), *((one.lat, one.lon) for one in scenario.customers.values())])
    table.put(all_asked(scenario)[0], places, places, np.full((11, 11), 1000), np.full((11, 11), 60))
    with qtbot.waitSignal(controller.evaluated, timeout=5000):
        controller.travel_told()
    after = controller.evaluations.evaluation
    assert after is not None
    assert after.distance_km == pytest.approx(11.0)
    assert before.distance_km != after.distance_km


def test_a_living_search_goes_on_with_what_is_told(
    qtbot: QtBot, server: StubServer, controller: SolveController
) -> None:
    with qtbot.waitSignal(controller.progressed, timeout=20_000):
        controller.start()
    revision = controller._run.revision if controller._run else -1
    controller.travel_told()
    with qtbot.waitSignal(controller.progressed, timeout=20_000):
        pass
    assert controller._run is not None
    assert controller._run.revision == revision + 1
