"""Solutions in CVRPLIB's format: a line ``Route #1: 5 7`` per vehicle, in the file's order of vehicles, and the cost.

Visits are node indices from 0, depots included, so with one depot they are the client's number counted from 1. A depot
between two visits is where the vehicle reloads. Where vehicles differ, an unused one has an empty route, so that the
position of a route says which vehicle drives it. PyVRP and the vrplib package read and write the same.
"""

from __future__ import annotations

import re
from pathlib import Path

from solver.instances.errors import InstanceError
from solver.instances.instance import Instance, read_text
from solver.problem.limits import ANY
from solver.problem.problem import Problem
from solver.problem.solution import Route, Solution

ROUTE = re.compile(r"Route\b[^:]*:(.*)", re.IGNORECASE)
COST = re.compile(r"cost:?\s+([0-9.eE+]+)\s*$", re.IGNORECASE)


def read_sol(path: str | Path, instance: Instance) -> Solution:
    """Read a solution of an instance.

    Parameters
    ----------
    path
        The ``.sol`` file.
    instance
        What it solves.

    Returns
    -------
    Solution
        Routes in the order of the file; empty ones are dropped.

    Raises
    ------
    InstanceError
        If a visit is neither a client nor a depot where the vehicle reloads, there are more routes than vehicles, or
        there is no route at all.
    """
    path = Path(path)
    vehicles = instance.fleet.types
    routes: list[Route] = []
    for number, line in enumerate(read_text(path).splitlines(), start=1):
        match = ROUTE.match(line.strip())
        if match is None:
            continue
        if len(routes) == len(vehicles):
            raise InstanceError(path, f"more routes than vehicles, expected at most {len(vehicles)}", number)
        try:
            routes.append(_route(instance.problem, vehicles[len(routes)], match.group(1).split()))
        except _VisitError as error:
            raise InstanceError(path, str(error), number) from None
    if not routes:
        raise InstanceError(path, "no routes, expected lines that start with 'Route #1:'")
    return Solution.of(routes)


class _VisitError(ValueError):
    """A word of a route is no visit; its text says what was expected."""


def _route(problem: Problem, kind: int, words: list[str]) -> Route:
    """Return the route that a line lists; reloads with nobody between them are one, as they change nothing."""
    depots, clients = len(problem.depots.ids), problem.clients.number
    reload = str(problem.vehicles.reload_depot[kind])
    visits: list[int] = []
    reloads: list[int] = []
    for word in words:
        if word == reload:
            reloads.append(len(visits))
        elif word.isdecimal() and len(word) < 12 and depots <= int(word) < depots + clients:
            visits.append(int(word) - depots)
        else:
            expected = f"a client {depots} to {depots + clients - 1}"
            if problem.vehicles.max_trips[kind] > 1:
                expected += f", or the depot {reload} where the vehicle reloads"
            raise _VisitError(f"visit {word!r}, expected {expected}")
    between = sorted(set(reloads) - {0, len(visits)})
    return Route(kind, tuple(visits), reloads=tuple(between))


def write_sol(path: str | Path, instance: Instance, solution: Solution, cost: float) -> None:
    """Write a solution of an instance.

    Parameters
    ----------
    path
        Where to; folders on the way are made.
    instance
        What it solves.
    solution
        Its routes; each goes to its own vehicle, or to the next free one of its type when any will do.
    cost
        Its cost as `solver.problem.check` has it.

    Raises
    ------
    ValueError
        If it uses more vehicles of a type than there are, or one of them twice.
    OSError
        If the file cannot be written.
    """
    members = [instance.fleet.members(kind) for kind in range(instance.problem.vehicles.number)]
    any_of = [iter(vehicles) for vehicles in members]
    of_vehicle: dict[int, str] = {}
    for route in sorted(solution.routes, key=lambda route: route.vehicle == ANY):
        one = members[route.vehicle_type][route.vehicle : route.vehicle + 1]
        wanted = any_of[route.vehicle_type] if route.vehicle == ANY else iter(one)
        free = next((vehicle for vehicle in wanted if vehicle not in of_vehicle), None)
        if free is None:
            raise ValueError(f"more routes than vehicles of type {route.vehicle_type}")
        of_vehicle[free] = _visits(instance.problem, route)
    last = max(of_vehicle, default=-1)
    lines = [f"Route #{vehicle + 1}: {of_vehicle.get(vehicle, '')}".rstrip() for vehicle in range(last + 1)]
    lines.append(f"Cost {int(cost) if cost == int(cost) else cost}")
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines) + "\n", encoding="ascii")


def _visits(problem: Problem, route: Route) -> str:
    depots = len(problem.depots.ids)
    trips = (" ".join(str(client + depots) for client in trip) for trip in route.trips)
    return f" {problem.vehicles.reload_depot[route.vehicle_type]} ".join(trips)


def best_known(path: str | Path, kind: str) -> float | None:
    """Return the best-known cost of an instance in whole units, or None when no ``.sol`` file lies beside it.

    Parameters
    ----------
    path
        The instance file, or the ``.sol`` file itself.
    kind
        Its kind. Two kinds state costs in other units than the rest: VRPTW in units of the file's coordinates, and
        HFVRP, when the cost has decimals, in a hundredth of its unit costs.

    Raises
    ------
    InstanceError
        If the file states no cost.
    """
    path = Path(path).with_suffix(".sol")
    if not path.exists():
        return None
    matches = (COST.match(line.strip()) for line in read_text(path).splitlines())
    stated = next((match.group(1) for match in matches if match), "")
    try:
        cost = float(stated)
    except ValueError:
        raise InstanceError(path, "no cost, expected a line such as 'Cost 1234'") from None
    if kind == "VRPTW":
        return round(cost * 10, 1)
    if kind == "HFVRP" and "." in stated:
        return round(cost * 100, 1)
    return cost
