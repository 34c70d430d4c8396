"""The least cost of a place is never more than what the route costs there."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.model.compile import compile_scenario
from app.model.evaluation import to_solution
from app.model.patch import State
from app.model.places import orders_by_least_cost
from solver.problem import Route, check_route
from tests.app.model.states import busy_states
from tests.solver.random_problems import with_traffic


@settings(max_examples=40, deadline=None)
@given(busy_states(), st.data())
def test_every_place_is_there_and_costs_at_least_so_much(state: State, data: st.DataObject) -> None:
    problem = compile_scenario(state.scenario)
    traffic = data.draw(st.booleans())
    if traffic:
        problem = with_traffic(problem, data.draw(st.integers(0, 999)), until=86_400)
    everybody = range(len(state.scenario.customers))
    block = data.draw(st.permutations(everybody))[: data.draw(st.integers(1, 2))]
    kinds = [(route.vehicle_type, route.clients) for route in to_solution(problem, state.plan).routes]
    for kind, clients in [*kinds, (0, ())]:
        kept = tuple(client for client in clients if client not in block)
        orders = orders_by_least_cost(problem, kind, kept, block)
        assert {order for _, order in orders} == {
            (*kept[:place], *block, *kept[place:]) for place in range(len(kept) + 1)
        }
        assert [least for least, _ in orders] == sorted(least for least, _ in orders)
        for least, order in orders:
            report, _ = check_route(problem, Route(kind, order))
            assert least <= report.costs.total + 1e-6
            if not report.waiting and not traffic:
                assert least == pytest.approx(report.costs.total)
