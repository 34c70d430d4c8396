"""Locking in the window: commands, keys, the menu of a right click, and what is said of it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QSettings, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from app.jobs.client import SolverClient
from app.model.plan import Lock, Plan, PlannedRoute
from app.views.actions import LOCK, MENUS, SUBMENUS
from app.views.command import SEPARATOR
from app.views.locks.lock_commands import COMMANDS
from app.views.main_window import MainWindow
from tests.solver import fake_engine

PLAN = Plan((PlannedRoute("van", ("C1", "C2", "C3"), 1), PlannedRoute("bike", ("C4", "C5"), 1)))
NAMES = [command.name for command in LOCK if command is not SEPARATOR]
PATIENCE = 20_000


@pytest.fixture
def window(qtbot: QtBot, theme, tmp_path, scenario) -> Iterator[MainWindow]:  # type: ignore[no-untyped-def]
    settings = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    window = MainWindow(theme, settings, SolverClient(serve=fake_engine.serve_improving))
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    window.session.load(scenario, PLAN, saved=True)
    qtbot.waitUntil(lambda: not window.controller.evaluations.busy)
    yield window
    window.end()


def select(window: MainWindow, *keys: str, kind: str = "customers") -> None:
    window.selection.set((kind, key) for key in keys)


def trigger(window: MainWindow, name: str) -> None:
    window.actions_by_name[name].trigger()


def enabled(window: MainWindow) -> set[str]:
    return {name for name in NAMES if window.actions_by_name[name].isEnabled()}


def test_commands_are_enabled_only_where_they_do_something(window: MainWindow) -> None:
    assert enabled(window) == set()
    select(window, "C6")  # is in no route
    assert enabled(window) == set()
    select(window, "C2", "C6")
    assert enabled(window) == set(COMMANDS.values())
    trigger(window, "lock_place")
    assert enabled(window) == {"lock_driven", "unlock", "unlock_all", "price_locks"}
    select(window, "van/1", kind="routes")
    assert enabled(window) == set(NAMES)
    select(window)
    assert enabled(window) == {"unlock_all", "price_locks"}
    trigger(window, "unlock_all")
    assert enabled(window) == set()


@pytest.mark.parametrize(("kind", "name"), COMMANDS.items())
def test_each_lock_is_one_step_that_can_be_undone_and_done_again(window: MainWindow, kind: Lock, name: str) -> None:
    before = window.session.document.state
    select(window, "C2", "C4")
    trigger(window, name)
    locked = {"C1", "C2", "C4"} if kind is Lock.DRIVEN else {"C2", "C4"}
    assert window.session.plan.locks == dict.fromkeys(locked, kind)
    assert window.session.stack.count() == 1
    assert window.status.currentMessage()
    assert window.selection.ids("customers") == {"C2", "C4"}
    trigger(window, "undo")
    assert window.session.document.state == before
    trigger(window, "redo")
    assert window.session.plan.locks == dict.fromkeys(locked, kind)
    trigger(window, "unlock")
    assert set(window.session.plan.locks) == locked - {"C1"} - {"C2", "C4"} | ({"C1"} if kind is Lock.DRIVEN else set())
    trigger(window, "undo")
    assert set(window.session.plan.locks) == locked


def test_a_selected_route_is_locked_whole(window: MainWindow) -> None:
    select(window, "bike/1", kind="routes")
    trigger(window, "lock_vehicle")
    assert set(window.session.plan.locks) == {"C4", "C5"}
    trigger(window, "select_locked")
    assert window.selection.items == {("customers", "C4"), ("customers", "C5")}


def test_keys_do_it(window: MainWindow, qtbot: QtBot) -> None:
    window.activateWindow()
    select(window, "C2")
    window.map.setFocus()
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    for key, modifiers, locks in (
        (Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier, {"C2": Lock.VEHICLE}),
        (Qt.Key.Key_L, both, {"C2": Lock.PLACE}),
        (Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier, {"C1": Lock.DRIVEN, "C2": Lock.DRIVEN}),
        (Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier, {"C1": Lock.DRIVEN}),
        (Qt.Key.Key_K, both, {}),
    ):
        qtbot.keyClick(window.map.canvas, key, modifiers)
        assert window.session.plan.locks == locks
    qtbot.keyRelease(window.map.canvas, Qt.Key.Key_Control)  # else Qt takes the keys for held in whatever follows


def test_letters_of_the_menu_are_all_different(window: MainWindow) -> None:
    plan = next(commands for name, _, commands in MENUS if name == "plan_menu")
    for commands in (plan, SUBMENUS["lock"]):
        letters = [one.text[one.text.index("&") + 1].lower() for one in commands if one is not SEPARATOR]
        assert len(set(letters)) == len(letters)


def right_click(view: QWidget, at: QPoint) -> QMenu:
    surface = view.viewport() if isinstance(view, QAbstractScrollArea) else view
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, surface.mapToGlobal(at))
    QApplication.sendEvent(surface, event)
    (menu,) = (one for one in view.findChildren(QMenu, "moves_menu") if one.isVisible())
    return menu


def test_a_right_click_offers_locks_wherever_stops_are(window: MainWindow) -> None:
    customer = window.session.scenario.customers["C4"]
    for view, at in (
        (window.map.canvas, window.map.pixel_of(customer.lat, customer.lon)),
        (window.plan_dock.stops.view, QPoint(3, 3)),
        (window.plan_dock.figures.table, QPoint(3, 3)),
        (window.tables_dock.panels["customers"].view, QPoint(3, 3)),
        (window.timeline_dock.view.canvas, QPoint(3, 3)),
        (window.locking.panel.view, QPoint(3, 3)),
    ):
        select(window, "C4")
        menu = right_click(view, at)
        submenu = menu.findChild(QMenu, "lock_menu")
        assert [one.objectName() for one in submenu.actions() if not one.isSeparator()] == NAMES
        next(one for one in submenu.actions() if one.objectName() == "lock_place").trigger()
        assert window.session.plan.locks == {"C4": Lock.PLACE}
        menu.close()
        trigger(window, "undo")


def test_a_stop_that_is_moved_while_a_search_runs_is_locked_and_that_is_said_once(
    window: MainWindow, qtbot: QtBot
) -> None:
    said: list[str] = []
    window.locking.said.connect(said.append)
    with qtbot.waitSignal(window.controller.progressed, timeout=PATIENCE):
        window.controller.start(60.0)
    first, second, *_ = window.session.plan.routes[0].stops
    for stop, times in ((first, 1), (second, 1)):
        select(window, stop)
        trigger(window, "move_later")
        assert window.session.plan.locks[stop] is Lock.PLACE
        assert len(said) == times
    with qtbot.waitSignal(window.controller.ended, timeout=PATIENCE):
        window.controller.stop()
    select(window, first)
    trigger(window, "move_earlier")  # nothing runs any more
    assert len(said) == 1


def test_the_map_the_lists_and_the_figures_show_what_is_locked(window: MainWindow, qtbot: QtBot) -> None:
    select(window, "C2")
    with qtbot.waitSignal(window.controller.evaluated):
        trigger(window, "lock_driven")
    assert window.map.canvas.locks.locks == {"C1": Lock.DRIVEN, "C2": Lock.DRIVEN}
    assert [visit.lock for visit in window.plan_dock.stops.model.visits] == [Lock.DRIVEN, Lock.DRIVEN, None]
    assert [route.locked for route in window.plan_dock.figures.model.routes] == [2, 0]
    assert not window.locking.line.isHidden()
    with qtbot.waitSignal(window.controller.evaluated):
        trigger(window, "undo")
    assert not window.map.canvas.locks.locks
    assert window.locking.line.isHidden()


def test_variants_have_locks_of_their_own(window: MainWindow) -> None:
    select(window, "C2")
    trigger(window, "lock_vehicle")
    trigger(window, "variant_duplicate")
    trigger(window, "unlock_all")
    assert not window.map.canvas.locks.locks
    trigger(window, "variant_next")
    assert window.map.canvas.locks.locks == {"C2": Lock.VEHICLE}
    assert window.locking.panel.model.rowCount() == 1
    assert "unlock_all" in enabled(window)
