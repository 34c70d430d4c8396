"""The line at the bottom: what it tells of the first plan of a solve."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel, QToolButton
from pytestqt.qtbot import QtBot

from app.edits.selection import Selection
from app.jobs.background import BackgroundRunner
from app.jobs.solve_controller import SolveController
from app.model import changes
from app.model.plan import Plan
from app.model.validate import Issue
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


def rename(controller: SolveController, name: str) -> None:
    session = controller.session
    first = next(iter(session.scenario.customers))
    session.do(*changes.set_field(session.state, "customers", [first], "name", name))


def test_a_sentence_ends_with_what_it_says(status: Status, controller: SolveController, qtbot: QtBot) -> None:
    rename(controller, "One")
    for something_else in (
        controller.session.undo,
        controller.session.redo,
        lambda: rename(controller, "Another"),
        lambda: controller.session.load(controller.session.scenario, saved=True),
    ):
        status.say("It is done.")
        assert status.currentMessage()
        something_else()
        assert not status.currentMessage()
    status.say("It is done.")
    with qtbot.waitSignal(controller.ended, timeout=PATIENCE):
        controller.start(seconds=0.2)
        assert not status.currentMessage()


def test_what_the_mouse_does_stands_until_something_else_is_told(status: Status, controller: SolveController) -> None:
    status.say("It is done.")
    status.tell("Drop it.")
    rename(controller, "One")
    assert status.currentMessage() == "Drop it."
    status.tell("")
    assert not status.currentMessage()


def test_a_problem_stands_until_problems_change(status: Status) -> None:
    one, other = (Issue("customers", key, "lat", 100.0, "a latitude") for key in "AB")
    status.show_issues((one, other))
    button = status.findChild(QToolButton, "status_problems")
    assert isinstance(button, QToolButton)
    button.click()
    assert status.currentMessage() == str(one)
    status.show_issues((one, other))
    assert status.currentMessage() == str(one)
    status.show_issues((other,))
    assert not status.currentMessage()
