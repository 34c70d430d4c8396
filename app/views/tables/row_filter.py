"""Sorting and filtering of a table model, without Qt asking Python for every comparison.

`QSortFilterProxyModel` would call ``data`` some 280,000 times to sort 10,000 rows; here Python sorts a list of keys.
Any `QAbstractProxyModel` leaves ``parent`` to Python, and Qt asks for it once for each visible cell and each run of
selected rows: 200,000 times a frame where half of the rows are selected. A table's own is Qt's.
"""

from __future__ import annotations

from typing import Any, Protocol, cast

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.views.tables.runs import MOST_RUNS, runs_of

Index = QModelIndex | QPersistentModelIndex


class SortableTable(Protocol):
    """What a table model has to answer to be sorted and filtered."""

    def sort_key(self, row: int, column: int) -> tuple[int, Any]:
        """Return what a row is sorted by."""

    def id_of(self, row: int) -> str:
        """Return the id of the item in a row."""

    def search_text(self, row: int) -> str:
        """Return what the filter looks through, in small letters."""

    def flags_of(self, column: int) -> Qt.ItemFlag:
        """Return what can be done with the cells of a column."""


class RowFilter(QAbstractTableModel):
    """Shows those rows of a table that hold all words of a filter, in the order of a column.

    Rows keep their places while cells are edited, so that nothing jumps away from under the cursor; they are sorted
    anew when the user asks for it. New rows come last.

    Parameters
    ----------
    table
        A `QAbstractTableModel` that is a `SortableTable`.
    """

    def __init__(self, table: QAbstractTableModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._table = table
        self._width = table.columnCount()
        self._order: list[int] = []
        self._places: dict[int, int] = {}
        self._words: list[str] = []
        self._ids: frozenset[str] | None = None
        self._sorted_by: tuple[int, Qt.SortOrder] | None = None
        table.dataChanged.connect(self._on_data_changed)
        table.headerDataChanged.connect(self.headerDataChanged)
        table.modelAboutToBeReset.connect(self.beginResetModel)
        table.modelReset.connect(self._on_reset)
        table.rowsInserted.connect(self._on_inserted)
        table.rowsAboutToBeRemoved.connect(self._on_about_to_remove)
        self._set_order(self._arranged())

    # Qt's model interface

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own default)
        return 0 if parent.isValid() else len(self._order)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else self._width

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008
        if 0 <= row < len(self._order) and 0 <= column < self._width and not parent.isValid():
            return self.createIndex(row, column)
        return QModelIndex()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        return self._table.data(self._source(index), role)

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        return self._table.setData(self._source(index), value, role)

    def flags(self, index: Index) -> Qt.ItemFlag:
        # Views ask this often, so it does not go through the table
        return cast(SortableTable, self._table).flags_of(index.column()) if index.isValid() else Qt.ItemFlag.NoItemFlags

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        return self._table.headerData(section, orientation, role)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column now; a column of -1 is the order of the table itself."""
        self._sorted_by = (column, order) if column >= 0 else None
        self._rearrange()

    # What the panel asks

    def set_filter(self, text: str, ids: frozenset[str] | None = None) -> None:
        """Show the rows that hold all these words, in any of their texts, and are among these ids, if any are given."""
        words = text.casefold().split()
        if (words, ids) != (self._words, self._ids):
            self._words, self._ids = words, ids
            self._rearrange()

    @property
    def filtered(self) -> bool:
        """Whether rows may be hidden."""
        return bool(self._words) or self._ids is not None

    def source_row(self, row: int) -> int:
        """Return the row of the table that a shown row is."""
        return self._order[row]

    def shown_row(self, source_row: int) -> int | None:
        """Return where a row of the table is shown, or None when it is filtered out."""
        return self._places.get(source_row)

    def _source(self, index: Index) -> QModelIndex:
        if not index.isValid() or index.row() >= len(self._order):
            return QModelIndex()
        return self._table.index(self._order[index.row()], index.column())

    def _arranged(self) -> list[int]:
        table = cast(SortableTable, self._table)
        rows = list(range(self._table.rowCount()))
        if self._ids is not None:
            rows = [row for row in rows if table.id_of(row) in self._ids]
        if self._words:
            texts = ((row, table.search_text(row)) for row in rows)
            rows = [row for row, text in texts if all(word in text for word in self._words)]
        if self._sorted_by is not None and self._sorted_by[0] < self._table.columnCount():
            column, order = self._sorted_by
            keys = {row: table.sort_key(row, column) for row in rows}
            filled = [row for row in rows if keys[row][0] == 0]
            empty = [row for row in rows if keys[row][0] != 0]
            filled.sort(key=lambda row: keys[row][1], reverse=order == Qt.SortOrder.DescendingOrder)
            rows = filled + empty
        return rows

    def _set_order(self, order: list[int]) -> None:
        self._order = order
        self._places = {row: place for place, row in enumerate(order)}

    def _rearrange(self) -> None:
        """Change the order of rows and keep selections and editors with their rows."""
        self.layoutAboutToBeChanged.emit()
        kept = [(old, self._order[old.row()], old.column()) for old in self.persistentIndexList()]
        self._set_order(self._arranged())
        for old, row, column in kept:
            place = self._places.get(row)
            self.changePersistentIndex(old, QModelIndex() if place is None else self.index(place, column))
        self.layoutChanged.emit()

    # How it follows the table

    def _on_data_changed(self, first: QModelIndex, last: QModelIndex, roles: list[int]) -> None:
        count = last.row() - first.row() + 1
        if count > len(self._order) // 2:
            if self._order:
                end = self.index(len(self._order) - 1, last.column())
                self.dataChanged.emit(self.index(0, first.column()), end, roles)
            return
        for row in range(first.row(), last.row() + 1):
            place = self._places.get(row)
            if place is not None:
                self.dataChanged.emit(self.index(place, first.column()), self.index(place, last.column()), roles)

    def _on_reset(self) -> None:
        self._width = self._table.columnCount()
        self._set_order(self._arranged())
        self.endResetModel()

    def _on_inserted(self, _: QModelIndex, first: int, last: int) -> None:
        added = last - first + 1
        order = [row + added if row >= first else row for row in self._order]
        self._set_order(order)  # the table has moved its rows already
        place = len(order) if self._sorted_by is not None or self.filtered else first
        self.beginInsertRows(QModelIndex(), place, place + added - 1)
        self._set_order([*order[:place], *range(first, last + 1), *order[place:]])
        self.endInsertRows()

    def _on_about_to_remove(self, _: QModelIndex, first: int, last: int) -> None:
        """Drop the shown rows before the table drops its own: their cells can be asked for until then."""
        removed = last - first + 1
        gone = range(first, last + 1)
        runs = runs_of(sorted(self._places[row] for row in gone if row in self._places))
        if len(runs) > MOST_RUNS:
            self.beginResetModel()
            self._set_order([row for row in self._order if row not in gone])
            self.endResetModel()
        else:
            for start, end in reversed(runs):
                self.beginRemoveRows(QModelIndex(), start, end)
                self._set_order(self._order[:start] + self._order[end + 1 :])
                self.endRemoveRows()
        self._set_order([row - removed if row > last else row for row in self._order])
