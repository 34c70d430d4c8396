"""Locks: who is locked to what, the edits that lock and unlock, and what they are to the solver."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from app.language import tr, trn
from app.model.changes import Edit, EditRefusedError, Reference
from app.model.identity import numbers
from app.model.moves import stops_of
from app.model.patch import Patch, State
from app.model.plan import Lock, Plan
from app.model.violations import name_of
from solver.problem import ANY, Locks, Problem, Published

Held = tuple[Lock, str, int, int]
"""A lock, the vehicle's type and number, and the position, or `ANY` for a lock that leaves it open."""

NAMES = {
    Lock.VEHICLE: tr("stays on this vehicle"),
    Lock.PLACE: tr("keeps its place"),
    Lock.DRIVEN: tr("already driven"),
}
"""What each lock is called within a sentence."""

TITLES = {
    Lock.VEHICLE: tr("Stays on this vehicle"),
    Lock.PLACE: tr("Keeps its place"),
    Lock.DRIVEN: tr("Already driven"),
}
"""What each lock is called by itself."""


def held(plan: Plan) -> dict[str, Held]:
    """Return to what each locked customer is locked."""
    made: dict[str, Held] = {}
    if not plan.locks:
        return made
    for route, number in zip(plan.routes, numbers(plan.routes), strict=True):
        for place, stop in enumerate(route.stops):
            lock = plan.locks.get(stop)
            if lock is not None:
                made[stop] = (lock, route.vehicle, number, ANY if lock is Lock.VEHICLE else place)
    return made


def with_plan(problem: Problem, plan: Plan, keep_weight: float = 0.0) -> Problem:
    """Return the problem with what a plan binds; the same one where nothing is locked and nothing is to be kept.

    A lock on a vehicle that the problem does not have, or that drives another route too, binds nobody. One on a
    vehicle that may not serve the stop goes before that rule: a person has put it there, and the search leaves it.
    `app.model.evaluation` still tells that the rule is broken.

    Parameters
    ----------
    problem
        What the plan's scenario compiles to.
    plan
        Any plan over it; each lock counts where it has its stop.
    keep_weight
        Cost for each customer on another vehicle than in the plan.
    """
    if not plan.locks and not keep_weight:
        return problem
    client = {key: index for index, key in enumerate(problem.clients.ids)}
    kind = {key: index for index, key in enumerate(problem.vehicles.ids)}
    locks, published = Locks.none(len(client)), Published(Published.none(len(client)).vehicle, keep_weight)
    allowed, taken = problem.clients.allowed.copy(), set[int]()
    for route, number in zip(plan.routes, numbers(plan.routes), strict=True):
        k = kind.get(route.vehicle)
        if k is None or number > problem.vehicles.count[k]:
            continue
        vehicle = int(problem.vehicles.first_vehicle[k]) + number - 1
        if vehicle in taken:
            continue
        taken.add(vehicle)
        driven = plan.driven(route)
        for place, stop in enumerate(route.stops):
            one, lock = client.get(stop), plan.locks.get(stop)
            if one is None:
                continue
            # Also without a weight: vehicles keep their numbers where it is all the same to the search.
            published.vehicle[one] = vehicle
            if lock is not None:
                locks.vehicle[one] = vehicle
                locks.position[one] = ANY if lock is Lock.VEHICLE else place
                locks.driven[one] = place < driven
                allowed[one, k] = True
    clients = (
        problem.clients if (allowed == problem.clients.allowed).all() else replace(problem.clients, allowed=allowed)
    )
    return replace(problem, clients=clients, locks=locks, published=published)


def lockable(state: State, items: Collection[Reference]) -> frozenset[Lock]:
    """Return the locks that would change something about a selection; see `lock`."""
    locks, served = state.plan.locks, state.plan.served
    have = {locks.get(stop) for stop in stops_of(state, items) if stop in served}
    least = min((-1 if kind is None else kind.strength for kind in have), default=len(Lock))
    return frozenset(kind for kind in Lock if kind.strength > least)


def locked(state: State, items: Collection[Reference]) -> tuple[str, ...]:
    """Return the stops of a selection that are locked, in the order of the plan."""
    return tuple(stop for stop in stops_of(state, items) if stop in state.plan.locks) if state.plan.locks else ()


def lock(state: State, items: Collection[Reference], kind: Lock) -> Edit:
    """Lock the stops of a selection, those of selected routes among them, where the plan has them.

    A stop keeps a stronger lock that it has already. To say that a stop has been driven says so of all before it.

    Raises
    ------
    EditRefusedError
        If none of them is in a route.
    """
    chosen = _planned(state, items)
    if kind is Lock.DRIVEN:
        among = set(chosen)
        last = (
            max((at for at, stop in enumerate(one.stops) if stop in among), default=-1) for one in state.plan.routes
        )
        chosen = [stop for one, at in zip(state.plan.routes, last, strict=True) for stop in one.stops[: at + 1]]
    plan = state.plan
    free = [stop for stop in chosen if stop not in plan.locks or plan.locks[stop].strength < kind.strength]
    name = tr("Lock {stops}: {lock}", stops=_what(state, chosen), lock=NAMES[kind])
    return _edit(name, state, plan.with_locks(dict.fromkeys(free, kind)))


def unlock(state: State, items: Collection[Reference]) -> Edit:
    """Unlock the stops of a selection, those of selected routes among them; the others are passed over.

    When a stop has not been driven after all, neither have those that come after it: they are unlocked too.

    Raises
    ------
    EditRefusedError
        If none of them is locked.
    """
    gone = set(locked(state, items))
    if not gone:
        raise EditRefusedError(tr("None of the selected stops is locked."))
    for route in state.plan.routes:
        driven = route.stops[: state.plan.driven(route)]
        first = next((place for place, stop in enumerate(driven) if stop in gone), len(driven))
        gone.update(driven[first:])
    return _edit(
        tr("Unlock {stops}", stops=_what(state, [stop for stop in state.plan.locks if stop in gone])),
        state,
        state.plan.with_locks(dict.fromkeys(gone, None)),
    )


def unlock_all(state: State) -> Edit:
    """Take every lock away."""
    return _edit(tr("Unlock everything"), state, state.plan.with_locks(dict.fromkeys(state.plan.locks, None)))


def _planned(state: State, items: Collection[Reference]) -> list[str]:
    served = state.plan.served
    chosen = [stop for stop in stops_of(state, items) if stop in served]
    if not chosen:
        raise EditRefusedError(tr("Select stops that are in a route: a lock says where they stay."))
    return chosen


def _edit(name: str, state: State, plan: Plan) -> Edit:
    same = plan.locks == state.plan.locks
    return Edit(name, Patch() if same else Patch.between(state, State(state.scenario, plan)))


def _what(state: State, stops: Iterable[str]) -> str:
    first, *rest = stops
    if not rest:
        return name_of(state.scenario.customers, first)
    return trn("{number} stop", "{number} stops", len(rest) + 1)
