"""A table on the screen: editing in place, and blocks of cells to and from a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QItemSelectionRange, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from app.language import tr, trn
from app.map.text_scale import scaled
from app.views.kind_words import TITLES
from app.views.tables.blocks import from_clipboard, to_clipboard
from app.views.tables.delegate import CellDelegate
from app.views.tables.item_table import ItemTable
from app.views.tables.row_filter import RowFilter
from app.views.tables.runs import MOST_RUNS, runs_of
from app.views.theme import Theme

ROW_HEIGHT = 28
"""Pixels."""
NUMBER_WIDTH = 34
"""Pixels; the least width of the numbers of rows."""

BESIDE_TITLE = 18
"""Pixels to both sides of a title together."""

WIDEST_TITLE = 220
"""Pixels that a title may take when its column is laid out; the user can make it wider."""


class TableView(QTableView):
    """Shows an `ItemTable` through a `RowFilter`."""

    def __init__(self, table: ItemTable, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = table
        self.rows = RowFilter(table, self)
        self.setObjectName(f"{table.kind}_view")
        self.setAccessibleName(TITLES[table.kind])
        self.setAccessibleDescription(tr("Enter edits the cell; what is selected here is selected everywhere"))
        self.setModel(self.rows)
        self.setItemDelegate(CellDelegate(table, theme, self))
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.DoubleClicked | triggers.EditKeyPressed | triggers.AnyKeyPressed)
        self.verticalHeader().setDefaultSectionSize(scaled(ROW_HEIGHT))
        self.verticalHeader().setMinimumWidth(scaled(NUMBER_WIDTH))
        self.horizontalHeader().setHighlightSections(False)
        # The header would ask each row whether it is selected, to draw a whole column otherwise: seconds for 10,000.
        self.horizontalHeader().setSelectionModel(QItemSelectionModel(self.rows, self))
        self.horizontalHeader().setSectionsMovable(False)
        self.horizontalHeader().setStretchLastSection(True)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.horizontalHeader().setSortIndicatorClearable(True)
        self.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)
        self.rows.modelReset.connect(self._set_widths)
        self._set_widths()

    def selected_ids(self) -> list[str]:
        """Return the ids of all rows with a selected cell, in the order in which they are shown."""
        rows: set[int] = set()
        for part in self._selected_parts():
            rows.update(_rows(part))
        return [self.table.id_of(self.rows.source_row(row)) for row in sorted(rows)]

    def select_ids(self, ids: Iterable[str]) -> None:
        """Select whole rows; those that the filter hides are left out."""
        found = (self.table.row_of(key) for key in ids)
        shown = (self.rows.shown_row(row) for row in found if row is not None)
        rows = sorted(row for row in shown if row is not None)
        selection = QItemSelection()
        last_column = self.rows.columnCount() - 1
        for first, last in runs_of(rows):
            selection.select(self.rows.index(first, 0), self.rows.index(last, last_column))
        flags = QItemSelectionModel.SelectionFlag
        if min(selection.count(), self.selectionModel().selection().count()) > MOST_RUNS:
            self.selectionModel().clearSelection()  # else Qt compares each run of the one with each of the other
        self.selectionModel().select(selection, flags.ClearAndSelect)
        if rows:
            column = max(self.currentIndex().column(), 0)
            current = self.rows.index(rows[0], column)
            self.selectionModel().setCurrentIndex(current, flags.NoUpdate)
            self.scrollTo(current)

    def edit_id(self, key: str) -> None:
        """Begin to edit the first cell of an item that is not its id."""
        row = self.table.row_of(key)
        shown = None if row is None else self.rows.shown_row(row)
        if shown is not None:
            index = self.rows.index(shown, 1)
            self.setCurrentIndex(index)
            self.scrollTo(index)
            self.edit(index)

    def copy(self) -> bool:
        """Put the block around the selected cells on the clipboard; false when nothing is selected."""
        parts = self._selected_parts()
        if not parts:
            return False
        chosen = {(row, column) for part in parts for row in _rows(part) for column in _columns(part)}
        rows = sorted({row for row, _ in chosen})
        columns = sorted({column for _, column in chosen})
        block = (
            [
                self.table.text_at(self.rows.source_row(row), column) if (row, column) in chosen else ""
                for column in columns
            ]
            for row in rows
        )
        QGuiApplication.clipboard().setText(to_clipboard(block))
        return True

    def paste(self) -> bool:
        """Write the block on the clipboard from the current cell on; rows below the last one are added and selected.

        One cell on the clipboard fills all that are selected. A first row that repeats the titles of the columns is
        passed over.
        """
        block = from_clipboard(QGuiApplication.clipboard().text())
        if not block:
            return False
        if len(block) == 1 and len(block[0]) == 1 and len(self.selectionModel().selectedIndexes()) > 1:
            return self._write_selected(block[0][0])
        current = self.currentIndex()
        row, column = (current.row(), current.column()) if current.isValid() else (self.rows.rowCount(), 0)
        columns = self.table.columns[column:]
        titles = [one.title.casefold() for one in columns]
        if len(block) > 1 and [cell.strip().casefold() for cell in block[0]] == titles[: len(block[0])]:
            block = block[1:]
        if max(map(len, block)) > len(columns):
            self.table.refused.emit(
                tr(
                    "The block has {wide} columns; expected at most the {columns} from {first} on. "
                    "Nothing was changed.",
                    wide=max(map(len, block)),
                    columns=len(columns),
                    first=columns[0].title,
                )
            )
            return False
        written = [
            (
                self.table.id_of(self.rows.source_row(row + place)) if row + place < self.rows.rowCount() else None,
                {one.key: text for one, text in zip(columns, texts, strict=False)},
            )
            for place, texts in enumerate(block)
        ]
        return self._write_rows(written)

    def fill_down(self) -> bool:
        """Give all selected cells of each column the value of the topmost one."""
        tops: dict[int, tuple[int, str]] = {}
        cells: dict[int, set[int]] = {}
        for part in self._selected_parts():
            for column in _columns(part):
                cells.setdefault(column, set()).update(_rows(part))
        for column, rows in cells.items():
            top = min(rows)
            tops[column] = top, self.table.text_at(self.rows.source_row(top), column)
        texts: dict[int, dict[str, str]] = {}
        for column, rows in cells.items():
            key = self.table.columns[column].key
            if key != "id":
                for row in rows - {tops[column][0]}:
                    texts.setdefault(row, {})[key] = tops[column][1]
        if not texts:
            return False
        written = [(self.table.id_of(self.rows.source_row(row)), one) for row, one in sorted(texts.items())]
        return self.table.write(written, trn("Fill down {number} row", "Fill down {number} rows", len(written)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Return begin editing, as F2 does, and Space toggle a check box."""
        if (
            event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and self.state() != QAbstractItemView.State.EditingState
            and self.currentIndex().isValid()
        ):
            self.edit(self.currentIndex())
            return
        super().keyPressEvent(event)

    def _write_rows(self, rows: Sequence[tuple[str | None, Mapping[str, str]]]) -> bool:
        before = set(self.table.ids)
        if not self.table.write(rows):
            return False
        if any(key is None for key, _ in rows):  # out of sight, at the end or wherever the table is sorted
            kept = [key for key, _ in rows if key is not None]
            self.select_ids([*kept, *(key for key in self.table.ids if key not in before)])
        return True

    def _write_selected(self, text: str) -> bool:
        texts: dict[int, dict[str, str]] = {}
        for index in self.selectionModel().selectedIndexes():
            texts.setdefault(index.row(), {})[self.table.columns[index.column()].key] = text
        written = [(self.table.id_of(self.rows.source_row(row)), one) for row, one in sorted(texts.items())]
        return self.table.write(written, trn("Paste into {number} row", "Paste into {number} rows", len(written)))

    def _selected_parts(self) -> list[QItemSelectionRange]:
        selection = self.selectionModel().selection()
        return [selection.at(place) for place in range(selection.count())]

    def _set_widths(self) -> None:
        """Give each column its width, or what its title takes: names of loads and vehicles may be long."""
        metrics = self.horizontalHeader().fontMetrics()
        for place, column in enumerate(self.table.columns):
            titled = min(metrics.horizontalAdvance(column.title) + BESIDE_TITLE, scaled(WIDEST_TITLE))
            self.setColumnWidth(place, max(scaled(column.width), titled))


def copy_rows(view: QTableView) -> bool:
    """Put the selected rows of any table, or all of them, on the clipboard, with the titles of the columns."""
    model = view.model()
    rows = sorted({index.row() for index in view.selectionModel().selectedIndexes()}) or list(range(model.rowCount()))
    columns = range(model.columnCount())
    titles = [str(model.headerData(column, Qt.Orientation.Horizontal)) for column in columns]
    body = [[str(model.index(row, column).data() or "") for column in columns] for row in rows]
    QGuiApplication.clipboard().setText(to_clipboard([titles, *body]))
    return bool(rows)


def _rows(part: QItemSelectionRange) -> range:
    return range(part.top(), part.bottom() + 1)


def _columns(part: QItemSelectionRange) -> range:
    return range(part.left(), part.right() + 1)
