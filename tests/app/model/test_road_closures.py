"""Which streets are meant by a ring: those drawn along, and none that only cross."""

import numpy as np
import pytest
import shapely

from app.model.road_closures import pace_of, segments_in
from solver.roads.network import DEGREE
from tests.solver.roads.grids import grid

NETWORK = grid(4, 4)
"""Segments to the east are numbered row by row, three in each; those to the north follow, four in each."""
STEP = float((NETWORK.node_place[4, 0] - NETWORK.node_place[0, 0]) / DEGREE)
EAST = float((NETWORK.node_place[1, 1] - NETWORK.node_place[0, 1]) / DEGREE)


def place(row, column):
    return 60.0 + row * STEP, 25.0 + column * EAST


def along(*places, metres=10.0):
    """Return a ribbon so many metres to each side of a line."""
    line = [(lat * 2, lon) for lat, lon in places]  # at 60 degrees a degree of longitude is half as long
    area = shapely.LineString(line).buffer(metres / 111_195 * 2, quad_segs=2)
    return tuple((y / 2, x) for y, x in list(area.exterior.coords)[:-1])


def box(south, west, north, east):
    return ((south, west), (south, east), (north, east), (north, west))


def test_a_street_that_is_drawn_along_is_meant_and_those_that_it_meets_are_not():
    ring = along(place(1, 0.1), place(1, 2.9))
    assert segments_in(NETWORK, ring).tolist() == [3, 4, 5]


@pytest.mark.parametrize("metres", [3.0, 8.0, 15.0])
def test_some_of_a_street_is_enough(metres):
    ring = along(place(2, 1.4), place(2, 1.6), metres=metres)
    assert segments_in(NETWORK, ring).tolist() == [7]


def test_around_a_junction_all_its_streets_are_meant():
    lat, lon = place(1, 1)
    ring = box(lat - STEP / 5, lon - EAST / 5, lat + STEP / 5, lon + EAST / 5)
    assert segments_in(NETWORK, ring).tolist() == [3, 4, 13, 17]
    assert segments_in(NETWORK, along((lat, lon), (lat, lon + 1e-7), metres=3.0)).tolist() == [3, 4, 13, 17]


def test_in_a_wide_ring_all_is_meant_that_lies_in_it_and_what_reaches_far_into_it():
    (south, west), (north, east) = place(-0.1, -0.1), place(1.1, 1.5)
    ring = box(south, west, north, east)
    assert segments_in(NETWORK, ring).tolist() == [0, 1, 3, 4, 12, 13]


def test_the_slowest_of_several_zones_counts():
    whole = box(59.9, 24.9, 60.1, 25.1)
    pace = pace_of(NETWORK, ((whole, 0.5), (along(place(1, 0.1), place(1, 2.9)), 0.0)))
    assert pace is not None
    assert pace[[3, 4, 5]].tolist() == [0, 0, 0]
    assert np.delete(pace, [3, 4, 5]).tolist() == [0.5] * (NETWORK.segments - 3)
    assert pace_of(NETWORK, ()) is None
