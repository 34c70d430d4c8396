"""What of a zone can be taken, how it changes, how large it is, and what corners snap to."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.map.features import Places, ZoneShapes
from app.map.measure import area_square_metres, area_text, distance_text, length_metres
from app.map.outline import (
    Handle,
    Outline,
    Part,
    rounded,
    shifted,
    with_corner,
    with_new_corner,
    without_corner,
)
from app.map.projection import Mercator, Plane
from app.map.snapping import SnapTargets
from app.map.zone_drawing import CROSSES, TOO_FEW, ZoneDrawing, ring_problem
from app.model.scenario import Customer, Depot, Scenario, Zone

SQUARE = ((0.0, 0.0), (0.0, 10.0), (10.0, 10.0), (10.0, 0.0))
HOOK = ((0.0, 0.0), (0.0, 10.0), (10.0, 10.0), (10.0, 9.0), (1.0, 9.0), (1.0, 0.0))


def test_corners_go_before_the_grip_and_that_before_edges() -> None:
    outline = Outline(SQUARE, Plane())
    assert outline.nearest(9.5, 0.4, 1.0) == Handle(Part.CORNER, 1)
    assert outline.nearest(5.5, 5.0, 1.0) == Handle(Part.WHOLE)
    assert outline.nearest(0.5, 4.0, 1.0) == Handle(Part.EDGE, 3)
    assert outline.nearest(3.0, 3.0, 1.0) is None
    assert outline.handles == [*(Handle(Part.CORNER, place) for place in range(4)), Handle(Part.WHOLE)]


def test_the_grip_is_inside_however_the_zone_is_bent() -> None:
    scenario = Scenario(zones={"z": Zone("z", ring=HOOK)})
    assert ZoneShapes(scenario, Plane()).at(*Outline(HOOK, Plane()).grip) == ("zones", "z")


def test_rings_change_one_corner_at_a_time() -> None:
    assert with_corner(SQUARE, 0, (1.0, 1.0)) == ((1.0, 1.0), *SQUARE[1:])
    assert with_new_corner(SQUARE, 3, (5.0, 0.0)) == (*SQUARE, (5.0, 0.0))
    assert with_new_corner(SQUARE, 0, (0.0, 5.0))[1] == (0.0, 5.0)
    assert without_corner(with_new_corner(SQUARE, 1, (7.0, 12.0)), 2) == SQUARE
    assert shifted(shifted(SQUARE, 0.5, -2.0), -0.5, 2.0) == SQUARE


@given(lat=st.floats(-70, 70), lon=st.floats(-179, 179), width=st.floats(1e-3, 0.5), height=st.floats(1e-3, 0.5))
def test_lengths_and_areas_are_those_of_the_sphere(lat: float, lon: float, width: float, height: float) -> None:
    radius = 6_378_137.0
    ring = ((lat, lon), (lat, lon + width), (lat + height, lon + width), (lat + height, lon))
    points = Outline(ring, Mercator()).points
    top, bottom = math.radians(lat + height), math.radians(lat)
    exact = radius**2 * math.radians(width) * (math.sin(top) - math.sin(bottom))
    assert area_square_metres(points, Mercator()) == pytest.approx(exact, rel=1e-6)
    assert area_square_metres(points[::-1], Mercator()) == pytest.approx(exact, rel=1e-6)
    north = length_metres(points[1:3], Mercator())
    assert north == pytest.approx(radius * math.radians(height), rel=1e-3)
    east = length_metres(points[:2], Mercator())
    assert east == pytest.approx(radius * math.radians(width) * math.cos(bottom), rel=1e-6)


def test_a_plane_is_measured_in_kilometres() -> None:
    points = Outline(SQUARE, Plane()).points
    assert length_metres(points[:2], Plane()) == 10_000
    assert area_square_metres(points, Plane()) == 100e6


@pytest.mark.parametrize(
    ("metres", "text"), [(0, "0 m"), (850.4, "850 m"), (1250, "1.25 km"), (45_600, "45.6 km"), (1_234_567, "1,235 km")]
)
def test_lengths_as_people_write_them(metres: float, text: str) -> None:
    assert distance_text(metres) == text


@pytest.mark.parametrize(
    ("square_metres", "text"), [(640, "640 m²"), (125_000, "12.5 ha"), (999_600, "1.00 km²"), (3_080_000, "3.08 km²")]
)
def test_areas_as_people_write_them(square_metres: float, text: str) -> None:
    assert area_text(square_metres) == text


@pytest.fixture
def targets() -> SnapTargets:
    scenario = Scenario(
        depots={"d": Depot("d", "Home", 20.0, 20.0)},
        customers={"c": Customer("c", "Shop", 5.1234567, 3.0)},
        zones={"z": Zone("z", "Old town", SQUARE), "me": Zone("me", "", tuple((y + 50, x) for y, x in SQUARE))},
    )
    return SnapTargets(Places(scenario, Plane()), ZoneShapes(scenario, Plane()), Plane(), besides="me")


def test_corners_snap_to_corners_then_places_then_edges_of_others(targets: SnapTargets) -> None:
    corner = targets.nearest(9.8, 10.1, 0.5)
    assert corner is not None
    assert (corner.geo, "Old town" in corner.target) == ((10.0, 10.0), True)
    place = targets.nearest(3.2, 5.0, 0.5)
    assert place is not None
    assert (place.geo, place.target) == ((5.1234567, 3.0), "Shop")  # exactly its own
    edge = targets.nearest(4.0, 0.2, 0.5)
    assert edge is not None
    assert (edge.geo, edge.x, edge.y) == ((0.0, 4.0), 4.0, 0.0)
    assert targets.nearest(5.0, 5.0, 0.5) is None
    assert targets.nearest(0.0, 60.0, 0.5) is None  # its own corner


def test_nobody_means_one_place_in_a_crowd() -> None:
    for count, snaps in ((4, True), (5, False)):
        customers = {str(n): Customer(str(n), lat=0.1 * n, lon=0.0) for n in range(count)}
        scenario = Scenario(customers=customers)
        targets = SnapTargets(Places(scenario, Plane()), ZoneShapes(scenario, Plane()), Plane())
        assert (targets.nearest(0.0, 0.0, 0.2) is not None) is snaps


def test_a_drawing_refuses_what_crosses_it() -> None:
    drawing = ZoneDrawing(plane=True)
    assert drawing.closing_fault == TOO_FEW
    assert [drawing.put(point) for point in ((0, 0), (0, 10), (10, 10), (10, 10))] == ["", "", "", ""]
    assert len(drawing.corners) == 3  # the same point twice is no corner
    assert drawing.put((-5, 5)) == CROSSES
    assert drawing.put((5, 3)) == ""
    assert drawing.put((5, -5)) == ""
    assert drawing.closing_fault == ""
    for point in ((-5, -5), (-5, 20), (5, 20)):
        assert drawing.put(point) == ""
    assert drawing.closing_fault == CROSSES
    drawing.take_back()
    assert drawing.closing_fault == ""
    drawing.clear()
    assert drawing.ring == ()


coordinate = st.integers(-50, 50).map(float)


@given(points=st.lists(st.tuples(coordinate, coordinate), min_size=1, max_size=12))
def test_whatever_is_drawn_and_can_be_closed_is_a_ring(points: list[tuple[float, float]]) -> None:
    drawing = ZoneDrawing(plane=True)
    for point in points:
        before = list(drawing.corners)
        if drawing.put(point):
            assert drawing.corners == before
    assume(not drawing.closing_fault)
    assert ring_problem(drawing.ring, plane=True) == ""
    assert area_square_metres(Outline(drawing.ring, Plane()).points, Plane()) > 0


def test_coordinates_are_kept_to_a_tenth_of_a_metre() -> None:
    assert rounded(60.123456789, 24.987654321) == (60.123457, 24.987654)
    assert np.allclose(Outline(SQUARE, Plane()).middles[0], (5.0, 0.0))
