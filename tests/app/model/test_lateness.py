"""How late an order is, against what the whole check says of it."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from app.model.compile import compile_scenario
from app.model.lateness import Lateness
from app.model.locks import with_plan
from app.model.patch import State
from app.model.plan import Lock
from app.model.proposal import worse
from solver.problem import Route, Rule, check_route
from tests.app.model.states import busy_states
from tests.solver.random_problems import with_traffic


@settings(max_examples=100, deadline=None)
@given(busy_states(), st.data())
def test_it_is_what_the_check_says(state: State, data: st.DataObject) -> None:
    driven = {route.stops[0]: Lock.DRIVEN for route in state.plan.routes if route.stops and data.draw(st.booleans())}
    problem = with_plan(compile_scenario(state.scenario), state.plan.with_locks(driven))
    if data.draw(st.booleans()):
        problem = with_traffic(problem, data.draw(st.integers(0, 999)), until=86_400)
    number = problem.clients.number
    clients = data.draw(st.lists(st.integers(0, number - 1), unique=True, min_size=1, max_size=6))
    kind = data.draw(st.integers(0, problem.vehicles.number - 1))
    before = check_route(problem, Route(kind, tuple(clients)))[1]
    late = Lateness(problem, kind, clients, before)
    order = tuple(data.draw(st.permutations(clients)))
    report, broken = check_route(problem, Route(kind, order))
    more = [one for one in worse(before, broken) if one.rule is Rule.TIME_WINDOW]
    assert late.of(order) == (len(more), sum(visit.lateness for visit in report.visits))
