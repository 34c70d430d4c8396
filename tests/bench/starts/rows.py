"""What single solves came to, and the file that keeps them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass

import numpy as np
from numpy.typing import NDArray

from solver.problem import Problem, Report
from solver.problem.report import Rule
from tests.bench.peers.outcomes import Lines

MOST = 100.0
"""Percent: no gap counts more, and an answer that breaks a rule counts no less."""


@dataclass(frozen=True, order=True)
class Run:
    """One solve; with the same version it need not be repeated.

    Parameters
    ----------
    series, size, problem
        Which set, which panel of it, and which problem there.
    seed
        Of the search.
    budget
        Seconds.
    init
        What was asked to build the first plans.
    threads
        Islands.
    version
        Digest of the engine and its policy.
    """

    series: str
    size: str
    problem: str
    seed: int
    budget: float
    init: str
    threads: int
    version: str


@dataclass(frozen=True)
class Price:
    """What a plan costs as the search counts it.

    Parameters
    ----------
    cost
        Cost by `check`, and for each required client that is left out what its absence costs the search: more than
        any detour.
    missing
        How many those are.
    broken
        Whether it breaks any other rule.
    """

    cost: float
    missing: int
    broken: bool

    @classmethod
    def of(cls, problem: Problem, absent_cost: NDArray[np.float64], report: Report) -> Price:
        """Price a checked plan.

        Parameters
        ----------
        problem
            What it solves.
        absent_cost
            Shape ``(clients,)``; see `solver.search.data`.
        report
            Of `check`.
        """
        missing = [client for client in report.unserved if problem.must_serve[client]]
        broken = any(violation.rule != Rule.UNSERVED for violation in report.violations)
        return cls(report.costs.total + float(absent_cost[missing].sum()), len(missing), broken)

    @property
    def feasible(self) -> bool:
        """Whether nothing is broken and nobody missing."""
        return not self.missing and not self.broken

    def gap(self, reference: float) -> float:
        """Return how many percent it lies above a reference, at most `MOST`."""
        return MOST if self.broken else min(100.0 * (self.cost / reference - 1.0), MOST)


@dataclass(frozen=True)
class Row:
    """What one solve came to.

    Parameters
    ----------
    run
        Which one.
    date, machine
        When and where.
    by
        What built the first plan.
    first_seconds, first
        When the first plan stood, and its price.
    seconds, answer
        What the call took, its last check included, and the price of its answer.
    iterations
        Ruins and recreations, all islands together.
    best_known
        Published cost, if there is one.
    """

    run: Run
    date: str
    machine: str
    by: str
    first_seconds: float
    first: Price
    seconds: float
    answer: Price
    iterations: int
    best_known: float | None = None


def as_line(row: Row) -> str:
    """Return a row as a line of JSON."""
    told = asdict(row)
    return json.dumps(told.pop("run") | told)


def from_line(line: str) -> Row:
    """Read a line again.

    Raises
    ------
    ValueError, KeyError, TypeError
        If it is not a whole one.
    """
    told = json.loads(line)
    run = Run(**{key: told.pop(key) for key in Run.__dataclass_fields__})
    return Row(run, first=Price(**told.pop("first")), answer=Price(**told.pop("answer")), **told)


class Rows(Lines):
    """The file of all solves so far, a line each."""

    def read(self) -> list[Row]:
        """Return all rows in their order; a line that was cut is skipped."""
        rows = []
        for line in self.lines:
            try:
                rows.append(from_line(line))
            except (ValueError, KeyError, TypeError):
                continue
        return rows

    def latest(self) -> list[Row]:
        """Return the rows of the version, and the number of threads, that were measured last."""
        rows = self.read()
        return [row for row in rows if _measured_alike(row.run, rows[-1].run)]

    def add(self, rows: Iterable[Row]) -> None:
        """Append rows, to the file at once."""
        self.append(as_line(row) for row in rows)


def _measured_alike(one: Run, other: Run) -> bool:
    return (one.version, one.threads) == (other.version, other.threads)
