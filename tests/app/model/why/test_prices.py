"""What each constraint costs: the true difference on small days, the dearest first, and nothing for what is idle."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings

from app.model.compile import compile_scenario
from app.model.evaluation import evaluate
from app.model.patch import State
from app.model.plan import Lock, Plan, PlannedRoute
from app.model.scenario import Customer, Depot, Scenario, Vehicle
from app.model.why.explanation import Explanation
from app.model.why.facts import NOW, Measure
from app.model.why.questions import Binding, WhatCosts
from tests.app.model.states import HOUR, busy_states, small_state
from tests.app.model.why.questions_of import explain


def total(state: State) -> float:
    return evaluate(state.scenario, compile_scenario(state.scenario), state.plan).costs.total


def on_a_line() -> State:
    """The first of four on a line is served last, as it opens when the last has closed: that costs the way back."""
    customers = {f"C{n}": Customer(f"C{n}", lat=60.2 + 0.01 * n, lon=24.9) for n in range(1, 5)}
    customers["C1"] = replace(customers["C1"], windows=((10 * HOUR, 11 * HOUR),))
    customers["C3"] = replace(customers["C3"], windows=((0, 24 * HOUR),))
    customers["C4"] = replace(customers["C4"], windows=((8 * HOUR, 9 * HOUR),))
    van = Vehicle("van", "Van", 1, (9.0,), "D", None)
    scenario = Scenario({"D": Depot("D", lat=60.2, lon=24.9)}, {"van": van}, customers)
    return State(scenario, Plan((PlannedRoute("van", ("C2", "C3", "C4", "C1"), 1),)))


def assert_true(explanation: Explanation, state: State) -> None:
    costs = [bar.number.value for bar in explanation.alternatives]
    assert costs == sorted(costs)
    for bar in explanation.alternatives:
        then, minus = explanation.evidence[bar.number.at], explanation.evidence[bar.number.minus or NOW]
        if bar.number.measure is Measure.COST:
            assert bar.number.value == pytest.approx(total(then) - total(minus), abs=1e-6)
            assert bar.number.value < 0
        assert bar.edit is not None
        assert bar.edit.patch.applied(state).scenario == then.scenario


def test_a_window_has_its_price_and_one_that_is_always_open_none() -> None:
    state = on_a_line()
    explanation = explain(WhatCosts(frozenset({Binding.WINDOW})), state)
    assert {bar.items for bar in explanation.alternatives} == {(("customers", "C1"),), (("customers", "C4"),)}
    free = replace(state.scenario.customers["C1"], windows=())
    ideal = State(
        replace(state.scenario, customers={**state.scenario.customers, "C1": free}),
        Plan((PlannedRoute("van", ("C1", "C2", "C3", "C4"), 1),)),
    )
    saved = -explanation.alternatives[0].number.value
    base = explanation.evidence[explanation.alternatives[0].number.minus or NOW]
    assert saved == pytest.approx(total(base) - total(ideal), abs=1e-6)
    assert_true(explanation, state)


def test_a_lock_has_its_price() -> None:
    state = on_a_line()
    customers = {**state.scenario.customers, "C1": replace(state.scenario.customers["C1"], windows=())}
    locked = State(replace(state.scenario, customers=customers), replace(state.plan, locks={"C1": Lock.PLACE}))
    explanation = explain(WhatCosts(frozenset({Binding.LOCK})), locked)
    assert [bar.items for bar in explanation.alternatives] == [(("customers", "C1"),)]
    assert_true(explanation, locked)


@settings(max_examples=12, deadline=None)
@given(busy_states())
def test_all_prices_are_differences_of_plans_that_are_kept(state: State) -> None:
    assert_true(explain(WhatCosts(most=4), state), state)


def test_so_many_are_asked_about_and_no_more() -> None:
    searches = []

    def find(search):  # type: ignore[no-untyped-def]
        from tests.app.model.why.questions_of import descend

        searches.append(search)
        return descend(search)

    explain(WhatCosts(most=2), small_state(), find)
    assert len(searches) == 3 + 2 * 2


def test_the_room_of_a_vehicle_has_its_price_and_room_for_everything_none() -> None:
    customers = {f"C{n}": Customer(f"C{n}", lat=60.2 + 0.01 * n, lon=24.9, demand=(4.0,)) for n in range(1, 4)}
    vans = {
        "van": Vehicle("van", "Van", 2, (8.0,), "D", "D", fixed_cost=50.0),
        "lorry": Vehicle("lorry", "Lorry", 1, (12.0,), "D", "D", fixed_cost=500.0),
    }
    scenario = Scenario({"D": Depot("D", lat=60.2, lon=24.9)}, vans, customers)
    state = State(scenario, Plan((PlannedRoute("van", ("C1", "C2"), 1), PlannedRoute("van", ("C3",), 2))))
    explanation = explain(WhatCosts(frozenset({Binding.CAPACITY})), state)
    (bar,) = explanation.alternatives
    assert bar.items == (("vehicles", "van"),)
    assert bar.number.value < -50
    assert explanation.evidence[bar.number.at].scenario.vehicles["van"].capacity >= (12.0,)
    assert_true(explanation, state)
