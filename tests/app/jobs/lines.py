"""Days on a line, where the best order is plain, for tests of searches and prices."""

from __future__ import annotations

from dataclasses import replace

from app.model.locks import lock
from app.model.patch import State
from app.model.plan import Lock, Plan
from app.model.scenario import Customer, Scenario
from tests.app.jobs.scenarios import make_scenario

PATIENCE = 20_000
"""Milliseconds that a signal may take on a busy machine before the test gives up."""


def on_a_line(number: int) -> Scenario:
    """Customers ever farther from the depot: the order of their numbers is the best."""
    customers = {f"C{n}": Customer(f"C{n}", lat=60.2 + 0.01 * n, lon=24.9, demand=(1.0,)) for n in range(1, number + 1)}
    vans = {key: replace(one, end_depot=None) for key, one in make_scenario(1).vehicles.items()}
    return replace(make_scenario(1), customers=customers, vehicles=vans)


def locks_on(plan: Plan, **kinds: Lock) -> State:
    """Return six on a line with a plan, and locks on some."""
    state = State(on_a_line(6), plan)
    for key, kind in kinds.items():
        state = lock(state, {("customers", key)}, kind).patch.applied(state)
    return state
