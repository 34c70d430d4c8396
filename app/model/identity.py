"""Which route is which: a route is its vehicle, the type and which of the type, whatever its stops and its place.

So a route that is selected, or that has a colour, is the same one from one plan to the next. The routes of a `State`
are always settled and in the order of the fleet (`in_order`); plans that come from elsewhere become so there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import count

from app.model.plan import Plan, PlannedRoute


def in_order(plan: Plan, vehicles: Iterable[str]) -> Plan:
    """Return the plan with the vehicle of each route settled, and its routes in the order of the fleet.

    Parameters
    ----------
    plan
        Its routes stand in any order. Of two routes of one vehicle, the second gets a vehicle that is left over.
    vehicles
        Ids of the types, in the order of the scenario; types that are not among them come last.

    Returns
    -------
    Plan
        The same object where nothing is to be done.
    """
    ranks = {key: rank for rank, key in enumerate(vehicles)}
    if _is_in_order(plan.routes, ranks):
        return plan
    routes = settled(_once(plan.routes))
    routes.sort(key=lambda route: (ranks.get(route.vehicle, len(ranks)), route.vehicle, route.number))
    return Plan(tuple(routes), plan.locks)


def numbers(routes: Sequence[PlannedRoute]) -> list[int]:
    """Return the vehicle of each route within its type, from 1: that of the route, or the first that is left over."""
    taken = {(route.vehicle, route.number) for route in routes if route.number}
    free: dict[str, Iterator[int]] = {}
    return [route.number or next(_left(route.vehicle, taken, free)) for route in routes]


def settled(routes: Sequence[PlannedRoute]) -> list[PlannedRoute]:
    """Return routes with the vehicle of each, see `numbers`; those that have theirs are the same objects."""
    return [
        route if route.number else replace(route, number=number)
        for route, number in zip(routes, numbers(routes), strict=True)
    ]


def settled_like(routes: Sequence[PlannedRoute], former: Sequence[PlannedRoute]) -> list[PlannedRoute]:
    """Settle who drives routes: a vehicle that had most of a route's stops before drives it again.

    So a vehicle is the same one on the screen from one improvement of a plan to the next.

    Parameters
    ----------
    routes
        Routes; those with a number keep it.
    former
        Routes as they were, with numbers.
    """
    owner = {stop: (route.vehicle, route.number) for route in former if route.number for stop in route.stops}
    taken = {(route.vehicle, route.number) for route in routes if route.number}
    wishes = sorted(
        (-votes, index, number)
        for index, route in enumerate(routes)
        if not route.number
        for (vehicle, number), votes in Counter(owner[stop] for stop in route.stops if stop in owner).items()
        if vehicle == route.vehicle
    )
    made = list(routes)
    for _, index, number in wishes:
        if not made[index].number and (made[index].vehicle, number) not in taken:
            taken.add((made[index].vehicle, number))
            made[index] = replace(made[index], number=number)
    return settled(made)


def _is_in_order(routes: Sequence[PlannedRoute], ranks: Mapping[str, int]) -> bool:
    """Whether there is nothing to be done; asked at every edit, so it goes through the routes once."""
    vehicle, rank, number = "", -1, 0
    for route in routes:
        if route.vehicle == vehicle:
            if route.number <= number:
                return False
        else:
            before = rank, vehicle
            vehicle = route.vehicle
            rank = ranks.get(vehicle, len(ranks))
            if route.number < 1 or (rank, vehicle) < before:
                return False
        number = route.number
    return True


def _once(routes: Iterable[PlannedRoute]) -> list[PlannedRoute]:
    """Return routes of which none has the vehicle of one before it."""
    seen: set[tuple[str, int]] = set()
    made = []
    for route in routes:
        vehicle = route.vehicle, route.number
        made.append(replace(route, number=0) if vehicle in seen else route)
        seen.add(vehicle)
    return made


def _left(vehicle: str, taken: set[tuple[str, int]], free: dict[str, Iterator[int]]) -> Iterator[int]:
    if vehicle not in free:
        free[vehicle] = (number for number in count(1) if (vehicle, number) not in taken)
    return free[vehicle]
