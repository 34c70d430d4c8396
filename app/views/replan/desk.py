"""Everything about planning a part anew in the window: the dock, what is drawn on the map, and the commands."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, QSettings, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDockWidget, QMainWindow

from app.edits.selection import Selection
from app.jobs.replanner import Replanner
from app.jobs.solve_controller import SolveController
from app.language import tr
from app.map.view import MapView
from app.model.amounts import money
from app.model.moves import routes_of
from app.model.replan import Part, keep_weight
from app.model.variants import Variant
from app.views.bindings import bind_dock
from app.views.replan.dock import NOW, PROPOSED, ReplanDock
from app.views.variants.map_difference import drawn_difference


class ReplanDesk(QObject):
    """Asks for proposals, shows them, and accepts or discards them.

    Parameters
    ----------
    controller
        Has the session, and does the search.
    selection
        Says which routes may change.
    map_view
        Draws a proposal over the plan.
    settings
        Remembers what was asked.
    window
        Gets the dock.

    Signals
    -------
    message
        A sentence that the user should read.
    said
        One that need not stay.
    """

    message = Signal(str)
    said = Signal(str)

    def __init__(
        self,
        controller: SolveController,
        selection: Selection,
        map_view: MapView,
        settings: QSettings,
        window: QMainWindow,
    ) -> None:
        super().__init__(window)
        self._controller, self._selection, self._map = controller, selection, map_view
        self._session, self._window = controller.session, window
        self._asked = self._drawn = False
        self.replanner = Replanner(controller, self)
        self.dock = ReplanDock(selection, settings, window)
        controls = self.dock.controls
        controls.start_requested.connect(self.start)
        controls.stop_requested.connect(self.replanner.stop)
        controls.firmness_changed.connect(self._show_price)
        self.dock.accepted.connect(self.accept)
        self.dock.discarded.connect(self.discard)
        self.replanner.changed.connect(self._show)
        self.replanner.message.connect(self.message)
        controller.state_changed.connect(lambda _: self._show_state())
        controller.evaluated.connect(lambda _: self._show_price())
        selection.changed.connect(self._show_routes)
        self._session.changed.connect(self._show_routes)
        self._show_routes()
        self._show_price()

    def commands(self) -> dict[str, Callable[[], object]]:
        """Return what each command does."""
        return {
            "replan_selected": lambda: self.start_with(Part.ROUTES),
            "replan_insert": lambda: self.start_with(Part.INSERT),
            "replan_order": lambda: self.start_with(Part.ORDER),
        }

    def attach(self, actions: Mapping[str, QAction], beside: QDockWidget) -> None:
        """Put the dock behind another one, closed at first, and let its command work."""
        self._window.addDockWidget(Qt.DockWidgetArea.BottomDockWidgetArea, self.dock)
        self._window.tabifyDockWidget(beside, self.dock)
        bind_dock(actions["show_replan"], self.dock)
        self.dock.hide()
        beside.raise_()
        actions["show_replan"].setChecked(False)

    def start_with(self, part: Part) -> None:
        """Open the dock and search at once."""
        self.dock.show()
        self.dock.raise_()
        self.dock.controls.button.setFocus(Qt.FocusReason.ShortcutFocusReason)
        button = self.dock.controls.parts[part]
        if button.isEnabled():
            button.setChecked(True)
            self.start()
        else:
            self.message.emit(tr("Select the routes that may change first, or stops of them."))

    def start(self) -> None:
        """Search for what was asked."""
        controls = self.dock.controls
        if self.replanner.start(controls.part, self._routes(), controls.firmness, controls.seconds.value()):
            self._asked = True
            self._show()

    def accept(self) -> None:
        """Make the proposal the plan."""
        proposed, self._asked = self.replanner.proposed, False
        if self.replanner.accept() and proposed is not None:
            self.said.emit(tr("{name}: accepted. Undo brings the former plan back.", name=proposed.name))
            self._show()

    def discard(self) -> None:
        """Keep the plan as it is."""
        self._asked = False
        self.replanner.discard()
        self._show()

    def _routes(self) -> tuple[int, ...]:
        return routes_of(self._session.state, self._selection.items)

    def _show(self) -> None:
        proposed, searching = self.replanner.proposed, self.replanner.searching
        self.dock.show_proposed(proposed, searching=searching, asked=self._asked)
        self._show_state()
        if proposed is not None and proposed.changes:
            self._drawn = True
            before, after = Variant(NOW, proposed.before), Variant(PROPOSED, proposed.after)
            self._map.set_difference(drawn_difference(before, after, proposed.difference))
        elif self._drawn:
            self._drawn = False
            self._map.set_difference(None)

    def _show_state(self) -> None:
        self.dock.controls.show_state(searching=self.replanner.searching, idle=self.replanner.idle)

    def _show_routes(self) -> None:
        self.dock.controls.show_routes(len(self._routes()))

    def _show_price(self) -> None:
        evaluation, firmness = self._controller.evaluations.evaluation, self.dock.controls.firmness
        if firmness == 0 or evaluation is None:
            text = tr("Stops change vehicle wherever that saves anything")
        else:
            price = money(keep_weight(evaluation, firmness), self._session.scenario.settings.currency)
            text = tr("A stop changes vehicle only where that saves at least {price}", price=price)
        self.dock.controls.show_price(text)
