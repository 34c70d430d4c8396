"""The comparison of solvers: what counts as an answer, and which instances a mean is over."""

from __future__ import annotations

from typing import Any

from tests.bench.compare_peers import table_of


def run(solver: str, instance: str, cost: float | None, **more: Any) -> dict[str, Any]:
    return {
        "kind": "CVRP",
        "instance": instance,
        "solver": solver,
        "budget": 1,
        "cost": cost,
        "best_known": 100,
        **more,
    }


def test_means_are_over_what_all_answered() -> None:
    runs = [
        run("hgs", "a", 110),
        run("hgs", "b", None),
        run("routewright", "a", 102, feasible=True),
        run("routewright", "b", 150, feasible=True),
        run("routewright", "c", 90, feasible=False),
    ]
    lines = table_of(runs).splitlines()
    assert lines[0] == "| kind | instance | budget | best known | routewright | hgs |"
    assert lines[2:5] == [
        "| CVRP | a | 1 s | 100 | 102 (2.00 %) | 110 (10.00 %) |",
        "| CVRP | b | 1 s | 100 | 150 (50.00 %) | – |",
        "| CVRP | c | 1 s | 100 | – | – |",
    ]
    assert lines[-1] == "| CVRP | 1 s | 1 of 3 | 2.00 %, 1 unanswered | 10.00 %, 1 unanswered |"
