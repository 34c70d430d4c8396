"""Which street lies in an area."""

from dataclasses import replace

import numpy as np

from app.model.streets import street_in
from tests.solver.roads.grids import grid

HIGH = ((60.0004, 25.0), (60.0004, 25.006), (60.0014, 25.006), (60.0014, 25.0))
"""Around the second row of the grid; the first is below it."""


def named():
    """Return two streets to the east, of three junctions each, and nameless ones between them."""
    network = grid(2, 3)
    names = np.full(network.segments, -1, dtype=np.int32)
    names[[0, 1]], names[[2, 3]] = 0, 1
    return replace(network, way_name=names, names=("South Street", "North Street"))


def test_the_street_with_most_of_its_way_in_the_area_gives_the_name():
    assert street_in(named(), HIGH) == "North Street"
    everything = ((59.9, 24.9), (59.9, 25.0011), (60.1, 25.0011), (60.1, 24.9))
    assert street_in(named(), everything) in ("North Street", "South Street")


def test_where_no_street_has_a_name_there_is_none():
    assert street_in(named(), tuple((lat + 1, lon) for lat, lon in HIGH)) == ""
    assert street_in(grid(2, 3), HIGH) == ""
    assert street_in(None, HIGH) == ""
    assert street_in(grid(1, 1), HIGH) == ""
