"""Customers that the plan leaves out, each with the reasons."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractListModel, QItemSelection, QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QLabel, QListView, QVBoxLayout, QWidget

from app.edits.selection import Selection
from app.jobs.solve_controller import SolveController
from app.language import sentences, tr, trn
from app.model.evaluation import Evaluation, Unserved
from app.model.scenario import Scenario
from app.model.violations import name_of
from app.views.drag_views import DragList
from app.views.following import follow_figures
from app.views.route_table import Index
from app.views.theme import GAP, MARGIN

CUSTOMERS = "customers"


class UnservedModel(QAbstractListModel):
    """One row per customer: its name, whether it has to be served, and a line per reason."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[Unserved, ...] = ()
        self._scenario = Scenario()

    @property
    def rows(self) -> tuple[Unserved, ...]:
        """What is shown."""
        return self._rows

    def set_rows(self, rows: tuple[Unserved, ...], scenario: Scenario) -> bool:
        """Show other customers, and return whether they are others; the same again leaves scroll and selection."""
        if rows == self._rows and scenario.customers is self._scenario.customers:
            return False
        self.beginResetModel()
        self._rows, self._scenario = rows, scenario
        self.endResetModel()
        return True

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsDragEnabled if index.isValid() else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        unserved = self._rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                name = name_of(self._scenario.customers, unserved.customer)
                title = name if name == unserved.customer else f"{name} ({unserved.customer})"
                required = unserved.required
                duty = tr("{customer} – must be served") if required else tr("{customer} – optional")
                return "\n".join([duty.format(customer=title), *unserved.reasons])
            case _:
                return None


class UnservedList(QWidget):
    """The list with a sentence above it; what the user picks is selected everywhere.

    Signals
    -------
    selection_requested
        A frozenset of ``("customers", id)`` that the user picked.
    stop_dragged
        Id of a customer that is dragged; whoever takes it follows the mouse from then on.
    """

    selection_requested = Signal(object)
    stop_dragged = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("unserved_list")
        self._controller: SolveController | None = None
        self._selection: Selection | None = None
        self._following = False  # while the rows are selected because something else was picked elsewhere
        self.model = UnservedModel()
        self._summary = QLabel()
        self._summary.setObjectName("unserved_summary")
        self._summary.setWordWrap(True)
        self.view = DragList()
        self.view.setObjectName("unserved_view")
        self.view.setAccessibleName(tr("Unserved customers"))
        self.view.setAccessibleDescription(tr("Each with the reasons for which it is in no route"))
        self.view.setModel(self.model)
        self.view.setWordWrap(True)
        self.view.setSpacing(2)
        self.view.setAlternatingRowColors(True)
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.view.setLayoutMode(QListView.LayoutMode.Batched)  # thousands of rows are measured a few at a time
        self.view.selectionModel().selectionChanged.connect(self._on_picked)
        self.view.dragged.connect(lambda row: self.stop_dragged.emit(self.model.rows[row].customer))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        layout.setSpacing(GAP)
        layout.addWidget(self._summary)
        layout.addWidget(self.view, 1)
        layout.addStretch()  # keeps the sentence on top while the list is hidden
        self._say()

    def set_controller(self, controller: SolveController) -> None:
        """Show the unserved customers of this controller's document from now on."""
        self._controller = controller
        follow_figures(controller, self.show_evaluation)

    def set_selection(self, selection: Selection) -> None:
        """Show what is selected elsewhere, and select there what the user picks here."""
        self._selection = selection
        selection.changed.connect(self._on_selection_changed)
        self.selection_requested.connect(selection.set)

    def show_evaluation(self, evaluation: Evaluation | None) -> None:
        """Show whom this plan leaves out; of None, nothing is known."""
        unserved = () if evaluation is None else evaluation.unserved
        scenario = self._controller.session.scenario if self._controller else Scenario()
        if self.model.set_rows(unserved, scenario):
            self._say()
            self._on_selection_changed()

    def _say(self) -> None:
        rows = self.model.rows
        required = sum(unserved.required for unserved in rows)
        if required:
            only = tr("It must be served.") if len(rows) == 1 else ""
            duty = only or trn("{number} must be served.", "{number} must be served.", required)
        else:
            duty = tr("It is optional.") if len(rows) == 1 else tr("All of them are optional.")
        left_out = trn("{number} customer is in no route.", "{number} customers are in no route.", len(rows))
        self._summary.setText(sentences(left_out, duty) if rows else tr("Every customer is served."))
        self.view.setVisible(bool(rows))

    def _on_picked(self) -> None:
        if self._following:
            return
        rows = self.view.selectionModel().selectedRows()
        customers = frozenset((CUSTOMERS, self.model.rows[row.row()].customer) for row in rows)
        self.selection_requested.emit(customers)

    def _on_selection_changed(self) -> None:
        """Select the rows of what is selected elsewhere, without asking for the same again."""
        if self._selection is None:
            return
        selected = self._selection.ids(CUSTOMERS)
        picked = QItemSelection()
        for row, unserved in enumerate(self.model.rows):
            if unserved.customer in selected:
                index: QModelIndex = self.model.index(row, 0)
                picked.select(index, index)
        self._following = True
        self.view.selectionModel().select(picked, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self._following = False
