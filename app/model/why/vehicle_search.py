"""What each other vehicle would cost for a stop if everything else could move: found by searches."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import replace

from app.language import tr
from app.model.changes import set_plan
from app.model.locks import with_plan
from app.model.offers import Offer
from app.model.patch import State
from app.model.plan import Lock
from app.model.prices import NOTHING, Outcome
from app.model.proposal import Pricing
from app.model.why.evidence import Evidence, report_of
from app.model.why.explanation import Bar, Explanation, Verdict
from app.model.why.facts import NOW, Measure, Sentence, say
from app.model.why.parts import broken_between, parts_between, says_shut_out
from app.model.why.pricing import best_on
from app.model.why.searching import Answering, Found, Progress, Search
from app.model.why.subject import Subject, items_of, name_of_offer
from solver.problem import Problem

SECONDS = 0.5
"""For each vehicle."""

SEARCHED_PLAN = "searched"
"""Name of the evidence: the plan as it is after a search of its own, where that is better."""

SEARCHED = 5
"""So many vehicles are searched for, the most promising ones."""


def searched(
    state: State,
    problem: Problem,
    evidence: Evidence,
    who: Subject,
    offers: tuple[Offer, ...],
    at_once: Explanation,
) -> Answering:
    """Search the plan anew with the customer locked to each vehicle, beside a search where all is as it was.

    Parameters
    ----------
    state, problem
        What is asked about.
    evidence
        Has it; what is found is added.
    who
        Whom the question is about.
    offers
        What the vehicles cost when all else stays, the best first.
    at_once
        What is known from them.
    """
    chosen = [offer for offer in offers if offer.route != who.route and not says_shut_out(offer.proposal)][:SEARCHED]
    if not chosen:
        return at_once  # nobody else may serve it, whatever a search finds
    done, of = 0, len(chosen) + 2
    yield Progress(done, of, replace(at_once, complete=False))
    base = state
    settled = yield from _improved(base, problem)
    base, done = _better(base, settled, problem), done + 1
    yield Progress(done, of)
    found: list[tuple[Offer, State]] = []
    for offer in chosen:
        locked = _moved(base, problem, who, offer)
        if locked is not None:
            answer = yield Search(locked, with_plan(problem, locked.plan), locked.plan, SECONDS)
            assert answer is not None
            kept = answer.keeps(locked.plan.locks)
            found.append((offer, State(state.scenario, answer.plan) if kept else locked))
        done += 1
        yield Progress(done, of)
    # What has been searched for twice as long may be better only for that: so the plan as it is gets as much again.
    settled = yield from _improved(base, problem)
    base = _better(base, settled, problem)
    return _told(state, evidence, who, base, found, at_once)


def _improved(base: State, problem: Problem) -> Generator[Search | Progress, Found | None, Found]:
    found = yield Search(base, with_plan(problem, base.plan), base.plan, SECONDS)
    assert found is not None
    return found


def _better(base: State, found: Found, problem: Problem) -> State:
    then = State(base.scenario, found.plan)
    better = Outcome.of(report_of(then, problem)) < Outcome.of(report_of(base, problem))
    return then if better and found.keeps(base.plan.locks) else base


def _moved(base: State, problem: Problem, who: Subject, offer: Offer) -> State | None:
    """Return the state with the customer locked to the vehicle of an offer; None where that cannot be."""
    target = next(route.driver for route in offer.proposal.draft.routes if who.customer in route.stops)
    proposal = best_on(Pricing(problem, base), who.customer, target)
    if proposal is None:
        return None
    return State(base.scenario, proposal.draft.plan.with_locks({who.customer: Lock.VEHICLE}))


def _told(
    state: State,
    evidence: Evidence,
    who: Subject,
    base: State,
    found: list[tuple[Offer, State]],
    at_once: Explanation,
) -> Explanation:
    minus = NOW if base is state else SEARCHED_PLAN
    if found:  # numbers are those of other plans now
        for name in at_once.evidence.keys() - {NOW}:
            evidence.drop(name)
    if base is not state:
        evidence.add(minus, base)
    bars: list[tuple[Outcome, Bar]] = []
    for offer, then in found:
        at = name_of_offer(offer)
        evidence.add(at, then)
        edit = set_plan(state, then.plan, tr("Assign {customer} to {vehicle}", customer=who.name, vehicle=offer.label))
        broken = broken_between(evidence, at, minus)
        number = evidence.number(Measure.COST, at, minus)
        bars.append((Outcome.of(evidence.report(at)), Bar(offer.label, number, broken, items_of(who), edit)))
    bars.sort(key=lambda pair: pair[0])
    said = [] if base is state else [_found_by_search(evidence, minus)]
    if not bars:
        return replace(at_once, long=(*said, *at_once.long), evidence=evidence.states, exact=False)
    best = bars[0][1]
    verdict = _verdict_of(best)
    text = {
        Verdict.INFEASIBLE: tr("With everything else free to move, {other} would still break a rule."),
        Verdict.BETTER: tr("With everything else free to move, {other} would make the plan about {cost} cheaper."),
        Verdict.SAME: tr("With everything else free to move, {other} would cost about the same."),
    }.get(
        verdict,
        tr("With everything else free to move, the least that another vehicle costs is about {cost} more: {other}."),
    )
    return replace(
        at_once,
        short=(say(text, items_of(who), other=best.label, cost=best.number),),
        long=(*said, *best.broken),
        verdict=verdict,
        evidence=evidence.states,
        parts=parts_between(evidence, best.number.at, minus),
        alternatives=tuple(bar for _, bar in bars),
        proposed=best.number.at,
        edits=(best.edit,) if best.edit is not None else (),
        exact=False,
    )


def _verdict_of(best: Bar) -> Verdict:
    if best.broken:
        return Verdict.INFEASIBLE
    if abs(best.number.value) < NOTHING:
        return Verdict.SAME
    return Verdict.BETTER if best.number.value < 0 else Verdict.WORSE


def _found_by_search(evidence: Evidence, minus: str) -> Sentence:
    cost = evidence.number(Measure.COST, minus, NOW)
    return say(tr("Searching alone, with the customer where it is, changes the cost by about {cost:+}."), cost=cost)
