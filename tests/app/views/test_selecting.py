"""The Select menu in the real window: keys, mouse, Shift and Ctrl, and what the status bar says of it."""

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QDialog, QLabel, QMenu

from app.jobs.client import SolverClient
from app.map.view import MapMode
from app.model.plan import Plan, PlannedRoute
from app.views.main_window import MainWindow

PLAN = Plan((PlannedRoute("van", ("C1", "C2", "C3"), 1), PlannedRoute("bike", ("C4", "C5"), 1)))
SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(qtbot, theme, scenario, tmp_path):
    settings = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    window = MainWindow(theme, settings, SolverClient())
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    window.session.load(scenario, PLAN, saved=True)
    yield window
    window.end()


def trigger(window, name):
    window.actions_by_name[name].trigger()


def customers(window):
    return set(window.selection.ids("customers"))


def status(window):
    return window.status.findChild(QLabel, "status_selection").text()


def menu(window):
    return window.findChild(QMenu, "select_menu")


def open_menu(window, qtbot):
    shown = menu(window)
    shown.popup(window.mapToGlobal(window.rect().center()))
    qtbot.waitUntil(shown.isVisible)
    return shown


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("select_all", {"C1", "C2", "C3", "C4", "C5", "C6"}),
        ("select_none", set()),
        ("select_inverse", {"C1", "C2", "C3", "C5", "C6"}),
        ("select_same_profile", {"C3", "C4", "C5", "C6"}),
        ("select_same_route", {"C4", "C5"}),
        ("select_served", {"C1", "C2", "C3", "C4", "C5"}),
        ("select_unserved", {"C6"}),
        ("select_windowed", {"C1", "C3", "C5"}),
        ("select_any_time", {"C2", "C4", "C6"}),
        ("select_in_view", {"C1", "C2", "C3", "C4", "C5", "C6"}),
    ],
)
def test_commands(window, name, expected):
    window.selection.set_ids("customers", ["C4"])
    trigger(window, name)
    assert customers(window) == expected
    assert status(window).startswith(str(len(expected)) if expected else "")
    assert bool(status(window)) == bool(expected)


def test_same_profile_and_route_start_from_profiles_and_routes_too(window):
    window.selection.set({("profiles", "fragile"), ("customers", "C3")})
    trigger(window, "select_same_profile")
    assert customers(window) == {"C1", "C2", "C3", "C4", "C5", "C6"}
    window.selection.set({("routes", "van/1"), ("customers", "C4")})
    trigger(window, "select_same_route")
    assert customers(window) == {"C1", "C2", "C3", "C4", "C5"}


@pytest.mark.parametrize("name", ["select_same_profile", "select_same_route", "edit_selected", "select_late"])
def test_what_cannot_be_done_is_said_and_keeps_the_selection(window, qtbot, name):
    window.selection.set_ids("depots", ["D1"])
    trigger(window, name)
    assert window.status.currentMessage()
    assert window.selection.ids("depots") == {"D1"}
    assert window.findChild(QDialog, "bulk_dialog") is None


@pytest.mark.parametrize(
    ("keys", "expected"),
    [(Qt.KeyboardModifier.NoModifier, {"C6"}), (SHIFT, {"C4", "C6"}), (CTRL, {"C4"})],
)
@pytest.mark.parametrize("by_mouse", [True, False])
def test_keys_held_in_the_menu_add_and_take_out(window, qtbot, by_mouse, keys, expected):
    window.selection.set_ids("customers", ["C4"])
    if keys == CTRL:
        window.selection.set_ids("customers", ["C4", "C6"])
    shown, action = open_menu(window, qtbot), window.actions_by_name["select_unserved"]
    if by_mouse:
        qtbot.mouseClick(shown, Qt.MouseButton.LeftButton, keys, shown.actionGeometry(action).center())
    else:
        shown.setActiveAction(action)
        qtbot.keyClick(shown, Qt.Key.Key_Return, keys)
    qtbot.waitUntil(lambda: not shown.isVisible())
    assert customers(window) == expected
    window.selection.set_ids("customers", ["C1"])
    trigger(window, "select_unserved")
    assert customers(window) == {"C6"}


def test_profiles_have_a_menu_of_their_own(window, qtbot):
    profiles = window.findChild(QMenu, "select_profile_menu")
    profiles.aboutToShow.emit()
    names = [action.objectName() for action in profiles.actions()]
    assert names == ["select_profile_", "select_profile_fragile"]
    profiles.actions()[1].trigger()
    assert customers(window) == {"C1", "C2"}
    profiles.actions()[0].trigger()
    assert customers(window) == {"C3", "C4", "C5", "C6"}


@pytest.mark.parametrize(("key", "mode"), [("R", MapMode.RECTANGLE), ("L", MapMode.LASSO), ("S", MapMode.SELECT)])
def test_modes_have_keys_on_the_map(window, qtbot, key, mode):
    window.activateWindow()
    window.map.set_mode(MapMode.ADD_DEPOT)
    window.map.viewport.setFocus()
    qtbot.keyClick(window.map.viewport, getattr(Qt.Key, f"Key_{key}"))
    assert window.map.mode is mode


def test_selected_customers_are_edited_together(window, qtbot):
    window.selection.set({("customers", "C1"), ("customers", "C2"), ("depots", "D1")})
    trigger(window, "edit_selected")
    dialog = window.findChild(QDialog, "bulk_dialog")
    field = next(field for field in dialog.fields if field.shared.column.key == "notes")
    qtbot.keyClicks(field.editor, "Ring twice")
    with qtbot.waitSignal(dialog.accepted):
        qtbot.keyClick(field.editor, Qt.Key.Key_Return)
    notes = [one.notes for one in window.session.scenario.customers.values()]
    assert notes == ["Ring twice"] * 2 + [""] * 4
    assert customers(window) == {"C1", "C2"}
    window.session.undo()
    assert not any(one.notes for one in window.session.scenario.customers.values())
