"""The timeline as its users meet it: mouse events and keys go in, signals come out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QHelpEvent, QImage, QMouseEvent, QPalette, QWheelEvent
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QApplication, QLabel, QScrollBar, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from app.edits.selection import Item
from app.model.plan import Lock
from app.timeline.dropping import DropMark
from app.timeline.glyphs import MIDDLE
from app.timeline.rows import LANE
from app.timeline.view import TimelineView
from tests.app.timeline.days import HOUR, figures_of, hand_evaluation, hand_scenario

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
NOTHING = Qt.KeyboardModifier.NoModifier
Key = Qt.Key


class Clock:
    """A clock that stands still until it is set."""

    seconds = 20 * HOUR

    def __call__(self) -> int:
        return self.seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def view(qtbot: QtBot, clock: Clock) -> TimelineView:
    """Return a timeline of the two routes by hand, that takes its own requests for its selection."""
    made = TimelineView(clock)
    qtbot.addWidget(made)
    made.resize(900, 300)
    made.show()
    qtbot.waitExposed(made)
    made.setFocus()
    qtbot.waitUntil(made.canvas.hasFocus)  # it can be seen, so pictures are compared from here on
    made.show_plan(hand_evaluation(), hand_scenario())
    made.selection_requested.connect(made.set_selected)
    return made


def stop_at(view: TimelineView, row: int, stop: int) -> QPoint:
    """Return the pixel of a stop's number."""
    stage = view.stage
    return QPointF(
        stage.axis.to_pixel(float(stage.day.lanes[row].middles[stop])), stage.rows.pixel(row) + MIDDLE
    ).toPoint()


def mouse(
    widget: QWidget,
    kind: QEvent.Type,
    at: QPoint,
    button: Qt.MouseButton = Qt.MouseButton.LeftButton,
    modifiers: Qt.KeyboardModifier = NOTHING,
) -> None:
    held = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseButtonRelease else button
    pressed = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseMove else button
    place = QPointF(at)
    QApplication.sendEvent(widget, QMouseEvent(kind, place, widget.mapToGlobal(place), pressed, held, modifiers))


def click(widget: QWidget, at: QPoint, modifiers: Qt.KeyboardModifier = NOTHING) -> None:
    mouse(widget, QEvent.Type.MouseButtonPress, at, modifiers=modifiers)
    mouse(widget, QEvent.Type.MouseButtonRelease, at, modifiers=modifiers)


def hover(widget: QWidget, at: QPoint) -> None:
    mouse(widget, QEvent.Type.MouseMove, at, Qt.MouseButton.NoButton)


def drag(widget: QWidget, start: QPoint, end: QPoint, button: Qt.MouseButton = Qt.MouseButton.LeftButton) -> None:
    mouse(widget, QEvent.Type.MouseButtonPress, start, button)
    for step in range(1, 6):
        mouse(widget, QEvent.Type.MouseMove, start + (end - start) * step / 5, button)
    mouse(widget, QEvent.Type.MouseButtonRelease, end, button)


def turn(
    widget: QWidget, at: QPoint, across: int = 0, along: int = 0, modifiers: Qt.KeyboardModifier = NOTHING
) -> None:
    place, angle = QPointF(at), QPoint(across, along)
    no_button, phase = Qt.MouseButton.NoButton, Qt.ScrollPhase.NoScrollPhase
    event = QWheelEvent(place, widget.mapToGlobal(place), QPoint(), angle, no_button, modifiers, phase, False)
    QApplication.sendEvent(widget, event)


def selected(view: TimelineView) -> set[Item]:
    return set(view.stage.selected)


def readout(view: TimelineView) -> QLabel:
    label = view.findChild(QLabel, "timeline_readout")
    assert label is not None
    return label


def image(widget: QWidget) -> QImage:
    made: QImage = widget.grab().toImage()
    return made


def shrink(view: TimelineView) -> None:
    """Leave room for one lane and a half of three."""
    view.show_plan(hand_evaluation(), hand_scenario(), unused=True)
    view.resize(900, 26 + 54)


# What is shown


def test_the_whole_day_is_in_view_and_stays_so(view: TimelineView) -> None:
    def in_view() -> bool:
        axis, day = view.stage.axis, view.stage.day
        return 0 < axis.to_pixel(day.begin) < axis.to_pixel(day.end) < axis.width

    assert in_view()
    view.resize(500, 300)
    assert in_view()
    view.show_plan(figures_of(hand_scenario(), ("A", "B", "C", "E")), hand_scenario())
    assert in_view()


