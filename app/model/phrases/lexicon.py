"""What names and amounts mean in a scenario and its plan."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

from app.language import tr
from app.model.fleet import label
from app.model.identity import numbers
from app.model.patch import State
from app.model.phrases.amounts import read_span, read_time, read_windows, written_span, written_time, written_windows
from app.model.phrases.grammar import Kind
from app.model.phrases.table import EXACT, Entry, Match, Table
from app.model.phrases.text import Token, joined
from app.model.scenario import Customer, Window, Zone

Value = str | tuple[str, int] | frozenset[str] | int | tuple[Window, ...]
"""Id of a customer or zone; a vehicle's type and number; ids of types; seconds; time windows."""

MOST_OF_TYPE = 200
"""So many vehicles of a type have a name here."""

AMOUNTS = frozenset({Kind.TIME, Kind.WINDOWS, Kind.SPAN})

EXPECTED = {
    Kind.CUSTOMER: tr("a customer"),
    Kind.SERVED: tr("a customer on a route"),
    Kind.UNSERVED: tr("a customer on no route"),
    Kind.LOCKED: tr("a customer with a lock"),
    Kind.VEHICLE: tr("a vehicle"),
    Kind.USED: tr("a vehicle with a route"),
    Kind.TYPES: tr("a type of vehicles"),
    Kind.ZONE: tr("a zone"),
    Kind.TIME: tr("a time such as 11:30"),
    Kind.WINDOWS: tr("times such as 9:00-12:00"),
    Kind.SPAN: tr("minutes such as 10 min"),
}
"""What each place of a phrase is filled with, within a sentence."""

EXAMPLES: dict[Kind, tuple[Value, ...]] = {
    Kind.TIME: (11 * 3600, 14 * 3600),
    Kind.WINDOWS: (((8 * 3600, 12 * 3600),), ((12 * 3600, 17 * 3600),)),
    Kind.SPAN: (300, 600, 900),
}
"""Amounts to go on with."""


class Lexicon:
    """Knows who and what is called how.

    Parameters
    ----------
    state
        The present one.
    keywords
        Words of the grammar.
    former
        Of an earlier state: what is called as it was then need not be sorted again.
    """

    def __init__(self, state: State, keywords: frozenset[str] = frozenset(), former: Lexicon | None = None) -> None:
        self.state = state
        self._keywords = keywords
        self._among: dict[Kind, frozenset[Value] | None] = {}
        if former is not None and former._keywords == keywords:
            if former.state.scenario.customers is state.scenario.customers:
                self._customers = former._customers
            if former.state.scenario.zones is state.scenario.zones:
                self._zones = former._zones

    def prepare(self) -> None:
        """Sort all names now; with thousands of them that takes longer than a window should stand still."""
        for kind in Kind:
            if kind not in AMOUNTS:
                self._table(kind).prepare()

    def match(self, kind: Kind, tokens: Sequence[Token], *, guess: bool = False) -> Match[Value] | None:
        """Return what some words mean in a place; None where they mean nothing."""
        if kind not in AMOUNTS:
            return self._table(kind).match(tokens, guess=guess)
        if any(token.quoted for token in tokens):
            return None
        value = _amount(kind, joined(tokens))
        return None if value is None else Match(EXACT, (value,))

    def beginning(self, kind: Kind, typed: str, most: int) -> list[str]:
        """Return what could stand in a place and begins as it is typed, as it is written."""
        if kind in AMOUNTS:
            examples = [self.written(kind, value) for value in EXAMPLES[kind]]
            return [example for example in examples if example.startswith(typed) and example != typed]
        table = self._table(kind)
        return [table.written(value) for value in table.beginning(typed, most, self._offered(kind))]

    def written(self, kind: Kind, value: Value, *, marked: bool = False) -> str:
        """Return how something is typed in a place; a name is ``marked`` by quotation marks though it needs none."""
        match value:
            case int():
                return written_time(value) if kind is Kind.TIME else written_span(value)
            case tuple() if kind is Kind.WINDOWS:
                return written_windows(value)  # type: ignore[arg-type]
            case _:
                return self._table(kind).written(value, marked=marked)

    def _table(self, kind: Kind) -> Table[Value]:
        match kind:
            case Kind.VEHICLE | Kind.USED:
                return self._vehicles
            case Kind.TYPES:
                return self._types
            case Kind.ZONE:
                return self._zones
            case _:
                return self._customers

    def _offered(self, kind: Kind) -> frozenset[Value] | None:
        if kind not in self._among:
            self._among[kind] = self._offered_now(kind)
        return self._among[kind]

    def _offered_now(self, kind: Kind) -> frozenset[Value] | None:
        plan = self.state.plan
        match kind:
            case Kind.SERVED:
                return frozenset(plan.served)
            case Kind.UNSERVED:
                return frozenset(self.state.scenario.customers.keys() - plan.served)
            case Kind.LOCKED:
                return frozenset(plan.locks)
            case Kind.USED:
                return self._driving
        return None

    @cached_property
    def _driving(self) -> frozenset[Value]:
        routes = self.state.plan.routes
        return frozenset((route.vehicle, number) for route, number in zip(routes, numbers(routes), strict=True))

    @cached_property
    def _customers(self) -> Table[Value]:
        return Table([_named(one) for one in self.state.scenario.customers.values()], self._keywords)

    @cached_property
    def _zones(self) -> Table[Value]:
        return Table([_named(one) for one in self.state.scenario.zones.values()], self._keywords)

    @cached_property
    def _vehicles(self) -> Table[Value]:
        return Table(list(self._each_vehicle()), self._keywords)

    @cached_property
    def _types(self) -> Table[Value]:
        vehicles = self.state.scenario.vehicles
        made: dict[frozenset[str], Entry[Value]] = {}
        for key, one in vehicles.items():
            made[frozenset({key})] = Entry(frozenset({key}), key, (one.name,) if one.name else ())
        for profile in dict.fromkeys(one.profile for one in vehicles.values()):
            alike = frozenset(key for key, one in vehicles.items() if one.profile == profile)
            if profile.strip() and profile not in vehicles:
                former = made.get(alike)
                if former is not None:
                    made[alike] = Entry(alike, former.id, (*former.names, profile))
                else:
                    made[alike] = Entry(alike, profile)
        return Table(list(made.values()), self._keywords)

    def _each_vehicle(self) -> Iterator[Entry[Value]]:
        vehicles = self.state.scenario.vehicles
        known: dict[tuple[str, int], None] = dict.fromkeys(sorted(self._driving))  # type: ignore[arg-type]
        for key, one in vehicles.items():
            known.update(((key, number), None) for number in range(1, min(one.count, MOST_OF_TYPE) + 1))
        order = {key: place for place, key in enumerate(vehicles)}
        for key, number in sorted(known, key=lambda one: (order.get(one[0], len(order)), one)):
            vehicle = vehicles.get(key)
            names = (label(vehicle, key, number), *((key,) if vehicle is not None and vehicle.count == 1 else ()))
            yield Entry((key, number), f"{key} {number}", names)


def _named(one: Customer | Zone) -> Entry[Value]:
    return Entry(one.id, one.id, (one.name,) if one.name.strip() else ())


def _amount(kind: Kind, text: str) -> Value | None:
    match kind:
        case Kind.TIME:
            return read_time(text)
        case Kind.WINDOWS:
            return read_windows(text)
        case _:
            return read_span(text)
