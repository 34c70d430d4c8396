"""Solutions in CVRPLIB's format: a line ``Route #1: 5 7`` per vehicle, in the file's order of vehicles, and the cost.

Visits are node indices from 0, depots included, so with one depot they are the client's number counted from 1. Where
vehicles differ, an unused one has an empty route, so that the position of a route says which vehicle drives it.
"""

from __future__ import annotations

import re
from pathlib import Path

from solver.instances.errors import InstanceError
from solver.instances.instance import Instance, read_text
from solver.problem.solution import Solution

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
        If a visit is not a client, there are more routes than vehicles, or there is no route at all.
    """
    path = Path(path)
    clients, vehicles = instance.problem.clients.number, instance.fleet.types
    depots = len(instance.problem.depots.ids)
    routes: list[tuple[int, list[int]]] = []
    for number, line in enumerate(read_text(path).splitlines(), start=1):
        match = ROUTE.match(line.strip())
        if match is None:
            continue
        if len(routes) == len(vehicles):
            raise InstanceError(path, f"more routes than vehicles, expected at most {len(vehicles)}", number)
        words = match.group(1).split()
        for word in words:
            if not (word.isdecimal() and len(word) < 12 and depots <= int(word) < depots + clients):
                raise InstanceError(
                    path, f"visit {word!r}, expected a client {depots} to {depots + clients - 1}", number
                )
        routes.append((vehicles[len(routes)], [int(word) - depots for word in words]))
    if not routes:
        raise InstanceError(path, "no routes, expected lines that start with 'Route #1:'")
    return Solution.of(routes)


def write_sol(path: str | Path, instance: Instance, solution: Solution, cost: float) -> None:
    """Write a solution of an instance.

    Parameters
    ----------
    path
        Where to; folders on the way are made.
    instance
        What it solves.
    solution
        Its routes; each goes to the next free vehicle of its type.
    cost
        Its cost as `solver.problem.check` has it.

    Raises
    ------
    ValueError
        If it uses more vehicles of a type than there are.
    OSError
        If the file cannot be written.
    """
    depots = len(instance.problem.depots.ids)
    free = [list(reversed(instance.fleet.members(kind))) for kind in range(instance.problem.vehicles.number)]
    of_vehicle: dict[int, str] = {}
    for route in solution.routes:
        if not free[route.vehicle_type]:
            raise ValueError(f"more routes than vehicles of type {route.vehicle_type}")
        of_vehicle[free[route.vehicle_type].pop()] = " ".join(str(client + depots) for client in route.clients)
    last = max(of_vehicle, default=-1)
    lines = [f"Route #{vehicle + 1}: {of_vehicle.get(vehicle, '')}".rstrip() for vehicle in range(last + 1)]
    lines.append(f"Cost {int(cost) if cost == int(cost) else cost}")
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines) + "\n", encoding="ascii")


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
