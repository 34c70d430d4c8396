"""Figures of variants side by side: a column for each, and one for how much it differs from the base."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QTableView

from app.jobs.comparison import Compared
from app.language import tr, trn
from app.map.text_scale import scaled
from app.model.amounts import grouped, kilometres, money
from app.model.comparison import Row, Unit, compared, shown
from app.model.units import span
from app.views.moves.differences import MINUS, SAME
from app.views.tables.reading_view import Selects, make_reading_view

Index = QModelIndex | QPersistentModelIndex

BEST = "★"
"""Stands before the best amount of a row."""

NOTHING = "–"
LISTED = 20
"""Broken rules that are spelled out in a tooltip."""

TITLE_WIDTH, WIDTH, WIDEST, ROW = 170, 120, 260, 24
"""Pixels of the first column, of each other at least and at most, and the height of a row."""

DIFFERENCE_ROLE = Qt.ItemDataRole.UserRole
"""How much more than the base has, as a number."""


@dataclass(frozen=True, slots=True)
class _Column:
    """The amounts of a variant, or how they differ from the base."""

    variant: int
    difference: bool


class FiguresTable(QAbstractTableModel):
    """One row for each measure."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._found: Compared | None = None
        self._base = 0
        self._columns: list[_Column] = []
        self.rows: tuple[Row, ...] = ()

    def show_compared(self, found: Compared, base: int) -> None:
        """Show the figures of these variants, and the differences to one of them."""
        columns = [
            _Column(place, difference)
            for place in range(len(found.plans))
            for difference in ((False,) if place == base else (False, True))
        ]
        currencies = {one.state.scenario.settings.currency for one in found.variants.items}
        rows = compared(found.plans, one_currency=len(currencies) == 1)
        as_before = columns == self._columns and len(rows) == len(self.rows)
        if not as_before:
            self.beginResetModel()
        self._found, self._base, self._columns, self.rows = found, base, columns, rows
        if as_before:
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(columns)))
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(columns))
        else:
            self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._columns) + 1

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal or self._found is None:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _aligned(section)
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole) or section == 0:
            return None
        column, names = self._columns[section - 1], self._found.variants.names
        if column.difference:
            return f"{MINUS} {names[self._base]}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._found.notes[column.variant] or names[column.variant]
        return names[column.variant]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _aligned(index.column())
        if index.column() == 0:
            return self._title(row, role)
        column = self._columns[index.column() - 1]
        return self._difference(row, column, role) if column.difference else self._amount(row, column, role)

    def _title(self, row: Row, role: int) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            return f"    {row.measure.title}" if row.measure.part else row.measure.title
        return row.measure.title if role == Qt.ItemDataRole.AccessibleTextRole else None

    def _amount(self, row: Row, column: _Column, role: int) -> Any:
        amount, best = row.amounts[column.variant], column.variant in row.best
        match role:
            case Qt.ItemDataRole.DisplayRole:
                text = NOTHING if amount is None else _text(amount, row.measure.unit, self._currency(column))
                return f"{BEST} {text}" if best else text
            case Qt.ItemDataRole.AccessibleTextRole if amount is not None:
                text = _text(amount, row.measure.unit, self._currency(column))
                return tr("{amount}, the best", amount=text) if best else text
            case Qt.ItemDataRole.FontRole if best:
                font = QFont()
                font.setBold(True)
                return font
            case Qt.ItemDataRole.ToolTipRole:
                return self._explanation(row, column)
            case _:
                return None

    def _difference(self, row: Row, column: _Column, role: int) -> Any:
        amount, unit = row.difference(column.variant, self._base), row.measure.unit
        if role == DIFFERENCE_ROLE:
            return amount
        if role == Qt.ItemDataRole.DisplayRole:
            if amount is None:
                return NOTHING
            if not shown(amount, unit):
                return SAME
            return f"{'+' if amount > 0 else MINUS}{_text(abs(amount), unit, self._currency(column))}"
        base = row.amounts[self._base]
        if role == Qt.ItemDataRole.ToolTipRole and amount is not None and base:
            share = f"{abs(amount / base):.1%}"
            if not shown(amount, unit):
                return None
            return tr("{share} more", share=share) if amount > 0 else tr("{share} less", share=share)
        return None

    def _explanation(self, row: Row, column: _Column) -> str | None:
        found = self._found
        plan = found.plans[column.variant] if found is not None else None
        if found is None or plan is None:
            return found.notes[column.variant] or None if found is not None else None
        if row.measure.key != "violations" or not plan.violations:
            return None
        more = len(plan.violations) - LISTED
        lines = [one.text for one in plan.violations[:LISTED]] + (
            [trn("… and {number} more", "… and {number} more", more)] if more > 0 else []
        )
        return "\n".join(lines)

    def _currency(self, column: _Column) -> str:
        found = self._found
        return found.variants.items[column.variant].state.scenario.settings.currency if found is not None else ""


def figures_view(table: FiguresTable) -> QTableView:
    """Return a view of a table of figures; its rows cannot be sorted, since parts stand below their sum."""
    view = QTableView()
    view.setObjectName("comparison_figures")
    view.setAccessibleName(tr("Figures of the variants"))
    view.setAccessibleDescription(
        tr("A column for each variant with the best amount of each row marked, and how much it differs from the base.")
    )
    make_reading_view(view, table, Selects.ContiguousSelection)
    view.verticalHeader().setDefaultSectionSize(scaled(ROW))
    header = view.horizontalHeader()
    header.setTextElideMode(Qt.TextElideMode.ElideRight)
    table.modelReset.connect(lambda: _widen(view))
    table.headerDataChanged.connect(lambda: _widen(view))
    return view


def _widen(view: QTableView) -> None:
    """Give each column room for what heads it."""
    header = view.horizontalHeader()
    view.setColumnWidth(0, scaled(TITLE_WIDTH))
    for column in range(1, header.count()):
        view.setColumnWidth(column, min(max(scaled(WIDTH), header.sectionSizeHint(column)), scaled(WIDEST)))


def _text(amount: float, unit: Unit, currency: str) -> str:
    match unit:
        case Unit.MONEY:
            return money(amount, currency)
        case Unit.KILOMETRES:
            return kilometres(amount)
        case Unit.SECONDS:
            return span(round(amount))
        case Unit.COUNT:
            return grouped(amount)


def _aligned(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignLeft if column == 0 else Qt.AlignmentFlag.AlignRight
    return side | Qt.AlignmentFlag.AlignVCenter
