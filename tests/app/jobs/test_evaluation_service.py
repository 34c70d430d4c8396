"""Figures follow the document."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from app.jobs.solve_controller import SolveController
from app.model.changes import delete, set_plan
from app.model.compile import compile_scenario
from app.model.evaluation import Evaluation, evaluate
from app.model.plan import Plan
from tests.app.conftest import MakeController
from tests.app.jobs.scenarios import make_scenario, one_route


def figures(controller: SolveController, qtbot: QtBot) -> Evaluation | None:
    qtbot.waitUntil(lambda: not controller.evaluations.busy)
    return controller.evaluations.evaluation


def test_figures_of_the_first_state_come_unasked(controller: SolveController, qtbot: QtBot) -> None:
    shown = figures(controller, qtbot)
    assert shown is not None
    assert len(shown.unserved) == 30


def test_figures_follow_edit_undo_and_redo(controller: SolveController, qtbot: QtBot) -> None:
    session = controller.session
    session.do(*set_plan(session.state, one_route(session.scenario)))
    after = figures(controller, qtbot)
    assert after == evaluate(session.scenario, compile_scenario(session.scenario), session.plan)
    assert after is not None
    assert after.unserved == ()
    assert after.vehicles_used == 1
    session.undo()
    undone = figures(controller, qtbot)
    assert undone is not None
    assert len(undone.unserved) == 30
    session.redo()
    assert figures(controller, qtbot) == after


def test_figures_follow_a_change_of_the_scenario(controller: SolveController, qtbot: QtBot) -> None:
    session = controller.session
    session.do(*delete(session.state, {("customers", "C1"), ("customers", "C2")}))
    shown = figures(controller, qtbot)
    assert shown is not None
    assert {one.customer for one in shown.unserved} == set(session.scenario.customers)
    assert len(shown.unserved) == 28


def test_incomplete_scenario_has_issues_and_no_figures(make_controller: MakeController, qtbot: QtBot) -> None:
    controller = make_controller(replace(make_scenario(3), depots={}), Plan())
    assert figures(controller, qtbot) is None
    assert {issue.kind for issue in controller.evaluations.issues} >= {"depots"}


@pytest.mark.parametrize("edits", [2, 50])
def test_newest_state_wins(controller: SolveController, qtbot: QtBot, edits: int) -> None:
    session = controller.session
    for number in range(edits):
        session.do(*delete(session.state, {("customers", f"C{number % 30}")}))
    shown = figures(controller, qtbot)
    assert shown is not None
    assert {one.customer for one in shown.unserved} == set(session.scenario.customers)
