"""What a change would cost is the difference of two full evaluations, and the best place is the best of all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import fields, replace
from itertools import permutations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from app.model import moves
from app.model.changes import EditRefusedError
from app.model.compile import compile_scenario
from app.model.evaluation import Evaluation, evaluate, to_solution
from app.model.fleet import labels
from app.model.moves import Draft
from app.model.offers import assignments, ranked, swaps
from app.model.patch import State
from app.model.plan import Lock, Plan, PlannedRoute
from app.model.proposal import Pricing, Proposal
from app.model.scenario import Customer, Depot, Scenario, Vehicle
from solver.problem import Costs, Rule, check
from tests.app.model.states import busy_states, small_scenario, small_state


def pricing_of(state: State) -> Pricing:
    return Pricing(compile_scenario(state.scenario), state)


def evaluated(state: State, plan: Plan) -> Evaluation:
    return evaluate(state.scenario, compile_scenario(state.scenario), plan)


def lateness(evaluation: Evaluation) -> int:
    return sum(visit.lateness_s for route in evaluation.routes for visit in route.visits)


def assert_is_the_difference(proposal: Proposal) -> None:
    draft = proposal.draft
    before, after = evaluated(draft.before, draft.before.plan), evaluated(draft.before, draft.plan)
    for part in fields(Costs):
        difference = getattr(after.costs, part.name) - getattr(before.costs, part.name)
        assert getattr(proposal.costs, part.name) == pytest.approx(difference, abs=1e-6)
    assert proposal.cost == pytest.approx(after.costs.total - before.costs.total, abs=1e-6)
    assert proposal.distance_km == pytest.approx(after.distance_km - before.distance_km, abs=1e-6)
    assert proposal.duration_s == after.duration_s - before.duration_s
    assert proposal.lateness_s == lateness(after) - lateness(before)
    old, new = broken(draft.before, draft.before.plan), broken(draft.before, draft.plan)
    causes = [what[1:3] for what, amount in new.items() if amount > old.get(what, 0)]
    cures = [what[1:3] for what, amount in old.items() if amount > new.get(what, 0)]
    routes = [*(route.id for route in draft.routes), ""]  # none is the last, as -1
    assert Counter((routes[one.route], one.customer) for one in proposal.causes) == Counter(causes)
    assert Counter((routes[one.route], one.customer) for one in proposal.cures) == Counter(cures)


def broken(state: State, plan: Plan) -> dict[tuple[Rule, str, str, int], int]:
    """Return the amount of everything that is broken, by rule, route and customer."""
    problem = compile_scenario(state.scenario)
    report = check(problem, to_solution(problem, plan))
    routes, customers = [*(route.id for route in plan.routes), ""], [*state.scenario.customers, ""]
    amounts: dict[tuple[Rule, str, str, int], int] = {}
    for one in report.violations:
        what = (one.rule, routes[one.route], customers[one.client], one.dimension)
        amounts[what] = max(one.amount, amounts.get(what, 0))
    return amounts


def drafts_of(state: State, customers: list[str], route: int, other: int, place: int) -> list[Callable[[], Draft]]:
    return [
        lambda: moves.move_stops(state, customers, route, place),
        lambda: moves.start_route(state, customers, "van"),
        lambda: moves.start_route(state, customers, "bike"),
        lambda: moves.unassign(state, customers),
        lambda: moves.reverse_route(state, route),
        lambda: moves.swap_vehicles(state, route, other),
        lambda: moves.shift_stops(state, customers, later=bool(place % 2)),
    ]


@settings(max_examples=60, deadline=None)
@given(busy_states(), st.data())
def test_a_proposal_is_the_difference_of_two_evaluations(state: State, data: st.DataObject) -> None:
    pricing = pricing_of(state)
    customers = data.draw(st.permutations(list(state.scenario.customers)))[: data.draw(st.integers(1, 3))]
    numbers = [data.draw(st.integers(0, 3)) for _ in range(3)]
    for change in drafts_of(state, list(customers), *numbers):
        try:
            draft = change()
        except EditRefusedError:
            continue
        assert_is_the_difference(pricing.proposal(draft))


@settings(max_examples=30, deadline=None)
@given(busy_states(), st.data())
def test_the_best_place_is_the_best_of_all_places(state: State, data: st.DataObject) -> None:
    pricing = pricing_of(state)
    customer = data.draw(st.sampled_from(list(state.scenario.customers)))
    for index, route in enumerate(state.plan.routes):
        best = pricing.best_in_route([customer], index)
        every = [
            pricing.proposal(moves.move_stops(state, [customer], index, place)) for place in range(len(route.stops) + 1)
        ]
        count, late, cost = min(one.rank for one in every)
        assert best.rank[:2] == (count, late)
        assert best.cost == pytest.approx(cost, abs=1e-6)


def test_several_go_each_where_it_fits_or_together() -> None:
    line = {f"C{step}": Customer(f"C{step}", "", 60.0 + step / 100, 25.0) for step in range(7)}
    scenario = Scenario(
        {"D": Depot("D", lat=59.99, lon=25.0)},
        {"van": Vehicle("van", "Van", 2, (9.0,), "D", None)},
        line,
    )
    state = State(scenario, Plan((PlannedRoute("van", ("C0", "C2", "C4", "C6")),)))
    pricing = pricing_of(state)
    apart = pricing.best_in_route(["C5", "C1"], 0)
    assert apart.draft.plan.routes[0].stops == ("C0", "C1", "C2", "C4", "C5", "C6")
    new = pricing.best_new_route(["C5", "C1", "C3"], "van")
    cheapest = min(
        pricing.proposal(moves.start_route(state, order, "van")).cost for order in permutations(["C5", "C1", "C3"])
    )
    assert new.cost == pytest.approx(cheapest)


def test_what_would_be_broken_is_said_and_what_is_mended_too() -> None:
    state = small_state()
    pricing = pricing_of(state)
    forbidden = pricing.proposal(moves.move_stops(state, ["C1"], 1, 0))  # no van may come to a café
    assert [(one.route, one.customer) for one in forbidden.causes] == [(1, "C1")]
    assert forbidden.rank > pricing.best_in_route(["C3"], 0).rank
    without = State(state.scenario, Plan(state.plan.routes[:1]))
    served = pricing_of(without).proposal(moves.start_route(without, ["C4"], "van"))
    assert [one.customer for one in served.cures] == ["C4"]
    assert not served.causes


def test_a_draft_of_another_state_has_no_price() -> None:
    state, other = small_state(), small_state()
    with pytest.raises(ValueError, match="another state"):
        pricing_of(state).proposal(moves.reverse_route(other, 0))


def test_every_vehicle_is_offered_once_and_the_best_is_first() -> None:
    scenario = small_scenario()
    plan = Plan((PlannedRoute("bike", ("C1", "C2")), PlannedRoute("van", ("C4",))))
    state = State(scenario, plan)
    offers = ranked(assignments(pricing_of(state), ["C3"]))
    assert {(one.route, one.label) for one in offers} == {(0, "Bike 1"), (1, "Van"), (None, "Bike 2")}
    assert [one.proposal.rank for one in offers] == sorted(one.proposal.rank for one in offers)
    for offer in offers:
        assert_is_the_difference(offer.proposal)
        assert offer.proposal.draft.edit.patch
    with pytest.raises(EditRefusedError):
        list(assignments(pricing_of(state), ["gone"]))


def test_a_route_is_not_offered_to_who_stands_in_it_at_the_best_place() -> None:
    state = small_state()
    assert all(one.route != 1 for one in assignments(pricing_of(state), ["C4"]))


def test_vehicles_are_swapped_with_those_of_another_type_only() -> None:
    routes = (PlannedRoute("bike", ("C1",)), PlannedRoute("bike", ("C2",)), PlannedRoute("van", ("C4",)))
    state = State(small_scenario(), Plan(routes))
    assert labels(state) == ["Bike 1", "Bike 2", "Van"]
    assert [one.route for one in swaps(pricing_of(state), 2)] == [0, 1]
    assert [one.route for one in swaps(pricing_of(state), 0)] == [2]
    for offer in swaps(pricing_of(state), 2):
        assert_is_the_difference(offer.proposal)
    with pytest.raises(EditRefusedError):
        list(swaps(pricing_of(state), 3))


def test_a_name_is_not_needed() -> None:
    scenario = small_scenario()
    nameless = replace(scenario, vehicles={key: replace(one, name="") for key, one in scenario.vehicles.items()})
    assert labels(State(nameless, small_state().plan)) == ["bike 1", "van"]


@settings(max_examples=30, deadline=None)
@given(busy_states(), st.data())
def test_behind_what_has_been_driven_the_best_place_is_the_best_of_those_left(
    state: State, data: st.DataObject
) -> None:
    driven = {stop: Lock.DRIVEN for route in state.plan.routes for stop in route.stops[: data.draw(st.integers(0, 2))]}
    free = [key for key in state.scenario.customers if key not in driven]
    assume(free)
    state = State(state.scenario, replace(state.plan, locks=driven))
    pricing, customer = pricing_of(state), data.draw(st.sampled_from(free))
    for index, route in enumerate(state.plan.routes):
        best = pricing.best_in_route([customer], index)
        places = range(state.plan.driven(route), len(route.stops) + 1)
        count, late, cost = min(
            pricing.proposal(moves.move_stops(state, [customer], index, place)).rank for place in places
        )
        assert best.rank[:2] == (count, late)
        assert best.cost == pytest.approx(cost, abs=1e-6)


def test_what_is_known_of_routes_holds_for_another_plan() -> None:
    state = small_state()
    known = pricing_of(state)
    list(assignments(known, ["C2"]))
    turned = State(state.scenario, Plan((PlannedRoute("bike", ("C2", "C1")), PlannedRoute("van", ("C4", "C3")))))
    told, anew = (ranked(assignments(one, ["C2"])) for one in (known.of(turned), pricing_of(turned)))
    assert [offer.proposal for offer in told] == [offer.proposal for offer in anew]
    assert all(offer.proposal.draft.before is turned for offer in told)
