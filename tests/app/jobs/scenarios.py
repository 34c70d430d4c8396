"""Scenarios for tests of solving and evaluation."""

from __future__ import annotations

import random

from app.model.plan import Plan, PlannedRoute
from app.model.scenario import Customer, Depot, Scenario, Settings, Vehicle


def make_scenario(customers: int, vehicles: int = 3, capacity: float = 1000.0) -> Scenario:
    """Scatter customers over a town; all that is left out takes its default."""
    chance = random.Random(7)
    return Scenario(
        depots={"D": Depot("D", lat=60.2, lon=24.9)},
        vehicles={
            "van": Vehicle(
                "van", "Van", vehicles, (capacity,), "D", "D", shift=(0, 24 * 3600), fixed_cost=10.0, cost_per_hour=20.0
            )
        },
        customers={
            f"C{i}": Customer(
                f"C{i}", f"Name {i}", 60.2 + chance.uniform(-0.1, 0.1), 24.9 + chance.uniform(-0.1, 0.1), (1.0,)
            )
            for i in range(customers)
        },
        settings=Settings(solve_seconds=60.0),
    )


def one_route(scenario: Scenario) -> Plan:
    """Serve everybody with one vehicle, in the order of the table."""
    return Plan((PlannedRoute("van", tuple(scenario.customers), 1),))
