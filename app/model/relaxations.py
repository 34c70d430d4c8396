"""What binds a plan, piece by piece, and how the day would be without it: the questions whose answers are prices.

Whatever can be left out of a state can be asked about in the same way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial

from app.language import tr, trn
from app.model.changes import Reference
from app.model.fleet import labels
from app.model.patch import State
from app.model.plan import Lock
from app.model.violations import name_of

ONE_BY_ONE = 20
"""With more locks than this they are asked about route by route."""

_HELD = {Lock.VEHICLE: tr("{stop} stays on this vehicle"), Lock.PLACE: tr("{stop} keeps its place")}


@dataclass(frozen=True, slots=True)
class Relaxation:
    """Something that binds the plan; two with the same title and items are the same.

    Parameters
    ----------
    title
        What the user reads, such as "Aalto keeps its place".
    items
        What is selected to see it.
    relax
        Takes a state and returns it as it would be if this did not bind the plan.
    """

    title: str
    items: tuple[Reference, ...]
    relax: Callable[[State], State] = field(compare=False)


def lock_relaxations(state: State) -> tuple[Relaxation, ...]:
    """Return each lock of a plan, in the order of the plan.

    What a vehicle has driven already is one lock. Where there are more than `ONE_BY_ONE`, those of a route are one.
    """
    plan = state.plan
    if not plan.locks:
        return ()
    driven = [plan.driven(route) for route in plan.routes]
    number = len(plan.locks) - sum(driven) + sum(map(bool, driven))
    return tuple(_single(state) if number <= ONE_BY_ONE else _by_route(state))


def all_locks(state: State) -> Relaxation:
    """Return all locks of a plan as one."""
    return _locks(tr("All locks together"), tuple(state.plan.locks))


def _single(state: State) -> Iterator[Relaxation]:
    customers, locks = state.scenario.customers, state.plan.locks
    for route in state.plan.routes:
        driven = state.plan.driven(route)
        if driven:
            last = name_of(customers, route.stops[driven - 1])
            yield _locks(tr("Driven up to {stop}", stop=last), route.stops[:driven])
        for stop in route.stops[driven:]:
            if stop in locks:
                yield _locks(_HELD[locks[stop]].format(stop=name_of(customers, stop)), (stop,))


def _by_route(state: State) -> Iterator[Relaxation]:
    for route, label in zip(state.plan.routes, labels(state), strict=True):
        locked = tuple(stop for stop in route.stops if stop in state.plan.locks)
        if locked:
            title = trn("{vehicle}: {number} lock", "{vehicle}: {number} locks", len(locked), vehicle=label)
            yield _locks(title, locked)


def _locks(title: str, stops: tuple[str, ...]) -> Relaxation:
    return Relaxation(title, tuple(("customers", stop) for stop in stops), partial(_unlocked, stops))


def _unlocked(stops: tuple[str, ...], state: State) -> State:
    return replace(state, plan=state.plan.with_locks(dict.fromkeys(stops)))
