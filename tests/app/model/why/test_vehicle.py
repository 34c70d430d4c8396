"""Why a stop is on its vehicle: every insertion is looked at here, and the answer is the least of them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from app.model import moves
from app.model.changes import EditRefusedError
from app.model.compile import compile_scenario
from app.model.evaluation import evaluate
from app.model.fleet import idle
from app.model.patch import State
from app.model.plan import Lock, Plan, PlannedRoute
from app.model.proposal import Pricing
from app.model.why.explanation import Explanation, Verdict
from app.model.why.facts import NOW
from app.model.why.questions import WhyVehicle
from tests.app.model.states import HOUR, busy_states, small_state
from tests.app.model.why.questions_of import explain
from tests.app.model.why.roads import line_of, on_road, recomputed


def cost(explanation: Explanation, name: str) -> float:
    state = explanation.evidence[name]
    return evaluate(state.scenario, compile_scenario(state.scenario), state.plan).costs.total


@settings(max_examples=40, deadline=None)
@given(busy_states(), st.data())
def test_the_best_alternative_is_the_least_of_all_insertions(state: State, data: st.DataObject) -> None:
    served = sorted(state.plan.served)
    assume(served)
    customer = data.draw(st.sampled_from(served))
    explanation = explain(WhyVehicle(customer), state)
    pricing = Pricing(compile_scenario(state.scenario), state)
    own = next(index for index, route in enumerate(state.plan.routes) if customer in route.stops)
    every = [
        pricing.proposal(moves.move_stops(state, [customer], index, place)).rank
        for index, route in enumerate(state.plan.routes)
        for place in range(len(route.stops) + 1)
        if index != own
    ]
    for vehicle in state.scenario.vehicles:
        if idle(state, vehicle):
            every.append(pricing.proposal(moves.start_route(state, [customer], vehicle)).rank)
    elsewhere = (bar for bar in explanation.alternatives if bar.number.at != f"on route {own + 1}")
    best = next(elsewhere, None)
    assert (best is None) == (not every)
    if best is not None:
        count, _, least = min(every)
        assert len(best.broken) == count
        assert best.number.value == pytest.approx(least, abs=1e-6)


@settings(max_examples=40, deadline=None)
@given(busy_states(), st.data())
def test_numbers_are_those_of_the_plans_that_are_kept(state: State, data: st.DataObject) -> None:
    served = sorted(state.plan.served)
    assume(served)
    explanation = explain(WhyVehicle(data.draw(st.sampled_from(served))), state)
    now = cost(explanation, NOW)
    for bar in explanation.alternatives:
        assert bar.number.value == pytest.approx(cost(explanation, bar.number.at) - now, abs=1e-6)
        assert bar.edit is not None
        after = bar.edit.patch.applied(state)
        assert [route.stops for route in after.plan.routes] == [
            route.stops for route in explanation.evidence[bar.number.at].plan.routes
        ]
    if explanation.parts:
        total = sum(part.number.value for part in explanation.parts)
        assert total == pytest.approx(cost(explanation, explanation.proposed) - now, abs=1e-6)


def test_who_alone_may_serve_it_is_said_and_a_lock_too() -> None:
    state = small_state()  # no van may come to C1, and the other bike is at home
    explanation = explain(WhyVehicle("C1"), State(state.scenario, replace(state.plan, locks={"C1": Lock.VEHICLE})))
    assert len(explanation.short) == 2
    shut_out = [bar for bar in explanation.alternatives if bar.broken]
    assert len(shut_out) == 1
    assert [number.rule for number in shut_out[0].broken[0].numbers.values()] == ["vehicle not allowed"]


def test_what_has_been_driven_has_no_alternatives() -> None:
    state = small_state()
    plan = replace(state.plan, locks={"C4": Lock.DRIVEN})
    explanation = explain(WhyVehicle("C4"), State(state.scenario, plan))
    assert not explanation.alternatives
    assert not explanation.edits
    assert explanation.verdict is Verdict.HOLDS


def test_who_is_not_served_is_on_no_vehicle() -> None:
    with pytest.raises(EditRefusedError):
        explain(WhyVehicle("C3"), small_state())


def test_a_better_vehicle_is_said_to_be_better_and_can_be_had() -> None:
    state = small_state()
    apart = State(state.scenario, Plan((PlannedRoute("bike", ("C1",)), PlannedRoute("van", ("C2", "C4")))))
    explanation = explain(WhyVehicle("C4"), apart)
    best = explanation.alternatives[0]
    assert (explanation.verdict is Verdict.BETTER) == (best.number.value < -0.005 and not best.broken)
    assert explanation.edits[0].patch.applied(apart).plan.served == {"C1", "C2", "C4"}


@settings(max_examples=10, deadline=None)
@given(busy_states(), st.data())
def test_with_searches_the_customer_is_locked_to_the_vehicle_and_numbers_are_true(
    state: State, data: st.DataObject
) -> None:
    served = sorted(state.plan.served)
    assume(served)
    customer = data.draw(st.sampled_from(served))
    searched = explain(WhyVehicle(customer, resolved=True), state)
    assert searched.complete
    if searched.exact:
        return  # there is no other vehicle
    for bar in searched.alternatives:
        minus = bar.number.minus
        assert minus is not None
        assert bar.number.value == pytest.approx(cost(searched, bar.number.at) - cost(searched, minus), abs=1e-6)
        assert searched.evidence[bar.number.at].plan.locks.get(customer) is not None


def late_for_the_second(count: int) -> State:
    """Two neighbours; who is served first takes so long that the other is late."""
    state = line_of(on_road("A", 1, service=HOUR), on_road("B", 1, windows=((8 * HOUR, 9 * HOUR),)), plan="AB")
    vehicles = {"van": replace(state.scenario.vehicles["van"], count=count, fixed_cost=5.0)}
    return State(replace(state.scenario, vehicles=vehicles), state.plan)


def test_a_place_on_the_same_vehicle_that_mends_something_is_better_at_the_same_cost() -> None:
    state = late_for_the_second(count=1)
    explanation = explain(WhyVehicle("B"), state)
    assert explanation.verdict is Verdict.BETTER
    assert explanation.alternatives[0].number.value == pytest.approx(0)
    (route,) = explanation.edits[0].patch.applied(state).plan.routes
    assert route.stops == ("B", "A")
    recomputed(explanation)


def test_a_vehicle_on_which_less_is_broken_is_better_whatever_it_costs() -> None:
    state = late_for_the_second(count=2)
    explanation = explain(WhyVehicle("B"), State(state.scenario, replace(state.plan, locks={"A": Lock.DRIVEN})))
    (other,) = explanation.alternatives
    assert not other.broken
    assert other.number.value > 0
    assert explanation.verdict is Verdict.BETTER
    recomputed(explanation)
