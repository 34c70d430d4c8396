"""A part planned anew in the window: asked for, looked at, accepted, discarded, out of date."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QLabel, QPushButton, QRadioButton, QSlider, QTableView
from pytestqt.qtbot import QtBot

from app.jobs.client import SolverClient
from app.jobs.solve_run import SolveState
from app.model import changes
from app.model.evaluation import Evaluation, RouteFigures
from app.model.patch import State
from app.model.plan import Plan, PlannedRoute
from app.model.replan import FIRMNESS, Part, Proposed, keep_weight, name_of_replan, scope_of
from app.views.main_window import MainWindow
from solver.problem.scope import Scope
from tests.app.jobs.scenarios import make_scenario
from tests.solver import fake_engine

PATIENCE = 20_000


@pytest.fixture
def window(qtbot: QtBot, theme: Any, tmp_path: Path) -> Iterator[MainWindow]:
    """Thirty customers on two vehicles, in the order of the table, which is a bad one; five more in no route."""
    settings = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    window = MainWindow(theme, settings, SolverClient(serve=fake_engine.serve_improving))
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    keys = [f"C{i}" for i in range(30)]
    plan = Plan((PlannedRoute("van", tuple(keys[:15]), 1), PlannedRoute("van", tuple(keys[15:]), 2)))
    window.session.load(make_scenario(35), plan, saved=True)
    qtbot.waitUntil(lambda: not window.controller.evaluations.busy, timeout=PATIENCE)
    yield window
    window.end()


def child(window: MainWindow, kind: type, name: str) -> Any:
    found = window.replan.dock.findChild(kind, name)
    assert found is not None, name
    return found


def proposal(window: MainWindow, qtbot: QtBot, action: str = "replan_order") -> Proposed:
    """Ask by a command, wait for the end of the search, and return what is proposed."""
    window.replan.dock.controls.seconds.setValue(0.4)
    with qtbot.waitSignal(window.controller.ended, timeout=PATIENCE):
        window.actions_by_name[action].trigger()
        assert window.replan.replanner.searching
    qtbot.wait(50)
    qtbot.waitUntil(lambda: window.replan.replanner.proposed is not None, timeout=PATIENCE)
    proposed = window.replan.replanner.proposed
    assert proposed is not None
    return proposed


def test_a_proposal_is_shown_and_changes_nothing(window: MainWindow, qtbot: QtBot) -> None:
    before = window.session.state
    proposed = proposal(window, qtbot)
    assert window.session.state is before
    assert proposed.changes
    assert window.session.stack.count() == 0
    assert window.map.canvas.difference.shown is not None
    assert child(window, QPushButton, "replan_accept").isVisible()
    assert child(window, QTableView, "replan_routes").model().rowCount() == len(before.plan.routes)
    assert child(window, QLabel, "replan_headline").text()
    assert proposed.will.costs.total < proposed.was.costs.total


def test_accepted_it_is_one_step_that_can_be_undone(window: MainWindow, qtbot: QtBot) -> None:
    before = window.session.state
    proposed = proposal(window, qtbot)
    qtbot.mouseClick(child(window, QPushButton, "replan_accept"), Qt.MouseButton.LeftButton)
    assert window.session.plan == proposed.plan
    assert window.session.stack.count() == 1
    assert window.session.stack.undoText() == proposed.name
    assert window.map.canvas.difference.shown is None
    assert window.replan.replanner.proposed is None
    window.actions_by_name["undo"].trigger()
    assert window.session.state == before
    window.actions_by_name["redo"].trigger()
    assert window.session.plan == proposed.plan


def test_discarded_by_a_key_nothing_is_left_of_it(window: MainWindow, qtbot: QtBot) -> None:
    before = window.session.state
    proposal(window, qtbot)
    button = child(window, QPushButton, "replan_discard")
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Escape)
    assert window.session.state is before
    assert window.replan.replanner.proposed is None
    assert window.map.canvas.difference.shown is None


def test_accepted_by_a_key_while_it_is_searched_for(window: MainWindow, qtbot: QtBot) -> None:
    window.replan.dock.controls.seconds.setValue(600.0)
    window.actions_by_name["replan_order"].trigger()
    replanner = window.replan.replanner
    qtbot.waitUntil(lambda: replanner.proposed is not None and replanner.proposed.changes, timeout=PATIENCE)
    assert replanner.searching
    button = child(window, QPushButton, "replan_accept")
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert window.controller.state is SolveState.IDLE
    assert window.session.stack.undoText() == name_of_replan(window.session.state, Part.ORDER, ())


def test_an_edit_makes_a_proposal_out_of_date(window: MainWindow, qtbot: QtBot) -> None:
    proposal(window, qtbot)
    with qtbot.waitSignal(window.replan.message):
        window.session.do(*changes.delete(window.session.state, {("customers", "C3")}))
    assert window.replan.replanner.proposed is None
    assert window.map.canvas.difference.shown is None
    assert "C3" not in window.session.plan.served


def test_a_solve_of_everything_discards_it_and_says_so(window: MainWindow, qtbot: QtBot) -> None:
    proposal(window, qtbot)
    with qtbot.waitSignal(window.replan.message), qtbot.waitSignal(window.controller.ended, timeout=PATIENCE):
        window.controller.start(0.1)
    assert window.replan.replanner.proposed is None


def test_selected_routes_can_be_chosen_while_there_are_some(window: MainWindow, qtbot: QtBot) -> None:
    button = child(window, QRadioButton, "replan_routes")
    assert not button.isEnabled()
    with qtbot.waitSignal(window.replan.message):
        window.actions_by_name["replan_selected"].trigger()
    window.selection.set({("customers", "C2")})
    assert button.isEnabled()
    button.setChecked(True)
    window.selection.clear()
    assert not button.isEnabled()
    assert child(window, QRadioButton, "replan_everything").isChecked()


def test_choosing_a_vehicle_selects_who_would_move(window: MainWindow, qtbot: QtBot) -> None:
    proposal(window, qtbot)
    table = child(window, QTableView, "replan_routes")
    table.selectRow(0)
    difference = window.replan.dock.routes.differences[0]
    assert {key for _, key in window.selection.items} == {*difference.came, *difference.went, *difference.shifted}


def test_without_a_plan_there_is_nothing_to_plan_anew(window: MainWindow, qtbot: QtBot) -> None:
    window.session.do(*changes.set_plan(window.session.state, Plan(), "Clear"))
    with qtbot.waitSignal(window.replan.message):
        window.actions_by_name["replan_order"].trigger()
    assert not window.replan.replanner.searching


def test_the_slider_says_what_it_costs(window: MainWindow, qtbot: QtBot) -> None:
    slider = child(window, QSlider, "replan_firmness")
    free = slider.toolTip()
    qtbot.keyClick(slider, Qt.Key.Key_Right)
    assert slider.value() == 1
    assert slider.toolTip() != free


def test_firmness_is_a_share_of_what_a_stop_costs() -> None:
    figures = dict.fromkeys(RouteFigures.__dataclass_fields__, 0)
    route = RouteFigures(**{**figures, "stops": 4})  # type: ignore[arg-type]
    plan = Evaluation(routes=(route, route))
    assert keep_weight(Evaluation(), 3) == 0
    assert [keep_weight(plan, firmness) for firmness in range(len(FIRMNESS))] == [0.0] * len(FIRMNESS)


@pytest.mark.parametrize(
    ("part", "scope"),
    [
        (Part.EVERYTHING, Scope.everything()),
        (Part.ROUTES, Scope.routes([1, 2])),
        (Part.INSERT, Scope.insert_only()),
        (Part.ORDER, Scope.order_only()),
    ],
)
def test_each_part_is_a_scope_of_the_engine(part: Part, scope: Scope) -> None:
    assert scope_of(part, [1, 2]) == scope
    assert name_of_replan(State(), part, [1, 2])
