"""Why not C next: what is impossible stays so whatever follows, and what is found beside it is compared fairly."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from app.model.changes import EditRefusedError
from app.model.compile import compile_scenario
from app.model.evaluation import evaluate, to_solution
from app.model.identity import numbers
from app.model.locks import lock
from app.model.patch import State
from app.model.plan import Lock, Plan, PlannedRoute
from app.model.why import next_stop
from app.model.why.explanation import Verdict
from app.model.why.facts import NOW, Measure
from app.model.why.questions import WhyNotNext
from app.model.why.searching import Found, Search
from solver.problem import Route, Rule, check, check_route
from tests.app.model.states import HOUR, busy_states, small_state
from tests.app.model.why.questions_of import descend, explain
from tests.app.model.why.roads import line_of, on_road, recomputed

VAN = ("van", 1)


def questions_of(state: State) -> list[WhyNotNext]:
    named = zip(state.plan.routes, numbers(state.plan.routes), strict=True)
    return [
        WhyNotNext((route.vehicle, number), after, customer)
        for route, number in named
        for at, after in enumerate((None, *route.stops))
        for customer in state.scenario.customers
        if customer not in (after, *route.stops[at : at + 1])
    ]


def found_by(plan: Callable[[Search], Plan]) -> Callable[[Search], Found]:
    """Return what finds a plan at once."""

    def find(search: Search) -> Found:
        made = plan(search)
        return Found(made, check(search.problem, to_solution(search.problem, made)))

    return find


def nothing(search: Search) -> Plan:
    assert search.start is not None
    return search.start


@settings(max_examples=40, deadline=None)
@given(busy_states(), st.data())
def test_numbers_are_those_of_the_plans_that_are_kept(state: State, data: st.DataObject) -> None:
    assume(state.plan.routes)
    served = st.sampled_from(sorted(state.plan.served))
    for one, kind in data.draw(st.dictionaries(served, st.sampled_from(Lock), max_size=2)).items():
        state = lock(state, [("customers", one)], kind).patch.applied(state)
    questions = questions_of(state)
    assume(questions)
    question = data.draw(st.sampled_from(questions))
    try:
        explanation = explain(question, state, data.draw(st.sampled_from((descend, found_by(nothing)))))
    except EditRefusedError:
        assert Lock.DRIVEN in state.plan.locks.values()
        return
    recomputed(explanation)
    assert len(explanation.short) <= 2
    assert explanation.complete
    problem = compile_scenario(state.scenario)
    now = evaluate(state.scenario, problem, state.plan)
    done = explanation.edits[0].patch.applied(state)
    proposed = explanation.evidence[explanation.proposed].plan
    assert {(one.vehicle, one.stops) for one in done.plan.routes} == {
        (one.vehicle, one.stops) for one in proposed.routes
    }
    after = next(one.stops for one in done.plan.routes if question.instead in one.stops)
    came = after[: after.index(question.instead)]
    here = state.plan.routes[numbers_of(state).index(question.route)].stops
    before = here[: here.index(question.after) + 1] if question.after is not None else ()
    assert came == tuple(stop for stop in before if stop != question.instead)
    if explanation.verdict is Verdict.BETTER and now.feasible:
        assert evaluate(state.scenario, problem, done.plan).costs.total < now.costs.total
    if next_stop.SO_FAR in explanation.evidence:
        assert explanation.verdict is Verdict.INFEASIBLE
        holds_whatever_follows(state, explanation.evidence[next_stop.SO_FAR].plan, question)


def numbers_of(state: State) -> list[tuple[str, int]]:
    return list(zip((one.vehicle for one in state.plan.routes), numbers(state.plan.routes), strict=True))


def holds_whatever_follows(state: State, so_far: Plan, question: WhyNotNext) -> None:
    problem = compile_scenario(state.scenario)
    begun = next(one.stops for one in so_far.routes if question.instead in one.stops)
    rules = next_stop.OF_STOPS | next_stop.OF_THE_ROUTE | next_stop.OF_THE_WAY
    client = problem.clients.ids.index
    kind = problem.vehicles.ids.index(question.route[0])
    others = [client(key) for key in state.scenario.customers if key not in begun][:3]
    for number in range(len(others) + 1):
        for rest in permutations(others, number):
            route = Route(kind, (*(client(key) for key in begun), *rest))
            broken = {one.rule for one in check_route(problem, route)[1]}
            assert broken & rules


def test_who_would_be_reached_too_late_cannot_come_next_and_no_search_is_asked_for() -> None:
    early = replace(on_road("C", 9, windows=((8 * HOUR, 8 * HOUR + 600),)), required=False)
    state = line_of(on_road("A", 1), on_road("B", 2), early, plan="AB")

    def refuse(_: Search) -> Found:
        raise AssertionError

    explanation = explain(WhyNotNext(VAN, "A", "C"), state, refuse)
    assert explanation.verdict is Verdict.INFEASIBLE
    amount = explanation.short[0].numbers["amount"]
    assert (amount.rule, amount.customer) == (Rule.TIME_WINDOW, "C")
    assert explanation.edits[0].patch.applied(state).plan.routes[0].stops == ("A", "C", "B")


def test_who_is_beyond_the_end_of_the_shift_cannot_come_next() -> None:
    far = replace(on_road("C", 200), required=False)
    state = line_of(on_road("A", 1), on_road("B", 2), far, plan="AB", home="D")
    explanation = explain(WhyNotNext(VAN, "A", "C"), state)
    assert explanation.verdict is Verdict.INFEASIBLE
    assert next_stop.SO_FAR in explanation.evidence
    assert explanation.short[0].numbers["amount"].rule == Rule.SHIFT


def test_a_worse_way_is_compared_with_the_plan() -> None:
    state = line_of(on_road("A", 1), on_road("B", 2), on_road("C", 3))
    explanation = explain(WhyNotNext(VAN, None, "C"), state)
    assert explanation.verdict is Verdict.WORSE
    assert not explanation.exact
    (cost,) = explanation.short[0].numbers.values()
    assert (cost.measure, cost.at, cost.minus) == (Measure.COST, next_stop.THEN, NOW)


def test_a_better_way_is_said_to_be_better_and_offered_with_a_lock() -> None:
    state = line_of(on_road("A", 1), on_road("B", 2), on_road("C", 3), plan="BAC")
    explanation = explain(WhyNotNext(VAN, None, "A"), state)
    assert explanation.verdict is Verdict.BETTER
    assert explanation.edits[0].patch.applied(state).plan.locks == {}
    held = explanation.edits[1].patch.applied(state).plan
    assert held.routes[0].stops == ("A", "B", "C")
    assert held.locks == {"A": Lock.PLACE}


def test_what_a_search_gains_anyway_is_not_put_down_to_the_other_stop() -> None:
    state = line_of(on_road("A", 1), on_road("B", 2), on_road("C", 3), on_road("E", 4), on_road("F", 5), plan="ACBFE")
    sorted_out = {"A": ("A", "B", "C", "E", "F"), "C": ("A", "C", "B", "E", "F")}

    def find(search: Search) -> Plan:
        assert search.start is not None
        second = search.start.routes[0].stops[1]
        assert search.state.plan.locks == {"A": Lock.PLACE, second: Lock.PLACE}
        stops = {"C": sorted_out["C"], "E": ("A", "E", "B", "C", "F")}[second]
        return replace(search.start, routes=(replace(search.start.routes[0], stops=stops),))

    explanation = explain(WhyNotNext(VAN, "A", "E"), state, found_by(find))
    assert explanation.verdict is Verdict.WORSE
    assert next_stop.AS_IT_IS in explanation.evidence
    assert explanation.edits[-1].patch.applied(state).plan.routes[0].stops == sorted_out["C"]
    recomputed(explanation)


def test_what_is_saved_by_leaving_somebody_out_is_said() -> None:
    optional = replace(on_road("C", 30), required=False, priority=1.0)
    state = line_of(on_road("A", 1), on_road("B", 2), optional)

    def skip(search: Search) -> Plan:
        assert search.start is not None
        return search.start.without(frozenset({"C"})) if search.start.routes[0].stops[0] == "B" else search.start

    explanation = explain(WhyNotNext(VAN, None, "B"), state, found_by(skip))
    assert explanation.verdict is Verdict.BETTER
    assert explanation.short[1].numbers["more"].value == 1
    recomputed(explanation)


@pytest.mark.parametrize("instead", ["C1", "C2", "nobody"])
def test_who_comes_next_already_or_is_gone_cannot_be_asked_about(instead: str) -> None:
    state = small_state()
    if instead == "C1":
        state = replace(state, plan=Plan((PlannedRoute("bike", ("C2", "C1")),)))
    with pytest.raises(EditRefusedError):
        explain(WhyNotNext(("bike", 1), "C1" if instead == "C2" else "C2" if instead == "C1" else None, instead), state)


def test_what_has_been_driven_stays() -> None:
    state = line_of(on_road("A", 1), on_road("B", 2), on_road("C", 3))
    state = replace(state, plan=state.plan.with_locks({"A": Lock.DRIVEN, "B": Lock.DRIVEN}))
    with pytest.raises(EditRefusedError):
        explain(WhyNotNext(VAN, None, "C"), state)
