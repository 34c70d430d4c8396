"""What a change of the plan by hand would cost, before it is made: only the routes that it touches are walked anew."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from functools import lru_cache

from app.model.evaluation import vehicle_of
from app.model.gaps import without_gaps_of
from app.model.lateness import Lateness
from app.model.moves import Draft, lay_out, move_stops, start_route
from app.model.patch import State
from app.model.places import Order, orders_by_least_cost
from app.model.plan import PlannedRoute
from app.model.violations import PlainViolation, plain_violation
from solver.problem import (
    Costs,
    Problem,
    Route,
    RouteReport,
    Rule,
    Solution,
    Violation,
    check_fleet,
    check_route,
    check_service,
)

MOST_SINGLY = 12
"""Customers who are tried each at a place of its own; more than that are kept together, which takes less time."""

KEPT = 512
"""Routes whose figures are remembered; those of the plan are asked for again and again."""

IN_ANY_ORDER = frozenset({Rule.NOT_ALLOWED, Rule.MAX_STOPS})
"""Rules that are broken, or not, whatever the order of a route; where nothing is picked up its load is another."""

Rank = tuple[int, int, float]
"""What proposals are compared by: rules that would be broken, seconds of lateness, cost."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A draft and the differences that it would make; what grows is positive.

    Parameters
    ----------
    draft
        The change.
    costs
        By part, in the scenario's currency.
    distance_km, duration_s
        Over all routes.
    lateness_s
        Seconds that services begin after the end of their windows, over all visits.
    causes
        What would be broken that is not broken now, or more than now.
    cures
        What is broken now and would not be any more.
    """

    draft: Draft
    costs: Costs
    distance_km: float
    duration_s: int
    lateness_s: int
    causes: tuple[PlainViolation, ...]
    cures: tuple[PlainViolation, ...]

    @property
    def cost(self) -> float:
        """The difference in the total cost."""
        return self.costs.total

    @property
    def rank(self) -> Rank:
        """Smaller is better: nothing broken first, then in time, then cheap."""
        return len(self.causes), self.lateness_s, self.cost


class Pricing:
    """Tells what changes of one plan would cost.

    It holds nothing but immutable values and what it has worked out, so any one thread may use it.

    Parameters
    ----------
    problem
        What the scenario compiles to.
    state
        The scenario and the plan that is changed.

    Raises
    ------
    KeyError
        If the plan names a customer or a vehicle that the problem does not have.
    """

    def __init__(self, problem: Problem, state: State) -> None:
        self.state = state
        self._problem = problem
        self._client = {key: index for index, key in enumerate(problem.clients.ids)}
        self._kind = {key: index for index, key in enumerate(problem.vehicles.ids)}
        self._routes = [self._in_problem(route) for route in state.plan.routes]
        self._visits = frozenset(client for route in self._routes for client in route.clients)
        self._checked = lru_cache(maxsize=KEPT)(lambda route: without_gaps_of(problem, *check_route(problem, route)))
        self._service = lru_cache(maxsize=4)(lambda visits: check_service(problem, Counter(visits)))

    def of(self, state: State) -> Pricing:
        """Return the same for another plan of the scenario: what is known of routes stays known."""
        made = Pricing(self._problem, state)
        made._checked, made._service = self._checked, self._service
        return made

    def proposal(self, draft: Draft) -> Proposal:
        """Return what a draft would change.

        Raises
        ------
        ValueError
            If the draft was made for another state.
        """
        if draft.before is not self.state:
            raise ValueError("the draft was made for another state")
        planned = self.state.plan.routes
        after = [
            self._routes[index] if index < len(planned) and route is planned[index] else self._in_problem(route)
            for index, route in enumerate(draft.routes)
        ]
        before = [*self._routes, *(Route(route.vehicle_type, ()) for route in after[len(planned) :])]
        touched = [index for index, (old, new) in enumerate(zip(before, after, strict=True)) if old != new]
        was, will = self._total(before, touched), self._total(after, touched)
        visits = self._visits
        if touched:
            visits = visits.difference(*(before[i].clients for i in touched)).union(
                *(after[i].clients for i in touched)
            )
        if visits != self._visits:
            was.serve(*self._service(self._visits)[1:])
            will.serve(*self._service(visits)[1:])
        scenario, problem = self.state.scenario, self._problem
        said_before, said_after = Solution(tuple(before)), Solution(tuple(after))
        caused, cured = worse(was.broken, will.broken), worse(will.broken, was.broken)
        return Proposal(
            draft,
            costs=_difference(will.costs, was.costs),
            distance_km=(will.distance - was.distance) / 1000,
            duration_s=will.duration - was.duration,
            lateness_s=will.lateness - was.lateness,
            causes=tuple(plain_violation(scenario, problem, said_after, one, would=True) for one in caused),
            cures=tuple(plain_violation(scenario, problem, said_before, one) for one in cured),
        )

    def best_in_route(self, customers: Sequence[str], route: int) -> Proposal:
        """Return the best way to put customers into a route: together and in this order, or each where it fits best.

        More than `MOST_SINGLY` are kept together. The others of the route keep their order.

        Raises
        ------
        app.model.changes.EditRefusedError
            If the route or a customer is not there (any more).
        """
        planned = self.state.plan.routes
        driven = self.state.plan.driven(planned[route]) if 0 <= route < len(planned) else 0
        move_stops(self.state, customers, route, driven)  # refuses before anything is worked out
        present = self._routes[route]
        moved = dict.fromkeys(self._client[key] for key in customers)
        kept = tuple(client for client in present.clients if client not in moved)
        order = self._best_order(present.vehicle_type, kept, [*moved], self._checked(present)[1], driven)
        return self.proposal(lay_out(self.state, customers, route, self._ids(order)))

    def best_new_route(self, customers: Sequence[str], vehicle: str) -> Proposal:
        """Return the best new route of a vehicle that is at home; in this order, or in one that fits better.

        Raises
        ------
        app.model.changes.EditRefusedError
            If a customer or the vehicle is not there (any more), or every vehicle of the type has a route.
        """
        start_route(self.state, customers, vehicle)  # refuses before anything is worked out
        moved = dict.fromkeys(self._client[key] for key in customers)
        order = self._best_order(self._kind[vehicle], (), [*moved], ())
        return self.proposal(start_route(self.state, self._ids(order), vehicle))

    def _best_order(
        self, kind: int, kept: Order, moved: Sequence[int], broken: Sequence[Violation], driven: int = 0
    ) -> Order:
        """Return the order of a route in which somebody joins those who are kept, behind those who are served."""
        together = self._best_insertion(kind, kept, moved, broken, driven)
        if not 1 < len(moved) <= MOST_SINGLY:
            return together[1]
        singly = kept
        for client in moved:
            rank, singly = self._best_insertion(kind, singly, [client], broken, driven)
        return min(together, (rank, singly))[1]

    def _best_insertion(
        self, kind: int, kept: Order, block: Sequence[int], broken: Sequence[Violation], driven: int
    ) -> tuple[Rank, Order]:
        """Return the best place of a block: each place is looked at that can be better than the best so far."""
        everywhere = self._broken_anywhere((*kept, *block))
        late = Lateness(self._problem, kind, (*kept, *block), broken)
        best: tuple[Rank, Order] | None = None
        least_broken = 0
        for least, order in orders_by_least_cost(self._problem, kind, kept, block, driven):
            if best is not None and best[0] <= (least_broken, 0, least):
                break  # nothing that follows can be better
            later, seconds = late.of(order)
            if best is not None and best[0] <= (least_broken + later, seconds, least):
                continue
            report, breaks = self._checked(Route(kind, order))
            more = worse(broken, breaks)
            least_broken = sum(one.rule in everywhere for one in more)
            found = ((len(more), _lateness(report), report.costs.total), order)
            best = found if best is None else min(best, found)
        assert best is not None
        return best

    def _broken_anywhere(self, clients: Sequence[int]) -> frozenset[Rule]:
        """Return the rules that a route of some clients breaks in every order, if it breaks them in one."""
        loads = self._problem.clients.pickup[list(clients)]
        return IN_ANY_ORDER if loads.any() else IN_ANY_ORDER | {Rule.CAPACITY}

    def _total(self, routes: Sequence[Route], touched: Iterable[int]) -> _Total:
        """Sum up what some of the routes do and break, and how many vehicles all of them take."""
        total = _Total(list(check_fleet(self._problem, Solution(tuple(routes)))))
        for index in touched:
            total.drive(index, *self._checked(routes[index]))
        return total

    def _in_problem(self, route: PlannedRoute) -> Route:
        clients = tuple(self._client[stop] for stop in route.stops)
        return Route(self._kind[route.vehicle], clients, vehicle_of(route))

    def _ids(self, clients: Iterable[int]) -> tuple[str, ...]:
        ids = self._problem.clients.ids
        return tuple(ids[client] for client in clients)


class _Total:
    """A sum over some routes."""

    def __init__(self, broken: list[Violation]) -> None:
        self.costs = Costs()
        self.distance = self.duration = self.lateness = 0
        self.broken = broken

    def drive(self, index: int, report: RouteReport, broken: Iterable[Violation]) -> None:
        """Add what a route does; one without stops stays at home."""
        if report.visits:
            self.costs += report.costs
            self.distance += report.distance
            self.duration += report.duration
            self.lateness += _lateness(report)
            self.broken += (_at(index, one) for one in broken)

    def serve(self, left_out: float, broken: Iterable[Violation]) -> None:
        """Add what it costs and breaks that some are left out."""
        self.costs += Costs(unserved=left_out)
        self.broken += broken


def worse(before: Iterable[Violation], after: Iterable[Violation]) -> list[Violation]:
    """Return the violations that are not there before, or are smaller there."""
    amounts: dict[tuple[object, ...], int] = {}
    for one in before:
        amounts[_what(one)] = max(one.amount, amounts.get(_what(one), 0))
    return [one for one in after if one.amount > amounts.get(_what(one), 0)]


def _what(one: Violation) -> tuple[object, ...]:
    return one.rule, one.route, one.client, one.dimension


def _at(index: int, one: Violation) -> Violation:
    return Violation(one.rule, one.amount, index, one.client, one.dimension)


def _lateness(report: RouteReport) -> int:
    return sum(visit.lateness for visit in report.visits)


def _difference(one: Costs, other: Costs) -> Costs:
    return Costs(**{part.name: getattr(one, part.name) - getattr(other, part.name) for part in fields(Costs)})
