"""Figures that follow every edit, undo and solve: the document is evaluated in the background when it changes."""

from __future__ import annotations

import logging

from PySide6.QtCore import QObject, Signal

from app.edits.session import EditSession
from app.jobs.background import BackgroundRunner
from app.jobs.newest import NewestOnly
from app.language import tr
from app.model.compile import compile_scenario
from app.model.document import Change
from app.model.evaluation import Evaluation, evaluate
from app.model.patch import State
from app.model.scenario import Scenario
from app.model.server_travel import told_until
from app.model.validate import Issue, ScenarioError
from solver.problem import Problem

logger = logging.getLogger(__name__)


class EvaluationService(QObject):
    """Publishes what the present plan is worth.

    Parameters
    ----------
    session
        Whose document is evaluated.
    runner
        Does the work.
    parent
        Owner.

    Attributes
    ----------
    runner
        As given: what needs `figures` has to be done by it.

    Signals
    -------
    evaluated(app.model.evaluation.Evaluation | None)
        Figures of the newest state; None when its scenario is not complete, and then `issues` says why.
    """

    evaluated = Signal(object)

    def __init__(self, session: EditSession, runner: BackgroundRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self.runner = session, runner
        self._compiled: tuple[Scenario, int, Problem] | None = None
        self._known: list[tuple[State, int, Evaluation]] = []  # only for the runner's thread
        self._newest = NewestOnly(runner, tr("Computing figures"), self._on_evaluated, self._on_failed)
        self.evaluation: Evaluation | None = None
        self.issues: tuple[Issue, ...] = ()
        session.changed.connect(self._on_changed)
        self.refresh()

    @property
    def busy(self) -> bool:
        """Whether newer figures are on their way."""
        return self._newest.busy

    def refresh(self) -> None:
        """Evaluate the document."""
        state = self._session.state
        kept = (state, *(one.state for one in self._session.variants.value.items))
        self._newest.submit(lambda: self._evaluate(state, kept))

    def compiled(self, scenario: Scenario) -> Problem:
        """Return the problem of a scenario; that of the newest one is kept, until a server tells more of its travel.

        Only for work in a background thread.

        Raises
        ------
        app.model.validate.ScenarioError
            If anything is wrong in the scenario.
        """
        problem = self.problem_at_hand(scenario)
        if problem is None:
            told = told_until(scenario)  # before its travel is read: what is told meanwhile makes it an older one
            problem = compile_scenario(scenario)
            self._compiled = scenario, told, problem
        return problem

    def problem_at_hand(self, scenario: Scenario) -> Problem | None:
        """Return the problem of a scenario if it has been compiled already; this never takes time."""
        kept = self._compiled
        fits = kept is not None and kept[0] is scenario and kept[1] == told_until(scenario)
        return kept[2] if kept is not None and fits else None

    def figures(self, state: State) -> Evaluation:
        """Return the figures of the present state or of another variant's; each is worked out once.

        Only for work that `runner` does.

        Raises
        ------
        app.model.validate.ScenarioError
            If anything is wrong in the scenario.
        """
        scenario, told = state.scenario, told_until(state.scenario)
        known = next((one for of, until, one in self._known if of is state and until == told), None)
        if known is None:
            problem = self.problem_at_hand(scenario) or compile_scenario(scenario)  # kept is that of the present one
            known = evaluate(scenario, problem, state.plan)
            self._known.append((state, told, known))
        return known

    def _evaluate(self, state: State, kept: tuple[State, ...]) -> Evaluation:
        self._known = [
            (of, told, one)
            for of, told, one in self._known
            if any(of is other for other in kept) and told == told_until(of.scenario)
        ]
        if not any(of is state for of, _, _ in self._known):
            self.compiled(state.scenario)
        return self.figures(state)

    def _on_changed(self, _: Change) -> None:
        self.refresh()

    def _on_evaluated(self, evaluation: Evaluation) -> None:
        self._publish(evaluation, ())
        scenario = self._session.scenario
        if self.problem_at_hand(scenario) is None and not self.busy:  # its figures were known: now for the next edit
            self.runner.run(tr("Preparing edits"), lambda: self.compiled(scenario), lambda _: None, lambda _: None)

    def _on_failed(self, error: Exception) -> None:
        if not isinstance(error, ScenarioError):
            logger.error("the plan could not be evaluated", exc_info=error)
        self._publish(None, error.issues if isinstance(error, ScenarioError) else ())

    def _publish(self, evaluation: Evaluation | None, issues: tuple[Issue, ...]) -> None:
        self.evaluation, self.issues = evaluation, issues
        self.evaluated.emit(evaluation)
