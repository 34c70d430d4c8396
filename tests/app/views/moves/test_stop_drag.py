"""Stops dragged by the mouse in the window, from every view to every view, through undo and redo."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QSettings, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QLabel, QTabBar, QWidget
from pytestqt.qtbot import QtBot

from app.jobs.client import SolverClient
from app.map.view import MapMode
from app.model import changes, locks, moves
from app.model.compile import compile_scenario
from app.model.drops import BestPlace, Exactly, LeftOut, NewRoute
from app.model.plan import Lock, Plan, PlannedRoute
from app.model.proposal import Pricing, Proposal
from app.timeline.rows import LANE
from app.views.main_window import MainWindow
from app.views.moves import drop_pricing
from app.views.moves.drag_readout import BROKEN, MENDED, DragReadout
from app.views.moves.stop_drag import StopDrag
from tests.app.jobs.scenarios import make_scenario
from tests.solver import fake_engine

PLAN = Plan((PlannedRoute("van", ("C1", "C2", "C3"), 1), PlannedRoute("bike", ("C4", "C5"), 1)))
NOTHING, ALT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.AltModifier
Stops = list[tuple[str, ...]]


@pytest.fixture
def window(qtbot: QtBot, theme, tmp_path, scenario) -> Iterator[MainWindow]:  # type: ignore[no-untyped-def]
    settings = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    window = MainWindow(theme, settings, SolverClient())
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    window.session.load(scenario, PLAN, saved=True)
    settle(window, qtbot)
    yield window
    window.end()


def settle(window: MainWindow, qtbot: QtBot) -> None:
    """Wait until every view shows the document."""
    qtbot.waitUntil(lambda: not window.controller.evaluations.busy)
    qtbot.wait(1)


def drag_of(window: MainWindow) -> StopDrag:
    return window.drag.stops


def stops(window: MainWindow) -> Stops:
    return [route.stops for route in window.session.plan.routes]


def send(
    widget: QWidget, kind: QEvent.Type, at: QPoint, *, alt: bool = False, button: Qt.MouseButton | None = None
) -> None:
    """Send a mouse event with its place on the screen, as the left button's unless another is named."""
    button = button or Qt.MouseButton.LeftButton
    pressed = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseMove else button
    held = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseButtonRelease else button
    place = QPointF(at)
    modifiers = ALT if alt else NOTHING
    QApplication.sendEvent(widget, QMouseEvent(kind, place, widget.mapToGlobal(place), pressed, held, modifiers))


def grab(widget: QWidget, at: QPoint) -> None:
    """Press on something and move until it is taken."""
    send(widget, QEvent.Type.MouseButtonPress, at)
    for step in (6, 12, 18):
        send(widget, QEvent.Type.MouseMove, at + QPoint(step, 0))


def hold_over(source: QWidget, target: QWidget, at: QPoint, *, alt: bool = False) -> None:
    """Move the mouse over another widget; the events still go to the one where the button was pressed."""
    send(source, QEvent.Type.MouseMove, source.mapFromGlobal(target.mapToGlobal(at)), alt=alt)


def let_go(source: QWidget, target: QWidget, at: QPoint, *, alt: bool = False) -> None:
    hold_over(source, target, at, alt=alt)
    send(source, QEvent.Type.MouseButtonRelease, source.mapFromGlobal(target.mapToGlobal(at)), alt=alt)


def place_of(window: MainWindow, key: str) -> QPoint:
    customer = window.session.scenario.customers[key]
    return window.map.pixel_of(customer.lat, customer.lon)


def between(window: MainWindow, one: str, other: str) -> QPoint:
    return (place_of(window, one) + place_of(window, other)) / 2


def grab_on_map(window: MainWindow, key: str) -> QWidget:
    grab(window.map.viewport, place_of(window, key))
    return window.map.viewport


