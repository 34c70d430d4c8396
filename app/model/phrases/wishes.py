"""What a user who has been understood wants: an edit, a move that is priced, or an answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from app.language import listing, tr
from app.model.changes import Edit, EditRefusedError, replace_items, set_field
from app.model.fleet import idle, label
from app.model.identity import numbers
from app.model.locks import lock, unlock, unlock_all
from app.model.moves import Draft, move_stops, reverse_route, swap_vehicles, unassign
from app.model.patch import State
from app.model.phrases.grammar import Meaning
from app.model.phrases.lexicon import Value
from app.model.plan import Lock
from app.model.proposal import Pricing, Proposal
from app.model.scenario import DAY, Window, Zone
from app.model.units import clock
from app.model.violations import name_of
from app.model.why.questions import (
    Binding,
    Question,
    Route,
    WhatCosts,
    WhyLeg,
    WhyNotNext,
    WhyRoute,
    WhyUnassigned,
    WhyVehicle,
)
from app.model.zone_hours import common


@dataclass(frozen=True, slots=True)
class Placing:
    """A customer who is put where it fits best; what that costs has to be worked out to know where that is.

    Parameters
    ----------
    customer
        Id.
    route
        Index in the plan; None is a new route.
    vehicle
        Who drives it.
    """

    customer: str
    route: int | None
    vehicle: Route

    def proposal(self, pricing: Pricing) -> Proposal:
        """Return the best place.

        Raises
        ------
        app.model.changes.EditRefusedError
            If the customer or the vehicle is not there (any more).
        """
        if self.route is not None:
            return pricing.best_in_route([self.customer], self.route)
        made = pricing.best_new_route([self.customer], self.vehicle[0]).draft
        kind, number = self.vehicle
        routes = (
            replace(one, number=number) if one.vehicle == kind and one.stops == (self.customer,) else one
            for one in made.routes
        )
        return pricing.proposal(replace(made, routes=tuple(routes)))


@dataclass(frozen=True, slots=True)
class AskChanged:
    """Wants to know what has changed since an earlier plan; which one is for the window to say."""


@dataclass(frozen=True, slots=True)
class AskNotNext:
    """Wants to know why somebody does not come next; after whom, what is selected says, and that is the window's.

    Parameters
    ----------
    instead
        Id of who would come next; "" where that is selected as well.
    """

    instead: str = ""


Wish = Edit | Draft | Placing | Question | AskChanged | AskNotNext
"""What is wanted; of a draft and a placing it can be said what they would cost."""

Values = Mapping[str, Any]


def wish_of(meaning: Meaning, values: Mapping[str, Value], state: State) -> Wish:
    """Return what is wanted.

    Parameters
    ----------
    meaning, values
        As `app.model.phrases.understanding` has understood them.
    state
        The one that was spoken about.

    Raises
    ------
    app.model.changes.EditRefusedError
        If it cannot be done; the sentence is for the user.
    """
    return _MAKERS[meaning](state, values)


def _assign(state: State, values: Values) -> Wish:
    vehicle: Route = values["vehicle"]
    index = _index(state, vehicle)
    if index is None and vehicle[1] not in idle(state, vehicle[0]):
        raise EditRefusedError(tr("{vehicle} is not there any more.", vehicle=_label(state, vehicle)))
    return Placing(values["customer"], index, vehicle)


def _beside(later: int) -> Callable[[State, Values], Wish]:
    def move(state: State, values: Values) -> Wish:
        other, customer = values["other"], values["customer"]
        if other == customer:
            raise EditRefusedError(tr("A stop cannot be moved beside itself."))
        index = _route_of(state, other)
        return move_stops(state, [customer], index, state.plan.routes[index].stops.index(other) + later)

    return move


def _swap(state: State, values: Values) -> Wish:
    return swap_vehicles(state, _driven(state, values["vehicle"]), _driven(state, values["other"]))


def _locking(kind: Lock) -> Callable[[State, Values], Wish]:
    return lambda state, values: lock(state, [("customers", values["customer"])], kind)


def _close(state: State, values: Values) -> Wish:
    zone, types = _zone(state, values)
    closed = replace(zone, forbidden=zone.forbidden | types)
    return _zone_edit(state, closed, tr("Close {zone} for {vehicles}", zone=_name(zone), vehicles=_types(state, types)))


def _close_after(state: State, values: Values) -> Wish:
    zone, types = _zone(state, values)
    name = tr(
        "Close {zone} for {vehicles} after {time}",
        zone=_name(zone),
        vehicles=_types(state, types),
        time=clock(values["time"]),
    )
    return _zone_edit(state, _cut(state, zone, types, (0, values["time"])), name)


def _close_before(state: State, values: Values) -> Wish:
    zone, types = _zone(state, values)
    name = tr(
        "Close {zone} for {vehicles} before {time}",
        zone=_name(zone),
        vehicles=_types(state, types),
        time=clock(values["time"]),
    )
    return _zone_edit(state, _cut(state, zone, types, (values["time"], _night(state))), name)


def _open(state: State, values: Values) -> Wish:
    zone, types = _zone(state, values)
    hours = {key: spans for key, spans in zone.hours.items() if key not in types}
    opened = replace(zone, forbidden=zone.forbidden - types, hours=MappingProxyType(hours))
    return _zone_edit(state, opened, tr("Open {zone} for {vehicles}", zone=_name(zone), vehicles=_types(state, types)))


def _why(state: State, values: Values) -> Wish:
    customer = values["customer"]
    return WhyVehicle(customer) if customer in state.plan.served else WhyUnassigned(customer)


def _why_vehicle(state: State, values: Values) -> Wish:
    """Ask about a vehicle that serves a customer; where another one does, that is said first."""
    customer, asked = values["customer"], values["vehicle"]
    name = name_of(state.scenario.customers, customer)
    if customer not in state.plan.served:
        text = tr("{customer} is not on {vehicle}: it is in no route.", customer=name, vehicle=_label(state, asked))
        raise EditRefusedError(text)
    driver = _driver(state, customer)
    if driver != asked:
        names = {"customer": name, "driver": _label(state, driver), "vehicle": _label(state, asked)}
        raise EditRefusedError(tr("{customer} is on {driver}, not on {vehicle}.", **names))
    return WhyVehicle(customer)


def _why_unassigned(state: State, values: Values) -> Wish:
    customer = values["customer"]
    if customer in state.plan.served:
        names = {
            "customer": name_of(state.scenario.customers, customer),
            "driver": _label(state, _driver(state, customer)),
        }
        raise EditRefusedError(tr("{customer} is not left out: it is on {driver}.", **names))
    return WhyUnassigned(customer)


def _why_not_next(state: State, values: Values) -> Wish:
    after, instead = values["after"], values["instead"]
    if after == instead:
        raise EditRefusedError(tr("A stop cannot come after itself."))
    return WhyNotNext(_driver(state, after), after, instead)


def _why_leg(state: State, values: Values) -> Wish:
    to, after = values["to"], values["after"]
    stops = state.plan.routes[_route_of(state, to)].stops
    if stops.index(to) == 0 or stops[stops.index(to) - 1] != after:
        customers = state.scenario.customers
        raise EditRefusedError(
            tr("{to} does not come right after {after}.", to=name_of(customers, to), after=name_of(customers, after))
        )
    return WhyLeg(_driver(state, to), to)


def _why_return(state: State, values: Values) -> Wish:
    _driven(state, values["vehicle"])
    return WhyLeg(values["vehicle"], None)


def _why_route(state: State, values: Values) -> Wish:
    _driven(state, values["vehicle"])
    return WhyRoute(values["vehicle"])


def _cost_lock(state: State, values: Values) -> Wish:
    customer = values["customer"]
    if customer not in state.plan.locks:
        raise EditRefusedError(tr("{customer} is not locked.", customer=name_of(state.scenario.customers, customer)))
    return WhatCosts(frozenset({Binding.LOCK}), customer=customer)


def _costs(*kinds: Binding) -> Callable[[State, Values], Wish]:
    return lambda _state, _values: WhatCosts(frozenset(kinds))


def _customers(field: str, name: str) -> Callable[[State, Values], Wish]:
    """Return what gives a field of a customer the value of a place of the phrase."""
    return lambda state, values: set_field(state, "customers", [values["customer"]], field, values.get(name, ()))


_MAKERS: Mapping[Meaning, Callable[[State, Values], Wish]] = {
    Meaning.ASSIGN: _assign,
    Meaning.UNASSIGN: lambda state, values: unassign(state, [values["customer"]]),
    Meaning.MOVE_AFTER: _beside(1),
    Meaning.MOVE_BEFORE: _beside(0),
    Meaning.SWAP: _swap,
    Meaning.REVERSE: lambda state, values: reverse_route(state, _driven(state, values["vehicle"])),
    Meaning.LOCK_VEHICLE: _locking(Lock.VEHICLE),
    Meaning.LOCK_PLACE: _locking(Lock.PLACE),
    Meaning.LOCK_DRIVEN: _locking(Lock.DRIVEN),
    Meaning.UNLOCK: lambda state, values: unlock(state, [("customers", values["customer"])]),
    Meaning.UNLOCK_ALL: lambda state, _: unlock_all(state),
    Meaning.CLOSE: _close,
    Meaning.CLOSE_AFTER: _close_after,
    Meaning.CLOSE_BEFORE: _close_before,
    Meaning.OPEN: _open,
    Meaning.SET_WINDOW: _customers("windows", "windows"),
    Meaning.ANY_TIME: _customers("windows", "windows"),
    Meaning.SET_SERVICE: _customers("service", "span"),
    Meaning.WHY: _why,
    Meaning.WHY_UNASSIGNED: _why_unassigned,
    Meaning.WHY_VEHICLE: _why_vehicle,
    Meaning.WHY_NOT_NEXT: _why_not_next,
    Meaning.WHY_NOT_HERE: lambda _state, values: AskNotNext(values.get("instead", "")),
    Meaning.WHY_LEG: _why_leg,
    Meaning.WHY_RETURN: _why_return,
    Meaning.WHY_ROUTE: _why_route,
    Meaning.COST_LOCK: _cost_lock,
    Meaning.COST_LOCKS: _costs(Binding.LOCK),
    Meaning.COST_WINDOWS: _costs(Binding.WINDOW),
    Meaning.COST_ZONES: _costs(Binding.ZONE),
    Meaning.COST_PROFILES: _costs(Binding.PROFILE),
    Meaning.COST_CAPACITIES: _costs(Binding.CAPACITY),
    Meaning.COST_SHIFTS: _costs(Binding.SHIFT),
    Meaning.COST_VEHICLES: _costs(Binding.VEHICLE),
    Meaning.COST_ALL: _costs(*Binding),
    Meaning.CHANGED: lambda _state, _values: AskChanged(),
}


def _index(state: State, vehicle: Route) -> int | None:
    """Return the place in the plan of a vehicle's route; None where it has none."""
    routes = state.plan.routes
    drivers = [(route.vehicle, number) for route, number in zip(routes, numbers(routes), strict=True)]
    return drivers.index(vehicle) if vehicle in drivers else None


