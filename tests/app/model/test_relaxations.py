"""What is asked when the price of locks is asked, and what comes of the answers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.model.locks import lock
from app.model.patch import State
from app.model.plan import Lock, Plan, PlannedRoute
from app.model.prices import NOTHING, Outcome, Price, PriceList
from app.model.relaxations import ONE_BY_ONE, Relaxation, all_locks, lock_relaxations
from tests.app.jobs.scenarios import make_scenario


def locked(customers: int, *chosen: tuple[str, Lock]) -> State:
    """Two routes, one after the other through the table, with locks."""
    keys = [f"C{number}" for number in range(customers)]
    half = customers // 2
    state = State(
        make_scenario(customers), Plan((PlannedRoute("van", (*keys[:half],)), PlannedRoute("van", (*keys[half:],))))
    )
    for key, kind in chosen:
        state = lock(state, {("customers", key)}, kind).patch.applied(state)
    return state


def test_what_a_vehicle_has_driven_is_one_lock_and_every_other_stop_one_more() -> None:
    state = locked(8, ("C1", Lock.DRIVEN), ("C3", Lock.PLACE), ("C5", Lock.VEHICLE))
    asked = lock_relaxations(state)
    assert [[key for _, key in one.items] for one in asked] == [["C0", "C1"], ["C3"], ["C5"]]
    assert [set(one.relax(state).plan.locks) for one in asked] == [{"C3", "C5"}, {"C0", "C1", "C5"}, {"C0", "C1", "C3"}]
    assert not all_locks(state).relax(state).plan.locks
    assert all(one.relax(state).scenario is state.scenario for one in asked)


def test_many_locks_are_asked_about_route_by_route() -> None:
    few = locked(2 * ONE_BY_ONE, *((f"C{n}", Lock.VEHICLE) for n in range(ONE_BY_ONE)))
    assert len(lock_relaxations(few)) == ONE_BY_ONE
    many = locked(2 * ONE_BY_ONE, *((f"C{n}", Lock.VEHICLE) for n in range(ONE_BY_ONE + 1)))
    assert [len(one.items) for one in lock_relaxations(many)] == [ONE_BY_ONE, 1]


def test_nothing_locked_is_nothing_to_ask() -> None:
    assert lock_relaxations(locked(4)) == ()


def piece(name: str) -> Relaxation:
    return Relaxation(name, (("customers", name),), lambda state: state)


A, B, ALL = piece("a"), piece("b"), piece("all")


def test_a_price_is_the_difference_to_the_best_plan_that_keeps_to_everything() -> None:
    prices = PriceList(ALL, (A, B))
    assert prices.together is None
    prices.note_bound(Outcome(0, 100.0))
    assert prices.ranked == ()
    prices.note(A, Outcome(0, 90.0))
    prices.note(B, Outcome(0, 80.0))
    assert prices.ranked == (Price(B, 20.0), Price(A, 10.0))
    assert prices.together == Price(ALL, 20.0)  # who leaves out everything may leave out B only
    prices.note(ALL, Outcome(0, 70.0))
    assert prices.together == Price(ALL, 30.0)
    prices.note_bound(Outcome(0, 85.0))  # it was more search, and not the lock
    assert prices.ranked == (Price(B, 5.0), Price(A))
    assert [price.found for price in prices.ranked] == [True, False]


@pytest.mark.parametrize(
    ("free", "price"),
    [
        (Outcome(1, 150.0), Price(A, mended=1)),
        (Outcome(2, 100.0 - NOTHING / 2), Price(A)),
        (Outcome(3, 1.0), Price(A)),
        (Outcome(0, 60.0), Price(A, 40.0, 2)),
    ],
)
def test_rules_count_before_costs(free: Outcome, price: Price) -> None:
    prices = PriceList(ALL, (A,))
    prices.note_bound(Outcome(2, 100.0))
    prices.note(A, free)
    assert prices.price(A) == price


OUTCOMES = st.builds(Outcome, st.integers(0, 2), st.floats(0.0, 100.0))


@given(st.lists(st.tuples(st.sampled_from([A, B, ALL]), OUTCOMES), min_size=1), st.lists(OUTCOMES, min_size=1))
def test_all_together_cost_at_least_as_much_as_each(
    found: list[tuple[Relaxation, Outcome]], bound: list[Outcome]
) -> None:
    prices = PriceList(ALL, (A, B))
    for outcome in bound:
        prices.note_bound(outcome)
    for relaxation, outcome in found:
        prices.note(relaxation, outcome)
    together = prices.together
    assert together is not None
    assert all(price.rank <= together.rank or together.mended > price.mended for price in prices.ranked)
    assert [price.rank for price in prices.ranked] == sorted((price.rank for price in prices.ranked), reverse=True)
