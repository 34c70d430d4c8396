"""What a selection asks by itself, and what more can be asked about it."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from app.edits.selection import ROUTES, Item
from app.model.patch import State
from app.model.why.questions import Question, WhyLeg, WhyNotNext, WhyRoute, WhyUnassigned, WhyVehicle


def asked_by(state: State, items: Collection[Item]) -> tuple[Question, ...]:
    """Return the questions that a selection asks by itself, all of which are answered at once.

    Parameters
    ----------
    state
        The present one.
    items
        What is selected: one customer asks why it is where it is, or why it is nowhere; a route, why it is as it is.
    """
    if len(items) != 1:
        return ()
    ((kind, key),) = items
    if kind == ROUTES:
        return tuple(WhyRoute(route.driver) for route in state.plan.routes if route.id == key)
    if kind != "customers" or key not in state.scenario.customers:
        return ()
    for route in state.plan.routes:
        if key in route.stops:
            return (WhyVehicle(key), WhyLeg(route.driver, key))
    return (WhyUnassigned(key, remedies=False),)


def not_next(state: State, stops: Sequence[str]) -> WhyNotNext | None:
    """Return the question why the second of two stops does not come after the first; None where that makes no sense.

    Parameters
    ----------
    state
        The present one.
    stops
        Two customers, in the order in which they were selected. If only the second is served, they change places.
    """
    if len(stops) != 2:
        return None
    customers = state.scenario.customers
    if any(stop not in customers for stop in stops):
        return None
    for after, instead in (tuple(stops), tuple(reversed(stops))):
        for route in state.plan.routes:
            if after in route.stops:
                return WhyNotNext(route.driver, after, instead)
    return None
