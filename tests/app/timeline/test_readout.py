from __future__ import annotations

from dataclasses import replace

from app.model.locks import NAMES
from app.model.plan import Lock
from app.model.units import clock, span
from app.timeline.day import Day
from app.timeline.readout import route_text, stop_text
from tests.app.timeline.days import HOUR, MINUTE, figures_of, hand_evaluation, hand_scenario


def test_a_stop_says_when_it_is_served_and_how_late() -> None:
    day = Day.of(hand_evaluation(), hand_scenario())
    text = stop_text(day.lanes[0], 1)
    visit = day.lanes[0].figures.visits[1]
    assert "Shop C" in text
    for time in (visit.arrival_s, visit.start_s, visit.departure_s, 8 * HOUR, 8 * HOUR + 5 * MINUTE):
        assert clock(time) in text
    assert span(visit.lateness_s) in text
    assert span(visit.lateness_s) == "1 h 15 min"


def test_a_stop_in_time_says_what_is_to_spare_until_its_own_window_closes() -> None:
    day = Day.of(figures_of(hand_scenario(), ("B", "E")), hand_scenario())
    lane = day.lanes[0]
    start = lane.figures.visits[0].start_s
    spare = next(late - start for early, late in lane.customers[0].windows if early <= start <= late)
    assert span(spare) in stop_text(lane, 0).splitlines()[-1]
    assert len(stop_text(lane, 0).splitlines()) == len(stop_text(lane, 1).splitlines()) + 2
    assert "E" in stop_text(lane, 1).splitlines()[0]  # it has no name


def test_a_lock_is_named() -> None:
    scenario = hand_scenario()
    (lane,) = Day.of(figures_of(scenario, ("A", "B", "E"), A=Lock.DRIVEN, B=Lock.PLACE), scenario).lanes
    last = [stop_text(lane, stop).splitlines()[-1].lower() for stop in range(3)]
    assert last[:2] == [NAMES[Lock.DRIVEN], NAMES[Lock.PLACE]]
    assert last[2] not in NAMES.values()


def test_waiting_is_said() -> None:
    scenario = hand_scenario()
    early = replace(scenario.customers["B"], windows=((8 * HOUR, 8 * HOUR + 30 * MINUTE),))
    scenario = replace(scenario, customers={**scenario.customers, "B": early})
    (lane,) = Day.of(figures_of(scenario, ("B", "A")), scenario).lanes
    assert lane.waiting.tolist() == [[8 * HOUR + 50 * MINUTE, 9 * HOUR]]
    assert span(600) in stop_text(lane, 1)


def test_a_route_says_its_times_and_loads() -> None:
    lanes = Day.of(hand_evaluation(), hand_scenario(), unused=True).lanes
    text = route_text(lanes[0], ("kg",))
    assert route_text(lanes[0], ("kg",), "Roads").splitlines() == [*text.splitlines(), "Roads"]
    figures = lanes[0].figures
    for part in ("Van 1", clock(figures.start_s), clock(figures.end_s), "kg: 8 of 10"):
        assert part in text
    assert clock(8 * HOUR) in route_text(lanes[2], ("kg",))
