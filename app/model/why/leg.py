"""Why the route goes from A to B: the intention of the leg, and what it would be to go elsewhere first."""

from __future__ import annotations

from collections.abc import Generator

from app.language import listing, tr
from app.model.changes import EditRefusedError
from app.model.evaluation import to_solution
from app.model.locks import with_plan
from app.model.patch import State
from app.model.prices import NOTHING
from app.model.violations import name_of
from app.model.why.evidence import Evidence
from app.model.why.explanation import Bar, Explanation, Verdict
from app.model.why.facts import Measure, Sentence, say
from app.model.why.instead import Instead, broken_first, change_of, comes_from, effect_of, instead, verdict_on
from app.model.why.legs import WORDS
from app.model.why.parts import parts_of
from app.model.why.pricing import pricing_of
from app.model.why.questions import WhyLeg
from app.model.why.searching import Found, Progress, Search
from app.model.why.shut_out import shut_out_by
from app.model.why.standing import Items, Standing, standing_before
from solver.explain.completions import NOBODY
from solver.explain.intention import Completion, Intention, LegIntention, intention_of
from solver.problem import Problem

MOST = 8
"""Alternatives that are shown, the best first."""

MOST_BROKEN = 4
"""Broken rules that are told of; each alternative has all of its own."""

_WITHOUT = {
    Intention.PREFERENCE: tr(
        "It goes to {end} because of preferences for vehicles: without them {other} had better come first."
    ),
    Intention.PROFILE: tr(
        "It goes to {end} because of who may serve whom: without profiles and zones {other} had better come first."
    ),
    Intention.LOCK: tr("It goes to {end} because of locks: without them {other} had better come first."),
    Intention.CAPACITY: tr("It goes to {end} because of the loads: without them {other} had better come first."),
    Intention.WINDOW: tr("It goes to {end} because of time windows: without them {other} had better come first."),
    Intention.RETURN: tr(
        "It goes to {end} because of the vehicle's limits: without the end of its shift, depot hours and how far and "
        "how long it may drive, {other} had better come first."
    ),
}


def why_leg(
    question: WhyLeg, state: State, problem: Problem
) -> Generator[Search | Progress, Found | None, Explanation]:
    """Answer the question; see `app.model.why.answers.answer`.

    Raises
    ------
    EditRefusedError
        If the vehicle does not drive there.
    """
    yield from ()  # it searches nothing
    standing = standing_before(state, question.route, question.to)
    return _Answer(question, standing, problem).given()


