"""Legs to ask about: small plans, each as good as some random moves make it, bound by one or several things."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from solver.problem import ANY, OPEN, Problem, Route, Solution, check_route, make_problem

FLAVOURS = (
    "plain", "preference", "profile", "lock", "capacity", "backhaul", "window", "return", "all", "preference",
    "window", "all",
)  # fmt: skip
"""What binds a plan."""


def leg_case(seed: int, rest: int, others: int, tries: int = 150) -> tuple[Problem, Solution, int]:
    """Return a plan and the position of a leg in its first route.

    Parameters
    ----------
    seed
        Of the case.
    rest
        Stops left behind the leg's beginning.
    others
        Clients of other routes or of none.
    tries
        Moves that are tried to improve the first route.
    """
    rng = np.random.default_rng([seed, rest, others])
    flavour = FLAVOURS[seed % len(FLAVOURS)]

    def binds(what: str) -> bool:
        return flavour == what or (flavour == "all" and bool(rng.random() < 0.5))

    position = int(rng.integers(0, 3))
    length = position + rest
    n = max(1, length + others)
    points = rng.integers(0, 100, (n + 1, 2))
    straight = np.rint(np.hypot(*(points[:, None] - points[None]).transpose(2, 0, 1))).astype(np.int64)
    own = tuple(rng.permutation(n)[: max(length, 1)].tolist())
    position = min(position, len(own))
    elsewhere = [c for c in range(n) if c not in own]
    cut = int(rng.integers(0, len(elsewhere) + 1)) if rng.random() < 0.5 else len(elsewhere)
    optional = rng.random(n) < (0.5 if rest < 8 else 1.0)  # who has to be served is worth any way, and all are tried
    pickup = rng.integers(0, 9, n) * (rng.random(n) < 0.4) if binds("backhaul") else np.zeros(n, dtype=np.int64)
    delivery = rng.integers(1, 9, n) * (pickup == 0)
    wish = rng.integers(20, 600, n) * (rng.random(n) < 0.8)
    allowed = np.ones((n, 2), dtype=np.bool_)
    if binds("profile"):
        allowed[elsewhere, 0] = rng.random(len(elsewhere)) < 0.2
    problem = make_problem(
        distance=straight + rng.integers(0, 4, straight.shape) * (1 - np.eye(n + 1, dtype=np.int64)),
        coordinates=points,
        count=[2, 2],
        distance_cost=[1.0, 3.0 if binds("preference") else float(rng.choice([1.0, 1.5, 2.0]))],
        duration_cost=[0.25, 0.25],
        fixed_cost=[20.0, 20.0],
        end_depot=[0 if rng.random() < 0.8 else OPEN, 0],
        service=rng.integers(0, 20, n),
        delivery=delivery,
        pickup=pickup,
        allowed=allowed,
        preference=np.stack([np.where(np.isin(np.arange(n), own), 0, wish), np.zeros(n)], axis=1)
        if binds("preference")
        else np.zeros((n, 2)),
        required=~optional,
        prize=rng.integers(0, 120, n),
        backhauls=[int(rng.integers(0, 3)) if pickup.any() else 0] * 2,
    )
    other = Route(1, tuple(elsewhere[:cut]), 0)
    if binds("window"):
        middle = rng.integers(20, 60 + 45 * len(own), n)
        width = rng.integers(5, 120, n)
        free = rng.random(n) < 0.3
        windows = np.stack([np.where(free, 0, np.maximum(middle - width, 0)), np.where(free, 9999, middle + width)], 1)
        problem = replace(problem, clients=replace(problem.clients, windows=windows[:, None, None].astype(np.int64)))
    best = _improved(problem, rng, own, position, tries)
    route = Route(0, best, 0)
    if binds("capacity") or binds("backhaul"):
        load = [*check_route(problem, route)[0].peak_load]
        problem = _with_vehicles(problem, capacity=np.array([[load[0] + int(rng.integers(0, 5))], [999]]))
    if binds("lock"):
        problem = _locked(problem, rng, route, other, position)
    if binds("return"):
        report = check_route(problem, route)[0]
        slack = int(rng.integers(0, 25))
        limit = rng.choice(["shift_end", "max_distance", "max_duration", "max_stops"])
        now = {"shift_end": report.end, "max_distance": report.distance, "max_duration": report.duration}
        value = now.get(limit, len(best)) + (slack if limit in now else int(rng.integers(0, 2)))
        problem = _with_vehicles(problem, **{limit: np.array([value, 1 << 40])})
    routes = (route, other) if other.clients else (route,)
    return problem, Solution(routes), position


def _improved(
    problem: Problem, rng: np.random.Generator, own: tuple[int, ...], position: int, tries: int
) -> tuple[int, ...]:
    """Return a better order of the rest, by random moves; now and then by few."""
    best, moves = own, tries if rng.random() < 0.85 else tries // 10
    for _ in range(moves if len(own) - position > 1 else 0):
        rest = list(best[position:])
        one, other = rng.integers(0, len(rest), 2).tolist()
        if rng.random() < 0.5:
            rest.insert(other, rest.pop(one))
        else:
            rest[min(one, other) : max(one, other) + 1] = rest[min(one, other) : max(one, other) + 1][::-1]
        best = min(best, (*best[:position], *rest), key=lambda order: _rank(problem, Route(0, order, 0)))
    return best


def _rank(problem: Problem, route: Route) -> tuple[int, float]:
    report, violations = check_route(problem, route)
    return sum(one.amount for one in violations), report.costs.total


def _with_vehicles(problem: Problem, **changed: np.ndarray) -> Problem:
    return replace(problem, vehicles=replace(problem.vehicles, **changed))


def _locked(problem: Problem, rng: np.random.Generator, route: Route, other: Route, position: int) -> Problem:
    locks = problem.locks
    vehicle, place = locks.vehicle.copy(), locks.position.copy()
    first = problem.vehicles.first_vehicle
    for one in (route, other):
        for at, client in enumerate(one.clients):
            if rng.random() < (0.3 if one is route else 0.9):
                vehicle[client] = first[one.vehicle_type]
                if rng.random() < 0.4:
                    place[client] = at
    return replace(problem, locks=replace(locks, vehicle=vehicle, position=np.where(vehicle == ANY, ANY, place)))