def show_timeline(window: MainWindow, qtbot: QtBot) -> QWidget:
    window.timeline_dock.raise_()
    qtbot.waitUntil(lambda: len(window.timeline_dock.view.stage.day.lanes) == 2)
    return window.timeline_dock.view.canvas


def bar_at(window: MainWindow, row: int, stop: int) -> QPoint:
    stage = window.timeline_dock.view.stage
    return QPoint(round(stage.axis.to_pixel(float(stage.day.lanes[row].middles[stop]))), row * LANE + 16)


def show_stops(window: MainWindow, qtbot: QtBot, key: str) -> QWidget:
    window.selection.set([("customers", key)])
    window.plan_dock.tabs.setCurrentWidget(window.plan_dock.stops)
    view = window.plan_dock.stops.view
    qtbot.waitUntil(view.isVisible)
    return view.viewport()


def row_at(window: MainWindow, row: int, *, lower: bool = False) -> QPoint:
    view = window.plan_dock.stops.view
    rect = view.visualRect(view.model().index(row, 0))
    return QPoint(rect.center().x(), rect.bottom() - 3 if lower else rect.top() + 3)


def chip(window: MainWindow, name: str) -> QLabel:
    found = window.map.findChild(QLabel, name)
    assert found is not None
    return found


def best(window: MainWindow, customers: list[str], route: int) -> Stops:
    state = window.session.state
    draft = Pricing(compile_scenario(state.scenario), state).best_in_route(customers, route).draft
    return [one.stops for one in draft.plan.routes]


def assert_one_step(window: MainWindow, expected: Stops) -> None:
    """Hold the window to a plan, and that to one step that can be undone and done again."""
    assert stops(window) == expected
    assert not drag_of(window).active
    assert window.session.stack.count() == 1
    assert window.session.stack.undoText()
    state = window.session.state
    window.session.undo()
    assert window.session.plan == PLAN
    window.session.redo()
    assert window.session.state == state


# On the map


def test_between_two_stops_of_a_line_is_exactly_there(window: MainWindow) -> None:
    source = grab_on_map(window, "C4")
    assert drag_of(window).customers == ("C4",)
    let_go(source, window.map.viewport, between(window, "C1", "C2"))
    assert_one_step(window, [("C1", "C4", "C2", "C3"), ("C5",)])
    assert window.selection.items == {("customers", "C4")}


def test_on_a_stop_is_the_best_place_in_its_route(window: MainWindow) -> None:
    expected = best(window, ["C4"], 0)
    source = grab_on_map(window, "C4")
    let_go(source, window.map.viewport, place_of(window, "C2"))
    assert_one_step(window, expected)


def test_with_alt_a_line_is_the_best_place_too(window: MainWindow, qtbot: QtBot) -> None:
    expected = best(window, ["C4"], 0)
    source, at = grab_on_map(window, "C4"), between(window, "C1", "C2")
    hold_over(source, window.map.viewport, at)
    assert isinstance(drag_of(window).destination, Exactly)
    qtbot.keyPress(window.map.canvas, Qt.Key.Key_Alt)
    assert isinstance(drag_of(window).destination, BestPlace)
    qtbot.keyRelease(window.map.canvas, Qt.Key.Key_Alt)
    assert isinstance(drag_of(window).destination, Exactly)
    let_go(source, window.map.viewport, at, alt=True)
    assert_one_step(window, expected)


def test_what_is_selected_comes_along_in_the_order_of_the_plan(window: MainWindow) -> None:
    window.selection.set([("customers", key) for key in ("C5", "C3", "C6")])
    source = grab_on_map(window, "C5")
    assert drag_of(window).customers == ("C3", "C5", "C6")
    let_go(source, window.map.viewport, between(window, "C1", "C2"))
    assert_one_step(window, [("C1", "C3", "C5", "C6", "C2"), ("C4",)])


