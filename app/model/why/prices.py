"""What does each constraint cost? Searches with and without it, from the best plan that keeps to everything.

A saving is the least: a longer search may find more. What any search finds is not to the credit of a constraint, so the
plan that keeps to everything is searched for as well, before and as long.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from app.language import listing, tr
from app.model.changes import Edit, set_plan
from app.model.compile import compile_scenario
from app.model.evaluation import to_solution
from app.model.locks import with_plan
from app.model.patch import Patch, State
from app.model.plan import Plan
from app.model.prices import NOTHING, Outcome
from app.model.relaxations import Relaxation, all_locks
from app.model.validate import ScenarioError
from app.model.why.bindings import Candidate, candidates
from app.model.why.evidence import Evidence, report_of
from app.model.why.explanation import Bar, Explanation, Verdict
from app.model.why.facts import NOW, Measure, Sentence, say
from app.model.why.questions import WhatCosts
from app.model.why.searching import Answering, Found, Progress, Search
from solver.problem import Problem, check

SECONDS = 0.5
"""For each search; there are two for each constraint, one from the plan and one from nothing.

What something has held in place may be so far from the plan that no short search gets there from it.
"""

SETTLING = 3
"""Searches in which everything binds, before and after those that others are compared with."""

SEARCHED = "searched"
"""Name of the evidence: the best plan known that keeps to everything."""

NAMED = 5
"""So many constraints are named in one sentence."""


def what_costs(question: WhatCosts, state: State, problem: Problem) -> Answering:
    """Answer the question; see `app.model.why.answers.answer`."""
    evidence = Evidence(state, problem)
    every = [
        one
        for one in candidates(state, evidence, question.kinds)
        if not question.customer or _is_about(one.relaxation, question.customer, state)
    ]
    idle = [one for one in every if one.tightness < 0]
    asked = [one for one in every if one.tightness >= 0][: question.most]
    ledger = _Ledger(question, state, problem, evidence, idle, len(every) - len(idle) - len(asked))
    done, of = 0, effort(len(asked))[0]
    yield Progress(done, of, ledger.explanation(complete=False))
    if not asked:
        return ledger.explanation(complete=True)
    bound = with_plan(problem, state.plan)
    for fresh in (
        False,
        True,
        False,
    ):  # so many as `SETTLING`: the third has as much time after the first two as what is asked about
        found = yield Search(state, bound, None if fresh else ledger.best, SECONDS)
        assert found is not None
        ledger.note_bound(found.plan)
        done += 1
        yield Progress(done, of)
    for candidate in asked:
        relaxed = candidate.relaxation.relax(state)
        try:
            free = problem if relaxed.scenario is state.scenario else compile_scenario(relaxed.scenario)
        except ScenarioError:  # such as a scenario at the edge of what can be solved
            done += 2
            continue
        for fresh in (False, True):
            found = yield Search(relaxed, with_plan(free, relaxed.plan), None if fresh else ledger.best, SECONDS)
            assert found is not None
            ledger.note(candidate, State(relaxed.scenario, found.plan), free, found)
            done += 1
            yield Progress(done, of, ledger.explanation(complete=False) if fresh else None)
    return ledger.explanation(complete=True)


def effort(pieces: int) -> tuple[int, float]:
    """Return how many searches it takes to ask for so many pieces, and for how many seconds."""
    searches = SETTLING + 2 * pieces
    return searches, searches * SECONDS


def _is_about(relaxation: Relaxation, customer: str, state: State) -> bool:
    """Whether something that binds is about a customer, and not about everybody."""
    return ("customers", customer) in relaxation.items and relaxation != all_locks(state)


@dataclass(slots=True)
class _Free:
    """The best plan known without something."""

    state: State
    problem: Problem
    outcome: Outcome


@dataclass(slots=True)
class _Ledger:
    """What is known so far."""

    question: WhatCosts
    state: State
    problem: Problem
    evidence: Evidence
    idle: list[Candidate]
    passed_over: int
    best: Plan = field(init=False)
    _bound: Outcome = field(init=False)
    _free: dict[str, tuple[Candidate, _Free]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.best = self.state.plan
        self._bound = Outcome.of(self.evidence.report())

    def note_bound(self, plan: Plan) -> None:
        """Note a plan, wherever it comes from, if it keeps to everything and is better than the best known."""
        control, locks = with_plan(self.problem, self.state.plan), self.state.plan.locks
        if not Found(plan, check(control, to_solution(control, plan))).keeps(locks):
            return
        bound = replace(plan, locks=locks)
        outcome = Outcome.of(report_of(State(self.state.scenario, bound), self.problem))
        if outcome < self._bound:
            self._bound, self.best = outcome, bound

    def note(self, candidate: Candidate, then: State, problem: Problem, found: Found) -> None:
        """Note a plan that need not keep to something; it may keep to everything all the same."""
        self.note_bound(found.plan)
        if not found.keeps(candidate.relaxation.relax(self.state).plan.locks):
            return
        outcome = Outcome.of(report_of(then, problem))
        former = self._free.get(candidate.relaxation.title)
        if former is None or outcome < former[1].outcome:
            self._free[candidate.relaxation.title] = (candidate, _Free(then, problem, outcome))

    def explanation(self, *, complete: bool) -> Explanation:
        """Say what is known."""
        evidence = Evidence(self.state, self.problem, self.evidence.report())
        improved = self.best is not self.state.plan
        minus = SEARCHED if improved else NOW
        if improved:
            evidence.add(SEARCHED, State(self.state.scenario, self.best))
        bars = sorted(self._bars(evidence, minus), key=lambda bar: bar.number.value)
        nothing = [one.relaxation.title for one, free in self._free.values() if not self._saves(free.outcome)]
        return Explanation(
            self.question,
            tr("What does each constraint cost?"),
            self._short(bars, complete=complete),
            tuple(self._long(evidence, nothing, improved=improved)),
            Verdict.HOLDS,
            evidence=evidence.states,
            alternatives=tuple(bars),
            proposed=SEARCHED if improved else "",
            edits=(set_plan(self.state, self.best, tr("Take the plan that was found")),) if improved else (),
            exact=False,
            complete=complete,
        )

    def _saves(self, outcome: Outcome) -> bool:
        mended, saved = self._bound.broken - outcome.broken, self._bound.cost - outcome.cost
        return mended > 0 or (mended == 0 and saved >= NOTHING)

    def _bars(self, evidence: Evidence, minus: str) -> Iterator[Bar]:
        for index, (candidate, free) in enumerate(self._free.values(), 1):
            if not self._saves(free.outcome):
                continue
            at, title = f"without {index}", candidate.relaxation.title
            evidence.add(at, free.state, free.problem)
            cost = evidence.number(Measure.COST, at, minus)
            mended = evidence.number(Measure.BROKEN, at, minus)
            items = candidate.relaxation.items
            if mended.value:
                text = tr(
                    "Without {constraint} the plan would keep {mended} rules more, and the cost change by {cost:+}."
                )
                said = say(text, items, constraint=title, mended=mended, cost=cost)
            else:
                said = say(_SAVES, items, constraint=title, cost=cost)
            edit = Edit(tr("Do without {constraint}", constraint=title), Patch.between(self.state, free.state))
            yield Bar(title, mended if mended.value else cost, (), items, edit, said)

    def _short(self, bars: list[Bar], *, complete: bool) -> tuple[Sentence, ...]:
        if bars and bars[0].said is not None:
            return (bars[0].said,)
        if not complete:
            return (say(tr("The plan is being searched for without each constraint.")),)
        return (say(tr("Nothing was found that would make the plan cheaper if it did not bind it.")),)

    def _long(self, evidence: Evidence, nothing: list[str], *, improved: bool) -> Iterator[Sentence]:
        if improved:
            cost = evidence.number(Measure.COST, SEARCHED, NOW)
            yield say(tr("A search that keeps to everything changes the cost by {cost:+} already."), cost=cost)
        if nothing:
            some = listing(nothing[:NAMED])
            text = tr("Nothing was found without {constraints}.")
            more = tr("Nothing was found without {constraints}, and without others.")
            yield say(text if len(nothing) <= NAMED else more, constraints=some)
        if self.idle:
            titles = [one.relaxation.title for one in self.idle]
            text = tr("These bind nothing for certain: {constraints}.")
            more = tr("These, among others, bind nothing for certain: {constraints}.")
            yield say(text if len(titles) <= NAMED else more, constraints=listing(titles[:NAMED]))
        if self.passed_over:
            yield Sentence(tr("Others, which seem to bind less, were not asked about."), {})


_SAVES = tr("Without {constraint} the plan would cost at least {cost} less.")
