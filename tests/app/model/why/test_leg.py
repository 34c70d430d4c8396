"""Why a leg is driven: numbers are those of the plans that are kept, and what is offered is what is done."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from app.model.changes import EditRefusedError
from app.model.compile import compile_scenario
from app.model.evaluation import evaluate
from app.model.identity import numbers
from app.model.locks import lock
from app.model.patch import State
from app.model.plan import Lock
from app.model.scenario import Access, Profile, ProfileRule, Zone
from app.model.why.explanation import Verdict
from app.model.why.questions import WhyLeg
from solver.explain.intention import Intention
from solver.problem import Rule
from tests.app.model.states import HOUR, busy_states, small_state
from tests.app.model.why.questions_of import explain
from tests.app.model.why.roads import line_of, on_road, recomputed


def legs_of(state: State) -> list[WhyLeg]:
    named = zip(state.plan.routes, numbers(state.plan.routes), strict=True)
    return [
        WhyLeg((route.vehicle, number), to)
        for route, number in named
        for to in (*route.stops, None)
        if to is not None or state.scenario.vehicles[route.vehicle].end_depot is not None
    ]


@settings(max_examples=60, deadline=None)
@given(busy_states(), st.data())
def test_numbers_are_those_of_the_plans_that_are_kept(state: State, data: st.DataObject) -> None:
    assume(state.plan.routes)
    for one, kind in data.draw(
        st.dictionaries(st.sampled_from(sorted(state.plan.served)), st.sampled_from(Lock))
    ).items():
        state = lock(state, [("customers", one)], kind).patch.applied(state)
    explanation = explain(data.draw(st.sampled_from(legs_of(state))), state)
    recomputed(explanation)
    assert len(explanation.short) <= 2
    assert explanation.label in set(Intention)
    problem = compile_scenario(state.scenario)
    now = evaluate(state.scenario, problem, state.plan)
    for bar in explanation.alternatives:
        assert bar.edit is not None
        after = bar.edit.patch.applied(state)
        kept = explanation.evidence[bar.number.at].plan
        assert [route.stops for route in after.plan.routes] == [route.stops for route in kept.routes]
        then = evaluate(state.scenario, problem, after.plan)
        assert bar.number.value == pytest.approx(then.costs.total - now.costs.total, abs=1e-6)
    if explanation.parts:
        total = sum(part.number.value for part in explanation.parts)
        then = evaluate(state.scenario, problem, explanation.evidence[explanation.proposed].plan)
        assert total == pytest.approx(then.costs.total - now.costs.total, abs=1e-6)
    if explanation.verdict is Verdict.BETTER and now.feasible:
        done = explanation.edits[0].patch.applied(state)
        assert evaluate(state.scenario, problem, done.plan).costs.total < now.costs.total


def test_who_is_nearest_comes_next() -> None:
    state = line_of(on_road("A", 1), on_road("B", 2), on_road("C", 3))
    explanation = explain(WhyLeg(("van", 1), "A"), state)
    assert explanation.label == Intention.NEAREST
    assert explanation.verdict in (Verdict.WORSE, Verdict.SAME)
    assert {bar.number.at for bar in explanation.alternatives} == {"B next", "C next"}


def test_a_window_lets_the_vehicle_pass_who_is_nearer_and_the_delay_is_said() -> None:
    early = ((8 * HOUR, 8 * HOUR + 1200),)
    state = line_of(on_road("A", 1, service=1800), on_road("B", 3, windows=early), plan="BA")
    explanation = explain(WhyLeg(("van", 1), "B"), state)
    assert explanation.label == Intention.WINDOW
    assert explanation.verdict is Verdict.INFEASIBLE
    amount = explanation.short[1].numbers["amount"]
    assert (amount.rule, amount.customer) == (Rule.TIME_WINDOW, "B")
    assert amount.value > 0
    assert explanation.proposed == "A next"


def test_a_detour_is_said_to_be_better_left_and_offered() -> None:
    zigzag = line_of(on_road("A", 1), on_road("B", 2), on_road("C", -1), plan="BCA")
    explanation = explain(WhyLeg(("van", 1), "C"), zigzag)
    assert explanation.label == Intention.PLAN
    assert explanation.verdict is Verdict.BETTER
    assert explanation.edits[0].patch.applied(zigzag).plan.routes[0].stops[1] == "A"
    assert explanation.edits[1].patch.applied(zigzag).plan.locks == {"A": Lock.PLACE}


def test_a_lock_is_a_reason_and_what_it_holds_is_said() -> None:
    state = line_of(on_road("A", 1), on_road("B", 2), on_road("C", 3), plan="BAC")
    state = replace(state, plan=state.plan.with_locks({"B": Lock.PLACE}))
    explanation = explain(WhyLeg(("van", 1), "B"), state)
    assert explanation.label == Intention.LOCK
    assert explanation.verdict is Verdict.INFEASIBLE
    assert any(("customers", "B") in sentence.items for sentence in explanation.alternatives[0].broken)


def test_who_has_no_room_is_passed() -> None:
    near = replace(on_road("B", 1), required=False, priority=90.0)
    state = line_of(on_road("A", 2), near, capacity=1.0, plan="A")
    explanation = explain(WhyLeg(("van", 1), "A"), state)
    assert explanation.label == Intention.CAPACITY
    assert explanation.verdict is Verdict.INFEASIBLE
    amount = explanation.short[1].numbers["amount"]
    assert (amount.rule, amount.value) == (Rule.CAPACITY, pytest.approx(1.0))


@pytest.mark.parametrize("kind", ["profiles", "zones"])
def test_what_shuts_the_vehicle_out_is_named(kind: str) -> None:
    near = replace(on_road("B", 1), required=False, priority=90.0, profile="P")
    state = line_of(on_road("A", 2), near, plan="A")
    box = ((59.9, 24.05), (60.1, 24.05), (60.1, 24.15), (59.9, 24.15))
    if kind == "zones":
        profile, zones = Profile("P"), {"Z": Zone("Z", "Centre", box, frozenset({"van"}))}
    else:
        profile, zones = Profile("P", "Shops", MappingProxyType({"van": ProfileRule(Access.FORBIDDEN)})), {}
    state = replace(state, scenario=replace(state.scenario, profiles={"P": profile}, zones=zones))
    explanation = explain(WhyLeg(("van", 1), "A"), state)
    assert explanation.label == Intention.PROFILE
    assert explanation.short[0].items[-1][0] == kind
    assert explanation.short[1].numbers["amount"].rule == Rule.NOT_ALLOWED


def test_wishes_let_the_vehicle_pass_who_had_rather_been_served_by_another() -> None:
    near = replace(on_road("B", 1), required=False, priority=3.0, profile="P")
    state = line_of(on_road("A", 2), near, plan="A")
    wish = Profile("P", "Shops", MappingProxyType({"bike": ProfileRule(Access.PREFERRED, 50.0)}))
    bike = replace(state.scenario.vehicles["van"], id="bike", fixed_cost=900.0)
    vehicles = {**state.scenario.vehicles, "bike": bike}
    state = replace(state, scenario=replace(state.scenario, profiles={"P": wish}, vehicles=vehicles))
    explanation = explain(WhyLeg(("van", 1), "A"), state)
    assert explanation.label == Intention.PREFERENCE
    assert explanation.verdict is Verdict.WORSE


def test_who_could_not_be_back_in_time_is_passed() -> None:
    far = replace(on_road("B", -30), required=False, priority=90.0)
    state = line_of(on_road("A", 40), far, plan="A", home="D")
    van = replace(state.scenario.vehicles["van"], shift=(8 * HOUR, 19 * HOUR), cost_per_km=0.1)
    state = replace(state, scenario=replace(state.scenario, vehicles={"van": van}))
    explanation = explain(WhyLeg(("van", 1), None), state)
    assert explanation.label == Intention.RETURN
    assert explanation.verdict is Verdict.INFEASIBLE


def test_what_has_been_driven_is_history() -> None:
    state = line_of(on_road("A", 1), on_road("B", 2), on_road("C", 3))
    state = replace(state, plan=state.plan.with_locks({"A": Lock.DRIVEN}))
    explanation = explain(WhyLeg(("van", 1), "A"), state)
    assert explanation.verdict is Verdict.HOLDS
    assert not explanation.edits


def test_the_way_home_is_explained_too() -> None:
    explanation = explain(
        WhyLeg(("van", 1), None), line_of(on_road("A", 1), on_road("B", 2), on_road("C", 3), home="D")
    )
    assert explanation.verdict is Verdict.HOLDS
    recomputed(explanation)


@pytest.mark.parametrize("question", [WhyLeg(("van", 1), "C1"), WhyLeg(("van", 2), "C4"), WhyLeg(("van", 1), None)])
def test_what_is_not_driven_cannot_be_asked_about(question: WhyLeg) -> None:
    with pytest.raises(EditRefusedError):
        explain(question, small_state())
