"""Why a customer is left out: what is said against each vehicle is true, and every remedy makes it fit when solved."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from app.model.changes import EditRefusedError
from app.model.compile import compile_scenario
from app.model.evaluation import evaluate, to_solution
from app.model.locks import with_plan
from app.model.patch import State
from app.model.plan import Lock, Plan, PlannedRoute
from app.model.scenario import Access, ProfileRule, Scenario, Window, Zone
from app.model.why.explanation import Verdict
from app.model.why.facts import NOW
from app.model.why.questions import WhyUnassigned
from app.model.why.searching import Found, Search
from solver.problem import Rule, check
from tests.app.model.states import HOUR, busy_states, small_state
from tests.app.model.why.questions_of import descend, explain


def left_out(state: State) -> list[str]:
    return [key for key in state.scenario.customers if key not in state.plan.served]


def broken(state: State) -> list[Rule]:
    problem = compile_scenario(state.scenario)
    report = check(with_plan(problem, state.plan), to_solution(problem, state.plan))
    return [one.rule for one in report.violations if one.rule is not Rule.UNSERVED]


def total(state: State) -> float:
    return evaluate(state.scenario, compile_scenario(state.scenario), state.plan).costs.total


@settings(max_examples=30, deadline=None)
@given(busy_states(), st.data())
def test_every_remedy_makes_it_fit_and_says_what_the_plan_costs_then(state: State, data: st.DataObject) -> None:
    out = left_out(state)
    assume(out)
    customer = data.draw(st.sampled_from(out))
    explanation = explain(WhyUnassigned(customer), state)
    broken_now = len(broken(state))
    for bar in explanation.remedies:
        assert bar.edit is not None
        after = bar.edit.patch.applied(state)
        assert after.plan.served >= state.plan.served | {customer}
        assert len(broken(after)) <= broken_now
        minus = explanation.evidence[bar.number.minus or NOW]
        assert bar.number.value == pytest.approx(total(after) - total(minus), abs=1e-6)
        assert bar.said is not None
        solved = descend(Search(after, with_plan(compile_scenario(after.scenario), after.plan), after.plan, 1.0))
        assert customer in solved.plan.served


@settings(max_examples=40, deadline=None)
@given(busy_states(), st.data())
def test_what_stands_against_each_vehicle_is_confirmed(state: State, data: st.DataObject) -> None:
    out = left_out(state)
    assume(out)
    customer = data.draw(st.sampled_from(out))
    explanation = explain(WhyUnassigned(customer, remedies=False), state)
    assert len(explanation.alternatives) == len(state.scenario.vehicles)
    assert explanation.label
    for sentence in explanation.sentences:
        for number in sentence.numbers.values():
            if number.rule:
                there = explanation.evidence[number.at]
                problem = compile_scenario(there.scenario)
                report = check(with_plan(problem, there.plan), to_solution(problem, there.plan))
                assert number.rule in {one.rule.value for one in report.violations}


def test_a_forbidden_vehicle_is_allowed_by_its_profile() -> None:
    state = small_state()
    profiles = {**state.scenario.profiles}
    cafe = profiles["cafe"]
    forbidden = {"van": ProfileRule(Access.FORBIDDEN), "bike": ProfileRule(Access.FORBIDDEN)}
    profiles["cafe"] = replace(cafe, rules=forbidden)
    alone = State(replace(state.scenario, profiles=profiles, zones={}), Plan((PlannedRoute("van", ("C4",)),)))
    explanation = explain(WhyUnassigned("C1"), alone)
    kinds = {item for bar in explanation.remedies for item in bar.items}
    assert ("profiles", "cafe") in kinds
    assert explanation.label == "not allowed"


def test_an_early_window_is_opened_longer_and_no_longer_than_it_takes() -> None:
    state = small_state()
    customers = {**state.scenario.customers}
    customers["C4"] = replace(customers["C4"], windows=((6 * HOUR, 8 * HOUR + 60),))
    early = State(replace(state.scenario, customers=customers), Plan(state.plan.routes[:1]))
    explanation = explain(WhyUnassigned("C4"), early)
    bars = [bar for bar in explanation.remedies if ("customers", "C4") in bar.items and bar.said and bar.said.numbers]
    assert len(bars) == 1
    assert bars[0].edit is not None
    after = bars[0].edit.patch.applied(early)
    closes = after.scenario.customers["C4"].windows[-1][1]
    assert 8 * HOUR + 60 < closes < 9 * HOUR
    assert (closes - 60) % 300 == 0


def _zone_around(scenario: Scenario, key: str, spans: tuple[Window, ...]) -> Zone:
    """Return a zone around a customer with the same hours for every vehicle."""
    one = scenario.customers[key]
    ring = tuple((one.lat + a, one.lon + b) for a, b in ((-0.001, -0.001), (-0.001, 0.001), (0.001, 0.001)))
    return Zone("Z", "Centre", ring, hours=MappingProxyType(dict.fromkeys(scenario.vehicles, spans)))


def test_a_zone_that_closes_early_is_open_longer_and_no_longer_than_it_takes() -> None:
    state = small_state()
    zone = _zone_around(state.scenario, "C4", ((6 * HOUR, 8 * HOUR + 60),))
    early = State(replace(state.scenario, zones={"Z": zone}), Plan(state.plan.routes[:1]))
    explanation = explain(WhyUnassigned("C4"), early)
    (bar,) = (one for one in explanation.remedies if ("zones", "Z") in one.items)
    assert bar.edit is not None
    assert bar.said is not None
    assert bar.said.numbers
    after = bar.edit.patch.applied(early).scenario.zones["Z"].hours
    (vehicle,) = (key for key, spans in after.items() if spans != zone.hours[key])
    assert 8 * HOUR + 60 < after[vehicle][-1][1] < 10 * HOUR
    assert not any(("customers", "C4") in one.items for one in explanation.remedies)


def test_a_zone_that_is_never_open_in_time_is_opened() -> None:
    state = small_state()
    zone = _zone_around(state.scenario, "C4", ((1 * HOUR, 2 * HOUR),))
    late = replace(state.scenario.customers["C4"], windows=((9 * HOUR, 15 * HOUR),))
    customers = {**state.scenario.customers, "C4": late}
    shut = State(replace(state.scenario, zones={"Z": zone}, customers=customers), Plan(state.plan.routes[:1]))
    explanation = explain(WhyUnassigned("C4"), shut)
    bars = [one for one in explanation.remedies if ("zones", "Z") in one.items]
    assert bars
    for bar in bars:
        assert bar.edit is not None
        assert len(bar.edit.patch.applied(shut).scenario.zones["Z"].hours) == len(zone.hours) - 1


def test_a_full_van_gets_room_or_company() -> None:
    state = small_state()
    vehicles = {"van": replace(state.scenario.vehicles["van"], capacity=(35.0,), end_depot="D2")}
    customers = {key: replace(one, profile="") for key, one in state.scenario.customers.items() if key in ("C2", "C4")}
    full = State(
        replace(state.scenario, vehicles=vehicles, customers=customers, zones={}, profiles={}),
        Plan((PlannedRoute("van", ("C4",)),)),
    )
    explanation = explain(WhyUnassigned("C2"), full)
    edits = [bar.edit for bar in explanation.remedies if bar.edit is not None]
    scenarios = [edit.patch.applied(full).scenario.vehicles["van"] for edit in edits]
    assert sorted(one.capacity for one in scenarios if one.count == 1) == [(50.0,)]
    assert [one.count for one in scenarios if one.count > 1] == [2]


def test_what_a_search_cannot_confirm_is_not_offered() -> None:
    state = small_state()
    customers = {**state.scenario.customers, "C4": replace(state.scenario.customers["C4"], demand=(900.0,))}
    heavy = State(replace(state.scenario, customers=customers), Plan(state.plan.routes[:1]))

    def find(search: Search) -> Found:
        problem, plan = search.problem, search.state.plan
        return Found(plan, check(problem, to_solution(problem, plan)))  # finds nothing at all

    assert explain(WhyUnassigned("C4"), heavy, find).remedies == ()
    assert explain(WhyUnassigned("C4"), heavy).remedies


def test_locks_can_be_taken_away() -> None:
    """The van is full of C4, who could go by bike if no lock kept it on the van."""
    state = small_state()
    vehicles = {
        "van": replace(state.scenario.vehicles["van"], capacity=(40.0,)),
        "bike": replace(state.scenario.vehicles["bike"], capacity=(30.0,), count=1),
    }
    customers = {key: replace(state.scenario.customers[key], profile="") for key in ("C2", "C4")}
    customers["C2"] = replace(customers["C2"], demand=(35.0,))
    scenario = replace(state.scenario, vehicles=vehicles, customers=customers, zones={}, profiles={})
    locked = State(scenario, Plan((PlannedRoute("van", ("C4",), 1),), {"C4": Lock.VEHICLE}))
    explanation = explain(WhyUnassigned("C2"), locked)
    plans = [bar.edit.patch.applied(locked).plan for bar in explanation.remedies if bar.edit is not None]
    assert any(not plan.locks and plan.served == {"C2", "C4"} for plan in plans)
    assert explanation.evidence[NOW] is locked


def test_nothing_has_to_change_where_a_search_finds_room() -> None:
    explanation = explain(WhyUnassigned("C3"), small_state())
    assert explanation.verdict is Verdict.BETTER
    assert not explanation.remedies
    assert "C3" in explanation.edits[0].patch.applied(small_state()).plan.served


def test_who_is_served_or_gone_is_not_left_out() -> None:
    for customer in ("C1", "nobody"):
        with pytest.raises(EditRefusedError):
            explain(WhyUnassigned(customer), small_state())
