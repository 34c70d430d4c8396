"""Examples to imitate: problems that are drawn by their number, and a good plan of each.

To find a plan takes a thousand times as long as to draw its problem. So plans are kept in a file, a line each, from
which a course that was cut goes on, and problems are drawn anew whenever they are needed.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from solver.policy.reinforcement import DrawProblem
from solver.problem import Problem, Solution

SIZES = (50, 100)
"""Clients of examples, where nothing else is said."""

AT_ONCE = 16
"""Plans that are asked for before the file is written and anyone may stop."""

_STREAM = 1 << 21  # no step of a course has this number, so what it draws is not what an example is

Expert = Callable[[Problem], Solution]
"""Makes a good plan of a problem."""


class ExamplesError(ValueError):
    """A file of examples cannot be used; the message says why."""


@dataclass(frozen=True, slots=True)
class Examples:
    """Problems and plans.

    Parameters
    ----------
    number
        How many there shall be.
    draw
        Draws the problems.
    seed
        Of the problems.
    sizes
        Clients of the problems.
    days
        What is drawn from, in words: with the same words, seed and sizes the problems are the same.
    plans
        A plan of each problem from number 0 on, as far as there are any.
    """

    number: int
    draw: DrawProblem
    seed: int
    sizes: tuple[int, ...] = SIZES
    days: str = ""
    plans: list[Solution] = field(default_factory=list)

    def problem(self, number: int) -> Problem:
        """Return the problem of a number."""
        random = np.random.default_rng((self.seed, _STREAM, number))
        return self.draw(random, int(random.choice(self.sizes)))

    def load(self, path: Path) -> None:
        """Take in the plans of a file, and cut off the line in which its writer was interrupted.

        Raises
        ------
        ExamplesError
            If they are plans of other problems, or a line cannot be read.
        """
        text = path.read_text(encoding="utf-8")
        whole = text[: text.rfind("\n") + 1]
        if whole != text:
            path.write_text(whole, encoding="utf-8")
        head, *lines = whole.splitlines() or [self._head()]
        if head != self._head():
            raise ExamplesError(f"{path} holds examples of other problems: {head}, expected {self._head()}")
        for number, line in enumerate(lines[: self.number]):
            try:
                self.plans.append(_plan_of(line))
            except (ValueError, TypeError) as error:
                raise ExamplesError(f"{path}, line {number + 2}: expected routes such as [[0, [3, 1]]]") from error

    def make(self, expert: Expert, path: Path, pool: ThreadPoolExecutor) -> Iterator[int]:
        """Add the plans that are missing, and write each to a file; yield how many there are now and then.

        Parameters
        ----------
        expert
            Makes the plans.
        path
            The file; it is made if it is not there.
        pool
            Threads that the expert works in.
        """
        if not path.exists() or not path.stat().st_size:
            path.write_text(self._head() + "\n", encoding="utf-8")
        while len(self.plans) < self.number:
            have = len(self.plans)
            numbers = range(have, min(have + AT_ONCE, self.number))
            made = list(pool.map(lambda number: expert(self.problem(number)), numbers))
            with open(path, "a", encoding="utf-8") as file:
                file.writelines(_line_of(plan) for plan in made)
            self.plans.extend(made)
            yield len(self.plans)

    def _head(self) -> str:
        return json.dumps({"seed": self.seed, "sizes": self.sizes, "days": self.days})


def _line_of(plan: Solution) -> str:
    return json.dumps([[route.vehicle_type, route.clients] for route in plan.routes]) + "\n"


def _plan_of(line: str) -> Solution:
    return Solution.of((kind, clients) for kind, clients in json.loads(line))
