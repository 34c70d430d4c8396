"""The slow and plain evaluation that every test trusts and that every shown or exported plan has passed.

It walks each route stop by stop in ordinary Python, shares no code with the search, and names what it finds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from solver.problem.arrays import BoolArray
from solver.problem.limits import ALONE, ANY, OPEN, UNREACHABLE
from solver.problem.problem import Problem
from solver.problem.records import Backhauls
from solver.problem.report import Costs, Report, RouteReport, Rule, TripReport, Violation, Visit
from solver.problem.schedule import Times, Trip, schedule, trips_of
from solver.problem.solution import Route, Solution

Breaks = Callable[..., None]
"""Takes a rule, an amount and what else a `Violation` says; an amount of zero is none."""


def check(problem: Problem, solution: Solution) -> Report:
    """Evaluate a solution from first principles.

    A vehicle works to one simple schedule. It first leaves as early as shift and depot allow and the goods of its first
    trip are there, serves as soon as a window is open, and leaves for a later trip as soon as it is back and the goods
    of that trip are there. Then the first departure, and only that one, is postponed as far as that delays neither the
    end nor any visit that is late already; so the route is as short as it can be without ending later. A late visit
    starts on arrival, and its delay is carried on.

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
    broken += check_fleet(problem, solution)
    visits = Counter(client for route in solution.routes for client in route.clients)
    unserved, left_out, missed = check_service(problem, visits)
    costs = sum((report.costs for report in reports), Costs(unserved=left_out))
    return Report(costs, reports, unserved, (*broken, *missed))


def check_route(problem: Problem, route: Route, index: int = 0) -> tuple[RouteReport, tuple[Violation, ...]]:
    """Evaluate one route as `check` does: what it does and costs, and what is broken within it.

    A solution's cost and violations are those of its routes, of `check_fleet` and of `check_service`; so whoever
    changes two routes of sixty need not walk the others again.

    Parameters
    ----------
    problem
        The problem.
    route
        Any route over its clients.
    index
        What the violations have as their route.

    Raises
    ------
    IndexError
        If the route names a client or a vehicle type that the problem does not have.
    """
    broken: list[Violation] = []
    report = _route(problem, route, index, broken)
    return report, tuple(broken)


def check_service(problem: Problem, visits: Counter[int]) -> tuple[tuple[int, ...], float, tuple[Violation, ...]]:
    """Say who is left out or served too often, whatever the routes are.

    Parameters
    ----------
    problem
        The problem.
    visits
        How often each client is visited.

    Returns
    -------
    tuple
        Who is really missing, as `Report.unserved`; what their prizes cost; and what is broken by it.
    """
    broken = [Violation(Rule.TWICE, times - 1, client=c) for c, times in sorted(visits.items()) if times > 1]
    must_serve = problem.must_serve
    unserved = tuple(_missing(problem, visits, must_serve, broken))
    left_out = sum(float(problem.clients.prize[c]) for c in unserved if not must_serve[c])
    return unserved, left_out * problem.objective.unserved, tuple(broken)


def check_fleet(problem: Problem, solution: Solution) -> Iterator[Violation]:
    """Yield what is wrong with the number of vehicles and with who drives which route."""
    count = problem.vehicles.count
    used = [(index, route) for index, route in enumerate(solution.routes) if route.clients]
    for kind, number in sorted(Counter(route.vehicle_type for _, route in used).items()):
        if number > count[kind]:
            yield Violation(Rule.FLEET, number - int(count[kind]))
    taken: set[tuple[int, int]] = set()
    for index, route in used:
        one = (route.vehicle_type, route.vehicle)
        if route.vehicle >= count[route.vehicle_type] or (route.vehicle != ANY and one in taken):
            yield Violation(Rule.FLEET, 1, route=index)
        taken.add(one)


def _missing(problem: Problem, visits: Counter[int], must_serve: BoolArray, broken: list[Violation]) -> Iterator[int]:
    """Yield who is really missing, and note what that breaks."""
    clients = problem.clients
    locked = problem.locks.vehicle != ANY
    members: dict[int, list[int]] = {}
    for client, group in enumerate(clients.group.tolist()):
        if group != ALONE:
            members.setdefault(group, []).append(client)
    for client in range(clients.number):
        if client in visits:
            continue
        group = members.get(int(clients.group[client]), [client])
        speaker = next((one for one in group if locked[one]), group[0])
        if client != speaker:
            continue
        if any(one in visits for one in group):
            if locked[client]:
                broken.append(Violation(Rule.LOCK, 1, client=client))
            continue
        if must_serve[client]:
            broken.append(Violation(Rule.UNSERVED, 1, client=client))
        yield client
    for group in members.values():
        visited = [one for one in group if one in visits]
        if len(visited) > 1:
            broken.append(Violation(Rule.GROUP, len(visited) - 1, client=visited[0]))


