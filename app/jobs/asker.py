"""Answers questions about the plan beside the window: it thinks in a thread, and the engine does the searches."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from app.jobs.background import BackgroundRunner
from app.jobs.solve_controller import SolveController
from app.jobs.solve_run import SolveState
from app.language import tr
from app.model.changes import EditRefusedError
from app.model.evaluation import to_plan, to_solution
from app.model.patch import State
from app.model.validate import ScenarioError
from app.model.why.answers import answer
from app.model.why.explanation import Explanation
from app.model.why.questions import Question
from app.model.why.searching import Answering, Found, Progress, Search
from solver.messages import Finished
from solver.problem import Solution, check

logger = logging.getLogger(__name__)

Step = Search | Progress | Explanation
"""What an answer is at when it stops to be looked at."""


@dataclass(slots=True, eq=False)
class _Asked:
    """What is being answered."""

    question: Question
    state: State
    answering: Answering | None = None
    search: Search | None = None
    job: int | None = None


class Asker(QObject):
    """Answers one question at a time, the newest. A solve goes before its searches: they wait for it to end.

    An answer without searches is given while a solve runs, too. An edit ends one that searches, since what it found
    would be out of date.

    Parameters
    ----------
    controller
        Has the engine and what is solved with it.
    parent
        Owner.
    lasting
        Whether an answer without searches is given although the plan has changed since it was asked for. Else there
        would be none while a solve finds plans faster than answers come.

    Signals
    -------
    answered(app.model.why.explanation.Explanation)
        The answer, or as much as is known of it: see its ``complete``.
    progressed(int, int)
        So many searches of about so many have ended.
    ended(bool)
        It is over: whether there is an answer.
    message(str)
        A sentence that the user should read: why there is none.
    waits
        A search cannot begin before a solve has ended, or a search for another question.
    """

    answered = Signal(object)
    progressed = Signal(int, int)
    ended = Signal(bool)
    message = Signal(str)
    waits = Signal()

    def __init__(self, controller: SolveController, parent: QObject | None = None, *, lasting: bool = False) -> None:
        super().__init__(parent)
        self._lasting = lasting
        self._controller, self._client, self._session = controller, controller.client, controller.session
        self._runner = BackgroundRunner(self)
        self._asked: _Asked | None = None
        controller.started.connect(self._on_solve_started)
        controller.ended.connect(self._on_solve_ended)
        self._session.changed.connect(self._on_changed)
        self._session.replaced.connect(self.stop)
        self._client.finished.connect(self._on_finished)
        self._client.failed.connect(self._on_failed)
        self._client.freed.connect(self._on_freed)
        self._client.died.connect(self._on_died)

    @property
    def busy(self) -> bool:
        """Whether an answer is still to come."""
        return self._asked is not None

    @property
    def question(self) -> Question | None:
        """What is being answered."""
        return self._asked.question if self._asked is not None else None

    @property
    def waiting(self) -> bool:
        """Whether the answer waits for a solve to end."""
        asked = self._asked
        return asked is not None and asked.search is not None and asked.job is None

    def ask(self, question: Question) -> None:
        """Answer a question about the present state, what a search offers included; one before it is given up."""
        self._drop()
        asked = self._asked = _Asked(question, self._session.state)
        self._think(asked, lambda: self._begin(asked))

    def stop(self) -> None:
        """Give up; what is known by now stays known."""
        if self._asked is not None:
            self._end(answered=False)

    def close(self) -> None:
        """Give up and end the thread; afterwards no signal comes."""
        self._drop()
        self._runner.close()

    def _begin(self, asked: _Asked) -> Step:
        problem = self._controller.evaluations.compiled(asked.state.scenario)
        asked.answering = answer(asked.question, asked.state, problem)
        return _step(asked.answering, None)

    def _think(self, asked: _Asked, work: Callable[[], Step]) -> None:
        self._runner.run("Explaining", work, lambda step: self._on_step(asked, step), self._fails(asked))

    def _on_step(self, asked: _Asked, step: Step) -> None:
        if asked is not self._asked:
            return
        match step:
            case Explanation():
                self._asked = None
                self.answered.emit(step)
                self.ended.emit(True)
            case Progress(done=done, of=of, so_far=so_far):
                self.progressed.emit(done, of)
                if so_far is not None:
                    self.answered.emit(so_far)
                answering = asked.answering
                if asked is self._asked and answering is not None:
                    self._think(asked, lambda: _step(answering, None))
            case Search():
                asked.search = step
                self._search_now()

    def _search_now(self) -> None:
        """Begin the search that is waited for, unless something else is being solved."""
        asked = self._asked
        if asked is None or asked.search is None or asked.job is not None:
            return
        if self._controller.state is not SolveState.IDLE or self._client.job is not None:
            self.waits.emit()
            return
        search = asked.search
        start: Solution | None = to_solution(search.problem, search.start) if search.start is not None else None
        asked.job = self._client.solve(search.problem, search.seconds, initial=start, scope=search.scope)

    def _on_finished(self, finished: Finished) -> None:
        asked = self._asked
        if asked is None or asked.search is None or finished.job != asked.job:
            self._on_freed()
            return
        search, answering = asked.search, asked.answering
        asked.search, asked.job = None, None
        assert answering is not None

        def goes_on() -> Step:
            plan = to_plan(search.problem, finished.best.solution, search.state.plan)
            return _step(answering, Found(plan, check(search.problem, to_solution(search.problem, plan))))

        self._think(asked, goes_on)

    def _on_freed(self) -> None:
        """Search at last, if the engine was busy with what another one has asked."""
        if self.waiting:
            self._search_now()

    def _on_solve_started(self) -> None:
        """Give the engine to a solve."""
        if self._asked is not None:
            self._asked.job = None

    def _on_solve_ended(self) -> None:
        """Search at last, or ask again what was asked about a plan that is not the present one any more."""
        if self.waiting and self._asked is not None and self._asked.state is not self._session.state:
            self.ask(self._asked.question)
        else:
            self._search_now()

    def _on_changed(self) -> None:
        asked = self._asked
        if asked is None or asked.state is self._session.state or self.waiting:
            return
        if self._lasting and asked.search is None:
            return
        self.stop()
        if asked.search is not None:
            self.message.emit(tr("The plan has changed, so the question has to be asked again."))

    def _fails(self, asked: _Asked) -> Callable[[Exception], None]:
        def on_error(error: Exception) -> None:
            if asked is not self._asked:
                return
            match error:
                case EditRefusedError():
                    text = str(error)
                case ScenarioError():
                    text = tr("The scenario is not complete yet. {first}", first=error.issues[0])
                case _:
                    logger.error("a question could not be answered", exc_info=error)
                    text = tr("The question could not be answered. Details are in Help > Crash Reports.")
            self._end(answered=False)
            self.message.emit(text)

        return on_error

    def _on_failed(self, text: str) -> None:
        if self._asked is not None and self._asked.job is not None:
            self._end(answered=False)
            self.message.emit(text)
        else:
            self._on_freed()

    def _on_died(self, _: str) -> None:
        if self._asked is not None and self._asked.search is not None:
            self._end(answered=False)  # the controller says that it has died

    def _end(self, *, answered: bool) -> None:
        self._drop()
        self.ended.emit(answered)

    def _drop(self) -> None:
        asked, self._asked = self._asked, None
        if asked is not None and asked.job is not None and asked.job == self._client.job:
            self._client.abandon()


def _step(answering: Answering, found: Found | None) -> Step:
    try:
        return answering.send(found)
    except StopIteration as end:
        explanation: Explanation = end.value
        return explanation
