"""Asks for another plan of a part, holds what is proposed, and makes it an edit when it is accepted."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QObject, Signal

from app.jobs.solve_controller import SolveController
from app.jobs.solve_run import SolveState, Task
from app.language import tr
from app.model.document import Change
from app.model.evaluation import Evaluation
from app.model.patch import State
from app.model.plan import Plan
from app.model.replan import Part, Proposed, keep_weight, name_of_replan, scope_of


class Replanner(QObject):
    """One proposal at a time; it lasts until it is accepted or discarded, or the plan that it is for changes.

    Parameters
    ----------
    controller
        Does the search.
    parent
        Owner.

    Signals
    -------
    changed
        There is another proposal, or none any more, or the search for one has begun or ended.
    message
        A sentence that the user should read.
    """

    changed = Signal()
    message = Signal(str)

    def __init__(self, controller: SolveController, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._controller, self._session = controller, controller.session
        self._asked: tuple[str, State, Evaluation] | None = None
        self.proposed: Proposed | None = None
        controller.proposed.connect(self._on_proposed)
        controller.started.connect(self._on_started)
        controller.ended.connect(lambda _: self.changed.emit())
        self._session.changed.connect(self._on_changed)
        self._session.replaced.connect(self._drop)

    @property
    def searching(self) -> bool:
        """Whether a proposal is being searched for, so that it may become better."""
        task = self._controller.task
        return task is not None and task.proposes

    @property
    def idle(self) -> bool:
        """Whether nothing is solved at all, so that a search could begin."""
        return self._controller.state is SolveState.IDLE

    def start(self, part: Part, routes: Collection[int], firmness: int, seconds: float) -> bool:
        """Search for a better plan of a part of the present one.

        Parameters
        ----------
        part, routes
            What may change; places of routes in the plan.
        firmness
            How firmly all else is kept, a place in `app.model.replan.FIRMNESS`.
        seconds
            Time limit.

        Returns
        -------
        bool
            Whether it has begun; a `message` says why not.
        """
        state, evaluation = self._session.state, self._controller.evaluations.evaluation
        if not self.idle:
            return False
        if not state.plan.routes:
            self.message.emit(tr("There is no plan yet: solve first, then a part of it can be planned anew."))
            return False
        if evaluation is None or self._controller.evaluations.busy:
            self.message.emit(tr("The figures of the plan are not there yet. Try again in a moment."))
            return False
        if part is Part.ROUTES and not routes:
            self.message.emit(tr("Select the routes that may change first, or stops of them."))
            return False
        if part is Part.INSERT and not evaluation.unserved:
            self.message.emit(tr("Every customer is in a route already, so there is nobody to insert."))
            return False
        self.discard()
        self._asked = name_of_replan(state, part, routes), state, evaluation
        weight = keep_weight(evaluation, firmness)
        self._controller.start(seconds, task=Task(scope_of(part, routes), weight, proposes=True))
        return self.searching

    def stop(self) -> None:
        """End the search and keep what is proposed so far."""
        if self.searching:
            self._controller.stop()

    def accept(self) -> bool:
        """Make the proposal the plan, as one undo step; a search that goes on ends."""
        proposed = self.proposed
        if proposed is None or not proposed.changes:
            return False
        self.discard()
        return self._session.do(*proposed.edit)

    def discard(self) -> None:
        """Forget the proposal; a search that goes on ends."""
        self._drop()
        if self.searching:
            self._controller.conclude()

    def _on_proposed(self, plan: Plan, evaluation: Evaluation) -> None:
        if self._asked is None:
            return
        name, before, was = self._asked
        self.proposed = Proposed(name, before, was, plan, evaluation)
        self.changed.emit()

    def _on_started(self) -> None:
        """A solve of all goes on from the plan as it is, so that the proposal would be out of date."""
        if not self.searching and self.proposed is not None:
            self.message.emit(tr("The proposal is discarded, since the plan is solved as a whole now."))
            self._drop()

    def _on_changed(self, change: Change) -> None:
        if self.proposed is not None and (change.changes_problem or change.touches("plan")):
            if not self.searching:  # else the controller says so
                self.message.emit(tr("The proposal is out of date, since what it was made for has changed."))
            self._drop()

    def _drop(self) -> None:
        self._asked = None
        if self.proposed is not None:
            self.proposed = None
            self.changed.emit()
