"""Changes of a scenario that might make room for a customer: first guesses, from every place where it could stand.

At each place of the plan it is looked at what the customer would break there. Where that is one thing, by how much says
what would have to change. Whether it helps, and whether less would do, is for a search to say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from types import MappingProxyType
from typing import Any

import numpy as np

from app.language import tr
from app.model.changes import Edit, replace_items, set_plan
from app.model.compile import LOAD_SCALE
from app.model.fleet import labels
from app.model.gaps import without_gaps_of
from app.model.patch import Patch, State
from app.model.proposal import worse
from app.model.references import open_to
from app.model.road_closures import closed_around
from app.model.scenario import Access, ProfileRule, Scenario
from app.model.violations import name_of
from app.model.why.evidence import Evidence
from app.model.why.facts import NOW, Measure, Sentence, say
from app.model.why.shut_out import shut_out_by
from app.model.zone_hours import ZoneHours
from solver.problem import Problem, Route, Rule, Violation, check_route

MINUTES = 300
"""Seconds: times are changed by so much, as people say them."""

KILOMETRES = 0.5
"""Distances are changed by so much."""

Changes = Callable[[State, float], Edit]
"""Makes the edit that changes a state by an amount."""


@dataclass(frozen=True, slots=True)
class Remedy:
    """A change that might help.

    Parameters
    ----------
    kind
        Of the change; of each the least is offered.
    amount
        By how much, in the user's units; 1 where there is no more or less of it.
    step
        What amounts are multiples of; 0 where there is no less of it.
    change
        Makes the edit.
    said
        Says what is changed, from the evidence in which it is, by its name.
    """

    kind: str
    amount: float
    step: float
    change: Changes
    said: Callable[[Evidence, str], Sentence]

    @property
    def rounded(self) -> float:
        """The amount as people say it, never less."""
        return self.amount if not self.step else float(np.ceil(self.amount / self.step - 1e-9) * self.step)

    def edit(self, state: State, amount: float) -> Edit:
        """Return the edit by an amount."""
        return self.change(state, amount)


def remedies_for(state: State, problem: Problem, customer: str) -> tuple[Remedy, ...]:
    """Return what might help, the least of each kind, those first that ask for the least.

    Parameters
    ----------
    state, problem
        The present plan, and what its scenario compiles to.
    customer
        Id of one who is in no route.
    """
    found: dict[tuple[str, str], Remedy] = {}
    for kind, broken in _everywhere(state, problem, customer):
        remedy = _remedy(state, problem, customer, kind, broken)
        if remedy is None:
            continue
        key = (remedy.kind, problem.vehicles.ids[kind] if remedy.kind in _OF_VEHICLES else "")
        if key not in found or remedy.amount < found[key].amount:
            found[key] = remedy
    made = sorted(found.values(), key=lambda one: (_ORDER.index(one.kind), one.amount))
    least = [next(group) for _, group in groupby(made, key=lambda one: one.kind)]
    return (*least, *_unlocked(state), *_wanted(state, customer))


_ORDER = (
    "window",
    "zone",
    "allow",
    "roads",
    "room",
    "shift",
    "depot",
    "other window",
    "distance",
    "duration",
    "vehicle",
)
_OF_VEHICLES = frozenset({"zone", "allow", "room", "shift", "depot", "distance", "duration", "vehicle"})


def _everywhere(state: State, problem: Problem, customer: str) -> Iterator[tuple[int, list[Violation]]]:
    """Yield what the customer would break at each place, with the vehicle type; one more vehicle is a place, too."""
    client = problem.clients.ids.index(customer)
    index = {key: number for number, key in enumerate(problem.clients.ids)}
    kinds = {key: number for number, key in enumerate(problem.vehicles.ids)}
    for route in state.plan.routes:
        kind, stops = kinds[route.vehicle], tuple(index[stop] for stop in route.stops)
        now = _broken(problem, Route(kind, stops))
        for place in range(state.plan.driven(route), len(stops) + 1):
            then = _broken(problem, Route(kind, (*stops[:place], client, *stops[place:])))
            yield kind, worse(now, then)
    used = [route.vehicle for route in state.plan.routes]
    for kind, key in enumerate(problem.vehicles.ids):
        broken = _broken(problem, Route(kind, (client,)))
        out = used.count(key) >= problem.vehicles.count[kind]
        yield kind, [*broken, *([Violation(Rule.FLEET, 1)] if out else [])]


def _broken(problem: Problem, route: Route) -> tuple[Violation, ...]:
    """Return what a route breaks; where a zone keeps a vehicle out it is that, and not that its roads are closed."""
    violations = without_gaps_of(problem, *check_route(problem, route))[1]
    shut_out = any(one.rule is Rule.NOT_ALLOWED for one in violations)
    return tuple(one for one in violations if one.rule is not Rule.UNREACHABLE or not shut_out)


def _remedy(state: State, problem: Problem, customer: str, kind: int, broken: list[Violation]) -> Remedy | None:
    """Return what would mend everything that is broken, if one change would."""
    rules = {one.rule for one in broken}
    if len(rules) != 1:
        return None
    rule, amount = rules.pop(), max(one.amount for one in broken)
    vehicle = problem.vehicles.ids[kind]
    late = {problem.clients.ids[one.client] for one in broken if one.client >= 0}
    match rule:
        case Rule.TIME_WINDOW if len(late) == 1:
            (who,) = late
            if ZoneHours(state.scenario, [one := state.scenario.customers[who]]).closing(one, vehicle):
                return _let_in_longer(state.scenario, who, vehicle, amount)
            return _open_longer(state.scenario, who, amount, own=who == customer)
        case Rule.UNREACHABLE:
            return _open_roads(state.scenario, customer)
        case Rule.NOT_ALLOWED if late == {customer}:
            return _allow(state.scenario, customer, vehicle)
        case Rule.CAPACITY if len(broken) == 1:
            return _more_room(state.scenario, vehicle, broken[0].dimension, amount / LOAD_SCALE)
        case Rule.SHIFT:
            return _longer_shift(state.scenario, vehicle, amount)
        case Rule.DEPOT_HOURS:
            return _longer_hours(state.scenario, vehicle, amount)
        case Rule.MAX_DISTANCE:
            return _farther(state.scenario, vehicle, amount / 1000)
        case Rule.MAX_DURATION:
            return _longer_out(state.scenario, vehicle, amount)
        case Rule.FLEET:
            return _one_more(state.scenario, vehicle)
    return None


def _open_longer(scenario: Scenario, who: str, seconds: float, *, own: bool) -> Remedy | None:
    if not scenario.customers[who].windows:
        return None

    def change(state: State, amount: float) -> Edit:
        one = state.scenario.customers[who]
        *others, (opens, closes) = one.windows
        longer = replace(one, windows=(*others, (opens, closes + round(amount))))
        return replace_items(state, "customers", [longer], tr("Open {customer} longer", customer=name))

    def said(evidence: Evidence, at: str) -> Sentence:
        until, now = (evidence.number(Measure.CLOSES, name, customer=who) for name in (at, NOW))
        return say(
            tr("Serve {customer} until {until}, not only until {now}."), items, customer=name, until=until, now=now
        )

    name, items = name_of(scenario.customers, who), (("customers", who),)
    return Remedy("window" if own else "other window", seconds, MINUTES, change, said)


def _let_in_longer(scenario: Scenario, who: str, vehicle: str, seconds: float) -> Remedy:
    """Return what gives a vehicle more time in the zones around a customer."""
    zones = ZoneHours(scenario, [scenario.customers[who]]).around(scenario.customers[who], vehicle)

    def change(state: State, amount: float) -> Edit:
        until = max(spans[-1][1] for spans in (zone.hours[vehicle] for zone in zones)) + round(amount)
        longer = []
        for zone in zones:
            *others, (first, _) = zone.hours[vehicle]
            longer.append(replace(zone, hours=MappingProxyType({**zone.hours, vehicle: (*others, (first, until))})))
        title = tr("Let {vehicle} into {zone} for longer", vehicle=name, zone=where)
        return replace_items(state, "zones", longer, title)

    def said(evidence: Evidence, at: str) -> Sentence:
        until, now = (evidence.number(Measure.CLOSES, of, customer=who, route=(vehicle, 1)) for of in (at, NOW))
        text = tr("Let {vehicle} into {zone} until {until}, not only until {now}.")
        return say(text, items, vehicle=name, zone=where, until=until, now=now)

    name, where = name_of(scenario.vehicles, vehicle), name_of(scenario.zones, zones[0].id)
    items = tuple(("zones", zone.id) for zone in zones)
    return Remedy("zone", seconds, MINUTES, change, said)


def _allow(scenario: Scenario, customer: str, vehicle: str) -> Remedy | None:
    """Return what lets a vehicle come to a customer: its profile's rule, the zones around it, or both.

    A zone that is never open while the customer is lets it come at any time then.
    """
    profile, zones = shut_out_by(scenario, customer, vehicle)
    if profile is None and not zones:
        return None

    def change(state: State, _: float) -> Edit:
        after, title = state, tr("Allow {vehicle} to serve {customer}", **names)
        if profile is not None:
            rules = {**profile.rules, vehicle: replace(profile.rule(vehicle), access=Access.ALLOWED)}
            if rules[vehicle] == ProfileRule():
                del rules[vehicle]
            edit = replace_items(after, "profiles", [replace(profile, rules=MappingProxyType(rules))])
            after = edit.patch.applied(after)
        if zones:
            opened = [open_to(zone, frozenset({vehicle})) for zone in zones]
            after = replace_items(after, "zones", opened).patch.applied(after)
        return Edit(title, Patch.between(state, after))

    def said(_: Evidence, __: str) -> Sentence:
        where = (
            name_of(scenario.zones, zones[0].id) if zones else name_of(scenario.profiles, profile.id if profile else "")
        )
        text = tr("Allow {vehicle} in the zone {where}.") if zones else tr("Allow {vehicle} for the profile {where}.")
        items = (*(("zones", zone.id) for zone in zones), *((("profiles", profile.id),) if profile else ()))
        return say(text, items, vehicle=names["vehicle"], where=where)

    names = {"vehicle": name_of(scenario.vehicles, vehicle), "customer": name_of(scenario.customers, customer)}
    return Remedy("allow", 1, 0, change, said)


def _open_roads(scenario: Scenario, customer: str) -> Remedy | None:
    """Return what opens the roads around a customer to everybody, where zones close them."""
    place = scenario.customers[customer]
    zones = closed_around(scenario, (place.lat, place.lon))
    if not zones:
        return None
    where = name_of(scenario.zones, zones[0].id)

    def change(state: State, _: float) -> Edit:
        opened = [replace(zone, pace=1.0) for zone in zones]
        return replace_items(state, "zones", opened, tr("Open the roads in {zone}", zone=where))

    def said(_: Evidence, __: str) -> Sentence:
        return say(tr("Open the roads in {zone}."), tuple(("zones", zone.id) for zone in zones), zone=where)

    return Remedy("roads", 1, 0, change, said)


def _more_room(scenario: Scenario, vehicle: str, dimension: int, load: float) -> Remedy:
    def more(one: Any, amount: float) -> dict[str, Any]:
        room = [*one.capacity, *(0.0,) * (len(scenario.settings.dimensions) - len(one.capacity))]
        room[dimension] = round((room[dimension] + amount) * LOAD_SCALE) / LOAD_SCALE
        return {"capacity": tuple(room)}

    text = tr("Give {vehicle} room for {then} instead of {now}.")
    step = 1.0 if load >= 1 else 1 / LOAD_SCALE
    return _of_vehicle(scenario, "room", vehicle, load, step, more, text, Measure.CAPACITY, dimension)


def _longer_shift(scenario: Scenario, vehicle: str, seconds: float) -> Remedy:
    def longer(one: Any, amount: float) -> dict[str, Any]:
        return {"shift": (one.shift[0], one.shift[1] + round(amount))}

    text = tr("Let {vehicle} work until {then} instead of {now}.")
    return _of_vehicle(scenario, "shift", vehicle, seconds, MINUTES, longer, text, Measure.SHIFT_END)


def _farther(scenario: Scenario, vehicle: str, kilometres: float) -> Remedy:
    def farther(one: Any, amount: float) -> dict[str, Any]:
        return {"max_distance": one.max_distance + amount}

    text = tr("Let {vehicle} drive {then} instead of {now}.")
    return _of_vehicle(scenario, "distance", vehicle, kilometres, KILOMETRES, farther, text, Measure.MAX_DISTANCE)


def _longer_out(scenario: Scenario, vehicle: str, seconds: float) -> Remedy:
    def longer(one: Any, amount: float) -> dict[str, Any]:
        return {"max_duration": one.max_duration + round(amount)}

    text = tr("Let {vehicle} be out for {then} instead of {now}.")
    return _of_vehicle(scenario, "duration", vehicle, seconds, MINUTES, longer, text, Measure.MAX_DURATION)


def _one_more(scenario: Scenario, vehicle: str) -> Remedy:
    def more(one: Any, _: float) -> dict[str, Any]:
        return {"count": one.count + 1}

    text = tr("Have one more {vehicle}: {then} instead of {now}.")
    return _of_vehicle(scenario, "vehicle", vehicle, 1, 0, more, text, Measure.COUNT)


def _longer_hours(scenario: Scenario, vehicle: str, seconds: float) -> Remedy | None:
    one = scenario.vehicles[vehicle]
    depot = one.start_depot if one.end_depot is None else one.end_depot
    if depot not in scenario.depots:
        return None

    def change(state: State, amount: float) -> Edit:
        opens, closes = state.scenario.depots[depot].hours
        longer = replace(state.scenario.depots[depot], hours=(opens, closes + round(amount)))
        return replace_items(state, "depots", [longer], tr("Keep {depot} open longer", depot=name))

    def said(evidence: Evidence, at: str) -> Sentence:
        then, now = (evidence.number(Measure.DEPOT_CLOSES, one, route=(vehicle, 0)) for one in (at, NOW))
        return say(tr("Keep {depot} open until {then} instead of {now}."), items, depot=name, then=then, now=now)

    name, items = name_of(scenario.depots, depot), (("depots", depot),)
    return Remedy("depot", seconds, MINUTES, change, said)


def _of_vehicle(
    scenario: Scenario,
    kind: str,
    vehicle: str,
    amount: float,
    step: float,
    fields: Callable[[Any, float], dict[str, Any]],
    text: str,
    measure: Measure,
    dimension: int = 0,
) -> Remedy:
    name, items = name_of(scenario.vehicles, vehicle), (("vehicles", vehicle),)

    def change(state: State, by: float) -> Edit:
        one = state.scenario.vehicles[vehicle]
        title = tr("Change what {vehicle} can do", vehicle=name)
        return replace_items(state, "vehicles", [replace(one, **fields(one, by))], title)

    def said(evidence: Evidence, at: str) -> Sentence:
        then, now = (evidence.number(measure, one, route=(vehicle, 0), dimension=dimension) for one in (at, NOW))
        return say(text, items, vehicle=name, then=then, now=now)

    return Remedy(kind, amount, step, change, said)


def _unlocked(state: State) -> Iterator[Remedy]:
    """Yield what frees a route's stops, or all of them, except those that have been driven."""
    plan = state.plan
    for route, name in zip(plan.routes, labels(state), strict=True):
        stops = tuple(stop for stop in route.stops[plan.driven(route) :] if stop in plan.locks)
        if stops:
            yield _unlock(stops, tr("Unlock the stops of {vehicle}.", vehicle=name))


def _unlock(stops: tuple[str, ...], text: str) -> Remedy:
    def change(state: State, _: float) -> Edit:
        return set_plan(state, state.plan.with_locks(dict.fromkeys(stops)), text)

    items = tuple(("customers", stop) for stop in stops)
    return Remedy("unlock", 1, 0, change, lambda _, __: Sentence(text, {}, items))


def _wanted(state: State, customer: str) -> Iterator[Remedy]:
    """Yield what has an optional customer served even though that costs more than leaving it out."""
    if state.scenario.customers[customer].required:
        return
    name, items = name_of(state.scenario.customers, customer), (("customers", customer),)
    text = tr("Require {customer}", customer=name)

    def change(state: State, _: float) -> Edit:
        return require(state, customer)

    yield Remedy("require", 1, 0, change, lambda _, __: Sentence(text, {}, items))


def require(state: State, customer: str) -> Edit:
    """Return the edit that makes a customer one who has to be served."""
    one = replace(state.scenario.customers[customer], required=True)
    name = tr("Require {customer}", customer=name_of(state.scenario.customers, customer))
    return replace_items(state, "customers", [one], name)
