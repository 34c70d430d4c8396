"""Random problems that use everything a `Problem` can state, small enough for the plain check.

`random_problem` draws one for each build of the kernels, and `whole_problem` puts traits on top of it: trips, locks and
whatever else a problem may ask for.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

import numpy as np

from solver.problem import (
    ALONE,
    ANY,
    OPEN,
    UNREACHABLE,
    Backhauls,
    Hours,
    Objective,
    PlaneMatrix,
    Problem,
    Travel,
    make_problem,
)

FEATURES = ("plain", "timed", "rich")

TRAITS = (
    "release",
    "groups",
    "trips",
    "backhauls",
    "driven",
    "locks",
    "published",
    "objective",
    "no road",
    "plane",
    "hours",
)
"""What may come on top of `FEATURES`."""


def random_problem(seed: int, features: str = "rich", clients: int | None = None, window_number: int = 1) -> Problem:
    """Return a problem for one of the three builds of the kernels.

    Parameters
    ----------
    features
        ``plain``: one delivery load and several vehicle types. ``timed``: windows, shifts and depot hours too.
        ``rich``: everything, half of them with windows that vehicle types find different; distances keep no triangle
        inequality.
    clients
        How many; 1 to 25 when not given.
    window_number
        Windows per client.
    """
    rng = np.random.default_rng(seed)
    n = int(rng.integers(1, 26)) if clients is None else clients
    depots, types = int(rng.integers(1, 3)), int(rng.integers(1, 4))
    size = depots + n
    points = rng.integers(0, 100, (size, 2))
    straight = np.rint(np.hypot(*(points[:, None] - points[None]).transpose(2, 0, 1))).astype(np.int64)
    base: dict[str, object] = {
        "depot_location": np.arange(depots),
        "client_location": np.arange(depots, size),
        "coordinates": points,
        "required": rng.random(n) < 0.8,
        "prize": rng.integers(0, 100, n),
        "count": rng.integers(0, 5, types),
        "start_depot": rng.integers(0, depots, types),
        "end_depot": rng.integers(-1, depots, types),
        "fixed_cost": rng.integers(0, 50, types),
        "distance_cost": rng.random(types) * 2,
    }
    if features != "plain":
        cuts = np.sort(rng.integers(0, 500, (n, 2 * window_number)), axis=1) + np.arange(2 * window_number)
        base |= {
            "windows": cuts.reshape(n, window_number, 2),
            "service": rng.integers(0, 10, (n, types)),
            "depot_opening": rng.integers(0, 30, depots),
            "depot_closing": rng.integers(400, 800, depots),
            "shift_start": rng.integers(0, 50, types),
            "shift_end": rng.integers(300, 700, types),
        }
    if features != "rich":
        load = {"delivery": rng.integers(0, 10, n), "capacity": rng.integers(10, 60, types)}
        return make_problem(distance=straight, **base, **load)  # type: ignore[arg-type]
    profiles, dims = int(rng.integers(1, 3)), int(rng.integers(1, 3))

    def matrices() -> np.ndarray:
        wild = straight + rng.integers(0, 15, (profiles, size, size))
        wild[:, np.arange(size), np.arange(size)] = 0
        return wild

    problem = make_problem(
        distance=matrices(),
        duration=matrices(),
        delivery=rng.integers(0, 10, (n, dims)),
        pickup=rng.integers(0, 10, (n, dims)) * int(rng.random() < 0.6),
        allowed=rng.random((n, types)) < 0.85,
        preference=rng.integers(0, 10, (n, types)),
        capacity=rng.integers(15, 60, (types, dims)),
        duration_cost=rng.random(types) * (rng.random(types) < 0.6),
        max_distance=rng.integers(100, 500, types),
        max_duration=rng.integers(100, 600, types),
        max_stops=rng.integers(1, 12, types),
        profile=rng.integers(0, profiles, types),
        **base,  # type: ignore[arg-type]
    )
    return _hours(problem, rng) if rng.random() < 0.5 else problem


def whole_problem(
    seed: int,
    traits: Collection[str] = TRAITS,
    features: str | None = None,
    clients: int | None = None,
    window_number: int = 1,
) -> Problem:
    """Return a problem with some traits on top of the features of `random_problem`.

    Parameters
    ----------
    traits
        Some of `TRAITS`; a problem may still be without one by chance, as when it has no vehicle to lock somebody to.
    features
        One of `FEATURES`; a random one when not given.
    clients, window_number
        As of `random_problem`.
    """
    rng = np.random.default_rng([seed, 17])
    features = str(rng.choice(FEATURES)) if features is None else features
    problem = random_problem(seed, features, clients, window_number)
    for trait in TRAITS:
        if trait in traits:
            problem = _GIVE[trait](problem, rng)
    return problem


def each_trait(seed: int, features: str | None = None, clients: int | None = None, window_number: int = 1) -> Problem:
    """Return a problem in which each trait is or is not, as the seed has it."""
    rng = np.random.default_rng([seed, 23])
    return whole_problem(seed, [trait for trait in TRAITS if rng.random() < 0.5], features, clients, window_number)


def with_traffic(problem: Problem, seed: int, periods: int | None = None, until: int = 700) -> Problem:
    """Return a problem whose legs take longer in some periods of the day, each leg by a factor of its own.

    Parameters
    ----------
    problem
        Any problem; its durations are those of the quickest period of each leg.
    seed
        Of the periods and the factors.
    periods
        How many; 1 to 4 when not given.
    until
        Seconds before which nearly all of them begin, as long as routes of random problems take.
    """
    rng = np.random.default_rng([seed, 29])
    number = int(rng.integers(1, 5)) if periods is None else periods
    cuts = rng.choice(np.arange(1, until), number - 1, replace=False)
    if number > 1 and rng.random() < 0.2:
        cuts[0] = 80_000
    least = np.array(problem.travel.duration)
    stretch = rng.choice([1.0, 1.0, 1.3, 2.0, 5.0], (number, *least.shape))
    stretch[rng.integers(0, number, least.shape), *np.indices(least.shape)] = 1.0
    by_period = np.rint(least * stretch) + rng.integers(0, 2, stretch.shape) * (stretch > 1)
    whole = np.minimum(by_period, 2 * UNREACHABLE - 1).astype(np.int32)
    hours = Hours(np.sort(np.append(cuts, 0)), np.ascontiguousarray(whole.transpose(1, 0, 2, 3)))
    return replace(problem, travel=replace(problem.travel, duration=hours.least, hours=hours))


def _release(problem: Problem, rng: np.random.Generator) -> Problem:
    n = problem.clients.number
    release = rng.integers(0, rng.choice([60, 150, 500]), n) * (rng.random(n) < 0.6)
    return replace(problem, clients=replace(problem.clients, release=release))


def _groups(problem: Problem, rng: np.random.Generator) -> Problem:
    clients = problem.clients
    group = np.full(clients.number, ALONE)
    required, prize = clients.required.copy(), clients.prize.copy()
    left = rng.permutation(clients.number)[: int(rng.integers(0, clients.number + 1))]
    number = 0
    while len(left):
        size = int(rng.integers(1, 5))
        members, left = left[:size], left[size:]
        group[members] = number
        required[members], prize[members] = required[members[0]], prize[members[0]]
        number += 1
    return replace(problem, clients=replace(clients, group=group, required=required, prize=prize))


def _trips(problem: Problem, rng: np.random.Generator) -> Problem:
    vehicles = problem.vehicles
    several = rng.random(vehicles.number) < 0.7
    return replace(
        problem,
        vehicles=replace(
            vehicles,
            max_trips=np.where(several, rng.integers(2, 4, vehicles.number), 1),
            end_depot=np.where(several, vehicles.start_depot, vehicles.end_depot),
            reload_depot=np.where(several, vehicles.start_depot, OPEN),
        ),
    )


def _backhauls(problem: Problem, rng: np.random.Generator) -> Problem:
    clients = problem.clients
    picks_up = rng.random((clients.number, 1)) < 0.4
    amount = np.maximum(clients.delivery, clients.pickup)
    order = rng.integers(0, len(Backhauls), problem.vehicles.number)
    return replace(
        problem,
        clients=replace(clients, delivery=amount * ~picks_up, pickup=amount * picks_up),
        vehicles=replace(problem.vehicles, backhauls=order),
    )


def _driven(problem: Problem, rng: np.random.Generator) -> Problem:
    return _locks(problem, rng, driven=True)


def _locks(problem: Problem, rng: np.random.Generator, driven: bool = False) -> Problem:
    """Lock up to five more clients, each group at most once and nobody to a vehicle that may not serve it."""
    clients, vehicles, locks = problem.clients, problem.vehicles, problem.locks
    vehicle_of, position, past = locks.vehicle.copy(), locks.position.copy(), locks.driven.copy()
    spoken = set(clients.group[vehicle_of != ANY].tolist()) - {ALONE}
    free = [c for c in rng.permutation(clients.number)[: int(rng.integers(1, 6))].tolist() if vehicle_of[c] == ANY]
    first = vehicles.first_vehicle
    for vehicle in rng.permutation(int(first[-1])).tolist():
        kind = int(np.searchsorted(first, vehicle, side="right")) - 1
        places = range(int(min(vehicles.max_stops[kind], clients.number)))
        taken = set(position[vehicle_of == vehicle].tolist())
        for client in free[: int(rng.integers(1, 4))]:
            group = int(clients.group[client])
            place = len(taken) if driven else int(rng.integers(0, 4))
            if not clients.allowed[client, kind] or group in spoken or (driven and place not in places):
                continue
            free.remove(client)
            spoken |= {group} - {ALONE}
            vehicle_of[client] = vehicle
            if driven or (rng.random() < 0.6 and place in places and place not in taken):
                position[client], past[client] = place, driven
                taken.add(place)
    return replace(problem, locks=replace(locks, vehicle=vehicle_of, position=position, driven=past))


def _published(problem: Problem, rng: np.random.Generator) -> Problem:
    vehicle = rng.integers(ANY, int(problem.vehicles.first_vehicle[-1]), problem.clients.number)
    return replace(problem, published=replace(problem.published, vehicle=vehicle, weight=float(rng.integers(0, 30))))


def _objective(problem: Problem, rng: np.random.Generator) -> Problem:
    return replace(problem, objective=Objective(*rng.choice([0.0, 0.5, 1.0, 3.0], 6).tolist()))


def _no_road(problem: Problem, rng: np.random.Generator) -> Problem:
    distance, duration = np.array(problem.travel.distance), np.array(problem.travel.duration)
    for matrix in (distance, duration):
        matrix[rng.random(matrix.shape) < 0.03] = UNREACHABLE
    return replace(problem, travel=Travel(distance, duration, problem.travel.coordinates))


def _plane(problem: Problem, rng: np.random.Generator) -> Problem:
    if problem.travel.profiles > 1:
        return problem
    distance = PlaneMatrix(problem.travel.coordinates, float(rng.choice([1.0, 2.5])), "round")
    duration = PlaneMatrix(problem.travel.coordinates, float(rng.choice([0.7, 1.0])), "floor")
    return replace(problem, travel=Travel(distance, duration, problem.travel.coordinates))


def _hours(problem: Problem, rng: np.random.Generator) -> Problem:
    """Let some vehicle types find other windows at some clients than the others do."""
    n, _, number, _ = problem.clients.windows.shape
    profiles = int(rng.integers(2, 4))
    windows = np.repeat(problem.clients.windows[:, :1], profiles, axis=1)
    cuts = np.sort(rng.integers(0, 600, (n, profiles - 1, 2 * number)), axis=2) + np.arange(2 * number)
    other = rng.random((n, profiles - 1)) < 0.7
    windows[:, 1:][other] = cuts.reshape(n, profiles - 1, number, 2)[other]
    profile = rng.integers(0, profiles, problem.vehicles.number)
    return replace(
        problem,
        clients=replace(problem.clients, windows=windows),
        vehicles=replace(problem.vehicles, window_profile=profile),
    )


_GIVE = {
    "release": _release,
    "groups": _groups,
    "trips": _trips,
    "backhauls": _backhauls,
    "driven": _driven,
    "locks": _locks,
    "published": _published,
    "objective": _objective,
    "no road": _no_road,
    "plane": _plane,
    "hours": _hours,
}
