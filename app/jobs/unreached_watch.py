"""Looks for places that no road leads to, each time that there are new figures."""

from __future__ import annotations

import logging

from PySide6.QtCore import QObject, Signal

from app.jobs.newest import NewestOnly
from app.jobs.solve_controller import SolveController
from app.language import tr
from app.model.evaluation import Evaluation
from app.model.scenario import Scenario, TravelSource
from app.model.unreached import Unreached, unreached

logger = logging.getLogger(__name__)

BY_ROADS = frozenset({TravelSource.ROADS, TravelSource.SERVER})
"""Sources of travel that do not lead everywhere."""


class UnreachedWatch(QObject):
    """Knows which places cannot be reached; the work is done where figures are worked out.

    Parameters
    ----------
    controller
        Has the session and its figures.
    parent
        Owner.

    Attributes
    ----------
    found
        The places, in the order of the scenario.
    scenario
        The one that they are about.

    Signals
    -------
    changed
        Others were found, or the same ones in another scenario.
    """

    changed = Signal()

    def __init__(self, controller: SolveController, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = controller.session
        self.found: tuple[Unreached, ...] = ()
        self.scenario = self._session.scenario
        self._known: Scenario | None = None  # what was looked through; a server may tell more of the same one
        title = tr("Looking for places without a road")
        self._newest = NewestOnly(controller.evaluations.runner, title, self._on_found, self._on_failed)
        controller.evaluated.connect(self._on_evaluated)

    def _on_evaluated(self, evaluation: Evaluation | None) -> None:
        scenario = self._session.scenario
        if evaluation is None or scenario.settings.travel not in BY_ROADS:
            self._newest.forget()
            self._known = None
            self._tell(scenario, ())
        elif scenario is not self._known or scenario.settings.travel is TravelSource.SERVER:
            self._newest.submit(lambda: (scenario, unreached(scenario)))

    def _on_found(self, made: tuple[Scenario, tuple[Unreached, ...]]) -> None:
        scenario, found = made
        if scenario is self._session.scenario:
            self._known = scenario
            self._tell(scenario, found)

    def _tell(self, scenario: Scenario, found: tuple[Unreached, ...]) -> None:
        self.scenario, before, self.found = scenario, self.found, found
        if found or before:
            self.changed.emit()

    def _on_failed(self, error: Exception) -> None:
        logger.error("places without a road could not be found", exc_info=error)
