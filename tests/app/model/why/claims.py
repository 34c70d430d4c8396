"""What an explanation claims, each claim held against the plans that it keeps.

Claims are judged by `tests.app.model.why.oracle`, and what is called impossible by `solver.problem.check` as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import permutations

import pytest

from app.model.compile import compile_scenario
from app.model.evaluation import to_solution
from app.model.fleet import label
from app.model.locks import with_plan
from app.model.patch import TABLES, State, table_of
from app.model.plan import PlannedRoute
from app.model.units import clock
from app.model.why.evidence import EXCESS_UNITS
from app.model.why.explanation import Bar, Explanation, Verdict
from app.model.why.facts import NOW, Measure, Number
from app.model.why.legs import DRIVEN, WORDS
from app.model.why.questions import WhatCosts, WhyLeg, WhyNotNext, WhyRoute, WhyUnassigned, WhyVehicle
from app.model.why.searching import Search
from solver.explain.completions import NEAR_BY
from solver.explain.intention import Intention
from solver.problem import Rule, check
from tests.app.model.why.oracle import TOLERANCE, Judged, Oracle, Who, wrong
from tests.app.model.why.questions_of import explain
from tests.app.model.why.quick_search import quick_search

NOTHING = 0.005

Key = tuple[Rule, Who | None, str, int]


def hold(explanation: Explanation, *, most_left: int = 3) -> None:
    """Assert everything that can be told of an explanation by itself.

    Parameters
    ----------
    explanation
        Any, and complete.
    most_left
        Stops left of a route up to which all ways to go on are tried.
    """
    assert explanation.complete
    assert 1 <= len(explanation.short) <= 2
    assert not wrong(explanation)
    oracle = Oracle(explanation.evidence)
    no_bare_numbers(explanation)
    parts_add_up(explanation, oracle)
    edits_lead_there(explanation)
    bars_break_what_they_say(explanation, oracle)
    the_verdict_is_right(explanation, oracle)
    match explanation.question:
        case WhyVehicle(resolved=False):
            the_card_is_right(explanation, oracle)
            the_least_of_all_insertions(explanation, oracle)
        case WhyUnassigned():
            the_least_of_each_type(explanation, oracle)
            remedies_help(explanation, oracle)
        case WhyLeg():
            the_card_is_right(explanation, oracle)
            what_is_allowed_is_proposed(explanation)
            if explanation.exact:
                the_least_of_all_ways_on(explanation, oracle, most_left)
        case WhyRoute():
            each_leg_is_listed(explanation)
        case WhatCosts():
            nothing_else_is_relaxed(explanation)


def no_bare_numbers(explanation: Explanation) -> None:
    """Assert that what is left of sentences without their numbers and names has no digit in it."""
    names = sorted(_names(explanation.evidence.values()), key=len, reverse=True)
    for sentence in explanation.sentences:
        text = sentence.text
        numbers = [f"{one:{sign}}" for one in sentence.numbers.values() for sign in ("", "+")]

        for known in (*sorted(numbers, key=len, reverse=True), *names):
            text = re.sub(rf"(?<![\w.]){re.escape(known)}(?![\w])", "…", text)
        assert not re.search(r"\d", text), f"{sentence.text!r} leaves {text!r}"


def parts_add_up(explanation: Explanation, oracle: Oracle) -> None:
    """Assert that the parts of a difference are all of it."""
    if explanation.parts:
        number = explanation.parts[0].number
        assert {(one.number.at, one.number.minus) for one in explanation.parts} == {(number.at, number.minus)}
        total = sum(one.number.value for one in explanation.parts)
        whole = replace(_cost(number.at, number.minus), route=number.route)
        assert total == pytest.approx(oracle.value(whole), abs=TOLERANCE)
        if explanation.proposed:
            assert number.at == explanation.proposed


def edits_lead_there(explanation: Explanation) -> None:
    """Assert that what can be done with one click leads to what is shown."""
    if explanation.proposed:
        (edit, *_) = explanation.edits
        _same_plan(edit.patch.applied(explanation.state), explanation.evidence[explanation.proposed])
    for bar in (*explanation.alternatives, *explanation.remedies):
        if bar.edit is not None:
            _same_plan(bar.edit.patch.applied(explanation.state), explanation.evidence[bar.number.at])


def bars_break_what_they_say(explanation: Explanation, oracle: Oracle) -> None:
    """Assert that what an alternative is said to break it breaks, and that one which breaks nothing breaks nothing."""
    bound = _bound_by_now(explanation)
    for bar in explanation.alternatives:
        at, minus = bar.number.at, bar.number.minus
        if minus is None:
            continue  # the vehicle serves nobody else, or is not there: that is not beside the plan
        new = newly_broken(oracle.of(at), oracle.of(minus))
        moved = _moved_from_locks(oracle.of(at), bound) if isinstance(explanation.question, WhyLeg | WhyNotNext) else 0
        if isinstance(explanation.question, WhatCosts):
            continue  # it says how many more rules are kept
        numbers = [sentence.numbers["amount"] for sentence in bar.broken if "amount" in sentence.numbers]
        assert {_key(one) for one in numbers if one.rule != Rule.LOCK} == new
        assert bool(bar.broken) == bool(new or moved)
        assert (not new) or _check_finds(explanation.evidence[at], explanation.evidence[minus])
        for number in numbers:
            assert number.unit == EXCESS_UNITS.get(Rule(number.rule), number.unit)


def the_verdict_is_right(explanation: Explanation, oracle: Oracle) -> None:
    """Assert that what is called better, the same, worse or impossible is that."""
    if explanation.verdict is Verdict.HOLDS or not explanation.proposed or isinstance(explanation.question, WhatCosts):
        return
    at = explanation.proposed
    minus = explanation.parts[0].number.minus if explanation.parts else _beside(explanation)
    assert minus is not None
    here, there = oracle.of(minus), oracle.of(at)
    new, cost = newly_broken(there, here), oracle.value(_cost(at, minus))
    mended = newly_broken(here, there)
    match explanation.verdict:
        case Verdict.INFEASIBLE:
            bound = _bound_by_now(explanation)
            assert new or _moved_from_locks(there, bound) or _broken_on_the_way(explanation, oracle)
        case Verdict.BETTER:
            assert not new
            assert mended or cost < NOTHING
        case Verdict.SAME:
            assert not new
            assert abs(cost) <= NOTHING + TOLERANCE
        case Verdict.WORSE:
            assert not new
            assert cost > -NOTHING


def the_card_is_right(explanation: Explanation, oracle: Oracle) -> None:
    """Assert that where anything else is said to cost more or to break a rule, anything else does.

    Another place on the same vehicle may be neither worse nor better.
    """
    own = _own_place(explanation)
    for bar in explanation.alternatives:
        if explanation.verdict is Verdict.INFEASIBLE and bar.number.at == own and not bar.broken:
            assert abs(bar.number.value) <= NOTHING
            assert not newly_broken(oracle.of(NOW), oracle.of(own))
        elif explanation.verdict is Verdict.INFEASIBLE:
            assert bar.broken
        elif explanation.verdict is Verdict.WORSE and not bar.broken:
            assert bar.number.value >= -NOTHING


def what_is_allowed_is_proposed(explanation: Explanation) -> None:
    """Assert that nothing that breaks a rule is proposed where something else would break none."""
    allowed = {bar.number.at for bar in explanation.alternatives if not bar.broken}
    assert explanation.proposed in allowed or not allowed


def each_leg_is_listed(explanation: Explanation) -> None:
    """Assert that a route's legs are told in its order, and each as it is by itself."""
    question, state = explanation.question, explanation.state
    assert isinstance(question, WhyRoute)
    route = next(one for one in state.plan.routes if one.driver == question.route)
    assert [sentence.items for sentence in explanation.long] == [(("customers", stop),) for stop in route.stops]
    driven = state.plan.driven(route)
    for place, (stop, sentence) in enumerate(zip(route.stops, explanation.long, strict=True)):
        alone = explain(WhyLeg(route.driver, stop), state)
        words = DRIVEN if place < driven else WORDS[Intention(alone.label)]
        assert sentence.text.endswith(words)


