"""The line at the bottom: what it tells of the first plan of a solve."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.edits.selection import Selection
from app.jobs.background import BackgroundRunner
from app.jobs.solve_controller import SolveController
from app.model.plan import Plan
from app.views.status import Status
from app.views.theme import Theme
from solver.init import Init

PATIENCE = 20_000


@pytest.fixture
def status(controller: SolveController, selection: Selection, theme: Theme, qtbot: QtBot) -> Status:
    """One that is shown."""
    runner = BackgroundRunner()
    status = Status(selection, runner, theme)
    runner.setParent(status)
    status.set_controller(controller)
    qtbot.addWidget(status, before_close_func=lambda _: runner.close())
    status.show()
    return status


@pytest.fixture
def line(status: Status) -> QLabel:
    """What it tells of the first plan."""
    label = status.findChild(QLabel, "status_first_plan")
    assert isinstance(label, QLabel)
    return label


@pytest.mark.parametrize("init", [Init.POLICY, Init.CLASSICAL, Init.RANDOM])
def test_tells_with_the_first_routes_what_built_them(
    init: Init, line: QLabel, controller: SolveController, qtbot: QtBot
) -> None:
    controller.init = init
    assert not line.isVisible()
    with qtbot.waitSignal(controller.sampled, timeout=PATIENCE):
        controller.start(seconds=60.0)
    assert line.isVisible()
    assert line.text().startswith(f"First plan: {init.value}, ")
    assert line.accessibleName() == line.text()
    assert line.toolTip()
    with qtbot.waitSignal(controller.ended, timeout=PATIENCE):
        controller.stop()
    assert line.isVisible()


def test_the_next_solve_clears_it_and_one_from_a_given_plan_has_nothing_to_tell(
    line: QLabel, controller: SolveController, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(controller.ended, timeout=PATIENCE):
        controller.start(seconds=0.2)
    assert line.isVisible()
    with qtbot.waitSignal(controller.ended, timeout=PATIENCE):
        controller.start(seconds=0.2)
        assert not line.isVisible()
    assert not line.isVisible()
    controller.session.undo()
    controller.session.undo()
    assert controller.session.plan == Plan()
    with qtbot.waitSignal(controller.ended, timeout=PATIENCE):
        controller.start(seconds=0.2)
    assert line.isVisible()


def test_another_document_clears_it(line: QLabel, controller: SolveController, qtbot: QtBot) -> None:
    with qtbot.waitSignal(controller.ended, timeout=PATIENCE):
        controller.start(seconds=0.2)
    controller.session.load(controller.session.scenario, saved=True)
    assert not line.isVisible()
