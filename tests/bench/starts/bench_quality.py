"""How good rollouts are before any search, on the X instances, which no policy has learned from.

``python -m tests.bench.starts quality`` prints a table of gaps to the best-known cost: of the greedy rollout, of the
best of all, of the best once each has had one pass of local search; and of the classical start beside them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from statistics import fmean

import pytest

from solver.genetic.island import Island, solution_of
from solver.init import ROLLOUTS
from solver.policy.plans import roll_out
from solver.policy.rollout import ROUTES
from solver.policy.shipped import load_policy
from solver.policy.weights import Weights
from solver.policy.world import make_world
from solver.problem import Problem, check
from solver.search.data import make_data
from tests.bench.peers.tables import percent, table
from tests.bench.starts.problems import panels

BARS = {"greedy": 9.0, "best": 7.0, "polished": 4.0}
"""Percent that a mean gap may come to."""

TITLES = {
    "greedy": "greedy",
    "best": f"best of {ROLLOUTS}",
    "polished": f"best of {ROLLOUTS}, local search",
    "classical": "classical",
    "classical_polished": "classical, local search",
}


@dataclass(frozen=True)
class Quality:
    """Costs, or gaps in percent, of one problem or on average."""

    greedy: float
    best: float
    polished: float
    classical: float
    classical_polished: float


def measure(folder: Path, seed: int = 1) -> Iterator[tuple[str, Quality]]:
    """Yield the gaps of each X instance, percent.

    Parameters
    ----------
    folder
        Of instances.
    seed
        Of sampled rollouts and of the local search.
    """
    weights = load_policy()
    for panel in panels(["x"], (), 99, folder):
        for name, make in panel.makers.items():
            task = make()
            known = task.best_known
            assert known is not None, f"{name} has no best-known cost"
            costs = costs_of(task.problem, weights, seed)
            yield name, Quality(*(100 * (cost / known - 1) for cost in _values(costs)))


def costs_of(problem: Problem, weights: Weights, seed: int) -> Quality:
    """Return what the starts of a problem cost as `check` has it; infinite where one breaks a rule."""
    data = make_data(problem)
    rollouts = list(roll_out(make_world(data), weights, ROLLOUTS, seed))
    fewest = int(min(rollout.number[ROUTES] for rollout in rollouts))
    island = Island(data, seed)

    def cost() -> float:
        report = check(problem, solution_of(data, island.best))
        return report.costs.total if report.feasible else float("inf")

    raw, polished = [], []
    for rollout in rollouts:
        island.start_from(rollout)
        raw.append(cost())
        island.polish(fewest)
        polished.append(cost())
    island.start(None)
    classical = cost()
    island.finish()
    return Quality(raw[0], min(raw), min(polished), classical, cost())


def mean(measured: Sequence[Quality]) -> Quality:
    """Return the mean of each figure."""
    return Quality(*map(fmean, zip(*map(_values, measured), strict=True)))


def _values(quality: Quality) -> list[float]:
    return [getattr(quality, field.name) for field in fields(quality)]


def table_of(measured: Sequence[tuple[str, Quality]]) -> str:
    """Return the gaps as a Markdown table, the mean and what it may come to below them."""
    rows = [[name, *map(percent, _values(gaps))] for name, gaps in measured]
    rows.append(["mean", *map(percent, _values(mean([gaps for _, gaps in measured])))])
    rows.append(["at most", *(percent(BARS.get(name)) for name in TITLES)])
    return table(["instance", *TITLES.values()], rows)


@pytest.mark.timeout(900)
def test_rollouts_are_good(requires_instances: Path) -> None:
    measured = list(measure(requires_instances))
    print(table_of(measured))
    on_average = mean([gaps for _, gaps in measured])
    assert {name: getattr(on_average, name) for name in BARS if getattr(on_average, name) > BARS[name]} == {}
