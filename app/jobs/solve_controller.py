"""The course of one solve: from the button, through edits that are made while it runs, to undoable steps."""

from __future__ import annotations

import logging
import time
from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal

from app.edits.session import EditSession
from app.jobs.background import BackgroundRunner
from app.jobs.client import SolverClient
from app.jobs.evaluation_service import EvaluationService
from app.jobs.newest import NewestOnly
from app.jobs.solve_run import Ending, Run, Sample, SolveState, Task
from app.jobs.solve_words import BY_HAND, PROPOSAL_IS_OLD, last_word, refusal
from app.language import tr
from app.model.answers import figures_of
from app.model.document import Change
from app.model.evaluation import Evaluation, evaluate, to_plan, to_solution
from app.model.locks import held, with_plan
from app.model.patch import State
from app.model.plan import Plan
from app.model.scenario import Scenario, Settings
from app.model.validate import ScenarioError
from solver.init import ROLLOUTS, Init
from solver.messages import Best, Finished
from solver.problem import Problem

logger = logging.getLogger(__name__)

STOP_PATIENCE = 5000
"""Milliseconds that the engine gets to obey a stop before its process is killed; it needs less than 100."""

LATE_SECONDS = 1.0
"""Of search for an edit that came when the search was just over."""


class SolveController(QObject):
    """Starts and stops solves of a session's scenario.

    What a solve finds is offered to the session (see `EditSession.offer`), so what is shown is what is edited. An edit
    that changes the problem goes to the living search; one of the plan alone ends it. Nothing here waits: compiling
    and evaluating happen in a thread, searching in another process.

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
        Figures and routes of a better plan; the session offers it already.
    proposed(app.model.plan.Plan, app.model.evaluation.Evaluation)
        The same of a solve whose result is only proposed, and which the session does not offer.
    sampled(Sample)
        A point of the cost curve, for each better plan and for the last one.
    ended(Ending)
        The solve is over; what it found is in the document already, or was proposed.
    evaluated(app.model.evaluation.Evaluation | None)
        Figures of the session's state, as `EvaluationService.evaluated`.
    message(str)
        A sentence that the user should read.
    """

    started = Signal()
    state_changed = Signal(object)
    progressed = Signal(object)
    proposed = Signal(object, object)
    sampled = Signal(object)
    ended = Signal(object)
    evaluated = Signal(object)
    message = Signal(str)

    def __init__(self, session: EditSession, client: SolverClient, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session, self.client = session, client
        self.init, self.rollouts = Init.AUTO, ROLLOUTS
        self._runner = BackgroundRunner(self)
        session.changed.connect(self._on_changed)  # before its figures are computed: the search comes first
        self.evaluations = EvaluationService(session, self._runner, self)
        self.evaluations.evaluated.connect(self.evaluated)
        self._figures = NewestOnly(self._runner, tr("Computing figures"), self._on_figures, self._on_figures_failed)
        self._updates = NewestOnly(self._runner, tr("Changing the problem"), self._on_updated, self._on_refused)
        self._run: Run | None = None
        self._held: tuple[Run, Best, Plan, Evaluation] | None = None
        self._state = SolveState.IDLE
        self._impatience = QTimer(self, singleShot=True, interval=STOP_PATIENCE)
        self._impatience.timeout.connect(client.kill)
        client.progress.connect(self._on_progress)
        client.finished.connect(self._on_finished)
        client.failed.connect(self._on_failed)
        client.died.connect(self._on_died)
        session.replaced.connect(self._on_replaced)
        session.variants.leaving.connect(self.conclude)
        session.released.connect(self._on_released)

    @property
    def state(self) -> SolveState:
        """Where the solve is."""
        return self._state

    @property
    def task(self) -> Task | None:
        """What the solve in hand is for."""
        return self._run.task if self._run else None

    @property
    def budget(self) -> float:
        """Seconds of search that the solve in hand may take; without one, that the next one would."""
        return self._run.seconds if self._run else self.session.scenario.settings.solve_seconds

    @property
    def elapsed(self) -> float:
        """Seconds since the solve in hand had its first routes; 0 before that."""
        return time.monotonic() - self._run.began if self._run and self._run.began is not None else 0.0

    def start(self, seconds: float | None = None, seed: int = 1, task: Task | None = None) -> None:
        """Solve the present scenario, starting from the present plan; does nothing while a solve is in hand.

        Parameters
        ----------
        seconds
            Time limit; that of the settings when left out.
        seed
            Of the random numbers.
        task
            What for; to let all of the plan become better when left out.
        """
        if self._run is not None:
            return
        state = self.session.state
        if not state.scenario.customers:
            self.message.emit(tr("There is nothing to solve: add customers first."))
            return
        task = task or Task()
        run = self._run = Run(seconds or state.scenario.settings.solve_seconds, seed, task, state)
        self.session.searching = not task.proposes
        self._enter(SolveState.PREPARING)
        self.started.emit()
        self._runner.run(
            tr("Preparing to solve"),
            lambda: self._compile(state, task),
            lambda problem: self._on_prepared(run, state.plan, problem),
            lambda error: self._on_refused(error, run),
        )

    def stop(self) -> None:
        """End the solve in hand and keep the best plan found; one that has found none yet ends at once."""
        self._stop(Ending.STOPPED)

    def conclude(self) -> None:
        """End the solve in hand at once and keep its best plan, but no proposal: another variant will be shown."""
        if self._run is not None:
            self._run.best = None if self._run.task.proposes else self._run.best
            self.client.abandon()
            self._end(Ending.STOPPED)

    def shutdown(self) -> None:
        """End the engine and the thread; afterwards nothing is left and no signal comes."""
        self._impatience.stop()
        self._run = None
        self.client.shutdown()
        self._runner.close()

    # From a state to the engine

    def _compile(self, state: State, task: Task) -> Problem:
        return with_plan(self.evaluations.compiled(state.scenario), state.plan, task.keep_weight)

    def _on_prepared(self, run: Run, plan: Plan, problem: Problem) -> None:
        if run is not self._run:
            return
        initial = to_solution(problem, plan) if plan.routes else None
        run.sent = True
        self.client.solve(problem, run.seconds, run.seed, initial, self.init, self.rollouts, run.task.scope)
        if run.revision:  # edited before the engine had it
            self._update(run)
        else:
            run.problem = problem

    def _on_changed(self, change: Change) -> None:
        run = self._run
        if run is None or run.ending is Ending.EDITED or self.session.between_steps:
            return
        now = self.session.state
        if not _same_to_solve(run.state, now) and not run.task.proposes:
            self._renew(run, now)
        elif (change.touches("plan") and now.plan != run.plan) or (run.task.proposes and change.changes_problem):
            self._stop(Ending.EDITED)

    def travel_told(self) -> None:
        """Follow a server that has told more of the scenario's travel: figures are others, and so is the search."""
        self.evaluations.refresh()
        run = self._run
        if run is not None and run.task.proposes:
            self._stop(Ending.EDITED)
        elif run is not None and run.ending is not Ending.EDITED:
            self._renew(run, run.state)

    def _renew(self, run: Run, state: State) -> None:
        run.revision, run.state, run.problem, run.best = run.revision + 1, state, None, None
        if run.sent and run.ending is Ending.FINISHED:
            self._update(run)

    def _update(self, run: Run) -> None:
        revision, state, task = run.revision, run.state, run.task
        self._updates.submit(lambda: (run, revision, self._compile(state, task)))

    def _on_updated(self, made: tuple[Run, int, Problem]) -> None:
        run, revision, problem = made
        if run is self._run and revision == run.revision:
            run.problem = problem
            self.client.update(problem, revision)

    def _on_refused(self, error: Exception, run: Run | None = None) -> None:
        if self._run is None or run not in (None, self._run):
            return
        if isinstance(error, ScenarioError):
            text = refusal(error)
        else:
            logger.error("the scenario could not be compiled", exc_info=error)
            text = tr("The scenario could not be prepared for the solver. Details are in Help > Crash Reports.")
        self.client.abandon()
        self._end(Ending.FAILED, text)

    # From the engine to the session

    def _on_progress(self, best: Best) -> None:
        run = self._run
        if run is None or not _wanted(run, best):
            return
        if run.began is None:
            run.began = time.monotonic() - best.elapsed
        if self._state is SolveState.PREPARING:
            self._enter(SolveState.SOLVING)
        run.best = best
        self._sample(best)
        state, problem, former = run.state, run.problem, run.plan
        assert problem is not None

        def shown() -> tuple[Run, Best, Plan, Evaluation]:
            plan = _plan(best, state, problem, former)
            return run, best, plan, self._evaluation(run.task, state.scenario, problem, plan, best)

        self._figures.submit(shown)

    def _evaluation(self, task: Task, scenario: Scenario, problem: Problem, plan: Plan, best: Best) -> Evaluation:
        if task.keep_weight:  # what it costs to depart from a plan is a means of the search, and no figure
            return evaluate(scenario, self.evaluations.compiled(scenario), plan)
        unbound = self.evaluations.compiled(scenario) if plan.locks else None
        return figures_of(scenario, problem, plan, best.solution, best.report, unbound)

    def _on_figures(self, figures: tuple[Run, Best, Plan, Evaluation]) -> None:
        run, best, plan, evaluation = figures
        if run is not self._run or not _wanted(run, best):
            return
        if self.session.held and not run.task.proposes:
            self._held = figures
            return
        run.plan = plan
        if run.task.proposes:
            self.proposed.emit(plan, evaluation)
            return
        self.session.offer(plan)
        self.evaluations.evaluation = evaluation
        self.progressed.emit(evaluation)

    def _on_released(self) -> None:
        figures, self._held = self._held, None
        if figures is not None:
            self._on_figures(figures)

    def _on_figures_failed(self, error: Exception) -> None:
        logger.error("a plan could not be evaluated", exc_info=error)

    def _on_finished(self, finished: Finished) -> None:
        run = self._run
        if run is None:
            return
        if _wanted(run, finished.best):
            run.best = finished.best
            self._sample(finished.best)
        self._end(run.ending)
        if run.ending is Ending.FINISHED and finished.best.revision != run.revision and self._run is None:
            self.start(LATE_SECONDS, run.seed)

    def _on_failed(self, text: str) -> None:
        if self._run is not None:
            self._end(Ending.FAILED, text)

    def _on_died(self, text: str) -> None:
        if self._run is None:
            self.message.emit(text)
        elif self._state is SolveState.STOPPING:  # it did not obey, so it was killed; nothing is lost by that
            self._end(self._run.ending)
        elif self._run.best is None:
            self._end(Ending.FAILED, tr("{reason} The plan is as it was.", reason=text))
        else:
            self._end(Ending.FAILED, tr("{reason} The best plan that it had found is kept.", reason=text))

    def _on_replaced(self) -> None:
        """Another document is there: what the solve finds is of no use any more."""
        if self._run is not None:
            self._run.best = None
            self.conclude()

    # The end

    def _stop(self, ending: Ending) -> None:
        run = self._run
        if run is None:
            return
        run.ending = ending
        if run.began is None:
            self.client.abandon()
            self._end(ending)
        elif self._state is not SolveState.STOPPING:
            self._enter(SolveState.STOPPING)
            self._impatience.start()
            self.client.stop()

    def _end(self, ending: Ending, text: str = "") -> None:
        """Let the best plan enter the document, or propose it, and tell everybody."""
        run, self._run = self._run, None
        assert run is not None
        self._impatience.stop()
        self._held = None
        self._figures.forget()
        self._updates.forget()
        self.session.searching = False
        if ending is Ending.EDITED:
            self.session.drop_offer()
            text = BY_HAND if not run.task.proposes else PROPOSAL_IS_OLD
        elif run.best is not None and run.problem is not None:
            plan = _plan(run.best, run.state, run.problem, run.plan)
            if run.task.proposes:
                self._propose(run, run.best, run.problem, plan)
            else:
                self.session.offer(plan)
                text = text or last_word(run.best)
        if not run.task.proposes:
            self.session.land()
        self._enter(SolveState.IDLE)
        self.ended.emit(ending)
        if text:
            self.message.emit(text)

    def _propose(self, run: Run, best: Best, problem: Problem, plan: Plan) -> None:
        self._runner.run(
            tr("Computing figures"),
            lambda: self._evaluation(run.task, run.state.scenario, problem, plan, best),
            lambda evaluation: self.proposed.emit(plan, evaluation),
            self._on_figures_failed,
        )

    def _sample(self, best: Best) -> None:
        self.sampled.emit(Sample(best.elapsed, best.budget, best.cost, best.feasible, best.iterations, best.first))

    def _enter(self, state: SolveState) -> None:
        if state is not self._state:
            self._state = state
            self.state_changed.emit(state)


def _wanted(run: Run, best: Best) -> bool:
    """Whether an answer of the engine is of the problem as it is now, and is still to be shown."""
    return best.revision == run.revision and run.problem is not None and run.ending is not Ending.EDITED


def _plan(best: Best, state: State, problem: Problem, former: Plan) -> Plan:
    """Return an answer of the engine as a plan; vehicles and locks are those that they were."""
    plan = to_plan(problem, best.solution, former if former.routes else state.plan)
    return replace(plan, locks=state.plan.with_routes(plan.routes).locks)


def _same_to_solve(one: State, other: State) -> bool:
    """Whether two states differ in nothing that the solver has to keep to."""
    return held(one.plan) == held(other.plan) and _solved(one.scenario) == _solved(other.scenario)


def _solved(scenario: Scenario) -> Scenario:
    blank, settings = Settings(), scenario.settings
    settings = replace(settings, name=blank.name, currency=blank.currency, solve_seconds=blank.solve_seconds)
    return replace(scenario, settings=settings)
