"""Sets of customers by what they have in common."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.model.compile import compile_scenario
from app.model.customer_sets import Trait, of_profiles, on_routes, routes_of, with_trait
from app.model.evaluation import Evaluation, evaluate
from app.model.patch import State
from app.model.plan import Lock, Plan, PlannedRoute
from app.model.scenario import Customer, Depot, Scenario, Vehicle

HOUR = 3600


@pytest.fixture
def state() -> State:
    """Return four customers in a row, one with a window that has closed before anybody comes, and two routes."""
    customers = {
        "a": Customer("a", lat=60.0, lon=24.0, profile="cold"),
        "b": Customer("b", lat=60.1, lon=24.0, windows=((0, HOUR),)),
        "c": Customer("c", lat=60.2, lon=24.0, profile="cold"),
        "e": Customer("e", lat=60.3, lon=24.0, profile="heavy", windows=((0, 20 * HOUR),)),
    }
    vehicles = {"v": Vehicle("v", count=2, capacity=(1.0,), start_depot="d", end_depot="d")}
    scenario = Scenario({"d": Depot("d", lat=60.0, lon=24.1)}, vehicles, customers)
    return State(
        scenario, Plan((PlannedRoute("v", ("a", "b")), PlannedRoute("v", ("e",))), {"a": Lock.PLACE, "e": Lock.DRIVEN})
    )


@pytest.fixture
def evaluation(state: State) -> Evaluation:
    scenario = replace(state.scenario, profiles={})
    customers = {key: replace(one, profile="") for key, one in scenario.customers.items()}
    scenario = replace(scenario, customers=customers)
    return evaluate(scenario, compile_scenario(scenario), state.plan)


@pytest.mark.parametrize(
    ("trait", "expected"),
    [
        (Trait.SERVED, {"a", "b", "e"}),
        (Trait.UNSERVED, {"c"}),
        (Trait.LATE, {"b"}),
        (Trait.LOCKED, {"a", "e"}),
        (Trait.WINDOWED, {"b", "e"}),
        (Trait.ANY_TIME, {"a", "c"}),
    ],
)
def test_traits(state: State, evaluation: Evaluation, trait: Trait, expected: set[str]) -> None:
    assert with_trait(trait, state, evaluation) == expected


def test_nobody_is_late_before_that_is_known(state: State) -> None:
    assert with_trait(Trait.LATE, state, None) == frozenset()


def test_figures_of_an_older_plan_name_nobody_who_is_gone(state: State, evaluation: Evaluation) -> None:
    left = {key: one for key, one in state.scenario.customers.items() if key != "b"}
    assert with_trait(Trait.LATE, State(replace(state.scenario, customers=left)), evaluation) == frozenset()


def test_profiles(state: State) -> None:
    assert of_profiles(state.scenario, ["cold"]) == {"a", "c"}
    assert of_profiles(state.scenario, ["heavy", ""]) == {"b", "e"}
    assert of_profiles(state.scenario, []) == frozenset()


def test_routes(state: State) -> None:
    assert on_routes(state.plan, [state.plan.routes[0].id, "gone/7"]) == {"a", "b"}
    assert routes_of(state.plan, ["b", "c", "e"]) == tuple(route.id for route in state.plan.routes[:2])
    assert routes_of(state.plan, ["c"]) == ()
