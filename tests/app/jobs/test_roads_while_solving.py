"""Roads and the living search: what closes a street, or adds a stop, reaches the engine, and no window waits for it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from app.edits.session import EditSession
from app.jobs.client import SolverClient
from app.jobs.evaluation_service import EvaluationService
from app.jobs.solve_controller import SolveController
from app.jobs.solve_run import SolveState
from app.model.changes import add, set_settings
from app.model.document import Document
from app.model.road_keys import road_keys
from app.model.road_routers import Routers, routers, use_routers
from app.model.scenario import Customer, Depot, Scenario, Settings, TravelSource, Vehicle, Zone
from app.model.traffic import Traffic
from solver.problem import Problem
from solver.roads.network import DEGREE
from tests.app.model.fake_roads import FakeLibrary, FakeRouter, FakeWays, FloatArray, roads
from tests.solver import fake_engine
from tests.solver.roads.grids import grid

NETWORK = grid(3, 4)
PLACES = [(float(lat), float(lon)) for lat, lon in NETWORK.node_place / DEGREE]


class BackgroundRouter(FakeRouter):
    """Refuses to be asked by the thread of the window."""

    def with_pace(self, pace: Any) -> BackgroundRouter:
        return BackgroundRouter(self.network, self.mode, pace, self.computed)

    def extended(self, matrix: FakeWays, points: FloatArray) -> FakeWays:
        assert threading.current_thread() is not threading.main_thread()
        return super().extended(matrix, points)


def scenario() -> Scenario:
    return Scenario(
        depots={"D": Depot("D", "", *PLACES[0])},
        vehicles={"v": Vehicle("v", "Van", 3, (9.0,), "D", "D")},
        customers={f"C{at}": Customer(f"C{at}", "", *PLACES[at], demand=(1.0,)) for at in (3, 5, 7, 10)},
        settings=Settings(travel=TravelSource.ROADS, network="town"),
    )


@pytest.fixture
def library() -> Iterator[FakeLibrary]:
    with roads(town=NETWORK) as (made, _):
        use_routers(Routers(lambda network, mode, order: BackgroundRouter(network, mode)))
        yield made


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[Problem]:
    """All problems that the engine is told of."""
    found: list[Problem] = []

    def noting(method: Callable[..., Any]) -> Callable[..., Any]:
        def call(client: SolverClient, problem: Problem, *rest: Any) -> Any:
            found.append(problem)
            return method(client, problem, *rest)

        return call

    for name in ("solve", "update"):
        monkeypatch.setattr(SolverClient, name, noting(getattr(SolverClient, name)))
    return found


@pytest.fixture
def controller(qapp: object, library: FakeLibrary, sent: list[Problem]) -> Iterator[SolveController]:
    session = EditSession(Document(scenario()))
    made = SolveController(session, SolverClient(serve=fake_engine.serve_improving))
    yield made
    made.shutdown()
    session.close()


def closure(junction: int, pace: float = 0.0) -> Zone:
    lat, lon = PLACES[junction]
    ring = ((lat - 3e-4, lon - 3e-4), (lat - 3e-4, lon + 3e-4), (lat + 3e-4, lon + 3e-4), (lat + 3e-4, lon - 3e-4))
    return Zone("Z", "Works", ring, pace=pace)


def searching(controller: SolveController, qtbot: QtBot) -> None:
    with qtbot.waitSignal(controller.progressed, timeout=10_000):
        controller.start(seconds=30)


def test_a_street_that_is_closed_while_solving_reaches_the_engine(
    controller: SolveController, sent: list[Problem], qtbot: QtBot
) -> None:
    searching(controller, qtbot)
    assert len(sent) == 1
    assert sent[0].travel.distance[0, 0, 1] == 300
    with qtbot.waitSignal(controller.progressed, timeout=10_000):
        controller.session.do(*add(controller.session.state, "zones", [closure(1)]))
    assert sent[-1].travel.distance[0, 0, 1] == 500
    assert controller.state is SolveState.SOLVING


def test_a_stop_that_is_added_while_solving_needs_one_row_only(
    controller: SolveController, sent: list[Problem], qtbot: QtBot
) -> None:
    searching(controller, qtbot)
    router = routers().router(road_keys(controller.session.scenario)["v"])
    assert isinstance(router, FakeRouter)
    before = router.computed[0]
    new = Customer("N", "", *PLACES[11], demand=(1.0,))
    with qtbot.waitSignal(controller.progressed, timeout=10_000):
        controller.session.do(*add(controller.session.state, "customers", [new]))
    assert sent[-1].clients.ids[-1] == "N"
    assert router.computed[0] == before + 1


def test_hours_that_are_set_while_solving_reach_the_engine(
    controller: SolveController, sent: list[Problem], qtbot: QtBot
) -> None:
    searching(controller, qtbot)
    settings = replace(controller.session.scenario.settings, traffic=Traffic())
    controller.session.do(*set_settings(controller.session.state, settings))
    qtbot.waitUntil(lambda: len(sent) == 2, timeout=10_000)
    assert sent[-1].travel.hours is not None


def test_figures_tell_of_a_street_that_was_closed_under_a_plan(
    controller: SolveController, sent: list[Problem], qtbot: QtBot
) -> None:
    with qtbot.waitSignal(controller.ended, timeout=20_000):
        controller.start(seconds=0.2)
    controller.session.do(*add(controller.session.state, "zones", [closure(3)]))
    service = controller.evaluations
    qtbot.waitUntil(lambda: service.evaluation is not None and not service.evaluation.feasible, timeout=10_000)
    evaluation = service.evaluation
    assert evaluation is not None
    assert evaluation.distance_km < 50
    assert any("Works" in one.text for one in evaluation.violations)


def test_a_network_that_arrives_is_used_by_the_next_look(qapp: object, qtbot: QtBot, library: FakeLibrary) -> None:
    network = library.networks.pop("town")
    session = EditSession(Document(scenario()))
    controller = SolveController(session, SolverClient(serve=fake_engine.serve_improving))
    service: EvaluationService = controller.evaluations
    qtbot.waitUntil(lambda: not service.busy, timeout=10_000)
    assert [issue.field for issue in service.issues] == ["network"]
    library.networks["town"] = network
    with qtbot.waitSignal(service.evaluated, timeout=10_000):
        service.refresh()
    assert service.issues == ()
    controller.shutdown()
    session.close()
