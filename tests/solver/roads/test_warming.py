"""What is warm needs nothing more compiled."""

from __future__ import annotations

import numpy as np

from solver.roads import kernels
from solver.roads.modes import Mode, ModeKind, RoadClass
from solver.roads.network import DEGREE
from solver.roads.router import Router
from solver.roads.warming import warm_roads
from tests.solver.roads.grids import grid, one_way


def compiled() -> dict[str, int]:
    """Return how often each kernel was compiled, or loaded."""
    found = {name: getattr(one, "signatures", None) for name, one in vars(kernels).items()}
    return {name: len(signatures) for name, signatures in found.items() if signatures is not None}


def test_roads_are_warm_after_warming():
    warm_roads()
    before = compiled()
    assert all(name.startswith("_") for name, number in before.items() if not number)  # kernels of kernels
    network = one_way(grid(4, 5), 3)
    for mode in (Mode(""), Mode("", ModeKind.FOOT)):
        router = Router(network, mode)
        points = network.node_place / DEGREE
        router.extended(router.matrix(points[:9]), points[:10])
        router.durations(points[:4], np.ones((3, len(RoadClass))))
        pace = np.ones(network.segments, dtype=np.float32)
        pace[:9] = 0
        closed = router.with_pace(pace)
        closed.matrix(points)
        closed.cut_off(points)
        closed.ways(points[:5], points[5:10])
        router.path(points[0], points[-1])
    assert compiled() == before
