"""Changes of the plan by hand, as pure functions from a state to a `Draft`: the routes as they would be.

A draft can be looked at (`app.model.proposal` says what it would cost) and made an edit. Whatever it changes, customers
stay in one route at most and in the order in which they are given, and no route without stops is left. What has been
driven already stays as it was; any other lock goes along with its stop.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace

from app.language import tr, trn
from app.model.changes import Edit, EditRefusedError, Reference
from app.model.fleet import idle, label_of
from app.model.identity import in_order
from app.model.patch import Patch, State
from app.model.plan import Lock, Plan, PlannedRoute
from app.model.violations import name_of
from app.model.words import is_gone


@dataclass(frozen=True, slots=True)
class Draft:
    """A plan changed by hand that is not in the document yet.

    Parameters
    ----------
    name
        What the undo menu would show, such as "Move 3 stops to Van".
    before
        What it was made for.
    routes
        Those of the plan in their places, some of them changed, and new ones after them. One that has lost all its
        stops still has its place here, so that a vehicle has one index before and after.
    holds
        What a search that goes on has to be kept from changing back: a lock for each stop that is moved.
    """

    name: str
    before: State
    routes: tuple[PlannedRoute, ...]
    holds: Mapping[str, Lock] = field(default_factory=dict)

    @property
    def plan(self) -> Plan:
        """The plan as it would be."""
        made = self.before.plan.with_routes(route for route in self.routes if route.stops)
        return in_order(made, self.before.scenario.vehicles)

    @property
    def edit(self) -> Edit:
        """The edit that makes it so; its patch is empty when nothing would change."""
        return self._to(self.plan)

    @property
    def held_edit(self) -> Edit:
        """The same with the locks that hold it against a search."""
        plan = self.plan
        return self._to(
            plan.with_locks({key: _stronger(plan.locks.get(key), lock) for key, lock in self.holds.items()})
        )

    def _to(self, plan: Plan) -> Edit:
        if self.routes == self.before.plan.routes:
            return Edit(self.name, Patch())
        return Edit(self.name, Patch.between(self.before, State(self.before.scenario, plan)))


def stops_of(state: State, items: Collection[Reference]) -> tuple[str, ...]:
    """Return the customers of a selection, those of selected routes among them.

    They come in the order in which the plan visits them, and then those that are in no route as the table has them.
    """
    chosen = {key for kind, key in items if kind == "customers"}
    routes = {key for kind, key in items if kind == "routes"}
    if not chosen and not routes:
        return ()
    planned: list[str] = []
    for route in state.plan.routes:
        whole = bool(routes) and route.id in routes
        planned += route.stops if whole else [stop for stop in route.stops if stop in chosen]
    left = chosen.difference(planned)
    return (*planned, *(key for key in state.scenario.customers if key in left)) if left else tuple(planned)


def routes_of(state: State, items: Collection[Reference]) -> tuple[int, ...]:
    """Return the places in the plan of the routes that are selected, or of which a stop is."""
    chosen = {key for kind, key in items if kind == "customers"}
    routes = {key for kind, key in items if kind == "routes"}
    return tuple(
        index
        for index, route in enumerate(state.plan.routes)
        if (routes and route.id in routes) or (chosen and not chosen.isdisjoint(route.stops))
    )


def move_stops(state: State, customers: Sequence[str], route: int, position: int) -> Draft:
    """Put customers one after the other into a route, wherever they have been.

    Parameters
    ----------
    state
        The present one.
    customers
        Ids, in the order in which they will be visited; served or not.
    route
        Index in the plan.
    position
        How many of the route's present stops come before them; those that are moved themselves count there too.

    Raises
    ------
    EditRefusedError
        If the route or a customer is not there (any more), or something that has been driven would change.
    """
    moved = _known(state, customers)
    stops = _route(state, route).stops
    before = [stop for stop in stops[: max(position, 0)] if stop not in moved]
    after = [stop for stop in stops[max(position, 0) :] if stop not in moved]
    return lay_out(state, customers, route, (*before, *moved, *after), Lock.PLACE)


def lay_out(
    state: State, customers: Sequence[str], route: int, stops: Sequence[str], hold: Lock = Lock.VEHICLE
) -> Draft:
    """Put customers into a route that visits its stops in a new order.

    Parameters
    ----------
    state
        The present one.
    customers
        Ids of those who join the route or change their place in it.
    route
        Index in the plan.
    stops
        All stops of the route as it will be: the customers, and who is in it already.
    hold
        What a search may not change back.

    Raises
    ------
    EditRefusedError
        If the route or a customer is not there (any more), or something that has been driven would change.
    """
    moved = _known(state, customers)
    target = _route(state, route)
    routes = _without(state, moved.keys())
    routes[route] = replace(target, stops=tuple(stops))
    name = tr("Move {stops} to {vehicle}", stops=_stops(state, moved), vehicle=label_of(state.scenario, target))
    return _draft(name, state, routes, dict.fromkeys(moved, hold))


def start_route(state: State, customers: Sequence[str], vehicle: str) -> Draft:
    """Give customers to a vehicle that is at home, as a new route behind the others.

    Where all have a route, one of which nobody else is left will do, as it is at home then.

    Parameters
    ----------
    state
        The present one.
    customers
        Ids, in the order in which they will be visited.
    vehicle
        Id of the vehicle type.

    Raises
    ------
    EditRefusedError
        If a customer or the vehicle is not there (any more), or every vehicle of the type has a route.
    """
    moved = _known(state, customers)
    kind = state.scenario.vehicles.get(vehicle)
    if kind is None:
        raise EditRefusedError(is_gone("vehicles", vehicle))
    routes = _without(state, moved.keys())
    called = name_of(state.scenario.vehicles, vehicle)
    at_home = idle(state, vehicle, moved)
    if not at_home:
        raise EditRefusedError(tr("Every vehicle of the type {vehicle} has a route already.", vehicle=called))
    busy = {route.number: place for place, route in enumerate(routes) if route.vehicle == vehicle}
    number = next((one for one in at_home if one not in busy), at_home[0])
    made = PlannedRoute(vehicle, tuple(moved), number)
    if number in busy:
        routes[busy[number]] = made
    else:
        routes.append(made)
    name = tr("Move {stops} to a new route of {vehicle}", stops=_stops(state, moved), vehicle=called)
    return _draft(name, state, routes, dict.fromkeys(moved, Lock.VEHICLE))


def unassign(state: State, customers: Sequence[str]) -> Draft:
    """Take customers out of their routes; nobody serves them then.

    Raises
    ------
    EditRefusedError
        If none of them is in a route.
    """
    served = state.plan.served
    moved = {key: None for key in customers if key in served}
    if not moved:
        raise EditRefusedError(tr("None of the selected customers is in a route."))
    what = _only(state, moved) or trn("{number} customer", "{number} customers", len(moved))
    return _draft(tr("Unassign {customers}", customers=what), state, _without(state, moved.keys()))


def reverse_route(state: State, route: int) -> Draft:
    """Let a route visit its stops from the last to the first, those that have been driven excepted.

    Raises
    ------
    EditRefusedError
        If the route is not there (any more).
    """
    target = _route(state, route)
    routes = list(state.plan.routes)
    driven = state.plan.driven(target)
    left = target.stops[driven:][::-1]
    routes[route] = replace(target, stops=(*target.stops[:driven], *left))
    name = tr("Reverse {vehicle}", vehicle=label_of(state.scenario, target))
    return _draft(name, state, routes, dict.fromkeys(left, Lock.PLACE))


def swap_vehicles(state: State, one: int, other: int) -> Draft:
    """Let each of two vehicles drive the other's route.

    Raises
    ------
    EditRefusedError
        If a route is not there (any more), or both have vehicles of one type, so that nothing would change.
    """
    first, second = _route(state, one), _route(state, other)
    if first.vehicle == second.vehicle:
        raise EditRefusedError(tr("Both routes have the same type of vehicle, so there is nothing to swap."))
    routes = list(state.plan.routes)
    routes[one] = replace(first, stops=second.stops)
    routes[other] = replace(second, stops=first.stops)
    holds = dict.fromkeys((*first.stops, *second.stops), Lock.VEHICLE)
    names = {"one": label_of(state.scenario, first), "other": label_of(state.scenario, second)}
    return _draft(tr("Swap the routes of {one} and {other}", **names), state, routes, holds)


def shift_stops(state: State, customers: Collection[str], *, later: bool) -> Draft:
    """Let each of some stops change places with the stop before it, or after it.

    Stops that are moved side by side stay side by side, and who is at the end of the route already stays there.

    Raises
    ------
    EditRefusedError
        If none of the customers is in a route.
    """
    chosen = set(customers)
    moved = {key: None for route in state.plan.routes for key in route.stops if key in chosen}
    if not moved:
        raise EditRefusedError(tr("None of the selected customers is in a route."))
    routes = list(state.plan.routes)
    for index in routes_of(state, {("customers", key) for key in moved}):
        stops = list(routes[index].stops)
        order = stops[::-1] if later else stops
        for place in range(1, len(order)):
            if order[place] in moved and order[place - 1] not in moved:
                order[place - 1], order[place] = order[place], order[place - 1]
        routes[index] = replace(routes[index], stops=tuple(order[::-1] if later else order))
    what = _stops(state, moved)
    name = tr("Move {stops} later", stops=what) if later else tr("Move {stops} earlier", stops=what)
    return _draft(name, state, routes, dict.fromkeys(moved, Lock.PLACE))


def _draft(name: str, state: State, routes: Iterable[PlannedRoute], holds: Mapping[str, Lock] | None = None) -> Draft:
    made = Draft(name, state, tuple(routes), holds or {})
    for before, after in zip(state.plan.routes, made.routes, strict=False):
        driven = state.plan.driven(before)
        here = before.stops[:driven]
        if here and (here != after.stops[:driven] or (before.vehicle, before.number) != (after.vehicle, after.number)):
            last = name_of(state.scenario.customers, here[-1])
            raise EditRefusedError(
                tr("This route has been driven up to {stop} already. Unlock its stops to change that.", stop=last)
            )
    return made


def _stronger(one: Lock | None, other: Lock) -> Lock:
    return other if one is None or one.strength < other.strength else one


def _known(state: State, customers: Sequence[str]) -> dict[str, None]:
    """Return the ids once each, in their order."""
    if not customers:
        raise EditRefusedError(tr("Select the customers first."))
    for key in customers:
        if key not in state.scenario.customers:
            raise EditRefusedError(is_gone("customers", key))
    return dict.fromkeys(customers)


def _route(state: State, index: int) -> PlannedRoute:
    if not 0 <= index < len(state.plan.routes):
        raise EditRefusedError(tr("This route is not there any more."))
    return state.plan.routes[index]


def _without(state: State, moved: Set[str]) -> list[PlannedRoute]:
    """Return the routes without some customers; each keeps its place, even if nobody is left in it."""
    return [
        route
        if moved.isdisjoint(route.stops)
        else replace(route, stops=tuple(stop for stop in route.stops if stop not in moved))
        for route in state.plan.routes
    ]


def _stops(state: State, moved: Collection[str]) -> str:
    return _only(state, moved) or trn("{number} stop", "{number} stops", len(moved))


def _only(state: State, moved: Collection[str]) -> str:
    """Return the name of the only one; "" where there are more."""
    return name_of(state.scenario.customers, next(iter(moved))) if len(moved) == 1 else ""
