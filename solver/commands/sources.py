"""Where the problems of a course come from: generated days, days of a generated city, or days of one's own."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

    from solver.policy.reinforcement import DrawProblem
    from solver.problem import Problem

APART, APART_CLIENTS = 32, 100
"""Problems set apart to judge by, and the clients of generated ones."""

GENERATED = 2_000_000
"""Rollouts on generated days, where nothing else is said."""


@dataclass(frozen=True)
class Source:
    """Problems to learn from, and others to judge by.

    Parameters
    ----------
    draw
        Draws the first.
    apart
        The others, each with the cost that it is compared with: that of a plan without a policy and without a search.
    days
        What is drawn from, in words that change with it.
    sizes
        Clients of the problems, or none to let them grow.
    rollouts
        How many to learn from, where nothing else is said.
    """

    draw: DrawProblem
    apart: Sequence[tuple[Problem, float]]
    days: str
    sizes: tuple[int, ...]
    rollouts: int


def generated_days(mix: str, seed: int, sizes: tuple[int, ...], city: int | None = None, share: float = 1.0) -> Source:
    """Return a source of generated days, each of another city but for those of a chosen one.

    Parameters
    ----------
    mix
        "rich" or "plain".
    seed
        Of the days set apart.
    sizes
        Clients, or none to let them grow.
    city
        Seed of the chosen city, None for none.
    share
        Of the days that are of it, up to 1.
    """
    import numpy as np

    from solver.policy.days import PLAIN, RICH, City, draw_day

    mixes = (PLAIN,) if mix == "plain" else RICH
    known = None if city is None else City.draw(np.random.default_rng(city))

    def draw(random: np.random.Generator, clients: int) -> Problem:
        drawn = draw_day if known is None or random.random() >= share else known.day
        return drawn(random, clients, mixes[random.integers(len(mixes))])

    random = np.random.default_rng((seed, 1 << 20))  # no course with another seed draws from it
    apart = [draw(random, APART_CLIENTS) for _ in range(APART)]
    days = f"{mix} days" if city is None else f"{mix} days, {share:g} of them of city {city}"
    return Source(draw, _priced(apart), days, sizes, GENERATED)


def own_days(days: Sequence[tuple[str, Problem]], seed: int, sizes: tuple[int, ...]) -> Source | None:
    """Return a source of parts of days; say which days are of no use, and return None when none is of any.

    Parameters
    ----------
    days
        Names and problems.
    seed
        Of what is set apart.
    sizes
        Clients of a part at most, the largest for those set apart; none for the usual.
    """
    from solver.policy.own_days import MOST_CLIENTS, OwnDays, parts_apart, set_apart

    useful = []
    for name, problem in days:
        reason = _refusal(problem)
        if reason:
            print(f"{name} is left out: {reason}", file=sys.stderr)
        else:
            useful.append((name, problem))
    if not useful:
        print("there is no day to learn from", file=sys.stderr)
        return None
    learned, apart = set_apart(len(useful), seed)
    judges = "other parts of it" if learned == apart else ", ".join(useful[number][0] for number in apart)
    print(f"{len(learned)} of {len(useful)} days to learn from; to judge by: {judges}")
    sizes = sizes or (MOST_CLIENTS,)
    parts = parts_apart([useful[number][1] for number in apart], seed, APART, max(sizes))
    digest = OwnDays(tuple(problem for _, problem in useful)).digest()
    own = OwnDays(tuple(useful[number][1] for number in learned))
    return Source(own.draw, _priced(parts), f"own days {digest}", sizes, 100_000)


def _refusal(problem: Problem) -> str:
    """Return why nothing can be learned from a day, or nothing when something can."""
    from solver.policy.world import ForeignError, make_world
    from solver.search.data import make_data

    try:
        make_world(make_data(problem))
    except ForeignError as error:
        return f"a policy does not know {error}"
    return "" if _priced([problem]) else "the best plan of it costs nothing"


def _priced(problems: Sequence[Problem]) -> list[tuple[Problem, float]]:
    """Add what a first plan costs; what costs nothing is left out, as there is no ratio to it."""
    from solver.genetic.island import Island
    from solver.search.data import make_data

    priced = []
    for problem in problems:
        island = Island(make_data(problem), 1)
        island.start(None)
        if island.cost > 0:
            priced.append((problem, island.cost))
    return priced
