"""Travel by the time of day: first in, first out to the second, one inverse, and what `check` makes of it."""

from __future__ import annotations

from fractions import Fraction
from math import ceil

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from solver.problem import UNREACHABLE, Hours, PlaneMatrix, ProblemError, Route, Rule, Solution, check, make_problem
from solver.problem.hours import DAY, Clock

LEG = (0, 1)


def hours_of(starts: list[int], durations: list[int]) -> Hours:
    """One leg there and back, whatever its durations by period."""
    table = np.zeros((1, len(starts), 2, 2), dtype=np.int32)
    table[0, :, 0, 1] = table[0, :, 1, 0] = durations
    return Hours(np.array(starts), table)


@st.composite
def clocks(draw: st.DrawFn, longest: int = 200_000) -> tuple[Clock, list[int], list[int]]:
    cuts = sorted(draw(st.sets(st.integers(1, DAY - 1), max_size=5)))
    starts = [0, *cuts]
    size = len(starts)
    few = st.one_of(st.integers(0, 3), st.integers(0, 5000), st.integers(0, longest), st.just(UNREACHABLE))
    durations = draw(st.lists(few, min_size=size, max_size=size))
    return Clock(hours_of(starts, durations), 0), starts, durations


def slowly(starts: list[int], durations: list[int], departure: int) -> int:
    """The same, second by second in exact shares of the leg."""
    done, now = Fraction(0), departure
    while True:
        duration = durations[max(i for i, start in enumerate(starts) if start <= now % DAY)]
        if duration == 0:
            return now
        done += Fraction(1, duration)
        now += 1
        if done >= 1:
            return now


times = st.integers(0, 3 * DAY)


@given(clocks(), times, st.integers(0, DAY))
@settings(max_examples=500)
def test_whoever_leaves_later_never_arrives_earlier(
    made: tuple[Clock, list[int], list[int]], now: int, later: int
) -> None:
    clock, _, _ = made
    assert now <= clock.arrival(LEG, now) <= clock.arrival(LEG, now + later)


@given(clocks(), times)
@settings(max_examples=500)
def test_the_latest_departure_is_the_last_that_is_in_time(made: tuple[Clock, list[int], list[int]], now: int) -> None:
    clock, _, _ = made
    leaving = clock.latest_departure(LEG, now)
    assert clock.arrival(LEG, leaving) <= now < clock.arrival(LEG, leaving + 1)


@given(st.lists(st.integers(0, 300), min_size=1, max_size=4), st.integers(0, 200), st.data())
@settings(max_examples=200)
def test_a_leg_goes_on_at_the_pace_of_the_next_period(durations: list[int], now: int, data: st.DataObject) -> None:
    size = len(durations)
    starts = [0, *sorted(data.draw(st.sets(st.integers(1, 300), min_size=size - 1, max_size=size - 1)))]
    assert Clock(hours_of(starts, durations), 0).arrival(LEG, now) == slowly(starts, durations, now)


@given(st.integers(0, (1 << 31) - 1), times)
def test_what_takes_the_same_all_day_takes_that_to_the_second(duration: int, now: int) -> None:
    for starts in ([0], [0, 300, 70_000]):
        clock = Clock(hours_of(starts, [duration] * len(starts)), 0)
        if duration < 100 * DAY or duration >= UNREACHABLE:  # the years between are walked day by day
            assert clock.arrival(LEG, now) == now + duration
            assert clock.latest_departure(LEG, now) == now - duration


def test_a_share_is_rounded_up_to_the_second() -> None:
    # 40 of 100 seconds before the period ends: 60 % of 33 seconds are left, 19.8.
    clock = Clock(hours_of([0, 1000], [100, 33]), 0)
    assert clock.arrival(LEG, 960) == 1000 + ceil(0.6 * 33)
    assert clock.arrival(LEG, 900) == 1000
    assert clock.arrival(LEG, DAY - 11) == DAY + ceil(Fraction(22, 33) * 100)


def test_a_road_that_opens_later_is_waited_for() -> None:
    clock = Clock(hours_of([0, 1000], [UNREACHABLE, 30]), 0)
    assert clock.arrival(LEG, 400) == 1030
    assert clock.latest_departure(LEG, 1029) < 0


def plan(durations: list[int], **more: object) -> object:
    table = hours_of([0, 100], durations)
    problem = make_problem(distance=[[0, 7], [7, 0]], hours=table, duration_cost=[1.0], **more)  # type: ignore[arg-type]
    return check(problem, Solution.of([Route(0, (0,))]))


def test_figures_are_those_of_the_departure_that_is_driven() -> None:
    report = plan([40, 80], windows=[[[96, 200]]])
    (route,) = report.routes  # type: ignore[attr-defined]
    (visit,) = route.visits
    assert (route.start, visit.arrival, visit.start, route.end) == (56, 96, 96, 172)
    assert visit.travel_duration == 40
    assert route.trips[0].return_duration == 76  # a tenth of it before the period ends
    assert report.costs.duration == 116.0  # type: ignore[attr-defined]


def test_the_route_leaves_as_late_as_its_end_allows() -> None:
    report = plan([40, 400], windows=[[[110, 200]]])
    (route,) = report.routes  # type: ignore[attr-defined]
    (visit,) = route.visits
    assert visit.arrival == visit.start == 110
    assert route.start == 61  # 39 of 40 parts before 100, and the last one in the 10 seconds after it
    assert visit.travel_duration == 49


def test_a_leg_without_a_road_at_any_hour_is_named() -> None:
    report = plan([UNREACHABLE, UNREACHABLE])
    assert [one.rule for one in report.violations] == [Rule.UNREACHABLE] * 2  # type: ignore[attr-defined]


def test_least_durations_are_the_durations() -> None:
    problem = make_problem(distance=[[0, 7], [7, 0]], hours=hours_of([0, 100], [40, 30]))
    assert problem.travel.duration.tolist() == [[[0, 30], [30, 0]]]
    assert not problem.travel.hours.duration.flags.writeable  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"starts": np.array([0, 0])}, "travel.hours.starts"),
        ({"starts": np.array([5, 50])}, "travel.hours.starts"),
        ({"starts": np.array([0, DAY])}, "travel.hours.starts"),
        ({"starts": np.array([0])}, "travel.hours.duration"),
        ({"starts": np.zeros(0, dtype=np.int64), "duration": np.zeros((1, 0, 2, 2), np.int32)}, "travel.hours.starts"),
        ({"duration": np.zeros((1, 2, 2, 2))}, "travel.hours.duration"),
        ({"duration": np.full((1, 2, 2, 2), -1, dtype=np.int32)}, "travel.hours.duration"),
    ],
)
def test_what_is_no_hours_is_named(change: dict[str, np.ndarray], field: str) -> None:
    good = hours_of([0, 100], [40, 30])
    hours = Hours(**{"starts": good.starts, "duration": good.duration} | change)
    with pytest.raises(ProblemError) as caught:
        make_problem(distance=[[0, 7], [7, 0]], duration=good.least, hours=hours)
    assert {fault.field for fault in caught.value.faults} == {field}


@pytest.mark.parametrize("duration", [[[0, 40], [30, 0]], PlaneMatrix(np.zeros((2, 2)))])
def test_durations_that_are_not_the_least_are_named(duration: object) -> None:
    with pytest.raises(ProblemError) as caught:
        make_problem(distance=[[0, 7], [7, 0]], duration=duration, hours=hours_of([0, 100], [40, 30]))  # type: ignore[arg-type]
    assert {fault.field for fault in caught.value.faults} == {"travel.duration"}
