"""By what customers are coloured on the map: the choice, which is remembered, and keeping it up to date."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QObject, QSettings, QTimer
from PySide6.QtGui import QAction, QActionGroup

from app.edits.selection import Selection
from app.jobs.solve_controller import SolveController
from app.jobs.solve_run import SolveState
from app.map.view import MapView
from app.model.colouring import ColourBy, Colouring, colouring_of
from app.model.document import Change
from app.model.evaluation import Evaluation

SETTING = "map/colour_by"


class CustomerColours(QObject):
    """Gives the map the classes of the customers.

    Parameters
    ----------
    view
        The map; its legend selects the customers of a class.
    controller
        Has the document and the figures of its plan, and while a solve runs those of the best so far.
    selection
        What is selected.
    settings
        Where the choice is remembered.
    """

    def __init__(
        self, view: MapView, controller: SolveController, selection: Selection, settings: QSettings, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._view, self._controller, self._selection, self._settings = view, controller, selection, settings
        stored = str(settings.value(SETTING, ""))
        self.by = ColourBy(stored) if stored in set(ColourBy) else ColourBy.ROUTE
        self._colouring: Colouring | None = None
        self._newest: Evaluation | None = None
        self._timer = QTimer(self, singleShot=True, interval=0)  # several edits in a row are coloured once
        self._timer.timeout.connect(self._colour)
        controller.session.changed.connect(self._on_changed)
        controller.session.replaced.connect(lambda: self._on_figures(None))  # its customers may have the same ids
        controller.progressed.connect(self._on_figures)
        controller.evaluated.connect(self._on_evaluated)
        controller.ended.connect(lambda _: self._on_evaluated(controller.evaluations.evaluation))
        view.legend.chosen.connect(self._select)
        self._colour()

    def commands(self) -> dict[str, Callable[[], object]]:
        """Return what each command does."""
        return {f"colour_by_{by.name.lower()}": partial(self.choose, by) for by in ColourBy}

    def set_actions(self, actions: Mapping[str, QAction]) -> None:
        """Let one of these be checked from now on."""
        group = QActionGroup(self)
        for by in ColourBy:
            group.addAction(actions[f"colour_by_{by.name.lower()}"])
        actions[f"colour_by_{self.by.name.lower()}"].setChecked(True)

    def choose(self, by: ColourBy) -> None:
        """Colour customers by something else, and remember it."""
        self.by = by
        self._settings.setValue(SETTING, by.value)
        self._colour()

    def _on_changed(self, change: Change) -> None:
        if change.touches("customers", "profiles", "vehicles", "settings", "plan"):
            self._start()

    def _on_evaluated(self, evaluation: Evaluation | None) -> None:
        """Take the figures of the plan, unless a solve has newer ones, or newer ones are on their way."""
        if self._controller.state is SolveState.IDLE and not self._controller.evaluations.busy:
            self._on_figures(evaluation)

    def _on_figures(self, evaluation: Evaluation | None) -> None:
        self._newest = evaluation
        if self.by.of_plan:
            self._start()

    def _start(self) -> None:
        if self.by is not ColourBy.ROUTE:
            self._timer.start()

    def _colour(self) -> None:
        self._timer.stop()
        self._colouring = colouring_of(self.by, self._controller.session.state, self._newest)
        self._view.set_colouring(self._colouring)

    def _select(self, row: int) -> None:
        """Select the customers of a row of the legend; the row below the classes is of those who are left out."""
        colouring = self._colouring
        if colouring is None:
            return
        if row < len(colouring.classes):
            self._selection.set_ids("customers", colouring.customers(row))
        else:
            self._selection.set_ids("customers", self._view.unserved)
