from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from app.timeline.rows import LANE, Rows


@st.composite
def all_rows(draw: st.DrawFn) -> Rows:
    made = Rows(draw(st.integers(0, 80)), 0.0, draw(st.integers(1, 900)))
    return made.scrolled(draw(st.floats(-100, 4000)))


@given(all_rows(), st.floats(0, 1200))
def test_the_lane_at_a_pixel_reaches_there(rows: Rows, py: float) -> None:
    row = rows.at(py)
    if row is None:
        assert py >= rows.pixel(rows.count)
    else:
        assert rows.pixel(row) <= py < rows.pixel(row) + LANE


@given(all_rows())
def test_shown_lanes_are_those_that_reach_into_the_view(rows: Rows) -> None:
    inside = [row for row in range(rows.count) if -LANE < rows.pixel(row) < rows.height]
    assert set(rows.shown) <= set(inside)
    assert set(inside) - set(rows.shown) <= {inside[-1]} if inside else not rows.shown
    assert rows.pixels(np.arange(rows.count)).tolist() == [rows.pixel(row) for row in range(rows.count)]


@given(all_rows(), st.data())
def test_a_lane_that_is_brought_into_view_is(rows: Rows, data: st.DataObject) -> None:
    if not rows.count:
        return
    row = data.draw(st.integers(0, rows.count - 1))
    shown = rows.showing(row)
    assert 0 <= shown.top <= shown.reach
    assert row in shown.shown
    if rows.height >= LANE:
        assert shown.pixel(row) >= 0
        assert shown.pixel(row) + LANE <= rows.height
        assert shown.showing(row) == shown
