"""Plans along one road, and numbers measured a second time."""

from __future__ import annotations

import pytest

from app.model.compile import compile_scenario
from app.model.patch import State
from app.model.plan import Plan, PlannedRoute
from app.model.scenario import Customer, Depot, Scenario, Settings, Vehicle
from app.model.why.evidence import Evidence
from app.model.why.explanation import Explanation
from app.model.why.facts import NOW
from solver.problem import Rule
from tests.app.model.states import HOUR


def line_of(*customers: Customer, capacity: float = 99.0, plan: str = "ABC", home: str | None = None) -> State:
    """A depot on a road to the east, customers along it, and a van that visits them as the plan says."""
    return State(
        Scenario(
            {"D": Depot("D", "Depot", 60.0, 24.0)},
            {"van": Vehicle("van", "Van", 1, (capacity,), "D", home, (8 * HOUR, 20 * HOUR), speed=60.0)},
            {one.id: one for one in customers},
            settings=Settings(dimensions=("kg",)),
        ),
        Plan((PlannedRoute("van", tuple(plan)),)),
    )


def on_road(key: str, place: int, **more: object) -> Customer:
    return Customer(key, key * 3, 60.0, 24.0 + place / 10, (1.0,), **more)  # type: ignore[arg-type]


def recomputed(explanation: Explanation) -> None:
    """Assert that each number is that of the plans that are kept."""
    states = explanation.evidence
    fresh = Evidence(states[NOW], compile_scenario(states[NOW].scenario))
    for name in states.keys() - {NOW}:
        fresh.add(name, states[name], compile_scenario(states[name].scenario))
    for name in states:
        fresh.report(name)  # the whole plan is checked, and nothing is told of one route alone
    for one in explanation.numbers:
        rule = Rule(one.rule) if one.rule else None
        again = fresh.number(
            one.measure, one.at, one.minus, customer=one.customer, route=one.route, dimension=one.dimension, rule=rule
        )
        assert again.value == pytest.approx(one.value, abs=1e-6), one
