"""Routes and differences along roads on the map: what is missed, drawn, hit, numbered and led to its road."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF

from app.map import route_layer
from app.map.difference_layer import DrawnDifference
from app.map.features import MapRoute
from app.map.kerb_layer import LEAST_PIXELS
from app.map.projection import Mercator
from app.map.view import MapView
from app.map.ways import Shapes, shaped
from app.model.drives import Drive
from app.model.scenario import Customer, Depot, Scenario

PLACES = {"a": (60.17, 24.95), "b": (60.17, 24.97)}
DEPOT = (60.17, 24.93)
ROUTE = MapRoute("van/1", 0, (("depots", "d"), ("customers", "a"), ("customers", "b")), "1", "Van 1", "van")
FIRST: Drive = ("van", DEPOT, PLACES["a"])
SECOND: Drive = ("van", PLACES["a"], PLACES["b"])
NORTH = 60.175
"""Where the road runs."""


@pytest.fixture
def roads() -> Shapes:
    """Both legs run north of the straight line; stops are served from beside it."""
    lines = [
        np.array([start, (NORTH, start[1]), (NORTH, end[1]), (end[0] + 0.0005, end[1])])
        for _, start, end in (FIRST, SECOND)
    ]
    return dict(zip((FIRST, SECOND), shaped(lines, Mercator()), strict=True))


@pytest.fixture
def view(view: MapView) -> MapView:
    """The map with one route."""
    customers = {key: Customer(key, lat=lat, lon=lon) for key, (lat, lon) in PLACES.items()}
    view.set_scenario(Scenario(depots={"d": Depot("d", lat=DEPOT[0], lon=DEPOT[1])}, customers=customers), [ROUTE])
    view.canvas.fit(_rect((60.165, 24.92), (60.18, 24.98)))
    return view


def _rect(low: tuple[float, float], high: tuple[float, float]) -> tuple[float, float, float, float]:
    x, y = Mercator().to_map([low[0], high[0]], [low[1], high[1]])
    return float(x[0]), float(y[0]), float(x[1]), float(y[1])


def hit(view: MapView, lat: float, lon: float) -> object:
    at = view.pixel_of(lat, lon)
    return view.interaction.item_at(at.x(), at.y())


def test_what_is_not_known_is_missed_and_drawn_straight(view: MapView, roads: Shapes) -> None:
    missed: list[list[Drive]] = []
    view.shapes_missed.connect(missed.append)
    view.set_shapes({FIRST: roads[FIRST]})
    assert missed == [[SECOND]]
    view.set_shapes(roads)
    assert len(missed) == 1
    view.set_shapes(None)
    assert len(missed) == 1


def test_a_route_is_hit_where_it_is_drawn(view: MapView, roads: Shapes) -> None:
    assert hit(view, 60.17, 24.94) == ("routes", "van/1")
    assert hit(view, NORTH, 24.94) is None
    view.set_shapes(roads)
    assert hit(view, 60.17, 24.94) is None
    assert hit(view, NORTH, 24.94) == ("routes", "van/1")
    at = view.pixel_of(NORTH, 24.96)
    found = view.destination_at(at.x(), at.y(), ())
    assert found is not None
    assert found.position == 1  # type: ignore[union-attr]


def test_it_is_painted_there(view: MapView, roads: Shapes) -> None:
    straight = view.grab_image()
    view.set_shapes(roads)
    along = view.grab_image()
    land = along.pixelColor(3, 3)
    on_road = view.pixel_of(NORTH, 24.945)
    spots = [on_road + QPoint(0, dy) for dy in (-1, 0, 1)]
    assert any(along.pixelColor(at) != straight.pixelColor(at) for at in spots)
    view.set_selected({("routes", "van/1")})
    assert view.grab_image() != along
    assert along.pixelColor(3, 3) == land


def test_arrows_point_along_the_road(view: MapView, roads: Shapes) -> None:
    view.set_shapes(roads)
    view.set_selected({("routes", "van/1")})
    arrows = view.canvas.routes._highlight._arrows
    assert len(arrows) == 2
    for _, _, way, _ in arrows:
        assert way in (QPointF(1.0, 0.0), QPointF(0.0, 1.0), QPointF(0.0, -1.0)) or abs(way.y()) < 0.05


def test_near_by_a_line_leads_from_a_stop_to_its_road(view: MapView, roads: Shapes) -> None:
    view.set_shapes(roads)
    metres = 0.0005 * 111_195
    view.look(view.camera.__class__(*view.canvas.projection.to_map(*PLACES["a"]), 2 * metres / LEAST_PIXELS * 2))
    assert len(view.canvas.kerbs._points) == 0
    view.look(view.camera.__class__(*view.canvas.projection.to_map(*PLACES["a"]), 1.0))
    assert len(view.canvas.kerbs._points) == 2
    view.set_shapes(None)
    assert len(view.canvas.kerbs._points) == 0


def test_a_crowd_of_corners_is_drawn_less_exactly(view: MapView, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(route_layer, "MOST_LINES", 100)
    random = np.random.default_rng(5)
    lon = np.linspace(DEPOT[1], PLACES["a"][1], 2000)
    line = np.column_stack([60.17 + 0.002 * random.normal(size=len(lon)), lon])
    view.set_shapes(dict(zip((FIRST, SECOND), [*shaped([line], Mercator()), None], strict=True)))
    ways = view._ways
    assert ways.number(np.arange(2), view.camera.units_per_pixel) > 100
    layer = view.canvas.routes
    assert 2 < len(layer._lines_of(ways, np.arange(2)).x0) <= 100


def test_differences_follow_roads_too(view: MapView, roads: Shapes) -> None:
    missed: list[list[Drive]] = []
    view.shapes_missed.connect(missed.append)
    view.set_difference(DrawnDifference(("A", "B"), (), [FIRST], [SECOND], []))
    curve = view.canvas.difference._before
    assert len(curve.xData) == 2
    view.set_shapes({})
    assert missed[-1] == [FIRST, SECOND]
    view.set_shapes(roads)
    assert len(curve.xData) == 4
    view.canvas.zoom(1 / 200)
    assert len(curve.xData) < 4
    view.set_difference(None)
    assert not len(curve.xData)
