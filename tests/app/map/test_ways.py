"""Ways between places: along roads where these are known, straight elsewhere."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import LineString, Point

from app.map.features import Floats, MapRoute, Places, RouteLines
from app.map.projection import Plane
from app.map.ways import Shapes, Ways, shaped
from app.model.drives import Drive
from app.model.scenario import Customer, Depot, Scenario

FAR = 1e-3
"""Map units of a pixel at which every corner is drawn."""
ROUTE = MapRoute(
    "van/1", 0, (("depots", "d"), ("customers", "a"), ("customers", "b"), ("depots", "d")), "1", "Van", "van"
)
TO_A: Drive = ("van", (0.0, 0.0), (0.0, 10.0))
TO_B: Drive = ("van", (0.0, 10.0), (10.0, 10.0))
HOME: Drive = ("van", (10.0, 10.0), (0.0, 0.0))


@pytest.fixture
def places() -> Places:
    """A depot, a customer to the east of it, and one to the north of that."""
    customers = {"a": Customer("a", lat=0.0, lon=10.0), "b": Customer("b", lat=10.0, lon=10.0)}
    return Places(Scenario(depots={"d": Depot("d", lat=0.0, lon=0.0)}, customers=customers), Plane())


def along(*corners: tuple[float, float]) -> Floats:
    """Return the shape of a drive by latitudes and longitudes."""
    (made,) = shaped([np.array(corners, dtype=np.float64)], Plane())
    assert made is not None
    return made


def ways(places: Places, shapes: Shapes | None) -> Ways:
    return Ways(places, RouteLines.of([ROUTE], places), shapes)


def ends(way: Ways, unit: float = FAR) -> list[tuple[float, float, float, float]]:
    lines = way.at(unit)
    return list(zip(lines.x0.tolist(), lines.y0.tolist(), lines.x1.tolist(), lines.y1.tolist(), strict=True))


def test_without_shapes_all_is_straight_and_nothing_is_missing(places: Places) -> None:
    straight = ways(places, None)
    assert ends(straight) == [(0, 0, 10, 0), (10, 0, 10, 10), (10, 10, 0, 0)]
    assert straight.missing == []
    assert len(straight.kerbs()[0]) == 0


def test_legs_without_a_shape_yet_are_straight_and_missed(places: Places) -> None:
    one = ways(places, {TO_A: along((1, 0), (1, 5), (1, 10)), HOME: None})
    assert one.missing == [TO_B]
    assert ends(one) == [(0, 1, 5, 1), (5, 1, 10, 1), (10, 0, 10, 10), (10, 10, 0, 0)] or ends(one) == [
        (0, 1, 10, 1),
        (10, 0, 10, 10),
        (10, 10, 0, 0),
    ]
    assert ways(places, {}).missing == [TO_A, TO_B, HOME]


def test_the_shape_is_that_of_the_vehicle(places: Places) -> None:
    other = {("bike", *TO_A[1:]): along((1, 0), (1, 10))}
    assert TO_A in ways(places, other).missing


def test_a_coarse_scale_leaves_out_corners_but_not_legs(places: Places) -> None:
    bent = along((0, 0), (0.1, 1), (-0.1, 3), (4, 5), (0, 10))
    one = ways(places, {TO_A: bent})
    assert [len(ends(one, unit)) for unit in (0.001, 0.5, 50.0)] == [6, 5, 3]


def test_dashes_go_on_from_leg_to_leg(places: Places) -> None:
    lines = ways(places, {TO_A: along((0, 0), (3, 5), (0, 10))}).at(FAR)
    assert lines.begins.tolist() == pytest.approx([0.0, np.hypot(5, 3), 2 * np.hypot(5, 3), 2 * np.hypot(5, 3) + 10])


def test_each_stop_beside_a_road_has_one_kerb(places: Places) -> None:
    one = ways(places, {TO_A: along((1, 0), (1, 9)), TO_B: along((1, 9), (10, 10))})
    at, x, y = one.kerbs()
    assert [places.items[position][1] for position in at] == ["d", "a"]
    assert (x.tolist(), y.tolist()) == ([0, 9], [1, 1])


def test_what_is_no_line_has_no_shape() -> None:
    line = np.array([(0.0, 0.0), (1.0, 1.0)])
    assert [one is None for one in shaped([line[:1], line, line[:0]], Plane())] == [True, False, True]
    assert shaped([], Plane()) == []


corner = st.tuples(st.integers(-9, 9).map(float), st.integers(-9, 9).map(float))


@given(st.lists(corner, min_size=2, max_size=9), corner, st.integers(1, 12), st.floats(0.0, 1.0))
def test_nearest_and_along_are_what_shapely_says(
    corners: list[tuple[float, float]], point: tuple[float, float], reach: int, share: float
) -> None:
    customers = {"a": Customer("a", lat=0.0, lon=10.0), "b": Customer("b", lat=10.0, lon=10.0)}
    places = Places(Scenario(depots={"d": Depot("d", lat=0.0, lon=0.0)}, customers=customers), Plane())
    one = ways(places, {TO_A: along(*corners)})
    chains = [LineString([(x, y) for y, x in corners]), LineString([(10, 0), (10, 10)]), LineString([(10, 10), (0, 0)])]
    distances = [chain.distance(Point(point)) for chain in chains]
    leg = one.nearest_leg(*point, reach + 0.123)
    assert (leg is not None) == (min(distances) <= reach + 0.123)
    if leg is not None:
        assert distances[leg] == pytest.approx(min(distances))
    points, directions, lengths = one.along(np.arange(3), share)
    assert lengths.tolist() == pytest.approx([chain.length for chain in chains])
    for at, chain in zip(points.tolist(), chains, strict=True):
        assert Point(at).distance(chain.interpolate(share, normalized=True)) < 1e-6
    assert np.hypot(*directions.T)[1:].tolist() == pytest.approx([1.0, 1.0])
