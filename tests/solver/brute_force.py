"""The optimum of a tiny problem, by trying every plan; what each plan costs is what `solver.problem.check` says."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

from solver.problem import ANY, Problem, Route, Solution, check

MOST_CLIENTS = 6
"""Their 1,957 ordered subsets take a quarter of a second for each vehicle that differs, with three trips three."""


@dataclass(frozen=True)
class Optimum:
    """The best of all plans.

    Parameters
    ----------
    left
        Violations that no plan avoids: required or locked clients who cannot be served.
    cost
        The least cost with so many.
    solution
        A plan that has them.
    """

    left: int
    cost: float
    solution: Solution


def best_by_force(problem: Problem) -> Optimum:
    """Return the fewest clients left out against the rules, and the least cost with that, over all plans.

    Every plan serves whom it serves without breaking a rule. Routes are tried in every order and with every split into
    trips, and then every way to give each vehicle its share is tried, one vehicle after the other.
    """
    n = problem.clients.number
    if n > MOST_CLIENTS:
        raise ValueError(f"{n} clients, expected at most {MOST_CLIENTS}")
    best: dict[frozenset[int], tuple[float, tuple[Route, ...]]] = {frozenset(): (0.0, ())}
    cheapest: dict[tuple[int, int], dict[frozenset[int], tuple[float, Route]]] = {}
    for kind, vehicle, twin in _vehicles(problem):
        if (kind, twin) not in cheapest:
            cheapest[kind, twin] = _cheapest_routes(problem, kind, twin)
        for served, (cost, routes) in list(best.items()):
            for members, (more, route) in cheapest[kind, twin].items():
                if not members & served:
                    found = cost + more, (*routes, Route(kind, route.clients, vehicle, route.reloads))
                    both = members | served
                    best[both] = min(best.get(both, found), found, key=lambda one: one[0])
    optimum = None
    for _, routes in best.values():
        solution = Solution(routes)
        report = check(problem, solution)
        this = Optimum(len(report.violations), report.costs.total, solution)
        if optimum is None or (this.left, this.cost) < (optimum.left, optimum.cost):
            optimum = this
    assert optimum is not None
    return optimum


def _vehicles(problem: Problem) -> Iterator[tuple[int, int, int]]:
    """Yield the type and the ordinal of each vehicle, and of one that is its twin; more than clients are not needed.

    Vehicles of one type are twins unless a lock or the published plan names one of them.
    """
    first = problem.vehicles.first_vehicle
    named = {int(one) for one in (*problem.locks.vehicle, *problem.published.vehicle)} - {ANY}
    for kind in range(problem.vehicles.number):
        ordinals = range(int(problem.vehicles.count[kind]))
        special = [int(one - first[kind]) for one in sorted(named) if 0 <= one - first[kind] < len(ordinals)]
        yield from ((kind, vehicle, vehicle) for vehicle in special)
        others = [*itertools.islice((one for one in ordinals if one not in special), problem.clients.number)]
        yield from ((kind, vehicle, others[0]) for vehicle in others)


def _cheapest_routes(problem: Problem, kind: int, vehicle: int) -> dict[frozenset[int], tuple[float, Route]]:
    """Return the cheapest route of a vehicle that breaks nothing, for each set of clients that has one."""
    best: dict[frozenset[int], tuple[float, Route]] = {}
    most_trips = int(problem.vehicles.max_trips[kind])
    for size in range(1, problem.clients.number + 1):
        for order in itertools.permutations(range(problem.clients.number), size):
            members = frozenset(order)
            for reloads in range(min(size, most_trips)):
                for places in itertools.combinations(range(1, size), reloads):
                    route = Route(kind, order, vehicle, places)
                    report = check(problem, Solution((route,)))
                    if any(one.client < 0 or one.client in members for one in report.violations):
                        continue
                    cost = report.routes[0].costs.total
                    if members not in best or cost < best[members][0]:
                        best[members] = cost, route
    return best
