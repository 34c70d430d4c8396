"""Measure what is missing: ours alone on the machine, then the peers, those of one core side by side."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any

from solver.instances import best_known
from tests.bench.peers import machine, ours, theirs
from tests.bench.peers.environments import ensure
from tests.bench.peers.errors import MeasurementError
from tests.bench.peers.outcomes import Outcome, Record
from tests.bench.peers.selection import OURS, Group, Run, Selection, file_of, runs_of

EVALUATOR = "peers"
"""The environment whose PyVRP judges our answers; it reads every class."""

OVERHEAD = 3.0
"""Seconds that a process takes beside solving, about; only for the estimate."""


@dataclass(frozen=True)
class Campaign:
    """One measurement of a selection.

    Parameters
    ----------
    selection
        What is measured.
    instances
        Folder of instances, with a folder per kind.
    environments
        Folder of the peers' environments.
    solutions
        Folder that our solutions are written to.
    record
        What has been measured already.
    side_by_side
        How many peers of one core may run at a time.
    fresh
        Whether to measure again what has been measured.
    """

    selection: Selection
    instances: Path
    environments: Path
    solutions: Path
    record: Record
    side_by_side: int = 1
    fresh: bool = False

    def path_of(self, run: Run) -> Path:
        """Return the file of a run's instance.

        Raises
        ------
        FileNotFoundError
            If there is none.
        """
        return file_of(self.instances, run.kind, run.instance)

    def _missing(self, runs: Iterable[Run]) -> list[Run]:
        return list(runs) if self.fresh else self.record.missing(runs)

    def plan(self) -> list[tuple[Group, str, list[Run]]]:
        """Return the runs to make, per group and solver, ours first."""
        engine = ours.version()
        steps = []
        for group in self.selection.groups:
            steps.append((group, OURS, self._missing(runs_of(group, OURS, engine))))
            for peer in group.peers:
                version, seeded = self.selection.version(peer, group), self.selection.peers[peer].seeded
                steps.append((group, peer, self._missing(runs_of(group, peer, version, seeded=seeded))))
        return [step for step in steps if step[2]]

    def run(self) -> None:
        """Measure.

        Raises
        ------
        MeasurementError
            If a peer's packages cannot be installed, or our engine changes in the meantime.
        FileNotFoundError
            If an instance is missing; nothing is measured then.
        """
        steps = self.plan()
        for _, _, runs in steps:
            for run in runs:
                self.path_of(run)
        if not steps:
            return
        needed = {EVALUATOR if solver == OURS else group.environment for group, solver, _ in steps}
        pythons = {name: ensure(self.environments / name, self.selection.environments[name]) for name in sorted(needed)}
        if any(solver == OURS for _, solver, _ in steps):
            ours.warm()
        print(f"{sum(len(runs) for *_, runs in steps)} runs, about {_minutes(self._estimate(steps))}", file=sys.stderr)
        for group, solver, runs in steps:
            if solver == OURS:
                self._measure_ours(runs, pythons[EVALUATOR])
            else:
                self._measure_theirs(runs, pythons[group.environment])

    def _side_by_side(self, solver: str) -> int:
        alone = solver == OURS or self.selection.peers[solver].cores > 1
        return 1 if alone else self.side_by_side

    def _estimate(self, steps: Sequence[tuple[Group, str, list[Run]]]) -> float:
        return sum(sum(run.budget + OVERHEAD for run in runs) / self._side_by_side(solver) for _, solver, runs in steps)

    def _measure_ours(self, runs: Sequence[Run], python: Path) -> None:
        for _, same in groupby(runs, key=lambda run: run.instance):
            outcomes, solutions = [], {}
            for seed, of_seed in groupby(same, key=lambda run: run.seed):
                folder = self.solutions / f"seed-{seed}"
                chosen = list(of_seed)
                path = self.path_of(chosen[0])
                rows = ours.measure(path, [run.budget for run in chosen], seed, self.selection.threads, folder)
                for run, row in zip(chosen, rows, strict=True):
                    outcomes.append(self._outcome(run, row))
                    if row.get("feasible"):
                        solutions[run] = folder / run.kind / f"{run.instance}-{run.budget:g}s.sol"
                if ours.version() != chosen[0].version:
                    raise MeasurementError("the engine changed while it was measured: run the same command again")
            faults = theirs.evaluate(python, self.instances, list(solutions.values()))
            self._keep(_judged(outcome, solutions, faults) for outcome in outcomes)

    def _measure_theirs(self, runs: Sequence[Run], python: Path) -> None:
        def measure(run: Run) -> Outcome:
            return self._outcome(run, theirs.measure(python, run.solver, self.path_of(run), run.budget, run.seed))

        with ThreadPoolExecutor(self._side_by_side(runs[0].solver)) as pool:
            try:
                for done in as_completed([pool.submit(measure, run) for run in runs]):
                    self._keep([done.result()])
            except BaseException:
                pool.shutdown(cancel_futures=True)
                raise

    def _outcome(self, run: Run, row: Mapping[str, Any]) -> Outcome:
        return Outcome(
            run,
            date=date.today().isoformat(),
            machine=machine.description(),
            cost=row.get("cost") if row.get("feasible", True) else None,
            best_known=best_known(self.path_of(run), run.kind),
            seconds=row.get("seconds"),
            error=row.get("error", ""),
            first_feasible_seconds=row.get("first_feasible_seconds"),
            peak_megabytes=row.get("peak_megabytes"),
            trace=tuple((seconds, cost) for seconds, cost in row.get("trace", ())),
            at_a_time=self._side_by_side(run.solver),
        )

    def _keep(self, outcomes: Iterable[Outcome]) -> None:
        kept = list(outcomes)
        self.record.add(kept)
        for outcome in kept:
            print(_told(outcome), file=sys.stderr, flush=True)


def _judged(outcome: Outcome, solutions: Mapping[Run, Path], faults: Mapping[Path, list[str]]) -> Outcome:
    """Return an outcome of ours with PyVRP's verdict: a cost that is not confirmed does not count."""
    if outcome.run not in solutions:
        return outcome
    against = faults[solutions[outcome.run]]
    if not against:
        return replace(outcome, evaluated=True)
    return replace(outcome, evaluated=False, cost=None, error=f"PyVRP refuses it: {', '.join(against)}")


def _told(outcome: Outcome) -> str:
    run, gap = outcome.run, outcome.gap
    came = outcome.error or ("infeasible" if outcome.cost is None else f"{outcome.cost:.0f}")
    alarm = "!!! " if outcome.evaluated is False else ""
    percent = "" if gap is None else f" ({gap:.2f} %)"
    return f"{alarm}{run.kind} {run.instance} {run.solver} {run.budget:g} s seed {run.seed}: {came}{percent}"


def _minutes(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 120 else f"{seconds / 60:.0f} min"
