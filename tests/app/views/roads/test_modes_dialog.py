"""Modes of travel: the figures of each, back to the usual ones, and modes of one's own."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton

from app.model.road_changes import set_modes
from app.model.travel_modes import modes_of
from app.views.roads.mode_words import FIGURES
from app.views.roads.modes_dialog import ModesDialog
from app.views.tables.columns import columns_of
from solver.roads.modes import BUILT_IN, Mode, ModeKind


@pytest.fixture
def dialog(qtbot, scenario):
    def make(mode="", **vehicles):
        there = {key: replace(scenario.vehicles[key], profile=profile) for key, profile in vehicles.items()}
        made = ModesDialog(replace(scenario, vehicles={**scenario.vehicles, **there}), mode)
        qtbot.addWidget(made)
        made.show()
        return made

    return make


def press(dialog, qtbot, name):
    qtbot.mouseClick(dialog.findChild(QPushButton, name), Qt.MouseButton.LeftButton)


def test_all_that_is_built_in_is_there_and_unchanged(dialog):
    shown = dialog()
    assert {mode.id: mode for mode in shown.modes} == BUILT_IN
    assert not shown.findChild(QPushButton, "modes_reset").isEnabled()


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.field)
def test_a_figure_is_changed_and_set_back(dialog, qtbot, figure):
    shown = dialog("truck")
    shown.form.boxes[figure.field].setValue(1.5)
    truck = next(mode for mode in shown.modes if mode.id == "truck")
    assert truck == replace(BUILT_IN["truck"], **{figure.field: 1.5})
    assert shown.findChild(QLabel, f"mode_usual_{figure.field}").text()
    press(shown, qtbot, "modes_reset")
    assert {mode.id: mode for mode in shown.modes} == BUILT_IN
    assert not shown.findChild(QLabel, f"mode_usual_{figure.field}").text()


def test_a_vehicle_whose_mode_nobody_knows_travels_as_a_car_until_it_is_said_how(dialog):
    shown = dialog(van="crane")
    assert shown.chosen == "crane"
    shown.form.hazmat.setChecked(True)
    assert next(mode for mode in shown.modes if mode.id == "crane") == Mode("crane", hazmat=True)


def test_a_mode_is_added_by_its_name(dialog, qtbot):
    shown = dialog()
    name, add = shown.findChild(QLineEdit, "modes_new"), shown.findChild(QPushButton, "modes_add")
    qtbot.keyClicks(name, "car")
    assert not add.isEnabled()
    name.clear()
    qtbot.keyClicks(name, " tram ")
    qtbot.keyClick(name, Qt.Key.Key_Return)
    assert shown.isVisible()
    assert shown.chosen == "tram"
    shown.form.kind.setCurrentIndex(shown.form.kind.findData(ModeKind.FOOT.value))
    shown.form.kind.activated.emit(shown.form.kind.currentIndex())
    assert shown.modes[-1] == Mode("tram", ModeKind.FOOT)


def test_modes_are_one_step_and_only_what_differs_is_written_down(dialog, session, qtbot):
    shown = dialog("van")
    shown.accepted.connect(lambda: session.do(*set_modes(session.state, shown.modes)))
    shown.form.boxes["height"].setValue(3.0)
    press(shown, qtbot, "modes_use")
    (mode,) = session.scenario.settings.modes
    assert mode == replace(BUILT_IN["van"], height=3.0)
    assert modes_of(session.scenario.settings)["van"].height == 3.0
    session.undo()
    assert session.scenario.settings.modes == ()


def test_the_table_of_vehicles_offers_the_modes(scenario):
    scenario = replace(scenario, settings=replace(scenario.settings, modes=(Mode("crane"),)))
    column = next(one for one in columns_of("vehicles", scenario) if one.key == "profile")
    assert [stored for stored, _ in column.choices(scenario)] == [*BUILT_IN, "crane"]
