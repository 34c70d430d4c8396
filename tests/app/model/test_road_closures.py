"""Which streets lie in a zone, and what zones make of their pace."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from app.model.road_closures import closed_around, closing_words, closures_for, pace_of, segments_in
from app.model.scenario import Point, Scenario, Settings, TravelSource, Vehicle, Zone
from app.model.zones import polygon_of, projected, ring_fault
from solver.roads.network import DEGREE
from tests.solver.roads.grids import grid

NETWORK = grid(4, 5)
CORNERS = NETWORK.shape / DEGREE
(SOUTH, WEST), (NORTH, EAST) = CORNERS.min(axis=0), CORNERS.max(axis=0)

HAIR = 1e-6
"""Degrees; what only touches a border may lie on either side of it."""

corners = st.tuples(
    st.floats(SOUTH - 0.002, NORTH + 0.002, allow_nan=False), st.floats(WEST - 0.002, EAST + 0.002, allow_nan=False)
)


def square(lat: float, lon: float, size: float = 3e-4) -> tuple[Point, ...]:
    return ((lat - size, lon - size), (lat - size, lon + size), (lat + size, lon + size), (lat + size, lon - size))


@given(st.lists(corners, min_size=3, max_size=6).filter(lambda ring: not ring_fault(ring, plane=False)))
def test_what_lies_within_is_meant_and_what_is_not_touched_is_not(ring: list[Point]) -> None:
    polygon = polygon_of(ring, plane=False)
    lines = [shapely.LineString(projected(ends, plane=False)) for ends in CORNERS.reshape(-1, 2, 2)]
    found = set(segments_in(NETWORK, tuple(ring)).tolist())
    within = {number for number, line in enumerate(lines) if polygon.buffer(-HAIR).covers(line)}
    touched = {number for number, line in enumerate(lines) if polygon.buffer(HAIR).intersects(line)}
    assert within <= found <= touched
    assert found or not any(polygon.buffer(-HAIR).intersects(line) for line in lines)


def test_a_street_that_only_crosses_is_meant_where_no_other_is() -> None:
    middle = CORNERS.reshape(-1, 2, 2)[0].mean(axis=0)
    assert segments_in(NETWORK, square(*map(float, middle), size=1e-5)).tolist() == [0]


def test_the_streets_that_a_closed_one_meets_are_not_meant() -> None:
    (south, west), (_, east) = CORNERS.reshape(-1, 2, 2)[0]
    along = (
        (south - 5e-5, west - 1e-5),
        (south - 5e-5, east + 1e-5),
        (south + 5e-5, east + 1e-5),
        (south + 5e-5, west),
    )
    assert segments_in(NETWORK, along).tolist() == [0]


def test_what_is_far_away_closes_nothing() -> None:
    assert segments_in(NETWORK, square(10.0, 10.0)).tolist() == []


def test_a_network_without_streets_has_none_inside() -> None:
    assert segments_in(grid(1, 1), square(SOUTH, WEST)).tolist() == []


def test_where_zones_overlap_the_slowest_counts() -> None:
    everything = ((SOUTH - 1, WEST - 1), (SOUTH - 1, EAST + 1), (NORTH + 1, EAST + 1), (NORTH + 1, WEST - 1))
    corner = square(SOUTH, WEST)
    pace = pace_of(NETWORK, ((everything, 0.5), (corner, 0.0)))
    assert pace is not None
    assert pace.dtype == np.float32
    inside = segments_in(NETWORK, corner)
    assert (pace[inside] == 0).all()
    assert (np.delete(pace, inside) == 0.5).all()
    assert pace_of(NETWORK, ()) is None


def scenario(*zones: Zone, travel: TravelSource = TravelSource.ROADS) -> Scenario:
    vehicles = {key: Vehicle(key) for key in ("car", "truck")}
    return Scenario(vehicles=vehicles, zones={zone.id: zone for zone in zones}, settings=Settings(travel=travel))


@pytest.mark.parametrize(
    ("zone", "car", "truck"),
    [
        (Zone("Z", "", square(60, 25)), [], []),
        (Zone("Z", "", square(60, 25), frozenset({"truck"})), [], [0.0]),
        (Zone("Z", "", square(60, 25), frozenset({"truck"}), pace=0.5), [0.5], [0.0]),
        (Zone("Z", "", square(60, 25), pace=0.0), [0.0], [0.0]),
        (Zone("Z", "", square(60, 25)[:2], pace=0.0), [], []),
        (Zone("Z", "", (), pace=0.0), [], []),
    ],
)
def test_what_a_zone_does_to_whom(zone: Zone, car: list[float], truck: list[float]) -> None:
    day = scenario(zone)
    assert [pace for _, pace in closures_for(day, "car")] == car
    assert [pace for _, pace in closures_for(day, "truck")] == truck


def test_the_order_and_the_names_of_zones_do_not_matter() -> None:
    one, other = Zone("A", "a", square(60, 25), pace=0.5), Zone("B", "b", square(61, 25), pace=0.0)
    renamed = Zone("C", "c", other.ring, pace=0.0)
    assert closures_for(scenario(one, other), "car") == closures_for(scenario(renamed, one), "car")


def test_the_zone_around_a_closed_place_is_named() -> None:
    slow, shut = Zone("A", "Slow", square(60, 25), pace=0.5), Zone("B", "Works", square(60, 25), pace=0.0)
    assert closed_around(scenario(slow, shut), (60, 25)) == [shut]
    assert "Works" in closing_words(scenario(slow, shut), (60, 25))
    assert closing_words(scenario(slow, shut), (61, 25)) == ""
    assert closing_words(scenario(slow, shut, travel=TravelSource.GREAT_CIRCLE), (60, 25)) == ""
