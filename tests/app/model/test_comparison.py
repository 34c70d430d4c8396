"""Plans side by side: the amounts are those of the figures, and the best is told only where there is one."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given

from app.model.comparison import MEASURES, Row, Unit, compared, shown
from app.model.compile import compile_scenario
from app.model.evaluation import Evaluation, evaluate
from app.model.patch import State
from app.model.plan import Plan, PlannedRoute
from tests.app.jobs.scenarios import make_scenario
from tests.app.model.states import busy_states

TOWN = make_scenario(6)


def plan(*routes: tuple[str, ...]) -> Evaluation:
    return evaluate(TOWN, compile_scenario(TOWN), Plan(tuple(PlannedRoute("van", stops) for stops in routes)))


ONE = plan(("C0", "C1", "C2", "C3", "C4", "C5"))
TWO = plan(("C5", "C1", "C4"), ("C0", "C2", "C3"))


def row(rows: tuple[Row, ...], key: str) -> Row:
    (found,) = (one for one in rows if one.measure.key == key)
    return found


def test_the_amounts_are_those_of_the_figures() -> None:
    rows = compared([ONE, TWO])
    assert row(rows, "cost").amounts == (ONE.costs.total, TWO.costs.total)
    assert row(rows, "distance").amounts == (ONE.distance_km, TWO.distance_km)
    assert row(rows, "vehicles").amounts == (1.0, 2.0)
    assert row(rows, "vehicles").best == {0}
    assert row(rows, "vehicles").difference(1, 0) == 1.0
    assert row(rows, "vehicles").difference(0, 1) == -1.0


def test_where_all_are_as_good_none_is_the_best() -> None:
    rows = compared([ONE, ONE, ONE])
    assert not any(one.best for one in rows)
    assert row(compared([ONE, TWO, ONE]), "vehicles").best == {0, 2}


def test_what_differs_in_less_than_is_shown_is_as_good() -> None:
    almost = replace(ONE, distance_km=ONE.distance_km + 0.001)
    assert shown(almost.distance_km, Unit.KILOMETRES) == shown(ONE.distance_km, Unit.KILOMETRES)
    assert not row(compared([ONE, almost]), "distance").best


@pytest.mark.parametrize("nothing", [None, plan()])
def test_without_a_plan_there_are_no_amounts(nothing: Evaluation | None) -> None:
    for one in compared([ONE, nothing]):
        assert one.amounts[1] is None
        assert not one.best
        assert one.difference(1, 0) is None
        assert one.difference(0, 1) is None


def test_money_of_two_kinds_has_no_best() -> None:
    rows = compared([ONE, TWO], one_currency=False)
    assert not any(one.best for one in rows if one.measure.unit is Unit.MONEY)
    assert row(rows, "vehicles").best


def test_lateness_is_that_of_all_stops() -> None:
    route = replace(ONE.routes[0], visits=tuple(replace(visit, lateness_s=60) for visit in ONE.routes[0].visits[:3]))
    rows = compared([ONE, replace(ONE, routes=(route,))])
    assert row(rows, "lateness").amounts == (0.0, 180.0)
    assert row(rows, "late_stops").amounts == (0.0, 3.0)
    assert row(rows, "lateness").best == {0}


@given(busy_states(), busy_states())
def test_parts_of_the_cost_make_up_the_cost(one: State, other: State) -> None:
    plans = [evaluate(state.scenario, compile_scenario(state.scenario), state.plan) for state in (one, other)]
    rows = compared(plans)
    for place in range(2):
        parts = [each.amounts[place] for each in rows if each.measure.key.startswith("cost_")]
        cost = row(rows, "cost").amounts[place]
        if cost is None:
            assert parts == [None] * len(parts)
        else:
            assert sum(part or 0.0 for part in parts) == pytest.approx(cost)
    for each in rows:
        for place in each.best:
            assert all((each.difference(other, place) or 0.0) > -0.1 for other in range(2))


def test_a_measure_has_a_key_of_its_own() -> None:
    assert len({measure.key for measure in MEASURES}) == len(MEASURES)
