"""The timeline below the map: it follows the newest figures, and shares its selection with every other view."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDockWidget, QHBoxLayout, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from app.edits.selection import Selection
from app.jobs.solve_controller import SolveController
from app.jobs.solve_run import Ending
from app.language import sentences, tr
from app.model.evaluation import Evaluation
from app.timeline.legend import Legend
from app.timeline.view import TimelineView
from app.views.empty_state import EmptyState
from app.views.theme import MARGIN, Theme

NO_PLAN = tr("No plan yet. Solve, and the day of every vehicle is drawn here.")


class TimelineDock(QDockWidget):
    """A bar with the legend over the lanes, or a sentence while there are none.

    Parameters
    ----------
    controller
        Whose figures are shown: those of the plan, and while a solve runs those of the best so far.
    selection
        What is shared.
    theme
        Draws icons.

    Signals
    -------
    solve_requested
        The button that stands where there is no plan was pressed.
    item_activated
        Kind and id of what should be shown on the map.
    """

    solve_requested = Signal()
    item_activated = Signal(str, str)

    def __init__(
        self, controller: SolveController, selection: Selection, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(tr("Timeline"), parent)
        self.setObjectName("timeline_dock")
        self.setFeatures(QDockWidget.DockWidgetFeature.DockWidgetClosable)
        self.setTitleBarWidget(QWidget())  # the bar over the lanes needs no title
        self._controller, self._selection = controller, selection
        self._newest: Evaluation | None = None
        self._seen, self._is_old = False, False  # what is drawn is old while nobody sees it
        self._dragging = False
        self.view = TimelineView()
        self._empty = EmptyState(NO_PLAN, [(tr("Solve"), "timeline_empty_solve", self.solve_requested.emit)])
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(self._make_bar(theme))
        layout.addWidget(self.view, 1)
        self._stack = QStackedWidget()
        self._stack.setObjectName("timeline_panel")
        self._stack.addWidget(self._empty)
        self._stack.addWidget(page)
        self._stack.setFocusProxy(self.view)
        self.setWidget(self._stack)
        controller.progressed.connect(self._show)
        controller.evaluated.connect(self._on_evaluated)
        controller.ended.connect(self._on_ended)
        controller.session.replaced.connect(self.view.fit)
        selection.changed.connect(self._on_selection)
        self.view.selection_requested.connect(selection.set)
        self.view.item_activated.connect(self.item_activated)
        self.visibilityChanged.connect(self._on_seen)
        self._on_evaluated(controller.evaluations.evaluation)

    def set_dragging(self, dragging: bool) -> None:
        """Show vehicles that stay at home for the time of a drag of stops, since these can be dropped on them."""
        self._dragging = dragging
        if not self.unused.isChecked():
            self._draw()

    def _make_bar(self, theme: Theme) -> QHBoxLayout:
        self.unused = QToolButton()
        self.unused.setObjectName("timeline_unused")
        self.unused.setText(tr("Unused vehicles"))
        self.unused.setToolTip(tr("Show vehicles that stay at home, too"))
        self.unused.setCheckable(True)
        self.unused.toggled.connect(self._draw)
        bar = QHBoxLayout()
        bar.setContentsMargins(MARGIN, 2, MARGIN, 2)
        bar.setSpacing(2)
        bar.addWidget(Legend(self.view.stage), 1)
        bar.addWidget(self.unused)
        for name, icon, tip, act in (
            ("timeline_zoom_out", "zoom-out", tr("Show more time (−)"), self.view.zoom_out),
            ("timeline_zoom_in", "zoom-in", tr("Show less time (+)"), self.view.zoom_in),
            ("timeline_fit", "fit", tr("Show the whole day (F)"), self.view.fit),
        ):
            button = QToolButton()
            button.setObjectName(name)
            button.setToolTip(tip)
            button.setAccessibleName(tip)
            button.clicked.connect(lambda _checked=False, act=act: act())
            theme.bind(button, icon)
            bar.addWidget(button)
        return bar

    def _on_evaluated(self, evaluation: Evaluation | None) -> None:
        """Show the present plan, unless newer figures are on their way."""
        evaluations = self._controller.evaluations
        if evaluations.busy:
            return
        if evaluation is None and evaluations.issues:
            self._empty.say(sentences(tr("There are no times yet."), str(evaluations.issues[0])))
        else:
            self._empty.say(NO_PLAN)
        self._show(evaluation)

    def _on_ended(self, _: Ending) -> None:
        self._on_evaluated(self._controller.evaluations.evaluation)

    def _on_selection(self) -> None:
        self.view.set_selected(self._selection.items)

    def _show(self, evaluation: Evaluation | None) -> None:
        self._newest = evaluation
        self._draw()

    def _on_seen(self, seen: bool) -> None:
        self._seen = seen
        if seen and self._is_old:
            self._draw()

    def _draw(self) -> None:
        """Draw the newest figures, or let it be until somebody looks."""
        self._is_old = not self._seen
        if self._is_old:
            return
        newest = self._newest
        planned = newest is not None and any(route.stops for route in newest.routes)
        if newest is not None and planned:
            unused = self.unused.isChecked() or self._dragging
            self.view.show_plan(newest, self._controller.session.scenario, unused=unused)
        self._stack.setCurrentIndex(1 if planned else 0)
