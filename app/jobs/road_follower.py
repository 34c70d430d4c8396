"""Lets the plan follow at once when streets are closed, slowed or opened again."""

from __future__ import annotations

from PySide6.QtCore import QObject

from app.jobs.solve_controller import SolveController
from app.jobs.solve_run import SolveState, Task
from app.model.patch import Patch, Placed
from app.model.replan import keep_weight
from app.model.scenario import TravelSource, Zone

SECONDS = 0.6
"""Of search: with all else there is a new plan within a second."""

FIRMNESS = 1
"""How firmly the plan is kept as it is, a place in `app.model.replan.FIRMNESS`: what is not affected stays."""


class RoadFollower(QObject):
    """Starts a short solve after an edit of what zones do to roads; during a solve that finds out by itself.

    Parameters
    ----------
    controller
        Solves.
    parent
        Owner.

    Attributes
    ----------
    wanted
        Whether it does so.
    """

    def __init__(self, controller: SolveController, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._controller, self._session = controller, controller.session
        self.wanted = True
        self._session.edited.connect(self._on_edited)

    def _on_edited(self, patch: Patch) -> None:
        state, controller = self._session.state, self._controller
        by_roads = state.scenario.settings.travel is TravelSource.ROADS
        if not (self.wanted and by_roads and state.plan.routes and changes_roads(patch)):
            return
        if controller.state is SolveState.IDLE:
            evaluation = controller.evaluations.evaluation
            weight = 0.0 if evaluation is None else keep_weight(evaluation, FIRMNESS)
            controller.start(SECONDS, task=Task(keep_weight=weight))


def changes_roads(patch: Patch) -> bool:
    """Whether some vehicle finds other roads open, or at another speed, once a patch is applied."""
    rows = patch.rows.get("zones")
    if rows is None:
        return False
    before, after = ({key: _on_roads(placed) for key, placed in side.items()} for side in (rows.before, rows.after))
    return any(before.get(key) != after.get(key) for key in before.keys() | after.keys())


def _on_roads(placed: Placed) -> tuple[object, ...] | None:
    """Return all of a zone that roads know of; None where that is nothing."""
    zone = placed.item
    assert isinstance(zone, Zone)
    return (zone.ring, zone.pace, zone.forbidden) if zone.pace != 1 or zone.forbidden else None
