"""What a drop would change: worked out at once where that is quick, else in the background."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from app.edits.session import EditSession
from app.jobs.evaluation_service import EvaluationService
from app.jobs.ranking import Ranking
from app.language import sentences, tr
from app.model.changes import EditRefusedError
from app.model.drops import BestPlace, Destination, proposed
from app.model.offers import Offer
from app.model.proposal import MOST_SINGLY, Pricing, Proposal

QUICK_VISITS = 2000
"""Visits that are looked at without leaving the window's thread: some ten milliseconds of work."""


class DropPricing(QObject):
    """Prices drops on the present plan.

    Parameters
    ----------
    session
        Whose plan it is.
    evaluations
        Has the problem that changes are priced with.
    ranking
        Works in the background; whoever else asks it meanwhile gets the answer instead.

    Signals
    -------
    answered
        What was asked for last and took its time: an `app.model.proposal.Proposal`, or a sentence that says why not.
    """

    answered = Signal(object)

    def __init__(
        self, session: EditSession, evaluations: EvaluationService, ranking: Ranking, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._evaluations, self._ranking = session, evaluations, ranking
        self._pricing: Pricing | None = None
        self._waiting = False
        ranking.ranked.connect(self._on_ranked)
        ranking.refused.connect(self._answer)

    def ask(self, customers: Sequence[str], destination: Destination) -> Proposal | str | None:
        """Return what a drop would change, or why there can be none; None where `answered` will say it."""
        self.forget()
        state = self._session.state
        if self._pricing is None or self._pricing.state is not state:
            problem = self._evaluations.problem_at_hand(state.scenario)
            if problem is None:
                issues = self._evaluations.issues
                if issues and not self._evaluations.busy:
                    return sentences(tr("The scenario is not complete yet."), str(issues[0]))
                return tr("The figures of the last change are on their way…")
            self._pricing = Pricing(problem, state)
        if visits(customers, destination) > QUICK_VISITS:
            self._waiting = True
            self._ranking.ask(state, lambda pricing: [Offer(None, "", 0, proposed(pricing, customers, destination))])
            return None
        try:
            return proposed(self._pricing, customers, destination)
        except EditRefusedError as refusal:
            return str(refusal)

    def forget(self) -> None:
        """Give up what has been asked for."""
        if self._waiting:
            self._waiting = False
            self._ranking.drop()

    def _on_ranked(self, offers: tuple[Offer, ...]) -> None:
        if offers:
            self._answer(offers[0].proposal)

    def _answer(self, answer: Proposal | str) -> None:
        if self._waiting:
            self._waiting = False
            self.answered.emit(answer)


def visits(customers: Sequence[str], destination: Destination) -> int:
    """Return about how many visits have to be looked at for a drop."""
    if not isinstance(destination, BestPlace):
        return len(customers)
    length = len(destination.route.stops) + len(customers)
    tries = len(customers) if len(customers) <= MOST_SINGLY else 1
    return tries * length * length
