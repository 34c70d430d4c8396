"""Days whose manifests are tested."""

from __future__ import annotations

from dataclasses import replace

from app.model.compile import compile_scenario
from app.model.evaluation import Evaluation, evaluate
from app.model.plan import Plan, PlannedRoute
from app.model.scenario import Customer, Depot, Scenario, Settings, TravelSource, Vehicle
from tests.app.io.scenarios import full_scenario

PLAN = Plan((PlannedRoute("van", ("c1", "c3"), 1), PlannedRoute("bike", ("c4",), 1)))


def full_day() -> tuple[Scenario, Evaluation]:
    """Return two routes, one of them open."""
    scenario = full_scenario()
    return scenario, evaluate(scenario, compile_scenario(scenario), PLAN)


def long_day(
    stops: int, *, plane: bool = False, end: str | None = "D", **changes: object
) -> tuple[Scenario, Evaluation]:
    """Return one route of so many stops; every third customer is changed."""
    customers = {}
    for number in range(1, stops + 1):
        customer = Customer(
            f"C{number}",
            f"Shop {number}",
            60.1 + number * 0.37 % 0.1,
            24.8 + number * 0.61 % 0.2,
            (float(number),),
            (1.0,),
            300,
            ((0, 86_400),),
        )
        customers[customer.id] = replace(customer, **changes) if number % 3 == 0 else customer  # type: ignore[arg-type]
    scenario = Scenario(
        {"D": Depot("D", "Harbour", 60.15, 24.9)},
        {"van": Vehicle("van", "Van", 1, (9000.0,), "D", end, (0, 86_400))},
        customers,
        settings=Settings("Day", travel=TravelSource.PLANE if plane else TravelSource.GREAT_CIRCLE),
    )
    plan = Plan((PlannedRoute("van", tuple(customers), 1),))
    return scenario, evaluate(scenario, compile_scenario(scenario), plan)
