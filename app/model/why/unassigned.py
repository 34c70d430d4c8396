"""Why a customer is in no route, vehicle by vehicle, and what is the least that would have to change.

What stands against a vehicle that serves this customer and nobody else is certain, whatever the plan. Where nothing
does, the plan has no place for it: what its best place on that vehicle would break is the reason. A remedy is offered
only after a search has served the customer with it, everybody else too, and broken nothing more.
"""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass, replace

import numpy as np

from app.language import tr
from app.model.changes import Edit, EditRefusedError, set_plan
from app.model.compile import compile_scenario
from app.model.evaluation import to_solution
from app.model.locks import with_plan
from app.model.offers import Offer, assignments, ranked
from app.model.patch import Patch, State
from app.model.plan import Plan, PlannedRoute
from app.model.prices import Outcome
from app.model.validate import ScenarioError
from app.model.violations import name_of
from app.model.why.evidence import Evidence, report_of
from app.model.why.explanation import Bar, Explanation, Verdict
from app.model.why.facts import NOW, Measure, Sentence, say
from app.model.why.parts import (
    broken_between,
    broken_by,
    broken_of_route,
    change_of_cost,
    parts_between,
    parts_of,
    state_after,
)
from app.model.why.pricing import pricing_of
from app.model.why.questions import WhyUnassigned
from app.model.why.remedies import Remedy, remedies_for, require
from app.model.why.searching import Answering, Found, Progress, Search
from app.model.why.subject import called
from solver.explain import reasons
from solver.problem import Problem, Report, check

SECONDS = 0.3
"""For each search."""

SEARCHED = "searched"
"""Name of the evidence: the plan that a search finds when nothing is changed, where that is better."""

TRIED = "tried"
"""Name of the evidence: what a search has found, while it is looked at."""

HALVINGS = 2
"""So often it is tried whether half as much would do."""


def why_unassigned(question: WhyUnassigned, state: State, problem: Problem) -> Answering:
    """Answer the question; see `app.model.why.answers.answer`.

    Raises
    ------
    EditRefusedError
        If there is no such customer, or it is in a route.
    """
    customer = question.customer
    if customer not in state.scenario.customers:
        raise EditRefusedError(tr("There is no customer with the id {id} any more.", id=customer))
    if customer in state.plan.served:
        name = name_of(state.scenario.customers, customer)
        raise EditRefusedError(tr("{customer} is in a route already.", customer=name))
    evidence = Evidence(state, problem)
    made = _reasons(question, state, problem, evidence)
    if not question.remedies:
        return made
    yield Progress(0, 1, replace(made, complete=False))
    as_it_is = Search(state, with_plan(problem, state.plan), state.plan, SECONDS)
    settled = yield as_it_is
    assert settled is not None
    searched = State(state.scenario, settled.plan)
    if _helps(settled, as_it_is, problem, customer, evidence):
        return _found_as_it_is(made, state, settled, customer, evidence)
    if settled.keeps(state.plan.locks) and Outcome.of(report_of(searched, problem)) < Outcome.of(evidence.report()):
        evidence.add(SEARCHED, searched)
    candidates = remedies_for(state, problem, customer)
    if made.verdict is not Verdict.INFEASIBLE:  # it is left out for what it costs
        candidates = tuple(remedy for remedy in candidates if remedy.kind == "require")
    of = 1 + sum(1 + (HALVINGS if remedy.step else 0) for remedy in candidates)
    done, bars = 1, list[Bar]()
    for number, remedy in enumerate(candidates, 1):
        yield Progress(done, of, replace(made, complete=False, evidence=evidence.states, remedies=_sorted(bars)))
        tried = yield from _verified(remedy, state, customer, evidence)
        if tried is not None:
            found = _without_it(tried, state, problem)
            better = Outcome.of(report_of(State(state.scenario, found.plan), problem)) < _base(evidence)
            if better and _helps(found, as_it_is, problem, customer, evidence):
                return _found_as_it_is(made, state, found, customer, evidence)
            bars.append(_offered(evidence, tried, remedy, f"remedy {number}"))
        done += 1 + (HALVINGS if remedy.step else 0)
    return replace(made, evidence=evidence.states, remedies=_sorted(bars), exact=False)


