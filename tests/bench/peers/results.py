"""The outcomes of one class, and their means."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from statistics import fmean

from tests.bench.peers.outcomes import Outcome
from tests.bench.peers.selection import OURS, Group


class Results:
    """Outcomes of one group, and what they come to."""

    def __init__(self, group: Group, outcomes: Iterable[Outcome]) -> None:
        self.group = group
        self._outcomes = [
            outcome
            for outcome in outcomes
            if outcome.run.kind == group.kind
            and outcome.run.instance in group.instances
            and outcome.run.seed in group.seeds
            and outcome.run.budget in group.budgets
        ]

    def of(self, solver: str, budget: float | None = None, instance: str | None = None) -> list[Outcome]:
        """Return the outcomes of a solver, within one budget and of one instance if these are given."""
        return [
            outcome
            for outcome in self._outcomes
            if outcome.run.solver == solver
            and (budget is None or outcome.run.budget == budget)
            and (instance is None or outcome.run.instance == instance)
        ]

    def gap(self, solver: str, budget: float, instance: str) -> float | None:
        """Return the mean gap over the seeds, percent; None without an answer."""
        gaps = [outcome.gap for outcome in self.of(solver, budget, instance) if outcome.gap is not None]
        return fmean(gaps) if gaps else None

    def gaps(self, solver: str, budget: float) -> dict[str, float]:
        """Return the mean gap of each instance that was answered, percent."""
        found = {instance: self.gap(solver, budget, instance) for instance in self.group.instances}
        return {instance: gap for instance, gap in found.items() if gap is not None}

    def instances(self, budget: float) -> int:
        """Return how many instances somebody has run within a budget."""
        return len({outcome.run.instance for outcome in self._outcomes if outcome.run.budget == budget})

    def only(self, instances: Sequence[str]) -> Results:
        """Return the results on some of the instances."""
        return Results(replace(self.group, sizes={"": tuple(instances)}), self._outcomes)

    @property
    def solvers(self) -> list[str]:
        """Who has outcomes, ours first."""
        return [solver for solver in (OURS, *self.group.peers) if self.of(solver)]