def the_least_of_all_insertions(explanation: Explanation, oracle: Oracle) -> None:
    """Assert that no place on another vehicle is better than the best that is offered."""
    question, state = explanation.question, explanation.state
    assert isinstance(question, WhyVehicle)
    own = next(index for index, route in enumerate(state.plan.routes) if question.customer in route.stops)
    if explanation.verdict in (Verdict.SAME, Verdict.WORSE):
        assert not newly_broken(oracle.of(NOW), oracle.of(explanation.proposed))
    ranks = [rank for index, rank in _insertions(state, question.customer, oracle.of(NOW)) if index != own]
    elsewhere = [bar for bar in explanation.alternatives if bar.number.at != f"on route {own + 1}"]
    if any(
        stop in state.plan.routes[own].stops[: state.plan.driven(state.plan.routes[own])]
        for stop in [question.customer]
    ):
        assert not explanation.alternatives
        return
    assert bool(elsewhere) == bool(ranks)
    if elsewhere:
        best, count = elsewhere[0], len(elsewhere[0].broken)
        least = min(ranks)
        assert count == least[0]
        assert best.number.value == pytest.approx(least[2], abs=TOLERANCE)
        assert [_rank(bar, oracle) for bar in explanation.alternatives] == sorted(
            _rank(bar, oracle) for bar in explanation.alternatives
        )


