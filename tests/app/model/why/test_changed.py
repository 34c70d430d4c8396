"""What has changed between two states, and why: numbers, names, and what would be if stops were put back."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.model.changes import set_field
from app.model.compile import compile_scenario
from app.model.evaluation import evaluate
from app.model.patch import State
from app.model.plan import Plan, PlannedRoute
from app.model.why.changed import MEASURED
from app.model.why.explanation import Verdict
from app.model.why.facts import NOW, Measure
from app.model.why.questions import WhatChanged
from tests.app.jobs.scenarios import make_scenario
from tests.app.model.states import HOUR, busy_states, small_state
from tests.app.model.why.questions_of import explain


def total(state: State) -> float:
    return evaluate(state.scenario, compile_scenario(state.scenario), state.plan).costs.total


@settings(max_examples=40, deadline=None)
@given(busy_states(), st.data())
def test_parts_add_up_and_what_is_put_back_costs_what_it_says(state: State, data: st.DataObject) -> None:
    stops = data.draw(st.permutations(sorted(state.plan.served)))
    before = state
    routes, rest = [], list(stops)
    for route in before.plan.routes:
        routes.append(replace(route, stops=tuple(rest[: len(route.stops)])))
        rest = rest[len(route.stops) :]
    after = State(state.scenario, before.plan.with_routes(route for route in routes if route.stops))
    explanation = explain(WhatChanged(before), after)
    difference = total(after) - total(before)
    assert sum(part.number.value for part in explanation.parts) == pytest.approx(difference, abs=1e-6)
    for bar in explanation.alternatives:
        back = explanation.evidence[bar.number.at]
        assert bar.number.value == pytest.approx(total(back) - total(after), abs=1e-6)


def test_the_same_state_has_not_changed() -> None:
    state = small_state()
    explanation = explain(WhatChanged(state), state)
    assert explanation.verdict is Verdict.SAME
    assert not explanation.parts
    assert not explanation.alternatives


def test_a_window_drives_a_stop_away_and_is_named() -> None:
    before = small_state()
    edit = set_field(before, "customers", ["C2"], "windows", ((8 * HOUR, 8 * HOUR + 60),))
    edited = edit.patch.applied(before)
    after = State(edited.scenario, Plan((PlannedRoute("bike", ("C1",)), PlannedRoute("van", ("C2", "C4")))))
    explanation = explain(WhatChanged(before), after)
    assert ("customers", "C2") in {item for sentence in explanation.long for item in sentence.items}
    assert [bar.items for bar in explanation.alternatives] == [(("customers", "C2"),)]
    moved = [number for number in explanation.numbers if number.measure is Measure.MOVED]
    assert [(number.value, number.at) for number in moved] == [(1, NOW)]


def test_a_vehicle_that_stays_at_home_is_said_to() -> None:
    before = small_state()
    after = State(before.scenario, Plan((PlannedRoute("bike", ("C1", "C2", "C4")),)))
    explanation = explain(WhatChanged(before), after)
    assert any(("customers", "C4") in sentence.items for sentence in explanation.long)


def test_somebody_left_out_is_no_saving() -> None:
    before = small_state()
    after = State(before.scenario, Plan(before.plan.routes[:1]))
    explanation = explain(WhatChanged(before), after)
    assert explanation.verdict is Verdict.WORSE
    assert any(number.measure is Measure.UNSERVED for number in explanation.short[0].numbers.values())


@pytest.mark.parametrize("more", [0, 1])
def test_that_not_all_were_looked_at_is_said(more: int) -> None:
    moved, stays, rest = tuple(f"C{number}" for number in range(MEASURED + more)), ("C20",), ("C21", "C22")
    scenario = make_scenario(23)
    before = State(scenario, Plan((PlannedRoute("van", (*stays, *moved), 1), PlannedRoute("van", rest, 2))))
    after = State(scenario, Plan((PlannedRoute("van", stays, 1), PlannedRoute("van", (*rest, *moved), 2))))
    explanation = explain(WhatChanged(before), after)
    assert len(explanation.alternatives) == MEASURED
    assert sum(not sentence.items for sentence in explanation.long) == more
