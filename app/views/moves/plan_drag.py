"""Joins the views of stops by drags: where one can begin, and all that it can end on."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.edits.selection import Selection
from app.jobs.solve_controller import SolveController
from app.map.view import MapMode, MapView
from app.views.moves.drop_bar import DropBar
from app.views.moves.drop_words import MOVE_HINT
from app.views.moves.list_sites import RoutesSite, StopsSite, StopsTitleSite, UnservedSite
from app.views.moves.plan_moves import PlanMoves
from app.views.moves.sites import LanesSite, MapSite, NamesSite
from app.views.moves.stop_drag import StopDrag
from app.views.plan_dock import PlanDock
from app.views.timeline_dock import TimelineDock


class PlanDrag(QObject):
    """Lets stops be dragged between map, timeline, the stops of a route, the table of routes and the unserved.

    Parameters
    ----------
    moves
        Makes a drop an edit.
    controller
        Has the document, and the problem that changes are priced with.
    selection
        What is dragged along.
    map_view, timeline, plan
        Where stops are shown.
    window
        In which stops are dragged.

    Signals
    -------
    said
        What the mouse does now, for the status bar; "" when nothing needs to be said.
    """

    said = Signal(str)

    def __init__(
        self,
        moves: PlanMoves,
        controller: SolveController,
        selection: Selection,
        map_view: MapView,
        timeline: TimelineDock,
        plan: PlanDock,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._session = controller.session
        self.stops = StopDrag(moves, controller.session, selection, controller.evaluations, window)
        self.bar = DropBar(map_view)
        self._sites = (
            MapSite(map_view, controller.session),
            LanesSite(timeline.view),
            NamesSite(timeline.view),
            StopsSite(plan.stops),
            StopsTitleSite(plan.stops),
            RoutesSite(plan.figures),
            UnservedSite(plan.unserved),
        )
        for source in (map_view, timeline.view, plan.stops, plan.unserved):
            source.stop_dragged.connect(self.stops.begin)
        self.stops.began.connect(self._on_began)
        self.stops.began.connect(lambda: timeline.set_dragging(True))
        self.stops.ended.connect(self._on_ended)
        self.stops.ended.connect(lambda: timeline.set_dragging(False))
        self.stops.said.connect(self.said)
        map_view.mode_changed.connect(lambda mode: self.said.emit(MOVE_HINT if mode is MapMode.MOVE else ""))

    def _on_began(self) -> None:
        self.stops.set_sites((*self._sites, *self.bar.offer(self._session.state)))

    def _on_ended(self) -> None:
        self.stops.set_sites(self._sites)
        self.bar.clear()
