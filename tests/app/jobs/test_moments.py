"""Moments that a plan can be compared with."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from app.jobs.moments import Moment, Moments
from app.jobs.solve_controller import SolveController
from app.model.changes import delete
from app.model.plan import Plan, PlannedRoute
from tests.app.conftest import MakeController
from tests.app.jobs.lines import PATIENCE, on_a_line
from tests.app.jobs.pricing_engine import serve_ordering


def test_the_state_before_a_solve_its_first_plan_and_the_state_before_an_edit(
    make_controller: MakeController, qtbot: QtBot
) -> None:
    plan = Plan((PlannedRoute("van", ("C6", "C2", "C3", "C4", "C1", "C5")),))
    controller: SolveController = make_controller(on_a_line(6), plan, serve_ordering)
    session, moments = controller.session, Moments(controller)
    assert moments.kept == {}
    before = session.state
    with qtbot.waitSignal(controller.ended, timeout=PATIENCE):
        controller.start(seconds=0.1)
    assert moments.kept[Moment.BEFORE_SOLVE] is before
    solved = session.state
    session.do(*delete(solved, [("customers", "C3")]))
    assert moments.kept[Moment.BEFORE_EDIT] is solved
    assert moments.kept[Moment.FIRST_PLAN].plan.served == solved.plan.served
    session.stack.undo()
    assert session.state.plan == solved.plan
