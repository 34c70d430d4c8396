from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.map.projection import EARTH_RADIUS, Mercator, Plane, projection_of
from app.model.scenario import Settings, TravelSource


@given(st.floats(-85, 85), st.floats(-179.9, 179.9))
def test_mercator_there_and_back(lat: float, lon: float) -> None:
    x, y = Mercator().to_map(lat, lon)
    assert Mercator().to_geo(float(x), float(y)) == pytest.approx((lat, lon), abs=1e-9)


def test_mercator_world_is_a_square() -> None:
    x, y = Mercator().to_map([90.0, -90.0], [180.0, -180.0])
    assert x.tolist() == pytest.approx([math.pi * EARTH_RADIUS, -math.pi * EARTH_RADIUS])
    assert y.tolist() == pytest.approx([math.pi * EARTH_RADIUS, -math.pi * EARTH_RADIUS])


@given(st.floats(-80, 80), st.floats(-170, 170))
def test_mercator_scale_is_that_of_a_short_way_east(lat: float, lon: float) -> None:
    x, y = Mercator().to_map([lat, lat], [lon, lon + 0.001])
    true = EARTH_RADIUS * math.cos(math.radians(lat)) * math.radians(0.001)
    assert (x[1] - x[0]) * Mercator().metres_per_unit(float(y[0])) == pytest.approx(true, rel=1e-6)


def test_longitude_beyond_the_date_line_is_wrapped() -> None:
    x, y = Mercator().to_map(10.0, 185.0)
    assert Mercator().to_geo(float(x), float(y))[1] == pytest.approx(-175.0)


def test_plane_has_y_first_and_kilometres() -> None:
    x, y = Plane().to_map([3.0], [4.0])
    assert (x[0], y[0]) == (4.0, 3.0)
    assert Plane().to_geo(4.0, 3.0) == (3.0, 4.0)
    assert Plane().metres_per_unit(7.0) == 1000.0


@pytest.mark.parametrize("travel", list(TravelSource))
def test_only_a_plane_scenario_is_laid_out_in_a_plane(travel: TravelSource) -> None:
    assert projection_of(Settings(travel=travel)).geographic == (travel is not TravelSource.PLANE)
