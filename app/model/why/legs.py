"""What each leg of a route is for, in a few words: a line of a list, where an answer of its own would be too much."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from app.language import tr
from app.model.evaluation import to_solution
from app.model.locks import with_plan
from app.model.patch import State
from app.model.prices import NOTHING
from solver.explain.intention import Intention, intention_of
from solver.problem import Problem

WORDS = {
    Intention.NEAREST: tr("the nearest stop"),
    Intention.ROUTE: tr("the cheapest way on"),
    Intention.PREFERENCE: tr("preferences for vehicles"),
    Intention.PROFILE: tr("who may serve whom"),
    Intention.LOCK: tr("a lock"),
    Intention.CAPACITY: tr("loads"),
    Intention.WINDOW: tr("time windows"),
    Intention.RETURN: tr("limits of the vehicle"),
    Intention.PLAN: tr("another stop would be better"),
}
"""Why it goes there."""

DRIVEN = tr("driven already")
"""The same for what lies behind."""


@dataclass(frozen=True, slots=True)
class Leg:
    """A leg of a route.

    Parameters
    ----------
    to
        Id of the customer that it leads to.
    intention
        What it is for.
    words
        The same as the user reads it.
    """

    to: str
    intention: Intention
    words: str


def legs_of(problem: Problem, state: State, index: int) -> Iterator[Leg]:
    """Yield the legs of a route that lead to customers; each takes some time.

    Parameters
    ----------
    problem
        What the scenario compiles to, without locks.
    state
        The scenario and the plan.
    index
        Of the route in the plan.
    """
    plan = state.plan
    bound = with_plan(problem, plan)
    solution, route = to_solution(bound, plan), plan.routes[index]
    driven = plan.driven(route)
    for position, to in enumerate(route.stops):
        if position < driven:
            yield Leg(to, Intention.LOCK, DRIVEN)
        else:
            intention = intention_of(bound, solution, index, position, NOTHING).intention
            yield Leg(to, intention, WORDS[intention])
