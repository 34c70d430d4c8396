"""How a route could go on from where its vehicle stands: who comes next, and what each order of the rest comes to.

What comes before is fixed. A *completion* visits all that is left of the route, in any order; and one client from
elsewhere may join, at any place: from another route, which closes the gap in its present order, or from those who are
left out. So there are as many answers to "who comes next" as clients left and clients near by.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, partial

import numpy as np
from numpy.typing import NDArray

from solver.explain.orders import RULES, Orders
from solver.problem import ALONE, ANY, Problem, Route, Rule, Solution, check_route

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]

NOBODY = -1
"""Client of a completion in which nobody joins; next stop of one that goes home."""

NEAR_BY = 12
"""Clients from elsewhere who may join: those nearest to where the vehicle stands."""

MISSED = 1e8
"""Cost of leaving out a client who has to be served; dearer than any way."""

LEVELS: tuple[tuple[Rule, ...], ...] = (
    (Rule.UNREACHABLE,),
    (),
    (Rule.NOT_ALLOWED,),
    (Rule.LOCK,),
    (Rule.CAPACITY, Rule.BACKHAUL),
    (Rule.TIME_WINDOW,),
    (Rule.SHIFT, Rule.DEPOT_HOURS, Rule.MAX_DISTANCE, Rule.MAX_DURATION, Rule.MAX_STOPS),
)
"""The rules that each level adds; the way alone, wishes, profiles, locks, loads, windows and the return."""

WISHES, LOCKS, WINDOWS, FULL = 1, 3, 5, len(LEVELS) - 1
"""Levels that add a cost, too: of wishes, of departures from a published plan, of waiting; and the last one."""

_KNOWN = np.cumsum([len(rules) for rules in LEVELS])


@dataclass(frozen=True, eq=False)
class Rows:
    """Some completions.

    Parameters
    ----------
    orders
        Shape ``(rows, stops)``: the rest of the route, places among the clients of `Completions`.
    joined
        Shape ``(rows,)``: who joins, a place among the clients, or `NOBODY`.
    cost
        Shape ``(rows, LEVELS)``: cost counted at each level, of the route and what changes elsewhere.
    excess
        Shape ``(rows, RULES)``: by how much more a rule is broken than it is now, over both routes, in its unit.
    """

    orders: IntArray
    joined: IntArray
    cost: FloatArray
    excess: IntArray

    @property
    def next(self) -> IntArray:
        """Shape ``(rows,)``: who comes next, a place among the clients, or `NOBODY` for the way home."""
        return self.orders[:, 0] if self.orders.shape[1] else np.full(len(self.orders), NOBODY)

    def over(self, level: int) -> IntArray:
        """Return by how much more the rules of a level are broken than now, shape ``(rows,)``."""
        total: IntArray = self.excess[:, : _KNOWN[level]].sum(axis=1)
        return total

    @property
    def over_each(self) -> IntArray:
        """The same of every level, shape ``(rows, LEVELS)``."""
        each: IntArray = np.cumsum(self.excess, axis=1)[:, _KNOWN - 1]
        return each

    def at(self, chosen: IntArray | slice) -> Rows:
        """Return some of them."""
        return Rows(self.orders[chosen], self.joined[chosen], self.cost[chosen], self.excess[chosen])


@dataclass(frozen=True, eq=False)
class _Elsewhere:
    """What changes elsewhere, and through who joins; one entry for each client, zero for those of the route.

    The cost of the way (the prize of who is left out is saved), of waiting, of wishes and of departures from a
    published plan, shape ``(clients,)`` each; and the violations, shape ``(clients, RULES)``.
    """

    way: FloatArray
    waiting: FloatArray
    wishes: FloatArray
    change: FloatArray
    broken: IntArray


class Completions:
    """Judges how a route can go on.

    Parameters
    ----------
    problem
        The problem.
    solution
        The plan.
    index
        Of the route in it.
    position
        How many of its stops come before.

    Attributes
    ----------
    clients
        Indices of all clients that can occur: those of the route, in order, and then those near by.
    here
        Where the vehicle stands: a place among the clients, or ``orders.depot``.
    rest, near
        Places among the clients: of who is left of the route, in order, and of who is near by.
    now
        The plan as it is, one row.

    Raises
    ------
    ValueError
        If the route makes several trips, or has no such position.
    """

    def __init__(self, problem: Problem, solution: Solution, index: int, position: int) -> None:
        route = solution.routes[index]
        if route.reloads:
            raise ValueError("routes of several trips are not explained")
        if not route.clients or not 0 <= position <= len(route.clients):
            raise ValueError(f"position is {position}, expected 0 to {len(route.clients)}")
        self.route, self.position = route, position
        near = _near_by(problem, solution, index, position)
        self.clients = (*route.clients, *near)
        self.orders = Orders(problem, route.vehicle_type, route.vehicle, self.clients)
        self.here = position - 1 if position else self.orders.depot
        length = len(route.clients)
        self.rest, self.near = np.arange(position, length), np.arange(length, len(self.clients))
        self._before = np.arange(position)
        self._elsewhere = _elsewhere(problem, solution, index, near, self.orders.per_second)
        before = np.concatenate((self._before, self.rest))[None]
        judged = self.orders.judge(before)
        self._broken_now = judged.broken[0]
        self.now = self.judge(self.rest[None])
        onward = float(self.orders.onward(self.here, self.rest[None])[0])
        constant = problem.travel.hours is None  # else the way up to here may be driven at other hours
        least = float(judged.way[0]) if constant else float(self.orders.least(before)[0])
        self._way_before = least - onward

    def adds(self, level: int) -> bool:
        """Tell whether a level may count anything that the one before it does not."""
        other = self._elsewhere
        match level:
            case 1:
                return bool(other.wishes.any())
            case 2:
                return self.orders.forbids or bool(other.broken[:, RULES.index(Rule.NOT_ALLOWED)].any())
            case 3:
                moves = other.change.any() or other.broken[:, RULES.index(Rule.LOCK)].any()
                return self.orders.locks or bool(moves)
        return True

    def least(self, orders: IntArray, joined: IntArray) -> FloatArray:
        """Return a cost that completions have at least, at every level; for the cost of judging a tenth as many.

        Parameters
        ----------
        orders
            Shape ``(rows, stops)``, of one number of stops.
        joined
            Shape ``(rows,)``.
        """
        other = self._elsewhere
        more = sum(np.minimum(part, 0.0) for part in (other.waiting, other.wishes, other.change))
        saved = np.where(joined == NOBODY, 0.0, (other.way + more)[joined])
        return self._way_before + self.orders.onward(self.here, orders) + saved

    def judge(self, orders: IntArray, joined: IntArray | None = None) -> Rows:
        """Return what completions come to.

        Parameters
        ----------
        orders
            Shape ``(rows, stops)``: the rest of the route, and who joins.
        joined
            Shape ``(rows,)``: who that is; nobody anywhere when not given.
        """
        rows = len(orders)
        joined = np.full(rows, NOBODY) if joined is None else joined
        judged = self.orders.judge(np.hstack((np.broadcast_to(self._before, (rows, self.position)), orders)))
        other, some = self._elsewhere, joined != NOBODY

        def of(part: NDArray[np.number]) -> NDArray[np.number]:
            return np.where(some.reshape(-1, *[1] * (part.ndim - 1)), part[joined], 0)

        cost = np.repeat((judged.way + of(other.way))[:, None], len(LEVELS), axis=1)
        cost[:, WISHES:] += of(other.wishes)[:, None]
        cost[:, LOCKS:] += of(other.change)[:, None]
        cost[:, WINDOWS:] += (judged.waiting + of(other.waiting))[:, None]
        excess = np.maximum(judged.broken + of(other.broken) - self._broken_now, 0)
        return Rows(orders, joined, cost, excess)

    def distances(self) -> FloatArray:
        """Return what it costs to drive from here to each client, shape ``(clients,)``; metres where that is free."""
        free = not self.orders.per_metre and not self.orders.per_second
        legs = self.orders.metres if free else self.orders.leg
        away: FloatArray = legs[self.here, : self.orders.number].astype(np.float64)
        return away

    def whole(self, order: Sequence[int]) -> tuple[int, ...]:
        """Return the clients of the whole route, indices of the problem, with another rest."""
        return tuple(self.clients[one] for one in (*self._before.tolist(), *order))


def _near_by(problem: Problem, solution: Solution, index: int, position: int) -> tuple[int, ...]:
    """Return who may join: the nearest of other routes and of those left out, driven ones and groups excepted."""
    route = solution.routes[index]
    vehicles, kind = problem.vehicles, route.vehicle_type
    if position:
        here = int(problem.clients.location[route.clients[position - 1]])
    else:
        here = int(problem.depots.location[vehicles.start_depot[kind]])
    tied = {one for other in solution.routes if other.reloads for one in other.clients}
    out = (problem.clients.group != ALONE) | problem.locks.driven
    out[[*route.clients, *tied]] = True
    chosen = np.flatnonzero(~out)
    there, profile = problem.clients.location[chosen], vehicles.profile[kind]
    weight = problem.objective
    metres, seconds = weight.distance * vehicles.distance_cost[kind], weight.duration * vehicles.duration_cost[kind]
    away = problem.travel.distance[profile, here, there] * (metres if metres or seconds else 1.0)
    away = away + problem.travel.duration[profile, here, there] * seconds
    return tuple(chosen[np.argsort(away, kind="stable")[:NEAR_BY]].tolist())


def _elsewhere(
    problem: Problem, solution: Solution, index: int, near: Sequence[int], per_second_here: float
) -> _Elsewhere:
    """Return what changes elsewhere for each client that can occur."""
    own = solution.routes[index]
    number = len(own.clients) + len(near)
    home = {one: route for route in solution.routes for one in route.clients}
    clients, weight = problem.clients, problem.objective
    figures = cache(partial(_figures, problem))
    way, waiting, wishes, change = np.zeros((4, number))
    made = _Elsewhere(way, waiting, wishes, change, np.zeros((number, len(RULES)), dtype=np.int64))
    for at, one in enumerate(near, len(own.clients)):
        made.wishes[at] = weight.preference * float(clients.preference[one, own.vehicle_type])
        made.change[at] = _change(problem, own, one)
        route = home.get(one)
        if route is None:
            prize = weight.unserved * float(clients.prize[one])
            made.way[at] = -(MISSED if problem.must_serve[one] else prize)
            continue
        made.wishes[at] -= weight.preference * float(clients.preference[one, route.vehicle_type])
        made.change[at] -= _change(problem, route, one)
        left = Route(route.vehicle_type, tuple(c for c in route.clients if c != one), route.vehicle)
        for sign, this in ((-1, route), (1, left)):
            driven, waited, broken = figures(this)
            made.way[at] += sign * driven
            made.waiting[at] += sign * waited
            made.broken[at] += sign * broken
    return made


def _figures(problem: Problem, route: Route) -> tuple[float, float, IntArray]:
    """Return the cost of a route's way and of its waiting, and what it breaks."""
    if not route.clients:
        return 0.0, 0.0, np.zeros(len(RULES), dtype=np.int64)
    report, violations = check_route(problem, route)
    waiting = problem.objective.duration * float(problem.vehicles.duration_cost[route.vehicle_type]) * report.waiting
    costs = report.costs
    broken = np.zeros(len(RULES), dtype=np.int64)
    for one in violations:
        if one.rule in RULES:
            broken[RULES.index(one.rule)] += one.amount
    return costs.fixed + costs.distance + costs.duration - waiting, waiting, broken


def _change(problem: Problem, route: Route, client: int) -> float:
    """Return what it costs, against a published plan, that a route serves a client."""
    published = int(problem.published.vehicle[client])
    vehicle = ANY
    if ANY < route.vehicle < problem.vehicles.count[route.vehicle_type]:
        vehicle = int(problem.vehicles.first_vehicle[route.vehicle_type]) + route.vehicle
    return problem.objective.change * problem.published.weight * float(published not in (ANY, vehicle))
