"""Speeds by the hour."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given

from app.model.traffic import GROUPS, HOUR, HOURS, Period, Traffic
from solver.roads.modes import RoadClass
from tests.app.io.scenarios import traffics

EVEN = (1.0,) * HOURS


def test_equal_hours_are_one_period():
    day = Traffic(EVEN, EVEN, EVEN)
    assert day.periods() == (Period(0, 1.0, 1.0, 1.0),)
    morning = replace(day, main=(*EVEN[:7], 0.5, 0.5, *EVEN[9:]))
    assert [(one.start, one.main) for one in morning.periods()] == [(0, 1.0), (7 * HOUR, 0.5), (9 * HOUR, 1.0)]


def test_rush_hours_are_slower_than_the_night():
    day = Traffic()
    for group in GROUPS:
        factors = getattr(day, group)
        assert max(factors) == factors[3] == 1.0
        assert factors[8] < factors[12] < factors[3]
        assert factors[16] < factors[12]


@given(traffics())
def test_periods_say_what_hours_say(day: Traffic) -> None:
    periods, factors = day.periods(), day.factors()
    assert periods[0].start == 0
    assert factors.shape == (len(periods), len(RoadClass))
    for hour in range(HOURS):
        place = max(index for index, one in enumerate(periods) if one.start <= hour * HOUR)
        assert factors[place, RoadClass.MOTORWAY] == day.motorway[hour] == periods[place].motorway
        assert factors[place, RoadClass.SECONDARY] == day.main[hour] == periods[place].main
        assert factors[place, RoadClass.RESIDENTIAL] == day.local[hour] == periods[place].local


@given(traffics())
def test_no_two_periods_in_a_row_are_alike(day: Traffic) -> None:
    periods = day.periods()
    assert all(replace(a, start=0) != replace(b, start=0) for a, b in pairwise(periods))


def test_queues_slow_nobody_on_paths_and_ferries():
    factors = Traffic((0.5,) * HOURS, (0.5,) * HOURS, (0.5,) * HOURS).factors()
    free = [RoadClass.PATH, RoadClass.CYCLEWAY, RoadClass.STEPS, RoadClass.FERRY]
    assert (factors[:, free] == 1).all()
    assert (np.delete(factors, [*free, RoadClass.TRACK, RoadClass.PEDESTRIAN], axis=1) == 0.5).all()


def test_a_day_has_24_hours():
    with pytest.raises(ValueError, match="main"):
        Traffic(EVEN, EVEN[1:], EVEN)
