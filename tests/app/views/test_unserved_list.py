"""The list of unserved customers."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.edits.selection import Selection
from app.model.evaluation import Evaluation, Unserved
from app.views.unserved_list import UnservedList
from tests.app.views.solving import small

TWO = Evaluation(
    unserved=(Unserved("C1", True, ("No vehicle may serve it.",)), Unserved("C2", False, ("Too far.", "Too late.")))
)


@pytest.fixture
def unserved(qtbot: QtBot) -> UnservedList:
    made = UnservedList()
    qtbot.addWidget(made)
    made.resize(300, 300)
    made.show()
    return made


def test_each_customer_has_a_line_per_reason(unserved: UnservedList, qtmodeltester) -> None:  # type: ignore[no-untyped-def]
    unserved.show_evaluation(TWO)
    qtmodeltester.check(unserved.model)
    lines = [unserved.model.index(row).data().split("\n") for row in range(2)]
    assert lines[0][1:] == ["No vehicle may serve it."]
    assert lines[1][1:] == ["Too far.", "Too late."]
    assert lines[0][0] != lines[1][0].replace("C2", "C1")  # required or optional, in words


def test_list_is_hidden_when_all_are_served(unserved: UnservedList) -> None:
    unserved.show_evaluation(TWO)
    assert unserved.view.isVisible()
    unserved.show_evaluation(small(("C0", "C1", "C2", "C3", "C4", "C5")))
    assert not unserved.view.isVisible()


def test_click_selects_and_selection_elsewhere_shows(unserved: UnservedList, qtbot: QtBot) -> None:
    selection = Selection()
    unserved.set_selection(selection)
    unserved.show_evaluation(TWO)
    qtbot.waitUntil(lambda: unserved.view.visualRect(unserved.model.index(1)).isValid())
    where = unserved.view.visualRect(unserved.model.index(1)).center()
    qtbot.mouseClick(unserved.view.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert selection.items == {("customers", "C2")}
    selection.set([("customers", "C1"), ("depots", "D")])
    assert [index.row() for index in unserved.view.selectionModel().selectedRows()] == [0]
    assert selection.items == {("customers", "C1"), ("depots", "D")}


def test_same_figures_again_leave_the_list_alone(unserved: UnservedList) -> None:
    unserved.show_evaluation(TWO)
    resets: list[bool] = []
    unserved.model.modelReset.connect(lambda: resets.append(True))
    unserved.show_evaluation(replace(TWO, distance_km=1.0))
    assert resets == [True]  # another empty scenario counts as another table of names
    unserved.show_evaluation(Evaluation())
    assert len(resets) == 2
