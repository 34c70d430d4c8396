"""The figures panel, by object names."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.edits.selection import Selection
from app.jobs.solve_controller import SolveController
from app.model.amounts import money
from app.model.changes import set_plan
from app.views.figures_panel import LEAST_COLUMN, PARTS, FiguresPanel
from app.views.route_table import LOAD, SORT_ROLE
from tests.app.conftest import MakeController
from tests.app.jobs.scenarios import make_scenario, one_route
from tests.app.views.solving import small


@pytest.fixture
def panel(qtbot: QtBot) -> FiguresPanel:
    made = FiguresPanel()
    qtbot.addWidget(made)
    made.resize(500, 600)
    made.show()
    return made


def text(panel: FiguresPanel, name: str) -> str:
    label = panel.findChild(QLabel, name)
    assert isinstance(label, QLabel)
    return label.text()


def test_figures_are_those_of_the_evaluation(panel: FiguresPanel) -> None:
    evaluation = small(("C0", "C1"), ("C2", "C3", "C4"))
    panel.show_evaluation(evaluation)
    assert text(panel, "total_cost") == money(evaluation.costs.total, "")
    assert text(panel, "vehicles_used") == "2"
    assert text(panel, "unserved") == "1"
    for part in PARTS:
        assert text(panel, f"cost_{part}") == money(getattr(evaluation.costs, part), "")
    assert panel.model.rowCount() == 2


def test_the_table_takes_all_the_room_there_is(panel: FiguresPanel, qtbot: QtBot) -> None:
    panel.show_evaluation(small(("C0", "C1"), ("C2",)))
    header = panel.table.horizontalHeader()
    for width in (900, 2400):
        panel.resize(width, 600)
        qtbot.waitUntil(lambda: header.length() == panel.table.viewport().width())
    panel.resize(400, 600)  # too narrow: then the table scrolls, and every column can be read
    qtbot.waitUntil(lambda: panel.table.viewport().width() < 400)
    assert min(header.sectionSize(place) for place in range(header.count())) >= LEAST_COLUMN


def test_the_icon_follows_the_appearance(panel: FiguresPanel) -> None:
    panel.show_evaluation(small(("C0", "C1", "C2", "C3", "C4", "C5")))
    icon = panel.findChild(QLabel, "verdict_icon")
    assert isinstance(icon, QLabel)
    before = icon.pixmap().toImage()
    palette = panel.palette()
    palette.setColor(QPalette.ColorRole.Accent, QColor("#ff00ff"))
    palette.setColor(QPalette.ColorRole.BrightText, QColor("#ff00ff"))
    panel.setPalette(palette)
    assert icon.pixmap().toImage() != before


def test_verdict_is_told_in_words_and_by_an_icon(panel: FiguresPanel) -> None:
    verdicts = set()
    icon = panel.findChild(QLabel, "verdict_icon")
    assert isinstance(icon, QLabel)
    for evaluation in (small(), small(("C0", "C1", "C2", "C3", "C4", "C5")), small(("C0",))):
        panel.show_evaluation(evaluation)
        verdicts.add(text(panel, "verdict"))
        assert icon.isVisible() == bool(evaluation.routes)
    assert len(verdicts) == 3
    assert all(violation.text in text(panel, "verdict") for violation in small(("C0",)).violations[:3])


def test_follows_edit_and_undo(panel: FiguresPanel, controller: SolveController, qtbot: QtBot) -> None:
    panel.set_controller(controller)
    session = controller.session
    session.do(*set_plan(session.state, one_route(session.scenario)))
    qtbot.waitUntil(lambda: panel.model.rowCount() == 1)
    session.undo()
    qtbot.waitUntil(lambda: panel.model.rowCount() == 0)


def test_shows_nothing_for_an_incomplete_scenario(
    panel: FiguresPanel, make_controller: MakeController, qtbot: QtBot
) -> None:
    panel.show_evaluation(small(("C0",)))
    controller = make_controller(replace(make_scenario(3), depots={}))
    panel.set_controller(controller)
    qtbot.waitUntil(lambda: panel.model.rowCount() == 0)
    assert str(controller.evaluations.issues[0]) in text(panel, "verdict")


def test_picking_a_row_selects_its_route_even_when_sorted(panel: FiguresPanel) -> None:
    selection = Selection()
    panel.set_selection(selection)
    panel.show_evaluation(small(("C0",), ("C1", "C2", "C3"), ("C4", "C5")))
    panel.table.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    panel.table.selectRow(0)
    assert selection.items == {("routes", "van/2")}
    selection.set_ids("routes", ["van/3"])
    rows = [index.row() for index in panel.table.selectionModel().selectedRows()]
    assert rows == [1]
    assert selection.items == {("routes", "van/3")}


def test_selection_elsewhere_is_not_disturbed_by_new_figures(panel: FiguresPanel) -> None:
    selection = Selection()
    panel.set_selection(selection)
    selection.set_ids("customers", ["C1"])
    panel.show_evaluation(small(("C0",), ("C1",)))
    panel.show_evaluation(small(("C0", "C1")))
    assert selection.items == {("customers", "C1")}


def test_overloaded_route_is_painted(panel: FiguresPanel) -> None:
    panel.show_evaluation(small(("C0", "C1", "C2"), capacity=2.0))
    image = panel.table.viewport().grab(panel.table.visualRect(panel.table.model().index(0, LOAD))).toImage()
    reds = [
        image.pixelColor(x, y)
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).red() > 180 and image.pixelColor(x, y).green() < 60
    ]
    assert reds
    assert panel.model.index(0, LOAD).data(SORT_ROLE) > 1