def test_who_is_left_out_can_be_dragged_into_a_route(window: MainWindow) -> None:
    source = grab_on_map(window, "C6")
    let_go(source, window.map.viewport, between(window, "C4", "C5"))
    assert_one_step(window, [("C1", "C2", "C3"), ("C4", "C6", "C5")])


@pytest.mark.parametrize("how", ["escape", "right button", "nowhere", "where it was"])
def test_a_drag_without_a_drop_changes_nothing(window: MainWindow, qtbot: QtBot, how: str) -> None:
    source, state = grab_on_map(window, "C2"), window.session.state
    viewport = window.map.viewport
    hold_over(source, viewport, between(window, "C4", "C5"))
    assert drag_of(window).outcome is not None
    if how == "escape":
        qtbot.keyClick(window.map.canvas, Qt.Key.Key_Escape)
    elif how == "right button":
        send(viewport, QEvent.Type.MouseButtonPress, QPoint(5, 5), button=Qt.MouseButton.RightButton)
    if how in ("escape", "right button"):
        assert not drag_of(window).active
        send(viewport, QEvent.Type.MouseButtonRelease, between(window, "C4", "C5"))
    else:
        let_go(source, viewport, QPoint(60, 200) if how == "nowhere" else between(window, "C1", "C2"))
    assert not drag_of(window).active
    assert window.session.state is state
    assert not window.session.stack.count()
    assert QApplication.overrideCursor() is None
    assert not window.findChild(DragReadout).isVisible()


def test_a_click_still_selects_and_a_wheel_still_zooms(window: MainWindow, qtbot: QtBot) -> None:
    viewport, at = window.map.viewport, place_of(window, "C2")
    send(viewport, QEvent.Type.MouseButtonPress, at)
    send(viewport, QEvent.Type.MouseButtonRelease, at)
    assert window.selection.items == {("customers", "C2")}
    assert not drag_of(window).active


def test_a_drag_at_the_edge_pans_the_map(window: MainWindow, qtbot: QtBot) -> None:
    source, before = grab_on_map(window, "C4"), window.map.camera
    hold_over(source, window.map.viewport, QPoint(3, 200))
    qtbot.waitUntil(lambda: window.map.camera.x < before.x)
    hold_over(source, window.map.viewport, QPoint(300, 200))
    there = window.map.camera
    qtbot.wait(80)
    assert window.map.camera == there
    drag_of(window).cancel()


def test_the_map_shows_the_route_as_it_would_be(window: MainWindow) -> None:
    before = window.map.grab_image()
    source = grab_on_map(window, "C4")
    hold_over(source, window.map.viewport, between(window, "C1", "C2"))
    window.drag.bar.hide()
    assert window.map.grab_image() != before
    drag_of(window).cancel()
    window.selection.clear()
    assert window.map.grab_image() == before


def test_places_move_in_a_mode_of_their_own(window: MainWindow) -> None:
    before, viewport = window.session.state, window.map.viewport
    window.map.set_mode(MapMode.MOVE)
    at = place_of(window, "C4")
    grab(viewport, at)
    assert not drag_of(window).active
    send(viewport, QEvent.Type.MouseButtonRelease, at + QPoint(40, 0))
    moved = window.session.state
    assert moved.plan == before.plan
    assert moved.scenario.customers["C4"].lon > before.scenario.customers["C4"].lon
    window.session.undo()
    assert window.session.state == before
    window.session.redo()
    assert window.session.state == moved


# The bar over the map


def test_a_vehicle_at_home_begins_a_route(window: MainWindow) -> None:
    source = grab_on_map(window, "C4")
    target = chip(window, "drop_new_van")
    assert window.map.findChild(QLabel, "drop_new_bike") is None  # it has a route
    hold_over(source, target, target.rect().center())
    assert drag_of(window).destination == NewRoute("van")
    let_go(source, target, target.rect().center())
    assert_one_step(window, [("C1", "C2", "C3"), ("C4",), ("C5",)])
    assert not window.drag.bar.isVisible()


