"""Drawing and reshaping zones with mouse and keys: events go in, requests come out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.map.outline import Handle, Part
from app.map.view import MapMode, MapView
from app.model.scenario import Scenario, Settings, TravelSource
from app.model.zones import ring_fault

Mouse = Callable[..., None]
Point = tuple[float, float]
KEY = Qt.Key
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier

CORNERS: list[Point] = [(60.162, 24.94), (60.162, 24.96), (60.150, 24.96), (60.150, 24.94)]
"""South of everything that is there."""


@pytest.fixture
def drawing(view: MapView) -> QSignalSpy:
    view.canvas.zoom(0.5)
    view.set_mode(MapMode.DRAW_ZONE)
    return QSignalSpy(view.zone_tool.zone_drawn)


@pytest.fixture
def shaping(view: MapView) -> QSignalSpy:
    view.set_selected({("zones", "z")})
    return QSignalSpy(view.zone_tool.ring_requested)


@pytest.fixture
def put(view: MapView, mouse: Mouse, click: Mouse) -> Mouse:
    """Return a function that moves to places and clicks there."""

    def send(*places: Point, **how: object) -> None:
        for place in places:
            at = view.pixel_of(*place)
            mouse(QEvent.Type.MouseMove, at, button=Qt.MouseButton.NoButton)
            click(at, **how)

    return send


def hint(view: MapView) -> str:
    label = view.findChild(QLabel, "zone_hint")
    return label.text() if label.isVisible() else ""


def figures(view: MapView) -> str:
    label = view.findChild(QLabel, "zone_figures")
    return label.text() if label.isVisible() else ""


def is_wrong(view: MapView) -> bool:
    return view.canvas.sketch.sketch.wrong


def near(ring: object, corners: list[Point]) -> bool:
    assert isinstance(ring, tuple)
    return len(ring) == len(corners) and all(
        point == pytest.approx(corner, abs=8e-4) for point, corner in zip(ring, corners, strict=True)
    )


def ring_of(spy: QSignalSpy, argument: int = 0) -> object:
    return spy.at(spy.count() - 1)[argument]


# Drawing


@pytest.mark.parametrize("how", ["enter", "double-click", "first corner"])
def test_corners_are_clicked_and_the_zone_is_closed(
    view: MapView, drawing: QSignalSpy, put: Mouse, mouse: Mouse, qtbot: QtBot, how: str
) -> None:
    put(*CORNERS)
    assert drawing.count() == 0
    if how == "enter":
        qtbot.keyClick(view.viewport, KEY.Key_Return)
    elif how == "double-click":
        at = view.pixel_of(*CORNERS[-1])
        mouse(QEvent.Type.MouseButtonDblClick, at)
        mouse(QEvent.Type.MouseButtonRelease, at)
    else:
        put(CORNERS[0])
    assert drawing.count() == 1
    assert near(ring_of(drawing), CORNERS)
    assert ring_fault(CORNERS, plane=False) == ""


def test_edge_and_area_are_shown_all_the_time(view: MapView, drawing: QSignalSpy, put: Mouse, mouse: Mouse) -> None:
    assert hint(view)
    put(CORNERS[0])
    first = hint(view)
    mouse(QEvent.Type.MouseMove, view.pixel_of(*CORNERS[1]), button=Qt.MouseButton.NoButton)
    assert "km" in figures(view)
    assert "²" not in figures(view)
    put(CORNERS[1])
    mouse(QEvent.Type.MouseMove, view.pixel_of(*CORNERS[2]), button=Qt.MouseButton.NoButton)
    assert "²" in figures(view) or "ha" in figures(view)
    assert hint(view) == first
    view.set_mode(MapMode.SELECT)
    assert hint(view) == figures(view) == ""


def test_backspace_takes_the_last_corner_back_and_escape_all(
    view: MapView, drawing: QSignalSpy, put: Mouse, qtbot: QtBot
) -> None:
    deleted = QSignalSpy(view.delete_requested)
    put(*CORNERS)
    qtbot.keyClick(view.viewport, KEY.Key_Backspace)
    qtbot.keyClick(view.viewport, KEY.Key_Return)
    assert near(ring_of(drawing), CORNERS[:3])
    qtbot.keyClick(view.viewport, KEY.Key_Escape)
    assert view.mode is MapMode.DRAW_ZONE
    assert view.canvas.sketch.sketch.line.size == 0
    qtbot.keyClick(view.viewport, KEY.Key_Escape)
    assert view.mode is MapMode.SELECT
    assert view.canvas.sketch.sketch.next is None
    assert deleted.count() == 0


def test_what_would_cross_itself_is_refused_with_a_word(
    view: MapView, drawing: QSignalSpy, put: Mouse, mouse: Mouse, qtbot: QtBot
) -> None:
    put(*CORNERS[:3])
    across = (60.166, 24.95)
    mouse(QEvent.Type.MouseMove, view.pixel_of(*across), button=Qt.MouseButton.NoButton)
    assert is_wrong(view)
    assert hint(view).startswith("✕")
    put(across)
    mouse(QEvent.Type.MouseButtonDblClick, view.pixel_of(*across))  # its first click was refused, so this is nothing
    assert drawing.count() == 0
    assert len(view.canvas.sketch.sketch.line) == 3
    put(CORNERS[3])
    assert not is_wrong(view)
    qtbot.keyClick(view.viewport, KEY.Key_Enter)
    assert near(ring_of(drawing), CORNERS)


def test_two_corners_are_no_zone(view: MapView, drawing: QSignalSpy, put: Mouse, qtbot: QtBot) -> None:
    put(*CORNERS[:2])
    qtbot.keyClick(view.viewport, KEY.Key_Return)
    assert drawing.count() == 0
    assert hint(view).startswith("✕")


def test_corners_snap_with_a_ring_unless_a_key_is_held(
    view: MapView, drawing: QSignalSpy, mouse: Mouse, click: Mouse, qtbot: QtBot
) -> None:
    beside = QPoint(5, 4)
    shop, corner = view.pixel_of(60.17, 24.99), view.pixel_of(60.18, 24.99)
    mouse(QEvent.Type.MouseMove, shop + beside, button=Qt.MouseButton.NoButton)
    assert view.canvas.sketch.sketch.snapped is not None
    assert "Shop 4" in figures(view)
    click(shop + beside)
    click(corner + beside)
    click(view.pixel_of(60.175, 24.93))
    click(view.pixel_of(60.17, 24.95) + beside, modifiers=CTRL)
    qtbot.keyClick(view.viewport, KEY.Key_Return)
    ring = ring_of(drawing)
    assert isinstance(ring, tuple)
    assert ring[:2] == ((60.17, 24.99), (60.18, 24.99))
    assert ring[3] != (60.17, 24.95)


def test_a_drag_pans_while_drawing_and_other_edits_leave_the_drawing(
    view: MapView, drawing: QSignalSpy, put: Mouse, drag: Mouse, scenario: Scenario, qtbot: QtBot
) -> None:
    put(*CORNERS[:2])
    before = view.camera.x
    drag(QPoint(400, 100), QPoint(440, 100))
    assert view.camera.x != before
    view.set_scenario(replace(scenario, depots={}))
    put(CORNERS[2])
    qtbot.keyClick(view.viewport, KEY.Key_Return)
    assert near(ring_of(drawing), CORNERS[:3])
    view.set_scenario(replace(scenario, settings=Settings(travel=TravelSource.PLANE)))
    assert view.canvas.sketch.sketch.line.size == 0  # degrees are no kilometres


# Reshaping


def ring(view: MapView) -> tuple[Point, ...]:
    return view.zone_tool._stage.zones.zones["z"].ring  # type: ignore[union-attr]


def pixels(view: MapView) -> list[QPoint]:
    return [view.pixel_of(*corner) for corner in ring(view)]


def test_handles_are_those_of_the_zone_that_is_selected_alone(view: MapView) -> None:
    spy = QSignalSpy(view.zone_tool.reshapable)
    for items, expected in (
        ({("zones", "z")}, True),
        ({("zones", "z"), ("customers", "c1")}, False),
        ({("customers", "c1")}, False),
        ({("zones", "gone")}, False),
    ):
        view.set_selected(items)
        assert (view.canvas.sketch.sketch.handles is not None) is expected
        assert spy.at(spy.count() - 1)[0] is expected
    view.set_selected({("zones", "z")})
    for mode, has_handles in ((MapMode.LASSO, False), (MapMode.MOVE, True), (MapMode.DRAW_ZONE, False)):
        view.set_mode(mode)
        assert (view.canvas.sketch.sketch.handles is not None) is has_handles


def test_a_corner_is_dragged(view: MapView, shaping: QSignalSpy, drag: Mouse) -> None:
    moves = QSignalSpy(view.move_requested)
    before = view.camera
    drag(pixels(view)[2], view.pixel_of(60.195, 24.985))
    zone, asked, by_keys, whole = shaping.at(0)
    assert (zone, by_keys, whole) == ("z", "", False)
    assert asked[:2] + asked[3:] == ring(view)[:2] + ring(view)[3:]
    assert asked[2] == pytest.approx((60.195, 24.985), abs=4e-4)
    assert moves.count() == 0
    assert view.camera == before


def test_an_edge_that_is_dragged_or_double_clicked_gets_a_corner(
    view: MapView, shaping: QSignalSpy, drag: Mouse, mouse: Mouse
) -> None:
    first, second = pixels(view)[:2]
    middle = (first + second) / 2
    drag(middle, middle + QPoint(0, -30))
    asked = ring_of(shaping, 1)
    assert isinstance(asked, tuple)
    assert (asked[0], *asked[2:]) == ring(view)
    view.set_selected(())
    view.set_selected({("zones", "z")})
    mouse(QEvent.Type.MouseButtonDblClick, (pixels(view)[1] + pixels(view)[2]) / 2)
    asked = ring_of(shaping, 1)
    assert isinstance(asked, tuple)
    assert (*asked[:2], *asked[3:]) == ring(view)
    assert shaping.count() == 2


def test_the_whole_zone_is_dragged_by_its_grip(view: MapView, shaping: QSignalSpy, drag: Mouse) -> None:
    grip = view.canvas.sketch.sketch.handles.grip  # type: ignore[union-attr]
    at = QPoint(*map(round, view.camera.to_pixel(*grip)))
    drag(at, at + QPoint(60, 0))
    _, asked, _, whole = shaping.at(0)
    assert whole
    shifts = {(round(a[0] - b[0], 5), round(a[1] - b[1], 5)) for a, b in zip(asked, ring(view), strict=True)}
    assert len(shifts) == 1
    assert shifts.pop()[1] > 0


def test_alt_click_deletes_a_corner_but_none_of_the_last_three(
    view: MapView, shaping: QSignalSpy, click: Mouse
) -> None:
    at = pixels(view)
    click(at[1], modifiers=ALT)
    assert ring_of(shaping, 1) == (ring(view)[0], *ring(view)[2:])
    click(at[0], modifiers=ALT)
    assert shaping.count() == 1
    assert hint(view).startswith("✕")


def test_a_drag_that_would_cross_the_outline_is_refused(view: MapView, shaping: QSignalSpy, drag: Mouse) -> None:
    at = pixels(view)
    drag(at[0], (at[1] + at[2]) / 2 + QPoint(40, 0), drop=False)
    assert is_wrong(view)
    view.interaction.cancel()
    assert view.canvas.sketch.sketch.line.size == 0
    drag(at[0], (at[1] + at[2]) / 2 + QPoint(40, 0))
    assert shaping.count() == 0
    assert hint(view).startswith("✕")
    assert view.canvas.sketch.sketch.handles is not None


def test_keys_walk_the_corners_and_move_them(view: MapView, shaping: QSignalSpy, qtbot: QtBot) -> None:
    shaper, before = view.zone_tool.shaper, view.camera
    shaper.walk(1)
    assert shaper.current == Handle(Part.CORNER, 0)
    assert "1" in figures(view)
    for _ in range(3):
        qtbot.keyClick(view.viewport, KEY.Key_Right)
    qtbot.keyClick(view.viewport, KEY.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    assert view.camera == before
    assert shaping.count() == 4
    assert len({str(shaping.at(turn)[2]) for turn in range(4)}) == 1
    x0, y0 = view.camera.to_pixel(*map(float, view.canvas.projection.to_map(*ring(view)[0])))
    x1, y1 = view.camera.to_pixel(*map(float, view.canvas.projection.to_map(*shaping.at(3)[1][0])))  # type: ignore[index]
    assert (x1 - x0, y1 - y0) == (pytest.approx(3, abs=0.2), pytest.approx(-10, abs=0.2))
    shaper.walk(-1)
    assert shaper.current == Handle(Part.WHOLE)
    qtbot.keyClick(view.viewport, KEY.Key_Left)
    assert shaping.at(4)[3] is True
    qtbot.keyClick(view.viewport, KEY.Key_Escape)
    assert shaper.current is None
    qtbot.keyClick(view.viewport, KEY.Key_Left)
    assert view.camera != before
    assert shaping.count() == 5


def test_keys_insert_and_delete_corners(view: MapView, shaping: QSignalSpy, qtbot: QtBot) -> None:
    deleted = QSignalSpy(view.delete_requested)
    shaper = view.zone_tool.shaper
    shaper.walk(1)
    shaper.insert_corner()
    assert shaper.current == Handle(Part.CORNER, 1)
    assert len(ring_of(shaping, 1)) == 5  # type: ignore[arg-type]
    qtbot.keyClick(view.viewport, KEY.Key_Delete)
    assert ring_of(shaping, 1) == ring(view)
    assert deleted.count() == 0
    shaper.choose(None)
    qtbot.keyClick(view.viewport, KEY.Key_Delete)
    assert deleted.count() == 1


def test_a_customer_on_the_border_can_still_be_taken(
    view: MapView, scenario: Scenario, shaping: QSignalSpy, click: Mouse
) -> None:
    on_border = replace(scenario.customers["c1"], lat=60.18, lon=24.97)
    view.set_scenario(replace(scenario, customers={**scenario.customers, "c1": on_border}))
    selections = QSignalSpy(view.selection_requested)
    click(view.pixel_of(60.18, 24.97))
    assert selections.at(selections.count() - 1)[0] == frozenset({("customers", "c1")})
