"""Why a route is as it is: what it costs adds up, and its legs are told as each would be told by itself."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from app.model.changes import EditRefusedError
from app.model.compile import compile_scenario
from app.model.identity import numbers
from app.model.locks import lock
from app.model.patch import State
from app.model.plan import Lock
from app.model.why.answers import answer
from app.model.why.evidence import Evidence
from app.model.why.explanation import Explanation
from app.model.why.facts import Measure
from app.model.why.legs import DRIVEN, WORDS, legs_of
from app.model.why.questions import WhyLeg, WhyRoute
from app.model.why.searching import Progress
from solver.explain.intention import Intention
from tests.app.model.states import busy_states
from tests.app.model.why.oracle import wrong
from tests.app.model.why.questions_of import explain
from tests.app.model.why.roads import line_of, on_road


@settings(max_examples=40, deadline=None)
@given(busy_states(), st.data())
def test_it_costs_what_its_parts_cost_and_its_legs_are_those_of_the_first_question(
    state: State, data: st.DataObject
) -> None:
    assume(state.plan.routes)
    if data.draw(st.booleans()):
        chosen = data.draw(st.sampled_from(sorted(state.plan.served)))
        state = lock(state, [("customers", chosen)], Lock.DRIVEN).patch.applied(state)
    problem = compile_scenario(state.scenario)
    index = data.draw(st.integers(0, len(state.plan.routes) - 1))
    route = state.plan.routes[index]
    driver = (route.vehicle, numbers(state.plan.routes)[index])
    explanation = explain(WhyRoute(driver), state)
    assert wrong(explanation) == []
    cost = Evidence(state, problem).number(Measure.COST, route=driver).value
    assert sum(bar.number.value for bar in explanation.parts) == pytest.approx(cost, abs=1e-6)
    assert [sentence.items for sentence in explanation.long] == [(("customers", stop),) for stop in route.stops]
    driven = state.plan.driven(route)
    for position, leg in enumerate(legs_of(problem, state, index)):
        assert leg.intention == explain(WhyLeg(driver, leg.to), state).label
        assert leg.words == (DRIVEN if position < driven else WORDS[leg.intention])


def test_its_legs_come_one_after_the_other() -> None:
    keys = "ABCDEFGHIJK"
    state = line_of(*(on_road(key, place) for place, key in enumerate(keys, 1)), plan=keys)
    steps: list[Explanation] = []
    answering = answer(WhyRoute(("van", 1)), state, compile_scenario(state.scenario))
    for step in answering:
        assert isinstance(step, Progress)
        assert step.so_far is not None
        steps.append(step.so_far)
    assert [len(one.long) for one in steps] == [0, 5, 10]
    assert not any(one.complete for one in steps)


def test_who_does_not_drive_has_no_route() -> None:
    with pytest.raises(EditRefusedError):
        explain(WhyRoute(("van", 9)), line_of(on_road("A", 1), plan="A"))


def test_every_intention_has_its_words() -> None:
    assert set(WORDS) == set(Intention)
