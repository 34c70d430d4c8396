"""Random scenarios with plans, and questions about them: a seed is a pair."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from random import Random
from types import MappingProxyType

from app.model.changes import EditRefusedError
from app.model.compile import compile_scenario
from app.model.locks import lock
from app.model.moves import move_stops, unassign
from app.model.patch import State
from app.model.plan import Lock, Plan
from app.model.proposal import Pricing, Proposal
from app.model.scenario import (
    Access,
    Customer,
    Depot,
    Profile,
    ProfileRule,
    Scenario,
    Settings,
    TravelSource,
    Vehicle,
    Zone,
)
from app.model.traffic import GROUPS, HOURS, Traffic
from app.model.why.questions import (
    Binding,
    Question,
    WhatChanged,
    WhatCosts,
    WhyLeg,
    WhyNotNext,
    WhyRoute,
    WhyUnassigned,
    WhyVehicle,
)
from tests.app.model.fake_roads import roads
from tests.solver.roads.grids import grid

HOUR = 3600


@dataclass(frozen=True, slots=True)
class Case:
    """A question, and what it is asked about."""

    kind: str
    question: Question
    state: State


TRAFFIC = 5
"""Every so many pairs are asked about a scenario with speeds by the hour."""

ROADS = 25
"""Of so many pairs one travels by roads, and another one by roads with speeds by the hour."""

STREETS = grid(12, 12, 1000.0, lat=60.0, lon=24.0)
"""Streets below all places of `case`, where `on_streets` lets them be found."""


def case(seed: int) -> Case:
    """Return a pair; seven seeds in a row have the seven questions, and some have traffic or roads."""
    rng = Random(seed)
    kind = KINDS[seed % len(KINDS)]
    by_roads = seed % ROADS in (15, 18)
    while True:
        customers = rng.randint(6, 8 if kind == "cost" else 14)
        state = random_state(rng, customers, traffic=seed % TRAFFIC == 0, by_roads=by_roads)
        question = _ASK[kind](rng, state)
        if question is not None:
            return Case(kind, question, state)


@contextmanager
def on_streets() -> Iterator[None]:
    """Let the scenarios that travel by roads find theirs."""
    with roads(streets=STREETS):
        yield


def random_state(rng: Random, customers: int, *, traffic: bool = False, by_roads: bool = False) -> State:
    """Return a scenario with windows, profiles, zones, several types and optional customers, and a plan with locks.

    Parameters
    ----------
    rng
        What chance decides.
    customers
        How many there are.
    traffic
        Whether speeds are others at each hour.
    by_roads
        Whether it travels by `STREETS`.
    """
    scenario = _scenario(rng, customers)
    scenario = _in_traffic(rng, scenario) if traffic else scenario
    state = State(_by_roads(rng, scenario) if by_roads else scenario, Plan())
    pricing = Pricing(compile_scenario(state.scenario), state)
    order = list(state.scenario.customers)
    rng.shuffle(order)
    for one in order:
        if rng.random() < 0.15:
            continue
        proposals = _places(rng, pricing, one)
        if proposals:
            state = _after(min(proposals, key=lambda proposal: proposal.rank))
            pricing = Pricing(compile_scenario(state.scenario), state)
    for one in sorted(state.plan.served):
        if rng.random() < 0.08:
            kind = rng.choice([*Lock])
            state = lock(state, [("customers", one)], kind).patch.applied(state)
    return state


def _places(rng: Random, pricing: Pricing, customer: str) -> list[Proposal]:
    """Return the best places for a customer, or only some place, so that plans are good and bad."""
    state = pricing.state
    routes = range(len(state.plan.routes))
    if routes and rng.random() < 0.2:
        index = rng.choice(routes)
        place = rng.randint(0, len(state.plan.routes[index].stops))
        return [pricing.proposal(move_stops(state, [customer], index, place))]
    made = [pricing.best_in_route([customer], index) for index in routes]
    for vehicle in state.scenario.vehicles:
        try:
            made.append(pricing.best_new_route([customer], vehicle))
        except EditRefusedError:
            continue  # none of the type is at home
    return made


def _after(proposal: Proposal) -> State:
    before = proposal.draft.before
    return proposal.draft.edit.patch.applied(before)


def _scenario(rng: Random, customers: int) -> Scenario:
    depots = {key: Depot(key, "", *_place(rng), hours=(6 * HOUR, rng.choice([13, 20]) * HOUR)) for key in ("D1", "D2")}
    vehicles = {
        key: Vehicle(
            key, rng.choice(["", f"The {key}"]), rng.randint(1, 2),
            (rng.randint(4, 20) * 1.0, rng.randint(2, 9) * 1.0),
            (start := rng.choice([*depots])), rng.choice([start, start, None]),
            (8 * HOUR, 8 * HOUR + rng.randint(2, 10) * HOUR // 2), rng.choice([0.0, 5.0, 20.0]),
            rng.choice([0.5, 1.0]), rng.choice([0.0, 18.0]), rng.choice([15.0, 30.0]),
            max_distance=rng.choice([None, None, 12.5]), max_duration=rng.choice([None, None, 2 * HOUR]),
        )
        for key in ("bike", "van", "lorry")[: rng.randint(2, 3)]
    }  # fmt: skip
    profiles = {
        "P": Profile("P", "Pubs", MappingProxyType({rng.choice([*vehicles]): ProfileRule(Access.FORBIDDEN)})),
        "Q": Profile(
            "Q", "", MappingProxyType({rng.choice([*vehicles]): ProfileRule(Access.PREFERRED, 4.0, 1.5)})
        ),
    }  # fmt: skip
    lat, lon = _place(rng)
    ring = ((lat, lon), (lat + 0.05, lon), (lat + 0.05, lon + 0.1), (lat, lon + 0.1))
    hours = {rng.choice([*vehicles]): ((8 * HOUR, 8 * HOUR + rng.randint(1, 3) * HOUR),)} if rng.random() < 0.5 else {}
    zones = {"Z": Zone("Z", "Centre", ring, frozenset({rng.choice([*vehicles])}), MappingProxyType(hours))}
    plane = rng.random() < 0.2
    settings = Settings(
        dimensions=("kg", "m3"), priority_value=rng.choice([2.0, 10.0]),
        travel=TravelSource.PLANE if plane else TravelSource.GREAT_CIRCLE,
    )  # fmt: skip
    scenario = Scenario(
        depots, vehicles, {key: _customer(rng, key) for key in (f"C{n}" for n in range(1, customers + 1))},
        profiles, zones, settings,
    )  # fmt: skip
    return _on_plane(scenario) if plane else scenario


def _place(rng: Random) -> tuple[float, float]:
    return 60 + rng.randint(0, 100) / 1000, 24 + rng.randint(0, 200) / 1000


def _customer(rng: Random, key: str) -> Customer:
    opens = 8 * HOUR + rng.randint(0, 10) * 900
    closes = opens + rng.choice([600, 1800, HOUR])
    windows = rng.choice([(), (), ((opens, closes),), ((opens, closes), (closes + HOUR, closes + 2 * HOUR))])
    return Customer(
        key, rng.choice(["", f"Customer {key}"]), *_place(rng), (rng.randint(0, 4) * 1.0, rng.randint(0, 20) / 10),
        rng.choice([(), (), (1.0, 0.5)]), rng.choice([0, 300, 900]), windows, rng.random() < 0.6,
        float(rng.randint(0, 3)), rng.choice(["", "", "P", "Q"]),
    )  # fmt: skip


def _on_plane(scenario: Scenario) -> Scenario:
    """Return a scenario with degrees as kilometres."""

    def flat(lat: float, lon: float) -> tuple[float, float]:
        return (lat - 60) * 111, (lon - 24) * 55

    depots, customers = {}, {}
    for key, depot in scenario.depots.items():
        lat, lon = flat(depot.lat, depot.lon)
        depots[key] = replace(depot, lat=lat, lon=lon)
    for key, one in scenario.customers.items():
        lat, lon = flat(one.lat, one.lon)
        customers[key] = replace(one, lat=lat, lon=lon)
    zones = {key: replace(one, ring=tuple(flat(*point) for point in one.ring)) for key, one in scenario.zones.items()}
    return replace(scenario, depots=depots, customers=customers, zones=zones)


def _in_traffic(rng: Random, scenario: Scenario) -> Scenario:
    """Return a scenario with speeds that change from hour to hour, and perhaps with bicycles, which they pass by."""
    slower = {group: tuple(rng.choice((0.3, 0.5, 0.65, 0.8, 1.0, 1.2)) for _ in range(HOURS)) for group in GROUPS}
    bike = replace(scenario.vehicles["bike"], profile=rng.choice(["car", "bicycle"]))
    settings = replace(scenario.settings, traffic=Traffic(**slower))
    return replace(scenario, vehicles={**scenario.vehicles, "bike": bike}, settings=settings)


def _by_roads(rng: Random, scenario: Scenario) -> Scenario:
    """Return a scenario on `STREETS`, unless it is in a plane, and its zone with slow streets, or with closed ones."""
    if scenario.settings.travel is TravelSource.PLANE:
        return scenario
    zones = {key: replace(one, pace=rng.choice([1.0, 0.5, 0.0])) for key, one in scenario.zones.items()}
    settings = replace(scenario.settings, travel=TravelSource.ROADS, network="streets")
    return replace(scenario, zones=zones, settings=settings)


def _leg(rng: Random, state: State) -> Question | None:
    legs = [
        WhyLeg((route.vehicle, route.number), to)
        for route in state.plan.routes
        for to in (*route.stops, None)
        if to is not None or state.scenario.vehicles[route.vehicle].end_depot is not None
    ]
    return rng.choice(legs) if legs else None


def _route(rng: Random, state: State) -> Question | None:
    drivers = [route.driver for route in state.plan.routes]
    return WhyRoute(rng.choice(drivers)) if drivers else None


def _next(rng: Random, state: State) -> Question | None:
    legs = []
    for route in state.plan.routes:
        for place in range(state.plan.driven(route), len(route.stops) + 1):
            after = route.stops[place - 1] if place else None
            left = [one for one in state.scenario.customers if one not in route.stops[: place + 1]]
            legs += [WhyNotNext((route.vehicle, route.number), after, one) for one in left if _movable(state, one)]
    return rng.choice(legs) if legs else None


def _movable(state: State, customer: str) -> bool:
    return not any(customer in route.stops[: state.plan.driven(route)] for route in state.plan.routes)


def _vehicle(rng: Random, state: State) -> Question | None:
    served = sorted(state.plan.served)
    return WhyVehicle(rng.choice(served), resolved=rng.random() < 0.3) if served else None


def _unassigned(rng: Random, state: State) -> Question | None:
    left = sorted(state.scenario.customers.keys() - state.plan.served)
    return WhyUnassigned(rng.choice(left)) if left else None


def _cost(rng: Random, _: State) -> Question:
    kinds = rng.sample([*Binding], rng.randint(2, len(Binding)))
    return WhatCosts(frozenset(kinds), most=3)


def _changed(rng: Random, state: State) -> Question | None:
    """Ask about an earlier moment at which some stops were elsewhere, and sometimes the scenario another."""
    before = state
    served = sorted(state.plan.served)
    for _ in range(rng.randint(1, 4)):
        customer = rng.choice([*state.scenario.customers])
        try:
            if rng.random() < 0.2 and served:
                before = unassign(before, [customer]).edit.patch.applied(before)
            elif before.plan.routes:
                index = rng.randrange(len(before.plan.routes))
                place = rng.randint(0, len(before.plan.routes[index].stops))
                before = move_stops(before, [customer], index, place).edit.patch.applied(before)
        except EditRefusedError:
            continue
    if rng.random() < 0.4:
        key = rng.choice([*before.scenario.customers])
        one = replace(before.scenario.customers[key], windows=(), service=60)
        scenario = replace(before.scenario, customers={**before.scenario.customers, key: one})
        before = State(scenario, before.plan)
    return WhatChanged(before) if before is not state else None


_ASK: dict[str, Callable[[Random, State], Question | None]] = {
    "leg": _leg,
    "next": _next,
    "vehicle": _vehicle,
    "unassigned": _unassigned,
    "cost": _cost,
    "changed": _changed,
    "route": _route,
}

KINDS = tuple(_ASK)
