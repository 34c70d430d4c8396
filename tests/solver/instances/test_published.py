"""The published instances and their best-known solutions, where they are at hand.

The folder is named by ROUTEWRIGHT_INSTANCES, or lies beside the project as ``shared/instances``.
"""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
import pytest

from solver.instances import best_known, read_instance, read_sol
from solver.problem import PlaneMatrix, check
from tests.published import named_folder

FOLDER = named_folder()
FILES = sorted(FOLDER.glob("*/*.vrp")) + sorted(FOLDER.glob("*/*.txt"))

pytestmark = pytest.mark.skipif(not FILES, reason="no published instances at hand")


def of(*kinds: str) -> list[object]:
    return [pytest.param(path, id=f"{path.parent.name}-{path.stem}") for path in FILES if path.parent.name in kinds]


@pytest.mark.parametrize("path", of("CVRP", "VRPTW", "SDVRPTW", "MDVRPTW", "PCVRPTW", "VRPB", "GVRP", "MTVRPTWR"))
def test_the_best_known_solution_is_feasible_and_costs_what_it_says(path: Path) -> None:
    instance = read_instance(path)
    report = check(instance.problem, read_sol(path.with_suffix(".sol"), instance))
    assert report.feasible
    assert report.costs.total == best_known(path, instance.kind)


@pytest.mark.parametrize("path", of("HFVRP"))
def test_heterogeneous_fleets_cost_what_they_say_without_rounding(path: Path) -> None:
    """Their best-known costs are for distances that are not rounded; ours are, as PyVRP's are."""
    instance = read_instance(path)
    problem = instance.problem
    solution = read_sol(path.with_suffix(".sol"), instance)
    exact = 0.0
    for route in solution.routes:
        places = [0, *problem.clients.location[list(route.clients)], 0]
        legs = np.diff(problem.travel.coordinates[places], axis=0)
        kind = route.vehicle_type
        exact += problem.vehicles.fixed_cost[kind]
        exact += problem.vehicles.distance_cost[kind] * np.hypot(legs[:, 0], legs[:, 1]).sum()
    known = best_known(path, instance.kind)
    assert known is not None
    assert exact == pytest.approx(known, abs=0.6)
    report = check(problem, solution)
    assert report.feasible
    assert report.costs.total == pytest.approx(known, rel=2e-3)


@pytest.mark.parametrize("path", of("SOLOMON"))
def test_solomons_instances_are_read(path: Path) -> None:
    instance = read_instance(path)
    assert (instance.kind, instance.problem.clients.number) == ("SOLOMON", 100)
    assert best_known(path, instance.kind)


def test_a_thousand_clients_are_read_in_half_a_second() -> None:
    path = FOLDER / "CVRP" / "X-n1001-k43.vrp"
    started = time.perf_counter()
    read_instance(path)
    assert time.perf_counter() - started < 0.5


def test_ten_thousand_clients_need_no_matrix() -> None:
    path = FOLDER / "CVRP" / "Ghent1.vrp"
    assert isinstance(read_instance(path).problem.travel.distance, PlaneMatrix)
