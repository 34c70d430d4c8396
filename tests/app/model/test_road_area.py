"""The area whose roads a scenario needs."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.model.road_area import area_around
from app.model.scenario import Customer, Depot, Scenario, Settings, TravelSource
from app.model.straight import great_circle_metres

lats, lons = st.floats(-80, 80), st.floats(-170, 170)


@given(st.lists(st.tuples(lats, lons), min_size=1, max_size=5), st.floats(0, 50))
def test_everything_lies_within_by_the_margin(places: list[tuple[float, float]], margin: float) -> None:
    depot, *rest = places
    day = Scenario(
        {"D": Depot("D", "", *depot)}, customers={str(n): Customer(str(n), "", *p) for n, p in enumerate(rest)}
    )
    area = area_around(day, margin)
    assert area is not None
    south, west, north, east = area
    for lat, lon in places:
        for edge in ((south, lon), (north, lon), (lat, west), (lat, east)):
            away = great_circle_metres(np.array([(lat, lon), edge]))[0, 1]
            assert away >= margin * 1000 * 0.99 - 1


def test_nothing_on_the_globe_is_no_area():
    day = Scenario({"D": Depot("D", "", 1.0, 1.0)})
    assert area_around(Scenario(), 5) is None
    assert area_around(replace(day, settings=Settings(travel=TravelSource.PLANE)), 5) is None


@pytest.mark.parametrize("lat", [89.99, -89.99])
def test_the_world_has_ends(lat: float) -> None:
    area = area_around(Scenario({"D": Depot("D", "", lat, 179.99)}), 500)
    assert area is not None
    assert -90 <= area[0] <= area[2] <= 90
    assert -180 <= area[1] <= area[3] <= 180
