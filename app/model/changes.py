"""Every edit that a dispatcher can make, as a pure function from a state to an `Edit`: a name and a patch.

References are kept whole in the same patch: a deleted customer leaves the plan, a renamed vehicle is renamed in every
profile, zone and route. What cannot be done is refused with a sentence for the user.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any, NamedTuple

from app.language import listing, tr, trn
from app.model.patch import TABLES, Item, Patch, State, table_of
from app.model.plan import Plan
from app.model.references import vehicles_of_depot, with_renamed, without_profiles, without_vehicles
from app.model.scenario import Customer, Depot, Matrix, Point, ProfileRule, Scenario, Settings, Zone
from app.model.words import field_name, id_is_taken, is_gone, items_name, needs_id, references_name, renamed

Reference = tuple[str, str]
"""Kind and id of an item; the kind ``routes`` has what `app.model.plan.route_id` makes as its ids."""

PLACES = 6
"""Decimals of a coordinate that is set with the mouse: a tenth of a metre, and no more to read in a table."""

_ID_LETTERS = {"depots": "D", "vehicles": "V", "customers": "C", "profiles": "P", "zones": "Z"}


class Edit(NamedTuple):
    """A change with the name that the undo menu shows, such as "Move 3 customers"; an empty patch changes nothing."""

    name: str
    patch: Patch


class EditRefusedError(ValueError):
    """Raised when an edit cannot be made; its text is a sentence for the user."""


def free_id(scenario: Scenario, kind: str) -> str:
    """Return an id that no item of this kind has yet, such as ``C12``."""
    table = table_of(scenario, kind)
    letter = _ID_LETTERS[kind]
    number = len(table) + 1
    while f"{letter}{number}" in table:
        number += 1
    return f"{letter}{number}"


def add(state: State, kind: str, items: Iterable[Item], row: int | None = None) -> Edit:
    """Add items above a row of their table, or at its end.

    Raises
    ------
    EditRefusedError
        If an id is empty or already taken.
    """
    table, new = table_of(state.scenario, kind), list(items)
    taken = set(table)
    for item in new:
        if not item.id.strip():
            raise EditRefusedError(needs_id(kind))
        if item.id in taken:
            raise EditRefusedError(id_is_taken(kind, item.id))
        taken.add(item.id)
    pairs = list(table.items())
    at = len(pairs) if row is None else row
    pairs[at:at] = [(item.id, item) for item in new]
    return _edit(tr("Add {items}", items=items_name(kind, new)), state, _with_table(state, kind, dict(pairs)))


def replace_items(state: State, kind: str, items: Iterable[Item], name: str = "") -> Edit:
    """Put new contents into rows that exist; ids stay, see `rename` for those.

    Raises
    ------
    EditRefusedError
        If an item is not there (any more).
    """
    new = {item.id: item for item in items}
    _find(state, kind, new)
    table = {**table_of(state.scenario, kind), **new}
    name = name or tr("Change {items}", items=items_name(kind, new.values()))
    return _edit(name, state, _with_table(state, kind, table))


def paste(state: State, kind: str, items: Iterable[Item]) -> Edit:
    """Put rows into a table: those with a known id replace its contents, the others are added at the end."""
    new = {item.id: item for item in items}
    if any(not key.strip() for key in new):
        raise EditRefusedError(needs_id(kind))
    table = {**table_of(state.scenario, kind), **new}
    return _edit(tr("Paste {items}", items=items_name(kind, new.values())), state, _with_table(state, kind, table))


def set_field(state: State, kind: str, ids: Collection[str], field: str, value: Any) -> Edit:
    """Give one field the same value in several items.

    Raises
    ------
    EditRefusedError
        If an item is not there (any more), or the field is the id, which `rename` changes.
    """
    if field == "id":
        raise EditRefusedError(tr("Ids are all different, so several items cannot be given the same one."))
    items = [replace(item, **{field: value}) for item in _find(state, kind, ids)]
    name = tr("Set {field} of {items}", field=field_name(field), items=items_name(kind, items))
    return replace_items(state, kind, items, name)


def rename(state: State, kind: str, old: str, new: str) -> Edit:
    """Give an item another id; whatever refers to it follows.

    Raises
    ------
    EditRefusedError
        If the new id is empty or taken.
    """
    (item,) = _find(state, kind, [old])
    if not new.strip():
        raise EditRefusedError(needs_id(kind))
    if new == old:
        return Edit(renamed(kind, old, new), Patch())
    matrix = state.scenario.matrix
    if new in table_of(state.scenario, kind):
        raise EditRefusedError(id_is_taken(kind, new))
    if kind in ("depots", "customers") and matrix is not None and old in matrix.ids and new in matrix.ids:
        raise EditRefusedError(tr("The travel matrix already has another place with the id {id}.", id=new))
    followed = with_renamed(state, kind, old, new)
    table = {
        (new if key == old else key): (replace(item, id=new) if key == old else one)
        for key, one in table_of(followed.scenario, kind).items()
    }
    return _edit(renamed(kind, old, new), state, _with_table(followed, kind, table))


def delete(state: State, items: Collection[Reference]) -> Edit:
    """Delete items of any kinds at once; a deleted route leaves its customers unserved.

    A vehicle is also taken out of profiles, zones and the plan; a customer out of the plan; the customers of a deleted
    profile have none afterwards. Items that are not there are passed over.

    Raises
    ------
    EditRefusedError
        If a depot is still used by a vehicle that stays; the text says by which.
    """
    gone = {kind: {key for of, key in items if of == kind} for kind in (*TABLES, "routes")}
    after = state
    if gone["routes"]:
        kept = (route for route in state.plan.routes if route.id not in gone["routes"])
        after = State(after.scenario, state.plan.with_routes(kept))
    if gone["customers"]:
        after = State(after.scenario, after.plan.without(frozenset(gone["customers"])))
    if gone["vehicles"]:
        after = without_vehicles(after, frozenset(gone["vehicles"]))
    if gone["profiles"]:
        after = without_profiles(after, frozenset(gone["profiles"]))
    for kind in TABLES:
        table = {key: item for key, item in table_of(after.scenario, kind).items() if key not in gone[kind]}
        after = _with_table(after, kind, table) if gone[kind] else after
    for depot in sorted(gone["depots"]):
        if users := vehicles_of_depot(after.scenario, depot):
            raise EditRefusedError(
                trn(
                    "Depot {depot} is used by vehicle {vehicles}; give it another depot first.",
                    "Depot {depot} is used by vehicles {vehicles}; give them another depot first.",
                    len(users),
                    depot=depot,
                    vehicles=listing(users),
                )
            )
    return _edit(tr("Delete {items}", items=references_name(state.scenario, items)), state, after)


def move(state: State, items: Collection[Reference], lat: float, lon: float) -> Edit:
    """Move depots, customers and whole zones by the same difference of coordinates; others are passed over."""
    after, moved = state, []
    for kind in ("depots", "customers", "zones"):
        table = dict(table_of(after.scenario, kind))
        for key in dict.fromkeys(key for of, key in items if of == kind and key in table):
            table[key] = _moved(table[key], lat, lon)
            moved.append((kind, key))
        after = _with_table(after, kind, table)
    return _edit(tr("Move {items}", items=references_name(state.scenario, moved)), state, after)


def set_rule(state: State, profile: str, vehicle: str, rule: ProfileRule) -> Edit:
    """Say how the customers of a profile get on with a vehicle."""
    (one,) = _find(state, "profiles", [profile])
    rules = {**state.scenario.profiles[profile].rules, vehicle: rule}
    if rule == ProfileRule():
        del rules[vehicle]
    return replace_items(state, "profiles", [replace(one, rules=MappingProxyType(rules))])


def set_ring(state: State, zone: str, ring: tuple[Point, ...], *, moved: bool = False) -> Edit:
    """Give a zone another outline, or the same one somewhere else, which is named otherwise."""
    (one,) = _find(state, "zones", [zone])
    items = items_name("zones", [one])
    name = tr("Move {items}", items=items) if moved else tr("Reshape {items}", items=items)
    return replace_items(state, "zones", [replace(one, ring=ring)], name)


def set_settings(state: State, settings: Settings) -> Edit:
    """Change the settings.

    Loads follow the dimensions: as many as before are taken to be renamed, otherwise each load goes with the name of
    its dimension, and a new dimension starts at zero.
    """
    scenario = replace(state.scenario, settings=settings)
    old, new = state.scenario.settings.dimensions, settings.dimensions
    if len(old) != len(new):
        places = [old.index(name) if name in old else -1 for name in new]

        def fitted(load: tuple[float, ...]) -> tuple[float, ...]:
            return tuple(load[place] if 0 <= place < len(load) else 0.0 for place in places)

        scenario = replace(
            scenario,
            vehicles={k: replace(v, capacity=fitted(v.capacity)) for k, v in scenario.vehicles.items()},
            customers={
                k: replace(c, demand=fitted(c.demand), pickup=fitted(c.pickup)) for k, c in scenario.customers.items()
            },
        )
    return _edit(tr("Change settings"), state, State(scenario, state.plan))


def set_matrix(state: State, matrix: Matrix | None) -> Edit:
    """Take travel from another matrix, or from none."""
    name = tr("Remove travel matrix") if matrix is None else tr("Set travel matrix")
    return _edit(name, state, State(replace(state.scenario, matrix=matrix), state.plan))


def set_plan(state: State, plan: Plan, name: str = "") -> Edit:
    """Put another plan in place of the present one.

    Customers and vehicles that are gone by now are left out of it, so a plan that was solved for an earlier state can
    be taken over after edits.
    """
    scenario = state.scenario
    gone = frozenset(plan.served) - frozenset(scenario.customers)
    kept = plan.without(gone)
    routes = (route for route in kept.routes if route.vehicle in scenario.vehicles)
    return _edit(name or tr("Solve"), state, State(scenario, kept.with_routes(routes)))


def set_scenario(state: State, scenario: Scenario, name: str) -> Edit:
    """Put another scenario in place of the present one, such as after an import; the plan keeps what still exists."""
    after = set_plan(State(scenario, Plan()), state.plan, name).patch.applied(State(scenario, Plan()))
    return _edit(name, state, after)


def _edit(name: str, before: State, after: State) -> Edit:
    return Edit(name, Patch.between(before, after))


def _with_table(state: State, kind: str, table: Mapping[str, Item]) -> State:
    fields: dict[str, Any] = {kind: table}
    return State(replace(state.scenario, **fields), state.plan)


def _find(state: State, kind: str, ids: Iterable[str]) -> list[Any]:
    table = table_of(state.scenario, kind)
    found = []
    for key in ids:
        if key not in table:
            raise EditRefusedError(is_gone(kind, key))
        found.append(table[key])
    return found


def _moved(item: Item, lat: float, lon: float) -> Item:
    if isinstance(item, Depot | Customer):
        return replace(item, lat=round(item.lat + lat, PLACES), lon=round(item.lon + lon, PLACES))
    if isinstance(item, Zone):
        ring = tuple((round(one + lat, PLACES), round(other + lon, PLACES)) for one, other in item.ring)
        return replace(item, ring=ring)
    raise TypeError(f"a {type(item).__name__} has no place")


__all__ = [
    "Edit",
    "EditRefusedError",
    "Reference",
    "add",
    "delete",
    "free_id",
    "move",
    "paste",
    "rename",
    "replace_items",
    "set_field",
    "set_matrix",
    "set_plan",
    "set_ring",
    "set_rule",
    "set_scenario",
    "set_settings",
]
