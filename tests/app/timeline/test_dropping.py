"""Between two bars a drop goes between their stops, over a stop or a name into the route."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.model.drops import BestPlace, Exactly, LeftOut, NewRoute, Seen
from app.timeline.axis import TimeAxis
from app.timeline.day import Day
from app.timeline.drop_painter import caret_time
from app.timeline.dropping import DropMark, destination_at, destination_beside, mark_of
from app.timeline.rows import LANE, Rows
from tests.app.timeline.days import HOUR, days, hand_evaluation, hand_scenario

AXIS = TimeAxis(7.5 * HOUR, 10.0, 2000)
ROWS = Rows(3, 0.0, 200)
FIRST, SECOND = Seen("van/1", ("A", "C")), Seen("van/2", ("B", "E"))


@pytest.fixture
def day() -> Day:
    return Day.of(hand_evaluation(), hand_scenario(), unused=True)


def test_over_a_stop_it_is_its_route_and_beside_it_a_place(day: Day) -> None:
    first, second = (AXIS.to_pixel(float(one)) for one in day.lanes[0].middles)
    assert destination_at(day, AXIS, ROWS, first, 10, ()) == BestPlace(FIRST)
    assert destination_at(day, AXIS, ROWS, (first + second) / 2, 10, ()) == Exactly(FIRST, 1)
    assert destination_at(day, AXIS, ROWS, first - 100, 10, ()) == Exactly(FIRST, 0)
    assert destination_at(day, AXIS, ROWS, second + 200, 10, ()) == Exactly(FIRST, 2)
    assert destination_at(day, AXIS, ROWS, first + 1, 10, {"A"}) == Exactly(FIRST, 1)


def test_vehicles_at_home_begin_a_route(day: Day) -> None:
    assert destination_at(day, AXIS, ROWS, 100, 2 * LANE + 5, ()) == NewRoute("van")
    assert destination_beside(day, ROWS, 2 * LANE + 5) == NewRoute("van")


def test_a_name_is_the_best_place_and_below_all_lanes_is_nowhere(day: Day) -> None:
    assert destination_beside(day, ROWS, LANE + 5) == BestPlace(SECOND)
    assert destination_beside(day, ROWS, 3 * LANE + 5) is None
    assert destination_at(day, AXIS, ROWS, 100, 3 * LANE + 5, ()) is None


def test_every_destination_in_the_day_has_a_mark(day: Day) -> None:
    assert mark_of(day, Exactly(SECOND, 1)) == DropMark(1, 1)
    assert mark_of(day, BestPlace(FIRST)) == DropMark(0)
    assert mark_of(day, NewRoute("van")) == DropMark(2)
    unlike = Exactly(Seen("van/1", ("C", "A")), 1)
    for elsewhere in (None, LeftOut(), NewRoute("bike"), unlike, BestPlace(Seen("van/9", ()))):
        assert mark_of(day, elsewhere) is None


@given(days(least=1), st.data())
def test_the_caret_stands_between_the_stops(day: Day, data: st.DataObject) -> None:
    lane = day.lanes[data.draw(st.integers(0, len(day.lanes) - 1))]
    gap = data.draw(st.integers(0, len(lane)))
    time = caret_time(lane, gap)
    if gap:
        assert time >= lane.service[gap - 1, 1]
    if gap < len(lane):
        assert time <= lane.service[gap, 0]
