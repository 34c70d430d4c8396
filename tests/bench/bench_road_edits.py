"""How fast edits become problems of the engine where travel is by roads: closures, new stops, and hours.

``python -m tests.bench.bench_road_edits [extract ...]`` prints one JSON object for each extract of the folder of
extracts (`tests.published.roads_folder`) and each number of customers. Times are milliseconds from the changed scenario
to the compiled problem, the median of several edits, with a car, a van and a truck, so with three matrices. ``hours``
is the problem with speeds by the hour in place of one without.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterable
from dataclasses import replace
from statistics import median

from solver.kernel_cache import use_kernel_cache

use_kernel_cache()  # before anything imports numba

import numpy as np  # noqa: E402
import pytest  # noqa: E402
from numpy.typing import NDArray  # noqa: E402

from app.model.compile import compile_scenario  # noqa: E402
from app.model.road_library import NoNetworks, use_library  # noqa: E402
from app.model.scenario import Customer, Depot, Point, Scenario, Settings, TravelSource, Vehicle, Zone  # noqa: E402
from app.model.traffic import Traffic  # noqa: E402
from app.model.unreached import unreached  # noqa: E402
from solver.roads.network import DEGREE, Network  # noqa: E402
from solver.roads.osm import read_osm  # noqa: E402
from tests.published import roads_folder  # noqa: E402

SIZES = (200, 500)
EDITS = 7

MOST = {200: {"closure": 200.0, "stop": 50.0}, 500: {"closure": 500.0, "stop": 100.0}}
"""Milliseconds that are allowed in Liechtenstein, by the number of customers."""


class One(NoNetworks):
    """A library of one network, with its order."""

    def __init__(self, network: Network) -> None:
        self._network, self._order = network, np.empty(0, dtype=np.int32)

    def has(self, key: str) -> bool:
        return True

    def network(self, key: str) -> Network:
        return self._network

    def order(self, key: str) -> NDArray[np.int32] | None:
        return self._order if len(self._order) else None

    def keep_order(self, key: str, order: NDArray[np.int32]) -> None:
        self._order = order


def day(network: Network, name: str, size: int) -> Scenario:
    """Return customers near junctions that were drawn by lot, and a depot at another one."""
    random = np.random.default_rng(1)
    nodes = random.choice(network.nodes, size + 1, replace=False)
    depot, *others = (network.node_place[nodes] / DEGREE + random.normal(0, 2e-4, (size + 1, 2))).tolist()
    return Scenario(
        depots={"D": Depot("D", "", *depot)},
        vehicles={
            key: Vehicle(key, key, 5, (1000.0,), "D", "D", profile=key) for key in ("car", "van", "truck")
        },
        customers={f"C{at}": Customer(f"C{at}", "", *place, demand=(1.0,)) for at, place in enumerate(others)},
        settings=Settings(travel=TravelSource.ROADS, network=name),
    )  # fmt: skip


def around(place: Point, size: float) -> tuple[Point, ...]:
    """Return a square around a place, half as wide as so many degrees."""
    lat, lon = place
    return ((lat - size, lon - size), (lat - size, lon + size), (lat + size, lon + size), (lat + size, lon - size))


def compiled(scenario: Scenario) -> float:
    """Return how long a scenario takes to compile, milliseconds."""
    start = time.perf_counter()
    compile_scenario(scenario)
    return 1000 * (time.perf_counter() - start)


def closed(scenario: Scenario, number: int) -> Scenario:
    """Close the roads around a customer."""
    one = scenario.customers[f"C{number}"]
    ring = around((one.lat, one.lon), 8e-4 + 1e-5 * number)
    return replace(scenario, zones={"Z": Zone("Z", "", ring, pace=0.0)})


def grown(scenario: Scenario) -> Iterable[Scenario]:
    """Yield the scenario with one more customer each time."""
    for number in range(EDITS):
        one = scenario.customers[f"C{number}"]
        new = replace(one, id=f"N{number}", lat=one.lat + 1e-3, lon=one.lon - 1e-3)
        scenario = replace(scenario, customers={**scenario.customers, new.id: new})
        yield scenario


def measured(network: Network, name: str, size: int) -> dict[str, object]:
    """Return all figures of one network and size."""
    use_library(One(network))
    scenario = day(network, name, size)
    first = compiled(scenario)
    start = time.perf_counter()
    cut_off = len(unreached(scenario))
    asked = 1000 * (time.perf_counter() - start)
    figures = {
        "first": first,
        "unreached": asked,
        "closure": median(compiled(closed(scenario, number)) for number in range(EDITS)),
        "reopened": compiled(scenario),
        "stop": median(map(compiled, grown(scenario))),
        "hours": compiled(replace(scenario, settings=replace(scenario.settings, traffic=Traffic()))),
    }
    rounded = {key: round(value, 1) for key, value in figures.items()}
    return {"extract": name, "customers": size, "cut_off": cut_off, **rounded}


@pytest.mark.parametrize("size", SIZES)
def test_edits_on_roads_are_quick(size: int) -> None:
    try:
        path = roads_folder() / "liechtenstein.osm.pbf"
    except FileNotFoundError as error:
        pytest.skip(str(error))
    network = read_osm(path)
    measured(network, "liechtenstein", 50)  # loads kernels
    figures = measured(network, "liechtenstein", size)
    for key, most in MOST[size].items():
        assert float(str(figures[key])) < most, figures


def main(names: list[str]) -> None:
    """Print the figures of some extracts, or of all."""
    folder = roads_folder()
    for path in [folder / name for name in names] or sorted(folder.glob("*.osm.pbf")):
        network, name = read_osm(path), path.name.partition(".")[0]
        measured(network, name, 50)  # loads kernels
        for size in SIZES:
            print(json.dumps(measured(network, name, size)), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
