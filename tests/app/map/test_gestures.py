"""Gestures by themselves, on a surface that only remembers what it was asked."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from PySide6.QtCore import Qt

from app.map.features import Item
from app.map.gesture_choice import gesture_for
from app.map.gestures import (
    AddGesture,
    AskGesture,
    CloseGesture,
    Gesture,
    LassoGesture,
    MapMode,
    MapPoint,
    MoveGesture,
    PanGesture,
    Pointer,
    RectangleGesture,
    SelectGesture,
    StopGesture,
)

SHOP: Item = ("customers", "c")
HOME: Item = ("depots", "d")
ROUTE: Item = ("routes", "0")
SHIFT = Qt.KeyboardModifier.ShiftModifier
CTRL = Qt.KeyboardModifier.ControlModifier


class Sheet:
    """A surface with one item everywhere, or none."""

    def __init__(self, item: Item | None = None, selected: frozenset[Item] = frozenset()) -> None:
        self.item, self.selected = item, selected
        self.asked: list[tuple[object, ...]] = []
        self.panned = (0.0, 0.0)
        self.band = self.ghost = False
        self.lasso: list[MapPoint] = []
        self.cursor: Qt.CursorShape | None = None

    def item_at(self, px: float, py: float) -> Item | None:
        return self.item

    def items_between(self, start: Pointer, end: Pointer) -> frozenset[Item]:
        return frozenset([SHOP, HOME])

    def items_enclosed(self, line: Sequence[MapPoint]) -> frozenset[Item]:
        self.asked.append(("enclosed", list(line)))
        return frozenset([SHOP, HOME])

    def map_point(self, pointer: Pointer) -> MapPoint:
        return 10 * pointer.x, -10 * pointer.y

    def show_lasso(self, line: Sequence[MapPoint]) -> None:
        self.lasso = list(line)

    def pan(self, dx: float, dy: float) -> None:
        self.panned = (self.panned[0] + dx, self.panned[1] + dy)

    def request_selection(self, items: frozenset[Item]) -> None:
        self.asked.append(("select", items))

    def request_move(self, items: frozenset[Item], start: Pointer, end: Pointer) -> None:
        self.asked.append(("move", items, end.x - start.x, end.y - start.y))

    def request_drag(self, item: Item) -> None:
        self.asked.append(("drag", item))

    def request_question(self, item: Item) -> None:
        self.asked.append(("question", item))

    def request_add(self, kind: str, at: Pointer) -> None:
        self.asked.append(("add", kind, at.x, at.y))

    def show_band(self, start: Pointer, end: Pointer) -> None:
        self.band = True

    def hide_band(self) -> None:
        self.band = False

    def show_ghost(self, items: frozenset[Item], start: Pointer, end: Pointer) -> None:
        self.ghost = True

    def hide_ghost(self) -> None:
        self.ghost = False

    def show_cursor(self, shape: Qt.CursorShape | None) -> None:
        self.cursor = shape


def perform(gesture: Gesture, *way: tuple[float, float], modifiers: Qt.KeyboardModifier = SHIFT & CTRL) -> None:
    """Press at the first point, move along, release at the last one."""
    gesture.press(Pointer(*way[0], modifiers=modifiers))
    for point in way[1:]:
        gesture.move(Pointer(*point, modifiers=modifiers))
    gesture.release(Pointer(*way[-1], modifiers=modifiers))


def test_pan_follows_the_mouse_all_the_way() -> None:
    sheet = Sheet()
    perform(PanGesture(sheet), (10, 10), (12, 10), (30, 25), (60, 5))
    assert sheet.panned == (50, -5)
    assert sheet.cursor is None


def test_small_tremble_is_a_click() -> None:
    sheet = Sheet(ROUTE)
    perform(SelectGesture(sheet), (10, 10), (12, 12), (13, 11))
    assert sheet.asked == [("select", frozenset([ROUTE]))]
    assert sheet.panned == (0, 0)


def test_drag_that_returns_to_its_start_is_no_click() -> None:
    sheet = Sheet(ROUTE)
    perform(SelectGesture(sheet), (10, 10), (50, 10), (10, 10))
    assert sheet.asked == []


def test_click_on_nothing_clears_the_selection() -> None:
    sheet = Sheet(None, frozenset([SHOP]))
    perform(SelectGesture(sheet), (5, 5))
    assert sheet.asked == [("select", frozenset())]


def test_adding_click_adds_and_drag_pans() -> None:
    sheet = Sheet()
    perform(AddGesture(sheet, "depots"), (5, 6))
    perform(AddGesture(sheet, "depots"), (5, 6), (40, 6))
    assert sheet.asked == [("add", "depots", 5, 6)]
    assert sheet.panned == (35, 0)


def test_asking_click_asks_about_a_customer_and_drag_pans() -> None:
    for item, asked in ((SHOP, [("question", SHOP)]), (HOME, []), (ROUTE, []), (None, [])):
        sheet = Sheet(item)
        perform(AskGesture(sheet), (10, 10))
        assert sheet.asked == asked
    sheet = Sheet(SHOP)
    perform(AskGesture(sheet), (10, 10), (50, 10))
    assert not sheet.asked
    assert sheet.panned == (40, 0)


def test_extending_click_toggles() -> None:
    sheet = Sheet(SHOP, frozenset([SHOP, HOME]))
    perform(RectangleGesture(sheet), (5, 5), modifiers=SHIFT)
    sheet.selected = frozenset([HOME])
    perform(RectangleGesture(sheet), (5, 5), modifiers=CTRL)
    assert sheet.asked == [("select", frozenset([HOME])), ("select", frozenset([HOME, SHOP]))]


def test_extending_click_on_nothing_keeps_the_selection() -> None:
    sheet = Sheet(None, frozenset([HOME]))
    perform(RectangleGesture(sheet), (5, 5), modifiers=SHIFT)
    assert sheet.asked == []


def test_rectangle_adds_to_the_selection() -> None:
    sheet = Sheet(None, frozenset([ROUTE]))
    perform(RectangleGesture(sheet), (5, 5), (80, 80), modifiers=SHIFT)
    assert sheet.asked == [("select", frozenset([ROUTE, SHOP, HOME]))]
    assert not sheet.band


def test_rectangle_takes_out_of_the_selection() -> None:
    sheet = Sheet(None, frozenset([ROUTE, SHOP]))
    perform(RectangleGesture(sheet), (5, 5), (80, 80), modifiers=CTRL)
    assert sheet.asked == [("select", frozenset([ROUTE]))]


def test_rectangle_without_keys_replaces_the_selection() -> None:
    sheet = Sheet(None, frozenset([ROUTE]))
    perform(RectangleGesture(sheet), (5, 5), (80, 80))
    assert sheet.asked == [("select", frozenset([SHOP, HOME]))]


def test_click_in_an_area_mode_selects_one_or_nothing() -> None:
    sheet = Sheet(SHOP, frozenset([HOME]))
    perform(LassoGesture(sheet), (5, 5))
    sheet.item = None
    perform(LassoGesture(sheet), (5, 5))
    assert sheet.asked == [("select", frozenset([SHOP])), ("select", frozenset())]


@pytest.mark.parametrize(
    ("modifiers", "expected"), [(SHIFT & CTRL, {SHOP, HOME}), (SHIFT, {ROUTE, SHOP, HOME}), (CTRL, {ROUTE})]
)
def test_lasso_follows_the_mouse_but_for_its_trembling(modifiers: Qt.KeyboardModifier, expected: set[Item]) -> None:
    sheet = Sheet(None, frozenset([ROUTE]))
    perform(LassoGesture(sheet), (0, 0), (20, 0), (21, 0), (20, 20), (0, 20), modifiers=modifiers)
    (_, line), (_, selected) = sheet.asked
    assert line[:4] == [(0, 0), (200, 0), (200, -200), (0, -200)]
    assert selected == expected
    assert sheet.lasso == []


def test_keys_count_as_they_were_when_the_drag_began() -> None:
    sheet = Sheet(None, frozenset([ROUTE]))
    gesture = RectangleGesture(sheet)
    gesture.press(Pointer(5, 5, modifiers=SHIFT))
    gesture.release(Pointer(80, 80))
    assert sheet.asked == [("select", frozenset([ROUTE, SHOP, HOME]))]


def test_press_on_something_else_selects_it_before_it_moves() -> None:
    sheet = Sheet(SHOP, frozenset([HOME]))
    perform(MoveGesture(sheet, SHOP), (5, 5), (25, 15))
    assert sheet.asked == [("select", frozenset([SHOP])), ("move", frozenset([SHOP]), 20, 10)]


def test_selected_places_move_together_but_routes_do_not() -> None:
    sheet = Sheet(SHOP, frozenset([SHOP, HOME, ROUTE]))
    perform(MoveGesture(sheet, SHOP), (5, 5), (25, 15))
    assert sheet.asked == [("move", frozenset([SHOP, HOME]), 20, 10)]


def test_stop_is_handed_over_once_the_mouse_has_left_the_spot() -> None:
    sheet = Sheet(SHOP, frozenset([HOME]))
    gesture = StopGesture(sheet, SHOP)
    gesture.press(Pointer(5, 5))
    gesture.move(Pointer(7, 7))
    assert sheet.asked == [("select", frozenset([SHOP]))]
    gesture.move(Pointer(25, 15))
    assert sheet.asked[1:] == [("drag", SHOP)]


def test_release_far_away_without_a_move_between_begins_no_drag() -> None:
    sheet = Sheet(SHOP, frozenset([SHOP, HOME]))
    gesture = StopGesture(sheet, SHOP)
    gesture.press(Pointer(5, 5))
    gesture.release(Pointer(90, 90))
    assert sheet.asked == [("select", frozenset([SHOP]))]


@pytest.mark.parametrize("gesture", [RectangleGesture, LassoGesture, lambda sheet: MoveGesture(sheet, SHOP)])
def test_cancelled_gesture_asks_for_nothing_and_leaves_no_preview(gesture: type[Gesture]) -> None:
    sheet = Sheet(SHOP, frozenset([SHOP]))
    started = gesture(sheet)
    started.press(Pointer(5, 5))
    started.move(Pointer(50, 50))
    assert sheet.band or sheet.ghost or sheet.lasso
    started.cancel()
    assert sheet.asked == []
    assert not sheet.band
    assert not sheet.ghost
    assert not sheet.lasso
    assert sheet.cursor is None


@pytest.mark.parametrize(
    ("item", "mode", "pointer", "space", "expected"),
    [
        (None, MapMode.SELECT, Pointer(0, 0), False, SelectGesture),
        (ROUTE, MapMode.SELECT, Pointer(0, 0), False, SelectGesture),
        (SHOP, MapMode.SELECT, Pointer(0, 0), False, StopGesture),
        (HOME, MapMode.SELECT, Pointer(0, 0), False, SelectGesture),
        (SHOP, MapMode.MOVE, Pointer(0, 0), False, MoveGesture),
        (HOME, MapMode.MOVE, Pointer(0, 0), False, MoveGesture),
        (ROUTE, MapMode.MOVE, Pointer(0, 0), False, SelectGesture),
        (SHOP, MapMode.MOVE, Pointer(0, 0, modifiers=SHIFT), False, RectangleGesture),
        (SHOP, MapMode.SELECT, Pointer(0, 0), True, PanGesture),
        (SHOP, MapMode.SELECT, Pointer(0, 0, Qt.MouseButton.MiddleButton), False, PanGesture),
        (SHOP, MapMode.SELECT, Pointer(0, 0, modifiers=SHIFT), False, RectangleGesture),
        (SHOP, MapMode.SELECT, Pointer(0, 0, modifiers=CTRL), False, RectangleGesture),
        (SHOP, MapMode.RECTANGLE, Pointer(0, 0), False, RectangleGesture),
        (SHOP, MapMode.LASSO, Pointer(0, 0), False, LassoGesture),
        (SHOP, MapMode.LASSO, Pointer(0, 0, modifiers=SHIFT), False, LassoGesture),
        (SHOP, MapMode.LASSO, Pointer(0, 0), True, PanGesture),
        (SHOP, MapMode.CLOSE_STREET, Pointer(0, 0), False, CloseGesture),
        (SHOP, MapMode.CLOSE_STREET, Pointer(0, 0), True, PanGesture),
        (SHOP, MapMode.ASK, Pointer(0, 0), False, AskGesture),
        (SHOP, MapMode.ASK, Pointer(0, 0), True, PanGesture),
        (SHOP, MapMode.ADD_CUSTOMER, Pointer(0, 0), False, AddGesture),
        (None, MapMode.ADD_DEPOT, Pointer(0, 0), False, AddGesture),
        (None, MapMode.ADD_DEPOT, Pointer(0, 0), True, PanGesture),
    ],
)
def test_press_begins_the_gesture_that_is_meant(
    item: Item | None, mode: MapMode, pointer: Pointer, space: bool, expected: type[Gesture]
) -> None:
    assert type(gesture_for(Sheet(item), mode, pointer, space=space)) is expected


def test_right_button_begins_nothing() -> None:
    assert gesture_for(Sheet(SHOP), MapMode.SELECT, Pointer(0, 0, Qt.MouseButton.RightButton), space=False) is None
