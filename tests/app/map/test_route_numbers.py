"""Numbers at the lines of routes: where they stand, when there are none, and that they are painted."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtGui import QColor

from app.map.palette import PATTERNS
from app.map.route_numbers import LEAST_LEG, NUMBERED_ROUTES, ROOM, RouteNumbers
from app.map.theme import CONTRAST_DARK_THEME, LIGHT_THEME
from app.map.view import MapRoute, MapView
from app.model.scenario import Customer, Depot, Scenario


def star(routes: int) -> tuple[Scenario, list[MapRoute]]:
    """Return routes that each lead to one customer on a circle around a depot."""
    turns = np.linspace(0, 2 * np.pi, routes, endpoint=False)
    customers = {
        str(i): Customer(str(i), lat=60 + 0.1 * float(np.sin(turn)), lon=25 + 0.2 * float(np.cos(turn)))
        for i, turn in enumerate(turns)
    }
    drawn = [MapRoute(str(i), i, (("depots", "d"), ("customers", str(i)))) for i in range(routes)]
    return Scenario(depots={"d": Depot("d", lat=60.0, lon=25.0)}, customers=customers), drawn


def numbers_of(view: MapView) -> dict[int, tuple[float, float]]:
    (layer,) = (item for item in view.canvas.scene().items() if isinstance(item, RouteNumbers))
    assert layer._ways is not None
    return dict(layer.placed(layer._ways))


def test_each_route_is_numbered_beside_its_line_and_clear_of_places(view: MapView) -> None:
    scenario, drawn = star(8)
    view.set_scenario(scenario, drawn)
    view.fit()
    found = numbers_of(view)
    assert sorted(found) == list(range(8))
    places = [view.pixel_of(one.lat, one.lon) for one in [*scenario.depots.values(), *scenario.customers.values()]]
    for x, y in found.values():
        assert min(np.hypot(x - at.x(), y - at.y()) for at in places) >= ROOM - 1
    at = list(found.values())
    assert min(np.hypot(a[0] - b[0], a[1] - b[1]) for i, a in enumerate(at) for b in at[:i]) >= ROOM


def test_a_number_moves_with_the_map(view: MapView) -> None:
    scenario, drawn = star(5)
    view.set_scenario(scenario, drawn)
    view.fit()
    before = numbers_of(view)
    view.canvas.pan(7, -3)
    for route, (x, y) in numbers_of(view).items():
        assert (x, y) == pytest.approx((before[route][0] + 7, before[route][1] - 3), abs=0.01)


def test_a_crowd_and_short_legs_have_none_but_selected_routes_do(view: MapView) -> None:
    scenario, drawn = star(NUMBERED_ROUTES + 1)
    view.set_scenario(scenario, drawn)
    view.fit()
    assert numbers_of(view) == {}
    view.set_selected({("routes", "3")})
    assert set(numbers_of(view)) == {3}
    while view.camera.units_per_pixel < 20_000 / LEAST_LEG:
        view.canvas.zoom(0.5)
    assert numbers_of(view) == {}


def test_patterns_and_numbers_are_painted(view: MapView) -> None:
    scenario, drawn = star(len(PATTERNS))
    inked = []
    for theme in (LIGHT_THEME, CONTRAST_DARK_THEME):
        view.set_theme(theme)
        view.set_scenario(scenario, drawn)
        view.fit()
        with_numbers = view.grab_image()
        (layer,) = (item for item in view.canvas.scene().items() if isinstance(item, RouteNumbers))
        layer.hide()
        assert view.grab_image() != with_numbers
        layer.show()
        lines = [curve for curve in view.canvas.routes._curves if len(curve.xData)]
        assert [len(curve.xData) > 2 for curve in lines] == [bool(pattern) for pattern in PATTERNS]
        inked.append(with_numbers.pixelColor(2, 2))
    assert inked[0] != inked[1]
    assert inked[1] == QColor(CONTRAST_DARK_THEME.land)
