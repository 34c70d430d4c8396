"""What stops can be dropped on beside map and timeline: lists, tables, and the bar that a drag brings."""

from __future__ import annotations

from collections.abc import Callable, Collection

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QAbstractItemView, QWidget

from app.model.drops import BestPlace, Destination, Exactly, LeftOut, Seen
from app.model.evaluation import RouteFigures
from app.model.proposal import Proposal
from app.views.figures_panel import FiguresPanel
from app.views.moves.sites import DropSite, push
from app.views.stop_list import StopList
from app.views.unserved_list import UnservedList

LINE = 3
"""Pixels of the line between two rows."""
FRAME = 2


class Mark(QWidget):
    """A line or a frame over a view: as high as a line it is filled.

    Parameters
    ----------
    parent
        Over which it lies.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("drop_mark")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def put(self, rect: QRect | None) -> None:
        """Show it around this part of the parent; None hides it."""
        self.setVisible(rect is not None)
        if rect is not None:
            self.setGeometry(rect)
            self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, accent = QPainter(self), self.palette().color(QPalette.ColorRole.Accent)
        if self.height() <= LINE:
            painter.fillRect(self.rect(), accent)
        else:
            painter.setPen(QPen(accent, FRAME))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        painter.end()


class RowsSite(DropSite):
    """A list of which the rows scroll."""

    def __init__(self, view: QAbstractItemView) -> None:
        super().__init__(view.viewport())
        self._view = view
        self._mark = Mark(view.viewport())

    def pushed(self, at: QPoint) -> tuple[float, float]:
        return 0.0, push(at, self.widget.size())[1]

    def scroll(self, across: float, along: float) -> None:
        bar = self._view.verticalScrollBar()
        bar.setValue(bar.value() + (bar.singleStep() if along > 0 else -bar.singleStep()))

    def row_rect(self, row: int) -> QRect:
        """Return where a row of the view is, over its whole width."""
        rect = self._view.visualRect(self._view.model().index(row, 0))
        return QRect(0, rect.top(), self.widget.width(), rect.height())


class StopsSite(RowsSite):
    """The stops of a route: between two rows is exactly there."""

    def __init__(self, stops: StopList) -> None:
        super().__init__(stops.view)
        self._stops = stops

    def destination_at(self, at: QPoint, moved: Collection[str]) -> Destination | None:
        route = self._stops.route
        if route is None:
            return None
        row, count = self._view.indexAt(at).row(), len(route.visits)
        if row < 0:
            return Exactly(seen(route), count)
        below = at.y() > self.row_rect(row).center().y()
        return Exactly(seen(route), row + below)

    def mark(self, destination: Destination | None, proposal: Proposal | None) -> None:
        route = self._stops.route
        self._mark.put(None)
        if route is None or not isinstance(destination, Exactly | BestPlace) or destination.route != seen(route):
            return
        if isinstance(destination, BestPlace):
            self._mark.put(self.widget.rect())
            return
        place = destination.position
        top = self.row_rect(place).top() if place < len(route.visits) else self.row_rect(place - 1).bottom()
        self._mark.put(QRect(0, max(top - LINE // 2, 0), self.widget.width(), LINE))


class StopsTitleSite(DropSite):
    """The name of the route over its stops: the best place."""

    def __init__(self, stops: StopList) -> None:
        super().__init__(stops.title)
        self._stops = stops

    def destination_at(self, at: QPoint, moved: Collection[str]) -> Destination | None:
        route = self._stops.route
        return None if route is None else BestPlace(seen(route))


class RoutesSite(RowsSite):
    """The table of routes: the best place in each."""

    def __init__(self, figures: FiguresPanel) -> None:
        super().__init__(figures.table)
        self._model, self._sorted = figures.model, figures.sorted

    def destination_at(self, at: QPoint, moved: Collection[str]) -> Destination | None:
        index = self._view.indexAt(at)
        if not index.isValid():
            return None
        return BestPlace(seen(self._model.routes[self._sorted.mapToSource(index).row()]))

    def mark(self, destination: Destination | None, proposal: Proposal | None) -> None:
        self._mark.put(None)
        row = self._model.row_of(destination.route.id) if isinstance(destination, Exactly | BestPlace) else None
        if row is not None:
            self._mark.put(self.row_rect(self._sorted.mapFromSource(self._model.index(row, 0)).row()))


class UnservedSite(RowsSite):
    """The list of customers in no route; the sentence above it counts, too, while it is empty."""

    def __init__(self, unserved: UnservedList) -> None:
        super().__init__(unserved.view)
        self.widget = unserved
        self._mark = Mark(unserved)

    def destination_at(self, at: QPoint, moved: Collection[str]) -> Destination | None:
        return LeftOut()

    def mark(self, destination: Destination | None, proposal: Proposal | None) -> None:
        self._mark.put(self.widget.rect() if destination == LeftOut() else None)


class FixedSite(DropSite):
    """A widget that stands for one destination.

    Parameters
    ----------
    widget
        What the mouse has to be over.
    destination
        Where stops go that are dropped on it.
    show
        Is told whether it is the one that is meant.
    """

    def __init__(self, widget: QWidget, destination: Destination, show: Callable[[bool], object]) -> None:
        super().__init__(widget)
        self._destination, self._show = destination, show

    def destination_at(self, at: QPoint, moved: Collection[str]) -> Destination | None:
        return self._destination

    def mark(self, destination: Destination | None, proposal: Proposal | None) -> None:
        self._show(destination == self._destination)


def seen(route: RouteFigures) -> Seen:
    """Return a route as it is listed."""
    return Seen(route.id, tuple(visit.customer for visit in route.visits))
