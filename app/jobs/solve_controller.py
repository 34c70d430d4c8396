"""The course of one solve: from the button to one undoable edit."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass, replace
from enum import Enum, StrEnum, auto

from PySide6.QtCore import QObject, QTimer, Signal

from app.edits.session import EditSession
from app.jobs.background import BackgroundRunner
from app.jobs.client import SolverClient
from app.jobs.evaluation_service import EvaluationService
from app.jobs.newest import NewestOnly
from app.model.changes import set_plan
from app.model.document import Change
from app.model.evaluation import Evaluation, evaluation_of, to_plan, to_solution
from app.model.patch import State
from app.model.plan import Plan
from app.model.scenario import Scenario, Settings
from app.model.validate import ScenarioError
from solver.init import ROLLOUTS, FirstPlan, Init
from solver.messages import Best, Finished
from solver.problem import Problem, Solution

logger = logging.getLogger(__name__)

STOP_PATIENCE = 5000
"""Milliseconds that the engine gets to obey a stop before its process is killed; it needs less than 100."""


class SolveState(Enum):
    """Where a solve is."""

    IDLE = auto()
    PREPARING = auto()  # the problem is compiled and sent; the engine may still be loading
    SOLVING = auto()  # there are routes
    STOPPING = auto()


class Ending(StrEnum):
    """Why a solve ended."""

    FINISHED = "finished"
    STOPPED = "stopped"
    EDITED = "edited"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Sample:
    """One point of the cost curve.

    Parameters
    ----------
    elapsed, budget
        Seconds of search so far, and in all.
    cost
        In the scenario's currency.
    feasible
        Whether the plan breaks nothing.
    iterations
        Of the search so far.
    first
        Where the search came from.
    """

    elapsed: float
    budget: float
    cost: float
    feasible: bool
    iterations: int
    first: FirstPlan


@dataclass(slots=True, eq=False)
class _Run:
    """What is known about the solve in hand."""

    state: State
    seconds: float
    seed: int
    problem: Problem | None = None
    best: Best | None = None
    began: float = 0.0  # on the monotonic clock, when there is a first solution
    ending: Ending = Ending.FINISHED


class SolveController(QObject):
    """Starts and stops solves of a session's scenario, and makes each result one edit named "Solve".

    Nothing here waits: compiling and evaluating happen in a thread, searching in another process.

    Parameters
    ----------
    session
        What is solved and edited.
    client
        The engine; `shutdown` shuts it down too.
    parent
        Owner.

    Attributes
    ----------
    init, rollouts
        What builds the first plans of a scenario that has none, and how many rollouts of the policy there are at most.

    Signals
    -------
    started()
        A solve has begun.
    state_changed(SolveState)
        It is somewhere else now.
    progressed(app.model.evaluation.Evaluation)
        Figures and routes of a better plan that is not in the document yet.
    sampled(Sample)
        A point of the cost curve, for each better plan and for the last one.
    ended(Ending)
        The solve is over; what it found is in the document already.
    evaluated(app.model.evaluation.Evaluation | None)
        Figures of the document, as `EvaluationService.evaluated`.
    message(str)
        A sentence that the user should read.
    """

    started = Signal()
    state_changed = Signal(object)
    progressed = Signal(object)
    sampled = Signal(object)
    ended = Signal(object)
    evaluated = Signal(object)
    message = Signal(str)

    def __init__(self, session: EditSession, client: SolverClient, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.client = client
        self.init = Init.AUTO
        self.rollouts = ROLLOUTS
        self._runner = BackgroundRunner(self)
        self.evaluations = EvaluationService(session, self._runner, self)
        self.evaluations.evaluated.connect(self.evaluated)
        self._figures = NewestOnly(self._runner, "Computing figures", self._on_figures, self._on_figures_failed)
        self._run: _Run | None = None
        self._state = SolveState.IDLE
        self._impatience = QTimer(self, singleShot=True, interval=STOP_PATIENCE)
        self._impatience.timeout.connect(client.kill)
        client.progress.connect(self._on_progress)
        client.finished.connect(self._on_finished)
        client.failed.connect(self._on_failed)
        client.died.connect(self._on_died)
        session.changed.connect(self._on_changed)
        session.replaced.connect(self._on_replaced)
        session.variants.leaving.connect(self.conclude)

    @property
    def state(self) -> SolveState:
        """Where the solve is."""
        return self._state

    @property
    def budget(self) -> float:
        """Seconds of search that the solve in hand may take; without one, that the next one would."""
        return self._run.seconds if self._run else self.session.scenario.settings.solve_seconds

    @property
    def elapsed(self) -> float:
        """Seconds since the solve in hand had its first routes; 0 before that."""
        return time.monotonic() - self._run.began if self._run and self._run.best else 0.0

    def start(self, seconds: float | None = None, seed: int = 1) -> None:
        """Solve the present scenario, starting from the present plan; does nothing while a solve is in hand.

        Parameters
        ----------
        seconds
            Time limit; that of the settings when left out.
        seed
            Of the random numbers.
        """
        if self._run is not None:
            return
        state = self.session.state
        if not state.scenario.customers:
            self.message.emit("There is nothing to solve: add customers first.")
            return
        run = self._run = _Run(state, seconds or state.scenario.settings.solve_seconds, seed)
        self._enter(SolveState.PREPARING)
        self.started.emit()
        self._runner.run(
            "Preparing to solve",
            lambda: self._compile(state),
            lambda prepared: self._on_prepared(run, *prepared),
            lambda error: self._on_refused(run, error),
        )

    def stop(self) -> None:
        """End the solve in hand and keep the best plan found; one that has found none yet ends at once."""
        self._stop(Ending.STOPPED)

    def conclude(self) -> None:
        """End the solve in hand at once and keep the best plan that has come in, before another variant is shown."""
        if self._run is not None:
            self.client.abandon()
            self._end(Ending.STOPPED)

    def shutdown(self) -> None:
        """End the engine and the thread; afterwards nothing is left and no signal comes."""
        self._impatience.stop()
        self._run = None
        self.client.shutdown()
        self._runner.close()

    def _compile(self, state: State) -> tuple[Problem, Solution | None]:
        problem = self.evaluations.compiled(state.scenario)
        return problem, to_solution(problem, state.plan) if state.plan.routes else None

    def _on_prepared(self, run: _Run, problem: Problem, initial: Solution | None) -> None:
        if run is self._run:
            run.problem = problem
            self.client.solve(problem, run.seconds, run.seed, initial, self.init, self.rollouts)

    def _on_refused(self, run: _Run, error: Exception) -> None:
        if run is not self._run:
            return
        if isinstance(error, ScenarioError):
            more = len(error.issues) - 1
            rest = f" There {'is' if more == 1 else 'are'} {more} more." if more else ""
            text = f"The scenario cannot be solved yet. {error.issues[0]}{rest}"
        else:
            logger.error("the scenario could not be compiled", exc_info=error)
            text = "The scenario could not be prepared for the solver. Details are in the log."
        self._end(Ending.FAILED, text)

    def _on_progress(self, best: Best) -> None:
        run = self._run
        if run is None or run.problem is None:
            return
        if run.best is None:
            run.began = time.monotonic() - best.elapsed
            if self._state is SolveState.PREPARING:
                self._enter(SolveState.SOLVING)
        run.best = best
        self._sample(best)
        scenario, problem = run.state.scenario, run.problem
        self._figures.submit(lambda: (run, evaluation_of(scenario, problem, best.solution, best.report)))

    def _on_figures(self, figures: tuple[_Run, Evaluation]) -> None:
        run, evaluation = figures
        if run is self._run:
            self.progressed.emit(evaluation)

    def _on_figures_failed(self, error: Exception) -> None:
        logger.error("a plan could not be evaluated", exc_info=error)

    def _on_finished(self, finished: Finished) -> None:
        if self._run is not None:
            self._run.best = finished.best
            self._sample(finished.best)
            self._end(self._run.ending)

    def _on_failed(self, text: str) -> None:
        if self._run is not None:
            self._end(Ending.FAILED, text)

    def _on_died(self, text: str) -> None:
        if self._run is None:
            self.message.emit(text)
        elif self._state is SolveState.STOPPING:  # it did not obey, so it was killed; nothing is lost by that
            self._end(self._run.ending)
        elif self._run.best is None:
            self._end(Ending.FAILED, f"{text} The plan is as it was.")
        else:
            self._end(Ending.FAILED, f"{text} The best plan that it had found is kept.")

    def _on_changed(self, change: Change) -> None:
        run = self._run
        if run is None or run.ending is Ending.EDITED:
            return
        if not change.touches("plan") and _same_to_solve(run.state.scenario, self.session.scenario):
            return
        self._stop(Ending.EDITED)

    def _on_replaced(self) -> None:
        """Another document is there: what the solve finds is of no use any more."""
        if self._run is not None:
            self.client.abandon()
            self._run.best = None
            self._end(Ending.STOPPED)

    def _stop(self, ending: Ending) -> None:
        run = self._run
        if run is None:
            return
        run.ending = ending
        if run.best is None:
            self.client.abandon()
            self._end(ending)
        elif self._state is not SolveState.STOPPING:
            self._enter(SolveState.STOPPING)
            self._impatience.start()
            self.client.stop()

    def _end(self, ending: Ending, text: str = "") -> None:
        """Make the best plan an edit if there is one, and tell everybody."""
        run, self._run = self._run, None
        assert run is not None
        self._impatience.stop()
        self._figures.forget()
        if run.best is not None and run.problem is not None:
            kept = self._keep(run, to_plan(run.problem, run.best.solution))
            text = text or _last_word(ending, run.best, kept)
        elif ending is Ending.EDITED:
            text = "The scenario changed before the solver had a plan, so it was stopped. Solve again for one."
        self._enter(SolveState.IDLE)
        self.ended.emit(ending)
        if text:
            self.message.emit(text)

    def _keep(self, run: _Run, plan: Plan) -> bool:
        """Put a plan into the document, unless the user has changed the plan by hand meanwhile."""
        now = self.session.state
        if set_plan(now, run.state.plan).patch:
            return False
        self.session.do(*set_plan(now, plan, "Solve"))
        return True

    def _sample(self, best: Best) -> None:
        self.sampled.emit(Sample(best.elapsed, best.budget, best.cost, best.feasible, best.iterations, best.first))

    def _enter(self, state: SolveState) -> None:
        if state is not self._state:
            self._state = state
            self.state_changed.emit(state)


def _same_to_solve(one: Scenario, other: Scenario) -> bool:
    """Whether two scenarios differ in nothing that the solver knows of."""
    return replace(one, settings=_solved(one.settings)) == replace(other, settings=_solved(other.settings))


def _solved(settings: Settings) -> Settings:
    blank = Settings()
    return replace(settings, name=blank.name, currency=blank.currency, solve_seconds=blank.solve_seconds)


def _last_word(ending: Ending, best: Best, kept: bool) -> str:
    if not kept:
        return "You changed the plan while the solver ran: your change stands, and what the solver found is dropped."
    if ending is Ending.EDITED:
        return "The scenario changed, so the solver was stopped; its best plan is kept. Solve again to go on from it."
    if not best.solution.routes:
        return "No customer can be served; the list of unserved customers says why."
    if not best.feasible:
        return "The best plan found still breaks a rule; the figures say which."
    return ""