def test_where_the_user_looks_stays(view: TimelineView) -> None:
    view.zoom_in()
    before = view.stage.axis
    view.show_plan(figures_of(hand_scenario(), ("A", "B", "C", "E")), hand_scenario())
    assert view.stage.axis == before
    view.fit()
    assert view.stage.axis != before


def test_lateness_waiting_and_shifts_can_be_seen(view: TimelineView) -> None:
    """Each is drawn where it is: without it the picture is another."""
    with_all = image(view.canvas)
    scenario = hand_scenario()
    van = replace(scenario.vehicles["van"], shift=(0, 24 * HOUR))
    view.show_plan(hand_evaluation(), replace(scenario, vehicles={"van": van}))
    assert image(view.canvas) != with_all
    view.show_plan(hand_evaluation(), scenario)
    assert image(view.canvas) == with_all
    late = view.stage.day.lanes[0].figures
    in_time = replace(late, visits=tuple(replace(visit, lateness_s=0) for visit in late.visits))
    evaluation = hand_evaluation()
    view.show_plan(replace(evaluation, routes=(in_time, *evaluation.routes[1:])), scenario)
    assert image(view.canvas) != with_all


def test_it_follows_the_palette(view: TimelineView) -> None:
    light = image(view)
    dark = QPalette(view.palette())
    for role in (QPalette.ColorRole.Window, QPalette.ColorRole.Base):
        dark.setColor(role, "#101010")
    view.setPalette(dark)
    assert view.stage.theme.ground.lightness() < 50
    assert image(view) != light


def test_the_present_shows_while_it_is_in_view(view: TimelineView, clock: Clock) -> None:
    before = image(view.canvas)
    clock.seconds = 9 * HOUR
    view.now.set_running(True)
    assert image(view.canvas) != before
    clock.seconds = 23 * HOUR
    view.now.set_running(True)
    assert image(view.canvas) == before


def test_the_clock_rests_while_nobody_looks(view: TimelineView, clock: Clock) -> None:
    ticks = QSignalSpy(view.now.ticked)
    view.hide()
    clock.seconds = 9 * HOUR
    assert ticks.count() == 0
    view.show()
    assert ticks.count() == 1
    assert view.now.seconds == 9 * HOUR


# The mouse


def test_a_click_asks_for_a_stop_a_route_or_nothing(view: TimelineView) -> None:
    click(view.canvas, stop_at(view, 0, 1))
    assert selected(view) == {("customers", "C")}
    between = (stop_at(view, 0, 0) + stop_at(view, 0, 1)) / 2
    click(view.canvas, between)
    assert selected(view) == {("routes", "van/1")}
    click(view.canvas, QPoint(100, 3 * LANE))
    assert not selected(view)
    click(view.headers, QPoint(50, LANE + 5))
    assert selected(view) == {("routes", "van/2")}


def test_extending_clicks_toggle(view: TimelineView) -> None:
    click(view.canvas, stop_at(view, 0, 1))
    click(view.canvas, stop_at(view, 1, 0), CTRL)
    click(view.headers, QPoint(50, 5), SHIFT)
    assert selected(view) == {("customers", "C"), ("customers", "B"), ("routes", "van/1")}
    click(view.canvas, stop_at(view, 0, 1), SHIFT)
    assert selected(view) == {("customers", "B"), ("routes", "van/1")}


def test_selection_is_seen_and_brought_into_view(view: TimelineView) -> None:
    plain = image(view.canvas)
    view.set_selected({("customers", "B")})
    assert image(view.canvas) != plain
    for _ in range(8):
        view.zoom_in()
    view.set_selected({("customers", "C")})
    assert 0 < stop_at(view, 0, 1).x() < view.canvas.width()
    view.set_selected({("customers", "B")})
    assert 0 < stop_at(view, 1, 0).x() < view.canvas.width()


def test_a_double_click_asks_for_the_map(view: TimelineView) -> None:
    spy = QSignalSpy(view.item_activated)
    mouse(view.canvas, QEvent.Type.MouseButtonDblClick, stop_at(view, 0, 0))
    mouse(view.headers, QEvent.Type.MouseButtonDblClick, QPoint(50, LANE + 5))
    assert [list(spy.at(place)) for place in range(spy.count())] == [["customers", "A"], ["routes", "van/2"]]


@pytest.mark.parametrize("button", [Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton])
def test_a_drag_pans_and_selects_nothing(view: TimelineView, button: Qt.MouseButton) -> None:
    spy = QSignalSpy(view.selection_requested)
    on_a_stop = button == Qt.MouseButton.MiddleButton
    start = stop_at(view, 0, 0) if on_a_stop else (stop_at(view, 0, 0) + stop_at(view, 0, 1)) / 2
    time = view.stage.axis.to_time(start.x())
    drag(view.canvas, start, start + QPoint(60, 0), button)
    assert view.stage.axis.to_pixel(time) == pytest.approx(start.x() + 60)
    assert spy.count() == 0