def _route(problem: Problem, route: Route, index: int, broken: list[Violation]) -> RouteReport:
    clients, vehicles, depots = problem.clients, problem.vehicles, problem.depots
    kind = route.vehicle_type
    if not 0 <= kind < vehicles.number or any(not 0 <= c < clients.number for c in route.clients):
        raise IndexError(f"route {index} names a vehicle type or a client that the problem does not have")

    def breaks(rule: Rule, amount: int, client: int = -1, dimension: int = -1) -> None:
        if amount > 0:
            broken.append(Violation(rule, int(amount), index, client, dimension))

    trips = trips_of(problem, route)
    first, last = int(vehicles.start_depot[kind]), int(vehicles.end_depot[kind])
    opening = max(int(vehicles.shift_start[kind]), int(depots.opening[first]), trips[0].release)
    times = schedule(trips, opening, int(depots.closing[first]))
    reports = tuple(_trip(problem, kind, *one, breaks) for one in zip(trips, times, strict=True))
    changes = _changes(problem, route, breaks)
    report = RouteReport(kind, reports, _route_costs(problem, route, reports, changes), route.vehicle)

    # Leaving for a later trip after closing time is coming back after closing time too.
    breaks(Rule.DEPOT_HOURS, opening - int(depots.closing[first]))
    breaks(Rule.SHIFT, report.end - int(vehicles.shift_end[kind]))
    if last != OPEN:
        breaks(Rule.DEPOT_HOURS, report.end - int(depots.closing[last]))
    breaks(Rule.MAX_DISTANCE, report.distance - int(vehicles.max_distance[kind]))
    breaks(Rule.MAX_DURATION, report.duration - int(vehicles.max_duration[kind]))
    breaks(Rule.MAX_STOPS, len(route.clients) - int(vehicles.max_stops[kind]))
    breaks(Rule.MAX_TRIPS, len(trips) - int(vehicles.max_trips[kind]))
    return report


def _trip(problem: Problem, kind: int, trip: Trip, times: Times, breaks: Breaks) -> TripReport:
    clients, vehicles = problem.clients, problem.vehicles
    distance = problem.travel.distance[vehicles.profile[kind]]
    dims = range(problem.dimensions)
    metres = [int(distance[leg]) for leg in trip.legs]
    members = list(trip.clients)
    delivery, pickup = clients.delivery[members].tolist(), clients.pickup[members].tolist()
    allowed, driven = clients.allowed[members, kind].tolist(), problem.locks.driven[members].tolist()

    # All deliveries are on board at the start, all pickups at the end.
    load = [sum(one[d] for one in delivery) for d in dims]
    initial, peak = tuple(load), list(load)
    departure = times.leaving
    visits: list[Visit] = []
    for i, client in enumerate(trip.clients):
        for d in dims:
            load[d] += pickup[i][d] - delivery[i][d]
            peak[d] = max(peak[d], load[d])
        arrival, start = departure + times.travel[i], times.starts[i]
        lateness = max(0, start - trip.windows[i][-1][1])
        departure = start + trip.service[i]
        visits.append(Visit(client, arrival, start, departure, lateness, metres[i], times.travel[i], tuple(load)))
        breaks(Rule.TIME_WINDOW, 0 if driven[i] else lateness, client)
        breaks(Rule.NOT_ALLOWED, 0 if allowed[i] else 1, client)
    for d in dims:
        breaks(Rule.CAPACITY, peak[d] - int(vehicles.capacity[kind, d]), dimension=d)
    _order(problem, Backhauls(vehicles.backhauls[kind]), trip.clients, breaks)
    for leg, (far, long) in enumerate(zip(metres, times.travel, strict=True)):
        no_road = max(far, long) >= UNREACHABLE
        breaks(Rule.UNREACHABLE, int(no_road), trip.clients[leg] if leg < len(trip.clients) else -1)
    return TripReport(
        start=times.leaving,
        end=times.end,
        distance=sum(metres),
        initial_load=initial,
        peak_load=tuple(peak),
        return_distance=metres[-1] if trip.returns else 0,
        return_duration=times.travel[-1] if trip.returns else 0,
        visits=tuple(visits),
    )


def _order(problem: Problem, backhauls: Backhauls, clients: Sequence[int], breaks: Breaks) -> None:
    """Note deliveries after pickups within a trip, and a trip of pickups only, where that is against the rule."""
    if backhauls is Backhauls.MIXED:
        return
    delivers = [bool(problem.clients.delivery[c].any()) for c in clients]
    picks_up = [bool(problem.clients.pickup[c].any()) for c in clients]
    for i, client in enumerate(clients):
        breaks(Rule.BACKHAUL, int(delivers[i] and any(picks_up[:i])), client)
    if backhauls is Backhauls.LOADED and any(picks_up) and not any(delivers):
        breaks(Rule.BACKHAUL, 1, clients[picks_up.index(True)])


def _changes(problem: Problem, route: Route, breaks: Breaks) -> int:
    """Note who is locked elsewhere, and count the clients whom the published plan has elsewhere."""
    locks, published = problem.locks, problem.published.vehicle
    vehicle = ANY
    if ANY < route.vehicle < problem.vehicles.count[route.vehicle_type]:
        vehicle = int(problem.vehicles.first_vehicle[route.vehicle_type]) + route.vehicle
    members = list(route.clients)
    locked, places = locks.vehicle[members].tolist(), locks.position[members].tolist()
    for position, client in enumerate(members):
        moved = locked[position] not in (ANY, vehicle) or places[position] not in (ANY, position)
        breaks(Rule.LOCK, int(moved), client)
    return sum(1 for former in published[members].tolist() if former not in (ANY, vehicle))


def _route_costs(problem: Problem, route: Route, trips: Sequence[TripReport], changes: int) -> Costs:
    vehicles, weight, kind = problem.vehicles, problem.objective, route.vehicle_type
    if not route.clients:
        return Costs()
    metres = sum(trip.distance for trip in trips)
    seconds = trips[-1].end - trips[0].start
    return Costs(
        fixed=weight.fixed * float(vehicles.fixed_cost[kind]),
        distance=weight.distance * (metres * float(vehicles.distance_cost[kind])),
        duration=weight.duration * (seconds * float(vehicles.duration_cost[kind])),
        preference=weight.preference * sum(problem.clients.preference[list(route.clients), kind].tolist()),
        change=weight.change * (problem.published.weight * changes),
    )
