"""Why a stop is on its vehicle, and what each other vehicle would cost.

Every offer is exact for an insertion: the customer leaves its route, takes the best place on another vehicle, and all
else stays. What a search makes of it, when everything may move, is asked for separately.
"""

from __future__ import annotations

from dataclasses import replace

from app.language import tr
from app.model.changes import EditRefusedError
from app.model.fleet import labels
from app.model.offers import Offer, assignments, ranked
from app.model.patch import State
from app.model.plan import Lock
from app.model.prices import NOTHING
from app.model.proposal import Pricing
from app.model.violations import name_of
from app.model.why.evidence import Evidence
from app.model.why.explanation import Bar, Explanation, Verdict
from app.model.why.facts import NOW, Measure, Number, Sentence, say
from app.model.why.parts import broken_by, change_of_cost, parts_of, says_shut_out, state_after
from app.model.why.pricing import pricing_of
from app.model.why.questions import WhyVehicle
from app.model.why.searching import Answering
from app.model.why.subject import Subject, called, items_of, name_of_offer
from app.model.why.vehicle_search import searched
from solver.problem import Problem

_LOCKED = {
    Lock.VEHICLE: tr("A lock keeps it on this vehicle."),
    Lock.PLACE: tr("A lock keeps it at its place."),
    Lock.DRIVEN: tr("It has been driven already."),
}


def why_vehicle(question: WhyVehicle, state: State, problem: Problem) -> Answering:
    """Answer the question; see `app.model.why.answers.answer`.

    Raises
    ------
    EditRefusedError
        If the customer is in no route.
    """
    who = _subject(question.customer, state)
    evidence = Evidence(state, problem)
    offers, refused = _offers(pricing_of(problem, state), who)
    at_once = _answered(question, state, evidence, who, offers, refused)
    if not question.resolved or not offers:
        return at_once
    return (yield from searched(state, problem, evidence, who, offers, at_once))


def _subject(customer: str, state: State) -> Subject:
    name = name_of(state.scenario.customers, customer)
    for index, (route, label) in enumerate(zip(state.plan.routes, labels(state), strict=True)):
        if customer in route.stops:
            return Subject(customer, name, index, label)
    raise EditRefusedError(tr("{customer} is in no route, so no vehicle serves it.", customer=name))


def _offers(pricing: Pricing, who: Subject) -> tuple[tuple[Offer, ...], str]:
    """Return every other place, the best first; or why there is none, as a sentence."""
    try:
        return ranked(assignments(pricing, (who.customer,))), ""
    except EditRefusedError as refused:
        return (), str(refused)


def _answered(
    question: WhyVehicle,
    state: State,
    evidence: Evidence,
    who: Subject,
    offers: tuple[Offer, ...],
    refused: str,
) -> Explanation:
    elsewhere = tuple(offer for offer in offers if offer.route != who.route)
    best = elsewhere[0] if elsewhere else None
    for offer in offers:
        evidence.add(name_of_offer(offer), state_after(offer.proposal.draft))
    shut_out = bool(elsewhere) and all(says_shut_out(offer.proposal) for offer in elsewhere)
    short = [*_locked(state, who, refused), _reason(who, None if shut_out else best, shut_out)]
    own = next((offer for offer in offers if offer.route == who.route and _gains(offer)), None)
    if own is not None:
        cost = change_of_cost(own.proposal, name_of_offer(own))
        here = tr("At another place on {vehicle} it would cost {cost} less.")
        if own.proposal.cures:
            here = tr(
                "At another place on {vehicle} less would be broken, and the cost of the plan would change by {cost:+}."
            )
        short.append(say(here, items_of(who), vehicle=who.vehicle, cost=cost))
    known = (one for one in (own, best) if one is not None)
    proposed = min(known, key=lambda one: (not _gains(one), one.proposal.rank), default=None)
    offered = () if proposed is None else (proposed.proposal.draft.edit, proposed.proposal.draft.held_edit)
    currency = state.scenario.settings.currency
    return Explanation(
        question,
        tr("Why is {customer} on {vehicle}?", customer=who.name, vehicle=who.vehicle),
        tuple(short[:2]),
        (*short[2:], *_long(evidence, who, best)),
        _verdict(proposed),
        evidence=evidence.states,
        parts=() if proposed is None else parts_of(proposed.proposal.costs, name_of_offer(proposed), currency),
        alternatives=tuple(_bar(offer) for offer in offers),
        proposed="" if proposed is None else name_of_offer(proposed),
        edits=offered,
    )


