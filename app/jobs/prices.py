"""What does it cost? Short searches with and without what binds a plan, while nothing else is solved."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from app.jobs.background import BackgroundRunner
from app.jobs.solve_controller import SolveController
from app.jobs.solve_run import SolveState
from app.language import tr
from app.model.compile import compile_scenario
from app.model.evaluation import to_plan, to_solution
from app.model.locks import with_plan
from app.model.patch import State
from app.model.plan import Plan
from app.model.prices import Outcome, PriceList
from app.model.relaxations import Relaxation
from app.model.validate import ScenarioError
from solver.messages import Best, Finished
from solver.problem import Problem, check

logger = logging.getLogger(__name__)

SECONDS = 1.0
"""For each piece: half of it for a search from the plan, and half for one from nothing.

What something has held in place may be so far from the plan that no short search gets there from it.
"""


SETTLING = 3
"""Searches before those without anything."""


@dataclass(frozen=True, slots=True, eq=False)
class _Question:
    """What is asked, for a state."""

    state: State
    prices: PriceList
    seconds: float
    steps: Iterator[_Step]
    number: int


@dataclass(frozen=True, slots=True)
class _Step:
    """One search: without a relaxation, or with everything where that is None; from nothing where it is fresh."""

    relaxation: Relaxation | None
    fresh: bool


@dataclass(frozen=True, slots=True, eq=False)
class _Search:
    """A step with the problem that it solves."""

    step: _Step
    problem: Problem


def _steps(pieces: Sequence[Relaxation]) -> list[_Step]:
    """Return all searches in their order.

    The first two give the others their plan to start from, so that what is found without something is not merely what
    any longer search finds; the third has as much time after them as they.
    """
    settling = [_Step(None, fresh=False), _Step(None, fresh=True), _Step(None, fresh=False)]
    return settling + [_Step(piece, fresh) for piece in pieces for fresh in (False, True)]


def effort(pieces: int) -> tuple[int, float]:
    """Return how many searches it takes to ask for so many pieces, one of them all of it, and for how many seconds."""
    searches = SETTLING + 2 * pieces
    return searches, searches * SECONDS / 2


@dataclass(frozen=True, slots=True, eq=False)
class _Answer:
    """What a search found: its plan, what that is worth, and the same where everything binds, if it keeps to that."""

    plan: Plan
    outcome: Outcome
    bound: Outcome | None


class Prices(QObject):
    """Asks the engine, one search after the other. A solve goes before that and ends it, and so does an edit.

    Parameters
    ----------
    controller
        Has the engine and what is solved with it.
    parent
        Owner.

    Signals
    -------
    started
        The first search is about to begin.
    progressed(int, int)
        So many searches of so many have ended.
    priced(app.model.prices.PriceList)
        More is known.
    ended(bool)
        It is over: whether all has been asked.
    message(str)
        A sentence that the user should read.
    """

    started = Signal()
    progressed = Signal(int, int)
    priced = Signal(object)
    ended = Signal(bool)
    message = Signal(str)

    def __init__(self, controller: SolveController, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._controller, self._client, self._session = controller, controller.client, controller.session
        self._runner = BackgroundRunner(self)
        self._question: _Question | None = None
        self._search: _Search | None = None
        self._control: Problem | None = None
        self._from: tuple[Outcome, Plan] | None = None
        self._done = 0
        self._job: int | None = None
        controller.started.connect(self.stop)
        self._session.changed.connect(self.stop)
        self._client.finished.connect(self._on_finished)
        self._client.failed.connect(self._on_failed)
        self._client.died.connect(self._on_died)

    @property
    def busy(self) -> bool:
        """Whether something is being asked."""
        return self._question is not None

    def ask(self, everything: Relaxation, each: Sequence[Relaxation], seconds: float = SECONDS) -> bool:
        """Ask what it costs together and each by itself, for the present state.

        Parameters
        ----------
        everything
            All of it as one: it binds nothing that one of the others leaves.
        each
            Its parts.
        seconds
            For each piece.

        Returns
        -------
        bool
            False while something is solved or asked already.
        """
        if self.busy or self._controller.state is not SolveState.IDLE:
            return False
        prices = PriceList(everything, tuple(each))
        steps = _steps([everything, *each])
        self._question = _Question(self._session.state, prices, seconds, iter(steps), len(steps))
        self._control = self._from = None
        self._done = 0
        self.started.emit()
        self.progressed.emit(0, len(steps))
        self._next(self._question)
        return True

    def stop(self) -> None:
        """End it; what is known by now stays known."""
        self._end(complete=False)

    def close(self) -> None:
        """End it and the thread; afterwards no signal comes."""
        self._question = self._search = None
        self._runner.close()

    def _next(self, question: _Question) -> None:
        try:
            step = next(question.steps)
        except StopIteration:
            self._end(complete=True)
            return
        self._runner.run(
            tr("Preparing to search"),
            lambda: self._compiled(question, step.relaxation),
            lambda problem: self._begin(question, _Search(step, problem)),
            lambda error: self._on_error(question, error),
        )

    def _compiled(self, question: _Question, relaxation: Relaxation | None) -> Problem:
        present = question.state
        state = present if relaxation is None else relaxation.relax(present)
        whole = state.scenario is present.scenario
        compiled = self._controller.evaluations.compiled if whole else compile_scenario
        return with_plan(compiled(state.scenario), state.plan)

    def _begin(self, question: _Question, search: _Search) -> None:
        if question is not self._question:
            return
        if self._control is None:
            self._control = search.problem
        self._search = search
        plan = question.state.plan if self._from is None else self._from[1]
        start = None if search.step.fresh else to_solution(search.problem, plan)
        self._job = self._client.solve(search.problem, question.seconds / 2, initial=start)

    def _on_finished(self, finished: Finished) -> None:
        question, search, control = self._question, self._search, self._control
        if question is None or search is None or control is None or finished.job != self._job:
            return
        self._search, self._job = None, None
        self._runner.run(
            tr("Computing figures"),
            lambda: _answer(question.state, search.problem, control, finished.best),
            lambda answer: self._on_answer(question, search.step, answer),
            lambda error: self._on_error(question, error),
        )

    def _on_answer(self, question: _Question, step: _Step, answer: _Answer) -> None:
        if question is not self._question:
            return
        if step.relaxation is None:
            question.prices.note_bound(answer.outcome)
            if self._from is None or answer.outcome < self._from[0]:
                self._from = (answer.outcome, answer.plan)
        else:
            question.prices.note(step.relaxation, answer.outcome)
            if answer.bound is not None:
                question.prices.note_bound(answer.bound)
        self._done += 1
        if step.fresh:  # else half of what will be known of it
            self.priced.emit(question.prices)
        self.progressed.emit(self._done, question.number)
        self._next(question)

    def _on_error(self, question: _Question, error: Exception) -> None:
        if question is not self._question:
            return
        if isinstance(error, ScenarioError):
            text = tr("The scenario cannot be solved yet. {first}", first=error.issues[0])
        else:
            logger.error("a price could not be asked", exc_info=error)
            text = tr("The price could not be worked out. Details are in the log.")
        self._end(complete=False)
        self.message.emit(text)

    def _on_failed(self, text: str) -> None:
        if self._job is not None:
            self._job = None
            self._end(complete=False)
            self.message.emit(text)

    def _on_died(self, _: str) -> None:
        self._job = None  # the controller says that it has
        self._end(complete=False)

    def _end(self, *, complete: bool) -> None:
        question, self._question, self._search = self._question, None, None
        if self._job is not None and self._job == self._client.job:
            self._client.abandon()
        self._job = None
        if question is not None:
            self.ended.emit(complete)


def _answer(state: State, problem: Problem, control: Problem, best: Best) -> _Answer:
    """Say what a plan is worth, also where everything binds: one that keeps to it was only found by more search."""
    plan = to_plan(problem, best.solution, state.plan)
    free, bound = Outcome.of(best.report), Outcome.of(check(control, to_solution(control, plan)))
    return _Answer(plan, free, bound if bound.broken <= free.broken else None)
