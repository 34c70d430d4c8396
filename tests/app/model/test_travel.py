"""Distances and durations against plain formulas; caching; matrices."""

from __future__ import annotations

from dataclasses import replace
from math import asin, cos, floor, hypot, radians, sin, sqrt
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.model.scenario import Depot, Matrix, Rounding, Scenario, Settings, TravelSource
from app.model.straight import EARTH_RADIUS, great_circle_metres, plane_metres
from app.model.travel import travel_of
from tests.app.model.states import small_scenario

latitudes, longitudes = st.floats(-90, 90), st.floats(-180, 180)
places = st.lists(st.tuples(latitudes, longitudes), min_size=1, max_size=5)


def haversine(one: tuple[float, float], other: tuple[float, float]) -> float:
    lat1, lon1, lat2, lon2 = map(radians, (*one, *other))
    a = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_RADIUS * asin(sqrt(min(1.0, a)))


@given(places)
def test_great_circles_are_haversines(points: list[tuple[float, float]]) -> None:
    metres = great_circle_metres(np.array(points))
    expected = [[haversine(one, other) for other in points] for one in points]
    np.testing.assert_allclose(metres, expected, rtol=1e-7, atol=0.5)


def test_a_metre_is_a_metre() -> None:
    degree = 1 / (np.pi / 180 * EARTH_RADIUS)
    assert great_circle_metres(np.array([(60.0, 24.0), (60.0 + degree, 24.0)]))[0, 1] == pytest.approx(1.0, rel=1e-6)


@given(st.lists(st.tuples(st.floats(-1e3, 1e3), st.floats(-1e3, 1e3)), min_size=1, max_size=5))
def test_plane_distances_are_rounded_as_the_collections_do(points: list[tuple[float, float]]) -> None:
    units = [[hypot(a[0] - b[0], a[1] - b[1]) for b in points] for a in points]
    exact = plane_metres(np.array(points), Rounding.EXACT)
    np.testing.assert_allclose(exact, np.array(units) * 1000, rtol=1e-12, atol=1e-9)
    for rounding, plain in (
        (Rounding.NEAREST, lambda d: floor(d + 0.5) * 1000),
        (Rounding.TRUNCATED, lambda d: floor(d * 10) * 100),
    ):
        for row, distances in zip(plane_metres(np.array(points), rounding), units, strict=True):
            for metres, distance in zip(row, distances, strict=True):
                assert metres in {plain(distance - 1e-9), plain(distance), plain(distance + 1e-9)}


def test_in_a_plane_at_sixty_a_unit_is_a_minute() -> None:
    scenario = small_scenario()
    scenario = replace(
        scenario,
        depots={"D1": Depot("D1", lat=0.0, lon=0.0), "D2": Depot("D2", lat=3.0, lon=4.0)},
        vehicles={"van": replace(scenario.vehicles["van"], speed=60.0)},
        settings=Settings(travel=TravelSource.PLANE, rounding=Rounding.NEAREST),
    )
    travel = travel_of(scenario).travel
    assert travel.distance[0, 0, 1] == 5000
    assert travel.duration[0, 0, 1] == 5 * 60
    assert travel.coordinates[1].tolist() == [4000.0, 3000.0]


def test_a_detour_lengthens_and_a_speed_divides_and_equal_speeds_share_a_profile() -> None:
    scenario = small_scenario()
    vehicles = {**scenario.vehicles, "third": replace(scenario.vehicles["van"], id="third")}
    scenario = replace(scenario, vehicles=vehicles)
    found = travel_of(scenario)
    assert found.profiles == (0, 1, 1)
    at = [(one.lat, one.lon) for one in (*scenario.depots.values(), *scenario.customers.values())]
    for i, one in enumerate(at):
        for j, other in enumerate(at):
            metres = round(haversine(one, other) * 1.3)
            assert found.travel.distance[:, i, j] == pytest.approx([metres, metres], abs=1)
            seconds = found.travel.distance[0, i, j] * 3.6
            assert found.travel.duration[:, i, j].tolist() == [round(seconds / 15), round(seconds / 30)]


def test_coordinates_guide_the_search_in_metres() -> None:
    travel = travel_of(replace(small_scenario(), settings=Settings(detour=1.0))).travel
    x, y = travel.coordinates.T
    flat = np.hypot(x[:, None] - x, y[:, None] - y)
    np.testing.assert_allclose(flat, travel.distance[0], rtol=0.01, atol=1)


def test_the_end_of_the_world_stays_in_bounds() -> None:
    scenario = small_scenario()
    slow = replace(scenario.vehicles["van"], speed=0.1)
    scenario = replace(
        scenario,
        depots={**scenario.depots, "D1": Depot("D1", lat=-1e6, lon=-1e6), "D2": Depot("D2", lat=1e6, lon=1e6)},
        vehicles={"van": slow},
        settings=Settings(travel=TravelSource.PLANE),
    )
    travel = travel_of(scenario).travel
    assert travel.distance.max() == (1 << 31) - 1
    assert travel.duration.max() == (1 << 31) - 1


def with_matrix(**values: Any) -> Scenario:
    scenario = small_scenario()
    settings = replace(scenario.settings, travel=TravelSource.MATRIX)
    ids = ("C4", "C3", "spare", "C2", "C1", "D2", "D1")
    return replace(scenario, settings=settings, matrix=Matrix(ids, **values))


ENTRIES = np.arange(49, dtype=np.int64).reshape(7, 7) * 60


def test_a_matrix_is_read_by_id_not_by_row() -> None:
    found = travel_of(with_matrix(distance=ENTRIES, duration=ENTRIES + 1))
    assert found.profiles == (0, 0)
    assert found.travel.distance.shape == (1, 6, 6)
    assert found.travel.distance[0, 0, 2] == ENTRIES[6, 4]  # D1 to C1
    assert found.travel.distance[0, 2, 0] == ENTRIES[4, 6]
    assert found.travel.duration[0, 5, 1] == ENTRIES[0, 5] + 1  # C4 to D2


def test_what_a_matrix_lacks_follows_from_the_speed() -> None:
    found = travel_of(with_matrix(distance=ENTRIES))
    assert found.travel.duration[found.profiles[0], 0, 2] == round(ENTRIES[6, 4] * 3.6 / 15)
    found = travel_of(with_matrix(duration=ENTRIES))
    assert found.travel.duration[1, 0, 2] == ENTRIES[6, 4]
    assert found.travel.distance[found.profiles[1], 0, 2] == round(ENTRIES[6, 4] * 30 / 3.6)


@pytest.mark.parametrize("source", ["globe", "plane", "matrix"])
def test_travel_is_computed_anew_only_when_it_changes(source: str) -> None:
    scenario = with_matrix(distance=ENTRIES) if source == "matrix" else small_scenario()
    if source == "plane":
        scenario = replace(scenario, settings=replace(scenario.settings, travel=TravelSource.PLANE))
    first = travel_of(scenario).travel
    van, customer = scenario.vehicles["van"], scenario.customers["C1"]
    kept = replace(
        scenario,
        vehicles={**scenario.vehicles, "van": replace(van, count=5)},
        customers={**scenario.customers, "C1": replace(customer, service=5)},
    )
    assert travel_of(kept).travel is first
    moved = replace(kept, customers={**kept.customers, "C1": replace(customer, lat=customer.lat + 0.01)})
    assert travel_of(moved).travel is not first
    assert travel_of(replace(kept, vehicles={"van": replace(van, speed=31.0)})).travel is not first
