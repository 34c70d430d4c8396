"""Changing the plan by hand in the window: commands, keys, the menu of a right click, and the choice of a vehicle."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QSettings, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QMenu, QPushButton, QStackedWidget, QWidget
from pytestqt.qtbot import QtBot

from app.jobs.client import SolverClient
from app.model import moves
from app.model.plan import Plan, PlannedRoute
from app.model.scenario import Customer, Depot, Scenario, Vehicle
from app.views.main_window import MainWindow
from app.views.moves.offers_dialog import OffersDialog
from app.views.moves.plan_moves import MENU

PLAN = Plan((PlannedRoute("van", ("C1", "C2", "C3"), 1), PlannedRoute("bike", ("C4", "C5"), 1)))
COMMANDS = [name for name in MENU if name and not name.startswith("why")]  # those that change the plan


@pytest.fixture
def window(qtbot: QtBot, theme, tmp_path, scenario) -> Iterator[MainWindow]:  # type: ignore[no-untyped-def]
    settings = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    window = MainWindow(theme, settings, SolverClient())
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


def stops(window: MainWindow) -> list[tuple[str, ...]]:
    return [route.stops for route in window.session.plan.routes]


def ask(window: MainWindow, qtbot: QtBot, name: str) -> OffersDialog:
    trigger(window, name)
    dialog = window.findChild(OffersDialog)
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.table.rowCount() > 0)
    return dialog


def enabled(window: MainWindow) -> set[str]:
    return {name for name in COMMANDS if window.actions_by_name[name].isEnabled()}


def test_commands_wait_for_something_to_act_on(window: MainWindow) -> None:
    assert enabled(window) == set()
    select(window, "C6")
    assert enabled(window) == {"assign"}
    select(window, "C2")
    assert enabled(window) == set(COMMANDS)
    select(window, "C2", "C4")
    assert enabled(window) == {"assign", "unassign", "move_earlier", "move_later"}
    select(window, "bike/1", kind="routes")
    assert enabled(window) == {"assign", "unassign", "reverse_route", "swap_vehicles"}
    trigger(window, "unassign")  # one type of vehicle is left
    select(window, "van/1", kind="routes")
    assert "swap_vehicles" not in enabled(window)


def test_each_change_is_one_named_step_and_the_selection_stays(window: MainWindow) -> None:
    select(window, "C2")
    for name, expected in (
        ("move_later", [("C1", "C3", "C2"), ("C4", "C5")]),
        ("move_earlier", [("C1", "C2", "C3"), ("C4", "C5")]),
        ("reverse_route", [("C3", "C2", "C1"), ("C4", "C5")]),
        ("unassign", [("C3", "C1"), ("C4", "C5")]),
    ):
        trigger(window, name)
        assert stops(window) == expected
        assert window.session.stack.undoText()
        assert window.selection.items == {("customers", "C2")}
    assert window.session.stack.count() == 4
    for _ in range(4):
        trigger(window, "undo")
    assert window.session.plan == PLAN


def test_figures_follow_at_once(window: MainWindow, qtbot: QtBot) -> None:
    select(window, "C2")
    with qtbot.waitSignal(window.controller.evaluated):
        trigger(window, "move_later")
    assert [one.customer for one in window.plan_dock.stops.model.visits] == ["C1", "C3", "C2"]


def test_a_route_that_goes_leaves_its_customers_selected(window: MainWindow) -> None:
    select(window, "van/1", kind="routes")
    trigger(window, "unassign")
    assert stops(window) == [("C4", "C5")]
    assert window.selection.items == {("customers", key) for key in ("C1", "C2", "C3")}


def test_customers_are_assigned_to_the_vehicle_that_is_chosen(window: MainWindow, qtbot: QtBot) -> None:
    select(window, "C6")
    dialog = ask(window, qtbot, "assign")
    offers = dialog.table.offers
    assert {one.route for one in offers} == {0, 1, None}
    assert dialog.current is offers[0]
    qtbot.keyClick(dialog.view, Qt.Key.Key_Down)
    assert dialog.current is offers[1]
    with qtbot.waitSignal(dialog.finished):
        qtbot.keyClick(dialog.view, Qt.Key.Key_Return)
    assert window.session.plan == offers[1].proposal.draft.plan
    assert window.session.stack.count() == 1
    assert window.selection.items == {("customers", "C6")}
    trigger(window, "undo")
    assert window.session.plan == PLAN


def test_a_choice_can_be_cancelled(window: MainWindow, qtbot: QtBot) -> None:
    select(window, "C6")
    dialog = ask(window, qtbot, "assign")
    with qtbot.waitSignal(dialog.finished):
        qtbot.mouseClick(dialog.findChild(QPushButton, "offers_cancel"), Qt.MouseButton.LeftButton)
    assert window.session.plan == PLAN
    assert not window.session.stack.count()


def test_vehicles_are_swapped(window: MainWindow, qtbot: QtBot) -> None:
    select(window, "C4")
    dialog = ask(window, qtbot, "swap_vehicles")
    with qtbot.waitSignal(dialog.finished):
        qtbot.mouseClick(dialog.findChild(QPushButton, "offers_accept"), Qt.MouseButton.LeftButton)
    assert [route.id for route in window.session.plan.routes] == ["van/1", "bike/1"]
    assert stops(window) == [("C4", "C5"), ("C1", "C2", "C3")]


def test_offers_are_made_anew_when_the_plan_changes_meanwhile(window: MainWindow, qtbot: QtBot) -> None:
    select(window, "C6")
    dialog = ask(window, qtbot, "assign")
    old = dialog.table.offers
    window.session.do(*moves.reverse_route(window.session.state, 0).edit)
    dialog.accept()  # what is shown was worked out for another plan
    assert dialog.isVisible()
    assert "C6" not in window.session.plan.served
    qtbot.waitUntil(lambda: dialog.table.offers is not old)
    dialog.accept()
    assert "C6" in window.session.plan.served
    assert stops(window)[0][-1] != "C3"


def test_it_says_when_there_is_no_vehicle_to_choose(window: MainWindow, qtbot: QtBot) -> None:
    alone = Scenario(
        {"D": Depot("D")}, {"van": Vehicle("van", "Van", 1, (9.0,), "D", "D")}, {"C": Customer("C", "", 0.1, 0.1)}
    )
    window.session.load(alone, Plan((PlannedRoute("van", ("C",), 1),)), saved=True)
    select(window, "C")
    trigger(window, "assign")
    dialog = window.findChild(OffersDialog)
    panel = dialog.findChild(QStackedWidget, "offers_panel")
    qtbot.waitUntil(lambda: not window.moves.ranking.busy)
    assert panel.currentIndex() == 0
    assert not dialog.findChild(QPushButton, "offers_accept").isEnabled()
    dialog.reject()


def right_click(view: QWidget, at: QPoint) -> QMenu:
    surface = view.viewport() if isinstance(view, QAbstractScrollArea) else view
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, surface.mapToGlobal(at))
    QApplication.sendEvent(surface, event)
    (menu,) = (one for one in view.findChildren(QMenu, "moves_menu") if one.isVisible())
    *commands, locks = (action for action in menu.actions() if not action.isSeparator())
    assert [action.objectName() for action in commands] == [name for name in MENU if name]
    assert locks.menu().objectName() == "lock_menu"
    return menu


def test_a_right_click_on_the_map_selects_and_offers_what_can_be_done(window: MainWindow) -> None:
    customer = window.session.scenario.customers["C4"]
    menu = right_click(window.map.canvas, window.map.pixel_of(customer.lat, customer.lon))
    assert window.selection.items == {("customers", "C4")}
    menu.close()
    select(window, "C4", "C5")
    right_click(window.map.canvas, window.map.pixel_of(customer.lat, customer.lon)).close()
    assert window.selection.items == {("customers", "C4"), ("customers", "C5")}


def test_a_right_click_on_the_timeline_does_the_same(window: MainWindow, qtbot: QtBot) -> None:
    trigger(window, "show_timeline")
    lanes = window.timeline_dock.view
    qtbot.waitUntil(lambda: len(lanes.stage.day.lanes) == 2 and lanes.canvas.isVisible())
    x = round(lanes.stage.axis.to_pixel(float(lanes.stage.day.lanes[0].middles[1])))
    right_click(lanes.canvas, QPoint(x, round(lanes.stage.rows.pixel(0)) + 15)).close()
    assert window.selection.items == {("customers", "C2")}
    right_click(lanes.headers, QPoint(20, round(lanes.stage.rows.pixel(1)) + 15)).close()
    assert window.selection.items == {("routes", "bike/1")}


def test_every_list_of_stops_has_the_menu(window: MainWindow) -> None:
    select(window, "C2")
    dock = window.plan_dock
    for view in (
        dock.stops.view,
        dock.unserved.view,
        dock.figures.table,
        window.tables_dock.panels["customers"].view,
    ):
        right_click(view, QPoint(3, 3)).close()


def test_alt_and_arrow_keys_move_a_stop(window: MainWindow, qtbot: QtBot) -> None:
    window.activateWindow()
    select(window, "C2")
    dock = window.plan_dock
    dock.tabs.setCurrentWidget(dock.stops)
    dock.stops.view.setFocus()
    qtbot.keyClick(dock.stops.view, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert stops(window)[0] == ("C1", "C3", "C2")
    qtbot.waitUntil(lambda: dock.stops.view.currentIndex().row() == 2)
    window.map.setFocus()
    qtbot.keyClick(window.map.canvas, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    qtbot.keyClick(window.map.canvas, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert stops(window)[0] == ("C2", "C1", "C3")
    assert window.selection.items == {("customers", "C2")}