def the_least_of_each_type(explanation: Explanation, oracle: Oracle) -> None:
    """Assert that the place that is told of each type is its best, and that none fits where none is said to."""
    question, state = explanation.question, explanation.state
    assert isinstance(question, WhyUnassigned)
    ranks: dict[str, list[tuple[int, int, float]]] = {}
    for index, rank in _insertions(state, question.customer, oracle.of(NOW)):
        vehicle = state.plan.routes[index].vehicle if isinstance(index, int) else index
        ranks.setdefault(vehicle, []).append(rank)
    for bar in explanation.alternatives:
        (vehicle,) = (key for kind, key in bar.items if kind == "vehicles")
        if bar.number.measure is Measure.COUNT:
            assert vehicle not in ranks
        elif bar.number.minus is None:
            alone = explanation.evidence[bar.number.at]
            assert [route.stops for route in alone.plan.routes] == [(question.customer,)]
            assert any(one.rule is not Rule.UNSERVED for one in _checked(alone))
        else:
            count, _, cost = min(ranks[vehicle])
            assert (len(bar.broken), bar.number.value) == (count, pytest.approx(cost, abs=TOLERANCE))
            assert count or explanation.verdict is not Verdict.INFEASIBLE


def remedies_help(explanation: Explanation, oracle: Oracle) -> None:
    """Assert that with each change the customer is served, and everybody else, and nothing more is broken."""
    question, state = explanation.question, explanation.state
    assert isinstance(question, WhyUnassigned)
    for bar in explanation.remedies:
        assert bar.edit is not None
        after = bar.edit.patch.applied(state)
        assert after.plan.served >= state.plan.served | {question.customer}
        assert after == explanation.evidence[bar.number.at]
        assert not [key for key in newly_broken(Judged(after), oracle.of(NOW)) if key[0] is not Rule.UNSERVED]
        rules = [one for one in _checked(after) if one.rule is not Rule.UNSERVED]
        assert len(rules) <= len([one for one in _checked(state) if one.rule is not Rule.UNSERVED])
        if rules:
            continue  # what is broken anyway, a search may mend by leaving out whom it likes
        problem = with_plan(compile_scenario(after.scenario), after.plan)
        solved = quick_search(Search(after, problem, after.plan, 1.0))
        assert question.customer in solved.plan.served
    if explanation.verdict is Verdict.BETTER and explanation.proposed:
        assert question.customer in explanation.evidence[explanation.proposed].plan.served


