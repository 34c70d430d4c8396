"""What the plan costs and takes, as a whole, by part and by route; it follows every edit, and a solve while it runs."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QSortFilterProxyModel, Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from app.edits.selection import ROUTES, Selection
from app.jobs.solve_controller import SolveController
from app.language import sentences, tr, trn
from app.map.swatch import SIZE
from app.map.text_scale import scaled, text_scale
from app.map.theme import MapTheme
from app.model.amounts import grouped, kilometres, money
from app.model.evaluation import Evaluation, RouteFigures
from app.model.units import span
from app.views.following import follow_figures
from app.views.route_table import LOAD, NUMBER, SORT_ROLE, LoadBarDelegate, RouteTableModel
from app.views.theme import GAP, MARGIN, svg_of, tinted
from solver.problem import Costs

PARTS = {
    "fixed": tr("Vehicles"),
    "distance": tr("Distance"),
    "duration": tr("Time"),
    "preference": tr("Preferences missed"),
    "unserved": tr("Customers left out"),
}
"""Parts of the cost: their names in `solver.problem.Costs`, and in words."""

SHOWN_VIOLATIONS = 3
"""Broken rules that are spelled out; the tooltip has more of them."""

NOTHING = "–"

_TITLE = "title"

LINES = 2
"""Where lines stand among the parts of the panel: below verdict and totals, where they are in sight."""

LEAST_COLUMN = 76
"""Pixels; columns of figures share what room there is, but each gets as much."""


class FiguresPanel(QWidget):
    """Verdict, totals, cost by part, and the table of routes.

    Signals
    -------
    selection_requested
        A frozenset of ``("routes", id)`` that the user picked.
    """

    selection_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("figures_panel")
        self.setAccessibleName(tr("Figures of the plan"))
        self._controller: SolveController | None = None
        self._selection: Selection | None = None
        self._following = False  # while the rows are selected because something else was picked elsewhere
        self._icon, self._verdict = QLabel(), QLabel()
        self._shown_icon: str | None = None
        self._icon.setObjectName("verdict_icon")
        self._verdict.setObjectName("verdict")
        self._verdict.setWordWrap(True)
        self._figures = {
            name: _figure(name) for name in ("total_cost", "distance", "duration", "vehicles_used", "unserved")
        }
        self._parts = {name: _figure(f"cost_{name}") for name in PARTS}
        self._source = QLabel()
        self._source.setObjectName("figures_source")
        self._source.setTextFormat(Qt.TextFormat.PlainText)  # names of networks and servers are in it
        self._source.setProperty("muted", True)
        self._source.setWordWrap(True)
        self.model = RouteTableModel()
        self.sorted = QSortFilterProxyModel(self)
        self.sorted.setSourceModel(self.model)
        self.sorted.setSortRole(SORT_ROLE)
        self.table = self._make_table()
        self._lay_out()
        self._show_nothing(tr("There is no plan yet."))
        self._colour()

    def set_controller(self, controller: SolveController) -> None:
        """Show the figures of this controller's document from now on."""
        self._controller = controller
        follow_figures(controller, self.show_evaluation)

    def set_selection(self, selection: Selection) -> None:
        """Show what is selected elsewhere, and select there what the user picks here."""
        self._selection = selection
        selection.changed.connect(self._on_selection_changed)
        self.selection_requested.connect(selection.set)

    def show_evaluation(self, evaluation: Evaluation | None) -> None:
        """Show these figures; None are not known, and the controller may know why."""
        if evaluation is None:
            issues = self._controller.evaluations.issues if self._controller else ()
            self._show_nothing(
                sentences(tr("There are no figures yet."), str(issues[0])) if issues else tr("There are no figures.")
            )
            return
        if not evaluation.routes:  # what it costs to leave everybody out is no news
            self._show_nothing(tr("There is no plan yet."))
            return
        settings = self._controller.session.scenario.settings if self._controller else None
        currency = settings.currency if settings else ""
        for name, text in (
            ("total_cost", money(evaluation.costs.total, currency)),
            ("distance", kilometres(evaluation.distance_km)),
            ("duration", span(evaluation.duration_s)),
            ("vehicles_used", grouped(evaluation.vehicles_used)),
            ("unserved", grouped(len(evaluation.unserved))),
        ):
            _put(self._figures[name], text)
        self._show_parts(evaluation.costs, currency)
        self._show_verdict(evaluation)
        first = self.model.rowCount() == 0
        self._show_routes(evaluation.routes, currency)
        if first:  # and never again: columns that dance ten times a second cannot be read
            self.table.resizeColumnToContents(NUMBER)

    def show_source(self, words: str) -> None:
        """Say where distances and times come from: in a line of its own, and of each figure that follows from them."""
        self._source.setText(words)
        self._source.setAccessibleName(words)
        of_travel = (self._figures["distance"], self._figures["duration"], self._parts["distance"])
        for figure in (*of_travel, self._parts["duration"]):
            figure.setToolTip(words)
            figure.setAccessibleDescription(words)
        self.model.set_source(words)

    def add_line(self, line: QWidget) -> None:
        """Put a line below the totals."""
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.insertWidget(LINES, line)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self._colour()

    def _colour(self) -> None:
        palette = self.palette()
        self.model.set_theme(MapTheme.of(palette))
        self.table.setIconSize(SIZE * text_scale())
        if self._shown_icon is not None:
            role = QPalette.ColorRole.Accent if self._shown_icon == "check" else QPalette.ColorRole.BrightText
            self._icon.setPixmap(tinted(svg_of(self._shown_icon), palette.color(role), scaled(18)))

    def _make_table(self) -> QTableView:
        table = QTableView()
        table.setObjectName("route_table")
        table.setAccessibleName(tr("Figures by route"))
        table.setAccessibleDescription(tr("A row for each route; what is selected here is selected everywhere"))
        table.setModel(self.sorted)
        table.setItemDelegateForColumn(LOAD, LoadBarDelegate(table))
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setAlternatingRowColors(True)
        table.setShowGrid(False)
        table.setSortingEnabled(True)
        table.sortByColumn(NUMBER, Qt.SortOrder.AscendingOrder)
        table.verticalHeader().hide()
        header = table.horizontalHeader()
        header.setResizeContentsPrecision(20)  # rows that are measured; the others are much alike
        header.setMinimumSectionSize(scaled(LEAST_COLUMN))
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(NUMBER, QHeaderView.ResizeMode.Interactive)
        table.selectionModel().selectionChanged.connect(self._on_picked)
        return table

    def _lay_out(self) -> None:
        verdict = QHBoxLayout()
        verdict.setSpacing(GAP)
        verdict.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        verdict.addWidget(self._verdict, 1)
        totals = QGridLayout()
        totals.setHorizontalSpacing(2 * MARGIN)
        self._figures["total_cost"].setProperty("heading", True)
        titles = (tr("Cost"), tr("Distance"), tr("Time"), tr("Vehicles"), tr("Unserved"))
        for place, (title, value) in enumerate(zip(titles, self._figures.values(), strict=True)):
            # The cost has a line of its own, so that the panel stays narrow whatever the plan costs.
            row, column, span_columns = (0, 0, len(titles) - 1) if place == 0 else (2, place - 1, 1)
            totals.addWidget(_caption(title, value), row, column, 1, span_columns)
            totals.addWidget(value, row + 1, column, 1, span_columns)
        totals.setColumnStretch(len(titles) - 2, 1)
        totals.addWidget(self._source, 4, 0, 1, len(titles) - 1)
        parts = QGridLayout()
        parts.setHorizontalSpacing(MARGIN)
        for row, (name, title) in enumerate(PARTS.items()):
            parts.addWidget(_caption(title, self._parts[name]), row, 0)
            parts.addWidget(self._parts[name], row, 1, Qt.AlignmentFlag.AlignRight)
        parts.setColumnStretch(0, 1)
        card = QFrame()
        card.setProperty("card", True)
        card.setLayout(parts)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        layout.setSpacing(MARGIN)
        layout.addLayout(verdict)
        layout.addLayout(totals)
        layout.addWidget(card)
        layout.addWidget(self.table, 1)

    def _show_nothing(self, text: str) -> None:
        for label in (*self._figures.values(), *self._parts.values()):
            _put(label, NOTHING)
        self._show_routes((), "")
        self._say(text, None)

    def _show_routes(self, routes: tuple[RouteFigures, ...], currency: str) -> None:
        """Fill the table; where vehicles come or go, the rows of what is selected are others."""
        before, self._following = self.model.routes, True
        self.model.set_routes(routes, currency)
        self._following = False
        if [route.id for route in before] != [route.id for route in routes]:
            self._on_selection_changed()

    def _show_parts(self, costs: Costs, currency: str) -> None:
        for name, label in self._parts.items():
            _put(label, money(getattr(costs, name), currency))

    def _show_verdict(self, evaluation: Evaluation) -> None:
        if evaluation.feasible:
            self._say(tr("This plan keeps every rule."), "check")
        else:
            rules = [violation.text for violation in evaluation.violations]
            shown, more = rules[:SHOWN_VIOLATIONS], len(rules) - SHOWN_VIOLATIONS
            lines = [trn("This plan breaks {number} rule:", "This plan breaks {number} rules:", len(rules)), *shown]
            if more > 0:
                lines.append(trn("… and {number} more", "… and {number} more", more))
            self._say("\n".join(lines), "warning")
            self._verdict.setToolTip("\n".join(rules[:50]))

    def _say(self, text: str, icon: str | None) -> None:
        self._verdict.setText(text)
        self._verdict.setToolTip("")
        self._icon.setVisible(icon is not None)
        self._icon.setAccessibleName("" if icon is None else tr("Sound") if icon == "check" else tr("Warning"))
        if icon != self._shown_icon:
            self._shown_icon = icon
            self._colour()

    def _on_picked(self) -> None:
        if self._following:
            return
        rows = self.table.selectionModel().selectedRows()
        routes = (self.model.routes[self.sorted.mapToSource(row).row()] for row in rows)
        self.selection_requested.emit(frozenset((ROUTES, route.id) for route in routes))

    def _on_selection_changed(self) -> None:
        """Select the rows of what is selected elsewhere, without asking for the same again."""
        if self._selection is None:
            return
        picked = QItemSelection()
        rows = (self.model.row_of(route) for route in self._selection.ids(ROUTES))
        for row in sorted(row for row in rows if row is not None):
            index = self.sorted.mapFromSource(self.model.index(row, 0))
            picked.select(index, index)
        flags = QItemSelectionModel.SelectionFlag
        self._following = True
        self.table.selectionModel().select(picked, flags.ClearAndSelect | flags.Rows)
        self._following = False


def _figure(name: str) -> QLabel:
    label = QLabel(NOTHING)
    label.setObjectName(name)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label


def _caption(title: str, of: QLabel) -> QLabel:
    """Return the title of a figure."""
    label = QLabel(title)
    label.setProperty("muted", True)
    label.setBuddy(of)
    of.setProperty(_TITLE, title)
    return label


def _put(figure: QLabel, text: str) -> None:
    """Show a figure; a screen reader reads its title with it."""
    figure.setText(text)
    figure.setAccessibleName(f"{figure.property(_TITLE)}: {text}")
