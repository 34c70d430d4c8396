"""The stops of the route of what is selected, and the way of the arrow keys along them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget
from pytestqt.qtbot import QtBot

from app.edits.selection import Selection
from app.model.compile import compile_scenario
from app.model.evaluation import evaluate
from app.model.plan import Lock, Plan, PlannedRoute
from app.views.stop_list import LOCK, NAME, StopList
from tests.app.jobs.scenarios import make_scenario
from tests.app.views.solving import small


@pytest.fixture
def stops(qtbot: QtBot) -> StopList:
    made = StopList()
    qtbot.addWidget(made)
    made.set_selection(Selection(made))
    made.show_evaluation(small(("C0", "C1", "C2"), ("C3", "C4")))
    made.resize(320, 300)
    made.show()
    qtbot.waitExposed(made)
    return made


def listed(stops: StopList) -> list[str]:
    return [visit.customer for visit in stops.model.visits]


def picked(stops: StopList) -> list[int]:
    return sorted(index.row() for index in stops.view.selectionModel().selectedRows())


def page(stops: StopList) -> int:
    return stops.findChild(QStackedWidget, "stop_list_panel").currentIndex()


def test_it_lists_the_route_of_what_is_selected(stops: StopList, qtmodeltester) -> None:  # type: ignore[no-untyped-def]
    selection = stops._selection
    assert selection is not None
    assert page(stops) == 0
    selection.set([("customers", "C4")])
    assert page(stops) == 1
    assert (listed(stops), picked(stops)) == (["C3", "C4"], [1])
    selection.set([("routes", "van/1")])
    assert (listed(stops), picked(stops)) == (["C0", "C1", "C2"], [])
    qtmodeltester.check(stops.model)
    selection.set([("customers", "C5")])  # in no route
    assert page(stops) == 0


def test_arrow_keys_walk_the_stops(stops: StopList, qtbot: QtBot) -> None:
    selection = stops._selection
    assert selection is not None
    selection.set([("customers", "C0")])
    stops.view.setFocus()
    qtbot.keyClick(stops.view, Qt.Key.Key_Down)
    assert selection.items == {("customers", "C1")}
    qtbot.keyClick(stops.view, Qt.Key.Key_Down)
    qtbot.keyClick(stops.view, Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    assert selection.items == {("customers", "C1"), ("customers", "C2")}
    assert picked(stops) == [1, 2]


def test_a_stop_that_has_moved_is_still_selected_and_current(stops: StopList) -> None:
    selection = stops._selection
    assert selection is not None
    selection.set([("customers", "C0")])
    stops.show_evaluation(small(("C1", "C2", "C0"), ("C3", "C4")))
    assert (listed(stops), picked(stops)) == (["C1", "C2", "C0"], [2])
    assert stops.view.currentIndex().row() == 2
    assert selection.items == {("customers", "C0")}


def test_a_double_click_asks_for_the_map(stops: StopList, qtbot: QtBot) -> None:
    selection = stops._selection
    assert selection is not None
    selection.set([("routes", "van/2")])
    with qtbot.waitSignal(stops.item_activated) as asked:
        stops.view.activated.emit(stops.model.index(1, 1))
    assert asked.args == ["customers", "C4"]


def test_locks_have_an_icon_and_words_and_what_has_been_driven_is_dimmed(stops: StopList) -> None:
    scenario = make_scenario(6)
    locks = {"C0": Lock.DRIVEN, "C1": Lock.PLACE}
    plan = Plan((PlannedRoute("van", ("C0", "C1", "C2"), 1),), locks)
    stops._selection.set([("routes", "van/1")])
    stops.show_evaluation(evaluate(scenario, compile_scenario(scenario), plan))
    roles = (Qt.ItemDataRole.DecorationRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)
    cells = [[stops.model.index(row, LOCK).data(role) for role in roles] for row in range(3)]
    assert [all(cell) for cell in cells] == [True, True, False]
    assert cells[0][1] != cells[1][1]
    assert cells[2] == [None] * 3
    dimmed = [stops.model.index(row, NAME).data(Qt.ItemDataRole.ForegroundRole) for row in range(3)]
    assert [one is not None for one in dimmed] == [True, False, False]