def test_stops_are_unassigned(window: MainWindow) -> None:
    source = grab_on_map(window, "C4")
    target = chip(window, "drop_unassign")
    let_go(source, target, target.rect().center())
    assert_one_step(window, [("C1", "C2", "C3"), ("C5",)])


# In the timeline


def test_between_two_bars_is_exactly_there(window: MainWindow, qtbot: QtBot) -> None:
    canvas = show_timeline(window, qtbot)
    grab(canvas, bar_at(window, 1, 0))
    assert drag_of(window).customers == ("C4",)
    middle = (bar_at(window, 0, 1) + bar_at(window, 0, 2)) / 2
    hold_over(canvas, canvas, middle)
    assert window.timeline_dock.view.stage.mark is not None
    let_go(canvas, canvas, middle)
    assert_one_step(window, [("C1", "C2", "C4", "C3"), ("C5",)])
    assert window.timeline_dock.view.stage.mark is None


def test_a_stop_is_dragged_within_its_lane(window: MainWindow, qtbot: QtBot) -> None:
    canvas = show_timeline(window, qtbot)
    grab(canvas, bar_at(window, 0, 2))
    stage = window.timeline_dock.view.stage
    let_go(canvas, canvas, QPoint(round(stage.axis.to_pixel(float(stage.day.lanes[0].service[0, 0]))) - 6, 10))
    assert_one_step(window, [("C3", "C1", "C2"), ("C4", "C5")])


def test_a_bar_and_a_name_are_the_best_place(window: MainWindow, qtbot: QtBot) -> None:
    canvas, headers = show_timeline(window, qtbot), window.timeline_dock.view.headers
    expected = best(window, ["C4"], 0)
    grab(canvas, bar_at(window, 1, 0))
    hold_over(canvas, canvas, bar_at(window, 0, 1))
    assert isinstance(drag_of(window).destination, BestPlace)
    let_go(canvas, headers, QPoint(90, 10))
    assert_one_step(window, expected)


def test_vehicles_at_home_have_lanes_for_the_time_of_a_drag(window: MainWindow, qtbot: QtBot) -> None:
    canvas = show_timeline(window, qtbot)
    grab(canvas, bar_at(window, 1, 0))
    assert len(window.timeline_dock.view.stage.day.lanes) == 3
    let_go(canvas, canvas, QPoint(300, 2 * LANE + 10))
    assert len(window.timeline_dock.view.stage.day.lanes) == 2
    assert_one_step(window, [("C1", "C2", "C3"), ("C4",), ("C5",)])


def test_with_larger_text_a_stop_goes_where_the_mouse_is_too(  # type: ignore[no-untyped-def]
    window: MainWindow, theme, qtbot: QtBot
) -> None:
    canvas = show_timeline(window, qtbot)
    theme.set_text_scale(1.5)
    try:
        qtbot.wait(50)
        grab(canvas, bar_at(window, 1, 0) * 1.5)
        assert drag_of(window).customers == ("C4",)
        let_go(canvas, canvas, (bar_at(window, 0, 1) + bar_at(window, 0, 2)) * 0.75)
    finally:
        theme.set_text_scale(1.0)
    assert_one_step(window, [("C1", "C2", "C4", "C3"), ("C5",)])


# In the lists


def test_between_two_rows_is_exactly_there(window: MainWindow, qtbot: QtBot) -> None:
    rows = show_stops(window, qtbot, "C1")
    grab(rows, row_at(window, 2))
    assert drag_of(window).customers == ("C3",)
    let_go(rows, rows, row_at(window, 0, lower=True))
    assert_one_step(window, [("C1", "C3", "C2"), ("C4", "C5")])


