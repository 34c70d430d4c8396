"""How soon the engine has a feasible plan for each of RouteFinder's 48 variants, at 100 clients.

``python -m tests.bench.bench_variants`` prints one JSON object: per variant whether the answer within `BUDGET` on
`THREADS` cores is feasible, its cost, and the milliseconds until the first plan that is; then the variant for which
that took longest.
"""

from __future__ import annotations

import json

import pytest

from solver.kernel_cache import use_kernel_cache

use_kernel_cache()  # before anything imports numba

from solver.genetic import Progress, solve, warm_up  # noqa: E402
from solver.problem import check  # noqa: E402
from tests.solver.routefinder import VARIANTS, routefinder_problem  # noqa: E402

BUDGET = 0.25
CLIENTS = 100
SEEDS = (1, 2)
THREADS = 2


def measure_variant(name: str, seed: int) -> dict[str, object]:
    """Solve one random problem of a variant within the budget."""
    problem = routefinder_problem(name, CLIENTS, seed)
    told: list[Progress] = []
    result = solve(problem, seconds=BUDGET, seed=seed, threads=THREADS, on_progress=told.append)
    feasible = (1000.0 * one.elapsed for one in told if check(problem, one.solution).feasible)
    return {
        "variant": name,
        "seed": seed,
        "feasible": result.report.feasible,
        "cost": round(result.report.costs.total),
        "milliseconds": round(1000.0 * result.elapsed, 1),
        "first feasible": round(next(feasible, 1000.0 * result.elapsed), 1),
    }


def measure() -> dict[str, object]:
    """Return the figures of all variants, the names of those without a feasible answer, and the slowest."""
    warm_up()
    rows = [measure_variant(name, seed) for name in VARIANTS for seed in SEEDS]
    return {
        "variants": rows,
        "not feasible": [row for row in rows if not row["feasible"]],
        "slowest": max(rows, key=lambda row: float(str(row["first feasible"]))),
    }


@pytest.mark.timeout(900)
def test_every_variant_is_feasible_in_time() -> None:
    figures = measure()
    print(json.dumps(figures))
    assert not figures["not feasible"]


if __name__ == "__main__":
    print(json.dumps(measure(), indent=2))
