"""What is asked when the price of locks is asked."""

from __future__ import annotations

from app.model.locks import lock
from app.model.patch import State
from app.model.plan import Lock, Plan, PlannedRoute
from app.model.relaxations import ONE_BY_ONE, all_locks, lock_relaxations
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
