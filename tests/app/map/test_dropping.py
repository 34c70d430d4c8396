"""Over a line a drop goes between its two stops, over a stop into its route."""

from __future__ import annotations

import pytest

from app.map.dropping import destination_at
from app.map.features import MapRoute, Places, RouteLines
from app.map.projection import Plane
from app.map.ways import Ways
from app.model.drops import BestPlace, Exactly, Seen
from app.model.scenario import Customer, Depot, Scenario

STOPS = ("a", "b", "c")
SEEN = Seen("0", STOPS)
REACH = (1.0, 1.0)


@pytest.fixture
def places() -> Places:
    """A depot in the corner of a square, three stops in the others, and a customer in no route in its middle."""
    corners = {"a": (0.0, 10.0), "b": (10.0, 10.0), "c": (10.0, 0.0), "out": (5.0, 5.0)}
    customers = {key: Customer(key, lat=y, lon=x) for key, (x, y) in corners.items()}
    return Places(Scenario(depots={"d": Depot("d", lat=0.0, lon=0.0)}, customers=customers), Plane())


@pytest.fixture
def ways(places: Places) -> Ways:
    points = (("depots", "d"), *(("customers", key) for key in STOPS), ("depots", "d"))
    return Ways(places, RouteLines.of([MapRoute("0", 0, points)], places))


@pytest.mark.parametrize(("at", "position"), [((0.0, 5.0), 0), ((5.0, 10.0), 1), ((10.0, 5.0), 2), ((5.0, 0.5), 3)])
def test_over_a_line_it_is_between_its_stops(ways: Ways, at: tuple[float, float], position: int) -> None:
    assert destination_at(ways, at, REACH, ()) == Exactly(SEEN, position)


def test_over_a_stop_it_is_its_route(ways: Ways) -> None:
    assert destination_at(ways, (9.6, 9.8), REACH, ()) == BestPlace(SEEN)


def test_a_stop_that_is_dragged_hides_no_line(ways: Ways) -> None:
    assert destination_at(ways, (9.6, 10.0), REACH, {"b"}) == Exactly(SEEN, 1)


@pytest.mark.parametrize("at", [(5.0, 5.0), (5.0, 7.0), (30.0, 30.0)])
def test_elsewhere_it_is_nowhere(ways: Ways, at: tuple[float, float]) -> None:
    assert destination_at(ways, at, REACH, ()) is None


def test_without_routes_it_is_nowhere(places: Places) -> None:
    ways = Ways(places, RouteLines.of((), places))
    assert destination_at(ways, (0.0, 10.0), REACH, ()) is None
