"""Figures of small plans, for the views that show them."""

from __future__ import annotations

from app.model.compile import compile_scenario
from app.model.evaluation import Evaluation, evaluate
from app.model.plan import Plan, PlannedRoute
from app.model.scenario import Scenario
from tests.app.jobs.scenarios import make_scenario


def figures_of(scenario: Scenario, *routes: tuple[str, ...]) -> Evaluation:
    plan = Plan(tuple(PlannedRoute("van", stops) for stops in routes))
    return evaluate(scenario, compile_scenario(scenario), plan)


def small(*routes: tuple[str, ...], capacity: float = 1000.0) -> Evaluation:
    """Figures of routes over six customers."""
    return figures_of(make_scenario(6, capacity=capacity), *routes)
