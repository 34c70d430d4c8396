"""Lines cut into dashes, against lengths worked out one by one and against shapely."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import LineString, box

from app.map.dashes import Dashes, Lines, joined
from app.map.palette import PATTERNS

RECT = (-10.0, -5.0, 20.0, 15.0)

places = st.tuples(st.integers(-60, 60), st.integers(-60, 60))
routes = st.lists(st.lists(places, min_size=2, max_size=8), min_size=1, max_size=5)


def lines_of(ways: list[list[tuple[int, int]]]) -> Lines:
    """Return the legs of some ways, each with where it begins along its way."""
    made = []
    for owner, way in enumerate(ways):
        points = np.array(way, dtype=np.float64)
        lengths = np.hypot(*np.diff(points, axis=0).T)
        begins = np.concatenate([[0.0], np.cumsum(lengths)[:-1]])
        owners = np.full(len(lengths), owner, dtype=np.int64)
        made.append(Lines(points[:-1, 0], points[:-1, 1], points[1:, 0], points[1:, 1], begins, owners))
    return joined(made)


def dashed_length(begin: float, end: float, pattern: tuple[float, ...], unit: float) -> float:
    """Return how much of a stretch of a way is dash."""

    def until(at: float) -> float:
        period = sum(pattern) * unit
        whole, rest = divmod(at, period)
        done = whole * sum(pattern[::2]) * unit
        for place, part in enumerate(pattern):
            taken = min(rest, part * unit)
            done += taken if place % 2 == 0 else 0.0
            rest -= taken
        return done

    return until(end) - until(begin)


@given(routes, st.floats(0.2, 5.0))
def test_dashes_follow_the_way_round_its_corners(ways: list[list[tuple[int, int]]], unit: float) -> None:
    lines = lines_of(ways)
    patterns = lines.owners % len(PATTERNS)
    cut = Dashes(PATTERNS).cut(lines, patterns, unit)
    for owner, way in enumerate(ways):
        pattern = PATTERNS[owner % len(PATTERNS)]
        whole = float(np.hypot(*np.diff(np.array(way, dtype=np.float64), axis=0).T).sum())
        expected = dashed_length(0.0, whole, pattern, unit) if pattern else whole
        assert cut.lengths[cut.owners == owner].sum() == pytest.approx(expected, abs=1e-6)
    for x0, y0, x1, y1, begin, owner in zip(cut.x0, cut.y0, cut.x1, cut.y1, cut.begins, cut.owners, strict=True):
        way = LineString(ways[owner])
        for x, y, along in ((x0, y0, begin), (x1, y1, begin + np.hypot(x1 - x0, y1 - y0))):
            at = way.interpolate(along)
            assert (at.x, at.y) == pytest.approx((x, y), abs=1e-6)


@given(routes, st.floats(0.5, 3.0))
def test_the_number_of_dashes_is_known_before_they_are_cut(ways: list[list[tuple[int, int]]], unit: float) -> None:
    lines, dashes = lines_of(ways), Dashes(PATTERNS)
    patterns = lines.owners % len(PATTERNS)
    cut = len(dashes.cut(lines, patterns, unit).x0)
    most = max(len(pattern) // 2 for pattern in PATTERNS)
    assert dashes.number(lines, patterns, unit) - len(lines.x0) * (most + 1) <= cut
    assert cut <= dashes.number(lines, patterns, unit) + len(lines.x0) * (most + 1)


@given(routes)
def test_clipping_keeps_what_is_inside(ways: list[list[tuple[int, int]]]) -> None:
    lines = lines_of(ways)
    clipped = lines.clipped(RECT)
    inside = [
        LineString([(x0, y0), (x1, y1)]).intersection(box(*RECT)).length
        for x0, y0, x1, y1 in zip(lines.x0, lines.y0, lines.x1, lines.y1, strict=True)
    ]
    assert clipped.lengths.sum() == pytest.approx(sum(inside), abs=1e-6)
    for begin, x, y, owner in zip(clipped.begins, clipped.x0, clipped.y0, clipped.owners, strict=True):
        at = LineString(ways[owner]).interpolate(begin)
        assert (at.x, at.y) == pytest.approx((x, y), abs=1e-6)


def test_nothing_becomes_nothing() -> None:
    empty = lines_of([[(0, 0), (1, 0)]]).part(np.array([False]))
    assert len(Dashes(PATTERNS).cut(empty, empty.owners, 1.0).x0) == 0
    assert len(empty.clipped(RECT).x0) == 0
