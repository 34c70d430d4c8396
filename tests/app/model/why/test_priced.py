"""Prices as an answer tells them: each lock's, and that of all together."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.model.plan import Lock, Plan, PlannedRoute
from app.model.relaxations import Relaxation, all_locks, lock_relaxations
from app.model.why.explanation import Bar, Explanation
from app.model.why.facts import NOW, Measure, Number, say
from app.model.why.priced import Price, price_of, price_of_locks
from app.model.why.questions import Binding, WhatCosts
from tests.app.jobs.lines import locks_on
from tests.app.model.why.questions_of import explain

PLAN = Plan((PlannedRoute("van", ("C6", "C2", "C3", "C4", "C1", "C5"), 1),))
STATE = locks_on(PLAN, C6=Lock.PLACE, C3=Lock.VEHICLE, C1=Lock.PLACE)
LOCKS = WhatCosts(frozenset({Binding.LOCK}))


def told(*bars: Bar, complete: bool = True) -> Explanation:
    return Explanation(LOCKS, "", (), evidence={NOW: STATE}, alternatives=bars, complete=complete)


def saving(one: Relaxation, value: float) -> Bar:
    return Bar(one.title, Number(-value, Measure.COST, "then", NOW), (), one.items)


def test_each_lock_has_its_price_and_together_they_cost_no_less() -> None:
    explanation = explain(LOCKS, STATE)
    each = [price_of(explanation, one) for one in lock_relaxations(STATE)]
    assert [one is not None and one.found for one in each] == [True, False, True]
    together = price_of_locks(explanation, STATE)
    assert together is not None
    assert together.relaxation == all_locks(STATE)
    assert all(one is not None and one.rank <= together.rank for one in each)


def test_what_is_not_known_yet_has_no_price() -> None:
    first, second, _ = lock_relaxations(STATE)
    partly = told(saving(first, 3.0), complete=False)
    assert price_of(partly, first) == Price(first, 3.0)
    assert price_of(partly, second) is None
    assert price_of(replace(partly, complete=True), second) == Price(second)
    assert price_of_locks(partly, STATE) == Price(all_locks(STATE), 3.0)
    assert price_of_locks(told(complete=False), STATE) is None


@pytest.mark.parametrize(("cost", "saved"), [(4.0, 0.0), (-4.0, 4.0)])
def test_rules_that_would_be_kept_count_before_costs(cost: float, saved: float) -> None:
    first, second, _ = lock_relaxations(STATE)
    said = say("{cost}", cost=Number(cost, Measure.COST, "then", NOW))
    mends = Bar(first.title, Number(-2, Measure.BROKEN, "then", NOW), (), first.items, None, said)
    explanation = told(mends, saving(second, 9.0))
    assert price_of(explanation, first) == Price(first, saved, 2)
    assert price_of_locks(explanation, STATE) == Price(all_locks(STATE), saved, 2)


def test_one_lock_alone_is_asked_about_once() -> None:
    alone = locks_on(PLAN, C6=Lock.PLACE)
    explanation = explain(LOCKS, alone)
    assert [bar.items for bar in explanation.alternatives] == [(("customers", "C6"),)]
    assert price_of_locks(explanation, alone) is not None


def test_the_lock_on_one_customer_is_asked_about_alone() -> None:
    explanation = explain(replace(LOCKS, customer="C6"), STATE)
    assert [bar.items for bar in explanation.alternatives] == [(("customers", "C6"),)]
