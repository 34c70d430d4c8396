"""What a freehand line goes around, against shapely's own answers and against a count of turns."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
import shapely
from hypothesis import assume, given
from hypothesis import strategies as st

from app.map.lasso import enclosed

NUMBERS = st.integers(-40, 40)
LINES = st.lists(st.tuples(NUMBERS, NUMBERS), min_size=3, max_size=14)
POINTS = st.lists(st.tuples(NUMBERS, NUMBERS), min_size=1, max_size=12)
Line = list[tuple[int, int]]
AWAY = np.array([0.31, 0.47])
"""Takes points off the grid that the corners of lines lie on."""


def inside(line: Line, points: np.ndarray) -> list[bool]:
    return enclosed(np.array(line, dtype=np.float64), points[:, 0], points[:, 1]).tolist()


def turns(line: Line, x: float, y: float) -> int:
    """Return how often a closed line goes around a point that does not lie on it."""
    angles = [math.atan2(py - y, px - x) for px, py in [*line, line[0]]]
    steps = (later - earlier for earlier, later in pairwise(angles))
    return round(sum((step + math.pi) % (2 * math.pi) - math.pi for step in steps) / (2 * math.pi))


def off_the_line(line: Line, points: Line) -> np.ndarray:
    """Return the points, moved a little, that keep clear of the line."""
    ring = shapely.LinearRing(line)
    moved = np.array(points) + AWAY
    return moved[[ring.distance(shapely.Point(point)) > 1e-6 for point in moved]]


def around(line: Line) -> Line:
    """Return the points in the order of their directions from the middle, so that the line seldom crosses itself."""
    x, y = (sum(values) / len(line) for values in zip(*line, strict=True))
    return sorted(line, key=lambda point: (math.atan2(point[1] - y, point[0] - x), point))


@given(LINES.map(around), POINTS)
def test_a_line_that_does_not_cross_itself_is_a_polygon_of_shapely(line: Line, points: Line) -> None:
    polygon = shapely.Polygon(line)
    assume(polygon.is_valid)
    clear = off_the_line(line, points)
    assert inside(line, clear) == [polygon.contains(shapely.Point(point)) for point in clear]


@given(LINES, POINTS)
def test_whatever_the_line_turns_around_is_inside_and_nothing_beyond_its_hull(line: Line, points: Line) -> None:
    assume(len(set(line)) > 1)
    hull = shapely.MultiPoint(line).convex_hull
    clear = off_the_line(line, points)
    for point, found in zip(clear, inside(line, clear), strict=True):
        if turns(line, *point):
            assert found
        if not hull.intersects(shapely.Point(point)):
            assert not found


@given(LINES, POINTS, st.integers(0, 13), st.booleans())
def test_where_it_begins_and_which_way_it_goes_do_not_matter(line: Line, points: Line, start: int, back: bool) -> None:
    assume(len(set(line)) > 1)
    start %= len(line)
    other = [*line[start:], *line[:start]]
    clear = off_the_line(line, points)
    assert inside(other[::-1] if back else other, clear) == inside(line, clear)


def test_what_is_gone_around_twice_is_inside() -> None:
    square = [(0, 0), (10, 0), (10, 10), (0, 10)]
    assert inside([*square, *square], np.array([(5.0, 5.0), (11.0, 5.0)])) == [True, False]


def test_an_end_that_overshoots_the_start_loses_nothing() -> None:
    around = [(10 * math.cos(turn), 10 * math.sin(turn)) for turn in np.linspace(0, 2.3 * math.pi, 200)]
    assert inside(around, np.array([(0.0, 0.0), (9.5, 1.5), (-9.5, 0.0)])) == [True, True, True]


@pytest.mark.parametrize("line", [[], [(0, 0)], [(0, 0), (4, 4)], [(2, 2)] * 5, [(0, 0), (4, 4), (0, 0), (4, 4)]])
def test_a_line_without_an_area_holds_nothing(line: Line) -> None:
    points = np.array([(2.0, 2.0), (5.0, 0.0)])
    assert enclosed(np.array(line, dtype=np.float64).reshape(-1, 2), points[:, 0], points[:, 1]).sum() <= 0


def test_there_may_be_no_points() -> None:
    assert inside([(0, 0), (1, 0), (0, 1)], np.empty((0, 2))) == []
