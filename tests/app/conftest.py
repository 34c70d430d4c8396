"""A session, a controller, and the small engine behind it, for the tests of jobs and of the views that show them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app.edits.session import EditSession
from app.jobs.client import SolverClient
from app.jobs.solve_controller import SolveController
from app.jobs.worker_process import Serve
from app.model.document import Document
from app.model.plan import Plan
from app.model.road_library import library, use_library
from app.model.scenario import Scenario
from tests.app.addon.small_addon import make_small_addon
from tests.app.jobs.scenarios import make_scenario
from tests.solver import fake_engine

MakeController = Callable[..., SolveController]


@pytest.fixture(autouse=True)
def _library_put_back() -> Iterator[None]:
    """Take networks from where they came from before: windows and commands take those of the home of their test."""
    before = library()
    yield
    use_library(before)


@pytest.fixture
def make_controller(qapp: object) -> Iterator[MakeController]:
    made: list[SolveController] = []

    def make(
        scenario: Scenario | None = None, plan: Plan | None = None, serve: Serve = fake_engine.serve_improving
    ) -> SolveController:
        session = EditSession(Document(scenario or make_scenario(30), plan))
        made.append(SolveController(session, SolverClient(serve=serve)))
        return made[-1]

    yield make
    for controller in made:
        controller.shutdown()
        controller.session.close()


@pytest.fixture
def controller(make_controller: MakeController) -> SolveController:
    """One with 30 customers and no plan."""
    return make_controller()


@pytest.fixture(scope="session")
def small_addon(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the Python of a virtual environment that has the packages of this one."""
    return make_small_addon(tmp_path_factory.mktemp("addon") / "gpu")
