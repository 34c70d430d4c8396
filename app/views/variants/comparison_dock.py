"""Variants side by side below the map: their figures, and vehicle by vehicle what has moved."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDockWidget, QHBoxLayout, QLabel, QStackedWidget, QTabWidget, QWidget

from app.edits.selection import Selection
from app.jobs.comparison import Compared, ComparisonService
from app.language import tr
from app.model.difference import plan_difference
from app.views.empty_state import EmptyState
from app.views.theme import GAP, MARGIN
from app.views.variants.figures_table import BEST, FiguresTable, figures_view
from app.views.variants.pair import ComparedPair
from app.views.variants.routes_table import RoutesTable, routes_view

ALONE = tr("There is nothing to compare yet. Duplicate the day, change the copy, and both stand here side by side.")


class ComparisonDock(QDockWidget):
    """Two pages of a comparison with a bar that says what is compared, or a sentence while there is one variant only.

    Parameters
    ----------
    service
        Works out the figures while the dock is seen.
    pair
        Which two are compared.
    selection
        Is told who has moved on the vehicles that are chosen.

    Signals
    -------
    duplicate_requested
        The button that stands where there is nothing to compare was pressed.
    """

    duplicate_requested = Signal()

    def __init__(
        self, service: ComparisonService, pair: ComparedPair, selection: Selection, parent: QWidget | None = None
    ) -> None:
        super().__init__(tr("Comparison"), parent)
        self.setObjectName("comparison_dock")
        self.setFeatures(QDockWidget.DockWidgetFeature.DockWidgetClosable)
        self.setTitleBarWidget(QWidget())  # the bar over the tables needs no title
        self._service, self._pair, self._selection = service, pair, selection
        self._found: Compared | None = None
        self.figures, self.routes = FiguresTable(self), RoutesTable(self)
        self.figures_view, self.routes_view = figures_view(self.figures), routes_view(self.routes)
        self.pages = QTabWidget()
        self.pages.setObjectName("comparison_pages")
        self.pages.setDocumentMode(True)
        self.pages.addTab(self.figures_view, tr("Figures"))
        self.pages.addTab(self.routes_view, tr("Vehicles"))
        self.pages.setCornerWidget(self._make_bar())
        self._stack = QStackedWidget()
        self._stack.setObjectName("comparison_panel")
        empty = EmptyState(ALONE, [(tr("Duplicate Variant"), "comparison_duplicate", self.duplicate_requested.emit)])
        self._stack.addWidget(empty)
        self._stack.addWidget(self.pages)
        self._stack.setFocusProxy(self.pages)
        self.setWidget(self._stack)
        service.compared.connect(self._on_compared)
        pair.changed.connect(self._on_pair)
        self.routes_view.selectionModel().selectionChanged.connect(self._on_chosen)
        self.visibilityChanged.connect(service.set_active)
        self._on_pair()

    def _make_bar(self) -> QWidget:
        made = QWidget()
        bar = QHBoxLayout(made)
        bar.setContentsMargins(MARGIN, 3, MARGIN, 2)
        bar.setSpacing(GAP)
        key = QLabel(tr("{sign} best of the row", sign=BEST))
        key.setProperty("muted", True)
        bar.addWidget(key)
        bar.addSpacing(GAP)
        for text, box in ((tr("&Base"), self._pair.base_box), (tr("compared &with"), self._pair.other_box)):
            label = QLabel(text)
            label.setProperty("muted", True)
            label.setBuddy(box)
            bar.addWidget(label)
            bar.addWidget(box)
        return made

    def _on_compared(self, found: Compared) -> None:
        self._found = found
        self._draw()

    def _on_pair(self) -> None:
        several = self._pair.base != self._pair.other
        self._stack.setCurrentIndex(1 if several else 0)
        self._draw()

    def _draw(self) -> None:
        """Draw what is known, if it is about the variants that there are."""
        found, base, other = self._found, self._pair.base, self._pair.other
        if found is None or base == other or found.variants.names != self._pair.names:
            return
        self.figures.show_compared(found, base)
        before, after = found.variants.items[base], found.variants.items[other]
        self.routes.show_difference(before, after, plan_difference(before.state.plan, after.state.plan))

    def _on_chosen(self) -> None:
        rows = {index.row() for index in self.routes_view.selectionModel().selectedRows()}
        if rows:
            self._selection.set_ids("customers", self.routes.customers(rows))
