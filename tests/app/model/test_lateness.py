"""How late an order is, against what the whole check says of it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from app.model.compile import compile_scenario
from app.model.lateness import Lateness
from app.model.patch import State
from app.model.proposal import worse
from solver.problem import Route, Rule, check_route
from tests.app.model.states import busy_states


@settings(max_examples=100, deadline=None)
@given(busy_states(), st.data())
def test_it_is_what_the_check_says(state: State, data: st.DataObject) -> None:
    problem = compile_scenario(state.scenario)
    number = problem.clients.number
    clients = data.draw(st.lists(st.integers(0, number - 1), unique=True, min_size=1, max_size=6))
    kind = data.draw(st.integers(0, problem.vehicles.number - 1))
    driven = np.array(data.draw(st.lists(st.booleans(), min_size=number, max_size=number)))
    problem = replace(problem, locks=replace(problem.locks, driven=driven))
    before = check_route(problem, Route(kind, tuple(clients)))[1]
    late = Lateness(problem, kind, clients, before)
    order = tuple(data.draw(st.permutations(clients)))
    report, broken = check_route(problem, Route(kind, order))
    more = [one for one in worse(before, broken) if one.rule is Rule.TIME_WINDOW]
    assert late.of(order) == (len(more), sum(visit.lateness for visit in report.visits))
