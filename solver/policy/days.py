"""Problems to learn from: days of cities drawn at random, and mixes of constraints.

Demands, depots and clusters vary as in Uchoa et al., "New benchmark instances for the capacitated vehicle routing
problem" (2017); time windows are drawn so that every client can be served alone. A `City` is a fixed address book, of
which each day visits a random part.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from solver.problem import OPEN, UNLIMITED, Backhauls, Problem, make_problem

SIDE = 10_000
"""Metres that a city is wide."""

CAPACITY = 1000


@dataclass(frozen=True, slots=True)
class Mix:
    """How often a day has what.

    Parameters
    ----------
    windows, fleet, open, backhauls, limit, depots, prizes
        Probability of each; a fleet is several vehicle types, with clients that not all may serve.
    crooked
        Probability that driving times are not symmetric.
    tight
        Probability that vehicles are few.
    hours, volumes
        Probability that working hours cost something, and that goods have a second measure.
    """

    windows: float = 0.3
    fleet: float = 0.2
    open: float = 0.08
    backhauls: float = 0.08
    limit: float = 0.08
    depots: float = 0.08
    prizes: float = 0.08
    crooked: float = 0.3
    tight: float = 0.3
    hours: float = 0.1
    volumes: float = 0.1


PLAIN = Mix(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
"""Capacity alone."""

DESK = Mix(1.0, 0.8, 0.05, 0.05, 0.2, 0.2, 0.3, 0.8, 0.7, 0.8, 0.5)
"""A dispatcher's day: most rules at once, and hardly a van to spare."""

RICH = (Mix(windows=0.45, fleet=0.25), Mix(windows=0.45, fleet=0.25), DESK)
"""What the policy that comes with the program has learned from: these in turn, at random."""


@dataclass(frozen=True, eq=False)
class City:
    """An address book.

    Parameters
    ----------
    points
        Shape ``(addresses, 2)``, metres.
    depot
        Shape ``(2,)``.
    usual
        Shape ``(addresses,)``, what is usually delivered there, in shares of the mean.
    """

    points: NDArray[np.float64]
    depot: NDArray[np.float64]
    usual: NDArray[np.float64]

    @classmethod
    def draw(cls, random: np.random.Generator, addresses: int = 2000) -> City:
        """Draw a city: its settlement, its depot, its customers' habits."""
        return cls(_points(random, addresses), _depot(random), _demands(random, addresses))

    def day(self, random: np.random.Generator, clients: int, mix: Mix) -> Problem:
        """Draw a day on which so many addresses are visited."""
        chosen = random.choice(len(self.points), clients, replace=False)
        demand = self.usual[chosen] * random.uniform(0.7, 1.3, clients)
        return _problem(random, self.points[chosen], self.depot, demand, mix)


def draw_day(random: np.random.Generator, clients: int, mix: Mix) -> Problem:
    """Draw a day of a city that is visited once."""
    return _problem(random, _points(random, clients), _depot(random), _demands(random, clients), mix)


def _points(random: np.random.Generator, number: int) -> NDArray[np.float64]:
    kind = random.integers(3)
    scattered = random.uniform(0, SIDE, (number, 2))
    if kind == 0:
        return scattered
    centres = random.uniform(0, SIDE, (random.integers(3, 9), 2))
    spread = random.uniform(0.03, 0.12) * SIDE
    around = centres[random.integers(len(centres), size=number)] + random.normal(0, spread, (number, 2))
    around = np.clip(around, 0, SIDE)
    return around if kind == 1 else np.where(random.random((number, 1)) < 0.5, around, scattered)


def _depot(random: np.random.Generator) -> NDArray[np.float64]:
    kind = random.integers(3)
    if kind == 0:
        return np.full(2, SIDE / 2)
    return np.zeros(2) if kind == 1 else random.uniform(0, SIDE, 2)


def _demands(random: np.random.Generator, number: int) -> NDArray[np.float64]:
    kind = random.integers(5)
    if kind == 0:
        drawn = np.ones(number)
    elif kind == 4:
        drawn = np.where(random.random(number) < 0.8, random.uniform(1, 10, number), random.uniform(50, 100, number))
    else:
        low, high = ((1, 10), (5, 10), (1, 100))[kind - 1]
        drawn = random.integers(low, high + 1, number).astype(np.float64)
    return np.asarray(drawn / drawn.mean(), dtype=np.float64)


