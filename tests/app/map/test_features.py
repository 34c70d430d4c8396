from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import LineString, Point, Polygon

from app.map.features import MapRoute, Places, RouteLines, ZoneShapes
from app.map.projection import Mercator, Plane
from app.map.ways import Ways
from app.model.scenario import Customer, Depot, Scenario, Zone

coordinate = st.integers(-50, 50).map(float)
points = st.lists(st.tuples(coordinate, coordinate), min_size=1, max_size=12)


def places_of(customers: list[tuple[float, float]]) -> Places:
    """Return a depot at the origin and customers at (y, x)."""
    rows = {str(i): Customer(str(i), lat=y, lon=x) for i, (y, x) in enumerate(customers)}
    return Places(Scenario(depots={"d": Depot("d", name="Home")}, customers=rows), Plane())


def test_names_fall_back_to_ids() -> None:
    places = places_of([(1, 1)])
    assert places.names == ["Home", "0"]
    assert places.items == [("depots", "d"), ("customers", "0")]


@given(points, coordinate, coordinate, st.integers(0, 30))
def test_nearest_place_is_the_nearest(rows: list[tuple[float, float]], x: float, y: float, reach: int) -> None:
    found = places_of(rows).nearest(x, y, reach + 0.5)
    distances = [np.hypot(x, y), *(np.hypot(px - x, py - y) for py, px in rows)]
    assert (found is not None) == (min(distances) <= reach + 0.5)
    if found is not None:
        index = 0 if found[0] == "depots" else int(found[1]) + 1
        assert distances[index] == pytest.approx(min(distances))


def assert_same_places(one: Places, other: Places) -> None:
    assert one.items == other.items
    assert one.index == other.index
    assert one.names == other.names
    assert one.depots == other.depots
    for ours, theirs in ((one.geo, other.geo), (one.x, other.x), (one.y, other.y)):
        np.testing.assert_array_equal(ours, theirs)


ids = st.lists(st.sampled_from("abcdef"), unique=True, max_size=5)
tables = st.tuples(
    ids.flatmap(lambda of: st.fixed_dictionaries({id: st.tuples(coordinate, coordinate) for id in of})),
    ids.flatmap(lambda of: st.fixed_dictionaries({id: st.tuples(coordinate, coordinate) for id in of})),
)


@given(tables, tables, st.booleans(), st.booleans())
def test_places_after_a_change_are_those_made_anew(one: object, other: object, on_earth: bool, stays: bool) -> None:
    def scenario_of(rows: object) -> Scenario:
        depots, customers = rows  # type: ignore[misc]
        return Scenario(
            depots={id: Depot(id, name=f"{lat}", lat=lat, lon=lon) for id, (lat, lon) in depots.items()},
            customers={id: Customer(id, lat=lat, lon=lon) for id, (lat, lon) in customers.items()},
        )

    before, after = scenario_of(one), scenario_of(other)
    projection = Mercator() if on_earth else Plane()
    places = Places(before, Mercator() if stays == on_earth else Plane())
    was = [*places.items], [*places.names], places.x.copy()
    assert_same_places(places.after(after, projection), Places(after, projection))
    assert ([*places.items], [*places.names]) == was[:2]
    np.testing.assert_array_equal(places.x, was[2])


def test_a_move_keeps_positions_and_a_new_id_does_not() -> None:
    rows = {str(i): Customer(str(i), lat=i, lon=i) for i in range(4)}
    scenario = Scenario(customers=rows)
    places = Places(scenario, Plane())
    moved = places.after(replace(scenario, customers={**rows, "2": replace(rows["2"], lat=9.0)}), Plane())
    assert moved.items is places.items
    assert moved.geo[2].tolist() == [9.0, 2.0]
    assert places.geo[2].tolist() == [2.0, 2.0]
    swapped = {"0": rows["0"], "2": rows["2"], "1": rows["1"], "3": rows["3"]}
    assert_same_places(places.after(Scenario(customers=swapped), Plane()), Places(Scenario(customers=swapped), Plane()))


def test_within_takes_corners_in_any_order() -> None:
    places = places_of([(5, 5), (20, 20)])
    expected = frozenset({("depots", "d"), ("customers", "0")})
    assert places.within(-1, -1, 6, 6) == places.within(6, -1, -1, 6) == places.within(6, 6, -1, -1) == expected


def test_routes_are_numbered_from_one_without_the_depot() -> None:
    places = places_of([(1, 0), (2, 0), (3, 0)])
    lines = RouteLines.of(
        [
            MapRoute("4", 4, (("depots", "d"), ("customers", "2"), ("customers", "0"), ("depots", "d"))),
            MapRoute("7", 7, (("customers", "1"), ("customers", "gone"), ("depots", "d"))),
        ],
        places,
    )
    assert lines.turn.tolist() == [-1, 2, 1, 1]
    assert lines.route.tolist() == [-1, 0, 1, 0]
    assert lines.color.tolist() == [-1, 4, 7, 4]
    assert list(zip(lines.starts.tolist(), lines.ends.tolist(), strict=True)) == [(0, 3), (3, 1), (1, 0), (2, 0)]
    assert lines.owners.tolist() == [0, 0, 0, 1]
    assert lines.legs(np.array([False, True])).tolist() == [3]


def test_no_routes_and_empty_routes_have_no_legs() -> None:
    places = places_of([(1, 0)])
    assert len(RouteLines.of([], places).starts) == 0
    assert len(RouteLines.of([MapRoute("0", 0, ()), MapRoute("1", 1, (("customers", "0"),))], places).starts) == 0


@given(points, coordinate, coordinate, st.integers(1, 20))
def test_nearest_route_is_the_nearest(rows: list[tuple[float, float]], x: float, y: float, reach: int) -> None:
    places = places_of(rows)
    half = len(rows) // 2
    routes = [
        MapRoute("0", 0, (("depots", "d"), *(("customers", str(i)) for i in range(half)), ("depots", "d"))),
        MapRoute("1", 1, (("depots", "d"), *(("customers", str(i)) for i in range(half, len(rows))))),
    ]
    chains = [[(0.0, 0.0), *((px, py) for py, px in rows[:half]), (0.0, 0.0)]]
    chains.append([(0.0, 0.0), *((px, py) for py, px in rows[half:])])
    distances = [LineString(chain).distance(Point(x, y)) for chain in chains]
    found = Ways(places, RouteLines.of(routes, places)).nearest(x, y, reach + 0.123)
    assert (found is not None) == (min(distances) <= reach + 0.123)
    if found is not None:
        assert distances[int(found[1])] == pytest.approx(min(distances))


@given(st.lists(st.tuples(coordinate, coordinate), min_size=3, max_size=8, unique=True), coordinate, coordinate)
def test_zone_contains_what_shapely_says(ring: list[tuple[float, float]], x: float, y: float) -> None:
    polygon = Polygon([(px, py) for py, px in ring])
    point = Point(x + 0.25, y + 0.37)
    if not polygon.is_valid or polygon.boundary.distance(point) < 1e-9:
        return
    shapes = ZoneShapes(Scenario(zones={"z": Zone("z", ring=tuple(ring))}), Plane())
    assert (shapes.at(point.x, point.y) == ("zones", "z")) == polygon.contains(point)


def test_zone_of_two_points_is_no_zone() -> None:
    assert ZoneShapes(Scenario(zones={"z": Zone("z", ring=((0, 0), (1, 1)))}), Plane()).ids == []
