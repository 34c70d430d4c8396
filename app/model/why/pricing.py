"""What changes of a plan would cost, kept from one question about it to the next."""

from __future__ import annotations

from threading import local

from app.model.changes import EditRefusedError
from app.model.patch import State
from app.model.proposal import Pricing, Proposal
from app.model.why.questions import Route
from solver.problem import Problem


class _Kept(local):
    """The last one of each thread: a `Pricing` belongs to one."""

    last: tuple[Problem, Pricing] | None = None


_kept = _Kept()


def pricing_of(problem: Problem, state: State) -> Pricing:
    """Return what tells the costs of changes of a state; it is the same for one question after the other.

    Parameters
    ----------
    problem
        What the scenario compiles to, without locks.
    state
        What is asked about.
    """
    kept = _kept.last
    if kept is None or kept[0] is not problem:
        kept = _kept.last = (problem, Pricing(problem, state))
    elif kept[1].state is not state:
        kept = _kept.last = (problem, kept[1].of(state))
    return kept[1]


def best_on(pricing: Pricing, customer: str, driver: Route) -> Proposal | None:
    """Return the best place on a vehicle, or on one of its type where it is at home; None where there is no place."""
    drivers = [route.driver for route in pricing.state.plan.routes]
    try:
        if driver in drivers:
            return pricing.best_in_route([customer], drivers.index(driver))
        return pricing.best_new_route([customer], driver[0])
    except EditRefusedError:
        return None
