"""The figures of all variants, worked out in the background while somebody compares them."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from app.edits.session import EditSession
from app.jobs.evaluation_service import EvaluationService
from app.jobs.newest import NewestOnly
from app.language import tr
from app.model.evaluation import Evaluation
from app.model.validate import ScenarioError
from app.model.variants import Variants

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Compared:
    """Variants with their figures.

    Parameters
    ----------
    variants
        What was compared.
    plans
        Figures of each; None where its scenario is not complete.
    notes
        For each, why there are none, or "".
    """

    variants: Variants
    plans: tuple[Evaluation | None, ...]
    notes: tuple[str, ...]


class ComparisonService(QObject):
    """Publishes the figures of all variants whenever one of them changes, as long as it is active.

    Parameters
    ----------
    session
        Has the variants.
    evaluations
        Works out figures, each once.

    Signals
    -------
    compared(Compared)
        Of the newest state.
    """

    compared = Signal(object)

    def __init__(self, session: EditSession, evaluations: EvaluationService, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._evaluations = session, evaluations
        self._active = False
        self._newest = NewestOnly(evaluations.runner, tr("Comparing variants"), self.compared.emit, self._on_failed)
        session.changed.connect(self._refresh)
        session.replaced.connect(self._refresh)
        session.variants.arranged.connect(self._refresh)

    @property
    def busy(self) -> bool:
        """Whether newer figures are on their way."""
        return self._newest.busy

    def set_active(self, active: bool) -> None:
        """Work or rest."""
        began = active and not self._active
        self._active = active
        if began:
            self._refresh()

    def _refresh(self) -> None:
        variants = self._session.variants.value
        if self._active and len(variants.items) > 1:
            self._newest.submit(lambda: self._compare(variants))

    def _compare(self, variants: Variants) -> Compared:
        plans: list[Evaluation | None] = []
        notes: list[str] = []
        for one in variants.items:
            try:
                plans.append(self._evaluations.figures(one.state))
                notes.append("")
            except ScenarioError as error:
                plans.append(None)
                notes.append(str(error.issues[0]))
        return Compared(variants, tuple(plans), tuple(notes))

    def _on_failed(self, error: Exception) -> None:
        logger.error("the variants could not be compared", exc_info=error)
