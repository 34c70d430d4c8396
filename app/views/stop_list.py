"""The stops of one route in the order of visits: to be walked with the arrow keys, and moved with Alt and these."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, Qt, Signal
from PySide6.QtWidgets import QHeaderView, QLabel, QStackedWidget, QTableView, QVBoxLayout, QWidget

from app.edits.selection import ROUTES, Selection
from app.jobs.solve_controller import SolveController
from app.language import tr, trc, trn
from app.map.text_scale import scaled
from app.model.evaluation import Evaluation, RouteFigures, VisitFigures
from app.model.plan import Lock
from app.model.scenario import Scenario
from app.model.units import clock, span
from app.model.violations import name_of
from app.views.drag_views import DragTable
from app.views.empty_state import EmptyState
from app.views.following import follow_figures
from app.views.locks.lock_icons import LockIcons
from app.views.tables.reading_model import Index, ReadingModel
from app.views.tables.reading_view import Selects, make_reading_view
from app.views.theme import GAP, MARGIN

CUSTOMERS = "customers"

TITLES = ("", "", trc("on a route", "Stop"), tr("Starts"), "")
NUMBER, LOCK, NAME, START, NOTE = range(len(TITLES))


class StopsModel(ReadingModel):
    """One row for each visit: its number on the map, its lock, who is visited, when, whether it is late or waited for.

    What has been driven already is dimmed.
    """

    def __init__(self) -> None:
        super().__init__(TITLES, right=(NUMBER, START))
        self.signs = LockIcons()
        self.visits: tuple[VisitFigures, ...] = ()
        self._scenario = Scenario()

    def set_visits(self, visits: tuple[VisitFigures, ...], scenario: Scenario) -> bool:
        """Show others, and return whether they are others."""
        if visits == self.visits and scenario.customers is self._scenario.customers:
            return False
        self.beginResetModel()
        self.visits, self._scenario = visits, scenario
        self.endResetModel()
        return True

    def length(self) -> int:
        return len(self.visits)

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsDragEnabled if index.isValid() else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        visit = self.visits[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            name = name_of(self._scenario.customers, visit.customer)
            return (str(index.row() + 1), "", name, clock(visit.start_s), _note(visit))[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self.aligned(index.column())
        if role == Qt.ItemDataRole.ForegroundRole and visit.lock is Lock.DRIVEN:
            return self.signs.past
        return self.signs.data(visit.lock, role) if index.column() == LOCK and visit.lock is not None else None


class StopList(QWidget):
    """The route of what is selected, stop by stop; what is walked to is selected everywhere.

    Signals
    -------
    selection_requested
        A frozenset of ``("customers", id)`` that the user picked.
    item_activated
        Kind and id of the stop that should be shown on the map.
    stop_dragged
        Id of a customer that is dragged; whoever takes it follows the mouse from then on.
    """

    selection_requested = Signal(object)
    item_activated = Signal(str, str)
    stop_dragged = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("stop_list")
        self._controller: SolveController | None = None
        self._selection: Selection | None = None
        self._routes: tuple[RouteFigures, ...] = ()
        self._following = False  # while rows are selected because something else was picked elsewhere
        self.model = StopsModel()
        self.model.signs.set_palette(self.palette())
        self.title = QLabel()
        self.title.setObjectName("stop_list_title")
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.view = self._make_view()
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        layout.setSpacing(GAP)
        layout.addWidget(self.title)
        layout.addWidget(self.view, 1)
        self._stack = QStackedWidget()
        self._stack.setObjectName("stop_list_panel")
        self._stack.addWidget(EmptyState(tr("Select a route or one of its stops, and all its stops are listed here.")))
        self._stack.addWidget(page)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._stack)
        self.setFocusProxy(self.view)

    def set_controller(self, controller: SolveController) -> None:
        """List the routes of this controller's document from now on."""
        self._controller = controller
        follow_figures(controller, self.show_evaluation)

    def set_selection(self, selection: Selection) -> None:
        """Show what is selected elsewhere, and select there what the user picks here."""
        self._selection = selection
        selection.changed.connect(self._refresh)
        self.selection_requested.connect(selection.set)
        self._refresh()

    def show_evaluation(self, evaluation: Evaluation | None) -> None:
        """List the routes of this plan; of None, nothing is known."""
        self._routes = () if evaluation is None else evaluation.routes
        self._refresh()

    @property
    def route(self) -> RouteFigures | None:
        """The route that is listed: the first of which anything is selected."""
        if self._selection is None:
            return None
        chosen, stops = self._selection.ids(ROUTES), self._selection.ids(CUSTOMERS)
        if not chosen and not stops:
            return None
        of_stops = (route for route in self._routes if any(visit.customer in stops for visit in route.visits))
        of_routes = (route for route in self._routes if route.id in chosen and route.visits)
        return next(of_routes, None) or next(of_stops, None)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.model.signs.set_palette(self.palette())
            self.view.viewport().update()

    def _make_view(self) -> QTableView:
        view = DragTable()
        view.setObjectName("stop_view")
        view.setAccessibleName(tr("Stops of the route"))
        view.setAccessibleDescription(tr("In the order of visits; Enter shows the stop on the map"))
        make_reading_view(view, self.model, Selects.ExtendedSelection)
        header = view.horizontalHeader()
        header.setMinimumSectionSize(scaled(30))
        header.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        for column, width in ((NUMBER, 34), (LOCK, 30), (START, 76), (NOTE, 88)):
            view.setColumnWidth(column, scaled(width))
        view.selectionModel().selectionChanged.connect(self._on_picked)
        view.dragged.connect(lambda row: self.stop_dragged.emit(self.model.visits[row].customer))
        view.activated.connect(
            lambda index: self.item_activated.emit(CUSTOMERS, self.model.visits[index.row()].customer)
        )
        return view

    def _on_picked(self) -> None:
        if not self._following:
            rows = self.view.selectionModel().selectedRows()
            self.selection_requested.emit(frozenset((CUSTOMERS, self.model.visits[row.row()].customer) for row in rows))

    def _refresh(self) -> None:
        """List the route of what is selected, and select its rows without asking for the same again."""
        route = self.route
        self._stack.setCurrentIndex(0 if route is None else 1)
        self._following = True
        scenario = self._controller.session.scenario if self._controller is not None else Scenario()
        changed = self.model.set_visits(route.visits if route is not None else (), scenario)
        if changed:  # names get the room of what is empty
            self.view.setColumnHidden(NOTE, not any(map(_note, self.model.visits)))
            self.view.setColumnHidden(LOCK, all(visit.lock is None for visit in self.model.visits))
        if route is not None and self._selection is not None:
            self.title.setText(
                trn("{vehicle} · {number} stop", "{vehicle} · {number} stops", route.stops, vehicle=route.label)
            )
            self._select(self._selection.ids(CUSTOMERS), moved=changed)
        self._following = False

    def _select(self, stops: frozenset[str], *, moved: bool) -> None:
        rows = [row for row, visit in enumerate(self.model.visits) if visit.customer in stops]
        picked = QItemSelection()
        for row in rows:
            picked.select(self.model.index(row, 0), self.model.index(row, len(TITLES) - 1))
        model, flags = self.view.selectionModel(), QItemSelectionModel.SelectionFlag
        model.select(picked, flags.ClearAndSelect)
        if rows and (moved or model.currentIndex().row() not in rows):  # else the user goes on from where they are
            current = self.model.index(rows[0], NAME)
            model.setCurrentIndex(current, flags.NoUpdate)
            self.view.scrollTo(current)


def _note(visit: VisitFigures) -> str:
    if visit.lateness_s:
        return tr("! {time} late", time=span(visit.lateness_s))
    return tr("waits {time}", time=span(visit.waiting_s)) if visit.waiting_s else ""
