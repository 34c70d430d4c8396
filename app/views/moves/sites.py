"""What stops can be dropped on: the map, the lanes of the timeline and the names beside them."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QPoint, QSize
from PySide6.QtWidgets import QWidget

from app.edits.session import EditSession
from app.map.text_scale import text_scale
from app.map.view import MapView
from app.model.difference import drive
from app.model.drops import Destination, target_of
from app.model.proposal import Proposal
from app.timeline.dropping import destination_at, destination_beside, mark_of
from app.timeline.view import TimelineView

EDGE = 30
"""Pixels from an edge within which what is below the mouse moves along."""
PACE = 14.0
"""Pixels that it moves at a time, right at the edge."""


class DropSite:
    """A widget that stops can be dropped on.

    Parameters
    ----------
    widget
        What the mouse has to be over; points count from its corner.
    """

    def __init__(self, widget: QWidget) -> None:
        self.widget = widget

    def destination_at(self, at: QPoint, moved: Collection[str]) -> Destination | None:
        """Return where stops would go that are dropped here."""
        return None

    def mark(self, destination: Destination | None, proposal: Proposal | None) -> None:
        """Show where stops would go, wherever the mouse is; None is nowhere."""

    def follow(self, at: QPoint | None, grabbed: str) -> None:
        """Show that the mouse holds a stop; None once it is elsewhere."""

    def pushed(self, at: QPoint) -> tuple[float, float]:
        """Return how far the mouse is into the zones along the edges beyond which there is more, see `push`."""
        return 0.0, 0.0

    def scroll(self, across: float, along: float) -> None:
        """Bring into view what lies beyond an edge, the quicker the further the mouse is into the zone along it."""


class MapSite(DropSite):
    """The map: draws the route as it would be, and a line from the stop to the mouse."""

    def __init__(self, view: MapView, session: EditSession) -> None:
        super().__init__(view.viewport)
        self._view, self._session = view, session

    def destination_at(self, at: QPoint, moved: Collection[str]) -> Destination | None:
        return self._view.destination_at(at.x(), at.y(), moved)

    def mark(self, destination: Destination | None, proposal: Proposal | None) -> None:
        target = None
        if destination is not None and proposal is not None:
            target = target_of(proposal, destination)
        if target is None or proposal is None:
            self._view.show_course(())
            return
        route = proposal.draft.routes[target]
        self._view.show_course(drive(route.vehicle, route.stops, self._session.scenario))

    def follow(self, at: QPoint | None, grabbed: str) -> None:
        if at is None:
            self._view.show_leash(None)
        else:
            self._view.show_leash(("customers", grabbed), at.x(), at.y())

    def pushed(self, at: QPoint) -> tuple[float, float]:
        return push(at, self.widget.size())

    def scroll(self, across: float, along: float) -> None:
        self._view.canvas.pan(-across * PACE, -along * PACE)


class LanesSite(DropSite):
    """The lanes of the timeline: a caret between two stops, or a frame around a lane."""

    def __init__(self, view: TimelineView) -> None:
        super().__init__(view.canvas)
        self._stage = view.stage

    def destination_at(self, at: QPoint, moved: Collection[str]) -> Destination | None:
        stage, scale = self._stage, text_scale()
        return destination_at(stage.day, stage.axis, stage.rows, at.x() / scale, at.y() / scale, moved)

    def mark(self, destination: Destination | None, proposal: Proposal | None) -> None:
        self._stage.set_mark(mark_of(self._stage.day, destination))

    def pushed(self, at: QPoint) -> tuple[float, float]:
        return push(at, self.widget.size())

    def scroll(self, across: float, along: float) -> None:
        self._stage.pan(-across * PACE, -along * PACE / 2)


class NamesSite(DropSite):
    """The names beside the lanes: the best place on the vehicle."""

    def __init__(self, view: TimelineView) -> None:
        super().__init__(view.headers)
        self._stage = view.stage

    def destination_at(self, at: QPoint, moved: Collection[str]) -> Destination | None:
        return destination_beside(self._stage.day, self._stage.rows, at.y() / text_scale())

    def pushed(self, at: QPoint) -> tuple[float, float]:
        return 0.0, push(at, self.widget.size())[1]

    def scroll(self, across: float, along: float) -> None:
        self._stage.pan(0.0, -along * PACE / 2)


def push(at: QPoint, size: QSize) -> tuple[float, float]:
    """Return how far a point is into the zones along the edges: from -1 at the left and top to 1, and 0 inside."""
    return _push(at.x(), size.width()), _push(at.y(), size.height())


def _push(at: int, length: int) -> float:
    edge = min(EDGE, length // 4)
    if edge <= 0:
        return 0.0
    if at < edge:
        return -min((edge - at) / edge, 1.0)
    return min(max((at - (length - edge)) / edge, 0.0), 1.0)
