"""How fast ways on real roads are found: matrices, new stops, closures, shapes, beside scipy's Dijkstra.

``python -m tests.bench.bench_roads [extract ...]`` prints one JSON object for each extract of the folder of extracts
(`tests.published.roads_folder`), all of them unless some are named. Times are milliseconds, the median of several
calls, of cars among two thousand places near junctions. ``kernels_compiled`` and ``kernels_loaded`` are
processor time of the first matrix and way of a process, when no compiled code is kept and when it is.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from pathlib import Path
from statistics import median

from solver.kernel_cache import VARIABLE, use_kernel_cache

use_kernel_cache()  # before anything imports numba

import numpy as np  # noqa: E402
import pytest  # noqa: E402
from scipy.sparse import csr_array  # noqa: E402
from scipy.sparse.csgraph import dijkstra  # noqa: E402

from solver.problem import UNREACHABLE  # noqa: E402
from solver.roads.modes import BUILT_IN  # noqa: E402
from solver.roads.network import DEGREE, Network  # noqa: E402
from solver.roads.order import bisected, order_segments  # noqa: E402
from solver.roads.osm import read_osm  # noqa: E402
from solver.roads.router import Router  # noqa: E402
from solver.roads.weights import FAR, TIME_SHIFT  # noqa: E402
from tests.published import roads_folder  # noqa: E402

PLACES = 2000
CAR = BUILT_IN["car"]

MOST = {"matrix_500": 200, "matrix_2000": 3000, "one_more_500": 20, "one_more_2000": 20, "closure_to_matrix_200": 200}
"""Milliseconds that are allowed in Liechtenstein."""

FIRST_CALLS = """
import time
from solver.kernel_cache import use_kernel_cache
use_kernel_cache()
from solver.roads.modes import BUILT_IN
from tests.solver.roads.grids import grid
from solver.roads.router import Router
start = time.process_time()
router = Router(grid(3, 3), BUILT_IN["car"])
router.matrix([[60.0, 25.0], [60.001, 25.001]])
router.path([60.0, 25.0], [60.001, 25.001])
print(1000 * (time.process_time() - start))
"""


def timed(call: Callable[[], object], times: int = 7) -> float:
    """Return the median of several calls, milliseconds."""
    took = []
    for _ in range(times):
        start = time.perf_counter()
        call()
        took.append(1000 * (time.perf_counter() - start))
    return round(median(took), 2)


def first_calls(folder: str | None) -> float:
    """Return what the first calls of a process take, with compiled code in a folder or where it is kept."""
    surroundings = os.environ | ({VARIABLE: folder} if folder else {})
    run = subprocess.run(
        [sys.executable, "-c", FIRST_CALLS], env=surroundings, capture_output=True, text=True, check=True
    )
    return round(float(run.stdout), 1)


def places_near(network: Network, number: int) -> np.ndarray:
    """Return places some twenty metres from junctions, shape ``(number, 2)``."""
    random = np.random.default_rng(1)
    junctions = network.node_place[random.integers(0, network.nodes, number)] / DEGREE
    return junctions + random.normal(0, 2e-4, junctions.shape)


def held(thing: object) -> int:
    """Return the bytes of all arrays of an object and of its parts."""
    if isinstance(thing, np.ndarray):
        return thing.nbytes
    if isinstance(thing, tuple):
        return sum(map(held, thing))
    if is_dataclass(thing):
        return sum(held(getattr(thing, field.name)) for field in fields(thing))
    return 0


def with_scipy(router: Router, number: int) -> float:
    """Return how long scipy takes from as many nodes to all."""
    state = router._state
    graph, able = state.ground.graph, state.turns < FAR
    weight = (state.turns[able] >> TIME_SHIFT).astype(float)
    arcs = csr_array((weight, (graph.tail[able], graph.head[able])), shape=(len(graph.edges),) * 2)
    nodes = np.random.default_rng(2).integers(0, len(graph.edges), number)
    return timed(lambda: dijkstra(arcs, indices=nodes), 1)


def grown(router: Router, places: np.ndarray, number: int) -> tuple[float, float]:
    """Return what one more place and a moved place among so many take."""
    matrix = router.matrix(places[:number])
    added, moved = [], []
    for i in range(9):
        fresh = places[i] + 1e-4
        start = time.perf_counter()
        more = router.extended(matrix, np.concatenate([matrix.points, [fresh]]))
        added.append(time.perf_counter() - start)
        other = more.points.copy()
        other[i + 1] = fresh + 1e-4
        start = time.perf_counter()
        matrix = router.extended(more, other)
        moved.append(time.perf_counter() - start)
    return round(1000 * median(added), 2), round(1000 * median(moved), 2)


def measured(path: Path) -> dict[str, object]:
    """Return the figures of an extract."""
    network = read_osm(path)
    places = places_near(network, PLACES)
    order = order_segments(network)
    router = Router(network, CAR, order=order)
    matrix = router.matrix(places)
    router.ways(places[:10], places[10:20])
    state = router._state
    pace = np.ones(network.segments, dtype=np.float32)
    pace[:20] = 0
    reached = matrix.duration < UNREACHABLE
    apart = reached & reached.T & ~np.eye(PLACES, dtype=np.bool_)
    added_500, moved_500 = grown(router, places, 500)
    added_2000, moved_2000 = grown(router, places, 2000)
    factors = np.linspace(0.5, 1, 24)[:, None] * np.ones(15)
    return {
        "extract": path.name,
        "segments": network.segments,
        "edges_of_cars": len(state.ground.graph.edges),
        "turns_of_cars": len(state.ground.graph.head),
        "arcs_of_hierarchy": len(state.ground.hierarchy.head),
        "deepest": int(state.ground.hierarchy.depth.max()),
        "order": timed(lambda: order_segments(network), 3),
        "order_by_halves": timed(lambda: bisected(network), 3),
        "router": timed(lambda: Router(network, CAR, order=order), 3),
        "another_pace": timed(lambda: router.with_pace(pace)),
        "snap_2000": timed(lambda: router.snap(places)),
        "matrix_500": timed(lambda: router.matrix(places[:500])),
        "matrix_2000": timed(lambda: router.matrix(places), 3),
        "one_more_500": added_500,
        "one_moved_500": moved_500,
        "one_more_2000": added_2000,
        "one_moved_2000": moved_2000,
        "durations_200_by_24_hours": timed(lambda: router.durations(places[:200], factors), 3),
        "closure_to_matrix_200": timed(lambda: router.with_pace(pace).matrix(places[:200])),
        "one_way": timed(lambda: router.path(places[0], places[1])),
        "ways_per_second": round(1e6 / timed(lambda: router.ways(places[:1000], places[1000:]), 3)),
        "cut_off_2000": timed(lambda: router.cut_off(places), 3),
        "scipy_500_to_all": with_scipy(router, 500),
        "share_reached": round(float(reached.mean()), 4),
        "share_asymmetric": round(float((np.abs(matrix.duration - matrix.duration.T) > 1)[apart].mean()), 4),
        "network_megabytes": round(held(network) / 1e6, 1),
        "router_megabytes": round(
            held((state.ground.graph, state.ground.hierarchy, state.metric, state.runs, state.turns)) / 1e6, 1
        ),
        "most_memory_megabytes": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3),
    }


def test_bench_roads() -> None:
    try:
        figures = measured(roads_folder() / "liechtenstein.osm.pbf")
    except FileNotFoundError as error:
        pytest.skip(str(error))
    print(json.dumps(figures))
    for name, most in MOST.items():
        took = figures[name]
        assert isinstance(took, float)
        assert took <= most, f"{name}: {took} ms, at most {most} allowed"


def main() -> None:
    """Print the figures of the extracts that are named, or of all."""
    folder = roads_folder()
    with tempfile.TemporaryDirectory() as empty:
        print(json.dumps({"kernels_compiled": first_calls(empty), "kernels_loaded": first_calls(None)}))
    for path in [folder / name for name in sys.argv[1:]] or sorted(folder.glob("*.osm.pbf")):
        print(json.dumps(measured(path), indent=2), flush=True)


if __name__ == "__main__":
    main()
