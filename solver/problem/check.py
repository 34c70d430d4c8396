"""The slow and plain evaluation that every test trusts and that every shown or exported plan has passed.

It walks each route stop by stop in ordinary Python, shares no code with the search, and names what it finds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from solver.problem.limits import OPEN
from solver.problem.problem import Problem
from solver.problem.solution import Route, Solution


class Rule(StrEnum):
    """What a solution can break."""

    CAPACITY = "capacity"
    TIME_WINDOW = "time window"
    SHIFT = "shift"
    DEPOT_HOURS = "depot hours"
    NOT_ALLOWED = "vehicle not allowed"
    MAX_DISTANCE = "route distance"
    MAX_DURATION = "route duration"
    MAX_STOPS = "number of stops"
    FLEET = "vehicles at hand"
    UNSERVED = "required client unserved"
    TWICE = "client served twice"


@dataclass(frozen=True, slots=True)
class Violation:
    """One broken rule.

    Parameters
    ----------
    rule
        What is broken.
    amount
        By how much, in the rule's unit (load units, seconds, metres, stops, vehicles, visits).
    route
        Index of the route in the solution, or -1.
    client
        Index of the client, or -1.
    dimension
        Load dimension of a capacity violation, or -1.
    """

    rule: Rule
    amount: int
    route: int = -1
    client: int = -1
    dimension: int = -1


@dataclass(frozen=True, slots=True)
class Costs:
    """A cost by its parts, in cost units."""

    fixed: float = 0.0
    distance: float = 0.0
    duration: float = 0.0
    preference: float = 0.0
    unserved: float = 0.0

    @property
    def total(self) -> float:
        """Sum of the parts."""
        return self.fixed + self.distance + self.duration + self.preference + self.unserved

    def __add__(self, other: Costs) -> Costs:
        return Costs(
            self.fixed + other.fixed,
            self.distance + other.distance,
            self.duration + other.duration,
            self.preference + other.preference,
            self.unserved + other.unserved,
        )


@dataclass(frozen=True, slots=True)
class Visit:
    """One client's visit; times in seconds.

    Parameters
    ----------
    client
        Index of the client.
    arrival, start, departure
        When the vehicle arrives, service starts, and the vehicle leaves.
    lateness
        How long after the end of the last window the service starts.
    travel_distance, travel_duration
        The leg that leads here, metres and seconds.
    load
        Load on board after the visit, per dimension.
    """

    client: int
    arrival: int
    start: int
    departure: int
    lateness: int
    travel_distance: int
    travel_duration: int
    load: tuple[int, ...]

    @property
    def waiting(self) -> int:
        """Seconds between arrival and start of service."""
        return self.start - self.arrival


@dataclass(frozen=True, slots=True)
class RouteReport:
    """What one route does and costs.

    Parameters
    ----------
    vehicle_type
        Index of the vehicle type.
    start, end
        When the vehicle leaves its depot, and when it is back (or done, when the route is open), seconds.
    distance
        Metres, all legs.
    service, waiting
        Seconds in total.
    peak_load
        Largest load on board, per dimension.
    initial_load
        Load on board when leaving the start depot, per dimension.
    return_distance, return_duration
        The leg back to the end depot; zero when open.
    visits
        In order.
    costs
        By part.
    """

    vehicle_type: int
    start: int
    end: int
    distance: int
    service: int
    waiting: int
    peak_load: tuple[int, ...]
    initial_load: tuple[int, ...]
    return_distance: int
    return_duration: int
    visits: tuple[Visit, ...]
    costs: Costs

    @property
    def duration(self) -> int:
        """Seconds between leaving and coming back."""
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Report:
    """What a solution costs and breaks."""

    costs: Costs
    routes: tuple[RouteReport, ...]
    unserved: tuple[int, ...]
    violations: tuple[Violation, ...]

    @property
    def feasible(self) -> bool:
        """Whether nothing is broken."""
        return not self.violations

    @property
    def distance(self) -> int:
        """Metres over all routes."""
        return sum(route.distance for route in self.routes)

    @property
    def duration(self) -> int:
        """Seconds over all routes."""
        return sum(route.duration for route in self.routes)


def check(problem: Problem, solution: Solution) -> Report:
    """Evaluate a solution from first principles.

    A vehicle works to one simple schedule: leave as early as shift and depot allow, serve as soon as a window is open,
    then postpone the departure as far as that delays no service and not the end; so the route is as short as it can be
    without ending later. A late visit starts on arrival, and its delay is carried on.

    Parameters
    ----------
    problem
        The problem.
    solution
        Any routes over its clients, feasible or not.

    Returns
    -------
    Report
        Cost by part, times of every visit, and every violation.

    Raises
    ------
    IndexError
        If the solution names a client or a vehicle type that the problem does not have.
    """
    broken: list[Violation] = []
    reports = tuple(_route(problem, route, index, broken) for index, route in enumerate(solution.routes))

    used = Counter(route.vehicle_type for route in solution.routes if route.clients)
    for kind, number in sorted(used.items()):
        excess = number - int(problem.vehicles.count[kind])
        if excess > 0:
            broken.append(Violation(Rule.FLEET, excess))

    visits = Counter(client for route in solution.routes for client in route.clients)
    for client, times in sorted(visits.items()):
        if times > 1:
            broken.append(Violation(Rule.TWICE, times - 1, client=client))

    unserved = tuple(client for client in range(problem.clients.number) if client not in visits)
    for client in unserved:
        if problem.clients.required[client]:
            broken.append(Violation(Rule.UNSERVED, 1, client=client))
    left_out = sum(float(problem.clients.prize[c]) for c in unserved if not problem.clients.required[c])

    costs = sum((report.costs for report in reports), Costs(unserved=left_out))
    return Report(costs, reports, unserved, tuple(broken))


def _route(problem: Problem, route: Route, index: int, broken: list[Violation]) -> RouteReport:
    clients, vehicles, depots = problem.clients, problem.vehicles, problem.depots
    kind = route.vehicle_type
    if not 0 <= kind < vehicles.number or any(not 0 <= c < clients.number for c in route.clients):
        raise IndexError(f"route {index} names a vehicle type or a client that the problem does not have")
    distance = problem.travel.distance[vehicles.profile[kind]]
    duration = problem.travel.duration[vehicles.profile[kind]]
    dims = range(problem.dimensions)

    def breaks(rule: Rule, amount: int, client: int = -1, dimension: int = -1) -> None:
        if amount > 0:
            broken.append(Violation(rule, int(amount), index, client, dimension))

    # Load: all deliveries are on board at the start, all pickups at the end.
    load = [sum(int(clients.delivery[c, d]) for c in route.clients) for d in dims]
    initial, peak = tuple(load), list(load)

    # Load on board after each visit.
    loads: list[tuple[int, ...]] = []
    for client in route.clients:
        for d in dims:
            load[d] += int(clients.pickup[client, d]) - int(clients.delivery[client, d])
            peak[d] = max(peak[d], load[d])
        loads.append(tuple(load))

    # Forward as early as possible, then backward: how late may it leave without ending later? Then forward again.
    first, last = int(vehicles.start_depot[kind]), int(vehicles.end_depot[kind])
    places = [int(depots.location[first]), *(int(clients.location[c]) for c in route.clients)]
    if last != OPEN and route.clients:
        places.append(int(depots.location[last]))
    legs = list(pairwise(places))
    travel = [int(duration[leg]) for leg in legs]
    service = [int(clients.service[c, kind]) for c in route.clients]
    opening = max(int(vehicles.shift_start[kind]), int(depots.opening[first]))
    earliest = _starts(problem, route.clients, opening, travel, service)
    latest = _latest_departure(problem, route.clients, earliest, travel, service)
    leaving = max(opening, min(latest, int(depots.closing[first])))
    starts = _starts(problem, route.clients, leaving, travel, service)

    visits: list[Visit] = []
    departure = leaving
    for i, client in enumerate(route.clients):
        arrival = departure + travel[i]
        lateness = max(0, starts[i] - int(clients.windows[client, -1, 1]))
        departure = starts[i] + service[i]
        visits.append(
            Visit(client, arrival, starts[i], departure, lateness, int(distance[legs[i]]), travel[i], loads[i])
        )
        breaks(Rule.TIME_WINDOW, lateness, client)
        breaks(Rule.NOT_ALLOWED, 0 if clients.allowed[client, kind] else 1, client)
    returns = len(legs) > len(visits)
    back_distance, back_duration = (int(distance[legs[-1]]), travel[-1]) if returns else (0, 0)
    end = departure + back_duration
    metres = sum(int(distance[leg]) for leg in legs)

    for d in dims:
        breaks(Rule.CAPACITY, peak[d] - int(vehicles.capacity[kind, d]), dimension=d)
    breaks(Rule.DEPOT_HOURS, opening - int(depots.closing[first]))
    breaks(Rule.SHIFT, end - int(vehicles.shift_end[kind]))
    if last != OPEN:
        breaks(Rule.DEPOT_HOURS, end - int(depots.closing[last]))
    breaks(Rule.MAX_DISTANCE, metres - int(vehicles.max_distance[kind]))
    breaks(Rule.MAX_DURATION, end - leaving - int(vehicles.max_duration[kind]))
    breaks(Rule.MAX_STOPS, len(route.clients) - int(vehicles.max_stops[kind]))

    costs = Costs()
    if route.clients:
        costs = Costs(
            fixed=float(vehicles.fixed_cost[kind]),
            distance=metres * float(vehicles.distance_cost[kind]),
            duration=(end - leaving) * float(vehicles.duration_cost[kind]),
            preference=sum(float(clients.preference[c, kind]) for c in route.clients),
        )
    return RouteReport(
        vehicle_type=kind,
        start=leaving,
        end=end,
        distance=metres,
        service=sum(visit.departure - visit.start for visit in visits),
        waiting=sum(visit.waiting for visit in visits),
        peak_load=tuple(peak),
        initial_load=initial,
        return_distance=back_distance,
        return_duration=back_duration,
        visits=tuple(visits),
        costs=costs,
    )


def _starts(
    problem: Problem, clients: Sequence[int], leaving: int, travel: Sequence[int], service: Sequence[int]
) -> list[int]:
    """Start of each service when the vehicle leaves at ``leaving`` and never dawdles."""
    starts: list[int] = []
    now = leaving
    for i, client in enumerate(clients):
        arrival = now + travel[i]
        windows = problem.clients.windows[client]
        starts.append(next((max(arrival, int(early)) for early, late in windows if arrival <= late), arrival))
        now = starts[-1] + service[i]
    return starts


def _latest_departure(
    problem: Problem, clients: Sequence[int], earliest: Sequence[int], travel: Sequence[int], service: Sequence[int]
) -> int:
    """Latest departure from the depot for which the last service still starts at its earliest time."""
    bound = earliest[-1] if clients else 0
    for i in range(len(clients) - 1, -1, -1):
        windows = problem.clients.windows[clients[i]]
        if earliest[i] > int(windows[-1, 1]):  # late already: any delay would add to it
            bound = earliest[i]
        else:
            bound = max(min(int(late), bound) for early, late in windows if early <= bound)
        bound -= travel[i] + (service[i - 1] if i else 0)
    return bound