def _reason(who: Subject, best: Offer | None, shut_out: bool) -> Sentence:
    items = items_of(who)
    if shut_out:
        return say(tr("Only {vehicle} may serve it."), items, vehicle=who.vehicle)
    if best is None:
        return say(tr("No other vehicle is there to serve it."), items)
    proposal, name = best.proposal, name_of_offer(best)
    cost = change_of_cost(proposal, name)
    values = {"vehicle": who.vehicle, "other": best.label}
    if proposal.causes:
        first = broken_by(proposal, name)[0]
        text = tr("On every other vehicle a rule would be broken, least of all on {other}:", **values)
        return replace(first, text=f"{text} {first.text}", items=items)
    if proposal.cures:
        text = tr("With {other} less would be broken, and the cost of the plan would change by {cost:+}.")
        return say(text, items, other=best.label, cost=cost)
    if proposal.cost < -NOTHING:
        return say(tr("{other} would serve it for {cost} less than {vehicle}."), items, cost=cost, **values)
    if proposal.cost < NOTHING:
        return say(tr("{other} would serve it at the same cost as {vehicle}."), items, **values)
    return say(
        tr("{vehicle} is the cheapest that keeps every rule: {other} would cost {cost} more."),
        items,
        cost=cost,
        **values,
    )


def _locked(state: State, who: Subject, refused: str) -> list[Sentence]:
    lock = state.plan.locks.get(who.customer)
    if lock is None:
        return []
    if lock is Lock.DRIVEN and refused:
        return [say(refused, items_of(who))]
    return [say(_LOCKED[lock], items_of(who))]


def _long(evidence: Evidence, who: Subject, best: Offer | None) -> list[Sentence]:
    arrival = evidence.number(Measure.START, customer=who.customer)
    said = [say(tr("{vehicle} serves it at {start}."), items_of(who), vehicle=who.vehicle, start=arrival)]
    if best is not None:
        proposal, name = best.proposal, name_of_offer(best)
        far = Number(proposal.distance_km, Measure.DISTANCE, name, NOW)
        long = Number(proposal.duration_s, Measure.DURATION, name, NOW)
        how = tr("With {other} the distance of the plan would change by {far:+}, and its duration by {long:+}.")
        said.append(say(how, items_of(who), other=best.label, far=far, long=long))
        said += broken_by(proposal, name)[1:]
    return said


def _gains(offer: Offer) -> bool:
    """Whether nothing speaks against it, and something for it; to mend something is better whatever it costs."""
    proposal = offer.proposal
    return not proposal.causes and (bool(proposal.cures) or proposal.cost < -NOTHING)


def _verdict(best: Offer | None) -> Verdict:
    if best is None:
        return Verdict.HOLDS
    if best.proposal.causes:
        return Verdict.INFEASIBLE
    if _gains(best):
        return Verdict.BETTER
    return Verdict.SAME if best.proposal.cost < NOTHING else Verdict.WORSE


def _bar(offer: Offer) -> Bar:
    name = name_of_offer(offer)
    draft = offer.proposal.draft
    items = (("customers", stop) for stop in draft.holds)
    return Bar(
        called(offer), change_of_cost(offer.proposal, name), broken_by(offer.proposal, name), tuple(items), draft.edit
    )