def _problem(
    random: np.random.Generator,
    points: NDArray[np.float64],
    depot: NDArray[np.float64],
    demand: NDArray[np.float64],
    mix: Mix,
) -> Problem:
    n = len(points)
    has = {name: random.random() < getattr(mix, name) for name in Mix.__dataclass_fields__}
    stops = min(random.triangular(3, 6, 25), n)  # on a route, when its capacity is what ends it
    delivery = np.clip(np.round(demand * CAPACITY / stops), 1, CAPACITY).astype(np.int64)
    depots = np.stack([depot, *(random.uniform(0, SIDE, (int(random.integers(1, 3)), 2)) if has["depots"] else ())])
    everywhere = np.concatenate((depots, points))
    flat = np.sqrt(((everywhere[:, None] - everywhere[None]) ** 2).sum(axis=2))
    duration = flat
    if has["crooked"]:
        duration = flat * random.uniform(1.0, 1.5, flat.shape) * random.uniform(1.0, 1.25, (len(flat), 1))
    duration = np.round(duration).astype(np.int64)
    types = int(random.integers(2, 5)) if has["fleet"] else 1
    size = np.sort(random.choice([0.4, 0.6, 1.0, 1.5, 2.0], types)) if has["fleet"] else np.ones(1)
    capacity = np.maximum(np.round(CAPACITY * size), delivery.max() if types == 1 else 1).astype(np.int64)
    capacity[-1] = max(capacity[-1], delivery.max())
    start = np.arange(len(depots)).repeat(types)
    capacity, size = np.tile(capacity, len(depots)), np.tile(size, len(depots))
    kinds = len(start)

    out, home = duration[: len(depots), len(depots) :].max(axis=0), duration[len(depots) :, : len(depots)].max(axis=1)
    settings: dict[str, object] = {}
    service = np.zeros(n, dtype=np.int64)
    day = UNLIMITED
    if has["windows"]:
        service = random.integers(0, SIDE // 10, n)
        day = int((out + home + service).max() * random.uniform(1.3, 4.0))
        width = (random.uniform(0.05, 0.5, n) * day).astype(np.int64)
        latest = day - home - service
        early = (out + random.random(n) * np.maximum(latest - out - width, 0)).astype(np.int64)
        late = np.minimum(early + width, latest)
        free = random.random(n) < random.choice([0.0, 0.25, 0.5, 0.75])
        windows = np.stack((np.where(free, 0, early), np.where(free, latest, late)), axis=1)
        settings |= {"windows": windows[:, None], "shift_end": np.full(kinds, day), "duration": duration}
    if has["limit"]:
        reach = int((out + home).max() * random.uniform(1.05, 2.0))
        settings["max_distance"] = np.full(kinds, reach)
    if has["open"]:
        settings["end_depot"] = np.full(kinds, OPEN)
    pickup = np.zeros(n, dtype=np.int64)
    if has["backhauls"]:
        turned = random.random(n) < random.uniform(0.1, 0.5)
        pickup, delivery = np.where(turned, delivery, 0), np.where(turned, 0, delivery)
        settings["backhauls"] = np.full(kinds, random.choice([Backhauls.MIXED, Backhauls.LAST]))
    hourly = float(random.choice([0.3, 1.0, 3.0])) if has["hours"] else 0.0
    if has["hours"]:
        settings |= {"duration_cost": np.full(kinds, hourly), "duration": duration}
    if has["prizes"]:
        settings["required"] = random.random(n) < random.choice([0.0, 0.5, 0.9])
        dear = 1.0 + hourly * (1.0 + has["windows"])  # a vehicle also stands and waits
        settings["prize"] = random.uniform(0.05, 1.0, n) * dear * float(np.median(out + home))
    allowed = np.ones((n, kinds), dtype=np.bool_)
    if has["fleet"]:
        closed = random.random((n, types)) < random.choice([0.0, 0.2, 0.4])
        closed[:, -1] = False  # the largest may go anywhere
        allowed = ~np.tile(closed, (1, len(depots)))
        settings["fixed_cost"] = np.round(random.choice([0.0, 0.3, 1.0]) * float(np.median(out + home)) * size**0.7)
        settings["distance_cost"] = np.round(1.0 + random.choice([0.0, 0.3]) * size, 2)
        if random.random() < 0.4:
            settings["preference"] = np.round(random.uniform(0, 0.3, (n, kinds)) * float(np.median(out)) * 0.3)
    loads = np.stack((delivery, pickup))[:, :, None]
    room = capacity[:, None]
    if has["volumes"]:
        bulk = random.uniform(0.5, 1.5, n)
        loads = np.concatenate((loads, np.ceil(loads * bulk[:, None])), axis=2).astype(np.int64)
        room = np.concatenate((room, np.ceil(room * random.uniform(0.8, 1.3))), axis=1).astype(np.int64)
        room[-1] = np.maximum(room[-1], loads.max(axis=(0, 1)))
    vehicles = int(np.ceil(delivery.sum() / capacity.min()) + np.ceil(pickup.sum() / capacity.min()))
    count = np.full(kinds, min(2 * vehicles + n // 3 + 2, n))
    if has["tight"]:
        # Routes that time or distance ends carry less than they could.
        spare = random.uniform(1.05, 1.7 if has["windows"] or has["limit"] else 1.3)
        total = spare * max(delivery.sum(), pickup.sum())
        count = np.minimum(np.ceil(random.dirichlet(np.ones(kinds)) * total / capacity).astype(np.int64), n)
        count[-1] += 1
    return make_problem(
        distance=duration,
        depot_location=np.arange(len(depots)),
        client_location=np.arange(len(depots), len(everywhere)),
        delivery=loads[0],
        pickup=loads[1],
        service=service,
        capacity=room,
        count=count,
        start_depot=start,
        allowed=allowed,
        **settings | ({} if "end_depot" in settings else {"end_depot": start}),  # type: ignore[arg-type]
    )
