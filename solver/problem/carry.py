"""A plan carried over to another problem: what is gone is dropped, what stays keeps its vehicle and its order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from solver.problem.limits import ANY
from solver.problem.problem import Problem
from solver.problem.solution import Route, Solution

LOCK_VOTES = 1000
"""A lock counts as much as so many clients of the published plan when a route asks for a vehicle."""


def carry(plan: Solution, old: Problem, new: Problem) -> Solution:
    """Say a plan of one problem in the terms of another; it may break rules there, and new clients are in no route.

    Clients and vehicle types are matched by their ids, vehicles by their number within the type. Where a type has
    fewer vehicles than before and it does not matter which, the routes with most clients keep theirs.

    Parameters
    ----------
    plan
        A plan of ``old``.
    old, new
        The problem as it was, and as it is now.
    """
    client_at = {name: index for index, name in enumerate(new.clients.ids)}
    kind_at = {name: index for index, name in enumerate(new.vehicles.ids)}
    client = [client_at.get(name, -1) for name in old.clients.ids]
    kind = [kind_at.get(name, -1) for name in old.vehicles.ids]
    kept = []
    for route in plan.routes:
        k = kind[route.vehicle_type]
        if k < 0 or route.vehicle >= new.vehicles.count[k]:
            continue
        trips = ([client[c] for c in trip if client[c] >= 0] for trip in route.trips)
        kept.append(route_of(k, trips, route.vehicle))
    kept.sort(key=lambda route: -len(route.clients))
    left = new.vehicles.count.tolist()
    taken: set[tuple[int, int]] = set()
    chosen = []
    for route in sorted(kept, key=lambda route: route.vehicle == ANY):
        one = (route.vehicle_type, route.vehicle)
        if route.clients and left[route.vehicle_type] > 0 and one not in taken:
            left[route.vehicle_type] -= 1
            taken |= {one} - {(route.vehicle_type, ANY)}
            chosen.append(route)
    return name_vehicles(new, Solution(tuple(chosen)))


def route_of(kind: int, trips: Iterable[Sequence[int]], vehicle: int = ANY) -> Route:
    """Return the route of these trips; trips without clients are left out.

    Parameters
    ----------
    kind
        Vehicle type.
    trips
        Clients of each trip.
    vehicle
        Which vehicle of its type, or `ANY`.
    """
    clients: list[int] = []
    reloads: list[int] = []
    for trip in trips:
        if trip and clients:
            reloads.append(len(clients))
        clients += trip
    return Route(kind, tuple(clients), vehicle, tuple(reloads))


def vehicles_matter(problem: Problem) -> bool:
    """Whether vehicles of one type differ, because clients are locked to one or a published plan names one."""
    told = problem.objective.change * problem.published.weight > 0 and bool((problem.published.vehicle != ANY).any())
    return told or bool((problem.locks.vehicle != ANY).any())


def name_vehicles(problem: Problem, plan: Solution) -> Solution:
    """Give each route of just any vehicle the one that most of its clients are locked to, or else were published on.

    Parameters
    ----------
    problem
        The problem. Where vehicles of one type are all alike in it, nothing is changed.
    plan
        Any plan of it. A route for which no vehicle of its type is left keeps just any.
    """
    if not vehicles_matter(problem):
        return plan
    first, count = problem.vehicles.first_vehicle.tolist(), problem.vehicles.count.tolist()
    taken = {(route.vehicle_type, route.vehicle) for route in plan.routes}
    routes = list(plan.routes)
    nameless = [index for index, route in enumerate(routes) if route.vehicle == ANY and route.clients]
    wishes = []
    for index in nameless:
        k = routes[index].vehicle_type
        votes: Counter[int] = Counter()
        for c in routes[index].clients:
            votes[int(problem.locks.vehicle[c])] += LOCK_VOTES
            votes[int(problem.published.vehicle[c])] += 1
        wishes += [(-number, index, v - first[k]) for v, number in votes.items() if first[k] <= v < first[k + 1]]
    wishes += [(0, index, v) for index in nameless for v in range(min(count[routes[index].vehicle_type], len(routes)))]
    for _, index, ordinal in sorted(wishes):
        one = (routes[index].vehicle_type, ordinal)
        if routes[index].vehicle == ANY and one not in taken:
            taken.add(one)
            routes[index] = replace(routes[index], vehicle=ordinal)
    return Solution(tuple(routes))
