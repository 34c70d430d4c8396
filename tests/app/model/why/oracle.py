"""Recomputes every number of an explanation from the plans that it keeps, apart from the code that made it.

What routes do is what `tests.solver.second_evaluator` drives, and what a scenario says is read from the scenario: of
the program only `compile_scenario` is shared, for travel times. A plan keeps to its own locks, so they do not enter
here, except that nobody can be late any more where a vehicle has been already.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from app.model.compile import compile_scenario
from app.model.patch import State
from app.model.plan import Lock, Plan
from app.model.scenario import Customer, TravelSource, Window
from app.model.why.explanation import Explanation
from app.model.why.facts import Measure, Number
from app.model.zones import inside
from solver.problem import UNLIMITED, UNREACHABLE, Problem, Route, Rule, Solution
from tests.solver.second_evaluator import Machine, Opinion, evaluate

TOLERANCE = 1e-6

Who = tuple[str, int]
"""Vehicle type and number."""

_SCALES = {Rule.CAPACITY: 1000, Rule.MAX_DISTANCE: 1000}
_PARTS = {
    Measure.COST: "total",
    Measure.FIXED: "fixed",
    Measure.DISTANCE_COST: "distance",
    Measure.DURATION_COST: "duration",
    Measure.PREFERENCE: "preference",
    Measure.LEFT_OUT: "unserved",
}


class Oracle:
    """Measures the states of an explanation.

    Parameters
    ----------
    states
        By name.
    """

    def __init__(self, states: Mapping[str, State]) -> None:
        self._states = {name: Judged(state) for name, state in states.items()}

    def of(self, name: str) -> Judged:
        """Return what is known of a state."""
        return self._states[name]

    def value(self, number: Number) -> float:
        """Return what a number ought to be."""
        at = self._states[number.at]
        if number.measure in (Measure.MOVED, Measure.SHIFTED):
            assert number.minus is not None
            moved, shifted = _between(self._states[number.minus].state.plan, at.state.plan)
            return moved if number.measure is Measure.MOVED else shifted
        minus = self._states[number.minus].measured(number) if number.minus is not None else 0.0
        return at.measured(number) - minus


def wrong(explanation: Explanation) -> list[tuple[Number, float]]:
    """Return the numbers of an explanation that are not what they say, each with what it ought to be."""
    oracle = Oracle(explanation.evidence)
    true = ((one, oracle.value(one)) for one in explanation.numbers)
    return [(one, value) for one, value in true if not abs(one.value - value) <= TOLERANCE]


@dataclass(frozen=True)
class Driven:
    """One stop: arrival, start and lateness in seconds, metres and seconds of the drive to it."""

    arrival: int
    start: int
    lateness: int
    metres: int
    seconds: int


class Judged:
    """A state, and what the second evaluator says of it."""

    def __init__(self, state: State, problem: Problem | None = None) -> None:
        self.state = state
        self.problem = compile_scenario(state.scenario) if problem is None else problem
        self.clients = {key: index for index, key in enumerate(self.problem.clients.ids)}
        self.kinds = {key: index for index, key in enumerate(self.problem.vehicles.ids)}
        self.who = _drivers(state.plan)
        self.solution = Solution(
            tuple(
                Route(self.kinds[route.vehicle], tuple(self.clients[stop] for stop in route.stops), route.number - 1)
                for route in state.plan.routes
            )
        )

    @cached_property
    def bridged(self) -> Problem:
        """The problem with legs that have no road no metres long, as users are told of them."""
        travel = self.problem.travel
        if not isinstance(travel.distance, np.ndarray) or travel.distance.max(initial=0) < UNREACHABLE:
            return self.problem
        metres = np.where(travel.distance >= UNREACHABLE, 0, travel.distance)
        return replace(self.problem, travel=replace(travel, distance=metres))

    @cached_property
    def opinion(self) -> Opinion:
        """What the evaluator says."""
        opinion = evaluate(self.bridged, self.solution)
        for index, machine in enumerate(self.machines):
            for a, b, client in machine.legs:
                if self.problem.travel.distance[machine.profile, a, b] >= UNREACHABLE:
                    opinion.broken[str(Rule.UNREACHABLE), 1, index, client, -1] += 1
        return opinion

    @cached_property
    def machines(self) -> list[Machine]:
        """The routes, driven."""
        return [Machine(self.bridged, route) for route in self.solution.routes]

    @cached_property
    def broken(self) -> dict[tuple[Rule, Who | None, str, int], int]:
        """By how much each rule is broken: by whom, for which customer, in which dimension (0 where there is none)."""
        amounts: dict[tuple[Rule, Who | None, str, int], int] = {}
        for name, amount, index, client, dimension in self.opinion.broken:
            rule = Rule(name)
            who = self.who[index] if index >= 0 else None
            customer = self.problem.clients.ids[client] if client >= 0 else ""
            if index >= 0 and customer and rule in (Rule.TIME_WINDOW, Rule.NOT_ALLOWED) and self._been(index, customer):
                continue
            key = rule, who, customer, max(dimension, 0)
            amounts[key] = max(amounts.get(key, 0), amount)
        return amounts

    @cached_property
    def violations(self) -> int:
        """How many rules are broken."""
        been = sum(
            times
            for (name, _, index, client, _), times in self.opinion.broken.items()
            if Rule(name) in (Rule.TIME_WINDOW, Rule.NOT_ALLOWED)
            and self._been(index, self.problem.clients.ids[client])
        )
        return self.opinion.broken.total() - been

    def measured(self, number: Number) -> float:
        """Return a number of this state alone."""
        measure = number.measure
        scenario = self._of_scenario(number)
        if scenario is not None:
            return scenario
        if measure is Measure.EXCESS:
            return self._excess(number)
        if number.customer:
            return self._of_stop(measure, self.stop(number.customer))
        if measure is Measure.BROKEN:
            return self.violations
        if measure is Measure.UNSERVED:
            return len(self.state.scenario.customers.keys() - self.state.plan.served)
        machines = [
            machine
            for machine, who in zip(self.machines, self.who, strict=True)
            if number.route in (None, who) and (machine.route.clients or number.route is not None)
        ]
        if number.route is not None and not machines:
            raise KeyError(number.route)
        if measure in _PARTS:
            costs = self._costs(machines) if number.route is not None else self.opinion.costs
            return sum(costs.values()) if measure is Measure.COST else costs[_PARTS[measure]]
        return self._of_routes(number, machines)

    def stop(self, customer: str) -> Driven:
        """Return what happens at a stop."""
        for machine, route in zip(self.machines, self.state.plan.routes, strict=True):
            if customer in route.stops:
                return self._stops(machine)[route.stops.index(customer)]
        raise KeyError(customer)

    def _been(self, index: int, customer: str) -> bool:
        """Whether a stop has been driven already; by a vehicle that is not there, nothing has been."""
        kind, number = self.who[index]
        there = number <= self.state.scenario.vehicles[kind].count and self.who.index(self.who[index]) == index
        stops, locks = self.state.plan.routes[index].stops, self.state.plan.locks
        return there and all(locks.get(one) is Lock.DRIVEN for one in stops[: stops.index(customer) + 1])

    def _stops(self, machine: Machine) -> list[Driven]:
        clients, made = self.problem.clients, []
        now, late = machine.leaving, machine.windows[:, -1, 1]
        for (a, b, client), start, seconds in zip(machine.legs, machine.starts, machine.seconds, strict=False):
            arrival = now + seconds
            made.append(Driven(arrival, start, max(0, start - int(late[client])), int(machine.distance[a, b]), seconds))
            now = start + int(clients.service[client, machine.kind])
        return made

    def _costs(self, machines: list[Machine]) -> dict[str, float]:
        """Return what some routes cost, by part."""
        types = self.problem.vehicles
        made = dict.fromkeys(("fixed", "distance", "duration", "preference", "unserved"), 0.0)
        for one in machines:
            if one.route.clients:
                made["fixed"] += float(types.fixed_cost[one.kind])
                made["distance"] += one.metres * float(types.distance_cost[one.kind])
                made["duration"] += (one.end - one.leaving) * float(types.duration_cost[one.kind])
                made["preference"] += float(self.problem.clients.preference[list(one.route.clients), one.kind].sum())
        return made

    def _of_routes(self, number: Number, machines: list[Machine]) -> float:
        stops = [stop for one in machines for stop in self._stops(one)]
        match number.measure:
            case Measure.DISTANCE:
                return sum(one.metres for one in machines) / 1000
            case Measure.DURATION:
                return sum(one.end - one.leaving for one in machines)
            case Measure.DRIVING:
                return sum(sum(one.seconds) for one in machines)
            case Measure.WAITING:
                return sum(stop.start - stop.arrival for stop in stops)
            case Measure.LATENESS:
                return sum(stop.lateness for stop in stops)
            case Measure.STOPS:
                return len(stops)
            case Measure.VEHICLES:
                return sum(1 for one in machines if one.route.clients)
        (machine,) = machines
        match number.measure:
            case Measure.END:
                return machine.end
            case Measure.LOAD:
                return self._load(machine, number.dimension)
        a, b, client = machine.legs[-1]
        back = client < 0
        match number.measure:
            case Measure.RETURN_DISTANCE:
                return int(machine.distance[a, b]) / 1000 if back else 0
            case Measure.RETURN_DURATION:
                return machine.seconds[-1] if back else 0
        raise AssertionError(number)

    def _load(self, machine: Machine, dimension: int) -> float:
        """Return the largest load on board: what is brought is there from the beginning, what is taken to the end."""
        customers = [self.state.scenario.customers[self.problem.clients.ids[one]] for one in machine.route.clients]
        brings = [_load(one.demand, dimension) for one in customers]
        takes = [_load(one.pickup, dimension) for one in customers]
        return max(sum(brings[place:]) + sum(takes[:place]) for place in range(len(customers) + 1))

    @staticmethod
    def _of_stop(measure: Measure, stop: Driven) -> float:
        match measure:
            case Measure.ARRIVAL:
                return stop.arrival
            case Measure.START:
                return stop.start
            case Measure.STOP_WAITING:
                return stop.start - stop.arrival
            case Measure.STOP_LATENESS:
                return stop.lateness
            case Measure.LEG_DISTANCE:
                return stop.metres / 1000
            case Measure.LEG_DURATION:
                return stop.seconds
        raise AssertionError(measure)

    def _of_scenario(self, number: Number) -> float | None:
        """Return what the scenario alone says; None for what a plan has to be driven for."""
        scenario = self.state.scenario
        if number.customer:
            one: Customer = scenario.customers[number.customer]
            match number.measure:
                case Measure.OPENS:
                    return min(span[0] for span in self._open(one, number.route))
                case Measure.CLOSES:
                    return max(span[1] for span in self._open(one, number.route))
                case Measure.DEMAND:
                    return max(_load(one.demand, number.dimension), _load(one.pickup, number.dimension))
                case Measure.PRIZE:
                    return one.priority * scenario.settings.priority_value
            return None
        if number.route is None:
            return None
        vehicle = scenario.vehicles[number.route[0]]
        match number.measure:
            case Measure.CAPACITY:
                return _load(vehicle.capacity, number.dimension)
            case Measure.SHIFT_END:
                return vehicle.shift[1]
            case Measure.DEPOT_CLOSES:
                last = vehicle.start_depot if vehicle.end_depot is None else vehicle.end_depot
                return scenario.depots[last].hours[1]
            case Measure.MAX_DISTANCE:
                assert vehicle.max_distance is not None
                return vehicle.max_distance
            case Measure.MAX_DURATION:
                assert vehicle.max_duration is not None
                return vehicle.max_duration
            case Measure.COUNT:
                return vehicle.count
        return None

    def _open(self, customer: Customer, who: Who | None) -> Iterator[Window]:
        """Yield when a vehicle, or any where none is named, may begin to serve a customer."""
        scenario = self.state.scenario
        plane = scenario.settings.travel is TravelSource.PLANE
        point = np.array([[customer.lat, customer.lon]])
        always = ((0, UNLIMITED),)
        own = customer.windows or always
        for vehicle in scenario.vehicles if who is None else [who[0]]:
            spans = list(own)
            for zone in scenario.zones.values():
                if vehicle in zone.hours and inside(zone.ring, point, plane)[0]:
                    spans = [(max(a, c), min(b, d)) for a, b in spans for c, d in zone.hours[vehicle]]
            yield from [span for span in spans if span[0] <= span[1]] or own

    def _excess(self, number: Number) -> float:
        rule = Rule(number.rule)
        amounts = (
            amount
            for (which, who, customer, dimension), amount in self.broken.items()
            if which is rule
            and customer == number.customer
            and number.route == who
            and (rule is not Rule.CAPACITY or dimension == number.dimension)
        )
        return max(amounts, default=0) / _SCALES.get(rule, 1)


def _drivers(plan: Plan) -> list[Who]:
    """Return who drives each route: who is named, or else the first of its type that nobody names."""
    named = {(route.vehicle, route.number) for route in plan.routes if route.number}
    made: list[Who] = []
    for route in plan.routes:
        number = route.number
        while not number:
            free = next(n for n in range(1, len(plan.routes) + 2) if (route.vehicle, n) not in named)
            named.add((route.vehicle, free))
            number = free
        made.append((route.vehicle, number))
    return made


def _load(loads: tuple[float, ...], dimension: int) -> float:
    return loads[dimension] if dimension < len(loads) else 0.0


def _between(before: Plan, after: Plan) -> tuple[int, int]:
    """Return how many are on another vehicle, and how many are out of the order that the others have kept."""
    had = {who: route.stops for who, route in zip(_drivers(before), before.routes, strict=True)}
    has = {who: route.stops for who, route in zip(_drivers(after), after.routes, strict=True)}
    of = {stop: who for who, stops in had.items() for stop in stops}
    moved = sum(who != of.get(stop, who) for who, stops in has.items() for stop in stops)
    shifted = 0
    for who, stops in has.items():
        places = [had[who].index(stop) for stop in stops if stop in had.get(who, ())]
        ends: list[int] = []  # the least last place of an ascending run of each length
        for place in places:
            ends[bisect_left(ends, place) : bisect_left(ends, place) + 1] = [place]
        shifted += len(places) - len(ends)
    return moved, shifted
