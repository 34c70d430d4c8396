"""Offers for a change by hand, worked out in a thread of their own; whoever asks again gets the newest only."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from threading import Event

from PySide6.QtCore import QObject, Signal

from app.jobs.background import BackgroundRunner
from app.jobs.evaluation_service import EvaluationService
from app.language import tr
from app.model.changes import EditRefusedError
from app.model.offers import Offer, Offers, ranked
from app.model.patch import State
from app.model.proposal import Pricing
from app.model.validate import ScenarioError

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, eq=False)
class _Question:
    state: State
    offers: Offers
    dropped: Event = field(default_factory=Event)


class Ranking(QObject):
    """Works out offers and puts the best ones first.

    Parameters
    ----------
    evaluations
        Has the problem of the newest scenario.
    parent
        Owner.

    Signals
    -------
    ranked
        A tuple of `app.model.offers.Offer`, the best first.
    refused
        A sentence for the user: why there are no offers.
    """

    ranked = Signal(object)
    refused = Signal(str)

    def __init__(self, evaluations: EvaluationService, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._evaluations = evaluations
        self._runner = BackgroundRunner(self)
        self._question: _Question | None = None

    @property
    def busy(self) -> bool:
        """Whether an answer is still to come."""
        return self._question is not None

    def ask(self, state: State, offers: Offers) -> None:
        """Work out offers for a state; those that were asked for before are given up.

        Parameters
        ----------
        state
            The present one.
        offers
            Makes them, in the thread.
        """
        self.drop()
        question = self._question = _Question(state, offers)
        self._runner.run(
            tr("Comparing vehicles"),
            lambda: self._work(question),
            lambda made: self._on_made(question, made),
            lambda error: self._on_failed(question, error),
        )

    def drop(self) -> None:
        """Give up what has been asked for."""
        if self._question is not None:
            self._question.dropped.set()
            self._question = None

    def close(self) -> None:
        """End the thread; afterwards no signal comes."""
        self.drop()
        self._runner.close()

    def _work(self, question: _Question) -> tuple[Offer, ...]:
        made: list[Offer] = []
        if question.dropped.is_set():
            return ()
        pricing = Pricing(self._evaluations.compiled(question.state.scenario), question.state)
        for offer in question.offers(pricing):
            if question.dropped.is_set():
                return ()
            made.append(offer)
        return ranked(made)

    def _on_made(self, question: _Question, made: tuple[Offer, ...]) -> None:
        if question is self._question:
            self._question = None
            self.ranked.emit(made)

    def _on_failed(self, question: _Question, error: Exception) -> None:
        if question is not self._question:
            return
        self._question = None
        match error:
            case EditRefusedError():
                self.refused.emit(str(error))
            case ScenarioError():
                self.refused.emit(tr("The scenario is not complete yet. {first}", first=error.issues[0]))
            case _:
                logger.error("vehicles could not be compared", exc_info=error)
                self.refused.emit(tr("The vehicles could not be compared. Details are in Help > Crash Reports."))
