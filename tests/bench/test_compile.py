"""How long an edit takes to become a problem."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from app.model.compile import compile_scenario
from app.model.scenario import Customer, Depot, Scenario, Vehicle


def scenario_of(number: int) -> Scenario:
    return Scenario(
        depots={"D": Depot("D", lat=60.2, lon=24.9)},
        vehicles={
            key: Vehicle(key, capacity=(100.0,), start_depot="D", end_depot="D", speed=speed)
            for key, speed in (("bike", 15.0), ("van", 30.0), ("truck", 25.0))
        },
        customers={
            f"C{n}": Customer(f"C{n}", lat=60 + n % 47 / 50, lon=24 + n % 43 / 50, demand=(1.0,)) for n in range(number)
        },
    )


@pytest.mark.parametrize(("number", "most"), [(500, 0.06), (2000, 1.0)])
def test_compile_with_new_places(number: int, most: float) -> None:
    scenario = scenario_of(number)
    compile_scenario(scenario)
    took = []
    for step in range(3):
        moved = replace(scenario.customers["C1"], lat=60.5 + step)
        scenario = replace(scenario, customers={**scenario.customers, "C1": moved})
        began = time.process_time()
        compile_scenario(scenario)
        took.append(time.process_time() - began)
    assert min(took) < most


@pytest.mark.parametrize(("number", "most"), [(500, 0.02), (2000, 0.2)])
def test_compile_with_the_same_places(number: int, most: float) -> None:
    scenario = scenario_of(number)
    compile_scenario(scenario)
    took = []
    for step in range(3):
        longer = replace(scenario.customers["C1"], service=step)
        scenario = replace(scenario, customers={**scenario.customers, "C1": longer})
        began = time.process_time()
        compile_scenario(scenario)
        took.append(time.process_time() - began)
    assert min(took) < most
