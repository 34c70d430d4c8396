"""The 48 variants of RouteFinder (Berto et al. 2025), drawn as its generator draws them, as problems.

Each variant is a set of constraints on top of capacity: open routes (O), backhauls (B) or mixed backhauls (MB), a limit
on the length of a route (L), time windows (TW), several depots (MD). The unit square becomes one of `SCALE` units a
side, a unit of distance takes a unit of time, and what is not whole is rounded; the cost is the distance.

Two things are said otherwise than in its environment. With mixed backhauls it asks only that each delivery fits beside
what has been picked up before it; a `Problem` asks that all that is on board fits, deliveries still to come too. And
with several depots its length limit and its time windows are drawn so that depot 0 can serve each client alone.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import numpy as np

from solver.problem import OPEN, UNLIMITED, Backhauls, Problem, make_problem

SCALE = 10_000
"""Whole units per unit of the square."""

DEPOTS = 3
"""Of a variant with several."""

HORIZON = 4.6
"""When depots close, where there are time windows."""

LONGEST = 2.8
"""Most length of a route, unless a client is farther away."""


@dataclass(frozen=True)
class Variant:
    """A set of constraints on top of capacity."""

    several_depots: bool = False
    open_routes: bool = False
    backhauls: str = ""
    length_limit: bool = False
    time_windows: bool = False

    @property
    def name(self) -> str:
        """As RouteFinder writes it, such as ``CVRP`` or ``MDOVRPMBLTW``."""
        extras = f"{self.backhauls}{'L' * self.length_limit}{'TW' * self.time_windows}"
        plain = not extras and not self.open_routes
        return f"{'MD' * self.several_depots}{'O' * self.open_routes}{'C' * plain}VRP{extras}"


VARIANTS = {
    one.name: one
    for one in (
        Variant(several_depots, open_routes, backhauls, length_limit, time_windows)
        for several_depots, open_routes, backhauls, length_limit, time_windows in itertools.product(
            (False, True), (False, True), ("", "B", "MB"), (False, True), (False, True)
        )
    )
}
"""All 48, by name."""


def routefinder_problem(name: str, clients: int, seed: int) -> Problem:
    """Return a random problem of a variant.

    Parameters
    ----------
    name
        One of `VARIANTS`.
    clients
        How many.
    seed
        Of the random numbers; variants of one seed share whatever they both draw.
    """
    variant = VARIANTS[name]
    rng = np.random.default_rng(seed)
    depots = DEPOTS if variant.several_depots else 1
    points = np.rint(rng.random((DEPOTS + clients, 2)) * SCALE)[DEPOTS - depots :]
    distance = np.rint(np.hypot(*(points[:, None] - points[None]).transpose(2, 0, 1))).astype(np.int64)
    out = distance[0, depots:]
    demand = rng.integers(1, 10, clients)
    picks_up = (rng.random(clients) < 0.2) & bool(variant.backhauls)
    lengths, times = rng.random(), rng.random((3, clients))

    limit = UNLIMITED
    if variant.length_limit:
        least = 2 * int(out.max(initial=0))
        limit = least + int(lengths * max(0, LONGEST * SCALE - least))
    windows, service, closing = np.tile([0, UNLIMITED], (clients, 1)), np.zeros(clients, dtype=np.int64), UNLIMITED
    if variant.time_windows:
        closing = round(HORIZON * SCALE)
        service = ((0.15 + 0.03 * times[0]) * SCALE).astype(np.int64)
        width = ((0.18 + 0.02 * times[1]) * SCALE).astype(np.int64)
        # Opening somewhere between the earliest arrival and the latest that still leads home in time.
        early = (out + times[2] * (closing - service - width - 2 * out)).astype(np.int64)
        windows = np.stack([early, early + width], axis=1)
    return make_problem(
        name=f"{name} {clients} {seed}",
        distance=distance,
        coordinates=points,
        depot_location=np.arange(depots),
        depot_closing=[closing] * depots,
        delivery=demand * ~picks_up,
        pickup=demand * picks_up,
        service=service,
        windows=windows[:, None],
        count=[max(clients, 1)] * depots,
        capacity=[_capacity(clients)] * depots,
        start_depot=np.arange(depots),
        end_depot=[OPEN] * depots if variant.open_routes else np.arange(depots),
        max_distance=[limit] * depots,
        backhauls=[Backhauls.LAST if variant.backhauls == "B" else Backhauls.MIXED] * depots,
    )


def _capacity(clients: int) -> int:
    if clients > 1000:
        return 230 + int((clients - 1000) / 33.3)
    return 30 + (clients // 5 if clients > 20 else 0)
