"""The plain evaluation: every rule and every part of the cost by hand, and its schedule against brute force."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from solver.problem import OPEN, Costs, Problem, Route, Rule, Solution, Violation, check, make_problem

# A depot and three clients on a line, 10 m apart; a metre takes a second.
LINE = np.abs(np.subtract.outer(np.arange(4) * 10, np.arange(4) * 10))


def on_a_line(**fields: Any) -> Problem:
    return make_problem(distance=fields.pop("distance", LINE), **fields)


def violations(problem: Problem, *routes: tuple[int, tuple[int, ...]]) -> tuple[Violation, ...]:
    """All that is broken except that others are unserved."""
    found = check(problem, Solution.of(routes)).violations
    return tuple(one for one in found if one.rule is not Rule.UNSERVED)


def test_a_round_trip_by_hand() -> None:
    problem = on_a_line(
        service=[5, 6, 7], delivery=[1, 2, 3], pickup=[4, 0, 1], capacity=[100], shift_start=[100],
        fixed_cost=[50.0], distance_cost=[2.0], duration_cost=[0.5], preference=[[1.5], [0.0], [2.5]],
    )  # fmt: skip
    report = check(problem, Solution.of([(0, (1, 0, 2))]))
    assert report.feasible
    (route,) = report.routes
    assert (route.start, route.end) == (100, 100 + 20 + 6 + 10 + 5 + 20 + 7 + 30)
    assert [(v.arrival, v.start, v.departure) for v in route.visits] == [
        (120, 120, 126),
        (136, 136, 141),
        (161, 161, 168),
    ]
    assert [v.travel_distance for v in route.visits] == [20, 10, 20]
    assert (route.trips[-1].return_distance, route.trips[-1].return_duration) == (30, 30)
    assert route.distance == report.distance == 80
    assert route.service == 18
    assert route.waiting == 0
    assert route.trips[0].initial_load == (6,)
    assert [v.load for v in route.visits] == [(4,), (7,), (5,)]
    assert route.peak_load == (7,)
    assert route.costs == Costs(fixed=50.0, distance=160.0, duration=49.0, preference=4.0)
    assert report.costs.total == 263.0
    assert report.duration == 98


def test_an_asymmetric_matrix_is_read_from_row_to_column() -> None:
    distance = np.arange(16).reshape(4, 4) * 10
    report = check(on_a_line(distance=distance, duration=LINE), Solution.of([(0, (0, 2))]))
    assert report.distance == 10 + 70 + 120
    assert report.duration == 10 + 20 + 30


def test_each_vehicle_type_has_its_own_travel_and_depots() -> None:
    problem = make_problem(
        distance=[LINE, LINE * 2], duration=[LINE, LINE * 3], depot_location=[0, 3], client_location=[1, 2],
        start_depot=[0, 1], end_depot=[0, OPEN], profile=[0, 1], count=[1, 1], distance_cost=[1.0, 1.0],
    )  # fmt: skip
    first, second = check(problem, Solution.of([(0, (0,)), (1, (1, 0))])).routes
    assert (first.distance, first.duration) == (20, 20)
    assert (second.distance, second.duration) == (40, 60)
    assert (second.trips[-1].return_distance, second.trips[-1].return_duration) == (0, 0)


def test_an_open_route_ends_when_its_last_service_does() -> None:
    problem = on_a_line(end_depot=[OPEN], service=[5, 5, 5])
    (route,) = check(problem, Solution.of([(0, (2, 0))])).routes
    assert route.distance == 50
    assert route.end == 30 + 5 + 20 + 5


def test_a_route_without_clients_costs_nothing() -> None:
    problem = on_a_line(fixed_cost=[9.0], required=[False] * 3)
    report = check(problem, Solution((Route(0, ()),)))
    assert report.feasible
    assert report.costs == Costs()
    assert report.routes[0].duration == 0


def test_optional_clients_cost_their_prize_and_required_ones_are_a_violation() -> None:
    problem = on_a_line(required=[True, False, False], prize=[100.0, 7.0, 9.0])
    report = check(problem, Solution.of([(0, (1,))]))
    assert report.costs.unserved == 9.0
    assert report.unserved == (0, 2)
    assert report.violations == (Violation(Rule.UNSERVED, 1, client=0),)


def test_too_much_on_board_counts_per_dimension_and_at_the_worst_moment() -> None:
    problem = on_a_line(delivery=[[5, 0], [5, 0], [0, 0]], pickup=[[0, 4], [0, 4], [0, 4]], capacity=[[8, 10]])
    assert violations(problem, (0, (0, 1, 2))) == (
        Violation(Rule.CAPACITY, 2, route=0, dimension=0),
        Violation(Rule.CAPACITY, 2, route=0, dimension=1),
    )
    assert violations(problem, (0, (0,)), (0, (1, 2))) == ()


def test_pickups_before_deliveries_fill_the_vehicle_and_after_them_do_not() -> None:
    problem = on_a_line(delivery=[6, 0, 0], pickup=[0, 6, 0], capacity=[6])
    assert violations(problem, (0, (0, 1))) == ()
    assert violations(problem, (0, (1, 0))) == (Violation(Rule.CAPACITY, 6, route=0, dimension=0),)


def test_a_late_visit_starts_on_arrival_and_its_delay_is_carried_on() -> None:
    problem = on_a_line(windows=[[[0, 4]], [[0, 20]], [[40, 50]]], service=[3, 0, 0])
    report = check(problem, Solution.of([(0, (0, 1, 2))]))
    assert [(v.start, v.lateness) for v in report.routes[0].visits] == [(10, 6), (23, 3), (40, 0)]
    assert report.violations == (
        Violation(Rule.TIME_WINDOW, 6, route=0, client=0),
        Violation(Rule.TIME_WINDOW, 3, route=0, client=1),
    )
    assert report.routes[0].waiting == 7
    assert report.routes[0].start == 0


def test_the_end_of_a_window_is_still_in_time() -> None:
    assert violations(on_a_line(windows=[[[0, 10]], [[0, 99]], [[0, 99]]]), (0, (0,))) == ()


def test_a_shift_can_be_overrun() -> None:
    problem = on_a_line(shift_start=[5], shift_end=[30])
    assert violations(problem, (0, (0,))) == ()
    assert violations(problem, (0, (1,))) == (Violation(Rule.SHIFT, 15, route=0),)


def test_a_depot_opens_before_vehicles_leave_and_closes_after_they_are_back() -> None:
    problem = on_a_line(depot_opening=[7], depot_closing=[30])
    report = check(problem, Solution.of([(0, (0,))]))
    assert (report.routes[0].start, report.routes[0].end) == (7, 27)
    assert violations(problem, (0, (1,))) == (Violation(Rule.DEPOT_HOURS, 17, route=0),)
    open_end = on_a_line(depot_opening=[7], depot_closing=[30], end_depot=[OPEN])
    assert violations(open_end, (0, (1, 2))) == ()


def test_a_shift_after_closing_time_breaks_the_hours_of_the_start_depot() -> None:
    problem = on_a_line(depot_closing=[30], shift_start=[40], end_depot=[OPEN])
    assert violations(problem, (0, (0,))) == (Violation(Rule.DEPOT_HOURS, 10, route=0),)


def test_a_departure_is_not_postponed_beyond_closing_time() -> None:
    problem = on_a_line(depot_closing=[30], end_depot=[OPEN], windows=[[[100, 200]]] * 3)
    report = check(problem, Solution.of([(0, (0,))]))
    assert report.routes[0].start == 30
    assert report.routes[0].waiting == 60


def test_a_vehicle_that_is_not_allowed() -> None:
    problem = on_a_line(allowed=[[True], [False], [True]])
    assert violations(problem, (0, (0, 1, 2))) == (Violation(Rule.NOT_ALLOWED, 1, route=0, client=1),)


@pytest.mark.parametrize(
    ("limit", "rule", "amount"),
    [
        ({"max_distance": [50]}, Rule.MAX_DISTANCE, 10),
        ({"max_duration": [55]}, Rule.MAX_DURATION, 20),
        ({"max_stops": [1]}, Rule.MAX_STOPS, 2),
    ],
)
def test_a_limit_of_a_route(limit: dict[str, list[int]], rule: Rule, amount: int) -> None:
    problem = on_a_line(service=[5, 5, 5], **limit)
    assert violations(problem, (0, (0, 1, 2))) == (Violation(rule, amount, route=0),)
    assert violations(problem, (0, (0,))) == ()


def test_more_routes_than_vehicles() -> None:
    problem = on_a_line(count=[1, 1])
    assert violations(problem, (0, (0,)), (1, (1,))) == ()
    assert violations(problem, (0, (0,)), (0, (1,)), (0, (2,))) == (Violation(Rule.FLEET, 2),)
    empty = Solution((Route(0, (0, 1, 2)), Route(0, ())))
    assert check(problem, empty).feasible


def test_a_client_that_is_served_again() -> None:
    assert violations(on_a_line(), (0, (0, 1)), (0, (1, 1))) == (Violation(Rule.TWICE, 2, client=1),)


@pytest.mark.parametrize("route", [Route(1, (0,)), Route(-1, (0,)), Route(0, (3,)), Route(0, (-1,))])
def test_a_route_of_something_else_is_an_error(route: Route) -> None:
    with pytest.raises(IndexError):
        check(on_a_line(), Solution((route,)))


def test_the_second_window_is_taken_when_the_first_has_closed() -> None:
    windows = [[[0, 5], [50, 60]], [[0, 100], [0, 100]], [[0, 100], [0, 100]]]
    (route,) = check(on_a_line(windows=windows), Solution.of([(0, (0,))])).routes
    assert route.visits[0].start == 50
    assert route.start == 40  # leaving later spares the wait
    assert route.waiting == 0


def test_a_departure_is_postponed_into_an_earlier_window_when_the_last_service_is_not_delayed() -> None:
    # Client 0 can be served in 10..12 or in 30..40; client 1 opens at 60.
    windows = [[[10, 12], [30, 40]], [[60, 70], [60, 70]], [[0, 100], [0, 100]]]
    (route,) = check(on_a_line(windows=windows), Solution.of([(0, (0, 1))])).routes
    assert [visit.start for visit in route.visits] == [40, 60]
    assert route.start == 30
    assert route.end == 80


@st.composite
def timed_routes(draw: st.DrawFn) -> tuple[Problem, tuple[int, ...]]:
    """A problem of three clients with one or two windows each, and a route over some of them."""
    short = st.integers(0, 9)
    windows = []
    for _ in range(3):
        points = sorted(draw(st.lists(st.integers(0, 45), min_size=4, max_size=4, unique=True)))
        pairs = [points[:2], points[2:]] if draw(st.booleans()) else [[points[0], points[-1]]] * 2
        windows.append(pairs)
    opening = draw(st.integers(0, 10))
    problem = make_problem(
        distance=np.zeros((4, 4)),
        duration=draw(st.lists(st.lists(short, min_size=4, max_size=4), min_size=4, max_size=4)),
        windows=windows,
        service=draw(st.lists(short, min_size=3, max_size=3)),
        depot_opening=[opening],
        depot_closing=[draw(st.integers(opening, 60))],
        shift_start=[draw(st.integers(0, 10))],
        end_depot=[draw(st.sampled_from([0, OPEN]))],
    )
    route = draw(st.permutations([0, 1, 2]))[: draw(st.integers(1, 3))]
    return problem, tuple(route)


def simulate(problem: Problem, route: tuple[int, ...], leaving: int) -> tuple[list[int], list[int], int]:
    """Drive a route second by second in mind: starts, lateness per visit, and the end."""
    seconds = problem.travel.duration[0]
    now, here, starts, late = leaving, 0, [], []
    for client in route:
        now += int(seconds[here, client + 1])
        windows = [(int(a), int(b)) for a, b in problem.windows_of(0)[client]]
        start = next((t for t in range(now, 100) if any(a <= t <= b for a, b in windows)), now)
        late.append(max(0, start - windows[-1][1]))
        starts.append(start)
        now = start + int(problem.clients.service[client, 0])
        here = client + 1
    if problem.vehicles.end_depot[0] != OPEN:
        now += int(seconds[here, 0])
    return starts, late, now


def test_vehicle_types_find_windows_of_their_own() -> None:
    """At the first client of the line the second type is shut out from 20 on, and then served from 60 on."""
    windows = [[[[0, 99], [0, 99]], [[0, 20], [60, 80]]], *[[[[0, 99], [0, 99]]] * 2] * 2]
    problem = on_a_line(windows=windows, window_profile=[0, 1], count=[1, 1], shift_start=[30, 30])
    assert problem.windows_of(0)[0].tolist() == [[0, 99], [0, 99]]
    for kind, start in ((0, 40), (1, 60)):
        (route,) = check(problem, Solution.of([(kind, (0,))])).routes
        assert (route.visits[0].start, route.visits[0].lateness) == (start, 0)
    late = on_a_line(windows=windows, window_profile=[0, 1], count=[1, 1], shift_start=[75, 75])
    assert violations(late, (0, (0,))) == ()
    assert violations(late, (1, (0,))) == (Violation(Rule.TIME_WINDOW, 5, route=0, client=0),)


@given(timed_routes())
def test_the_schedule_is_the_shortest_of_those_that_end_first(case: tuple[Problem, tuple[int, ...]]) -> None:
    problem, route = case
    opening = max(int(problem.vehicles.shift_start[0]), int(problem.depots.opening[0]))
    _, least_late, first_end = simulate(problem, route, opening)
    departures = range(opening, max(opening, int(problem.depots.closing[0])) + 1)
    good = [t for t in departures if simulate(problem, route, t)[1:] == (least_late, first_end)]
    (figures,) = check(problem, Solution.of([(0, route)])).routes
    starts, late, end = simulate(problem, route, figures.start)
    assert figures.start == max(good)
    assert figures.end == end == first_end
    assert [visit.start for visit in figures.visits] == starts
    assert [visit.lateness for visit in figures.visits] == late
    legs = sum(visit.travel_duration for visit in figures.visits) + figures.trips[-1].return_duration
    assert figures.duration == legs + figures.service + figures.waiting


def test_costs_add_up_part_by_part() -> None:
    one, other = Costs(1.0, 2.0, 3.0, 4.0, 5.0), Costs(10.0, 20.0, 30.0, 40.0, 50.0)
    assert one + other == Costs(11.0, 22.0, 33.0, 44.0, 55.0)
    assert one.total == 15.0