def test_several_rows_are_dragged_to_the_end(window: MainWindow, qtbot: QtBot) -> None:
    rows = show_stops(window, qtbot, "C1")
    window.selection.set([("customers", "C1"), ("customers", "C2")])
    grab(rows, row_at(window, 0))
    assert drag_of(window).customers == ("C1", "C2")
    let_go(rows, rows, QPoint(20, rows.height() - 40))
    assert_one_step(window, [("C3", "C1", "C2"), ("C4", "C5")])


def test_from_the_list_to_the_map(window: MainWindow, qtbot: QtBot) -> None:
    rows = show_stops(window, qtbot, "C5")
    grab(rows, row_at(window, 1))
    let_go(rows, window.map.viewport, between(window, "C2", "C3"))
    assert_one_step(window, [("C1", "C2", "C5", "C3"), ("C4",)])


def test_the_name_over_the_stops_and_a_row_of_routes_are_the_best_place(window: MainWindow, qtbot: QtBot) -> None:
    show_stops(window, qtbot, "C4")
    window.tables_dock.show_tab("routes")
    table = window.plan_dock.figures.table
    qtbot.waitUntil(table.isVisible)
    source = grab_on_map(window, "C6")  # and with that the list of stops is empty, unlike the table
    hold_over(source, table.viewport(), table.visualRect(table.model().index(0, 1)).center())
    destination = drag_of(window).destination
    assert isinstance(destination, BestPlace)
    assert destination.route.stops == ("C1", "C2", "C3")
    expected = best(window, ["C6"], 0)
    let_go(source, table.viewport(), table.visualRect(table.model().index(0, 1)).center())
    assert_one_step(window, expected)
    window.session.undo()
    settle(window, qtbot)
    rows = show_stops(window, qtbot, "C4")
    title = window.plan_dock.stops.title
    grab(rows, row_at(window, 0))
    hold_over(rows, title, title.rect().center())
    assert isinstance(drag_of(window).destination, BestPlace)
    drag_of(window).cancel()


def test_the_list_of_the_unserved_takes_and_gives(window: MainWindow, qtbot: QtBot) -> None:
    window.plan_dock.tabs.setCurrentWidget(window.plan_dock.unserved)
    unserved = window.plan_dock.unserved
    qtbot.waitUntil(unserved.view.isVisible)
    source = grab_on_map(window, "C5")
    hold_over(source, unserved, QPoint(60, 60))
    assert drag_of(window).destination == LeftOut()
    let_go(source, unserved, QPoint(60, 60))
    assert_one_step(window, [("C1", "C2", "C3"), ("C4",)])
    settle(window, qtbot)
    window.session.stack.clear()
    view = unserved.view
    row = next(row for row, one in enumerate(unserved.model.rows) if one.customer == "C6")
    grab(view.viewport(), view.visualRect(view.model().index(row, 0)).center())
    assert drag_of(window).customers == ("C6",)
    let_go(view.viewport(), window.map.viewport, between(window, "C1", "C2"))
    assert stops(window)[0] == ("C1", "C6", "C2", "C3")


def test_a_tab_comes_to_the_front_when_the_mouse_waits_over_it(window: MainWindow, qtbot: QtBot) -> None:
    tabs = window.plan_dock.tabs
    tabs.setCurrentWidget(window.plan_dock.curve)
    bar = tabs.findChild(QTabBar)
    assert bar is not None
    source = grab_on_map(window, "C5")
    place = tabs.indexOf(window.plan_dock.unserved)
    hold_over(source, bar, bar.tabRect(place).center())
    qtbot.waitUntil(lambda: tabs.currentIndex() == place)
    drag_of(window).cancel()


# What stands at the cursor