def _without_it(tried: _Tried, state: State, problem: Problem) -> Found:
    """Return the plan that was found with a change, as it is without the change."""
    plan = tried.state.plan.with_locks({stop: state.plan.locks.get(stop) for stop in tried.state.plan.served})
    bound = with_plan(problem, state.plan)
    return Found(plan, check(bound, to_solution(problem, plan)))


def _base(evidence: Evidence) -> Outcome:
    """Return what the best plan is worth in which nothing is changed."""
    return Outcome.of(evidence.report(SEARCHED if SEARCHED in evidence.states else NOW))


def _found_as_it_is(made: Explanation, state: State, found: Found, customer: str, evidence: Evidence) -> Explanation:
    """Say that nothing has to change: a search has found room for everybody."""
    evidence.add(SEARCHED, State(state.scenario, found.plan))
    cost = evidence.number(Measure.COST, SEARCHED, NOW)
    name = name_of(state.scenario.customers, customer)
    text = tr("Nothing has to change for it: a search finds room, and the cost of the plan changes by {cost:+}.")
    return replace(
        made,
        short=(say(text, (("customers", customer),), cost=cost), *made.short)[:2],
        long=(*made.short[1:], *made.long),
        verdict=Verdict.BETTER,
        evidence=evidence.states,
        parts=parts_between(evidence, SEARCHED),
        proposed=SEARCHED,
        edits=(set_plan(state, found.plan, tr("Make room for {customer}", customer=name)),),
        exact=False,
    )


def _sorted(bars: list[Bar]) -> tuple[Bar, ...]:
    return tuple(sorted(bars, key=lambda bar: bar.number.value))


def _reasons(question: WhyUnassigned, state: State, problem: Problem, evidence: Evidence) -> Explanation:
    customer = question.customer
    name = name_of(state.scenario.customers, customer)
    pricing = pricing_of(problem, state)
    offers = ranked(assignments(pricing, (customer,)))
    bars: list[Bar] = []
    able = set[str]()
    for vehicle in state.scenario.vehicles:
        alone = _alone(state, customer, vehicle, evidence)
        if not alone:
            able.add(vehicle)
        best = next((offer for offer in offers if _drives(offer, state) == vehicle), None)
        bars.append(_bar(state, customer, vehicle, alone, best, evidence))
    bars.sort(key=lambda bar: (len(bar.broken), bar.number.value))
    # Where a route breaks a rule already, one more who breaks it is no fit.
    fits = next((offer for offer in offers if not offer.proposal.causes and _drives(offer, state) in able), None)
    edits: tuple[Edit, ...] = ()
    if fits is not None:
        at = _at(_drives(fits, state))
        short = _could_be_served(state, customer, fits, at, evidence)
        parts = parts_of(fits.proposal.costs, at, state.scenario.settings.currency)
        verdict = Verdict.BETTER if fits.proposal.rank[2] < 0 or fits.proposal.cures else Verdict.WORSE
        proposed, edits = at, (fits.proposal.draft.edit,)
    else:
        short, parts, verdict, proposed, edits = _no_place(bars, customer), (), Verdict.INFEASIBLE, "", ()
    return Explanation(
        question,
        tr("Why is {customer} in no route?", customer=name),
        short,
        tuple(sentence for bar in bars for sentence in bar.broken),
        verdict,
        label=_code(state, problem, evidence.report(), customer),
        evidence=evidence.states,
        parts=parts,
        alternatives=tuple(bars),
        proposed=proposed,
        edits=edits,
    )


