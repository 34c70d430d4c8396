"""Each broken rule is said in the user's words and units."""

from __future__ import annotations

import itertools
from dataclasses import replace
from types import MappingProxyType
from typing import Any

import pytest

from app.model.compile import compile_scenario
from app.model.evaluation import evaluate
from app.model.plan import Plan, PlannedRoute
from app.model.scenario import Scenario, Zone
from app.model.violations import PlainViolation, plain_violation
from solver.problem import Route, Rule, Solution, Violation
from tests.app.model.states import small_scenario

HOUR = 3600


def broken(scenario: Scenario, *routes: PlannedRoute) -> tuple[PlainViolation, ...]:
    """Violations of these routes, when nobody else has to be served."""
    served = {stop for route in routes for stop in route.stops}
    customers = {key: replace(c, required=c.required and key in served) for key, c in scenario.customers.items()}
    scenario = replace(scenario, customers=customers)
    return evaluate(scenario, compile_scenario(scenario), Plan(routes)).violations


def changed(kind: str, key: str, **fields: Any) -> Scenario:
    scenario = replace(small_scenario(), zones={}, profiles={})
    scenario = replace(scenario, customers={k: replace(c, profile="") for k, c in scenario.customers.items()})
    table = getattr(scenario, kind)
    return replace(scenario, **{kind: {**table, key: replace(table[key], **fields)}})


@pytest.mark.parametrize(
    ("scenario", "stops", "customer", "words"),
    [
        (changed("vehicles", "van", capacity=(7.5,)), ("C1",), "", ("Van", "2.5 kg", "7.5 kg")),
        (changed("customers", "C1", windows=((0, HOUR),)), ("C1",), "C1", ("Aalto", "7 h")),
        (changed("vehicles", "van", shift=(8 * HOUR, 8 * HOUR)), ("C1",), "", ("Van", "shift")),
        (changed("depots", "D2", hours=(0, 7 * HOUR)), ("C1",), "", ("Van", "1 h 00 min", "closing")),
        (changed("vehicles", "van", max_distance=0.0), ("C1",), "", ("Van", "km")),
        (changed("vehicles", "van", max_duration=0), ("C1",), "", ("Van", "min")),
    ],
)
def test_a_broken_rule_is_said_with_its_place_and_amount(
    scenario: Scenario, stops: tuple[str, ...], customer: str, words: tuple[str, ...]
) -> None:
    (violation,) = broken(scenario, PlannedRoute("van", stops))
    assert (violation.route, violation.customer) == (0, customer)
    for word in words:
        assert word in violation.text


def test_a_forbidden_vehicle_is_named_with_the_customer() -> None:
    (violation,) = broken(small_scenario(), PlannedRoute("van", ("C1",)))
    assert (violation.route, violation.customer) == (0, "C1")
    assert "Van" in violation.text
    assert "Aalto" in violation.text


def test_the_zone_that_is_closed_by_then_is_named() -> None:
    scenario = changed("customers", "C1", windows=())
    one = scenario.customers["C1"]
    ring = tuple((one.lat + a, one.lon + b) for a, b in ((-0.01, -0.01), (-0.01, 0.01), (0.01, 0.01), (0.01, -0.01)))
    hours = MappingProxyType({"van": ((0, HOUR),)})
    timed = replace(scenario, zones={"Z": Zone("Z", "Centre", ring, hours=hours)})
    (violation,) = broken(timed, PlannedRoute("van", ("C1",)))
    for word in ("Aalto", "7 h", "Centre", "Van", "01:00"):
        assert word in violation.text
    shut = replace(timed, customers={**timed.customers, "C1": replace(one, windows=((9 * HOUR, 10 * HOUR),))})
    (violation,) = broken(shut, PlannedRoute("van", ("C1",)))
    for word in ("Aalto", "Van", "Centre"):
        assert word in violation.text


def test_too_many_vehicles_and_a_customer_served_twice() -> None:
    violations = broken(small_scenario(), PlannedRoute("van", ("C4",)), PlannedRoute("van", ("C4",)))
    assert [(one.route, one.customer) for one in violations] == [(-1, ""), (-1, "C4")]
    assert "Dahl" in violations[1].text


def test_a_required_customer_without_a_name_is_called_by_its_id() -> None:
    scenario = changed("customers", "C3", required=True)
    violations = evaluate(scenario, compile_scenario(scenario), Plan()).violations
    assert {one.customer for one in violations} == {"C1", "C2", "C3", "C4"}
    assert [one.text.startswith("C3 ") for one in violations] == [False, False, True, False]


@pytest.mark.parametrize("rule", Rule)
def test_each_rule_has_a_sentence_with_names_and_no_index(rule: Rule) -> None:
    scenario = small_scenario()
    problem = compile_scenario(scenario)
    solution = Solution((Route(0, (0,)),))
    for route, client in itertools.product((0, -1), (0, -1)):
        if rule is Rule.FLEET or (route == 0 and client == 0) or (rule is Rule.UNREACHABLE and route == 0):
            violation = Violation(rule, 2, route, client, 0)
            for would in (False, True):
                text = plain_violation(scenario, problem, solution, violation, would=would).text
                assert text.endswith(".")
                assert "-1" not in text
                assert "{" not in text
