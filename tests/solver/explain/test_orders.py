"""Orders judged all at once: what comes of each is what the plain check says of it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from solver.explain.orders import RULES, Orders
from solver.problem import ANY, Route, check_route
from tests.solver.random_problems import each_trait, with_traffic


@given(st.integers(0, 10**6), st.integers(1, 2), st.booleans(), st.data())
def test_costs_and_violations_are_those_of_check(
    seed: int, window_number: int, traffic: bool, data: st.DataObject
) -> None:
    problem = each_trait(seed, window_number=window_number)
    if traffic:
        problem = with_traffic(problem, seed)
    rng = np.random.default_rng(seed)
    kind = data.draw(st.integers(0, problem.vehicles.number - 1))
    vehicle = data.draw(st.integers(ANY, max(ANY, int(problem.vehicles.count[kind]) - 1)))
    clients = rng.permutation(problem.clients.number)[: int(rng.integers(1, 12))]
    length = int(rng.integers(1, len(clients) + 1))
    rows = np.array([rng.permutation(len(clients))[:length] for _ in range(5)]).reshape(5, length)

    orders = Orders(problem, kind, vehicle, clients.tolist())
    judged = orders.judge(rows)

    if not traffic:
        assert orders.least(rows) == pytest.approx(judged.way)
    assert (orders.least(rows) <= judged.way + 1e-6).all()
    for row, way, waiting, broken in zip(rows, judged.way, judged.waiting, judged.broken, strict=True):
        report, violations = check_route(problem, Route(kind, tuple(clients[row].tolist()), vehicle))
        costs = report.costs
        assert way + waiting == pytest.approx(costs.fixed + costs.distance + costs.duration)
        assert waiting == pytest.approx(orders.per_second * report.waiting)
        amounts = [sum(one.amount for one in violations if one.rule is rule) for rule in RULES]
        assert broken.tolist() == amounts
