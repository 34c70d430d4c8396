"""Solving a part of a problem: chosen routes, insertion only, order only; all else stays as it is.

A part is a `Problem` of its own, with the clients and the vehicles that may change. So it obeys every rule that the
whole does, and what is frozen cannot even be seen by the search.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, fields, replace
from enum import Enum
from typing import Self

import numpy as np

from solver.problem.arrays import BoolArray, IntArray
from solver.problem.carry import name_vehicles, route_of, vehicles_matter
from solver.problem.check import check
from solver.problem.limits import ALONE, ANY
from solver.problem.problem import Problem
from solver.problem.records import Clients
from solver.problem.report import Rule
from solver.problem.solution import Route, Solution
from solver.problem.wishes import Locks, Published


class Kind(Enum):
    """What may change."""

    EVERYTHING = "everything"
    ROUTES = "chosen routes"
    INSERT = "insert only"
    ORDER = "order only"


@dataclass(frozen=True, slots=True)
class Scope:
    """What a solve may change; made by one of the methods.

    Parameters
    ----------
    kind
        What may change.
    chosen
        Indices of the routes that may, where only some may.
    """

    kind: Kind
    chosen: frozenset[int] = field(default=frozenset())

    @classmethod
    def everything(cls) -> Self:
        """Whatever no lock forbids."""
        return cls(Kind.EVERYTHING)

    @classmethod
    def routes(cls, chosen: Iterable[int]) -> Self:
        """Routes of the given plan, by index: their vehicles exchange clients, and take in whom the plan leaves out."""
        return cls(Kind.ROUTES, frozenset(chosen))

    @classmethod
    def insert_only(cls) -> Self:
        """Whom the plan leaves out is inserted, also on idle vehicles; all others keep vehicle and order."""
        return cls(Kind.INSERT)

    @classmethod
    def order_only(cls) -> Self:
        """Each vehicle keeps its clients, and only their order (and which trip each is on) changes."""
        return cls(Kind.ORDER)


@dataclass(frozen=True, slots=True)
class Seat:
    """A vehicle of a part, as the whole has it.

    Parameters
    ----------
    vehicle
        Which vehicle of its type, or `ANY`.
    index
        Its route in the given plan, or -1 when it was idle.
    """

    vehicle: int
    index: int = -1


@dataclass(frozen=True, eq=False)
class Part:
    """What a search may change, as a problem of its own.

    Parameters
    ----------
    problem
        The part.
    initial
        The given plan as far as it belongs to the part, None when there is none.
    held
        Clients of the part who keep vehicle and order, shape ``(clients of the part,)``, or None.
    plan
        The whole plan as it was given.
    clients
        Clients of the part by their numbers in the whole.
    seats
        Per vehicle type the part's vehicles; None when the part is the whole.
    opened
        Routes of the given plan that the part stands for; one whose vehicle there is not has no seat.
    """

    problem: Problem
    initial: Solution | None
    held: BoolArray | None = None
    plan: Solution = field(default=Solution())
    clients: IntArray | None = None
    seats: tuple[tuple[Seat, ...], ...] | None = None
    opened: tuple[int, ...] = ()

    def join(self, solution: Solution) -> Solution:
        """Return the whole plan with a solution of the part in it; frozen routes are those that were given.

        A solved route stands where its vehicle's route stood before, new ones stand behind all others.
        """
        if self.seats is None or self.clients is None:
            return solution
        back = self.clients.tolist()
        places: list[Route | None] = list(self.plan.routes)
        owner = {c: index for index, route in enumerate(self.plan.routes) for c in route.clients}
        free = [list(seats) for seats in self.seats]
        for index in self.opened:
            places[index] = None
        solved = [route_of(r.vehicle_type, [[back[c] for c in trip] for trip in r.trips], r.vehicle)
                  for r in solution.routes]  # fmt: skip
        found: list[Seat | None] = []
        for route in solved:
            mine = {owner.get(c, -1) for c in route.clients} - {-1}
            old = [seat for seat in free[route.vehicle_type] if seat.index in mine]
            if route.vehicle != ANY:
                old = [self.seats[route.vehicle_type][route.vehicle]]
            if old:
                free[route.vehicle_type].remove(old[0])
            found.append(old[0] if old else None)
        more = []
        for route, own in zip(solved, found, strict=True):
            seat = own or free[route.vehicle_type].pop(0)
            if seat.index >= 0:
                places[seat.index] = replace(route, vehicle=seat.vehicle)
            else:
                more.append(replace(route, vehicle=seat.vehicle))
        return Solution(tuple(route for route in (*places, *more) if route is not None))


def part_of(problem: Problem, plan: Solution | None, scope: Scope) -> Part:
    """Cut out of a problem what may change.

    Whoever is in a frozen route as well, or is locked to a frozen vehicle, does not belong to the part. With insertion
    only, a route that breaks a rule is frozen as it is, since no insertion could mend it.

    Parameters
    ----------
    problem
        The whole.
    plan
        The given plan, feasible or not.
    scope
        What may change.

    Raises
    ------
    IndexError
        If the plan names a client, a vehicle type or a route that there is not.
    ValueError
        If only a part may change of a plan that is not given.
    """
    if plan is None:
        if scope.kind is not Kind.EVERYTHING:
            raise ValueError("to solve a part takes a plan of which the rest is kept")
        return Part(problem, None)
    for index, route in enumerate(plan.routes):
        known = 0 <= route.vehicle_type < problem.vehicles.number
        if not known or any(not 0 <= c < problem.clients.number for c in route.clients):
            raise IndexError(f"route {index} names a vehicle type or a client that the problem does not have")
    if scope.kind is Kind.EVERYTHING:
        return Part(problem, name_vehicles(problem, plan))
    if any(not 0 <= index < len(plan.routes) for index in scope.chosen):
        raise IndexError("the scope names a route that the plan does not have")
    return _cut(problem, plan, scope)


def _cut(problem: Problem, plan: Solution, scope: Scope) -> Part:
    named = name_vehicles(problem, plan)
    opened = _opened(problem, named, scope)
    seats = _seats(problem, named, opened, idle=scope.kind is Kind.INSERT)
    if scope.kind is Kind.INSERT:  # where the plan has too many vehicles, the others stay as they are
        opened = [seat.index for mine in seats for seat in mine if seat.index >= 0]
    clients = _members(problem, named, opened, seats, absent=scope.kind is not Kind.ORDER)
    served = np.zeros(problem.clients.number, dtype=np.bool_)
    served[[c for index in opened for c in named.routes[index].clients]] = True

    place = np.full(problem.clients.number, -1)
    place[clients] = np.arange(len(clients))
    vehicle_at, seat_at = _vehicles_at(problem, seats)
    routes = []
    own = np.full(problem.clients.number, ANY)
    for index in opened:
        route = named.routes[index]
        if index not in seat_at:
            continue
        kept = [[int(place[c]) for c in trip if place[c] >= 0] for trip in route.trips]
        routes.append(route_of(route.vehicle_type, kept, seat_at[index] if _by_name(problem, scope) else ANY))
        new = [c for c in route.clients if own[c] == ANY]
        own[new] = sum(len(mine) for mine in seats[: route.vehicle_type]) + seat_at[index]

    locks, published = problem.locks, problem.published
    locked = np.array([vehicle_at.get(v, ANY) for v in locks.vehicle[clients].tolist()], dtype=np.int64)
    if scope.kind is Kind.ORDER:
        locked = np.where(locked == ANY, own[clients], locked)
    told = np.array([vehicle_at.get(v, ANY) for v in published.vehicle[clients].tolist()], dtype=np.int64)
    part = replace(
        problem,
        clients=_clients(problem.clients, clients),
        vehicles=replace(problem.vehicles, count=np.array([len(one) for one in seats], dtype=np.int64)),
        locks=_locks(locked, locks.position[clients], locks.driven[clients]),
        published=Published(told, published.weight),
    )
    held = served[clients] if scope.kind is Kind.INSERT else None
    return Part(part, Solution.of(routes), held, plan, clients, seats, tuple(opened))


def _by_name(problem: Problem, scope: Scope) -> bool:
    return scope.kind is Kind.ORDER or vehicles_matter(problem)


def _opened(problem: Problem, plan: Solution, scope: Scope) -> list[int]:
    """Return the routes that may change, by index."""
    opened = sorted(scope.chosen) if scope.kind is Kind.ROUTES else list(range(len(plan.routes)))
    opened = [index for index in opened if plan.routes[index].clients and _keeps_pins(problem, plan, index)]
    return [index for index in opened if index not in _unsound(problem, plan)] if scope.kind is Kind.INSERT else opened


def _keeps_pins(problem: Problem, plan: Solution, index: int) -> bool:
    """Whether nobody who has to keep a position on this vehicle is in another route."""
    route = plan.routes[index]
    vehicle = int(problem.vehicles.first_vehicle[route.vehicle_type]) + route.vehicle if route.vehicle != ANY else ANY
    pinned = (problem.locks.vehicle == vehicle) & (problem.locks.position != ANY) & (vehicle != ANY)
    return not (set(np.flatnonzero(pinned).tolist()) & plan.served) - set(route.clients)


def _unsound(problem: Problem, plan: Solution) -> set[int]:
    """Return the routes that break a rule, or share in breaking one."""
    broken: set[int] = set()
    group = problem.clients.group
    for violation in check(problem, plan).violations:
        if violation.route >= 0:
            broken.add(violation.route)
        elif violation.rule in (Rule.TWICE, Rule.GROUP):
            mates = group == group[violation.client] if violation.rule is Rule.GROUP else np.zeros(0, np.bool_)
            who = {violation.client, *np.flatnonzero(mates).tolist()}
            broken |= {index for index, route in enumerate(plan.routes) if who & set(route.clients)}
    named = Counter((route.vehicle_type, route.vehicle) for route in plan.routes if route.vehicle != ANY)
    used: Counter[int] = Counter()
    for index, route in enumerate(plan.routes):
        if named[route.vehicle_type, route.vehicle] > 1:
            broken.add(index)
        used[route.vehicle_type] += 1
        if used[route.vehicle_type] > problem.vehicles.count[route.vehicle_type]:
            broken.add(index)
    return broken


def _seats(problem: Problem, plan: Solution, opened: list[int], *, idle: bool) -> tuple[tuple[Seat, ...], ...]:
    """Return the vehicles of the part, never more of a type than the frozen routes leave."""
    seats: list[tuple[Seat, ...]] = []
    matter = vehicles_matter(problem)
    for k, count in enumerate(problem.vehicles.count.tolist()):
        mine = [index for index in opened if plan.routes[index].vehicle_type == k]
        used = [r for r in plan.routes if r.vehicle_type == k and r.clients]
        most = count - (len(used) - len(mine))
        names = Counter(route.vehicle for route in used if route.vehicle != ANY)
        made = [Seat(plan.routes[i].vehicle, i) for i in mine if plan.routes[i].vehicle < count]
        made = [seat for seat in made if names[seat.vehicle] <= 1][: max(most, 0)]
        if idle:
            left = sorted(set(range(count)) - set(names)) if matter else [ANY] * count
            made += [Seat(name) for name in left[: max(count - len(used), 0)]]
        seats.append(tuple(made))
    return tuple(seats)


def _members(
    problem: Problem, plan: Solution, opened: list[int], seats: tuple[tuple[Seat, ...], ...], *, absent: bool
) -> IntArray:
    """Return the clients of the part, in order."""
    n, group = problem.clients.number, problem.clients.group
    vehicle_at, _ = _vehicles_at(problem, seats)
    frozen = {c for i, route in enumerate(plan.routes) if i not in opened for c in route.clients}
    elsewhere = [c for c in range(n) if int(problem.locks.vehicle[c]) not in (ANY, *vehicle_at)]
    out = np.zeros(n, dtype=np.bool_)
    out[[*frozen, *elsewhere]] = True
    spoken = np.unique(group[out & (group != ALONE)])
    out |= np.isin(group, spoken)
    if absent:
        return np.flatnonzero(~out)
    # Only who may be locked to the vehicle: the right type, and one of each group.
    mine: list[int] = []
    heard: set[int] = set()
    for index in opened:
        for c in plan.routes[index].clients:
            if not out[c] and problem.clients.allowed[c, plan.routes[index].vehicle_type] and group[c] not in heard:
                mine.append(c)
                heard |= {int(group[c])} - {ALONE}
            out[c] = True
    return np.array(sorted(mine), dtype=np.int64)


def _vehicles_at(problem: Problem, seats: tuple[tuple[Seat, ...], ...]) -> tuple[dict[int, int], dict[int, int]]:
    """Return the part's number of each vehicle of the whole, and the number within its type of each open route."""
    first = problem.vehicles.first_vehicle.tolist()
    vehicle_at: dict[int, int] = {}
    seat_at: dict[int, int] = {}
    number = 0
    for k, mine in enumerate(seats):
        for at, seat in enumerate(mine):
            if seat.vehicle != ANY:
                vehicle_at[first[k] + seat.vehicle] = number
            if seat.index >= 0:
                seat_at[seat.index] = at
            number += 1
    return vehicle_at, seat_at


def _locks(vehicle: IntArray, position: IntArray, driven: BoolArray) -> Locks:
    """Return the locks of a part without positions that it has too few clients for; a given plan may break locks."""
    position = np.where(position < len(position), position, ANY)
    past = np.zeros_like(driven)
    kept: set[tuple[int, int]] = set()
    for c in np.argsort(position, kind="stable").tolist():
        one = (int(vehicle[c]), int(position[c]))
        if driven[c] and (position[c] == 0 or (one[0], one[1] - 1) in kept):
            kept.add(one)
            past[c] = True
    return Locks(vehicle, position, past)


def _clients(clients: Clients, chosen: IntArray) -> Clients:
    """Return the chosen clients only, their groups numbered anew."""
    cut = {part.name: getattr(clients, part.name)[chosen] for part in fields(clients) if part.name != "ids"}
    alone = cut["group"] == ALONE
    _, cut["group"] = np.unique(cut["group"], return_inverse=True)
    cut["group"] = np.where(alone, ALONE, cut["group"].astype(np.int64) - int(alone.any()))
    return Clients(ids=tuple(clients.ids[c] for c in chosen.tolist()), **cut)
