"""The figures of a plan, computed once: the window, the CSV files and the printed plan all show these.

All are in the user's units: kilometres, seconds (of the day, or of duration), the scenario's loads and currency.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from app.model.compile import LOAD_SCALE
from app.model.fleet import Fleet
from app.model.gaps import without_gaps
from app.model.identity import in_order, numbers, settled, settled_like
from app.model.locks import with_plan
from app.model.plan import Lock, Plan, PlannedRoute, route_id
from app.model.reasons import plain_reasons
from app.model.scenario import Scenario
from app.model.violations import PlainViolation, plain_violation
from solver.problem import (
    ANY,
    OPEN,
    Costs,
    Problem,
    Report,
    Route,
    RouteReport,
    Rule,
    Solution,
    Violation,
    Visit,
    check,
)


@dataclass(frozen=True, slots=True)
class VisitFigures:
    """One stop.

    Parameters
    ----------
    customer
        Id.
    arrival_s, start_s, departure_s
        Seconds since midnight: the vehicle arrives, service starts, the vehicle leaves.
    waiting_s, lateness_s
        Seconds before the window opens, and after it has closed.
    leg_km, leg_s
        The drive that leads here.
    load
        On board after the visit, per dimension.
    lock
        What may not change about it.
    """

    customer: str
    arrival_s: int
    start_s: int
    departure_s: int
    waiting_s: int
    lateness_s: int
    leg_km: float
    leg_s: int
    load: tuple[float, ...]
    lock: Lock | None = None


@dataclass(frozen=True, slots=True)
class RouteFigures:
    """One route.

    Parameters
    ----------
    id
        What the route is known by, from one plan to the next; see `app.model.identity`.
    vehicle
        Id of the vehicle type.
    number
        Place in the plan, from 1; files count routes by it.
    label
        The vehicle's name, numbered when there are several of the type; see `app.model.fleet`.
    badge, colour
        What stands for it on the map, and its place in the palette.
    stops
        Number of customers.
    cost
        In the scenario's currency.
    distance_km, duration_s, service_s, waiting_s
        Of the whole route.
    start_s, end_s
        Seconds since midnight: the vehicle leaves its depot, and is back (or done, when the route is open).
    load, capacity
        Largest load on board, and what fits, per dimension.
    visits
        In order.
    start_depot, end_depot
        Ids; an ``end_depot`` of None ends the route at its last customer.
    return_km, return_s
        The drive back to the end depot; zero when open.
    """

    id: str
    vehicle: str
    number: int
    label: str
    badge: str
    colour: int
    stops: int
    cost: float
    distance_km: float
    duration_s: int
    service_s: int
    waiting_s: int
    start_s: int
    end_s: int
    load: tuple[float, ...]
    capacity: tuple[float, ...]
    visits: tuple[VisitFigures, ...]
    start_depot: str
    end_depot: str | None
    return_km: float
    return_s: int

    @property
    def driving_s(self) -> int:
        """Seconds on the road."""
        return self.duration_s - self.service_s - self.waiting_s

    @property
    def locked(self) -> int:
        """Number of stops that are locked."""
        return sum(visit.lock is not None for visit in self.visits)

    @property
    def driven(self) -> int:
        """How many stops, from the first, have been driven already."""
        return next((at for at, visit in enumerate(self.visits) if visit.lock is not Lock.DRIVEN), len(self.visits))

    @property
    def fullness(self) -> float:
        """How full the vehicle gets in the dimension that fills first, 1 is exactly full; 0 where nothing limits it."""
        return max((load / room for load, room in zip(self.load, self.capacity, strict=True) if room > 0), default=0.0)


@dataclass(frozen=True, slots=True)
class Unserved:
    """A customer in no route.

    Parameters
    ----------
    customer
        Id.
    required
        Whether the plan is broken without it.
    reasons
        Sentences for the user.
    """

    customer: str
    required: bool
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What a plan costs, takes and breaks.

    Parameters
    ----------
    costs
        By part.
    distance_km, duration_s
        Over all routes.
    vehicles_used
        Routes with at least one stop.
    feasible
        Whether nothing is broken.
    violations
        What is broken.
    unserved
        Customers in no route, in the order of the table.
    routes
        In the order of the plan.
    """

    costs: Costs = field(default_factory=Costs)
    distance_km: float = 0.0
    duration_s: int = 0
    vehicles_used: int = 0
    feasible: bool = True
    violations: tuple[PlainViolation, ...] = ()
    unserved: tuple[Unserved, ...] = ()
    routes: tuple[RouteFigures, ...] = ()


def to_solution(problem: Problem, plan: Plan) -> Solution:
    """Return the plan in the solver's terms; route by route, so that indices of routes stay the same.

    Raises
    ------
    KeyError
        If the plan names a customer or a vehicle that the problem does not have.
    """
    client = {key: index for index, key in enumerate(problem.clients.ids)}
    kind = {key: index for index, key in enumerate(problem.vehicles.ids)}
    return Solution(
        tuple(
            Route(kind[route.vehicle], tuple(client[stop] for stop in route.stops), vehicle_of(route))
            for route in plan.routes
        )
    )


def vehicle_of(route: PlannedRoute) -> int:
    """Return which vehicle of its type drives a route, as the solver counts them."""
    return route.number - 1 if route.number else ANY


