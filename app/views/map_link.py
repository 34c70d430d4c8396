"""Keeps the map and the document together: what changed is drawn, and what the map asks for becomes an edit."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from operator import attrgetter

from PySide6.QtCore import QObject, QTimer, Signal

from app.edits.selection import ROUTES, Item, Selection
from app.edits.session import EditSession
from app.jobs.solve_controller import SolveController
from app.map.view import MapRoute, MapView
from app.model import changes
from app.model.changes import Edit, EditRefusedError
from app.model.difference import drive
from app.model.document import Change
from app.model.evaluation import Evaluation
from app.model.fleet import Fleet
from app.model.patch import TABLES, State, table_of
from app.model.scenario import Customer, Depot
from app.views.roads.map_shapes import MapShapes
from app.views.roads.map_streets import MapStreets
from app.views.tables.new_items import new_item


class MapLink(QObject):
    """Between a map on one side, and session, selection and solves on the other.

    Signals
    -------
    message
        A sentence for the user: why something was not done.

    Attributes
    ----------
    shapes, streets
        Keep lines on the roads, and show these; `close` ends their threads.
    """

    message = Signal(str)

    def __init__(
        self,
        view: MapView,
        session: EditSession,
        selection: Selection,
        controller: SolveController,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._view, self._session, self._selection = view, session, selection
        self._shown = session.scenario
        self._plan_is_old = False
        self._timer = QTimer(self, singleShot=True, interval=0)  # several edits in a row are drawn once
        self._timer.timeout.connect(self._redraw)
        session.changed.connect(self._on_changed)
        session.replaced.connect(self._on_replaced)
        selection.changed.connect(self._on_selection)
        controller.progressed.connect(self._show_evaluation)
        controller.evaluated.connect(self._on_evaluated)
        controller.ended.connect(lambda _: self._show_plan())
        view.selection_requested.connect(selection.set)
        view.add_requested.connect(self._add)
        view.move_requested.connect(self._move)
        view.delete_requested.connect(self.delete_selected)
        self.shapes, self.streets = MapShapes(view, session, self), MapStreets(view, session, self)
        view.set_scenario(session.scenario)
        self._show_plan()
        self._on_selection()

    def close(self) -> None:
        """Leave nothing running."""
        self.shapes.close()
        self.streets.close()

    def delete_selected(self) -> None:
        """Delete whatever is selected; a route's customers become unserved."""
        items = self._selection.items
        if items and self._do(lambda state: changes.delete(state, items)):
            self._selection.clear()

    def _add(self, kind: str, lat: float, lon: float) -> None:
        key = changes.free_id(self._session.scenario, kind)
        item = new_item(kind, key, self._session.scenario, (lat, lon))
        if self._do(lambda state: changes.add(state, kind, [item])):
            self._selection.set_ids(kind, [key])

    def _move(self, items: Iterable[Item], lat: float, lon: float) -> None:
        moved = frozenset(items)
        self._do(lambda state: changes.move(state, moved, lat, lon))

    def _do(self, make: Callable[[State], Edit]) -> bool:
        try:
            edit = make(self._session.state)
        except EditRefusedError as refusal:
            self.message.emit(str(refusal))
            return False
        return self._session.do(*edit)

    # What the map shows

    def _on_changed(self, change: Change) -> None:
        if change.touches("plan", "vehicles") or "customers" in change.moved:
            self._plan_is_old = True
        if self._plan_is_old or self._is_visible(change):
            self._timer.start()
        self._forget_what_is_gone()

    def _on_replaced(self) -> None:
        self._redraw()
        self._view.fit()

    def _is_visible(self, change: Change) -> bool:
        """Whether the map shows anything of a change: it draws places with their names, not demands or windows."""
        if self._timer.isActive() or change.touches("zones", "settings"):
            return True
        if not change.moved.isdisjoint(("depots", "customers")):
            return True
        before, after = self._shown, self._session.scenario
        # What is shown has the same ids: else it would be waiting for its timer.
        return any(
            _looks(getattr(before, kind), change.of_kind(kind)) != _looks(getattr(after, kind), change.of_kind(kind))
            for kind in ("depots", "customers")
        )

    def _redraw(self) -> None:
        """Draw what has changed since the last time."""
        self._timer.stop()
        scenario = self._session.scenario
        if scenario is not self._shown:
            self._shown = scenario
            self._view.set_scenario(scenario, self._planned_routes() if self._plan_is_old else None)
            if self._plan_is_old:
                self._show_left_out()
        elif self._plan_is_old:
            self._show_plan()

    def _on_selection(self) -> None:
        self._view.set_selected(self._selection.items)

    def _on_evaluated(self, evaluation: Evaluation | None) -> None:
        for roads in (self.shapes, self.streets):  # a network may have come or gone
            roads.refresh()
        if evaluation is not None:
            self._show_evaluation(evaluation)

    def _show_evaluation(self, evaluation: Evaluation) -> None:
        """Draw the routes of an evaluation."""
        if self._timer.isActive():
            self._redraw()
        scenario = self._session.scenario
        self._view.set_routes(
            [
                MapRoute(
                    route.id,
                    route.colour,
                    drive(route.vehicle, (visit.customer for visit in route.visits), scenario),
                    route.badge,
                    route.label,
                    route.vehicle,
                )
                for route in evaluation.routes
            ]
        )
        self._show_unserved((one.customer for one in evaluation.unserved), bool(evaluation.routes))

    def _show_plan(self) -> None:
        self._view.set_routes(self._planned_routes())
        self._show_left_out()

    def _planned_routes(self) -> list[MapRoute]:
        scenario = self._session.scenario
        fleet = Fleet.of(scenario)
        return [
            MapRoute(
                route.id,
                fleet.colour(route.vehicle, route.number),
                drive(route.vehicle, route.stops, scenario),
                fleet.badge(route.vehicle, route.number),
                fleet.label(route.vehicle, route.number),
                route.vehicle,
            )
            for route in self._session.plan.routes
        ]

    def _show_left_out(self) -> None:
        self._plan_is_old = False
        plan, scenario = self._session.plan, self._session.scenario
        self._show_unserved(scenario.customers.keys() - plan.served, bool(plan.routes))

    def _show_unserved(self, customers: Iterable[str], planned: bool) -> None:
        """Mark who is left out; before there is any route that is nobody, only not planned yet."""
        self._view.set_unserved(customers if planned else ())

    def _forget_what_is_gone(self) -> None:
        scenario, routes = self._session.scenario, {route.id for route in self._session.plan.routes}
        gone = {(ROUTES, key) for key in self._selection.ids(ROUTES) - routes}
        for kind in TABLES:
            gone.update((kind, key) for key in self._selection.ids(kind) - table_of(scenario, kind).keys())
        if gone:
            self._selection.set(self._selection.items - gone)


def _looks(items: Mapping[str, Depot | Customer], ids: Iterable[str]) -> list[tuple[float, float, str]]:
    return [*map(attrgetter("lat", "lon", "name"), map(items.__getitem__, ids))]
