"""The plan beside the map: figures, customers left out, and the cost over time."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDockWidget, QFrame, QScrollArea, QTabWidget, QWidget

from app.edits.selection import Selection
from app.jobs.solve_controller import SolveController
from app.views.cost_curve import CostCurve
from app.views.figures_panel import FiguresPanel
from app.views.unserved_list import UnservedList

WIDTH = 330
"""Pixels at first."""


class PlanDock(QDockWidget):
    """Tabs of the figures, the unserved customers and the curve; the second says how many they are."""

    def __init__(self, controller: SolveController, selection: Selection, parent: QWidget | None = None) -> None:
        super().__init__("Plan", parent)
        self.setObjectName("plan_dock")
        self.setFeatures(QDockWidget.DockWidgetFeature.DockWidgetClosable)
        self.setTitleBarWidget(QWidget())
        self.figures = FiguresPanel()
        self.unserved = UnservedList()
        self.curve = CostCurve()
        self.tabs = QTabWidget()
        self.tabs.setObjectName("plan")
        self.tabs.setDocumentMode(True)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        area.setWidget(self.figures)
        for page, title in ((area, "Figures"), (self.unserved, "Unserved"), (self.curve, "Search")):
            self.tabs.addTab(page, title)
        for widget in (self.figures, self.unserved, self.curve):
            widget.set_controller(controller)
        self.figures.set_selection(selection)
        self.unserved.set_selection(selection)
        for signal in (self.unserved.model.modelReset, self.unserved.model.rowsInserted):
            signal.connect(lambda *_: self._count())
        self.setWidget(self.tabs)

    def _count(self) -> None:
        count = self.unserved.model.rowCount()
        self.tabs.setTabText(1, f"Unserved ({count:,})" if count else "Unserved")
