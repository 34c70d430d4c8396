from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.timeline.day import Day
from app.timeline.walk import Step, walk
from tests.app.timeline.days import days, figures_of, hand_evaluation, hand_scenario

steps = st.lists(st.sampled_from(Step), max_size=30)


@given(days(), steps)
def test_no_walk_leaves_the_day(day: Day, taken: list[Step]) -> None:
    at = None
    for step in taken:
        at = walk(day, at, step)
        if not day.lanes:
            assert at is None
            continue
        assert at is not None
        assert 0 <= at[0] < len(day.lanes)
        assert at[1] is None or 0 <= at[1] < len(day.lanes[at[0]])


@given(days(least=1), st.data())
def test_right_reaches_every_stop_and_left_leads_back(day: Day, data: st.DataObject) -> None:
    row = data.draw(st.integers(0, len(day.lanes) - 1))
    at, seen = (row, None), []
    for _ in range(len(day.lanes[row])):
        at = walk(day, at, Step.RIGHT)
        seen.append(at)
    assert seen == [(row, stop) for stop in range(len(day.lanes[row]))]
    assert walk(day, at, Step.RIGHT) == at == walk(day, (row, None), Step.LAST)
    assert walk(day, at, Step.FIRST) == (row, 0)
    for _ in range(len(day.lanes[row])):
        at = walk(day, at, Step.LEFT)
    assert at == (row, None) == walk(day, at, Step.LEFT)


@given(days(least=1), st.data())
def test_down_leads_to_the_stop_that_is_served_next_to_the_time(day: Day, data: st.DataObject) -> None:
    row = data.draw(st.integers(0, len(day.lanes) - 1))
    stop = data.draw(st.integers(0, len(day.lanes[row]) - 1))
    for step, other in ((Step.DOWN, row + 1), (Step.UP, row - 1)):
        found = walk(day, (row, stop), step)
        if not 0 <= other < len(day.lanes):
            assert found == (row, stop)
            continue
        assert found is not None
        assert found[0] == other
        assert found[1] is not None
        time = day.lanes[row].service[stop, 0]
        starts = day.lanes[other].service[:, 0]
        assert abs(starts[found[1]] - time) == abs(starts - time).min()


def test_lanes_without_stops_are_walked_over() -> None:
    scenario = hand_scenario()
    day = Day.of(hand_evaluation(), scenario, unused=True)
    assert walk(day, (1, 1), Step.DOWN) == (2, None)
    for step in (Step.LEFT, Step.RIGHT, Step.FIRST, Step.LAST, Step.DOWN):
        assert walk(day, (2, None), step) == (2, None)
    assert walk(day, (2, None), Step.UP) == (1, None)


@pytest.mark.parametrize("step", Step)
def test_the_first_step_leads_to_the_first_lane(step: Step) -> None:
    assert walk(Day.of(figures_of(hand_scenario(), ("A",)), hand_scenario()), None, step) == (0, None)