def test_what_is_told_is_what_would_come_of_it(window: MainWindow, qtbot: QtBot) -> None:
    source, evaluations = grab_on_map(window, "C4"), window.controller.evaluations
    before = evaluations.evaluation
    hold_over(source, window.map.viewport, between(window, "C1", "C2"))
    told = drag_of(window).outcome
    assert isinstance(told, Proposal)
    readout = window.findChild(DragReadout)
    assert readout.isVisible()
    assert window.rect().contains(readout.geometry())
    assert all(value.text() for value in readout.figures.values())
    let_go(source, window.map.viewport, between(window, "C1", "C2"))
    settle(window, qtbot)
    after = evaluations.evaluation
    assert before is not None
    assert after is not None
    assert told.cost == pytest.approx(after.costs.total - before.costs.total)
    assert told.duration_s == after.duration_s - before.duration_s
    assert len(told.causes) == len(after.violations) - len(before.violations) + len(told.cures)


def test_rules_that_would_be_broken_are_told_before_the_drop(window: MainWindow, qtbot: QtBot) -> None:
    window.session.do(*changes.set_field(window.session.state, "customers", ["C3"], "demand", (90.0,)))
    settle(window, qtbot)
    source, readout = grab_on_map(window, "C3"), window.findChild(DragReadout)
    hold_over(source, window.map.viewport, between(window, "C4", "C5"))  # of a bike
    outcome = drag_of(window).outcome
    assert isinstance(outcome, Proposal)
    assert outcome.causes
    assert readout.causes.isVisible()
    assert readout.causes.text().count(BROKEN) == len(outcome.causes)
    hold_over(source, window.map.viewport, between(window, "C1", "C2"))
    assert not readout.causes.isVisible()
    assert MENDED in readout.cures.text()
    drag_of(window).cancel()


def test_the_same_place_is_worked_out_once(window: MainWindow) -> None:
    source, at = grab_on_map(window, "C4"), between(window, "C1", "C2")
    hold_over(source, window.map.viewport, at)
    told = drag_of(window).outcome
    hold_over(source, window.map.viewport, at + QPoint(1, 0))
    assert drag_of(window).outcome is told
    drag_of(window).cancel()


def test_a_change_meanwhile_is_taken_into_account(window: MainWindow, qtbot: QtBot) -> None:
    source, at = grab_on_map(window, "C4"), between(window, "C1", "C2")
    hold_over(source, window.map.viewport, at)
    window.session.do(*moves.reverse_route(window.session.state, 1).edit)
    settle(window, qtbot)
    qtbot.waitUntil(lambda: getattr(drag_of(window).outcome, "draft", None) is not None)
    outcome = drag_of(window).outcome
    assert isinstance(outcome, Proposal)
    assert outcome.draft.before is window.session.state
    let_go(source, window.map.viewport, at)
    assert stops(window) == [("C1", "C4", "C2", "C3"), ("C5",)]


def test_who_is_deleted_meanwhile_is_let_go(window: MainWindow) -> None:
    grab_on_map(window, "C4")
    window.session.do(*changes.delete(window.session.state, {("customers", "C4")}))
    assert not drag_of(window).active


def test_without_figures_nothing_is_dropped(window: MainWindow, qtbot: QtBot) -> None:
    window.session.do(*changes.set_field(window.session.state, "vehicles", ["van"], "count", -1))
    settle(window, qtbot)
    source, at = grab_on_map(window, "C4"), between(window, "C1", "C2")
    hold_over(source, window.map.viewport, at)
    assert isinstance(drag_of(window).outcome, str)
    with qtbot.waitSignal(window.moves.message):
        let_go(source, window.map.viewport, at)
    assert window.session.plan == PLAN


def test_what_has_been_driven_takes_nobody_before_it(window: MainWindow, qtbot: QtBot) -> None:
    window.session.do(*locks.lock(window.session.state, {("customers", "C2")}, Lock.DRIVEN))
    settle(window, qtbot)
    state = window.session.state
    source, at = grab_on_map(window, "C4"), between(window, "C1", "C2")
    hold_over(source, window.map.viewport, at)
    assert isinstance(drag_of(window).outcome, str)
    hold_over(source, window.map.viewport, between(window, "C2", "C3"))
    assert isinstance(drag_of(window).outcome, Proposal)
    with qtbot.waitSignal(window.moves.message):
        let_go(source, window.map.viewport, at)
    assert window.session.state is state


