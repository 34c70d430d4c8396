"""The plain evaluation of trips, release times, backhauls, groups, roads, locks, changes and weights, by hand."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from solver.problem import (
    OPEN,
    UNREACHABLE,
    Backhauls,
    Costs,
    Objective,
    Problem,
    Report,
    Route,
    Rule,
    Solution,
    Violation,
    check,
    make_problem,
)

# A depot and four clients on a line, 10 m apart; a metre takes a second.
LINE = np.abs(np.subtract.outer(np.arange(5) * 10, np.arange(5) * 10))


def on_a_line(**fields: Any) -> Problem:
    return make_problem(distance=LINE, **fields)


def two_trips(**fields: Any) -> Problem:
    return on_a_line(max_trips=[2], reload_depot=[0], count=[1], **fields)


def checked(problem: Problem, *routes: Route) -> Report:
    return check(problem, Solution(routes))


def broken(problem: Problem, *routes: Route) -> list[Violation]:
    """All violations but those of who is unserved."""
    return [one for one in checked(problem, *routes).violations if one.rule is not Rule.UNSERVED]


def test_two_trips_by_hand() -> None:
    problem = two_trips(
        delivery=[2, 3, 4, 1], pickup=[0, 0, 5, 0], capacity=[6], service=[5, 6, 7, 8],
        fixed_cost=[100.0], distance_cost=[2.0], duration_cost=[0.5],
    )  # fmt: skip
    report = checked(problem, Route(0, (0, 1, 2, 3), reloads=(2,)))
    assert report.feasible
    (route,) = report.routes
    first, second = route.trips
    assert (first.start, first.end, second.start, second.end) == (0, 51, 51, 51 + 30 + 7 + 10 + 8 + 40)
    assert (first.distance, second.distance) == (40, 80)
    assert (first.initial_load, second.initial_load) == ((5,), (5,))
    assert (first.peak_load, second.peak_load, route.peak_load) == ((5,), (6,), (6,))
    assert (first.return_distance, first.return_duration) == (20, 20)
    assert [visit.load for visit in route.visits] == [(3,), (0,), (6,), (5,)]
    assert [visit.travel_distance for visit in route.visits] == [10, 10, 30, 10]
    assert (route.start, route.end, route.duration, route.distance) == (0, 146, 146, 120)
    assert (route.service, route.waiting) == (26, 0)
    assert route.costs == Costs(fixed=100.0, distance=240.0, duration=73.0)


def test_each_trip_is_loaded_anew_and_all_else_counts_over_all_trips() -> None:
    route = Route(0, (0, 1, 2, 3), reloads=(2,))
    assert broken(two_trips(delivery=[3] * 4, capacity=[6]), route) == []
    assert broken(two_trips(delivery=[3] * 4, capacity=[5]), route) == [Violation(Rule.CAPACITY, 1, 0, -1, 0)] * 2
    assert broken(two_trips(max_distance=[110]), route) == [Violation(Rule.MAX_DISTANCE, 10, 0)]
    assert broken(two_trips(max_duration=[110]), route) == [Violation(Rule.MAX_DURATION, 10, 0)]
    assert broken(two_trips(max_stops=[3]), route) == [Violation(Rule.MAX_STOPS, 1, 0)]
    assert broken(two_trips(shift_end=[110]), route) == [Violation(Rule.SHIFT, 10, 0)]
    assert broken(two_trips(depot_closing=[110]), route) == [Violation(Rule.DEPOT_HOURS, 10, 0)]
    assert broken(two_trips(), Route(0, (0, 1, 2, 3), reloads=(1, 2, 3))) == [Violation(Rule.MAX_TRIPS, 2, 0)]


def test_who_may_not_reload_does_so_where_it_started() -> None:
    problem = make_problem(
        distance=LINE, depot_location=[0, 4], client_location=[1, 2, 3], start_depot=[1], end_depot=[OPEN]
    )
    report = checked(problem, Route(0, (2, 0), reloads=(1,)))
    assert [one.rule for one in report.violations] == [Rule.MAX_TRIPS, Rule.UNSERVED]
    assert report.distance == 10 + 10 + 30


def test_a_trip_waits_for_the_goods_of_its_own_clients() -> None:
    problem = two_trips(release=[0, 25, 70, 60], windows=[[[10, 10]], [[0, 99]], [[0, 999]], [[0, 999]]])
    (route,) = checked(problem, Route(0, (0, 2, 3), reloads=(1,))).routes
    assert [(trip.start, trip.end) for trip in route.trips] == [(0, 20), (70, 150)]
    assert (route.waiting, route.duration) == (50, 150)  # the first window holds the first departure
    (route,) = checked(problem, Route(0, (1, 0))).routes
    assert route.start == 25
    assert route.visits[1].lateness == 25 + 20 + 10 - 10


def test_a_first_departure_is_postponed_through_a_later_trip() -> None:
    problem = two_trips(release=[0, 0, 70, 0])
    (route,) = checked(problem, Route(0, (0, 2), reloads=(1,))).routes
    assert [(trip.start, trip.end) for trip in route.trips] == [(50, 70), (70, 130)]
    late = two_trips(windows=[[[0, 40]], [[0, 99]], [[200, 300]], [[0, 99]]])
    (route,) = checked(late, Route(0, (0, 2), reloads=(1,))).routes
    # Only the first departure is postponed; the second trip leaves as soon as it can.
    assert [(trip.start, trip.end) for trip in route.trips] == [(30, 50), (50, 230)]
    assert route.waiting == 120


def test_goods_that_come_after_closing_time() -> None:
    problem = on_a_line(release=[50, 0, 0, 0], depot_closing=[40], end_depot=[OPEN])
    assert broken(problem, Route(0, (0,))) == [Violation(Rule.DEPOT_HOURS, 10, 0)]


@pytest.mark.parametrize(
    ("rule", "clients", "found"),
    [
        (Backhauls.MIXED, (2, 0, 3, 1), []),
        (Backhauls.LAST, (0, 1, 2, 3), []),
        (Backhauls.LAST, (2, 3), []),
        (Backhauls.LAST, (2, 0, 3, 1), [0, 1]),
        (Backhauls.LOADED, (0, 1, 2, 3), []),
        (Backhauls.LOADED, (0, 1), []),
        (Backhauls.LOADED, (2, 3), [2]),
        (Backhauls.LOADED, (2, 0), [0]),
    ],
)
def test_backhauls(rule: Backhauls, clients: tuple[int, ...], found: list[int]) -> None:
    problem = on_a_line(delivery=[1, 1, 0, 0], pickup=[0, 0, 1, 1], backhauls=[rule])
    assert broken(problem, Route(0, clients)) == [Violation(Rule.BACKHAUL, 1, 0, client) for client in found]


def test_backhauls_are_ordered_within_each_trip() -> None:
    problem = two_trips(delivery=[1, 1, 0, 0], pickup=[0, 0, 1, 1], backhauls=[Backhauls.LOADED])
    assert broken(problem, Route(0, (0, 2, 1, 3), reloads=(2,))) == []
    assert broken(problem, Route(0, (0, 1, 2, 3), reloads=(2,))) == [Violation(Rule.BACKHAUL, 1, 0, 2)]


def test_one_client_of_a_group_is_visited() -> None:
    problem = on_a_line(group=[0, 0, 1, 1], required=[True, True, False, False], prize=[0, 0, 7, 7])
    good = checked(problem, Route(0, (1,)))
    assert (good.feasible, good.unserved, good.costs.unserved) == (True, (2,), 7.0)
    assert checked(problem, Route(0, (1, 3))).unserved == ()
    none = checked(problem)
    assert (none.unserved, none.violations) == ((0, 2), (Violation(Rule.UNSERVED, 1, client=0),))
    both = checked(problem, Route(0, (1, 3)), Route(0, (0, 2)))
    assert both.violations == (Violation(Rule.GROUP, 1, client=0), Violation(Rule.GROUP, 1, client=2))
    again = checked(problem, Route(0, (1, 1, 2)))
    assert again.violations == (Violation(Rule.TWICE, 1, client=1),)


@pytest.mark.parametrize("which", ["distance", "duration"])
def test_a_leg_without_a_road_counts_what_it_says_and_is_a_violation(which: str) -> None:
    blocked = LINE.copy()
    blocked[0, 2] = blocked[2, 0] = UNREACHABLE
    problem = make_problem(**{"distance": LINE, "duration": LINE, which: blocked})
    report = checked(problem, Route(0, (1,)), Route(0, (0, 2, 3)))
    assert report.violations == (
        Violation(Rule.UNREACHABLE, 1, 0, 1),
        Violation(Rule.UNREACHABLE, 1, 0, -1),
    )
    assert getattr(report.routes[0], which) == 2 * UNREACHABLE


def test_a_vehicle_drives_one_route() -> None:
    problem = on_a_line(count=[2])
    assert broken(problem, Route(0, (0,), 1), Route(0, (1,), 0)) == []
    assert broken(problem, Route(0, (0,)), Route(0, (1,))) == []
    assert broken(problem, Route(0, (0,), 1), Route(0, (1,), 1)) == [Violation(Rule.FLEET, 1, 1)]
    assert broken(problem, Route(0, (0,), 1), Route(0, (), 1)) == []
    assert broken(problem, Route(0, (0,), 2)) == [Violation(Rule.FLEET, 1, 0)]


def test_a_client_stays_on_its_vehicle() -> None:
    problem = on_a_line(count=[1, 2], locked_vehicle=[2, -1, -1, -1])
    assert broken(problem, Route(1, (1, 0), vehicle=1)) == []
    for wrong in (Route(1, (0,), vehicle=0), Route(0, (0,), vehicle=0), Route(1, (0,))):
        assert broken(problem, wrong) == [Violation(Rule.LOCK, 1, 0, 0)]


def test_a_vehicle_that_does_not_exist_is_not_the_next_types_first() -> None:
    problem = on_a_line(count=[1, 2], locked_vehicle=[1, -1, -1, -1])
    assert broken(problem, Route(1, (0,), vehicle=0)) == []
    assert {one.rule for one in broken(problem, Route(0, (0,), vehicle=1))} == {Rule.LOCK, Rule.FLEET}


def test_a_client_keeps_its_position_over_all_trips() -> None:
    problem = two_trips(locked_vehicle=[-1, 0, -1, 0], locked_position=[-1, 2, -1, -1])
    assert broken(problem, Route(0, (0, 3, 1, 2), 0, (1,))) == []
    assert broken(problem, Route(0, (0, 1, 3, 2), 0, (1,))) == [Violation(Rule.LOCK, 1, 0, 1)]


def test_whoever_is_locked_has_to_be_served() -> None:
    problem = on_a_line(required=[False] * 4, prize=[5.0] * 4, locked_vehicle=[0, -1, -1, -1])
    report = checked(problem)
    assert report.violations == (Violation(Rule.UNSERVED, 1, client=0),)
    assert report.costs.unserved == 15.0


def test_a_lock_says_who_stands_for_a_group() -> None:
    problem = on_a_line(group=[0, 0, -1, -1], required=[False] * 4, locked_vehicle=[-1, 0, -1, -1])
    assert checked(problem, Route(0, (1,), 0)).violations == ()
    assert checked(problem, Route(0, (0,), 0)).violations == (Violation(Rule.LOCK, 1, client=1),)
    assert checked(problem).violations == (Violation(Rule.UNSERVED, 1, client=1),)
    assert checked(problem).unserved == (1, 2, 3)


def test_lateness_where_a_vehicle_has_driven_is_history_and_its_delay_goes_on() -> None:
    windows = [[[0, 5]], [[0, 15]], [[0, 99]], [[0, 99]]]
    locks = {"locked_vehicle": [0, -1, -1, -1], "locked_position": [0, -1, -1, -1]}
    route = Route(0, (0, 1), 0)
    past = on_a_line(windows=windows, driven=[True, False, False, False], **locks)
    assert broken(past, route) == [Violation(Rule.TIME_WINDOW, 5, 0, 1)]
    assert [visit.lateness for visit in checked(past, route).routes[0].visits] == [5, 5]
    future = on_a_line(windows=windows, **locks)
    assert [one.client for one in broken(future, route)] == [0, 1]


def test_departing_from_a_published_plan_costs() -> None:
    problem = on_a_line(count=[1, 2], published_vehicle=[2, 0, -1, 1], published_weight=4.0)
    same = checked(problem, Route(1, (0, 2), 1), Route(0, (1,), 0), Route(1, (3,), 0))
    assert same.costs.change == 0
    swapped = checked(problem, Route(1, (0, 2), 0), Route(0, (1,), 0), Route(1, (3,), 1))
    assert [route.costs.change for route in swapped.routes] == [4.0, 0.0, 4.0]
    assert swapped.costs.change == 8.0
    assert checked(problem, Route(1, (0, 2)), Route(0, (1,))).costs.change == 8.0  # on no vehicle in particular
    assert checked(problem).costs.change == 0  # left out is not on another vehicle


def test_each_part_of_the_cost_has_its_weight() -> None:
    fields: dict[str, Any] = {
        "count": [1], "fixed_cost": [10.0], "duration_cost": [2.0], "preference": [[1.0]] * 4,
        "required": [True, True, False, False], "prize": [0.0, 0.0, 3.0, 5.0],
        "published_vehicle": [0, 0, 0, 0], "published_weight": 6.0,
    }  # fmt: skip
    route = Route(0, (0, 1))
    plain = checked(on_a_line(**fields), route).costs
    assert plain == Costs(fixed=10, distance=40, duration=80, preference=2, unserved=8, change=12)
    weights = Objective(fixed=2.0, distance=0.5, duration=3.0, preference=0.0, unserved=10.0, change=0.25)
    weighted = checked(on_a_line(**fields, objective=weights), route).costs
    assert weighted == Costs(fixed=20, distance=20, duration=240, preference=0, unserved=80, change=3)
    assert weighted.total == 363
