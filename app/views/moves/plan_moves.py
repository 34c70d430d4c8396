"""The commands that change the plan by hand, on whatever is selected, and the menu of a right click that has them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from app.edits.selection import ROUTES, Item, Selection
from app.edits.session import EditSession
from app.jobs.evaluation_service import EvaluationService
from app.jobs.ranking import Ranking
from app.language import tr, trn
from app.map.view import MapView
from app.model import moves
from app.model.changes import EditRefusedError
from app.model.fleet import labels
from app.model.moves import Draft
from app.model.offers import Offers, assignments, swaps
from app.model.patch import State
from app.model.violations import name_of
from app.timeline.view import TimelineView
from app.views.actions import PLAN
from app.views.menu import Menu
from app.views.menus import add_command
from app.views.plan_dock import PlanDock
from app.views.theme import Theme

CUSTOMERS = "customers"

MENU = (
    "assign",
    "unassign",
    "",
    "move_earlier",
    "move_later",
    "",
    "reverse_route",
    "swap_vehicles",
    "",
    "why_here",
    "why_not_next",
)
"""Names of the commands in the menu of a right click; "" is a line."""


class PlanMoves(QObject):
    """Makes each change one edit; what is selected stays so.

    Parameters
    ----------
    session, selection
        What is changed, and of it what.
    evaluations
        Has the problem that changes are priced with.
    theme
        Draws icons.
    window
        Owns the dialogs.

    Signals
    -------
    message
        A sentence for the user: why something was not done.
    """

    message = Signal(str)

    def __init__(
        self,
        session: EditSession,
        selection: Selection,
        evaluations: EvaluationService,
        theme: Theme,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._session, self._selection, self._theme, self._window = session, selection, theme, window
        self.ranking = Ranking(evaluations, self)
        self._actions: Mapping[str, QAction] = {}

    def commands(self) -> dict[str, Callable[[], object]]:
        """Return what each command does."""
        return {
            "assign": self.assign,
            "unassign": self.unassign,
            "move_earlier": lambda: self.shift(later=False),
            "move_later": lambda: self.shift(later=True),
            "reverse_route": self.reverse,
            "swap_vehicles": self.swap,
        }

    def set_actions(self, actions: Mapping[str, QAction]) -> None:
        """Enable these from now on where they can do something."""
        self._actions = actions
        self._selection.changed.connect(self._enable)
        self._session.changed.connect(self._enable)
        self._enable()

    def attach_views(self, map_view: MapView, lanes: TimelineView, plan_dock: PlanDock, customers: QWidget) -> None:
        """Give every view of stops the menu that moves them, and those without cells its keys."""
        self.attach(map_view.canvas, lambda at: map_view.interaction.item_at(at.x(), at.y()))
        self.attach(lanes.canvas, lanes.item_at)
        self.attach(lanes.headers, lambda at: lanes.headers.item_at(at.y()))
        for view in (plan_dock.stops.view, plan_dock.unserved.view, plan_dock.figures.table, customers):
            self.attach(view)
        for widget in (map_view, lanes, plan_dock.stops):
            widget.addActions([self._actions["move_earlier"], self._actions["move_later"]])

    def attach(self, view: QWidget, item_at: Callable[[QPoint], Item | None] | None = None) -> None:
        """Give a view the menu.

        Parameters
        ----------
        view
            Where the right button or the menu key is pressed.
        item_at
            Says what is at a pixel of it, so that it can be selected first; left out where the view does that itself.
        """
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.customContextMenuRequested.connect(lambda at: self._open_menu(view, at, item_at))

    def assign(self) -> None:
        """Let the user choose a vehicle for the selected customers, or for all of the selected routes."""
        customers = self._customers()
        if customers:
            heading = tr("Assign {customers} to…", customers=self._named(customers))
            nothing = tr("No other vehicle is left: add one to the table of vehicles, or raise the number of a type.")
            self._compare(heading, tr("Assign"), nothing, lambda pricing: assignments(pricing, customers))

    def swap(self) -> None:
        """Let the user choose a route that exchanges vehicles with the selected one."""
        route = self._route()
        if route is not None:
            heading = tr("Swap the route of {vehicle} with…", vehicle=labels(self._session.state)[route])
            nothing = tr("All routes have the same type of vehicle, so there is nothing to swap.")
            self._compare(heading, tr("Swap"), nothing, lambda pricing: swaps(pricing, route))

    def unassign(self) -> None:
        """Take the selected customers, or all of the selected routes, out of the plan."""
        customers = self._customers()
        self._make(lambda state: moves.unassign(state, customers))

    def reverse(self) -> None:
        """Turn the selected route round."""
        route = self._route()
        if route is not None:
            self._make(lambda state: moves.reverse_route(state, route))

    def shift(self, *, later: bool) -> None:
        """Let the selected stops change places with the stops before or after them."""
        customers = self._selection.ids(CUSTOMERS)
        self._make(lambda state: moves.shift_stops(state, customers, later=later))

    def close(self) -> None:
        """End the thread that compares vehicles."""
        self.ranking.close()

    def _customers(self) -> tuple[str, ...]:
        return moves.stops_of(self._session.state, self._selection.items)

    def _route(self) -> int | None:
        """Return the route that is concerned; None where there are several."""
        routes = moves.routes_of(self._session.state, self._selection.items)
        return routes[0] if len(routes) == 1 else None

    def _named(self, customers: Sequence[str]) -> str:
        if len(customers) == 1:
            return name_of(self._session.scenario.customers, customers[0])
        return trn("{number} customer", "{number} customers", len(customers))

    def _compare(self, heading: str, verb: str, nothing: str, offers: Offers) -> None:
        from app.views.moves.offers_dialog import OffersDialog

        dialog = OffersDialog(heading, verb, nothing, self._session, self.ranking, offers, self._theme, self._window)
        dialog.chosen.connect(self.apply)
        dialog.open()

    def _make(self, change: Callable[[State], Draft]) -> None:
        try:
            draft = change(self._session.state)
        except EditRefusedError as refusal:
            self.message.emit(str(refusal))
        else:
            self.apply(draft)

    def apply(self, draft: Draft) -> None:
        """Make a draft an edit; where it empties a route that is selected, the customers are selected instead."""
        customers = self._customers()
        emptied = self._selection.ids(ROUTES) - {route.id for route in draft.routes if route.stops}
        try:
            self._session.move(draft)
        except EditRefusedError as refusal:
            self.message.emit(str(refusal))
            return
        if emptied:
            self._selection.set_ids(CUSTOMERS, customers)

    def _enable(self) -> None:
        state, selected = self._session.state, self._selection.ids(CUSTOMERS)
        served = state.plan.served
        customers, route = self._customers(), self._route()
        stops = not served.isdisjoint(selected)
        for name, can in (
            ("assign", bool(customers)),
            ("unassign", not served.isdisjoint(customers)),
            ("move_earlier", stops),
            ("move_later", stops),
            ("reverse_route", route is not None and len(state.plan.routes[route].stops) > 1),
            ("swap_vehicles", route is not None and len({route.vehicle for route in state.plan.routes}) > 1),
        ):
            self._actions[name].setEnabled(can)

    def _open_menu(self, view: QWidget, at: QPoint, item_at: Callable[[QPoint], Item | None] | None) -> None:
        item = item_at(at) if item_at is not None else None
        if item is not None and item not in self._selection.items:
            self._selection.set([item])
        menu = Menu(view)
        menu.setObjectName("moves_menu")
        for name in MENU:
            if name:
                menu.addAction(self._actions[name])
            else:
                menu.addSeparator()
        menu.addSeparator()
        add_command(menu, next(one for one in PLAN if one.name == "lock"), self._actions)
        menu.aboutToHide.connect(menu.deleteLater)
        surface = view.viewport() if isinstance(view, QAbstractScrollArea) else view
        menu.popup(surface.mapToGlobal(at))
