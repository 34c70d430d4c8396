"""A small selection, and outcomes of runs that never were, for the tests of this package."""

from __future__ import annotations

from typing import Any

from tests.bench.peers.outcomes import Outcome
from tests.bench.peers.selection import OURS, Group, Peer, Run, Selection

CVRP = Group(
    title="CVRP",
    kind="CVRP",
    peers=("pyvrp", "hgs", "vroom"),
    budgets=(1.0, 10.0),
    seeds=(1, 2),
    sizes={"small": ("a", "b"), "large": ("c",)},
    peak_megabytes={"c": 1500},
)
VRPTW = Group("Windows", "VRPTW", ("pyvrp",), (1.0,), (1,), {"100": ("w",)}, environment="older")

SELECTION = Selection(
    groups=(CVRP, VRPTW),
    peers={
        "pyvrp": Peer("pyvrp", "PyVRP", "pyvrp", 1),
        "hgs": Peer("hgs", "HGS-CVRP", "hygese", 1),
        "vroom": Peer("vroom", "VROOM", "pyvroom", 2, seeded=False),
    },
    environments={"peers": ("pyvrp==2", "hygese==1", "pyvroom==3"), "older": ("pyvrp==1",)},
    threads=2,
)


def outcome(
    solver: str, instance: str, cost: float | None, *, budget: float = 1.0, seed: int = 1, **more: Any
) -> Outcome:
    """Return the outcome of a run on an instance whose best-known cost is 100."""
    run = Run(more.pop("kind", "CVRP"), instance, solver, more.pop("version", "1"), budget, seed)
    settings: dict[str, Any] = {"best_known": 100.0, "seconds": budget, "date": "2026-01-02", "machine": "a machine"}
    return Outcome(run, cost=cost, **settings | more)


def ours(instance: str, cost: float | None, **more: Any) -> Outcome:
    """Return an outcome of our own engine."""
    return outcome(OURS, instance, cost, **more)
