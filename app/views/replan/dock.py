"""The re-plan dock: on the left what is asked, on the right what is proposed, old beside new."""

from __future__ import annotations

from PySide6.QtCore import QSettings, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDockWidget,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from app.edits.selection import Selection
from app.jobs.comparison import Compared
from app.language import tr, trn
from app.map.text_scale import scaled
from app.model.amounts import money
from app.model.replan import Proposed
from app.model.variants import Variant, Variants
from app.views.empty_state import EmptyState
from app.views.moves.differences import MINUS
from app.views.replan.controls import ReplanControls
from app.views.theme import GAP, MARGIN
from app.views.variants.figures_table import FiguresTable, figures_view
from app.views.variants.routes_table import RoutesTable, routes_view

WIDTH = 280
"""Pixels of the left side."""

NOW, PROPOSED = tr("Now"), tr("Proposed")
"""What the two plans are called."""

NOTHING_ASKED = tr(
    "Plan a part of it anew: choose what may change, and how firmly the rest is kept. What is found is only proposed, "
    "new over old, until you accept it."
)
SEARCHING = tr("Searching for a better plan…")
NOTHING_BETTER = tr("No better plan was found in this time. The plan as it is stands.")


class ReplanDock(QDockWidget):
    """Controls, and the proposal in two tables with buttons to accept and to discard it.

    Parameters
    ----------
    selection
        Is told who would move on the vehicles that are chosen.
    settings
        For the controls.

    Signals
    -------
    accepted
        The proposal is to become the plan.
    discarded
        It is to be forgotten.
    """

    accepted = Signal()
    discarded = Signal()

    def __init__(self, selection: Selection, settings: QSettings, parent: QWidget | None = None) -> None:
        super().__init__(tr("Re-plan"), parent)
        self.setObjectName("replan_dock")
        self.setFeatures(QDockWidget.DockWidgetFeature.DockWidgetClosable)
        self.setTitleBarWidget(QWidget())
        self._selection = selection
        self.controls = ReplanControls(settings)
        area = QScrollArea()
        area.setObjectName("replan_area")
        area.setAccessibleName(tr("What to re-plan"))
        area.setAccessibleDescription(tr("The arrow keys scroll"))
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFixedWidth(scaled(WIDTH))
        area.setWidget(self.controls)
        self.figures, self.routes = FiguresTable(self), RoutesTable(self)
        self.figures_view, self.routes_view = figures_view(self.figures), routes_view(self.routes)
        self.figures_view.setObjectName("replan_figures")
        self.figures_view.setAccessibleName(tr("Figures of the plan and of what is proposed"))
        self.routes_view.setObjectName("replan_routes")
        self.routes_view.setAccessibleName(tr("What would change, vehicle by vehicle"))
        self.pages = QTabWidget()
        self.pages.setObjectName("replan_pages")
        self.pages.setDocumentMode(True)
        self.pages.addTab(self.routes_view, tr("What changes"))
        self.pages.addTab(self.figures_view, tr("Figures"))
        self._empty = EmptyState(NOTHING_ASKED)
        self._stack = QStackedWidget()
        self._stack.setObjectName("replan_stack")
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._make_proposal())
        content = QWidget()
        layout = QHBoxLayout(content)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(area)
        layout.addWidget(self._stack, 1)
        content.setFocusProxy(self.controls.button)
        self.setWidget(content)
        self.routes_view.selectionModel().selectionChanged.connect(self._on_chosen)
        for keys, act in (("Ctrl+Return", self.accept.click), ("Esc", self.discard.click)):
            key = QShortcut(QKeySequence(keys), content, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
            key.activated.connect(act)

    def show_proposed(self, proposed: Proposed | None, *, searching: bool, asked: bool) -> None:
        """Show a proposal, or why there is none.

        Parameters
        ----------
        proposed
            The newest.
        searching
            Whether it may become better.
        asked
            Whether a search was made for it.
        """
        worth = proposed is not None and proposed.changes
        self.accept.setEnabled(worth)
        self.discard.setEnabled(worth)
        if proposed is None or not proposed.changes:
            self._empty.say(SEARCHING if searching else NOTHING_BETTER if asked else NOTHING_ASKED)
            self._stack.setCurrentIndex(0)
            return
        before, after = Variant(NOW, proposed.before), Variant(PROPOSED, proposed.after)
        self.figures.show_compared(Compared(Variants((before, after)), (proposed.was, proposed.will), ("", "")), 0)
        self.routes.show_difference(before, after, proposed.difference)
        self._headline.setText(_headline(proposed, len(proposed.difference.moved)))
        self._stack.setCurrentIndex(1)

    def _make_proposal(self) -> QWidget:
        self._headline = QLabel()
        self._headline.setObjectName("replan_headline")
        self._headline.setTextFormat(Qt.TextFormat.PlainText)
        self.accept = QPushButton(tr("&Accept"))
        self.accept.setObjectName("replan_accept")
        self.accept.setToolTip(tr("Make it the plan, as one step that can be undone (Ctrl+Return)"))
        self.accept.setProperty("primary", True)
        self.discard = QPushButton(tr("&Discard"))
        self.discard.setObjectName("replan_discard")
        self.discard.setToolTip(tr("Keep the plan as it is (Esc)"))
        self.accept.clicked.connect(self.accepted)
        self.discard.clicked.connect(self.discarded)
        head = QHBoxLayout()
        head.setContentsMargins(MARGIN, GAP, MARGIN, GAP)
        head.setSpacing(GAP)
        head.addWidget(self._headline, 1)
        head.addWidget(self.accept)
        head.addWidget(self.discard)
        made = QWidget()
        layout = QVBoxLayout(made)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(self.pages, 1)
        return made

    def _on_chosen(self) -> None:
        rows = {index.row() for index in self.routes_view.selectionModel().selectedRows()}
        if rows:
            self._selection.set_ids("customers", self.routes.customers(rows))


def _headline(proposed: Proposed, moved: int) -> str:
    """Say in one line what would change."""
    difference = proposed.will.costs.total - proposed.was.costs.total
    currency = proposed.before.scenario.settings.currency
    sign = MINUS if difference < 0 else "+"
    cost = f"{sign}{money(abs(difference), currency)}"
    changes = (
        trn("{number} stop changes vehicle", "{number} stops change vehicle", moved)
        if moved
        else tr("only the order changes")
    )
    served = len(proposed.was.unserved) - len(proposed.will.unserved)
    if served == 0:
        return tr("{name}: cost {cost}, {changes}", name=proposed.name, cost=cost, changes=changes)
    more = (
        trn("{number} more served", "{number} more served", served)
        if served > 0
        else trn("{number} fewer served", "{number} fewer served", -served)
    )
    return tr("{name}: cost {cost}, {changes}, {served}", name=proposed.name, cost=cost, changes=changes, served=more)
