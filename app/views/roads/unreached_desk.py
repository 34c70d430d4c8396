"""Places without a road in the window: a card over the map, signs on it, and a list that helps."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.edits.selection import Selection
from app.jobs.solve_controller import SolveController
from app.jobs.unreached_watch import UnreachedWatch
from app.map.view import MapView
from app.model.scenario import Customer, Depot
from app.model.unreached import Unreached, moved_to_roads
from app.views.roads.unreached_card import UnreachedCard
from app.views.roads.unreached_dialog import UnreachedDialog
from app.views.theme import Theme


class UnreachedDesk(QObject):
    """Shows what a watch finds, and makes edits of what is asked for.

    Parameters
    ----------
    controller
        Has the session.
    selection
        Gets the place that is to be shown.
    view
        Has the signs.
    theme
        Draws icons.
    window
        Owner, also of the list.

    Attributes
    ----------
    card
        To lie over the map.
    """

    def __init__(
        self, controller: SolveController, selection: Selection, view: MapView, theme: Theme, window: QWidget
    ) -> None:
        super().__init__(window)
        self._session, self._selection, self._view, self._window = controller.session, selection, view, window
        self.watch = UnreachedWatch(controller, self)
        self.card = UnreachedCard(theme)
        self._dialog: UnreachedDialog | None = None
        self.watch.changed.connect(self._show)
        self.card.asked.connect(self.show_list)

    def show_list(self) -> UnreachedDialog:
        """Show which places there are beside the window, and return what lists them."""
        if self._dialog is None:
            self._dialog = dialog = UnreachedDialog(self._window)
            dialog.move_requested.connect(self._move)
            dialog.show_requested.connect(self._show_place)
            dialog.finished.connect(self._on_closed)
            dialog.show_unreached(self.watch.found, self.watch.scenario)
        self._dialog.show()
        self._dialog.raise_()
        self._dialog.activateWindow()
        return self._dialog

    def close(self) -> None:
        """Leave nothing open."""
        if self._dialog is not None:
            self._dialog.close()

    def _show(self) -> None:
        found, scenario = self.watch.found, self.watch.scenario
        tables: dict[str, dict[str, Depot | Customer]] = {
            "depots": dict(scenario.depots),
            "customers": dict(scenario.customers),
        }
        places = [tables[one.kind][one.id] for one in found if one.everybody]
        canvas = self._view.canvas
        canvas.cut_off.show_places([(place.lat, place.lon) for place in places], canvas.projection)
        self.card.tell(found)
        if self._dialog is not None:
            self._dialog.show_unreached(found, scenario)

    def _move(self, places: tuple[Unreached, ...]) -> None:
        self._session.do(*moved_to_roads(self._session.state, places))

    def _show_place(self, kind: str, key: str) -> None:
        self._selection.set_ids(kind, [key])
        self._view.show_item(kind, key)

    def _on_closed(self) -> None:
        self._dialog = None
