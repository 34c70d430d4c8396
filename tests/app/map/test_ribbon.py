"""What a line along a street covers."""

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from app.map.ribbon import HALF_METRES, ribbon
from app.model.zones import ring_fault

PLACE = st.tuples(st.floats(-500, 500), st.floats(-500, 500))


@given(st.lists(PLACE, min_size=1, max_size=30), st.floats(0.05, 50), st.floats(0.3, 1.0))
def test_a_ribbon_is_an_area_that_covers_its_line_and_no_more_than_its_width(line, scale, metres):
    ring = ribbon(line, scale, metres)
    assert ring_fault([tuple(point) for point in ring.tolist()], plane=True) == ""
    area = shapely.Polygon(ring)
    least, most = (half / metres for half in HALF_METRES)
    for point in line:
        assert area.distance(shapely.Point(point)) <= most / 2
    hull = shapely.MultiPoint(line).convex_hull.buffer(most * 1.01)
    assert hull.covers(area)
    assert area.area >= least * least


@pytest.mark.parametrize("scale", [0.1, 1.0, 100.0])
def test_a_click_closes_what_is_below_it(scale):
    ring = ribbon([(10.0, 20.0)], scale, 0.5)
    radius = np.hypot(*(ring - (10.0, 20.0)).T).max() * 0.5
    assert HALF_METRES[0] <= radius + 1e-9
    assert radius <= HALF_METRES[1] + 1e-9
