"""Why a customer is unserved: each reason of the solver is a sentence with the user's names and units."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

import pytest
from hypothesis import given

from app.model import changes
from app.model import reasons as module
from app.model.compile import compile_scenario
from app.model.evaluation import Evaluation, evaluate
from app.model.patch import State
from app.model.plan import Plan, PlannedRoute
from app.model.reasons import plain_reasons
from app.model.scenario import Scenario, Zone
from solver.explain.reason import ANY, Code, Reason
from solver.problem import Solution, check
from tests.app.model.states import small_scenario, states

HOUR = 3600


def reasons_of(evaluation: Evaluation, customer: str) -> str:
    (found,) = (one.reasons for one in evaluation.unserved if one.customer == customer)
    assert found
    return " ".join(found)


def left_out(scenario: Scenario, plan: Plan, customer: str) -> str:
    return reasons_of(evaluate(scenario, compile_scenario(scenario), plan), customer)


def customer_with(key: str, **fields: object) -> Scenario:
    scenario = small_scenario()
    customers = {**scenario.customers, key: replace(scenario.customers[key], **fields)}  # type: ignore[arg-type]
    return replace(scenario, customers=customers)


@given(states())
def test_everybody_who_is_left_out_has_a_reason(state: State) -> None:
    for one in evaluate(state.scenario, compile_scenario(state.scenario), state.plan).unserved:
        assert one.reasons
        assert all(text.endswith(".") for text in one.reasons)


def test_too_large_a_load_says_by_how_much() -> None:
    scenario = customer_with("C2", demand=(600.0,))
    assert f"100 {scenario.settings.dimensions[0]}." in left_out(scenario, Plan(), "C2")


def test_a_window_before_the_shift_says_so() -> None:
    assert "too late" in left_out(customer_with("C4", windows=((0, HOUR),)), Plan(), "C4")


@pytest.mark.parametrize(
    ("own", "words"), [((), ("Centre", "01:00", "too late")), (((9 * HOUR, HOUR * 10),), ("Centre",))]
)
def test_the_hours_of_a_zone_are_named_where_they_are_the_reason(own: object, words: tuple[str, ...]) -> None:
    scenario = customer_with("C4", windows=own)
    one = scenario.customers["C4"]
    ring = tuple((one.lat + a, one.lon + b) for a, b in ((-0.01, -0.01), (-0.01, 0.01), (0.01, 0.01), (0.01, -0.01)))
    hours = MappingProxyType(dict.fromkeys(scenario.vehicles, ((0, HOUR),)))
    timed = replace(scenario, zones={"Z": Zone("Z", "Centre", ring, hours=hours)})
    said = left_out(timed, Plan(), "C4")
    for word in (*words, *(vehicle.name for vehicle in scenario.vehicles.values())):
        assert word in said


def test_a_customer_that_nobody_may_serve() -> None:
    state = State(small_scenario())
    without_bikes = changes.delete(state, {("vehicles", "bike")}).patch.applied(state).scenario
    assert "may" in left_out(without_bikes, Plan(), "C1")


def test_a_customer_whose_vehicles_are_full() -> None:
    scenario = customer_with("C2", demand=(45.0,), profile="cafe")
    plan = Plan((PlannedRoute("bike", ("C4", "C1")), PlannedRoute("bike", ("C3",))))
    assert "full" in left_out(scenario, plan, "C2")


def test_what_serving_would_cost_is_said_in_the_currency() -> None:
    scenario = customer_with("C3", priority=0.01)
    text = left_out(scenario, Plan(), "C3")
    assert "0.10 €" in text


@pytest.mark.parametrize("code", list(Code))
@pytest.mark.parametrize("kind", [ANY, 1])
def test_every_code_is_a_sentence(code: Code, kind: int, monkeypatch: pytest.MonkeyPatch) -> None:
    problem = compile_scenario(small_scenario())
    monkeypatch.setattr(module, "reasons", lambda *_: {2: (Reason(code, kind, 1500.0),)})
    report = check(problem, Solution())
    ((key, (text,)),) = plain_reasons(small_scenario(), problem, Solution(), report).items()
    assert key == "C3"
    assert text[0].isupper()
    assert text.endswith(".")
    assert "{" not in text
