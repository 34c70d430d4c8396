"""Days of one's own to learn from: every problem that is drawn is a part of one of them.

A dispatcher's days are few, and a policy would learn them by heart. A day on which some of its clients had ordered
nothing is as likely as the day itself, so a part of it is as good a problem to learn from, and of those there are many.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace

import numpy as np

from solver.problem import Locks, PlaneMatrix, Problem, Published, Travel
from solver.problem.arrays import IntArray

MOST_CLIENTS = 500
"""Clients of a drawn problem, where nothing else is said."""

LEAST_SHARE = 0.6
"""Of a day's clients in a part of it."""

APART_OF = 5
"""One in so many days is set apart."""


@dataclass(frozen=True, slots=True)
class OwnDays:
    """Days to draw problems from.

    Parameters
    ----------
    days
        One at least, none of them foreign to policies.
    """

    days: tuple[Problem, ...]

    def draw(self, random: np.random.Generator, most: int) -> Problem:
        """Draw a part of one of the days, of at most so many clients and at least two."""
        day = self.days[int(random.integers(len(self.days)))]
        n = day.clients.number
        clients = max(min(round(random.uniform(LEAST_SHARE, 1.0) * n), most), 2)
        return _part(day, np.sort(random.choice(n, clients, replace=False)))

    def digest(self) -> str:
        """Return a few letters that differ where any number of any day does."""
        found = hashlib.sha256()
        for day in self.days:
            for record in (day.travel, day.depots, day.clients, day.vehicles, day.objective):
                for part in fields(record):
                    value = getattr(record, part.name)
                    found.update(value.tobytes() if isinstance(value, np.ndarray) else repr(value).encode())
        return found.hexdigest()[:12]


def set_apart(days: int, seed: int) -> tuple[list[int], list[int]]:
    """Return which of so many days are to learn from, and which to judge by; of a single day parts are both."""
    if days == 1:
        return [0], [0]
    order = np.random.default_rng(seed).permutation(days).tolist()
    apart = max(days // APART_OF, 1)
    return sorted(order[apart:]), sorted(order[:apart])


def parts_apart(days: Sequence[Problem], seed: int, number: int, most: int) -> list[Problem]:
    """Draw parts to judge by, as many of each day as possible; no course with another seed draws them."""
    random = np.random.default_rng((seed, 1 << 20))
    return [OwnDays((days[turn % len(days)],)).draw(random, most) for turn in range(number)]


def _part(day: Problem, chosen: IntArray) -> Problem:
    """Return the day with some of its clients only. It has no locks, groups or published plan: policies know none.

    Nor do they know hours: a leg lasts all day what it lasts at least.
    """
    clients, depots, travel = day.clients, day.depots, day.travel
    used, place = np.unique(np.concatenate((depots.location, clients.location[chosen])), return_inverse=True)
    cut = {part.name: getattr(clients, part.name)[chosen] for part in fields(clients) if part.name != "ids"}
    cut["location"] = place[len(depots.location) :]

    def between(matrices: IntArray | PlaneMatrix) -> IntArray:
        return np.stack([matrices[profile, used[:, None], used[None, :]] for profile in range(travel.profiles)])

    return replace(
        day,
        travel=Travel(
            distance=between(travel.distance),
            duration=between(travel.duration),
            coordinates=travel.coordinates[used],
        ),
        depots=replace(depots, location=place[: len(depots.location)]),
        clients=replace(clients, ids=tuple(clients.ids[c] for c in chosen.tolist()), **cut),
        locks=Locks.none(len(chosen)),
        published=Published.none(len(chosen)),
    )