class _Answer:
    """An answer as it is put together."""

    def __init__(self, question: WhyLeg, standing: Standing, problem: Problem) -> None:
        self._question, self._standing = question, standing
        self._problem, self._bound = problem, with_plan(problem, standing.state.plan)
        self._evidence = Evidence(standing.state, problem)
        self._pricing = pricing_of(problem, standing.state)
        self._items: Items = (("customers", standing.to),) if standing.to is not None else ()

    def given(self) -> Explanation:
        """Return it."""
        standing = self._standing
        title = tr(
            "Why does {vehicle} drive from {start} to {end}?",
            vehicle=standing.vehicle,
            start=standing.start,
            end=standing.end,
        )
        if standing.driven:
            said = say(tr("It has been driven already."), self._items)
            return Explanation(
                self._question, title, (said,), self._now(), label=Intention.LOCK, evidence=self._evidence.states
            )
        solution = to_solution(self._bound, standing.state.plan)
        leg = intention_of(self._bound, solution, standing.index, standing.position, NOTHING)
        shown = self._shown(leg)
        passed = self._passed(leg, shown)
        if passed is not None and passed.customer not in {one.customer for one in shown}:
            shown = sorted((*shown, passed), key=lambda one: one.rank)
        better = next((one for one in shown if verdict_on(one) is Verdict.BETTER), None)
        subject = better or passed or (shown[0] if shown else None)
        # What breaks nothing is proposed before what the sentences are about; that stays among the alternatives.
        proposed = better or next((one for one in shown if not one.broken), subject)
        for one in (*shown, *((passed,) if passed is not None else ())):
            self._evidence.add(one.at, one.state)
        short, long = [self._reason(leg, passed)], [*self._also(leg, passed), *self._now()]
        if subject is not None:
            even_so = subject is better and subject is not passed
            short.append(_even_so(subject) if even_so else effect_of(subject, leg.intention.rules))
            if proposed is not None and proposed is not subject:
                long.append(_allowed(proposed))
            long += self._beyond(subject, leg)
        currency = standing.state.scenario.settings.currency
        return Explanation(
            self._question,
            title,
            tuple(short),
            tuple(long),
            Verdict.HOLDS if proposed is None else verdict_on(proposed),
            leg.intention.value,
            evidence=self._evidence.states,
            parts=() if proposed is None else parts_of(proposed.proposal.costs, proposed.at, currency),
            alternatives=tuple(_bar(one) for one in shown),
            proposed=proposed.at if proposed is not None else "",
            edits=proposed.edits if proposed is not None else (),
            exact=leg.exact,
        )

    def _shown(self, leg: LegIntention) -> list[Instead]:
        """Return what else could come next, the best first; who can be moved by nobody is left out."""
        made = [one for way in leg.alternatives[:MOST] if (one := self._instead(way)) is not None]
        return sorted(made, key=lambda one: one.rank)

    def _passed(self, leg: LegIntention, shown: list[Instead]) -> Instead | None:
        """Return what was given up for the leg."""
        if leg.passed is None:
            return None
        same = next(
            (one for one in shown if self._stops(leg.passed) == one.proposal.draft.routes[self._standing.index].stops),
            None,
        )
        return same or self._instead(leg.passed, f"{self._ids(leg.passed)} next, freely")

    def _ids(self, way: Completion) -> str:
        return self._bound.clients.ids[way.next]

    def _stops(self, way: Completion) -> tuple[str, ...]:
        return tuple(self._bound.clients.ids[one] for one in way.clients)

    def _instead(self, way: Completion, named: str = "") -> Instead | None:
        if way.next == NOBODY:
            return None
        try:
            return instead(self._standing, self._pricing, self._bound, self._ids(way), self._stops(way), named=named)
        except EditRefusedError:
            return None

    def _reason(self, leg: LegIntention, passed: Instead | None) -> Sentence:
        standing, items = self._standing, self._items
        names = {"start": standing.start, "end": standing.end, "vehicle": standing.vehicle}
        if passed is not None:
            names["other"] = passed.name
        match leg.intention:
            case Intention.NEAREST:
                return say(tr("{end} is the nearest stop to {start}."), items, **names)
            case Intention.ROUTE if standing.to is None:
                return say(
                    tr("All stops of {vehicle} are served, and nobody near by would be cheaper to serve."),
                    items,
                    **names,
                )
            case Intention.ROUTE if passed is not None:
                text = tr("{other} is nearer, but the way through all that is left is cheaper with {end} first.")
                if not self._is_nearer(passed):
                    text = tr(
                        "{other} is quicker to reach, but the way through all that is left is cheaper with {end} first."
                    )
                return say(text, items, **names)
            case Intention.ROUTE:
                return say(tr("The way through all that is left is cheapest with {end} first."), items, **names)
            case Intention.PLAN if passed is not None and passed.broken:
                text = tr("{other} could come first as well: what is broken now would be broken elsewhere.")
                return say(text, items, **names)
            case Intention.PLAN if passed is not None:
                return say(tr("Nothing speaks for {end}: {other} had better come first."), items, **names)
            case Intention.PLAN:
                return say(tr("Nothing speaks for {end}."), items, **names)
        if leg.intention is Intention.PROFILE and passed is not None:
            return self._shut_out(passed, names)
        if passed is not None and leg.also:
            reasons = listing([WORDS[one] for one in (leg.intention, *leg.also)])
            text = tr("What makes it go to {end}: {reasons}. Without all of these {other} had better come first.")
            return say(text, items, reasons=reasons, **names)
        if passed is not None:
            return say(_WITHOUT[leg.intention], items, **names)
        return say(tr("It goes to {end} because of what binds the plan."), items, **names)

    def _also(self, leg: LegIntention, passed: Instead | None) -> list[Sentence]:
        """Return what else stands against whom the leg passes by, where the reason itself does not say it."""
        if passed is None or not leg.also or leg.intention not in (Intention.ROUTE, Intention.PROFILE):
            return []
        text = tr("What stands against {other} as well: {reasons}.")
        return [say(text, passed.items, other=passed.name, reasons=listing([WORDS[one] for one in leg.also]))]

    def _shut_out(self, passed: Instead, names: dict[str, str]) -> Sentence:
        """Return that somebody had better come first whom the vehicle may not serve, and why it may not."""
        scenario = self._standing.state.scenario
        profile, zones = shut_out_by(scenario, passed.customer, self._standing.route[0])
        if zones:
            items = (*self._items, ("zones", zones[0].id))
            text = tr("{other} had better come before {end}, but lies in {zone}, where {vehicle} may not drive.")
            return say(text, items, zone=name_of(scenario.zones, zones[0].id), **names)
        if profile is not None:
            items = (*self._items, ("profiles", profile.id))
            text = tr("{other} had better come before {end}, but the profile {profile} forbids {vehicle} to serve it.")
            return say(text, items, profile=name_of(scenario.profiles, profile.id), **names)
        return say(_WITHOUT[Intention.PROFILE], self._items, **names)

    def _is_nearer(self, other: Instead) -> bool:
        """Tell whether another stop is less far away; what is reached at less cost may be quicker to reach only."""
        if self._standing.to is None:
            return True
        away = self._evidence.number(Measure.LEG_DISTANCE, other.at, customer=other.customer)
        return away.value < self._evidence.number(Measure.LEG_DISTANCE, customer=self._standing.to).value

    def _now(self) -> tuple[Sentence, ...]:
        """Return what the leg takes, and the route that it is part of."""
        standing, number = self._standing, self._evidence.number
        names = {"vehicle": standing.vehicle, "end": standing.end}
        route = standing.route
        if standing.to is None:
            way, time = number(Measure.RETURN_DISTANCE, route=route), number(Measure.RETURN_DURATION, route=route)
            said = [say(tr("The drive home is {way} and takes {time}."), way=way, time=time)]
        else:
            values = {
                "way": number(Measure.LEG_DISTANCE, customer=standing.to),
                "time": number(Measure.LEG_DURATION, customer=standing.to),
                "arrival": number(Measure.ARRIVAL, customer=standing.to),
            }
            text = tr("The drive is {way} and takes {time}; {vehicle} reaches {end} at {arrival}.")
            said = [say(text, self._items, **values, **names)]
            waiting = number(Measure.STOP_WAITING, customer=standing.to)
            late = number(Measure.STOP_LATENESS, customer=standing.to)
            if waiting.value:
                said.append(say(tr("It waits {waiting} there for the window to open."), self._items, waiting=waiting))
            if late.value:
                said.append(say(tr("{end} is served {late} after the window closes."), self._items, late=late, **names))
        whole = tr("The whole route is {way}, takes {time} and ends at {clock}.")
        way, time = number(Measure.DISTANCE, route=route), number(Measure.DURATION, route=route)
        said.append(say(whole, way=way, time=time, clock=number(Measure.END, route=route)))
        return tuple(said)

    def _beyond(self, one: Instead, leg: LegIntention) -> list[Sentence]:
        """Return what else can be said of an alternative."""
        standing, number = self._standing, self._evidence.number
        names = {"start": standing.start, "end": standing.end, "other": one.name}
        said = []
        near = number(Measure.LEG_DISTANCE, one.at, customer=one.customer)
        if standing.to is not None:
            far = number(Measure.LEG_DISTANCE, customer=standing.to)
            text = tr("From {start} it is {near} to {other} and {far} to {end}.")
            said.append(say(text, one.items, near=near, far=far, **names))
        if verdict_on(one) is not Verdict.SAME:
            text = tr(
                "With {other} next the distance of the plan would change by {far:+}, its duration by {long:+} and its "
                "cost by {cost:+}."
            )
            changes = (change_of(one, measure) for measure in (Measure.DISTANCE, Measure.DURATION, Measure.COST))
            said.append(say(text, one.items, **dict(zip(("far", "long", "cost"), changes, strict=True)), **names))
        said += broken_first(one, leg.intention.rules)[1:MOST_BROKEN]
        return [*said, *comes_from(standing, one), *([] if leg.exact else [_untried()])]


def _bar(one: Instead) -> Bar:
    return Bar(one.name, change_of(one, Measure.COST), one.broken, one.items, edit=one.edits[0])


def _even_so(better: Instead) -> Sentence:
    """Return what is gained by another stop although something speaks for the leg."""
    cost = change_of(better, Measure.COST)
    if better.proposal.cures:
        text = tr(
            "Even so, {other} had better come first: less would be broken, and the cost would change by {cost:+}."
        )
    else:
        text = tr("Even so, {other} had better come first: the plan would cost {cost} less.")
    return say(text, better.items, other=better.name, cost=cost)


def _allowed(one: Instead) -> Sentence:
    """Return what comes of the best that breaks nothing."""
    cost = change_of(one, Measure.COST)
    if verdict_on(one) is Verdict.SAME:
        return say(
            tr("Of what breaks no rule {other} next would be best, at the same cost."), one.items, other=one.name
        )
    text = tr("Of what breaks no rule {other} next would be best, and the plan would cost {cost} more.")
    return say(text, one.items, other=one.name, cost=cost)


def _untried() -> Sentence:
    return say(tr("So many stops are left that the best orders known were compared, and not all that there are."))
