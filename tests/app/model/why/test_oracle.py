"""Evidence and the oracle agree about every measure, and the oracle finds what is wrong."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.model.compile import compile_scenario
from app.model.patch import State
from app.model.why.evidence import Evidence
from app.model.why.facts import NOW, Measure, Number
from solver.problem import UNREACHABLE, Rule
from tests.app.model.states import busy_states
from tests.app.model.why.cases import case, on_streets, random_state
from tests.app.model.why.claims import hold
from tests.app.model.why.oracle import TOLERANCE, Judged, Oracle, wrong
from tests.app.model.why.questions_of import explain

OF_PLANS = (
    "COST", "FIXED", "DISTANCE_COST", "DURATION_COST", "PREFERENCE", "DISTANCE", "DURATION", "DRIVING", "WAITING",
    "LATENESS", "STOPS", "VEHICLES",
)  # fmt: skip
OF_STOPS = ("ARRIVAL", "START", "STOP_WAITING", "STOP_LATENESS", "LEG_DISTANCE", "LEG_DURATION")
OF_ROUTES = ("END", "RETURN_DISTANCE", "RETURN_DURATION", "LOAD")
OF_TYPES = ("CAPACITY", "SHIFT_END", "DEPOT_CLOSES", "COUNT", "MAX_DISTANCE", "MAX_DURATION")
OF_CUSTOMERS = ("OPENS", "CLOSES", "DEMAND", "PRIZE")
BETWEEN = ("MOVED", "SHIFTED")
OTHERS = ("LEFT_OUT", "UNSERVED", "BROKEN", "EXCESS")


def test_every_measure_is_looked_at() -> None:
    looked_at = {*OF_PLANS, *OF_STOPS, *OF_ROUTES, *OF_TYPES, *OF_CUSTOMERS, *BETWEEN, *OTHERS}
    assert looked_at == {measure.name for measure in Measure}


def agree(state: State, before: State) -> None:
    """Assert that both measure the same of a state, of each of its routes, stops and types."""
    evidence = Evidence(state, compile_scenario(state.scenario))
    evidence.add("before", before, compile_scenario(before.scenario))
    oracle, made = Oracle(evidence.states), list[Number]()
    dimensions = range(len(state.scenario.settings.dimensions))
    for name in (*OF_PLANS, "LEFT_OUT", "UNSERVED", "BROKEN"):
        made += [evidence.number(Measure[name]), evidence.number(Measure[name], NOW, "before")]
    made += [evidence.number(Measure[name], NOW, "before") for name in BETWEEN]
    for route, who in zip(state.plan.routes, oracle.of(NOW).who, strict=True):
        made += [evidence.number(Measure[name], route=who) for name in (*OF_PLANS, *OF_ROUTES)]
        made += [evidence.number(Measure.LOAD, route=who, dimension=one) for one in dimensions]
        made += [evidence.number(Measure[name], customer=stop) for stop in route.stops for name in OF_STOPS]
    for key, vehicle in state.scenario.vehicles.items():
        limited = [name for name in OF_TYPES if getattr(vehicle, name.lower(), 0) is not None]
        made += [evidence.number(Measure[name], route=(key, 0)) for name in limited]
    for key, one in state.scenario.customers.items():
        names = OF_CUSTOMERS if one.windows else OF_CUSTOMERS[2:]
        made += [evidence.number(Measure[name], customer=key) for name in names]
    for (rule, route, customer, dimension), _ in oracle.of(NOW).broken.items():
        made.append(
            evidence.number(Measure.EXCESS, customer=customer, route=route, dimension=dimension, rule=Rule(rule))
        )
    for one in made:
        assert one.value == pytest.approx(oracle.value(one), abs=TOLERANCE), one


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6))
def test_evidence_and_the_oracle_agree(seed: int) -> None:
    rng = Random(seed)
    with on_streets():
        state = random_state(rng, rng.randint(6, 12), traffic=seed % 2 == 0, by_roads=seed % 10 == 3)
        agree(state, State(state.scenario, replace(state.plan, routes=state.plan.routes[1:], locks={})))


@settings(max_examples=40, deadline=None)
@given(busy_states())
def test_they_agree_about_crowded_plans_too(state: State) -> None:
    agree(state, state)


def test_a_number_that_is_wrong_is_found() -> None:
    one = case(2)
    explanation = explain(one.question, one.state)
    hold(explanation)
    sentence = explanation.long[0]
    name, number = next(iter(sentence.numbers.items()))
    lie = replace(sentence, numbers={**sentence.numbers, name: replace(number, value=number.value + 1e-3)})
    assert [found for found, _ in wrong(replace(explanation, long=(lie, *explanation.long[1:])))] == [lie.numbers[name]]


def test_drives_through_the_rush_hour_are_not_the_shortest_drives() -> None:
    state = random_state(Random(1), 12, traffic=True)
    evidence = Evidence(state, compile_scenario(state.scenario))
    oracle = Oracle(evidence.states)
    driving = oracle.value(evidence.number(Measure.DRIVING))
    (machine, *_) = machines = oracle.of(NOW).machines
    assert machine.problem.travel.hours is not None
    assert driving > sum(int(one.duration[a, b]) for one in machines for a, b, _ in one.legs)


def test_a_road_that_is_not_there_is_broken_and_no_metres_long() -> None:
    with on_streets():
        states = (random_state(Random(seed), 12, by_roads=True) for seed in range(40))
        judged = (Judged(state) for state in states)
        missing = next(one for one in judged if any(rule is Rule.UNREACHABLE for rule, *_ in one.broken))
        agree(missing.state, missing.state)
    assert missing.problem.travel.distance.max() >= UNREACHABLE
    assert missing.opinion.total < UNREACHABLE / 1000


def test_a_bare_number_in_a_sentence_is_found() -> None:
    one = case(2)
    explanation = explain(one.question, one.state)
    lie = replace(explanation.short[0], text=f"{explanation.short[0].text} It is 77 km away.")
    with pytest.raises(AssertionError):
        hold(replace(explanation, short=(lie,)))


def test_an_alternative_that_is_not_there_is_missed() -> None:
    seeds = (seed for seed in range(2, 600, 6))
    explanations = (explain(one.question, one.state) for seed in seeds if (one := case(seed)).kind == "vehicle")
    explanation = next(one for one in explanations if one.exact and len(one.alternatives) > 2)
    with pytest.raises(AssertionError):
        hold(replace(explanation, alternatives=explanation.alternatives[-1:], proposed=""))
