"""The problems that ways to start are measured on: days of two cities, and published instances."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np

from solver.instances import best_known, read_instance
from solver.policy.days import DESK, PLAIN, City, Mix
from solver.problem import Problem
from tests.bench.peers.selection import file_of, load

TRAINED_CITY, UNSEEN_CITY = 2026, 2027
"""Seeds of cities: of the one that the policy in use has learned from, and of one that it has never seen."""

SIZES = (100, 200, 500)
"""Clients of a day."""

DAYS = {
    "trained-desk": (TRAINED_CITY, DESK),
    "trained-rich": (TRAINED_CITY, Mix()),
    "trained-plain": (TRAINED_CITY, PLAIN),
    "unseen-desk": (UNSEEN_CITY, DESK),
    "unseen-rich": (UNSEEN_CITY, Mix()),
    "unseen-plain": (UNSEEN_CITY, PLAIN),
}
"""City and mix of constraints of each set of days."""

INSTANCES = {"x": "CVRP", "sdvrptw": "Site-dependent VRPTW", "solomon": "VRPTW, Solomon"}
"""The group of ``tests/bench/peers/instances.toml`` that each set of instances is."""

SETS = (*DAYS, *INSTANCES)

TITLES = {
    "trained-desk": "Trained city, dispatcher's days",
    "trained-rich": "Trained city, rich days",
    "trained-plain": "Trained city, plain days",
    "unseen-desk": "Unseen city, dispatcher's days",
    "unseen-rich": "Unseen city, rich days",
    "unseen-plain": "Unseen city, plain days",
    "x": "X instances",
    "sdvrptw": "SDVRPTW",
    "solomon": "Solomon",
}


@dataclass(frozen=True, eq=False)
class Task:
    """A problem, and the best-known cost where one is published."""

    problem: Problem
    best_known: float | None = None


@dataclass(frozen=True)
class Panel:
    """Problems of one set and size: by name what makes each, for all at once would not fit in memory."""

    series: str
    size: str
    makers: Mapping[str, Callable[[], Task]]


def panels(sets: Iterable[str], sizes: Sequence[int], most: int, folder: Path | None) -> Iterator[Panel]:
    """Yield what is to be solved.

    Parameters
    ----------
    sets
        Some of `SETS`.
    sizes
        Clients of a day; instances have the sizes that they have.
    most
        Problems of each panel; there may be fewer instances.
    folder
        Of instances, with a folder per kind; needed where ``sets`` names any.

    Raises
    ------
    FileNotFoundError
        If an instance is missing.
    """
    for series in sets:
        if series in DAYS:
            seed, mix = DAYS[series]
            city = City.draw(np.random.default_rng(seed))
            for clients in sizes:
                days = {str(number): partial(_day, city, seed, clients, number, mix) for number in range(most)}
                yield Panel(series, str(clients), days)
        else:
            group = next(group for group in load().groups if group.title == INSTANCES[series])
            for size, names in group.sizes.items():
                files = {name: file_of(folder or Path(), group.kind, name) for name in names[:most]}
                yield Panel(series, size, {name: partial(_instance, file, group.kind) for name, file in files.items()})


def _day(city: City, seed: int, clients: int, number: int, mix: Mix) -> Task:
    # Seeded with three numbers: a course of training, which has one, draws none of these days.
    return Task(city.day(np.random.default_rng((seed, clients, number)), clients, mix))


def _instance(path: Path, kind: str) -> Task:
    return Task(read_instance(path, kind).problem, best_known(path, kind))
