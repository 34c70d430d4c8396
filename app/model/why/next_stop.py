"""Why C does not come next instead: what it would be, with all else as it is and with everything after it free.

What would be broken by then, whatever follows, is told at once. Else two plans are searched for the same time, one in
which the vehicle goes to C and one in which it goes where it goes now; what comes before is fixed in both. So what a
search gains anyway is not put down to C.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping
from dataclasses import replace

from app.language import listing, tr
from app.model.changes import Edit, EditRefusedError, set_plan
from app.model.difference import plan_difference
from app.model.evaluation import to_solution
from app.model.locks import with_plan
from app.model.patch import State
from app.model.plan import Lock, Plan, PlannedRoute
from app.model.prices import NOTHING, Outcome
from app.model.proposal import Pricing
from app.model.why.evidence import Evidence
from app.model.why.explanation import Bar, Explanation, Verdict
from app.model.why.facts import NOW, Measure, Sentence, say
from app.model.why.instead import change_of, comes_from, effect_of, instead, verdict_on
from app.model.why.parts import broken_between, parts_between, parts_of, state_after
from app.model.why.questions import WhyNotNext
from app.model.why.searching import Found, Progress, Search
from app.model.why.standing import Standing, standing_at
from solver.problem import Problem, Report, Rule, check

SECONDS = 1.0
"""For each of the two searches."""

SO_FAR, THEN, AS_IT_IS = "so far", "then", "searched as it is"
"""Names of evidence: the route up to C and nothing after it; the best plan found with C next, and without."""

OF_THE_ROUTE = frozenset({Rule.CAPACITY, Rule.MAX_STOPS})
"""Rules that a route breaks as a whole, and the more the longer it is."""

OF_STOPS = frozenset({Rule.TIME_WINDOW, Rule.NOT_ALLOWED, Rule.UNREACHABLE})
"""Rules that are broken at a stop, whatever follows."""

OF_THE_WAY = frozenset({Rule.SHIFT, Rule.DEPOT_HOURS, Rule.MAX_DISTANCE})
"""Rules that are broken whatever follows when they are without the way home, too."""

MOST_NAMED = 5
"""Stops that are listed by their names, and broken rules that are told of."""


def why_not_next(
    question: WhyNotNext, state: State, problem: Problem
) -> Generator[Search | Progress, Found | None, Explanation]:
    """Answer the question; see `app.model.why.answers.answer`.

    Raises
    ------
    EditRefusedError
        If the vehicle does not drive there, if the customer comes next already or is not there any more, or if what
        has been driven would change.
    """
    standing = standing_at(state, question.route, question.after)
    customer = question.instead
    if customer not in state.scenario.customers:
        raise EditRefusedError(tr("There is no customer with the id {key} any more.", key=customer))
    if customer in (standing.to, standing.after):
        name = standing.name(customer)
        raise EditRefusedError(tr("{customer} comes next already.", customer=name))
    answer = _Answer(question, standing, problem)
    at_once = answer.at_once()
    if answer.impossible:
        return at_once
    yield Progress(0, 2, replace(at_once, complete=False))
    found = yield from answer.search(answer.one.customer)
    yield Progress(1, 2)
    settled = yield from answer.search(None)
    return answer.told(at_once, found, settled)


class _Answer:
    """An answer as it is put together."""

    def __init__(self, question: WhyNotNext, standing: Standing, problem: Problem) -> None:
        state = standing.state
        self._question, self._standing, self._problem = question, standing, problem
        self._evidence = Evidence(state, problem)
        customer = question.instead
        self._before = tuple(stop for stop in standing.stops[: standing.position] if stop != customer)
        rest = (stop for stop in standing.stops[standing.position :] if stop != customer)
        bound = with_plan(problem, state.plan)
        stops = (*self._before, customer, *rest)
        self.one = instead(standing, Pricing(problem, state), bound, customer, stops)
        self._evidence.add(self.one.at, self.one.state)
        self._hopeless = self._broken_so_far()

    @property
    def impossible(self) -> bool:
        """Whether something is broken whatever follows."""
        return bool(self._hopeless)

    def _broken_so_far(self) -> tuple[Sentence, ...]:
        """Return what is broken before the route can go on, and is not broken now."""
        standing, one = self._standing, self.one
        routes: list[PlannedRoute] = [
            replace(route, stops=(*self._before, one.customer)) if index == standing.index else route
            for index, route in enumerate(one.proposal.draft.routes)
        ]
        draft = replace(one.proposal.draft, routes=tuple(routes))
        self._evidence.add(SO_FAR, state_after(draft))
        mine = {*self._before, one.customer}
        broken = broken_between(self._evidence, SO_FAR)
        said = tuple(sentence for sentence in broken if self._breaks_for_good(sentence, mine))
        if not said:
            self._evidence.drop(SO_FAR)
        return said

    def _breaks_for_good(self, sentence: Sentence, mine: set[str]) -> bool:
        """Tell whether what is broken so far is broken however the route goes on."""
        route = self._standing.route
        number = sentence.numbers.get("amount")
        if number is None or number.route != route:
            return False
        if number.rule in OF_STOPS:
            return number.customer in mine
        return number.rule in OF_THE_ROUTE or (number.rule in OF_THE_WAY and self._without_return(Rule(number.rule)))

    def _without_return(self, rule: Rule) -> bool:
        """Tell whether a limit is exceeded before the way home, which another stop could make shorter."""
        route, number = self._standing.route, self._evidence.number
        if rule is Rule.MAX_DISTANCE:
            driven = number(Measure.DISTANCE, SO_FAR, route=route).value
            back = number(Measure.RETURN_DISTANCE, SO_FAR, route=route).value
            return driven - back > number(Measure.MAX_DISTANCE, SO_FAR, route=route).value
        end = number(Measure.END, SO_FAR, route=route).value
        back = number(Measure.RETURN_DURATION, SO_FAR, route=route).value
        latest = Measure.SHIFT_END if rule is Rule.SHIFT else Measure.DEPOT_CLOSES
        return end - back > number(latest, SO_FAR, route=route).value

    def at_once(self) -> Explanation:
        """Return what is known without a search."""
        standing, one = self._standing, self.one
        title = tr(
            "Why does {vehicle} not drive from {start} to {other} next?",
            vehicle=standing.vehicle,
            start=standing.start,
            other=one.name,
        )
        if self._hopeless:
            first = self._hopeless[0]
            text = tr("{vehicle} cannot drive to {other} next, whatever follows: {broken}")
            said = say(text, one.items, vehicle=standing.vehicle, other=one.name, broken=first.text)
            short = (replace(said, numbers=first.numbers),)
            long = (*self._moved_only(), *self._hopeless[1:MOST_NAMED], *comes_from(standing, one))
        else:
            short = (effect_of(one),)
            long = (*self._moved_only(), *one.broken[1:MOST_NAMED], *comes_from(standing, one))
        return Explanation(
            self._question,
            title,
            short,
            long,
            Verdict.INFEASIBLE if self._hopeless else verdict_on(one),
            evidence=self._evidence.states,
            parts=parts_of(one.proposal.costs, one.at, standing.state.scenario.settings.currency),
            alternatives=(self._bar_moved_only(),),
            proposed=one.at,
            edits=one.edits,
        )

    def _bar_moved_only(self) -> Bar:
        one = self.one
        return Bar(tr("All else stays"), change_of(one, Measure.COST), one.broken, one.items, one.edits[0])

    def _moved_only(self) -> list[Sentence]:
        one = self.one
        changes = {
            "far": change_of(one, Measure.DISTANCE),
            "long": change_of(one, Measure.DURATION),
            "cost": change_of(one, Measure.COST),
        }
        text = tr(
            "If only {other} moves, the distance of the plan changes by {far:+}, its duration by {long:+} and its cost "
            "by {cost:+}."
        )
        return [say(text, one.items, other=one.name, **changes)]

    def search(self, customer: str | None) -> Generator[Search | Progress, Found | None, State]:
        """Search a plan in which what comes before is fixed, and so is who comes next: a customer, or who it is now."""
        state, standing = self._standing.state, self._standing
        start = self.one.state.plan if customer is not None else state.plan
        fixed = (*self._before, customer) if customer is not None else standing.stops[: standing.position + 1]
        stronger = {stop: Lock.PLACE for stop in fixed if start.locks.get(stop) is not Lock.DRIVEN}
        bound = State(state.scenario, start.with_locks(stronger))
        problem = with_plan(self._problem, bound.plan)
        found = yield Search(bound, problem, bound.plan, SECONDS)
        assert found is not None
        before = check(problem, to_solution(problem, bound.plan))
        # A vehicle that there is not, in a plan with too many of its type, is held by no lock.
        held = any(route.stops[: len(fixed)] == fixed for route in found.plan.routes)
        kept = held and found.keeps(bound.plan.locks)
        better = kept and Outcome.of(found.report) < Outcome.of(before)
        return _of_own_locks(state, found.plan if better else bound.plan)

    def told(self, at_once: Explanation, then: State, settled: State) -> Explanation:
        """Return the answer with what the searches have found."""
        state, one, evidence = self._standing.state, self.one, self._evidence
        evidence.add(THEN, then)
        minus = NOW
        said = []
        if Outcome.of(self._report(settled)) < Outcome.of(evidence.report()):
            minus = AS_IT_IS
            evidence.add(AS_IT_IS, settled)
            said.append(self._improves())
        broken = (*one.unlocked, *broken_between(evidence, THEN, minus))
        cost = evidence.number(Measure.COST, THEN, minus)
        verdict = Verdict.SAME
        if broken:
            verdict = Verdict.INFEASIBLE
        elif broken_between(evidence, minus, THEN) or cost.value < -NOTHING:
            verdict = Verdict.BETTER
        elif cost.value >= NOTHING:
            verdict = Verdict.WORSE
        edit = set_plan(state, then.plan, one.edits[0].name)
        held = set_plan(state, then.plan.with_locks({one.customer: Lock.PLACE}), one.edits[1].name)
        edits: tuple[Edit, ...] = (edit, held)
        if minus is AS_IT_IS:
            edits += (set_plan(state, settled.plan, tr("Take the plan found without it")),)
        bar = Bar(tr("Everything after it is free"), cost, broken, one.items, edit)
        return replace(
            at_once,
            short=(self._found(verdict, broken, minus), *self._saved_by_skipping(minus)),
            long=(*said, *broken[1:MOST_NAMED], *self._changes(minus), *self._moves(), *at_once.long),
            verdict=verdict,
            evidence=evidence.states,
            parts=parts_between(evidence, THEN, minus),
            alternatives=(bar, *at_once.alternatives),
            proposed=THEN,
            edits=edits,
            exact=False,
            complete=True,
        )

    def _report(self, state: State) -> Report:
        problem = with_plan(self._problem, state.plan)
        return check(problem, to_solution(problem, state.plan))

    def _found(self, verdict: Verdict, broken: tuple[Sentence, ...], minus: str) -> Sentence:
        one, items = self.one, self.one.items
        cost = self._evidence.number(Measure.COST, THEN, minus)
        if verdict is Verdict.INFEASIBLE:
            text = tr(
                "Even with everything after it free to move, no plan was found with {other} next that breaks nothing "
                "more: {broken}"
            )
            return replace(
                say(text, items, other=one.name, broken=broken[0].text),
                numbers=broken[0].numbers,
            )
        if verdict is Verdict.SAME:
            text = tr("With {other} next and everything after it free to move, the plan would cost about the same.")
            return say(text, items, other=one.name)
        if verdict is Verdict.WORSE:
            text = tr("With {other} next and everything after it free to move, the plan would cost about {cost} more.")
        elif cost.value < -NOTHING:
            text = tr("With {other} next and everything after it free to move, the plan would cost about {cost} less.")
        else:
            text = tr(
                "With {other} next and everything after it free to move, less would be broken, and the cost of the "
                "plan would change by about {cost:+}."
            )
        return say(text, items, other=one.name, cost=cost)

    def _saved_by_skipping(self, minus: str) -> list[Sentence]:
        """Return that more are left out, where they are: what is saved by that is no gain."""
        more = self._evidence.number(Measure.UNSERVED, THEN, minus)
        if more.value <= 0:
            return []
        left_out = self._evidence.number(Measure.LEFT_OUT, THEN, minus)
        text = tr("The way to some is saved only by leaving them out: {more} more than now, counted with {cost}.")
        return [say(text, self.one.items, more=more, cost=left_out)]

    def _improves(self) -> Sentence:
        """Return what searching alone has gained."""
        standing = self._standing
        cost = self._evidence.number(Measure.COST, AS_IT_IS, NOW)
        if standing.to is None:
            return say(tr("Searching alone, with all as it is, changes the cost by about {cost:+}."), cost=cost)
        text = tr("Searching alone, with {end} next as it is now, changes the cost by about {cost:+}.")
        return say(text, end=standing.end, cost=cost)

    def _changes(self, minus: str) -> list[Sentence]:
        number = self._evidence.number
        far, long = number(Measure.DISTANCE, THEN, minus), number(Measure.DURATION, THEN, minus)
        said = [
            say(
                tr("The distance of the plan would change by {far:+} and its duration by {long:+}."), far=far, long=long
            )
        ]
        late = number(Measure.LATENESS, THEN, minus)
        if late.value:
            said.append(say(tr("The lateness of all stops would change by {late:+}."), late=late))
        return said

    def _moves(self) -> list[Sentence]:
        """Return which stops would not be where they are now."""
        standing, difference = (
            self._standing,
            plan_difference(self._standing.state.plan, self._evidence.states[THEN].plan),
        )
        served = standing.state.plan.served & self._evidence.states[THEN].plan.served
        moved = [
            stop for route in standing.state.plan.routes for stop in route.stops if stop in difference.moved & served
        ]
        said = []
        if moved:
            names = listing([standing.name(stop) for stop in moved[:MOST_NAMED]])
            number = self._evidence.number(Measure.MOVED, THEN, NOW)
            items = tuple(("customers", stop) for stop in moved)
            text = (
                tr("Stops on another vehicle ({number}), among others: {names}.")
                if len(moved) > MOST_NAMED
                else tr("Stops on another vehicle ({number}): {names}.")
            )
            said.append(say(text, items, number=number, names=names))
        shifted = self._evidence.number(Measure.SHIFTED, THEN, NOW)
        if shifted.value:
            said.append(say(tr("Stops in another order on their vehicle: {number}."), number=shifted))
        return said


def _of_own_locks(state: State, plan: Plan) -> State:
    """Return a plan over a state with the locks that the state has, and not those that bound a search."""
    locks: Mapping[str, Lock] = {key: lock for key, lock in state.plan.locks.items() if key in plan.served}
    return State(state.scenario, replace(plan, locks=locks))
