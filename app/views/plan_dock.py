"""The plan beside the map: figures, the stops of a route, customers left out, and the cost over time."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDockWidget, QFrame, QScrollArea, QSplitter, QTableView, QTabWidget, QVBoxLayout, QWidget

from app.edits.selection import Selection
from app.jobs.solve_controller import SolveController
from app.language import tr
from app.model.amounts import grouped
from app.views.cost_curve import CostCurve
from app.views.figures_panel import FiguresPanel
from app.views.stop_list import StopList
from app.views.unserved_list import UnservedList

WIDTH = 384
"""Pixels at first."""

FIGURES_HEIGHT = 330
"""Pixels at first; what the figures need when the plan keeps every rule."""


class PlanDock(QDockWidget):
    """Figures above, and tabs of the curve, of stops and of the unserved customers below; the tab says how many."""

    def __init__(self, controller: SolveController, selection: Selection, parent: QWidget | None = None) -> None:
        super().__init__(tr("Plan"), parent)
        self.setObjectName("plan_dock")
        self.setFeatures(QDockWidget.DockWidgetFeature.DockWidgetClosable)
        self.setTitleBarWidget(QWidget())
        self.figures = FiguresPanel()
        self.unserved = UnservedList()
        self.curve = CostCurve()
        self.stops = StopList()
        self.tabs = QTabWidget()
        self.tabs.setObjectName("plan")
        self.tabs.setDocumentMode(True)
        self.tabs.setAccessibleName(tr("Parts of the plan"))
        self.tabs.tabBar().setAccessibleName(tr("Parts of the plan"))
        self.tabs.tabBar().setAccessibleDescription(tr("Left and right change between them"))
        self.tabs.addTab(self.curve, tr("Search"))
        self.tabs.addTab(self.unserved, tr("Unserved"))
        self.tabs.addTab(self.stops, tr("Stops"))
        area = QScrollArea()
        area.setObjectName("figures_area")
        area.setAccessibleName(tr("Figures of the plan"))
        area.setAccessibleDescription(tr("The arrow keys scroll"))
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(self.figures)
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.setObjectName("plan_splitter")
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(1)
        splitter.addWidget(area)
        splitter.addWidget(self.tabs)
        splitter.setSizes([FIGURES_HEIGHT, FIGURES_HEIGHT])
        splitter.setStretchFactor(0, 1)  # figures need little more in a larger window, lists do
        splitter.setStretchFactor(1, 3)
        for widget in (self.figures, self.unserved, self.curve, self.stops):
            widget.set_controller(controller)
        self.figures.set_selection(selection)
        self.unserved.set_selection(selection)
        self.stops.set_selection(selection)
        self.unserved.model.modelReset.connect(self._count)
        self.setWidget(splitter)

    def take_routes(self) -> QTableView:
        """Return the table of routes, to be laid out elsewhere; what is left moves up."""
        layout = self.figures.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.removeWidget(self.figures.table)
        layout.addStretch(1)
        return self.figures.table

    def _count(self) -> None:
        count = self.unserved.model.rowCount()
        self.tabs.setTabText(1, tr("Unserved ({number})", number=grouped(count)) if count else tr("Unserved"))
