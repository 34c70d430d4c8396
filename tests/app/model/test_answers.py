"""What the engine answers has the figures of its plan, route by route."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.model.answers import figures_of, in_order_of
from app.model.compile import compile_scenario
from app.model.evaluation import evaluate, to_plan, to_solution
from app.model.patch import State
from solver.problem import Solution, check
from tests.app.model.states import busy_states, small_state


@given(busy_states(), st.data())
def test_an_answer_in_any_order_has_the_figures_of_its_plan(state: State, data: st.DataObject) -> None:
    problem = compile_scenario(state.scenario)
    answer = Solution(tuple(data.draw(st.permutations(to_solution(problem, state.plan).routes))))
    plan = to_plan(problem, answer, state.plan)
    made = figures_of(state.scenario, problem, plan, answer, check(problem, answer))
    expected = evaluate(state.scenario, problem, plan)
    assert made.routes == expected.routes
    assert [route.id for route in made.routes] == [route.id for route in plan.routes]
    assert {(one.route, one.text) for one in made.violations} == {(one.route, one.text) for one in expected.violations}
    assert made.costs.total == pytest.approx(expected.costs.total)


def test_a_report_of_other_routes_is_refused() -> None:
    state = small_state()
    problem = compile_scenario(state.scenario)
    solution = to_solution(problem, state.plan)
    with pytest.raises(KeyError):
        in_order_of(solution, Solution(()), check(problem, Solution(())))
