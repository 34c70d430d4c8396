"""Zones in the window: drawn, named, reshaped, and all of it through undo and redo."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QSettings, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from app.jobs.client import SolverClient
from app.map.outline import Handle, Part
from app.map.view import MapMode
from app.views.main_window import MainWindow
from app.views.zones.zone_dialog import ZoneDialog
from app.views.zones.zone_edits import NEEDS_ZONE

KEY = Qt.Key
CORNERS = [(60.185, 24.93), (60.185, 24.955), (60.193, 24.955)]


@pytest.fixture
def window(qtbot: QtBot, theme, tmp_path, scenario) -> Iterator[MainWindow]:  # type: ignore[no-untyped-def]
    settings = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    window = MainWindow(theme, settings, SolverClient())
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    window.session.load(scenario, saved=True)
    yield window
    window.end()


def mouse(window: MainWindow, kind: QEvent.Type, at: QPoint, modifiers: Qt.KeyboardModifier) -> None:
    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    viewport, place = window.map.viewport, QPointF(at)
    pressed = none if kind == QEvent.Type.MouseMove else left
    held = none if kind == QEvent.Type.MouseButtonRelease else left
    QApplication.sendEvent(viewport, QMouseEvent(kind, place, viewport.mapToGlobal(place), pressed, held, modifiers))


def drag(
    window: MainWindow, start: QPoint, end: QPoint, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    mouse(window, QEvent.Type.MouseButtonPress, start, modifiers)
    for step in range(1, 5):
        mouse(window, QEvent.Type.MouseMove, start + (end - start) * step / 4, modifiers)
    mouse(window, QEvent.Type.MouseButtonRelease, end, modifiers)


def draw(window: MainWindow) -> ZoneDialog:
    window.actions_by_name["mode_draw_zone"].trigger()
    for corner in CORNERS:
        at = window.map.pixel_of(*corner)
        drag(window, at, at, Qt.KeyboardModifier.ControlModifier)
    window.map.zone_tool.drawer.close()
    dialog = window.findChild(ZoneDialog)
    assert dialog is not None
    return dialog


def there_and_back(window: MainWindow, steps: int = 1) -> None:
    """Undo to the state before and redo to that after: both are as they were."""
    after = window.session.state
    for _ in range(steps):
        window.session.undo()
    assert window.session.stack.isClean()
    before = window.session.state
    for _ in range(steps):
        window.session.redo()
    assert window.session.state == after != before


def test_a_zone_is_drawn_named_and_closed_to_vehicles_in_one_step(window: MainWindow, qtbot: QtBot) -> None:
    dialog = draw(window)
    assert set(dialog.boxes) == {"van", "bike"}
    assert dialog.forbidden == frozenset()
    qtbot.keyClicks(dialog.findChild(QLineEdit, "zone_name"), "Harbour & hill")
    qtbot.keyClick(dialog.boxes["bike"], KEY.Key_Space)
    with qtbot.waitSignal(dialog.accepted):
        qtbot.keyClick(dialog, KEY.Key_Return)
    zone = window.session.scenario.zones["Z2"]
    assert (zone.name, zone.forbidden) == ("Harbour & hill", {"bike"})
    assert [point == pytest.approx(corner, abs=1e-3) for point, corner in zip(zone.ring, CORNERS, strict=True)]
    assert window.session.stack.count() == 1
    assert window.selection.items == {("zones", "Z2")}
    assert window.map.mode is MapMode.SELECT
    qtbot.waitUntil(lambda: window.map.zone_tool.shaper.outline is not None)
    there_and_back(window)


def test_hours_are_typed_beside_each_vehicle(window: MainWindow, qtbot: QtBot) -> None:
    dialog = draw(window)
    add, van = dialog.findChild(QPushButton, "zone_add"), dialog.boxes["van"]
    for wrong in ("noon", "11-6", "6-11, 10-12"):
        van.editor.selectAll()
        qtbot.keyClicks(van.editor, wrong)
        assert not add.isEnabled()
        dialog.accept()
        assert dialog.isVisible()
    van.editor.selectAll()
    qtbot.keyClicks(van.editor, "6-11, 18-20")
    assert add.isEnabled()
    assert dialog.hours == {"van": ((6 * 3600, 11 * 3600), (18 * 3600, 20 * 3600))}
    van.setChecked(False)
    assert not van.editor.isEnabled()
    assert (dialog.hours, dialog.forbidden) == ({}, {"van"})
    van.setChecked(True)
    with qtbot.waitSignal(dialog.accepted):
        qtbot.keyClick(van.editor, KEY.Key_Return)
    zone = window.session.scenario.zones["Z2"]
    assert (zone.hours, zone.forbidden) == ({"van": ((6 * 3600, 11 * 3600), (18 * 3600, 20 * 3600))}, frozenset())
    there_and_back(window)


def test_whoever_goes_back_finds_the_drawing_as_it_was(window: MainWindow, qtbot: QtBot) -> None:
    dialog = draw(window)
    with qtbot.waitSignal(dialog.rejected):
        qtbot.mouseClick(dialog.findChild(QPushButton, "zone_back"), Qt.MouseButton.LeftButton)
    assert not window.session.stack.count()
    assert window.map.mode is MapMode.DRAW_ZONE
    assert len(window.map.canvas.sketch.sketch.line) == 3
    window.map.zone_tool.drawer.close()
    assert [one for one in window.findChildren(ZoneDialog) if one.isVisible()]
    window.map.interaction.cancel()
    assert not len(window.map.canvas.sketch.sketch.line)


def test_another_document_begins_without_the_drawing(window: MainWindow) -> None:
    draw(window).reject()
    assert window.map.zone_tool.drawer.begun
    window.session.load(window.session.scenario, saved=True)
    assert not window.map.zone_tool.drawer.begun


def corner(window: MainWindow, place: int) -> QPoint:
    return window.map.pixel_of(*window.session.scenario.zones["Z1"].ring[place])


def grip(window: MainWindow) -> QPoint:
    outline = window.map.zone_tool.shaper.outline
    assert outline is not None
    return QPoint(*map(round, window.map.camera.to_pixel(*outline.grip)))


def add_corner(window: MainWindow) -> None:
    middle = (corner(window, 0) + corner(window, 1)) / 2
    drag(window, middle, middle + QPoint(-30, -10))


def move_corner(window: MainWindow) -> None:
    drag(window, corner(window, 2), corner(window, 2) + QPoint(40, 25))


def move_all(window: MainWindow) -> None:
    drag(window, grip(window), grip(window) + QPoint(-25, 40))


@pytest.mark.parametrize("gesture", [move_corner, add_corner, move_all])
def test_each_gesture_is_one_step(window: MainWindow, qtbot: QtBot, gesture: Callable[[MainWindow], None]) -> None:
    window.selection.set_ids("zones", ["Z1"])
    gesture(window)
    assert window.session.stack.count() == 1
    assert window.session.stack.undoText()
    there_and_back(window)
    assert window.selection.items == {("zones", "Z1")}


def test_a_corner_is_deleted_with_alt_and_with_the_key(window: MainWindow, qtbot: QtBot) -> None:
    window.selection.set_ids("zones", ["Z1"])
    before = window.session.scenario.zones["Z1"].ring
    add_corner(window)
    at = window.map.pixel_of(*window.session.scenario.zones["Z1"].ring[1])
    drag(window, at, at, Qt.KeyboardModifier.AltModifier)
    assert window.session.scenario.zones["Z1"].ring == before
    window.session.undo()
    window.activateWindow()
    window.map.setFocus()
    qtbot.waitUntil(lambda: len(window.map.zone_tool.shaper.outline.ring) == 4)  # type: ignore[union-attr]
    window.map.zone_tool.shaper.choose(Handle(Part.CORNER, 1))
    qtbot.keyClick(window.map.canvas, KEY.Key_Delete)
    assert window.session.scenario.zones["Z1"].ring == before
    window.session.undo()
    assert len(window.session.scenario.zones["Z1"].ring) == 4
    window.session.redo()
    assert window.session.scenario.zones["Z1"].ring == before


def test_presses_of_an_arrow_key_are_one_step(window: MainWindow, qtbot: QtBot) -> None:
    window.activateWindow()
    window.selection.set_ids("zones", ["Z1"])
    window.map.setFocus()
    qtbot.keyClick(window.map.canvas, KEY.Key_N)
    for _ in range(5):
        qtbot.keyClick(window.map.canvas, KEY.Key_Right)
    assert window.session.stack.count() == 1
    qtbot.keyClick(window.map.canvas, KEY.Key_N, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(window.map.canvas, KEY.Key_Down)
    assert window.session.stack.count() == 2
    qtbot.keyClick(window.map.canvas, KEY.Key_N)
    qtbot.keyClick(window.map.canvas, KEY.Key_I)
    assert len(window.session.scenario.zones["Z1"].ring) == 4
    there_and_back(window, 3)


def test_commands_wait_for_a_zone(window: MainWindow) -> None:
    actions = [window.actions_by_name[name] for name in NEEDS_ZONE]
    assert not any(action.isEnabled() for action in actions)
    window.selection.set_ids("zones", ["Z1"])
    assert all(action.isEnabled() for action in actions)
    window.actions_by_name["delete"].trigger()
    assert not window.session.scenario.zones
    assert not any(action.isEnabled() for action in actions)