def _code(state: State, problem: Problem, report: Report, customer: str) -> str:
    client = problem.clients.ids.index(customer)
    found = reasons(problem, to_solution(problem, state.plan), replace(report, unserved=(client,)))
    return found[client][0].code.value


def _alone(state: State, customer: str, vehicle: str, evidence: Evidence) -> tuple[Sentence, ...]:
    """Return what is broken when a vehicle serves this customer and nobody else."""
    at = f"alone on {vehicle}"
    evidence.add(at, State(state.scenario, Plan((PlannedRoute(vehicle, (customer,), 1),))))
    broken = broken_of_route(evidence, at)
    if not broken:
        evidence.drop(at)
    return broken


def _bar(
    state: State, customer: str, vehicle: str, alone: tuple[Sentence, ...], best: Offer | None, evidence: Evidence
) -> Bar:
    label, items = name_of(state.scenario.vehicles, vehicle), (("vehicles", vehicle), ("customers", customer))
    if alone:
        at = f"alone on {vehicle}"
        said = say(tr("{vehicle} could not serve it even if it served nobody else."), items, vehicle=label)
        return Bar(label, evidence.number(Measure.COST, at, route=(vehicle, 1)), (said, *alone), items)
    if best is None:
        said = say(tr("Every {vehicle} is out or there is none."), items, vehicle=label)
        count = evidence.number(Measure.COUNT, route=(vehicle, 0))
        return Bar(label, count, (said,), items)
    at = _at(vehicle)
    evidence.add(at, state_after(best.proposal.draft))
    broken = broken_by(best.proposal, at)
    return Bar(called(best), change_of_cost(best.proposal, at), broken, items, best.proposal.draft.edit)


def _at(vehicle: str) -> str:
    return f"best place on {vehicle}"


def _drives(offer: Offer, state: State) -> str:
    """Return the vehicle type of an offer."""
    routes = offer.proposal.draft.routes
    return routes[offer.route].vehicle if offer.route is not None else routes[len(state.plan.routes)].vehicle


def _could_be_served(state: State, customer: str, fits: Offer, at: str, evidence: Evidence) -> tuple[Sentence, ...]:
    cost, items = change_of_cost(fits.proposal, at), (("customers", customer),)
    if state.scenario.customers[customer].required or cost.value <= 0:
        if cost.value > 0:
            text = tr("Nothing stands against it: {vehicle} could serve it for {cost} more.")
        else:
            text = tr("Nothing stands against it: with {vehicle} the plan would cost {cost} less.")
        return (say(text, items, vehicle=fits.label, cost=cost),)
    prize = evidence.number(Measure.PRIZE, customer=customer)
    text = tr("With {vehicle} the plan would cost {cost} more, although the {prize} for leaving it out would be saved.")
    return (say(text, items, vehicle=fits.label, cost=cost, prize=prize),)


def _no_place(bars: list[Bar], customer: str) -> tuple[Sentence, ...]:
    items = (("customers", customer),)
    alone = [bar for bar in bars if bar.number.at.startswith("alone on ")]
    if not bars:
        return (say(tr("There is no vehicle."), items),)
    first = bars[0]
    if len(alone) == len(bars):
        return (say(tr("No vehicle could serve it, even one that served nobody else."), items), *first.broken[1:2])
    text = tr("No route has a place for it; {vehicle} comes nearest to one.")
    nearest = next(bar for bar in bars if bar not in alone)
    return (say(text, items, vehicle=nearest.label), *nearest.broken[:1])


@dataclass(frozen=True, slots=True)
class _Tried:
    """A change that helps: the state after it, with the plan that a search has found, and all that is changed."""

    state: State
    problem: Problem
    report: Report
    edit: Edit


