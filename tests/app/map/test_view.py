"""The map as its users meet it: mouse events go in, signals come out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QHelpEvent, QImage, QPalette, QWheelEvent
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QApplication, QLabel, QToolTip
from pytestqt.qtbot import QtBot

from app.map.theme import DARK_THEME, LIGHT_THEME
from app.map.view import MapMode, MapRoute, MapView
from app.model.scenario import Customer, Depot, Scenario, Settings, TravelSource

Mouse = Callable[..., None]
SHIFT = Qt.KeyboardModifier.ShiftModifier
CTRL = Qt.KeyboardModifier.ControlModifier


def shop(view: MapView, number: int) -> QPoint:
    """Return the pixel of a customer of the fixture."""
    return view.pixel_of(60.17, 24.95 + 0.01 * number)


ROUNDING = 4
"""Levels of 255 by which the edge of a smooth line may differ, by where in memory Qt happens to draw it."""


def contrast_of(one: QImage, other: QImage) -> int:
    """Return the largest difference between two images of the same size, levels of 255."""
    assert one.size() == other.size()
    levels = [np.frombuffer(image.constBits(), np.uint8).astype(np.int64) for image in (one, other)]
    return int(np.abs(levels[0] - levels[1]).max())


def last(spy: QSignalSpy) -> list[object]:
    assert spy.count() >= 1
    return list(spy.at(spy.count() - 1))


def test_fit_brings_everything_into_view(view: MapView, scenario: Scenario) -> None:
    for place in [*scenario.depots.values(), *scenario.customers.values()]:
        assert view.viewport.rect().contains(view.pixel_of(place.lat, place.lon))


def test_a_place_is_shown_in_the_middle_and_near(view: MapView) -> None:
    view.canvas.zoom(0.01)
    view.show_item("customers", "c3")
    middle = view.viewport.rect().center()
    assert (shop(view, 3) - middle).manhattanLength() <= 2
    near = view.camera.units_per_pixel
    view.canvas.zoom(2.0)
    view.show_item("customers", "c1")
    assert view.camera.units_per_pixel == pytest.approx(near / 2)
    before = view.camera
    view.show_item("customers", "nobody")
    assert view.camera == before


def test_a_route_is_shown_whole(view: MapView) -> None:
    view.set_routes([MapRoute("0", 0, (("depots", "d"), ("customers", "c0"), ("customers", "c4"), ("depots", "d")))])
    before = view.camera
    view.show_item("routes", "0")
    assert view.camera == before  # it is in view
    view.canvas.zoom(30.0)
    view.show_item("routes", "0")
    assert all(view.viewport.rect().contains(shop(view, number)) for number in (0, 4))


def test_camera_and_view_box_agree(view: MapView) -> None:
    box = view.canvas.centralWidget
    at = box.mapSceneToView(view.canvas.mapToScene(QPoint(123, 456)))
    assert (at.x(), at.y()) == pytest.approx(view.camera.to_map(123, 456), rel=1e-9)


def test_what_was_fitted_stays_fitted_when_the_window_grows(view: MapView, scenario: Scenario) -> None:
    before = view.camera
    view.resize(1200, 900)
    assert view.camera.units_per_pixel < before.units_per_pixel
    view.canvas.pan(30, 0)
    before = view.camera
    view.resize(800, 600)
    assert view.camera.units_per_pixel == before.units_per_pixel


def test_click_asks_for_a_selection_and_changes_nothing_itself(view: MapView, click: Mouse) -> None:
    spy = QSignalSpy(view.selection_requested)
    click(shop(view, 2))
    assert last(spy) == [frozenset({("customers", "c2")})]
    image = view.grab_image()
    view.set_selected({("customers", "c2")})
    assert view.grab_image() != image


def test_extending_clicks_toggle(view: MapView, click: Mouse) -> None:
    view.set_selected({("customers", "c1")})
    spy = QSignalSpy(view.selection_requested)
    click(shop(view, 2), modifiers=CTRL)
    assert last(spy) == [frozenset({("customers", "c1"), ("customers", "c2")})]
    click(shop(view, 1), modifiers=SHIFT)
    assert last(spy) == [frozenset()]


def test_rectangle_selects_what_is_inside(view: MapView, drag: Mouse) -> None:
    spy = QSignalSpy(view.selection_requested)
    drag(shop(view, 1) - QPoint(20, 30), shop(view, 3) + QPoint(20, 30), modifiers=SHIFT)
    assert last(spy) == [frozenset(("customers", f"c{i}") for i in (1, 2, 3))]


def test_rectangle_takes_out_what_is_inside(view: MapView, drag: Mouse) -> None:
    view.set_selected({("customers", "c1"), ("customers", "c4"), ("depots", "d")})
    spy = QSignalSpy(view.selection_requested)
    drag(shop(view, 1) - QPoint(20, 30), shop(view, 3) + QPoint(20, 30), modifiers=CTRL)
    assert last(spy) == [frozenset([("customers", "c4"), ("depots", "d")])]


def around(view: MapView, first: int, final: int) -> list[QPoint]:
    """Return corners of a line around some customers of the fixture, open at its end."""
    left, right = shop(view, first), shop(view, final)
    up, out = QPoint(0, 40), QPoint(15, 0)
    return [left - out - up, right + out - up, right + out + up, (left + right) / 2 + up, left - out + up]


def draw(mouse: Mouse, way: list[QPoint], *, drop: bool = True, **how: object) -> None:
    """Press, move in small steps from corner to corner, and perhaps release."""
    mouse(QEvent.Type.MouseButtonPress, way[0], **how)
    for start, end in pairwise(way):
        for step in range(1, 6):
            mouse(QEvent.Type.MouseMove, start + (end - start) * step / 5, **how)
    if drop:
        mouse(QEvent.Type.MouseButtonRelease, way[-1], **how)


@pytest.mark.parametrize(
    ("modifiers", "expected"),
    [
        (Qt.KeyboardModifier.NoModifier, {"c1", "c2", "c3"}),
        (SHIFT, {"c1", "c2", "c3", "c4"}),
        (CTRL, {"c4"}),
    ],
)
def test_lasso_selects_what_it_goes_around(
    view: MapView, mouse: Mouse, modifiers: Qt.KeyboardModifier, expected: set[str]
) -> None:
    view.set_selected({("customers", "c2"), ("customers", "c4")})
    view.set_mode(MapMode.LASSO)
    spy = QSignalSpy(view.selection_requested)
    draw(mouse, around(view, 1, 3), modifiers=modifiers)
    assert last(spy) == [frozenset(("customers", key) for key in expected)]
    assert spy.count() == 1
    assert view.mode is MapMode.LASSO


def test_lasso_stays_where_it_was_drawn_when_the_wheel_zooms_on_the_way(view: MapView, mouse: Mouse) -> None:
    view.set_mode(MapMode.LASSO)
    spy = QSignalSpy(view.selection_requested)
    draw(mouse, around(view, 1, 3)[:3], drop=False)
    view.canvas.zoom(0.5, 10, 10)
    draw(mouse, around(view, 1, 3)[2:])  # its press is that of a gesture under way, and counts for nothing
    assert last(spy) == [frozenset(("customers", f"c{i}") for i in (1, 2, 3))]


def test_escape_leaves_the_lasso_then_the_mode_then_the_selection(view: MapView, mouse: Mouse, qtbot: QtBot) -> None:
    view.set_selected({("customers", "c4")})
    view.set_mode(MapMode.LASSO)
    spy = QSignalSpy(view.selection_requested)
    before = view.grab_image()
    draw(mouse, around(view, 1, 3), drop=False)
    assert view.grab_image() != before
    qtbot.keyClick(view.viewport, Qt.Key.Key_Escape)
    assert view.grab_image() == before
    mouse(QEvent.Type.MouseButtonRelease, shop(view, 0))
    assert spy.count() == 0
    assert view.mode is MapMode.LASSO
    qtbot.keyClick(view.viewport, Qt.Key.Key_Escape)
    assert view.mode is MapMode.SELECT
    qtbot.keyClick(view.viewport, Qt.Key.Key_Escape)
    assert last(spy) == [frozenset()]


def test_rectangle_mode_needs_no_keys(view: MapView, drag: Mouse) -> None:
    view.set_selected({("customers", "c4")})
    view.set_mode(MapMode.RECTANGLE)
    spy = QSignalSpy(view.selection_requested)
    drag(shop(view, 1) - QPoint(20, 30), shop(view, 3) + QPoint(20, 30))
    assert last(spy) == [frozenset(("customers", f"c{i}") for i in (1, 2, 3))]
    drag(shop(view, 1), shop(view, 3), drop=False)
    assert view.interaction.cancel()


def test_items_in_view_are_those_that_can_be_seen(view: MapView) -> None:
    assert len(view.items_in_view()) == 6
    view.show_item("customers", "c3")
    view.canvas.zoom(20.0)
    assert view.items_in_view() == {("customers", "c3")}


def test_drag_moves_what_is_selected_by_degrees(view: MapView, drag: Mouse) -> None:
    view.set_mode(MapMode.MOVE)
    moved = frozenset({("customers", "c2"), ("depots", "d")})
    view.set_selected(moved)
    spy = QSignalSpy(view.move_requested)
    end = view.pixel_of(60.18, 24.98)
    drag(shop(view, 2), end)
    items, dlat, dlon = last(spy)
    assert items == moved
    tolerance = 1.5 * view.camera.units_per_pixel / 111_000 * 2
    assert dlat == pytest.approx(0.01, abs=tolerance)
    assert dlon == pytest.approx(0.01, abs=tolerance)


def test_drag_shows_a_ghost_that_escape_takes_away(view: MapView, drag: Mouse, qtbot: QtBot) -> None:
    view.set_mode(MapMode.MOVE)
    view.set_selected({("customers", "c2")})
    before = view.grab_image()
    moves, selections = QSignalSpy(view.move_requested), QSignalSpy(view.selection_requested)
    drag(shop(view, 2), shop(view, 2) + QPoint(0, -60), drop=False)
    assert view.grab_image() != before
    qtbot.keyClick(view.viewport, Qt.Key.Key_Escape)
    assert view.grab_image() == before
    assert moves.count() == selections.count() == 0


def test_drag_of_a_stop_is_handed_over(view: MapView, drag: Mouse, click: Mouse) -> None:
    taken, moves, selections = (
        QSignalSpy(signal) for signal in (view.stop_dragged, view.move_requested, view.selection_requested)
    )
    drag(shop(view, 2), shop(view, 2) + QPoint(0, -60))
    assert [taken.at(i) for i in range(taken.count())] == [["c2"]]
    assert last(selections) == [frozenset({("customers", "c2")})]
    assert moves.count() == 0
    view.set_selected({("customers", "c1"), ("customers", "c2")})
    drag(shop(view, 1), shop(view, 1) + QPoint(0, -60))
    assert last(taken) == ["c1"]
    assert selections.count() == 1  # what is selected comes along
    click(shop(view, 1))
    assert last(selections) == [frozenset({("customers", "c1")})]
    assert taken.count() == 2


def test_drag_of_a_depot_pans_unless_places_are_moved(view: MapView, drag: Mouse) -> None:
    before, moves = view.camera, QSignalSpy(view.move_requested)
    depot = view.pixel_of(60.17, 24.93)
    drag(depot, depot + QPoint(30, 20))
    assert view.camera != before
    assert moves.count() == 0
    view.set_mode(MapMode.MOVE)
    depot = view.pixel_of(60.17, 24.93)
    drag(depot, depot + QPoint(30, 20))
    assert last(moves)[0] == frozenset({("depots", "d")})


def test_new_scenario_cancels_a_drag(view: MapView, drag: Mouse, mouse: Mouse, scenario: Scenario) -> None:
    view.set_mode(MapMode.MOVE)
    spy = QSignalSpy(view.move_requested)
    start = shop(view, 2)
    drag(start, start + QPoint(0, -60), drop=False)
    view.set_scenario(replace(scenario, customers={}))
    mouse(QEvent.Type.MouseButtonRelease, start + QPoint(0, -60))
    assert spy.count() == 0


@pytest.mark.parametrize("button", [Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton])
def test_drag_on_nothing_pans(view: MapView, drag: Mouse, button: Qt.MouseButton) -> None:
    spy = QSignalSpy(view.selection_requested)
    before = view.camera.to_map(400, 450)
    drag(QPoint(400, 450), QPoint(460, 410), button=button)
    assert view.camera.to_map(460, 410) == pytest.approx(before)
    assert spy.count() == 0


def test_space_pans_over_anything(view: MapView, drag: Mouse, qtbot: QtBot) -> None:
    view.set_mode(MapMode.MOVE)
    spy = QSignalSpy(view.move_requested)
    before = view.camera.x
    qtbot.keyPress(view.viewport, Qt.Key.Key_Space)
    drag(shop(view, 2), shop(view, 2) + QPoint(60, 0))
    qtbot.keyRelease(view.viewport, Qt.Key.Key_Space)
    assert view.camera.x < before
    drag(shop(view, 2), shop(view, 2) + QPoint(60, 0))
    assert spy.count() == 1


@pytest.mark.parametrize(
    ("mode", "kind"), [(MapMode.ADD_CUSTOMER, "customers"), (MapMode.ADD_DEPOT, "depots")], ids=["customer", "depot"]
)
def test_adding_mode_adds_one_where_clicked(view: MapView, click: Mouse, mode: MapMode, kind: str) -> None:
    modes, adds = QSignalSpy(view.mode_changed), QSignalSpy(view.add_requested)
    view.set_mode(mode)
    assert view.viewport.cursor().shape() == Qt.CursorShape.CrossCursor
    click(view.pixel_of(60.165, 24.96))
    added, lat, lon = last(adds)
    assert added == kind
    assert (lat, lon) == pytest.approx((60.165, 24.96), abs=2e-4)
    assert view.mode is MapMode.SELECT
    assert view.viewport.cursor().shape() == Qt.CursorShape.ArrowCursor
    assert [modes.at(i)[0] for i in range(modes.count())] == [mode, MapMode.SELECT]
    click(view.pixel_of(60.164, 24.96))
    assert adds.count() == 1


def test_adding_mode_that_is_kept_adds_until_escape(view: MapView, click: Mouse, qtbot: QtBot) -> None:
    adds = QSignalSpy(view.add_requested)
    view.set_mode(MapMode.ADD_CUSTOMER, keep=True)
    for lat in (60.165, 60.164):
        click(view.pixel_of(lat, 24.96))
    assert adds.count() == 2
    assert view.mode is MapMode.ADD_CUSTOMER
    qtbot.keyClick(view.viewport, Qt.Key.Key_Escape)
    assert view.mode is MapMode.SELECT
    assert not view.keeps_mode


def test_shift_adds_one_more(view: MapView, click: Mouse) -> None:
    adds = QSignalSpy(view.add_requested)
    view.set_mode(MapMode.ADD_DEPOT)
    click(view.pixel_of(60.165, 24.96), modifiers=Qt.KeyboardModifier.ShiftModifier)
    assert view.mode is MapMode.ADD_DEPOT
    click(view.pixel_of(60.164, 24.96))
    assert view.mode is MapMode.SELECT
    assert adds.count() == 2


def test_adding_modes_say_what_a_click_does_as_long_as_it_does(view: MapView, click: Mouse) -> None:
    hint = view.findChild(QLabel, "mode_hint")
    assert hint is not None
    texts = set()
    for mode in (MapMode.ADD_CUSTOMER, MapMode.ADD_DEPOT):
        for keep in (False, True):
            view.set_mode(mode, keep=keep)
            assert hint.isVisible()
            assert view.viewport.rect().contains(hint.geometry())
            texts.add(hint.text())
    assert len(texts) == 4
    for mode in set(MapMode) - {MapMode.ADD_CUSTOMER, MapMode.ADD_DEPOT, MapMode.CLOSE_STREET, MapMode.ASK}:
        view.set_mode(mode, keep=True)
        assert not hint.isVisible()
        assert not view.keeps_mode


def test_escape_clears_the_selection_last(view: MapView, qtbot: QtBot) -> None:
    spy = QSignalSpy(view.selection_requested)
    qtbot.keyClick(view.viewport, Qt.Key.Key_Escape)
    assert spy.count() == 0
    view.set_selected({("depots", "d")})
    qtbot.keyClick(view.viewport, Qt.Key.Key_Escape)
    assert last(spy) == [frozenset()]


def test_wheel_zooms_at_the_cursor(view: MapView) -> None:
    before, scale = view.camera.to_map(200, 150), view.camera.units_per_pixel
    place = QPointF(200, 150)
    event = QWheelEvent(
        place,
        view.viewport.mapToGlobal(place),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view.viewport, event)
    assert view.camera.units_per_pixel < scale
    assert view.camera.to_map(200, 150) == pytest.approx(before)


def test_zoom_stops_at_its_limits_without_sliding(view: MapView) -> None:
    for factor in (1000.0, 1e-9):
        view.canvas.zoom(factor, 10, 10)
        view.canvas.zoom(factor, 10, 10)
        before = view.camera
        view.canvas.zoom(factor, 10, 10)
        assert view.camera == before
        view.grab_image()


@pytest.mark.parametrize(
    ("key", "dx", "dy"),
    [
        (Qt.Key.Key_Left, -1, 0),
        (Qt.Key.Key_Right, 1, 0),
        (Qt.Key.Key_Up, 0, 1),
        (Qt.Key.Key_Down, 0, -1),
    ],
)
def test_arrow_keys_look_further_their_way(view: MapView, qtbot: QtBot, key: Qt.Key, dx: int, dy: int) -> None:
    before = view.camera
    qtbot.keyClick(view.viewport, key)
    assert (np.sign(view.camera.x - before.x), np.sign(view.camera.y - before.y)) == (dx, dy)


def test_plus_minus_and_f(view: MapView, qtbot: QtBot) -> None:
    fitted = view.camera
    qtbot.keyClick(view.viewport, Qt.Key.Key_Plus)
    assert view.camera.units_per_pixel < fitted.units_per_pixel
    qtbot.keyClick(view.viewport, Qt.Key.Key_Minus)
    assert view.camera.units_per_pixel == pytest.approx(fitted.units_per_pixel)
    qtbot.keyClick(view.viewport, Qt.Key.Key_Left)
    qtbot.keyClick(view.viewport, Qt.Key.Key_F)
    assert view.camera == fitted


@pytest.mark.parametrize("key", [Qt.Key.Key_Delete, Qt.Key.Key_Backspace])
def test_delete_key_asks(view: MapView, qtbot: QtBot, key: Qt.Key) -> None:
    spy = QSignalSpy(view.delete_requested)
    qtbot.keyClick(view.viewport, key)
    assert spy.count() == 1


def test_select_all_key_asks_for_every_place(view: MapView, qtbot: QtBot) -> None:
    spy = QSignalSpy(view.selection_requested)
    qtbot.keyClick(view.viewport, Qt.Key.Key_A, CTRL)
    assert last(spy) == [frozenset([("depots", "d"), *(("customers", f"c{i}") for i in range(5))])]


def test_double_click_activates(view: MapView, mouse: Mouse, click: Mouse) -> None:
    spy = QSignalSpy(view.item_activated)
    click(shop(view, 3))
    mouse(QEvent.Type.MouseButtonDblClick, shop(view, 3))
    mouse(QEvent.Type.MouseButtonRelease, shop(view, 3))
    assert last(spy) == ["customers", "c3"]


def test_route_and_zone_can_be_clicked(view: MapView, click: Mouse) -> None:
    view.set_routes(
        [MapRoute("0", 0, (("depots", "d"), ("customers", "c0"))), MapRoute("1", 1, (("customers", "c4"),))]
    )
    spy = QSignalSpy(view.selection_requested)
    click(view.pixel_of(60.17, 24.94))
    assert last(spy) == [frozenset({("routes", "0")})]
    click(view.pixel_of(60.19, 24.97))
    assert last(spy) == [frozenset({("zones", "z")})]


def test_hover_marks_the_stop_and_reads_out_coordinates(view: MapView, mouse: Mouse) -> None:
    label = view.findChild(QLabel, "mapCoordinates")
    assert not label.isVisible()
    image = view.grab_image()
    mouse(QEvent.Type.MouseMove, shop(view, 1), button=Qt.MouseButton.NoButton)
    assert label.isVisible()
    assert "24.96" in label.text()
    assert view.grab_image() != image
    QApplication.sendEvent(view.canvas, QEvent(QEvent.Type.Leave))
    assert not label.isVisible()
    assert view.grab_image() == image


def test_tooltip_names_what_is_below(view: MapView) -> None:
    for at, name in ((shop(view, 1), "Shop 1"), (view.pixel_of(60.19, 24.97), "Old town")):
        event = QHelpEvent(QEvent.Type.ToolTip, at, view.viewport.mapToGlobal(at))
        QApplication.sendEvent(view.viewport, event)
        assert QToolTip.text() == name
    QToolTip.hideText()


def pixels(image: QImage, colour: QColor) -> int:
    """Count the pixels of exactly this colour."""
    converted = image.convertToFormat(QImage.Format.Format_RGB32)
    data = np.frombuffer(converted.constBits(), dtype=np.uint32) & 0xFFFFFF
    return int(np.count_nonzero(data == (colour.rgb() & 0xFFFFFF)))


def test_customers_take_the_colours_of_their_routes(view: MapView) -> None:
    first, second = LIGHT_THEME.route_colours[0], LIGHT_THEME.route_colours[5]
    view.set_theme(LIGHT_THEME)
    assert pixels(view.grab_image(), first) == 0
    view.set_routes(
        [MapRoute("0", 0, (("customers", "c0"), ("customers", "c1"))), MapRoute("5", 5, (("customers", "c2"),))]
    )
    image = view.grab_image()
    assert pixels(image, first) > 2 * pixels(image, second) > 100
    view.set_routes([])
    assert pixels(view.grab_image(), first) == 0


def test_unserved_customers_have_a_colour_of_their_own(view: MapView) -> None:
    view.set_theme(LIGHT_THEME)
    assert pixels(view.grab_image(), QColor(LIGHT_THEME.unserved)) == 0
    view.set_unserved({"c1"})
    assert pixels(view.grab_image(), QColor(LIGHT_THEME.unserved)) > 40
    view.set_unserved(())
    assert pixels(view.grab_image(), QColor(LIGHT_THEME.unserved)) == 0


def test_who_is_left_out_is_seen_beside_numbered_stops(view: MapView, scenario: Scenario) -> None:
    view.set_theme(LIGHT_THEME)
    beside = replace(scenario.customers["c0"], id="c9", lon=scenario.customers["c1"].lon + 1e-4)
    view.set_scenario(replace(scenario, customers={**scenario.customers, "c9": beside}))
    view.set_unserved({"c9"})
    alone = pixels(view.grab_image(), QColor(LIGHT_THEME.unserved))
    view.set_routes([MapRoute("0", 0, (("customers", "c0"), ("customers", "c1"), ("customers", "c2")))])
    assert pixels(view.grab_image(), QColor(LIGHT_THEME.unserved)) == alone > 40


def test_selected_route_stands_out_and_the_others_fade(view: MapView) -> None:
    view.set_theme(LIGHT_THEME)
    routes = [
        MapRoute("0", 0, (("depots", "d"), ("customers", "c0"))),
        MapRoute("1", 1, (("customers", "c3"), ("customers", "c4"))),
    ]
    view.set_routes(routes)
    plain = view.grab_image()
    view.set_selected({("routes", "0")})
    chosen = view.grab_image()
    view.set_selected(())
    assert view.grab_image() == plain
    view.set_routes(routes[1:])
    view.set_selected({("routes", "0")})
    view.set_routes(routes)  # it stands out wherever it comes in the plan
    assert view.grab_image() == chosen
    assert pixels(chosen, QColor(LIGHT_THEME.halo)) > pixels(plain, QColor(LIGHT_THEME.halo))
    assert pixels(chosen, LIGHT_THEME.route_colours[1]) < pixels(plain, LIGHT_THEME.route_colours[1])


def test_deleted_customer_leaves_its_route(view: MapView, scenario: Scenario) -> None:
    view.set_routes([MapRoute("0", 0, tuple(("customers", f"c{i}") for i in range(5)))])
    view.set_selected({("customers", "c2")})
    rest = {id: customer for id, customer in scenario.customers.items() if id != "c2"}
    view.set_scenario(replace(scenario, customers=rest))
    before = view.grab_image()
    view.set_routes([MapRoute("0", 0, tuple(("customers", id) for id in rest))])
    assert view.grab_image() == before


def test_edits_of_what_is_there_are_drawn_as_if_all_was_new(view: MapView, scenario: Scenario, qtbot: QtBot) -> None:
    routes = [MapRoute("0", 0, (("depots", "d"), *(("customers", f"c{i}") for i in range(5))))]
    view.set_routes(routes)
    customers = dict(scenario.customers)
    moved = replace(scenario, customers={**customers, "c2": replace(customers["c2"], lat=60.175)})
    customers["c4"] = replace(customers["c4"], id="new")
    renamed = replace(scenario, customers={id if id != "c4" else "new": one for id, one in customers.items()})
    followed = [MapRoute("0", 0, (*routes[0].points[:-1], ("customers", "new")))]
    for changed, drawn in ((moved, None), (renamed, followed), (scenario, routes)):
        view.set_scenario(changed, drawn)
        fresh = MapView()
        qtbot.addWidget(fresh)
        fresh.resize(view.size())
        fresh.show()
        fresh.set_scenario(changed, drawn or routes)
        fresh.look(view.camera)
        assert contrast_of(view.grab_image(), fresh.grab_image()) <= ROUNDING


def test_palette_change_changes_the_theme(view: MapView) -> None:
    palette = QPalette(view.palette())
    palette.setColor(QPalette.ColorRole.Window, QColor("#202020"))
    view.setPalette(palette)
    image = view.grab_image()
    assert pixels(image, QColor(DARK_THEME.land)) > 1000
    assert pixels(image, QColor(LIGHT_THEME.land)) == 0


def test_sea_is_drawn_on_earth_and_not_in_a_plane(view: MapView, qtbot: QtBot) -> None:
    view.set_theme(LIGHT_THEME)
    view.canvas.zoom(0.01)
    qtbot.waitUntil(lambda: pixels(view.grab_image(), QColor(LIGHT_THEME.sea)) > 10_000)
    customers = {str(i): Customer(str(i), lat=10.0 * i, lon=5.0 * i) for i in range(10)}
    view.set_scenario(Scenario(customers=customers, settings=Settings(travel=TravelSource.PLANE)))
    assert pixels(view.grab_image(), QColor(LIGHT_THEME.sea)) == 0
    for i in range(10):
        assert view.viewport.rect().contains(view.pixel_of(10.0 * i, 5.0 * i))


def test_view_stays_when_the_scenario_changes(view: MapView, scenario: Scenario) -> None:
    view.canvas.pan(40, 10)
    before = view.camera
    view.set_scenario(replace(scenario, depots={"e": Depot("e", lat=61.0, lon=25.0)}))
    assert view.camera == before


@pytest.mark.parametrize("count", [0, 1])
def test_empty_and_single_scenarios_can_be_shown(qtbot: QtBot, count: int) -> None:
    view = MapView()
    qtbot.addWidget(view)
    view.resize(300, 200)
    view.show()
    view.set_scenario(Scenario(customers={str(i): Customer(str(i), lat=60.0, lon=25.0) for i in range(count)}))
    view.fit()
    assert not view.grab_image().isNull()
    assert view.camera.units_per_pixel < 1e5
