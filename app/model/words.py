"""What things are called in the names of edits and in refusals, in the user's language.

Each kind of thing has sentences of its own, since articles and endings go with the noun in other languages.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping

from app.language import listing, tr, trn
from app.model.fleet import label
from app.model.patch import TABLES, Item, table_of
from app.model.plan import driver_of
from app.model.scenario import Scenario

_NAMED = {
    "depots": tr("depot {name}"),
    "vehicles": tr("vehicle {name}"),
    "customers": tr("customer {name}"),
    "profiles": tr("profile {name}"),
    "zones": tr("zone {name}"),
    "routes": tr("route of {name}"),
}
COUNTED: Mapping[str, Callable[[int], str]] = {
    "depots": lambda number: trn("{number} depot", "{number} depots", number),
    "vehicles": lambda number: trn("{number} vehicle", "{number} vehicles", number),
    "customers": lambda number: trn("{number} customer", "{number} customers", number),
    "profiles": lambda number: trn("{number} profile", "{number} profiles", number),
    "zones": lambda number: trn("{number} zone", "{number} zones", number),
    "routes": lambda number: trn("{number} route", "{number} routes", number),
}
"""Return a number of things of a kind with their noun."""
_NEEDS_ID = {
    "depots": tr("A depot needs an id."),
    "vehicles": tr("A vehicle needs an id."),
    "customers": tr("A customer needs an id."),
    "profiles": tr("A profile needs an id."),
    "zones": tr("A zone needs an id."),
}
_TAKEN = {
    "depots": tr("There is already a depot with the id {id}."),
    "vehicles": tr("There is already a vehicle with the id {id}."),
    "customers": tr("There is already a customer with the id {id}."),
    "profiles": tr("There is already a profile with the id {id}."),
    "zones": tr("There is already a zone with the id {id}."),
}
_GONE = {
    "depots": tr("There is no depot with the id {id} any more."),
    "vehicles": tr("There is no vehicle with the id {id} any more."),
    "customers": tr("There is no customer with the id {id} any more."),
    "profiles": tr("There is no profile with the id {id} any more."),
    "zones": tr("There is no zone with the id {id} any more."),
}
_RENAMED = {
    "depots": tr("Rename depot {old} to {new}"),
    "vehicles": tr("Rename vehicle {old} to {new}"),
    "customers": tr("Rename customer {old} to {new}"),
    "profiles": tr("Rename profile {old} to {new}"),
    "zones": tr("Rename zone {old} to {new}"),
}
_FIELDS = {
    "capacity": tr("capacity"),
    "cost_per_hour": tr("cost per hour"),
    "cost_per_km": tr("cost per km"),
    "count": tr("count"),
    "currency": tr("currency"),
    "demand": tr("demand"),
    "detour": tr("detour"),
    "dimensions": tr("dimensions"),
    "distance": tr("distance"),
    "duration": tr("duration"),
    "end_depot": tr("end depot"),
    "fixed_cost": tr("fixed cost"),
    "forbidden": tr("forbidden"),
    "hazmat": tr("hazardous goods"),
    "height": tr("height"),
    "hours": tr("hours"),
    "id": tr("id"),
    "kind": tr("kind"),
    "lat": tr("lat"),
    "length": tr("length"),
    "local": tr("local"),
    "lon": tr("lon"),
    "main": tr("main"),
    "max_distance": tr("max distance"),
    "max_duration": tr("max duration"),
    "motorway": tr("motorway"),
    "name": tr("name"),
    "network": tr("network"),
    "notes": tr("notes"),
    "pace": tr("pace"),
    "pickup": tr("pickup"),
    "priority": tr("priority"),
    "priority_value": tr("priority value"),
    "profile": tr("profile"),
    "required": tr("required"),
    "ring": tr("ring"),
    "rules": tr("rules"),
    "server": tr("server"),
    "service": tr("service"),
    "service_factor": tr("service factor"),
    "shift": tr("shift"),
    "signal_delay": tr("signal delay"),
    "solve_seconds": tr("solve seconds"),
    "speed": tr("speed"),
    "speed_factor": tr("speed factor"),
    "start_depot": tr("start depot"),
    "turn_delay": tr("turn delay"),
    "u_turn_delay": tr("u turn delay"),
    "weight": tr("weight"),
    "width": tr("width"),
    "windows": tr("windows"),
}


def needs_id(kind: str) -> str:
    """Say that an item of a kind has no id."""
    return _NEEDS_ID[kind]


def id_is_taken(kind: str, key: str) -> str:
    """Say that there is another item of a kind with an id."""
    return _TAKEN[kind].format(id=key)


def is_gone(kind: str, key: str) -> str:
    """Say that there is no item of a kind with an id (any more)."""
    return _GONE[kind].format(id=key)


def renamed(kind: str, old: str, new: str) -> str:
    """Return what it is called to give an item another id."""
    return _RENAMED[kind].format(old=old, new=new)


def field_name(field: str) -> str:
    """Return what a field of an item, or of the settings, is called within a sentence."""
    return _FIELDS.get(field, field)


def items_name(kind: str, items: Collection[Item]) -> str:
    """Return what some items of a kind are called: "customer Aalto", "3 customers"."""
    if len(items) != 1:
        return COUNTED[kind](len(items))
    (item,) = items
    return _NAMED[kind].format(name=item.name or item.id)


def references_name(scenario: Scenario, items: Iterable[tuple[str, str]]) -> str:
    """Return what items of any kinds are called: "customer Aalto", "3 customers", "2 customers and 1 depot"."""
    chosen = tuple(dict.fromkeys(items))
    by_kind = {kind: keys for kind in COUNTED if (keys := [key for of, key in chosen if of == kind])}
    if not by_kind:
        return tr("nothing")
    if len(by_kind) > 1:
        return listing([COUNTED[kind](len(keys)) for kind, keys in by_kind.items()])
    ((kind, keys),) = by_kind.items()
    if kind in TABLES:
        table = table_of(scenario, kind)
        return items_name(kind, [table[key] for key in keys if key in table])
    if len(keys) != 1:
        return COUNTED[kind](len(keys))
    vehicle, number = driver_of(keys[0])
    return _NAMED[kind].format(name=label(scenario.vehicles.get(vehicle), vehicle, number))