def to_plan(problem: Problem, solution: Solution, former: Plan | None = None) -> Plan:
    """Return a solution in the user's terms, its routes in the order of the fleet.

    Parameters
    ----------
    problem, solution
        What was solved.
    former
        A plan that this one follows: its locks stay, and so do its vehicles as far as the solution leaves open which
        of a type drives a route.
    """
    clients, kinds = problem.clients.ids, problem.vehicles.ids
    routes = [
        PlannedRoute(kinds[route.vehicle_type], tuple(clients[c] for c in route.clients), route.vehicle + 1)
        for route in solution.routes
    ]
    former = former or Plan()
    return in_order(former.with_routes(settled_like(routes, settled(former.routes))), kinds)


def evaluate(scenario: Scenario, problem: Problem, plan: Plan) -> Evaluation:
    """Check a plan and return its figures.

    Parameters
    ----------
    scenario
        Gives the names.
    problem
        What the scenario compiles to.
    plan
        Any plan over it, broken or not.

    Raises
    ------
    KeyError
        If the plan names a customer or a vehicle that the problem does not have.
    """
    bound, solution = with_plan(problem, plan), to_solution(problem, plan)
    return evaluation_of(scenario, bound, solution, check(bound, solution), problem)


def evaluation_of(
    scenario: Scenario, problem: Problem, solution: Solution, report: Report, unbound: Problem | None = None
) -> Evaluation:
    """Return the figures of a solution that has been checked already.

    Parameters
    ----------
    scenario
        Gives the names; it may be newer than the problem, the figures are the problem's.
    problem, solution, report
        What was checked, and what `solver.problem.check` said.
    unbound
        The same problem without locks, where there may be some: says which of them go before a rule.
    """
    report = without_gaps(problem, report)
    drivers = numbers(
        [PlannedRoute(problem.vehicles.ids[one.vehicle_type], (), one.vehicle + 1) for one in solution.routes]
    )
    fleet = Fleet.of(scenario)
    routes = [
        _route(fleet, problem, index, number, route)
        for index, (route, number) in enumerate(zip(report.routes, drivers, strict=True))
    ]
    reasons = plain_reasons(scenario, problem, solution, report) if report.unserved else {}
    clients = problem.clients
    violations = [*report.violations, *overruled(problem, solution, unbound)]
    return Evaluation(
        costs=report.costs,
        distance_km=report.distance / 1000,
        duration_s=report.duration,
        vehicles_used=sum(1 for route in routes if route.stops),
        feasible=not violations,
        violations=tuple(plain_violation(scenario, problem, solution, one) for one in violations),
        unserved=tuple(
            Unserved(clients.ids[one], bool(clients.required[one]), reasons.get(clients.ids[one], ()))
            for one in report.unserved
        ),
        routes=tuple(routes),
    )


def overruled(problem: Problem, solution: Solution, unbound: Problem | None) -> Iterator[Violation]:
    """Yield who is locked to a vehicle that may not serve it; where it has served it already that is history.

    Parameters
    ----------
    problem
        With the locks of a plan.
    solution
        The plan.
    unbound
        The same problem without locks; None where there are none.
    """
    if unbound is None:
        return
    locks, allowed = problem.locks, unbound.clients.allowed
    for index, route in enumerate(solution.routes):
        for client in route.clients:
            if locks.vehicle[client] != ANY and not (locks.driven[client] or allowed[client, route.vehicle_type]):
                yield Violation(Rule.NOT_ALLOWED, 1, index, client)


def _route(fleet: Fleet, problem: Problem, index: int, number: int, report: RouteReport) -> RouteFigures:
    vehicles, kind = problem.vehicles, report.vehicle_type
    key = vehicles.ids[kind]
    end = int(vehicles.end_depot[kind])
    return RouteFigures(
        id=route_id(key, number),
        vehicle=key,
        number=index + 1,
        label=fleet.label(key, number),
        badge=fleet.badge(key, number),
        colour=fleet.colour(key, number),
        stops=len(report.visits),
        cost=report.costs.total,
        distance_km=report.distance / 1000,
        duration_s=report.duration,
        service_s=report.service,
        waiting_s=report.waiting,
        start_s=report.start,
        end_s=report.end,
        load=_loads(report.peak_load),
        capacity=_loads(tuple(vehicles.capacity[kind].tolist())),
        visits=tuple(_visit(problem, visit) for visit in report.visits),
        start_depot=problem.depots.ids[int(vehicles.start_depot[kind])],
        end_depot=None if end == OPEN else problem.depots.ids[end],
        return_km=report.trips[-1].return_distance / 1000,
        return_s=report.trips[-1].return_duration,
    )


def _visit(problem: Problem, visit: Visit) -> VisitFigures:
    return VisitFigures(
        customer=problem.clients.ids[visit.client],
        arrival_s=visit.arrival,
        start_s=visit.start,
        departure_s=visit.departure,
        waiting_s=visit.waiting,
        lateness_s=visit.lateness,
        leg_km=visit.travel_distance / 1000,
        leg_s=visit.travel_duration,
        load=_loads(visit.load),
        lock=_lock(problem, visit.client),
    )


def _lock(problem: Problem, client: int) -> Lock | None:
    locks = problem.locks
    if locks.driven[client]:
        return Lock.DRIVEN
    if locks.position[client] != ANY:
        return Lock.PLACE
    return Lock.VEHICLE if locks.vehicle[client] != ANY else None


def _loads(units: tuple[int, ...]) -> tuple[float, ...]:
    return tuple(one / LOAD_SCALE for one in units)
