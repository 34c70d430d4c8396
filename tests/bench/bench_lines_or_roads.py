"""What it costs to plan a day on straight lines when it is driven on roads.

``python -m tests.bench.bench_lines_or_roads`` draws days on the streets of an extract of OpenStreetMap, plans each
twice for the same time with the same engine, once by great circle and once by roads, and evaluates both plans on roads.
The straight lines get every chance: their detour factor and their speed are those that fit the roads of that day best.
It prints a JSON object per extract: means over the days of cost, hours and kilometres, late customers and minutes late,
and the share of pairs of places whose two directions differ.
"""

from __future__ import annotations

import json
from dataclasses import replace
from random import Random
from typing import Any

import numpy as np
import pytest

from app.model.compile import compile_scenario
from app.model.road_library import use_library
from app.model.scenario import Customer, Depot, Scenario, Settings, TravelSource, Vehicle
from solver.genetic import solve
from solver.kernel_cache import use_kernel_cache
from solver.problem import UNREACHABLE, Problem, Rule, Solution, check
from solver.roads.network import DEGREE, Network
from solver.roads.osm import read_osm
from tests.app.model.fake_roads import FakeLibrary
from tests.published import roads_folder

EXTRACTS = ("helsinki-centre", "liechtenstein")
DAYS = 5
CUSTOMERS = 100
SECONDS = 5.0
WINDOW = 90 * 60
"""Length of the promise that every second customer has, seconds."""


def day(network: Network, seed: int) -> Scenario:
    """Return customers beside streets, half of them with a promise; vans enough."""
    random = Random(seed)
    streets = np.flatnonzero((network.access[:, 0] & 1) & (network.access[:, 1] & 1) & (network.restricted == 0))

    def place() -> tuple[float, float]:
        segment = int(random.choice(streets))
        corner = network.shape[random.randrange(network.segment_shape[segment], network.segment_shape[segment + 1])]
        return round(float(corner[0]) / DEGREE, 6), round(float(corner[1]) / DEGREE, 6)

    customers = {}
    for number in range(CUSTOMERS):
        start = random.randrange(8 * 3600, 15 * 3600, 900)
        lat, lon = place()
        customers[f"C{number}"] = Customer(
            f"C{number}",
            lat=lat,
            lon=lon,
            demand=(float(random.randint(1, 9)),),
            service=180,
            windows=((start, start + WINDOW),) if number % 2 else (),
        )
    lat, lon = place()
    van = Vehicle(
        "van", count=20, capacity=(100.0,), start_depot="D", end_depot="D", fixed_cost=40, cost_per_km=0.4,
        cost_per_hour=28, shift=(8 * 3600, 17 * 3600), profile="van",
    )  # fmt: skip
    return Scenario({"D": Depot("D", lat=lat, lon=lon)}, {"van": van}, customers)


def by_roads(scenario: Scenario, network: str) -> Scenario:
    """Return the scenario with its travel by roads, its depot where most places can be reached, and only these."""
    roads = replace(scenario, settings=Settings(travel=TravelSource.ROADS, network=network))
    reached = np.asarray(compile_scenario(roads).travel.distance)[0] < UNREACHABLE
    both = reached & reached.T
    hub = int(both.sum(axis=1).argmax())
    places = [*roads.depots.values(), *roads.customers.values()]
    depot = replace(roads.depots["D"], lat=places[hub].lat, lon=places[hub].lon)
    kept = {one.id: one for one, near in zip(roads.customers.values(), both[hub, 1:], strict=True) if near}
    return replace(roads, depots={"D": depot}, customers=kept)


def fitted(lines: Scenario, roads: Problem) -> Scenario:
    """Return the scenario by great circle, with the detour and the speed that fit its roads best."""
    metres, seconds = np.asarray(roads.travel.distance)[0], np.asarray(roads.travel.duration)[0]
    straight = compile_scenario(replace(lines, settings=Settings(detour=1.0)))
    known = (metres > 0) & (metres < UNREACHABLE)
    detour = float(metres[known].sum() / np.asarray(straight.travel.distance)[0][known].sum())
    speed = float(metres[known].sum() / seconds[known].sum() * 3.6)
    vehicles = {key: replace(one, speed=speed) for key, one in lines.vehicles.items()}
    return replace(lines, vehicles=vehicles, settings=Settings(detour=detour))


def measure(extract: str, days: int = DAYS, seconds: float = SECONDS) -> dict[str, Any]:
    """Return the means over some days on an extract."""
    network = read_osm(roads_folder() / f"{extract}.osm.pbf")
    before = use_library(FakeLibrary(**{extract: network}))
    try:
        figures: dict[str, list[dict[str, float]]] = {"lines": [], "roads": []}
        asymmetric: list[float] = []
        for seed in range(days):
            roads = by_roads(day(network, seed), extract)
            problem = compile_scenario(roads)
            lines = compile_scenario(fitted(replace(roads, settings=Settings()), problem))
            duration = np.asarray(problem.travel.duration)[0]
            asymmetric.append(float((duration != duration.T).sum() / (duration.size - len(duration))))
            for name, planned in (("lines", lines), ("roads", problem)):
                solution = solve(planned, seconds=seconds, seed=seed).solution
                figures[name].append(_of_plan(problem, solution))
    finally:
        use_library(before)
    means = {
        name: {key: round(float(np.mean([row[key] for row in rows])), 2) for key in rows[0]}
        for name, rows in figures.items()
    }
    return {"extract": extract, "days": days, "asymmetric": round(float(np.mean(asymmetric)), 3), **means}


def _of_plan(problem: Problem, solution: Solution) -> dict[str, float]:
    report = check(problem, solution)
    late = [one.amount for one in report.violations if one.rule is Rule.TIME_WINDOW]
    return {
        "cost": report.costs.total,
        "hours": report.duration / 3600,
        "km": report.distance / 1000,
        "routes": float(len([route for route in solution.routes if route.clients])),
        "unserved": float(len(report.unserved)),
        "late customers": float(len(late)),
        "minutes late": sum(late) / 60,
        "late home": float(sum(one.rule is Rule.SHIFT for one in report.violations)),
    }


@pytest.mark.parametrize("extract", EXTRACTS)
def test_roads_are_no_worse(extract: str) -> None:
    figures = measure(extract, days=2, seconds=2.0)
    print(json.dumps(figures))
    assert figures["roads"]["minutes late"] <= figures["lines"]["minutes late"]


def main() -> None:
    """Print what is measured."""
    use_kernel_cache()
    for extract in EXTRACTS:
        print(json.dumps(measure(extract)), flush=True)


if __name__ == "__main__":
    main()
