"""Speeds by the hour: presets, numbers for many hours at once, and one step for all of it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QPushButton, QSpinBox

from app.model.road_changes import set_traffic
from app.model.traffic import HOURS, Traffic
from app.views.roads.traffic_dialog import CITY, OWN, SAME, TrafficDialog

KEY = Qt.Key


@pytest.fixture
def dialog(qtbot, theme):
    def make(traffic=None):
        made = TrafficDialog(traffic, theme)
        qtbot.addWidget(made)
        made.show()
        return made

    return make


def choose(dialog, preset):
    dialog.preset.setCurrentIndex(dialog.preset.findData(preset))
    dialog.preset.activated.emit(dialog.preset.currentIndex())


def test_nothing_is_said_where_all_hours_are_alike(dialog):
    shown = dialog()
    assert shown.traffic is None
    assert shown.preset.currentData() == SAME


def test_what_a_scenario_says_is_shown_and_returned(dialog):
    assert dialog(Traffic()).traffic == Traffic()
    assert dialog(Traffic()).preset.currentData() == CITY
    own = Traffic(main=(0.5,) * HOURS)
    assert dialog(own).traffic == own
    assert dialog(own).preset.currentData() == OWN


def test_presets_fill_the_table(dialog):
    shown = dialog()
    choose(shown, CITY)
    assert shown.traffic == Traffic()
    choose(shown, SAME)
    assert shown.traffic is None


def test_a_number_is_typed_for_all_selected_hours(dialog, qtbot):
    shown = dialog()
    grid = shown.grid
    grid.setCurrentCell(1, 7)
    for hour in (8, 9):
        qtbot.keyClick(grid, KEY.Key_Right, Qt.KeyboardModifier.ShiftModifier)
        assert grid.model().index(1, hour) in grid.selectedIndexes()
    qtbot.keyClick(grid.viewport(), KEY.Key_6)
    editor = grid.findChild(QSpinBox, "hour_percent")
    assert grid.state() is QAbstractItemView.State.EditingState
    qtbot.keyClick(editor, KEY.Key_0)
    qtbot.keyClick(editor, KEY.Key_Return)
    qtbot.waitUntil(lambda: shown.traffic is not None)  # Qt writes down what was typed in its own time
    assert shown.traffic.main[6:11] == (1.0, 0.6, 0.6, 0.6, 1.0)
    assert shown.preset.currentData() == OWN


def test_keys_change_the_selected_hours(dialog, qtbot):
    shown = dialog()
    shown.grid.setCurrentCell(2, 17)
    for _ in range(3):
        qtbot.keyClick(shown.grid, KEY.Key_Minus)
    qtbot.keyClick(shown.grid, KEY.Key_Plus)
    assert shown.traffic.local[17] == 0.9
    qtbot.keyClick(shown.grid, KEY.Key_Delete)
    assert shown.traffic is None
    for _ in range(60):
        qtbot.keyClick(shown.grid, KEY.Key_Minus)
    assert shown.traffic.local[17] == 0.05


def test_speeds_are_one_step(dialog, session, qtbot):
    shown = dialog(session.scenario.settings.traffic)
    shown.accepted.connect(lambda: session.do(*set_traffic(session.state, shown.traffic)))
    choose(shown, CITY)
    qtbot.mouseClick(shown.findChild(QPushButton, "traffic_use"), Qt.MouseButton.LeftButton)
    assert session.scenario.settings.traffic == Traffic()
    assert session.stack.count() == 1
    session.undo()
    assert session.scenario.settings.traffic is None
