"""Lanes say what the figures say, and stay the same objects while they are true."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given

from app.model.evaluation import Evaluation
from app.model.plan import Lock
from app.model.scenario import Zone
from app.timeline.bars import Bars
from app.timeline.day import UNUSED, Day
from tests.app.timeline.days import (
    HOUR,
    MINUTE,
    evaluations,
    figures_of,
    hand_evaluation,
    hand_scenario,
    scenario_with,
)


def total(spans: np.ndarray) -> float:
    return float((spans[:, 1] - spans[:, 0]).sum())


@given(evaluations())
def test_lanes_add_up_to_the_figures(evaluation: Evaluation) -> None:
    day = Day.of(evaluation, scenario_with(evaluation))
    used = [route for route in evaluation.routes if route.stops]
    assert [lane.figures for lane in day.lanes] == used
    for row, (lane, route) in enumerate(zip(day.lanes, used, strict=True)):
        assert len(lane) == route.stops
        assert total(lane.driving) == route.driving_s
        assert total(lane.waiting) == route.waiting_s
        assert total(lane.service) == route.service_s
        assert day.place["routes", route.id] == (row, None)
        for stop, visit in enumerate(route.visits):
            assert day.place[lane.item_at(stop)] == (row, stop)
            assert lane.service[stop].tolist() == [visit.start_s, visit.departure_s]
        late = [(one.start_s - one.lateness_s, one.start_s) for one in route.visits if one.lateness_s]
        assert lane.late[: len(late)].tolist() == [list(one) for one in late]
        assert lane.overtime == max(route.end_s - 17 * HOUR, 0)
        assert len(lane.late) == len(late) + (lane.overtime > 0)
        driven = route.visits[: route.driven]
        assert all(visit.lock is Lock.DRIVEN for visit in driven)
        assert lane.past.tolist() == [[route.start_s, one.departure_s] for one in driven[-1:]]


@given(evaluations())
def test_what_is_drawn_at_once_is_what_the_lanes_have(evaluation: Evaluation) -> None:
    day = Day.of(evaluation, scenario_with(evaluation))
    for name in ("driving", "waiting", "service", "late", "past", "depots"):
        bars: Bars = getattr(day, name)
        for row, lane in enumerate(day.lanes):
            assert np.array_equal(bars.spans[bars.rows == row], getattr(lane, name))
    assert len(day.windows.spans) == len(day.real) == sum(len(lane.windows.spans) for lane in day.lanes)


@given(evaluations())
def test_windows_are_cut_to_the_time_around_their_visits(evaluation: Evaluation) -> None:
    scenario = scenario_with(evaluation)
    for lane in Day.of(evaluation, scenario).lanes:
        ends = {end for customer in lane.customers if customer is not None for end in np.ravel(customer.windows)}
        assert lane.figures is not None
        for span, real in zip(lane.windows.spans.tolist(), lane.windows.real.tolist(), strict=True):
            assert span[0] <= span[1]
            assert lane.figures.start_s <= span[0]
            assert span[1] <= lane.figures.end_s
            assert all(end in ends for end, is_real in zip(span, real, strict=True) if is_real)
        # neighbours share no time
        starts = lane.windows.spans[:, 0]
        assert (np.diff(starts) >= 0).all()
        assert (lane.windows.spans[:-1, 1] <= starts[1:]).all()


def test_one_day_by_hand() -> None:
    day = Day.of(hand_evaluation(), hand_scenario())
    late, fine = day.lanes
    assert late.service.tolist() == [[9 * HOUR, 9 * HOUR + 600], [9 * HOUR + 1200, 9 * HOUR + 1800]]
    assert late.driving[0].tolist() == [9 * HOUR - 600, 9 * HOUR]
    assert late.late.tolist() == [[8 * HOUR + 300, 9 * HOUR + 1200]]
    assert late.depots.tolist() == [[9 * HOUR - 600] * 2, [9 * HOUR + 2400] * 2]
    # A opens when the van is there; C has closed long before, so that nothing of its window is near
    assert late.windows.spans[:1].tolist() == [[9 * HOUR, 9 * HOUR + 900]]
    assert late.windows.real.tolist() == [[True, False]]
    assert not len(fine.late)
    assert [lane.label for lane in day.lanes] == ["Van 1", "Van 2"]
    assert (day.begin, day.end) == (min(fine.driving[0, 0], 9 * HOUR - 600), 9 * HOUR + 2400)


def test_windows_are_those_that_the_vehicle_finds() -> None:
    """All lie in a zone that is open to vans until half past nine; who has windows has them cut to that."""
    scenario = hand_scenario()
    zone = Zone("Z", ring=((-1.0, -1.0), (-1.0, 1.0), (1.0, 1.0), (1.0, -1.0)), hours={"van": ((0, 9 * HOUR + 1800),)})
    scenario = replace(scenario, zones={"Z": zone})
    evaluation = hand_evaluation(scenario)
    day = Day.of(evaluation, scenario)
    first, second = day.lanes[0].customers
    assert first is not None
    assert second is scenario.customers["C"]
    assert first.windows == ((9 * HOUR, 9 * HOUR + 1800),)
    assert day.lanes[1].customers[1] == replace(scenario.customers["E"], windows=((0, 9 * HOUR + 1800),))
    again = Day.of(evaluation, scenario, day)
    assert all(one is other for one, other in zip(day.lanes, again.lanes, strict=True))


def test_overtime_is_what_is_beyond_the_shift() -> None:
    scenario = hand_scenario()
    van = replace(scenario.vehicles["van"], shift=(8 * HOUR, 9 * HOUR + 30 * MINUTE))
    (lane,) = Day.of(figures_of(scenario, ("A", "C")), replace(scenario, vehicles={"van": van})).lanes
    assert lane.overtime == 600
    assert lane.late[-1].tolist() == [9 * HOUR + 1800, 9 * HOUR + 2400]


def test_open_routes_end_at_no_depot() -> None:
    scenario = hand_scenario()
    scenario = replace(scenario, vehicles={"van": replace(scenario.vehicles["van"], end_depot=None)})
    (lane,) = Day.of(figures_of(scenario, ("A",)), scenario).lanes
    assert len(lane.depots) == 1
    assert len(lane.driving) == 1


@given(evaluations())
def test_lanes_that_are_still_true_are_kept(evaluation: Evaluation) -> None:
    scenario = scenario_with(evaluation)
    before = Day.of(evaluation, scenario)
    same = Day.of(replace(evaluation, routes=tuple(replace(one) for one in evaluation.routes)), scenario, before)
    assert all(one is other for one, other in zip(before.lanes, same.lanes, strict=True))


@pytest.mark.parametrize("what", ["window", "shift", "plan"])
def test_lanes_that_are_not_true_any_more_are_made_anew(what: str) -> None:
    scenario, evaluation = hand_scenario(), hand_evaluation()
    before = Day.of(evaluation, scenario)
    if what == "window":
        moved = replace(scenario.customers["A"], windows=((8 * HOUR, 11 * HOUR),))
        scenario = replace(scenario, customers={**scenario.customers, "A": moved})
    elif what == "shift":
        van = replace(scenario.vehicles["van"], shift=(0, 12 * HOUR))
        scenario = replace(scenario, vehicles={"van": van})
    else:
        evaluation = figures_of(scenario, ("C", "A"), ("B", "E"))
    after = Day.of(evaluation, scenario, before)
    assert after.lanes[0] is not before.lanes[0]
    assert (after.lanes[1] is before.lanes[1]) == (what != "shift")


def test_unused_vehicles_show_only_when_they_are_wanted() -> None:
    scenario, evaluation = hand_scenario(), figures_of(hand_scenario(), ("A",), ())
    assert [lane.colour for lane in Day.of(evaluation, scenario).lanes] == [0]
    lanes = Day.of(evaluation, scenario, unused=True).lanes
    assert [(lane.colour, lane.spare, lane.item) for lane in lanes] == [
        (0, 0, ("routes", "van/1")),
        (UNUSED, 2, ("vehicles", "van")),
    ]


def test_customers_and_vehicles_that_are_gone_still_have_their_times() -> None:
    scenario, evaluation = hand_scenario(), hand_evaluation()
    day = Day.of(evaluation, replace(scenario, customers={}, vehicles={}))
    assert [len(lane) for lane in day.lanes] == [2, 2]
    assert not len(day.windows.spans)


def test_nothing_is_a_day_too() -> None:
    day = Day.of(Evaluation(), hand_scenario())
    assert not day.lanes
    assert not day.place
