"""A point is what lies below it: the inverse of where things are drawn."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.timeline.axis import COARSEST, FINEST, TimeAxis
from app.timeline.day import Day
from app.timeline.hit import REACH, hit_at
from app.timeline.rows import LANE, Rows
from tests.app.timeline.days import HOUR, days, hand_evaluation, hand_scenario

axes = st.builds(TimeAxis, st.floats(0, 30 * HOUR), st.floats(FINEST, COARSEST), st.integers(1, 3000))


def rows_of(day: Day, top: float = 0.0) -> Rows:
    return Rows(len(day.lanes), 0.0, 90).scrolled(top)


@given(days(), axes, st.floats(0, 400), st.floats(-100, 3000), st.floats(0, 200))
def test_what_is_hit_is_there(day: Day, axis: TimeAxis, top: float, px: float, py: float) -> None:
    rows = rows_of(day, top)
    hit = hit_at(day, axis, rows, px, py)
    if hit is None:
        assert rows.at(py) is None
        return
    lane = day.lanes[hit.row]
    assert rows.pixel(hit.row) <= py < rows.pixel(hit.row) + LANE
    assert hit.time == pytest.approx(axis.to_time(px))
    middles = lane.middles
    assert (middles[: hit.gap] < hit.time).all()
    assert (middles[hit.gap :] >= hit.time).all()
    begins, ends = axis.to_pixel(lane.service).T
    reached = (np.abs(axis.to_pixel(middles) - px) <= REACH - 1e-6) | ((begins < px - 1e-6) & (ends > px + 1e-6))
    if hit.stop is None:
        assert not reached.any()
    else:
        away = np.abs(middles - hit.time)
        assert away[hit.stop] <= away[reached].min(initial=np.inf)
        assert hit.gap in (hit.stop, hit.stop + 1) or np.count_nonzero(middles == middles[hit.stop]) > 1


@given(days(least=1), axes, st.data())
def test_every_stop_is_hit_where_its_number_stands(day: Day, axis: TimeAxis, data: st.DataObject) -> None:
    row = data.draw(st.integers(0, len(day.lanes) - 1))
    lane = day.lanes[row]
    stop = data.draw(st.integers(0, len(lane) - 1))
    rows = rows_of(day).showing(row)
    hit = hit_at(day, axis, rows, axis.to_pixel(float(lane.middles[stop])), rows.pixel(row) + LANE / 2)
    assert hit is not None
    assert hit.row == row
    assert hit.stop is not None
    assert lane.middles[hit.stop] == pytest.approx(lane.middles[stop], abs=1e-3)


@given(days(least=1), axes, st.data())
def test_a_drop_between_two_stops_goes_between_them(day: Day, axis: TimeAxis, data: st.DataObject) -> None:
    row = data.draw(st.integers(0, len(day.lanes) - 1))
    service = day.lanes[row].service
    gap = data.draw(st.integers(0, len(service)))
    before = service[gap - 1, 1] if gap else service[0, 0] - HOUR
    after = service[gap, 0] if gap < len(service) else service[-1, 1] + HOUR
    if after - before < 60:
        return
    rows = rows_of(day).showing(row)
    hit = hit_at(day, axis, rows, axis.to_pixel(float(before + after) / 2), rows.pixel(row) + 1)
    assert hit is not None
    assert hit.gap == gap


def test_by_hand() -> None:
    day = Day.of(hand_evaluation(), hand_scenario())
    axis, rows = TimeAxis(8 * HOUR, 10.0, 800), Rows(2, 0.0, 100)  # a pixel is ten seconds
    first = axis.to_pixel(9.0 * HOUR)  # A is served from here for sixty pixels
    assert hit_at(day, axis, rows, first + 5, 5) == hit_at(day, axis, rows, first + 5, LANE - 1)
    hits = [hit_at(day, axis, rows, first + px, 5) for px in (-5, 5, 55, 90, 125)]
    assert [(hit.row, hit.stop, hit.gap) for hit in hits if hit] == [
        (0, None, 0),
        (0, 0, 0),
        (0, 0, 1),
        (0, None, 1),
        (0, 1, 1),
    ]
    assert hit_at(day, axis, rows, first, 2 * LANE) is None
