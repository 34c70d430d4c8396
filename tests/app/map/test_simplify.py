"""What corners of lines are worth, held to shapely's Douglas and Peucker."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from shapely import LineString, Point

from app.map.simplify import worths

coordinate = st.integers(-50, 50).map(float)
line = st.lists(st.tuples(coordinate, coordinate), min_size=2, max_size=12)


@given(st.lists(line, min_size=1, max_size=5), st.floats(0.1, 40.0))
def test_corners_worth_more_than_a_tolerance_are_those_that_are_kept(
    lines: list[list[tuple[float, float]]], tolerance: float
) -> None:
    starts = np.cumsum([0, *map(len, lines)])
    points = np.concatenate([np.array(one) for one in lines])
    worth = worths(points, starts)
    for one, begin, end in zip(lines, starts[:-1], starts[1:], strict=True):
        kept = LineString(points[begin:end][worth[begin:end] > tolerance])
        # which of two corners that are equally far off is kept is anybody's choice, how far the line is off is not
        assert max(kept.distance(Point(corner)) for corner in one) <= tolerance + 1e-9
        assert worth[begin] == worth[end - 1] == np.inf


def test_it_is_what_shapely_keeps() -> None:
    random = np.random.default_rng(7)
    lines = [np.cumsum(random.normal(size=(count, 2)), axis=0) for count in (2, 3, 40, 400)]
    starts = np.cumsum([0, *map(len, lines)])
    worth = worths(np.concatenate(lines), starts)
    for tolerance in (0.05, 0.7, 3.0, 20.0):
        for one, begin, end in zip(lines, starts[:-1], starts[1:], strict=True):
            expected = np.array(LineString(one).simplify(tolerance, preserve_topology=False).coords)
            assert np.array_equal(one[worth[begin:end] > tolerance], expected)


def test_a_straight_line_takes_no_time() -> None:
    count = 20_000
    points = np.column_stack([np.arange(count), np.zeros(count)])
    worth = worths(points.astype(np.float64), np.array([0, count]))
    assert np.count_nonzero(worth > 1e-6) == 2