def _driven(state: State, vehicle: Route) -> int:
    index = _index(state, vehicle)
    if index is None:
        raise EditRefusedError(tr("{vehicle} has no route.", vehicle=_label(state, vehicle)))
    return index


def _route_of(state: State, customer: str) -> int:
    for index, route in enumerate(state.plan.routes):
        if customer in route.stops:
            return index
    raise EditRefusedError(tr("{customer} is on no route.", customer=name_of(state.scenario.customers, customer)))


def _driver(state: State, customer: str) -> Route:
    index, routes = _route_of(state, customer), state.plan.routes
    return routes[index].vehicle, numbers(routes)[index]


def _label(state: State, vehicle: Route) -> str:
    return label(state.scenario.vehicles.get(vehicle[0]), *vehicle)


def _zone(state: State, values: Values) -> tuple[Zone, frozenset[str]]:
    types: frozenset[str] = values.get("types", frozenset(state.scenario.vehicles))
    return state.scenario.zones[values["zone"]], types


def _cut(state: State, zone: Zone, types: frozenset[str], span: Window) -> Zone:
    """Return a zone that some vehicles may enter at no other times than these; who has no time left is forbidden."""
    hours = dict(zone.hours)
    for key in types:
        hours[key] = common(hours.get(key, ((0, _night(state)),)), (span,))
    never = frozenset(key for key in types if not hours[key] or hours[key] == ((0, 0),))
    left = {key: spans for key, spans in hours.items() if key not in never}
    return replace(zone, forbidden=zone.forbidden | never, hours=MappingProxyType(left))


def _night(state: State) -> int:
    """Return the end of the day for those who work the longest, seconds since midnight."""
    return max(DAY, *(one.shift[1] for one in state.scenario.vehicles.values()))


def _zone_edit(state: State, zone: Zone, name: str) -> Edit:
    return replace_items(state, "zones", [zone], name)


def _name(zone: Zone) -> str:
    return zone.name or zone.id


def _types(state: State, types: frozenset[str]) -> str:
    vehicles = state.scenario.vehicles
    if types == frozenset(vehicles):
        return tr("all vehicles")
    return listing([one.name or key for key, one in vehicles.items() if key in types])
