"""Solve what has not been solved yet: each problem within each budget from each start, one after the other."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product, zip_longest
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from solver.genetic import Progress, solve, warm_up
from solver.init import Init
from solver.policy import days
from solver.policy.plans import warm_rollouts
from solver.policy.shipped import load_policy
from solver.search.data import make_data
from tests.bench.peers import machine, ours
from tests.bench.peers.errors import MeasurementError
from tests.bench.starts.problems import Panel, Task
from tests.bench.starts.rows import Price, Row, Rows, Run

WARMING = 0.05
"""Seconds of the solves that are not measured, before all others."""

OVERHEAD = 0.05
"""Seconds that a solve takes beyond its budget, about: the start of a large problem, and checks. For the estimate."""


@dataclass(frozen=True)
class Campaign:
    """One measurement.

    Parameters
    ----------
    panels
        What is solved.
    budgets
        Seconds.
    seeds
        Of the search.
    inits
        What builds the first plans.
    threads
        Islands.
    rows
        What has been measured already.
    """

    panels: Sequence[Panel]
    budgets: Sequence[float]
    seeds: Sequence[int]
    inits: Sequence[Init]
    threads: int
    rows: Rows

    def run(self) -> None:
        """Measure.

        Raises
        ------
        MeasurementError
            If the policy's weights change in the meantime.
        WeightsError
            If there are none.
        """
        weights = load_policy()
        steps = self.plan(version())
        runs = [run for *_, missing in steps for run in missing]
        print(f"{len(runs)} solves, about {_minutes(runs)} and the loading of kernels", file=sys.stderr, flush=True)
        if runs:
            self._warm()
        for panel, name, missing in steps:
            task = panel.makers[name]()
            absent_cost = make_data(task.problem).absent_cost
            for run in missing:
                if load_policy() is not weights:
                    raise MeasurementError("the policy changed while it was measured: run the same command again")
                self.rows.add([_measured(run, task, absent_cost)])
            print(f"{panel.series} {panel.size} {name}: {len(missing)} solves", file=sys.stderr, flush=True)

    def plan(self, version: str) -> list[tuple[Panel, str, list[Run]]]:
        """Return what is missing of each problem: the first of all panels, then the second, so that a cut is even."""
        done = {row.run for row in self.rows.read()}
        numbered = zip_longest(*([(panel, name) for name in panel.makers] for panel in self.panels))
        steps = []
        for number, row in enumerate(numbered):
            for panel, name in filter(None, row):
                missing = [run for run in self._runs(panel, name, number, version) if run not in done]
                if missing:
                    steps.append((panel, name, missing))
        return steps

    def _runs(self, panel: Panel, name: str, number: int, version: str) -> Iterator[Run]:
        """Yield the runs of a problem: one start after the other, so that a busy machine is busy for all of them."""
        for (turn, seed), (place, budget) in product(enumerate(self.seeds), enumerate(self.budgets)):
            first = (number + turn + place) % len(self.inits)  # and none is always the first
            for init in (*self.inits[first:], *self.inits[:first]):
                yield Run(panel.series, panel.size, name, seed, budget, init.value, self.threads, version)

    def _warm(self) -> None:
        """Load every kernel, and solve one problem of each panel from each start."""
        warm_up()
        warm_rollouts()
        for panel in self.panels:
            problem = next(iter(panel.makers.values()))().problem
            for init in self.inits:
                solve(problem, seconds=WARMING, threads=self.threads, init=init)


def version() -> str:
    """Return a digest of what decides over an answer, and of what draws days."""
    drawn = hashlib.sha256(Path(days.__file__).read_bytes())
    return f"{ours.version()}-{drawn.hexdigest()[:4]}"


def _measured(run: Run, task: Task, absent_cost: NDArray[np.float64]) -> Row:
    told: list[Progress] = []
    result = solve(
        task.problem,
        seconds=run.budget,
        seed=run.seed,
        threads=run.threads,
        init=Init(run.init),
        on_progress=told.append,
    )
    first = Price.of(task.problem, absent_cost, told[0].report())
    return Row(
        run,
        date=date.today().isoformat(),
        machine=machine.description(),
        by=str(result.first.by),
        first_seconds=round(result.first.seconds, 5),
        first=first,
        seconds=round(result.elapsed, 5),
        answer=Price.of(task.problem, absent_cost, result.report),
        iterations=result.iterations,
        best_known=task.best_known,
    )


def _minutes(runs: Sequence[Run]) -> str:
    seconds = sum(run.budget + OVERHEAD for run in runs)
    return f"{seconds:.0f} s" if seconds < 120 else f"{seconds / 60:.0f} min"
