"""Routes as lines on the earth."""

from __future__ import annotations

from app.model.drives import Drive
from app.model.route_lines import legs_along_roads, line_of, road_attribution
from tests.app.io.scenarios import full_scenario
from tests.app.model.fake_roads import on_roads

A, B, C, D = (60.0, 25.0), (60.0, 25.1), (60.1, 25.1), (60.2, 25.2)
THERE: Drive = ("van", A, C)
BACK: Drive = ("van", C, A)


def test_what_two_legs_have_in_common_is_there_once() -> None:
    assert line_of([THERE, BACK], [(A, B, C), (C, A)]) == (A, B, C, A)


def test_legs_without_a_way_are_straight() -> None:
    assert line_of([THERE, BACK], [None, (D, A)]) == (A, C, D, A)
    assert line_of([("van", A, A)], [None]) == (A, A)
    assert line_of([], []) == ()


def test_ways_are_those_of_the_roads() -> None:
    scenario = full_scenario()
    start, end = ((one.lat, one.lon) for one in list(scenario.customers.values())[:2])
    drive: Drive = ("van", start, end)
    assert legs_along_roads(scenario, [drive]) == [None]
    assert road_attribution(scenario) == ""
    with on_roads(scenario) as by_road:
        (leg,) = legs_along_roads(by_road, [drive])
        assert leg is not None
        assert (leg[0], leg[-1]) == (start, end)
        assert len(leg) > 2
        assert road_attribution(by_road) == "© OpenStreetMap contributors"
    assert legs_along_roads(by_road, [drive]) == [None]  # its network is not here any more
    assert road_attribution(by_road) == ""
