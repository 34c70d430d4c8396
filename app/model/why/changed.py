"""What has changed between two states, and why.

A stop that is on another vehicle has a reason that can be measured: put back, it would break something or cost more.
What was edited between the two states is named beside it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from app.language import listing, tr
from app.model.compile import compile_scenario
from app.model.difference import PlanDifference, plan_difference
from app.model.fleet import labels
from app.model.patch import TABLES, State, table_of
from app.model.prices import NOTHING
from app.model.proposal import Pricing, Proposal
from app.model.scenario import Settings
from app.model.violations import name_of
from app.model.why.evidence import Evidence
from app.model.why.explanation import Bar, Explanation, Verdict
from app.model.why.facts import NOW, Measure, Sentence, say
from app.model.why.parts import (
    broken_between,
    broken_by,
    change_of_cost,
    parts_between,
    state_after,
)
from app.model.why.pricing import best_on
from app.model.why.questions import WhatChanged
from app.model.why.searching import Answering, Progress
from app.model.words import references_name
from solver.problem import Problem

BEFORE = "before"
"""Name of the evidence: the earlier state."""

MEASURED = 12
"""Of so many stops it is measured what they would cost where they were; the others are only counted."""

NAMED = 5
"""So many names stand in one sentence."""


def what_changed(question: WhatChanged, state: State, problem: Problem) -> Answering:
    """Answer the question; see `app.model.why.answers.answer`."""
    before = question.before
    same = before.scenario is state.scenario
    evidence = Evidence(state, problem)
    evidence.add(BEFORE, before, problem if same else compile_scenario(before.scenario))
    edited = _edited(before, state)
    difference = plan_difference(before.plan, state.plan)
    short = (_verdict_said(evidence), _moved_said(difference, evidence))
    said = [
        *_edits_said(edited, before, state),
        *_routes_said(difference, before, state),
        *broken_between(evidence, NOW, BEFORE, would=False),
    ]
    made = Explanation(
        question,
        tr("What has changed, and why?"),
        short,
        tuple(said),
        _verdict(evidence),
        evidence=evidence.states,
        parts=parts_between(evidence, NOW, BEFORE),
        complete=False,
    )
    yield Progress(0, 1, made)
    moved = _moved(difference, before, state, edited)
    bars, reasons = _put_back(Pricing(problem, state), moved[:MEASURED], before, state, evidence)
    if len(moved) > MEASURED:
        some = tr("So many stops have moved that only some were looked at one by one, the edited ones first.")
        reasons.append(Sentence(some, {}))
    return Explanation(
        question,
        made.title,
        short,
        (*reasons, *said),
        made.verdict,
        evidence=evidence.states,
        parts=made.parts,
        alternatives=tuple(bars),
    )


def _verdict(evidence: Evidence) -> Verdict:
    broken = evidence.number(Measure.BROKEN, NOW, BEFORE).value
    cost = evidence.number(Measure.COST, NOW, BEFORE).value
    if broken:
        return Verdict.WORSE if broken > 0 else Verdict.BETTER
    if abs(cost) < NOTHING:
        return Verdict.SAME
    return Verdict.WORSE if cost > 0 else Verdict.BETTER


def _verdict_said(evidence: Evidence) -> Sentence:
    """Say what it costs; where others are left out than before, that is said first, for it is no saving."""
    cost = evidence.number(Measure.COST, NOW, BEFORE)
    unserved = evidence.number(Measure.UNSERVED, NOW, BEFORE)
    distance, duration = (evidence.number(one, NOW, BEFORE) for one in (Measure.DISTANCE, Measure.DURATION))
    values: dict[str, Any] = {"cost": cost, "distance": distance, "duration": duration, "unserved": unserved}
    if unserved.value == 1:
        return say(tr("One customer more is left out; the cost has changed by {cost:+}."), **values)
    if unserved.value > 1:
        return say(tr("{unserved} customers more are left out; the cost has changed by {cost:+}."), **values)
    if unserved.value == -1:
        return say(tr("One customer more is served; the cost has changed by {cost:+}."), **values)
    if unserved.value < -1:
        return say(tr("{unserved} customers more are served; the cost has changed by {cost:+}."), **values)
    if abs(cost.value) < NOTHING:
        return say(tr("The plan costs what it did."))
    if cost.value < 0:
        return say(tr("The plan costs {cost} less: {distance:+}, {duration:+}."), **values)
    return say(tr("The plan costs {cost} more: {distance:+}, {duration:+}."), **values)


def _moved_said(difference: PlanDifference, evidence: Evidence) -> Sentence:
    moved = evidence.number(Measure.MOVED, NOW, BEFORE)
    shifted = evidence.number(Measure.SHIFTED, NOW, BEFORE)
    items = tuple(("customers", stop) for stop in sorted(difference.moved))
    if moved.value:
        return say(tr("Stops on other vehicles than before: {number}."), items, number=moved)
    if shifted.value:
        return say(tr("No stop has changed its vehicle; at other places of their routes: {number}."), number=shifted)
    return say(tr("No stop has changed its vehicle or its place."))


@dataclass(frozen=True, slots=True)
class _Edited:
    """What of a scenario is not as it was: ids by kind of item, and whether the settings or the matrix are."""

    items: dict[str, tuple[str, ...]]
    whole: bool


def _edited(before: State, after: State) -> _Edited:
    items: dict[str, tuple[str, ...]] = {}
    one, other = before.scenario, after.scenario
    if one is other:
        return _Edited(items, whole=False)
    for kind in TABLES:
        was, now = table_of(one, kind), table_of(other, kind)
        keys = [key for key in (*now, *(key for key in was if key not in now)) if was.get(key) != now.get(key)]
        if keys:
            items[kind] = tuple(keys)
    return _Edited(items, _measuring(one.settings) != _measuring(other.settings) or one.matrix != other.matrix)


def _measuring(settings: Settings) -> Settings:
    """Return settings without those that no figure depends on."""
    blank = Settings()
    return replace(settings, name=blank.name, currency=blank.currency, solve_seconds=blank.solve_seconds)


def _edits_said(edited: _Edited, before: State, state: State) -> list[Sentence]:
    """Say what was edited; by name where it is little."""
    said = []
    for kind, keys in edited.items.items():
        was, now = table_of(before.scenario, kind), table_of(state.scenario, kind)
        items = tuple((kind, key) for key in keys)
        if len(keys) <= NAMED:
            what = listing([name_of(now if key in now else was, key) for key in keys])
        else:
            what = references_name(state.scenario, items)
        said.append(say(tr("Edited in between: {what}."), items, what=what))
    if edited.whole:
        said.append(say(tr("The settings or the travel times of the scenario have been changed in between.")))
    return said


def _routes_said(difference: PlanDifference, before: State, state: State) -> list[Sentence]:
    """Say which vehicles stay at home now, which drive now and did not, and who has their stops."""
    said = []
    old, new = labels(before), labels(state)
    for route in difference.routes:
        if route.after is None and route.before is not None:
            heirs = _holders(before.plan.routes[route.before].stops, state)
            text = (
                tr("{vehicle} stays at home now; its stops went to {others}.")
                if heirs
                else tr("{vehicle} stays at home now; its stops are left out.")
            )
            vehicle = old[route.before]
            stops = before.plan.routes[route.before].stops
        elif route.before is None and route.after is not None:
            heirs = _holders(state.plan.routes[route.after].stops, before)
            text = (
                tr("{vehicle} drives now and did not before; its stops came from {others}.")
                if heirs
                else tr("{vehicle} drives now and did not before; its stops were left out.")
            )
            vehicle = new[route.after]
            stops = state.plan.routes[route.after].stops
        else:
            continue
        items = tuple(("customers", stop) for stop in stops)
        said.append(say(text, items, vehicle=vehicle, others=listing(heirs)))
    return said


def _holders(stops: tuple[str, ...], state: State) -> list[str]:
    """Return what the vehicles are called that serve some stops in a state, those with most of them first."""
    here = set(stops)
    counted = [
        (-len(here.intersection(route.stops)), label)
        for route, label in zip(state.plan.routes, labels(state), strict=True)
    ]
    return [label for number, label in sorted(counted)[:NAMED] if number]


def _moved(difference: PlanDifference, before: State, state: State, edited: _Edited) -> list[str]:
    """Return who is on another vehicle, the edited first; else in the order of the table."""
    touched = set(edited.items.get("customers", ()))
    both = before.plan.served & state.plan.served & difference.moved
    return sorted((stop for stop in state.scenario.customers if stop in both), key=lambda stop: stop not in touched)


def _put_back(
    pricing: Pricing, moved: list[str], before: State, state: State, evidence: Evidence
) -> tuple[list[Bar], list[Sentence]]:
    """Measure what stops would cost where they were: at the best place of the vehicle that served them."""
    former = {stop: route.driver for route in before.plan.routes for stop in route.stops}
    measured: list[tuple[str, Proposal]] = []
    for stop in moved:
        proposal = best_on(pricing, stop, former[stop])
        if proposal is not None:
            measured.append((stop, proposal))
    measured.sort(key=lambda pair: pair[1].rank, reverse=True)
    bars, said = [], []
    for stop, proposal in measured:
        at = f"{stop} put back"
        evidence.add(at, state_after(proposal.draft))
        bars.append(_bar(stop, proposal, at, state))
        said.append(_reason(stop, proposal, at, state, before))
    return bars, said


def _bar(stop: str, proposal: Proposal, at: str, state: State) -> Bar:
    name = name_of(state.scenario.customers, stop)
    label = tr("{customer} where it was", customer=name)
    return Bar(
        label, change_of_cost(proposal, at), broken_by(proposal, at), (("customers", stop),), proposal.draft.edit
    )


def _reason(stop: str, proposal: Proposal, at: str, state: State, before: State) -> Sentence:
    customer = name_of(state.scenario.customers, stop)
    vehicle = next(
        label for route, label in zip(before.plan.routes, labels(before), strict=True) if stop in route.stops
    )
    cost = change_of_cost(proposal, at)
    items = (("customers", stop),)
    broken = broken_by(proposal, at)
    if broken:
        text = tr(
            "{customer} left {vehicle}, for there a rule would be broken now:", customer=customer, vehicle=vehicle
        )
        return Sentence(f"{text} {broken[0].text}", broken[0].numbers, items)
    if cost.value > NOTHING:
        text = tr("{customer} left {vehicle}, where it would cost {cost} more now.")
    elif cost.value < -NOTHING:
        text = tr("{customer} left {vehicle}, although there it would cost {cost} less by itself.")
    else:
        text = tr("{customer} left {vehicle}, where it would cost the same by itself.")
    return say(text, items, customer=customer, vehicle=vehicle, cost=cost)
