"""The form of the settings: each field is one step, and a bad value is refused beside it."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QSpinBox

from app.model.changes import set_settings
from app.model.scenario import TravelSource
from app.views.settings_panel import SettingsPanel


@pytest.fixture
def panel(qtbot, session, theme):
    panel = SettingsPanel(session, theme)
    qtbot.addWidget(panel)
    panel.show()
    return panel


def type_into(panel, qtbot, name, text):
    edit = panel.findChild(QLineEdit, f"settings_{name}")
    edit.clear()
    qtbot.keyClicks(edit, text)
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    return edit


def test_new_dimensions_are_one_step_and_loads_follow(panel, session, qtbot):
    type_into(panel, qtbot, "dimensions", "kg, m3")
    assert session.scenario.settings.dimensions == ("kg", "m3")
    assert session.scenario.customers["C1"].demand == (1.0, 0.0)
    assert session.stack.count() == 1
    session.undo()
    assert panel.findChild(QLineEdit, "settings_dimensions").text() == "kg"


@pytest.mark.parametrize(("name", "text"), [("detour", "far"), ("detour", "0"), ("dimensions", " , ")])
def test_a_bad_value_is_refused_in_a_sentence(panel, session, qtbot, name, text):
    before = session.state
    edit = type_into(panel, qtbot, name, text)
    assert session.state is before
    assert panel.message.isVisible()
    assert text in panel.message.text
    assert edit.text() != text


def test_travel_from_a_server_needs_one_to_be_named(panel, session, qtbot):
    box = panel.findChild(QComboBox, "settings_travel")
    box.setCurrentIndex(box.findData(TravelSource.SERVER.value))
    with qtbot.waitSignal(panel.source_wanted) as wanted:
        box.activated.emit(box.currentIndex())
    assert wanted.args == [TravelSource.SERVER]
    assert session.scenario.settings.travel is TravelSource.GREAT_CIRCLE
    assert box.currentData() == TravelSource.GREAT_CIRCLE.value
    named = replace(session.scenario.settings, server="http://localhost:5000")
    session.do(*set_settings(session.state, named))
    box.setCurrentIndex(box.findData(TravelSource.SERVER.value))
    box.activated.emit(box.currentIndex())
    assert session.scenario.settings.travel is TravelSource.SERVER
    assert panel.findChild(QLineEdit, "settings_detour").isEnabled()


def test_travel_by_matrix_needs_one(panel, session, qtbot):
    box = panel.findChild(QComboBox, "settings_travel")
    box.setCurrentIndex(box.findData(TravelSource.MATRIX.value))
    box.activated.emit(box.currentIndex())
    assert session.scenario.settings.travel is TravelSource.GREAT_CIRCLE
    assert panel.message.isVisible()
    box.setCurrentIndex(box.findData(TravelSource.PLANE.value))
    box.activated.emit(box.currentIndex())
    assert session.scenario.settings.travel is TravelSource.PLANE
    assert panel.findChild(QComboBox, "settings_rounding").isEnabled()


def test_fields_of_the_program_stand_below_those_of_the_scenario(panel, qtbot):
    left, right = QComboBox(), QSpinBox()
    panel.add_row(("&Left", left), ("&Right", right), "These are everywhere the same.")
    qtbot.waitUntil(left.isVisible)
    lowest = max(one.geometry().bottom() for one in panel.findChildren(QLineEdit) if one.objectName())
    assert left.geometry().center().y() == pytest.approx(right.geometry().center().y(), abs=1)
    assert left.geometry().top() > lowest
    assert left.x() == panel.findChild(QLineEdit, "settings_name").x()
    assert right.x() == panel.findChild(QLineEdit, "settings_detour").x()
    assert {label.buddy() for label in panel.findChildren(QLabel)} >= {left, right}
    assert any("everywhere the same" in label.text() for label in panel.findChildren(QLabel))