def test_a_drag_of_a_stop_is_handed_over(view: TimelineView) -> None:
    taken, axis = QSignalSpy(view.stop_dragged), view.stage.axis
    drag(view.canvas, stop_at(view, 1, 1), stop_at(view, 1, 1) + QPoint(60, 0))
    assert [taken.at(0), taken.count()] == [["E"], 1]
    assert selected(view) == {("customers", "E")}
    view.set_selected([("customers", "A"), ("customers", "E")])
    drag(view.canvas, stop_at(view, 0, 0), stop_at(view, 0, 0) + QPoint(0, 30))
    assert selected(view) == {("customers", "A"), ("customers", "E")}
    assert view.stage.axis == axis


@pytest.mark.parametrize("mark", [DropMark(0, 0), DropMark(0, 1), DropMark(1, 2), DropMark(1)])
def test_a_mark_shows_where_a_stop_would_go(view: TimelineView, mark: DropMark) -> None:
    before = image(view)
    view.stage.set_mark(mark)
    assert image(view) != before
    view.stage.set_mark(None)
    assert image(view) == before


@pytest.mark.parametrize("ways", [(40, 25), (-40, -7, 3), (300, -10), (-1,) * 30])
def test_what_was_panned_looks_as_if_it_were_painted_anew(view: TimelineView, ways: tuple[int, ...]) -> None:
    scenario = hand_scenario()
    scenario = replace(scenario, vehicles={"van": replace(scenario.vehicles["van"], shift=(0, 9 * HOUR))})
    view.show_plan(hand_evaluation(), scenario)
    view.zoom_in()
    view.set_selected({("customers", "A"), ("routes", "van/2")})
    image(view.canvas)
    for way in ways:
        view.stage.pan(float(way), 0.0)
    shifted = image(view.canvas)
    view.stage.changed.emit()
    assert image(view.canvas) == shifted


def test_the_wheel_zooms_at_the_mouse_and_scrolls_over_the_names(view: TimelineView) -> None:
    shrink(view)
    at = QPoint(300, 10)
    time, scale = view.stage.axis.to_time(300), view.stage.axis.scale
    turn(view.canvas, at, along=120)
    assert view.stage.axis.scale < scale
    assert view.stage.axis.to_time(300) == pytest.approx(time)
    turn(view.canvas, at, along=-120)
    assert view.stage.axis.scale == pytest.approx(scale)
    left = view.stage.axis.left
    turn(view.canvas, at, across=120)
    assert view.stage.axis.left < left
    turn(view.headers, at, along=-40)
    assert view.stage.rows.top == 20
    turn(view.canvas, at, along=40, modifiers=SHIFT)
    assert view.stage.rows.top == 0


def test_the_scroll_bar_and_the_lanes_move_together(view: TimelineView) -> None:
    bar = view.findChild(QScrollBar, "timeline_scroll")
    assert not bar.isVisible()
    shrink(view)
    assert bar.isVisible()
    bar.setValue(LANE)
    assert view.stage.rows.top == LANE
    drag(view.canvas, QPoint(300, 5), QPoint(300, 15))
    assert bar.value() == LANE - 10


def test_hovering_tells_the_stop_and_the_time(view: TimelineView) -> None:
    assert not readout(view).isVisible()
    before = image(view)
    hover(view.canvas, stop_at(view, 0, 1))
    assert readout(view).isVisible()
    assert readout(view).text().startswith("2  Shop C")
    assert view.rect().contains(readout(view).geometry())
    assert image(view) != before
    hover(view.canvas, QPoint(5, 5))
    assert not readout(view).isVisible()
    assert image(view.ruler) != before
    QApplication.sendEvent(view.canvas, QEvent(QEvent.Type.Leave))
    assert image(view) == before


def test_what_is_below_a_mouse_at_rest_is_told_anew_when_the_plan_changes(view: TimelineView) -> None:
    view.zoom_out()  # so that another plan is not fitted anew
    hover(view.canvas, stop_at(view, 0, 1))
    assert readout(view).text().startswith("2  Shop C")
    view.show_plan(hand_evaluation(), hand_scenario())
    assert readout(view).isVisible()
    view.show_plan(figures_of(hand_scenario(), ("A", "E")), hand_scenario())
    assert readout(view).text().startswith("2  E")
    time = view.stage.time
    view.zoom_in()
    assert view.stage.time != time


