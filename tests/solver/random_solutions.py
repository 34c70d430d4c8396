"""Random solutions of random problems, feasible or not, for whoever evaluates them."""

from __future__ import annotations

import numpy as np

from solver.problem import ALONE, ANY, Problem, Route, Solution


def random_solution(problem: Problem, seed: int) -> Solution:
    """Return routes over some of the clients, most of them broken: any vehicle, any trips, sometimes a client twice."""
    rng = np.random.default_rng([seed, 29])
    n = problem.clients.number
    order = rng.permutation(n)[: int(rng.integers(0, n + 1))].tolist()
    if order and rng.random() < 0.2:
        order.append(order[0])
    routes = []
    for part in np.split(np.array(order, dtype=int), np.sort(rng.integers(0, len(order) + 1, int(rng.integers(0, 5))))):
        kind = int(rng.integers(0, problem.vehicles.number))
        reloads = np.flatnonzero(rng.random(len(part)) < rng.choice([0.0, 0.3]))
        routes.append(
            Route(
                kind,
                tuple(part.tolist()),
                vehicle=int(rng.integers(ANY, problem.vehicles.count[kind] + 1)),
                reloads=tuple(one for one in reloads.tolist() if one),
            )
        )
    return Solution(tuple(routes))


def obedient_solution(problem: Problem, seed: int) -> Solution:
    """Return routes with whoever is locked at their place, on vehicles that exist; what else is broken is chance."""
    rng = np.random.default_rng([seed, 31])
    first, locks = problem.vehicles.first_vehicle, problem.locks
    stops: dict[int, list[int]] = {}
    groups: set[int] = set()
    for client in sorted(np.flatnonzero(locks.vehicle != ANY).tolist(), key=lambda c: (locks.position[c] % 99, c)):
        stops.setdefault(int(locks.vehicle[client]), []).append(client)
        groups.add(int(problem.clients.group[client]))
    for client in rng.permutation(problem.clients.number).tolist():
        group = int(problem.clients.group[client])
        if (
            locks.vehicle[client] == ANY
            and first[-1]
            and (group == ALONE or group not in groups)
            and rng.random() < 0.7
        ):
            stops.setdefault(int(rng.integers(0, first[-1])), []).append(client)
            groups.add(group)
    routes = []
    for vehicle, clients in stops.items():
        kind = int(np.searchsorted(first, vehicle, side="right")) - 1
        trips = int(min(problem.vehicles.max_trips[kind], rng.integers(1, 4)))
        reloads = sorted(set(rng.integers(1, len(clients), trips - 1).tolist())) if len(clients) > 1 else []
        routes.append(Route(kind, tuple(clients), vehicle=vehicle - int(first[kind]), reloads=tuple(reloads)))
    return Solution(tuple(routes))
