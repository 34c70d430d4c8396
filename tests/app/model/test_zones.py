"""Which customers lie in which zone, against the even-odd rule and on borders."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.model.scenario import Customer, Scenario, Settings, TravelSource, Vehicle, Zone
from app.model.zones import forbidden_by_zones, inside, line_fault, ring_fault

SQUARE = ((60.0, 24.0), (60.0, 25.0), (61.0, 25.0), (61.0, 24.0))
RING = ((0.0, 0.0), (0.0, 8.0), (8.0, 8.0), (8.0, 5.0), (3.0, 4.0), (8.0, 0.0))


def even_odd(ring: tuple[tuple[float, float], ...], lat: float, lon: float) -> bool:
    """Count the sides that a ray to the east crosses."""
    crossed = 0
    for (lat1, lon1), (lat2, lon2) in zip(ring, (*ring[1:], ring[0]), strict=True):
        if (lat1 > lat) != (lat2 > lat) and lon < lon1 + (lat - lat1) / (lat2 - lat1) * (lon2 - lon1):
            crossed += 1
    return crossed % 2 == 1


@given(st.floats(-1, 9), st.floats(-1, 9))
def test_a_point_off_the_border_is_inside_when_a_ray_crosses_an_odd_number_of_sides(lat: float, lon: float) -> None:
    near = [(lat + a, lon + b) for a in (-1e-6, 0, 1e-6) for b in (-1e-6, 0, 1e-6)]
    verdicts = {even_odd(RING, *point) for point in near}
    if len(verdicts) == 1:
        assert bool(inside(RING, np.array([[lat, lon]]), True)[0]) is verdicts.pop()


@pytest.mark.parametrize("plane", [True, False])
def test_corners_and_sides_count_as_inside(plane: bool) -> None:
    border = np.array([*SQUARE, (60.0, 24.3), (60.7, 25.0), (61.0, 24.9), (60.2, 24.0)])
    assert inside(SQUARE, border, plane).all()
    outside = np.array([(59.999999, 24.3), (60.7, 25.000001), (61.000001, 24.9), (60.2, 23.999999)])
    assert not inside(SQUARE, outside, plane).any()


def test_slanted_sides_are_straight_on_the_map_not_in_degrees() -> None:
    triangle = ((0.0, 0.0), (80.0, 80.0), (0.0, 80.0))
    middle = np.array([[40.0, 40.0 + 5.0]])
    # Mercator stretches the north: halfway in longitude the side is far north of the middle latitude.
    assert inside(triangle, np.array([[40.0, 30.0]]), False)[0]
    assert not inside(triangle, np.array([[40.0, 30.0]]), True)[0]
    assert inside(triangle, middle, True)[0]


@pytest.mark.parametrize(
    "ring",
    [
        (),
        ((0.0, 0.0), (1.0, 1.0)),
        ((0.0, 0.0), (1.0, 1.0), (0.0, 0.0)),
        ((0.0, 0.0), (1.0, 1.0), (2.0, 2.0)),
        ((0.0, 0.0), (1.0, 1.0), (0.0, 1.0), (1.0, 0.0)),
        ((0.0, 0.0), (float("nan"), 1.0), (0.0, 1.0)),
    ],
)
def test_a_ring_that_is_none_is_told(ring: tuple[tuple[float, float], ...]) -> None:
    assert ring_fault(ring, True)


def test_a_good_ring_has_no_fault() -> None:
    assert ring_fault(RING, True) == ""
    assert ring_fault(SQUARE, False) == ""


def test_only_the_named_vehicles_are_kept_out_and_only_of_customers_inside() -> None:
    scenario = Scenario(
        vehicles={key: Vehicle(key) for key in ("bike", "van", "truck")},
        customers={"in": Customer("in", lat=60.5, lon=24.5), "out": Customer("out", lat=62.0, lon=24.5)},
        zones={
            "A": Zone("A", ring=SQUARE, forbidden=frozenset({"van"})),
            "B": Zone("B", ring=tuple((lat + 1.5, lon) for lat, lon in SQUARE), forbidden=frozenset({"truck"})),
        },
    )
    expected = [[False, True, False], [False, False, True]]
    assert forbidden_by_zones(scenario).tolist() == expected
    plane = replace(scenario, settings=Settings(travel=TravelSource.PLANE))
    assert forbidden_by_zones(plane).tolist() == expected


def test_no_customers_or_no_zones_forbid_nothing() -> None:
    vehicles = {"van": Vehicle("van")}
    zone = {"A": Zone("A", ring=SQUARE, forbidden=frozenset({"van"}))}
    assert forbidden_by_zones(Scenario(vehicles=vehicles, zones=zone)).shape == (0, 1)
    assert not forbidden_by_zones(Scenario(vehicles=vehicles, customers={"C": Customer("C")})).any()


@pytest.mark.parametrize("plane", [True, False])
def test_a_line_is_at_fault_where_it_crosses_touches_or_goes_back_on_itself(plane: bool) -> None:
    line = [(0.0, 0.0), (0.0, 2.0), (2.0, 2.0)]
    assert line_fault(line[:2], plane) == ""
    assert line_fault(line, plane) == ""
    assert line_fault([*line, (1.0, 1.0)], plane) == ""
    for wrong in ((-1.0, 1.0), (0.0, 1.0), (1.0, 2.0)):
        assert line_fault([*line, wrong], plane), wrong
