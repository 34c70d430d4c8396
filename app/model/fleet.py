"""Which vehicle drives which route, where a type has several of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import count

from app.model.patch import State
from app.model.plan import Plan, PlannedRoute
from app.model.scenario import Vehicle


def numbers(routes: Sequence[PlannedRoute]) -> list[int]:
    """Return the vehicle of each route within its type, from 1: that of the route, or the first that is left over."""
    taken = {(route.vehicle, route.number) for route in routes if route.number}
    free: dict[str, Iterator[int]] = {}
    return [route.number or next(_left(route.vehicle, taken, free)) for route in routes]


def numbered(plan: Plan) -> Plan:
    """Return the plan with the vehicle of each route settled."""
    if all(route.number for route in plan.routes):
        return plan
    named = zip(plan.routes, numbers(plan.routes), strict=True)
    return replace(plan, routes=tuple(replace(route, number=number) for route, number in named))


def numbered_like(routes: Sequence[PlannedRoute], former: Sequence[PlannedRoute]) -> list[PlannedRoute]:
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
    return [replace(route, number=number) for route, number in zip(made, numbers(made), strict=True)]


def label(vehicle: Vehicle | None, key: str, number: int) -> str:
    """Return what a vehicle is called: the name of its type, numbered when there are several of it.

    Parameters
    ----------
    vehicle, key
        The type, None when it is gone, and its id.
    number
        Which of the type, from 1.
    """
    name = vehicle.name if vehicle and vehicle.name else key
    return f"{name} {number}" if vehicle is None or vehicle.count > 1 else name


def labels(state: State) -> list[str]:
    """Return what the vehicle of each route of a plan is called."""
    vehicles = state.scenario.vehicles
    routes = state.plan.routes
    return [
        label(vehicles.get(route.vehicle), route.vehicle, number)
        for route, number in zip(routes, numbers(routes), strict=True)
    ]


def idle(state: State, vehicle: str, without: Iterable[str] = ()) -> list[int]:
    """Return which vehicles of a type would have no route if some customers left theirs, by number."""
    gone = frozenset(without)
    routes = state.plan.routes
    used = {
        number
        for route, number in zip(routes, numbers(routes), strict=True)
        if route.vehicle == vehicle and any(stop not in gone for stop in route.stops)
    }
    return [number for number in range(1, state.scenario.vehicles[vehicle].count + 1) if number not in used]


def _left(vehicle: str, taken: set[tuple[str, int]], free: dict[str, Iterator[int]]) -> Iterator[int]:
    if vehicle not in free:
        free[vehicle] = (number for number in count(1) if (vehicle, number) not in taken)
    return free[vehicle]
