"""Why a route is as it is: what it takes and costs, and what each of its legs is for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.language import tr
from app.model.fleet import labels
from app.model.patch import State
from app.model.violations import name_of
from app.model.why.evidence import Evidence
from app.model.why.explanation import Bar, Explanation
from app.model.why.facts import Measure, Sentence, say
from app.model.why.legs import Leg, legs_of
from app.model.why.parts import PARTS
from app.model.why.questions import WhyRoute
from app.model.why.searching import Answering, Progress
from app.model.why.standing import driving
from solver.problem import Problem

AT_ONCE = 5
"""Legs that are shown together while others are not known yet."""

OF_ROUTES = frozenset({Measure.FIXED, Measure.DISTANCE_COST, Measure.DURATION_COST, Measure.PREFERENCE})
"""Costs that a route has by itself."""


def why_route(question: WhyRoute, state: State, problem: Problem) -> Answering:
    """Answer the question; see `app.model.why.answers.answer`.

    Raises
    ------
    EditRefusedError
        If the vehicle does not drive.
    """
    index = driving(state, question.route)
    whole = _whole(question, state, problem, index)
    legs: list[Leg] = []
    of = len(state.plan.routes[index].stops)
    yield Progress(0, of, replace(whole, complete=False))
    for leg in legs_of(problem, state, index):
        legs.append(leg)
        if not len(legs) % AT_ONCE:
            yield Progress(len(legs), of, replace(whole, long=_listed(state, legs), complete=False))
    return replace(whole, long=_listed(state, legs))


def _whole(question: WhyRoute, state: State, problem: Problem, index: int) -> Explanation:
    """Return what is known at once."""
    evidence, route, vehicle = Evidence(state, problem), question.route, labels(state)[index]
    stops, way, time, cost = (
        evidence.number(measure, route=route)
        for measure in (Measure.STOPS, Measure.DISTANCE, Measure.DURATION, Measure.COST)
    )
    text = tr("{vehicle} drives {way} in {time}, which costs {cost}. Stops: {stops}.")
    short = say(text, vehicle=vehicle, way=way, stops=stops, time=time, cost=cost)
    parts = (Bar(label, evidence.number(measure, route=route)) for measure, _, label in PARTS if measure in OF_ROUTES)
    return Explanation(
        question,
        tr("Why does {vehicle} drive like this?", vehicle=vehicle),
        (short,),
        evidence=evidence.states,
        parts=tuple(bar for bar in parts if bar.number.value),
    )


def _listed(state: State, legs: Sequence[Leg]) -> tuple[Sentence, ...]:
    """Return the legs as a list."""
    text = tr("{stop}: {reason}")
    return tuple(
        say(text, (("customers", leg.to),), stop=name_of(state.scenario.customers, leg.to), reason=leg.words)
        for leg in legs
    )