def test_names_have_tooltips(view: TimelineView) -> None:
    at = QPoint(50, LANE + 5)
    QApplication.sendEvent(view.headers, QHelpEvent(QEvent.Type.ToolTip, at, view.headers.mapToGlobal(at)))
    assert "Van 2" in QToolTip.text()
    assert "kg" in QToolTip.text()
    below = QPoint(50, 5 * LANE)
    QApplication.sendEvent(view.headers, QHelpEvent(QEvent.Type.ToolTip, below, view.headers.mapToGlobal(below)))


# Keys


def test_keys_walk_along_stops_and_lanes(view: TimelineView, qtbot: QtBot) -> None:
    walked = []
    for key in (Key.Key_Down, Key.Key_Right, Key.Key_Right, Key.Key_Down, Key.Key_Home, Key.Key_Left, Key.Key_End):
        qtbot.keyClick(view.canvas, key)
        (item,) = selected(view)
        walked.append(item)
    assert walked[:3] == [("routes", "van/1"), ("customers", "A"), ("customers", "C")]
    assert walked[3][0] == "customers"
    assert walked[4:] == [("customers", "B"), ("routes", "van/2"), ("customers", "E")]


def test_keys_go_on_from_what_was_picked_elsewhere(view: TimelineView, qtbot: QtBot) -> None:
    view.set_selected({("customers", "B"), ("depots", "D")})
    qtbot.keyClick(view.canvas, Key.Key_Right)
    assert selected(view) == {("customers", "E")}


def test_walking_tells_of_each_stop_to_eyes_and_ears(view: TimelineView, qtbot: QtBot) -> None:
    for key in (Key.Key_Down, Key.Key_Right):
        qtbot.keyClick(view.canvas, key)
    assert readout(view).isVisible()
    assert "Shop A" in readout(view).text()
    assert "Shop A" in view.canvas.accessibleDescription()
    qtbot.keyClick(view.canvas, Key.Key_Left)
    assert not readout(view).isVisible()
    assert "Van 1" in view.canvas.accessibleDescription()


def test_keys_zoom_pan_and_fit(view: TimelineView, qtbot: QtBot) -> None:
    fitted = view.stage.axis
    qtbot.keyClick(view.canvas, Key.Key_Plus)
    assert view.stage.axis.scale < fitted.scale
    qtbot.keyClick(view.canvas, Key.Key_Minus)
    assert view.stage.axis.scale == pytest.approx(fitted.scale)
    left = view.stage.axis.left
    qtbot.keyClick(view.canvas, Key.Key_Right, CTRL)
    assert view.stage.axis.left > left
    qtbot.keyClick(view.canvas, Key.Key_Left, CTRL)
    assert view.stage.axis.left == pytest.approx(left)
    qtbot.keyClick(view.canvas, Key.Key_Plus)
    qtbot.keyClick(view.canvas, Key.Key_F)
    assert view.stage.axis == fitted
    shrink(view)
    qtbot.keyClick(view.canvas, Key.Key_PageDown)
    assert view.stage.rows.top == LANE
    qtbot.keyClick(view.canvas, Key.Key_Up, CTRL)
    assert view.stage.rows.top == 0


def test_return_asks_for_the_map_and_escape_for_nothing(view: TimelineView, qtbot: QtBot) -> None:
    spy = QSignalSpy(view.item_activated)
    qtbot.keyClick(view.canvas, Key.Key_Return)
    assert spy.count() == 0
    view.set_selected({("customers", "B")})
    qtbot.keyClick(view.canvas, Key.Key_Return)
    assert list(spy.at(0)) == ["customers", "B"]
    qtbot.keyClick(view.canvas, Key.Key_Escape)
    assert not selected(view)


def test_keys_of_others_are_left_to_them(view: TimelineView) -> None:
    wanted: list[tuple[Qt.Key, Qt.KeyboardModifier]] = [(Key.Key_Escape, NOTHING), (Key.Key_A, NOTHING)]
    wanted += [(Key.Key_Left, Qt.KeyboardModifier.AltModifier), (Key.Key_F, CTRL)]
    handle: Callable[[Qt.Key, Qt.KeyboardModifier], bool] = view.interaction.key
    assert not any(handle(*one) for one in wanted)


def test_locks_and_what_has_been_driven_are_painted(view: TimelineView) -> None:
    scenario = hand_scenario()
    pictures: list[QImage] = []
    for locks in ({}, {"A": Lock.DRIVEN}, {"A": Lock.PLACE}, {"A": Lock.VEHICLE}, {}):
        view.show_plan(figures_of(scenario, ("A", "C"), ("B", "E"), **locks), scenario)
        pictures.append(view.canvas.grab().toImage())
    assert pictures[0] == pictures[-1]
    assert all(one != other for at, one in enumerate(pictures[:-1]) for other in pictures[:at])
