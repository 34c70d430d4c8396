"""What the solves say of the ways to start: mean gaps, and differences on the same problems with their intervals."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from solver.init import Init
from tests.bench.starts.problems import SETS
from tests.bench.starts.rows import Row

RESAMPLES = 10_000
"""Of the bootstrap."""

CONFIDENCE = 0.95

FEWEST = 5
"""Problems below which there is no interval: resamples of fewer say too little of problems that are not among them."""

INITS = (Init.POLICY, Init.CLASSICAL, Init.RANDOM, Init.AUTO)
"""In the order in which they are shown."""

ALL = "all sizes"
"""The size of a block of all sizes."""

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Interval:
    """A mean over problems, and the interval that holds the true one in 95 of 100 cases; percent.

    ``low`` and ``high`` are None where there are too few problems.
    """

    mean: float
    low: float | None
    high: float | None

    @classmethod
    def of(cls, values: Floats) -> Interval:
        """Return the mean of some values, shape ``(problems,)``, with the percentile bootstrap of it."""
        mean = float(values.mean())
        if len(values) < FEWEST:
            return cls(mean, None, None)
        drawn = np.random.default_rng(0).integers(len(values), size=(RESAMPLES, len(values)))
        tail = 50 * (1 - CONFIDENCE)
        low, high = np.percentile(values[drawn].mean(axis=1), (tail, 100 - tail))
        return cls(mean, float(low), float(high))

    @property
    def above(self) -> bool:
        """Whether the whole interval lies above zero."""
        return self.low is not None and self.low > 0.0

    @property
    def below(self) -> bool:
        """Whether the whole interval lies below zero."""
        return self.high is not None and self.high < 0.0


@dataclass(frozen=True, eq=False)
class Block:
    """One panel within one budget.

    Parameters
    ----------
    series, size, budget
        Which one.
    inits
        Ways to start, in the order of `INITS`.
    gaps, first_gaps
        Of answers and of first plans, percent, shape ``(inits, problems)``: means over seeds.
    seconds, first_seconds
        What a call took, and when its first plan stood; means, shape ``(inits,)``.
    infeasible
        Share of answers that leave a required client out or break a rule, shape ``(inits,)``.
    """

    series: str
    size: str
    budget: float
    inits: tuple[Init, ...]
    gaps: Floats
    first_gaps: Floats
    seconds: Floats
    first_seconds: Floats
    infeasible: Floats

    @property
    def problems(self) -> int:
        """How many it is about."""
        return int(self.gaps.shape[1])

    def of(self, init: Init) -> Floats:
        """Return the gaps of one way to start, shape ``(problems,)``."""
        return np.asarray(self.gaps[self.inits.index(init)])

    def difference(self, one: Init, other: Init) -> Floats | None:
        """Return by how much the first is worse, shape ``(problems,)``; None where one was not measured."""
        if one not in self.inits or other not in self.inits:
            return None
        return self.of(one) - self.of(other)

    def auto_and_better(self) -> Floats | None:
        """Return by how much `Init.AUTO` is worse than policy or classical, whichever is better here on average.

        Where both are as good, the better one is so by chance, and auto looks a little worse than it is.
        """
        if Init.POLICY not in self.inits or Init.CLASSICAL not in self.inits:
            return None
        better = min((Init.POLICY, Init.CLASSICAL), key=lambda init: float(self.of(init).mean()))
        return self.difference(Init.AUTO, better)


def blocks_of(rows: Sequence[Row]) -> list[Block]:
    """Return a block for each panel and budget, in the order of `SETS`, then by size and budget.

    Only what was solved from every start counts: of a seed that was cut nothing does.

    Parameters
    ----------
    rows
        All of one version. A gap is to the best cost that any of them found or that is published.
    """
    by_problem: dict[tuple[str, str, str], list[Row]] = {}
    for row in rows:
        by_problem.setdefault((row.run.series, row.run.size, row.run.problem), []).append(row)
    references = {problem: _reference(same) for problem, same in by_problem.items()}

    def place(row: Row) -> tuple[int, int, str, float]:
        run = row.run
        return SETS.index(run.series), int(run.size.partition("–")[0]), run.size, run.budget

    blocks = (_block(list(same), references) for _, same in groupby(sorted(rows, key=place), place))
    return [block for block in blocks if block is not None]


def pooled(blocks: Sequence[Block]) -> list[Block]:
    """Return a block of all sizes for each set and budget, where the same ways to start were measured on all."""

    def place(block: Block) -> tuple[int, float]:
        return SETS.index(block.series), block.budget

    joined = []
    for _, group in groupby(sorted(blocks, key=place), place):
        parts = list(group)
        if len({part.inits for part in parts}) == 1:
            joined.append(_joined(parts) if len(parts) > 1 else parts[0])
    return joined


def _joined(parts: Sequence[Block]) -> Block:
    problems = [part.problems for part in parts]

    def mean(values: Sequence[Floats]) -> Floats:
        return np.average(values, axis=0, weights=problems)

    return replace(
        parts[0],
        size=ALL,
        gaps=np.concatenate([part.gaps for part in parts], axis=1),
        first_gaps=np.concatenate([part.first_gaps for part in parts], axis=1),
        seconds=mean([part.seconds for part in parts]),
        first_seconds=mean([part.first_seconds for part in parts]),
        infeasible=mean([part.infeasible for part in parts]),
    )


def _reference(rows: Sequence[Row]) -> float:
    """Return the best cost of a problem that is known."""
    known = [row.best_known for row in rows if row.best_known is not None]
    known += [row.answer.cost for row in rows if row.answer.feasible]
    return min(known or [row.answer.cost for row in rows])


def _block(rows: Sequence[Row], references: Mapping[tuple[str, str, str], float]) -> Block | None:
    inits = tuple(init for init in INITS if any(row.run.init == init for row in rows))
    solved: dict[tuple[str, int], dict[str, Row]] = {}
    for row in rows:
        solved.setdefault((row.run.problem, row.run.seed), {})[row.run.init] = row
    whole = {key: by_init for key, by_init in sorted(solved.items()) if len(by_init) == len(inits)}
    if not whole:
        return None
    run = rows[0].run
    names = [name for name, _ in whole]

    def figures(of: Callable[[Row], float]) -> Floats:
        return np.array([[of(by_init[init]) for by_init in whole.values()] for init in inits])

    def by_problem(values: Floats) -> Floats:
        return np.stack([values[:, np.array(names) == name].mean(axis=1) for name in dict.fromkeys(names)], axis=1)

    def reference(row: Row) -> float:
        return references[run.series, run.size, row.run.problem]

    return Block(
        series=run.series,
        size=run.size,
        budget=run.budget,
        inits=inits,
        gaps=by_problem(figures(lambda row: row.answer.gap(reference(row)))),
        first_gaps=by_problem(figures(lambda row: row.first.gap(reference(row)))),
        seconds=figures(lambda row: row.seconds).mean(axis=1),
        first_seconds=figures(lambda row: row.first_seconds).mean(axis=1),
        infeasible=figures(lambda row: not row.answer.feasible).mean(axis=1),
    )