def _verified(
    remedy: Remedy, state: State, customer: str, evidence: Evidence
) -> Generator[Search | Progress, Found | None, _Tried | None]:
    """Try a change by searches, and whether less of it would do."""
    worked = yield from _try(remedy, remedy.rounded, state, customer, evidence)
    if worked is None or not remedy.step:
        return worked
    enough, too_little = remedy.rounded, 0.0
    for _ in range(HALVINGS):
        half = replace(remedy, amount=(enough + too_little) / 2).rounded
        if half >= enough or half <= too_little:
            break
        less = yield from _try(remedy, half, state, customer, evidence)
        if less is None:
            too_little = half
        else:
            worked, enough = less, half
    return worked


def _try(
    remedy: Remedy, amount: float, state: State, customer: str, evidence: Evidence
) -> Generator[Search | Progress, Found | None, _Tried | None]:
    changed = remedy.edit(state, amount).patch.applied(state)
    demanded = require(changed, customer).patch.applied(changed)
    try:
        problem = compile_scenario(demanded.scenario)
    except ScenarioError:  # such as a depot that would be open for longer than times can be
        return None
    plan = changed.plan
    present = evidence.states[NOW].plan
    # From where the search without the change has come, as it has had its time before.
    start = evidence.states[SEARCHED if SEARCHED in evidence.states else NOW].plan
    start = start if start.served >= present.served else present
    bound = with_plan(_wanted(problem, present.served), plan)
    search = Search(State(demanded.scenario, plan), bound, start, SECONDS)
    found = yield search
    assert found is not None
    served = State(demanded.scenario, found.plan)
    if not _helps(found, search, problem, customer, evidence):
        return None
    after = State(changed.scenario, found.plan)
    if not (yield from _stays(after, customer, evidence)):
        # A search would leave it out again, as that is cheaper: so the remedy has to say that it must be served.
        after = served
    edit, problem = remedy.edit(state, amount), compile_scenario(after.scenario)
    return _Tried(after, problem, report_of(after, problem), Edit(edit.name, Patch.between(state, after)))


def _wanted(problem: Problem, customers: frozenset[str]) -> Problem:
    """Return a problem in which some customers have to be served: nobody is to be left out for somebody else."""
    clients = problem.clients
    required = clients.required | np.array([key in customers for key in clients.ids], dtype=np.bool_)
    return replace(problem, clients=replace(clients, required=required))


def _stays(after: State, customer: str, evidence: Evidence) -> Generator[Search | Progress, Found | None, bool]:
    """Whether a search leaves a customer in its route who need not be served."""
    if after.scenario.customers[customer].required:
        return True
    problem = compile_scenario(after.scenario)
    if report_of(after, problem).costs.total > evidence.report().costs.total:
        return False
    found = yield Search(after, with_plan(problem, after.plan), after.plan, SECONDS)
    assert found is not None
    return customer in found.plan.served


def _helps(found: Found, search: Search, problem: Problem, customer: str, evidence: Evidence) -> bool:
    """Whether a plan serves the customer and everybody who is served now, and breaks nothing that is not broken now.

    Parameters
    ----------
    found
        The plan.
    search
        What it was found by: nobody may have left where it is locked.
    problem
        What the scenario of the search compiles to, without locks.
    customer, evidence
        Who is asked about, and what is known.
    """
    if not (
        found.plan.served >= evidence.states[NOW].plan.served | {customer} and found.keeps(search.state.plan.locks)
    ):
        return False
    evidence.add(TRIED, State(search.state.scenario, found.plan), problem)
    more = broken_between(evidence, TRIED)
    evidence.drop(TRIED)
    return not more


def _offered(evidence: Evidence, tried: _Tried, remedy: Remedy, at: str) -> Bar:
    evidence.add(at, tried.state, tried.problem, tried.report)
    said = remedy.said(evidence, at)
    # What a search finds without the change is not to the credit of the change.
    minus = SEARCHED if SEARCHED in evidence.states else NOW
    cost = evidence.number(Measure.COST, at, minus)
    return Bar(said.text, cost, (), said.items, tried.edit, said)