def the_least_of_all_ways_on(explanation: Explanation, oracle: Oracle, most_left: int) -> None:
    """Assert that no other way for a route to go on is better than the best that is shown, where few stops are left."""
    question, state = explanation.question, explanation.state
    assert isinstance(question, WhyLeg)
    own = next(i for i, one in enumerate(state.plan.routes) if (one.vehicle, one.number) == question.route)
    route = state.plan.routes[own]
    place = len(route.stops) if question.to is None else route.stops.index(question.to)
    rest = route.stops[place:]
    others = [one for one in state.scenario.customers if one not in route.stops and not _driven(state, one)]
    if len(rest) > most_left or place < state.plan.driven(route) or len(others) > NEAR_BY:
        return
    bound, now = _bound_by_now(explanation), oracle.of(NOW)
    least: float | None = None
    for joined in (None, *others):
        for order in permutations((*rest, *(() if joined is None else (joined,)))):
            if not order or order[0] == question.to or joined not in (None, order[0]):
                continue  # who joins later is no answer to who comes next
            then = Judged(_with_route(state, own, (*route.stops[:place], *order)), now.problem)
            unlocked = _moved_from_locks(then, bound)
            if not unlocked and not newly_broken(then, now):
                least = then.opinion.total if least is None else min(least, then.opinion.total)
    unbroken = [bar for bar in explanation.alternatives if not bar.broken]
    assert bool(unbroken) == (least is not None)
    if least is not None:
        cheapest = min(bar.number.value for bar in unbroken)
        assert cheapest == pytest.approx(least - now.opinion.total, abs=TOLERANCE)


def nothing_else_is_relaxed(explanation: Explanation) -> None:
    """Assert that each price is that of one thing: all else of the scenario is as it was."""
    state = explanation.state
    for bar in explanation.alternatives:
        then = explanation.evidence[bar.number.at]
        for kind in TABLES:
            was, now = table_of(state.scenario, kind), table_of(then.scenario, kind)
            changed = {(kind, key) for key in was if was[key] != now[key]}
            assert was.keys() == now.keys()
            assert changed <= set(bar.items)
        gone = state.plan.locks.keys() - then.plan.locks.keys()
        assert {("customers", key) for key in gone} <= set(bar.items)
        assert bar.number.value < 0


def _own_place(explanation: Explanation) -> str:
    """Return the name of the evidence in which a stop is at another place on the vehicle that it is asked about."""
    question, plan = explanation.question, explanation.state.plan
    if not isinstance(question, WhyVehicle):
        return ""
    own = next(index for index, route in enumerate(plan.routes) if question.customer in route.stops)
    return f"on route {own + 1}"


def newly_broken(at: Judged, minus: Judged) -> set[Key]:
    """Return what is broken in one state and not in another, or less."""
    return {key for key, amount in at.broken.items() if amount > minus.broken.get(key, 0)}


def _key(number: Number) -> Key:
    return Rule(number.rule), number.route, number.customer, number.dimension


def _cost(at: str, minus: str | None) -> Number:
    return Number(0.0, Measure.COST, at, minus)


def _beside(explanation: Explanation) -> str:
    bars = (bar.number for bar in explanation.alternatives)
    return next((one.minus for one in bars if one.at == explanation.proposed and one.minus is not None), NOW)


def _same_plan(one: State, other: State) -> None:
    assert [(route.vehicle, route.number, route.stops) for route in one.plan.routes] == [
        (route.vehicle, route.number, route.stops) for route in other.plan.routes
    ]
    assert one.scenario == other.scenario


def _names(states: Iterable[State]) -> Iterator[str]:
    for state in states:
        for kind in TABLES:
            for key, one in table_of(state.scenario, kind).items():
                yield key
                yield one.name or key
        yield from state.scenario.settings.dimensions
        for key, vehicle in state.scenario.vehicles.items():
            yield from (label(vehicle, key, number) for number in range(1, vehicle.count + 2))
        for zone in state.scenario.zones.values():  # what violations say of their hours
            yield from (clock(time) for spans in zone.hours.values() for span in spans for time in span)
        yield from (f"Route {number}" for number in range(1, len(state.scenario.customers)))