# What takes its time


@pytest.fixture
def _slowly(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let everything be worked out in the background."""
    monkeypatch.setattr(drop_pricing, "QUICK_VISITS", 0)


@pytest.mark.usefixtures("_slowly")
def test_what_takes_its_time_is_told_when_it_is_known(window: MainWindow, qtbot: QtBot) -> None:
    source, expected = grab_on_map(window, "C4"), best(window, ["C4"], 0)
    hold_over(source, window.map.viewport, place_of(window, "C2"))
    assert drag_of(window).waits
    qtbot.waitUntil(lambda: not drag_of(window).waits)
    assert isinstance(drag_of(window).outcome, Proposal)
    let_go(source, window.map.viewport, place_of(window, "C2"))
    assert_one_step(window, expected)


@pytest.mark.usefixtures("_slowly")
def test_a_drop_waits_for_what_takes_its_time(window: MainWindow, qtbot: QtBot) -> None:
    source, expected = grab_on_map(window, "C4"), best(window, ["C4"], 0)
    let_go(source, window.map.viewport, place_of(window, "C2"))
    assert drag_of(window).active
    hold_over(source, window.map.viewport, place_of(window, "C5"))  # the button is up: this means nothing
    qtbot.waitUntil(lambda: not drag_of(window).active)
    assert_one_step(window, expected)


@pytest.mark.usefixtures("_slowly")
def test_a_drop_that_waits_can_be_cancelled(window: MainWindow, qtbot: QtBot) -> None:
    let_go(grab_on_map(window, "C4"), window.map.viewport, place_of(window, "C2"))
    qtbot.keyClick(window.map.canvas, Qt.Key.Key_Escape)
    assert not drag_of(window).active
    qtbot.wait(100)
    assert window.session.plan == PLAN


@pytest.mark.usefixtures("_slowly")
def test_a_change_while_a_drop_waits_is_taken_into_account(window: MainWindow, qtbot: QtBot) -> None:
    let_go(grab_on_map(window, "C4"), window.map.viewport, between(window, "C1", "C2"))
    window.session.do(*moves.reverse_route(window.session.state, 1).edit)
    qtbot.waitUntil(lambda: not drag_of(window).active)
    assert stops(window) == [("C1", "C4", "C2", "C3"), ("C5",)]
    assert window.session.stack.count() == 2


# While a search runs


def test_a_search_waits_for_the_drop_and_keeps_to_it(qtbot: QtBot, theme, tmp_path) -> None:  # type: ignore[no-untyped-def]
    settings = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    window = MainWindow(theme, settings, SolverClient(serve=fake_engine.serve_improving))
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    session, drag = window.session, drag_of(window)
    session.load(make_scenario(12), saved=True)
    with qtbot.waitSignal(window.controller.progressed, timeout=20_000):
        window.controller.start(60.0)
    source = grab_on_map(window, "C0")
    assert session.held
    plan = session.plan
    target = next(route for route in plan.routes if "C0" not in route.stops)
    hold_over(source, window.map.viewport, place_of(window, target.stops[0]))
    assert isinstance(drag.destination, BestPlace)
    qtbot.wait(250)  # in which the search has found something better
    assert session.plan == plan
    assert isinstance(drag.outcome, Proposal)
    assert drag.outcome.draft.before is session.state
    let_go(source, window.map.viewport, place_of(window, target.stops[0]))
    assert not session.held
    (moved,) = (route for route in session.plan.routes if "C0" in route.stops)
    assert set(moved.stops) == {*target.stops, "C0"}
    assert "C0" in session.plan.locks
    with qtbot.waitSignal(window.controller.progressed):
        pass
    window.controller.stop()
    qtbot.waitUntil(lambda: window.controller.task is None)
    window.end()