def _rank(bar: Bar, oracle: Oracle) -> tuple[int, float, float]:
    number = bar.number
    return len(bar.broken), oracle.value(Number(0, Measure.LATENESS, number.at, number.minus)), number.value


def _insertions(state: State, customer: str, now: Judged) -> Iterator[tuple[int | str, tuple[int, int, float]]]:
    """Yield what each place for a customer comes to: the route or the type of a new one; rules, lateness and cost."""
    without = [tuple(stop for stop in route.stops if stop != customer) for route in state.plan.routes]
    for index, route in enumerate(state.plan.routes):
        for place in range(state.plan.driven(route), len(without[index]) + 1):
            stops = (*without[index][:place], customer, *without[index][place:])
            if stops != route.stops:
                yield index, _ranked(Judged(_with_route(state, index, stops), now.problem), now)
    for vehicle, kind in state.scenario.vehicles.items():
        routes = [replace(route, stops=left) for route, left in zip(state.plan.routes, without, strict=True) if left]
        used = {route.number for route in state.plan.routes if route.vehicle == vehicle}
        free = next((number for number in range(1, kind.count + 1) if number not in used), None)
        if free is None:
            continue
        plan = replace(state.plan, routes=(*routes, PlannedRoute(vehicle, (customer,), free)))
        yield vehicle, _ranked(Judged(State(state.scenario, plan), now.problem), now)


def _with_route(state: State, index: int, stops: tuple[str, ...]) -> State:
    """Return the state with another order of a route, whose stops leave all others."""
    routes = (
        replace(one, stops=stops if at == index else tuple(stop for stop in one.stops if stop not in stops))
        for at, one in enumerate(state.plan.routes)
    )
    return State(state.scenario, replace(state.plan, routes=tuple(one for one in routes if one.stops)))


def _ranked(then: Judged, now: Judged) -> tuple[int, int, float]:
    late = sum(machine_late(then)) - sum(machine_late(now))
    return len(newly_broken(then, now)), late, then.opinion.total - now.opinion.total


def machine_late(judged: Judged) -> Iterator[int]:
    """Yield by how much each stop is late."""
    return (judged.stop(stop).lateness for route in judged.state.plan.routes for stop in route.stops)


def _driven(state: State, customer: str) -> bool:
    return any(customer in route.stops[: state.plan.driven(route)] for route in state.plan.routes)


def _bound_by_now(explanation: Explanation) -> Judged:
    return Judged(explanation.state)


def _moved_from_locks(then: Judged, now: Judged) -> int:
    """Return how many of those who are locked now would not be where they are locked."""
    problem = with_plan(now.problem, now.state.plan)
    report = check(problem, to_solution(now.problem, then.state.plan))
    left_out = now.state.plan.locks.keys() - then.state.plan.served
    return sum(one.rule is Rule.LOCK and one.route >= 0 for one in report.violations) + len(left_out)


def _checked(state: State) -> Iterator[object]:
    problem = compile_scenario(state.scenario)
    return iter(check(with_plan(problem, state.plan), to_solution(problem, state.plan)).violations)


def _check_finds(then: State, now: State) -> bool:
    """Return whether `check` finds that a plan breaks something more than another, by locks of neither."""

    def amounts(state: State) -> dict[tuple[object, ...], int]:
        problem = compile_scenario(state.scenario)
        made: dict[tuple[object, ...], int] = {}
        for one in check(problem, to_solution(problem, state.plan)).violations:
            route = state.plan.routes[one.route] if one.route >= 0 else None
            key = one.rule, route and (route.vehicle, route.number), one.client, one.dimension
            made[key] = max(made.get(key, 0), one.amount)
        return made

    before = amounts(now)
    return any(amount > before.get(key, 0) for key, amount in amounts(then).items())


def _broken_on_the_way(explanation: Explanation, oracle: Oracle) -> bool:
    """Whether the route is broken before it can go on, as `app.model.why.next_stop` says."""
    return "so far" in explanation.evidence and bool(newly_broken(oracle.of("so far"), oracle.of(NOW)))
