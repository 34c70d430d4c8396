"""The model of a table of depots, vehicles, customers, profiles or zones, over an edit session."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from html import escape
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from app.edits.session import EditSession
from app.model.changes import Edit, EditRefusedError
from app.model.document import Change
from app.model.patch import State, table_of
from app.model.validate import Issue, issues_of_item
from app.views.tables.blocks import BlockRefusedError, write_block
from app.views.tables.columns import Column, Editor, columns_of
from app.views.tables.runs import MOST_RUNS, runs_of

Index = QModelIndex | QPersistentModelIndex

DISPLAY, EDIT, TIP = int(Qt.ItemDataRole.DisplayRole), int(Qt.ItemDataRole.EditRole), int(Qt.ItemDataRole.ToolTipRole)
ALIGNMENT, CHECK = int(Qt.ItemDataRole.TextAlignmentRole), int(Qt.ItemDataRole.CheckStateRole)
PROBLEM_ROLE = int(Qt.ItemDataRole.UserRole) + 1
"""What the model finds wrong with a cell, as a sentence; "" when nothing."""

_EDITED = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsEditable
_CHECKED = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


class ItemTable(QAbstractTableModel):
    """Rows are items, columns are `app.views.tables.columns.Column`; every edit goes through the session.

    Parameters
    ----------
    session
        Holds the scenario.
    kind
        Which table of it.

    Signals
    -------
    refused
        A sentence that says why an edit was not made.
    """

    refused = Signal(str)

    def __init__(self, session: EditSession, kind: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.kind = kind
        self._session = session
        self._columns: tuple[Column, ...] = ()
        self._items: list[Any] = []
        self._rows: dict[str, int] = {}
        self._problems: dict[str, list[Issue]] = {}
        self._read_all()
        session.changed.connect(self._on_changed)

    # What views ask

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own default)
        return 0 if parent.isValid() else len(self._items)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = DISPLAY) -> Any:
        if not index.isValid():
            return None
        column = self._columns[index.column()]
        item = self._items[index.row()]
        if role == DISPLAY:
            return None if column.editor is Editor.CHECK else column.show(column.get(item))
        if role == EDIT:
            return column.show(column.get(item))
        if role == CHECK and column.editor is Editor.CHECK:
            return Qt.CheckState.Checked if column.get(item) else Qt.CheckState.Unchecked
        if role == ALIGNMENT:
            return _RIGHT if column.numeric else _LEFT
        if role == PROBLEM_ROLE:
            return self._problem(item, column)
        if role == TIP:
            text = self._problem(item, column) or (column.show(column.get(item)) if column.width > 150 else "")
            return f"<p>{escape(text)}</p>" if text else None  # Qt would take a text with tags in it for markup
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = DISPLAY) -> Any:
        if orientation == Qt.Orientation.Vertical:
            return section + 1 if role == DISPLAY else None
        column = self._columns[section]
        if role == DISPLAY:
            return column.title
        if role == TIP:
            return column.tip or None
        return _RIGHT if role == ALIGNMENT and column.numeric else _LEFT if role == ALIGNMENT else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        return self.flags_of(index.column()) if index.isValid() else Qt.ItemFlag.NoItemFlags

    def setData(self, index: Index, value: Any, role: int = EDIT) -> bool:
        if not index.isValid() or role not in (EDIT, CHECK):
            return False
        column = self._columns[index.column()]
        text = str(value) if role == EDIT else "yes" if Qt.CheckState(value) == Qt.CheckState.Checked else "no"
        item = self._items[index.row()]
        if text == column.show(column.get(item)):
            return True
        return self.write([(item.id, {column.key: text})])

    # What the table view and the panel ask

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns, in order."""
        return self._columns

    @property
    def session(self) -> EditSession:
        """What holds the scenario."""
        return self._session

    @property
    def ids(self) -> Sequence[str]:
        """The ids of all items, in order."""
        return [str(item.id) for item in self._items]

    def id_of(self, row: int) -> str:
        """Return the id of the item in a row."""
        return str(self._items[row].id)

    def row_of(self, key: str) -> int | None:
        """Return the row of an item, or None when it is not there."""
        return self._rows.get(key)

    def flags_of(self, column: int) -> Qt.ItemFlag:
        """Return what can be done with the cells of a column."""
        return _CHECKED if self._columns[column].editor is Editor.CHECK else _EDITED

    def text_at(self, row: int, column: int) -> str:
        """Return the text of a cell as it is copied."""
        found = self._columns[column]
        return found.show(found.get(self._items[row]))

    def sort_key(self, row: int, column: int) -> tuple[int, Any]:
        """Return what a row is sorted by; rows with nothing in the column come last."""
        found = self._columns[column]
        value = found.get(self._items[row])
        if value is None or value == "" or value == ():
            return 1, 0
        return 0, value if found.numeric or isinstance(value, bool) else found.show(value).casefold()

    def search_text(self, row: int) -> str:
        """Return what the filter looks through, in small letters."""
        item = self._items[row]
        wanted = (one for one in self._columns if not one.numeric and one.editor is not Editor.CHECK)
        return "\n".join(one.show(one.get(item)) for one in wanted).casefold()

    def write(self, rows: Sequence[tuple[str | None, Mapping[str, str]]], name: str = "") -> bool:
        """Write texts into cells as one edit; see `app.views.tables.blocks.write_block`.

        Returns
        -------
        bool
            False when it was refused, and `refused` has said why.
        """
        return self.edit(lambda state: write_block(state, self.kind, rows, name))

    def edit(self, make: Callable[[State], Edit]) -> bool:
        """Make an edit of the present state, and do it.

        Returns
        -------
        bool
            False when it was refused, and `refused` has said why.
        """
        try:
            edit = make(self._session.state)
        except (EditRefusedError, BlockRefusedError) as refusal:
            self.refused.emit(str(refusal))
            return False
        self._session.do(*edit)
        return True

    # How it follows the document

    def _problem(self, item: Any, column: Column) -> str:
        found = self._problems.get(item.id)
        if found is None:
            found = self._problems[item.id] = issues_of_item(self._session.scenario, item)
        return next((str(issue) for issue in found if issue.field == column.field), "")

    def _on_changed(self, change: Change) -> None:
        self._problems.clear()  # references of other tables count as well
        if change.touches("settings", "vehicles") and self._columns_differ():
            self.beginResetModel()
            self._read_all()
            self.endResetModel()
        elif self.kind in change.moved:
            self._move_rows()
        elif change.of_kind(self.kind):
            self._replace_rows(change.of_kind(self.kind))
        elif change.touches("depots", "vehicles", "profiles", "settings") and self._items:
            self.dataChanged.emit(self.index(0, 0), self._last(), [PROBLEM_ROLE])

    def _columns_differ(self) -> bool:
        columns = columns_of(self.kind, self._session.scenario)
        return [(one.key, one.title, one.tip) for one in columns] != [(o.key, o.title, o.tip) for o in self._columns]

    def _read_all(self) -> None:
        scenario = self._session.scenario
        self._columns = columns_of(self.kind, scenario)
        self._take(list(table_of(scenario, self.kind).values()))

    def _take(self, items: list[Any]) -> None:
        self._items = items
        self._rows = {item.id: row for row, item in enumerate(items)}

    def _replace_rows(self, ids: Iterable[str]) -> None:
        table = table_of(self._session.scenario, self.kind)
        rows = sorted(self._rows[key] for key in ids)
        for row in rows:
            self._items[row] = table[self._items[row].id]
        runs = runs_of(rows)
        if len(runs) > MOST_RUNS:  # one that goes over rows that are as they were costs the views less
            runs = [(rows[0], rows[-1])]
        for first, last in runs:
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(self._columns) - 1))

    def _move_rows(self) -> None:
        """Follow rows that came, went or were renamed, with as little as the views have to know."""
        new = list(table_of(self._session.scenario, self.kind).values())
        old_ids, new_ids = list(self._rows), [item.id for item in new]
        if len(new) == len(self._items):
            self._take(new)
            self.dataChanged.emit(self.index(0, 0), self._last())
            return
        old_set, new_set = set(old_ids), set(new_ids)
        gone = runs_of([row for row, key in enumerate(old_ids) if key not in new_set])
        come = runs_of([row for row, key in enumerate(new_ids) if key not in old_set])
        kept_in_order = [key for key in old_ids if key in new_set] == [key for key in new_ids if key in old_set]
        if not kept_in_order or len(gone) + len(come) > MOST_RUNS:
            self.beginResetModel()
            self._take(new)
            self.endResetModel()
            return
        items = self._items
        for first, last in reversed(gone):
            self.beginRemoveRows(QModelIndex(), first, last)
            del items[first : last + 1]
            self.endRemoveRows()
        for first, last in come:
            self.beginInsertRows(QModelIndex(), first, last)
            items[first:first] = new[first : last + 1]
            self.endInsertRows()
        self._take(new)
        if new:
            self.dataChanged.emit(self.index(0, 0), self._last())

    def _last(self) -> QModelIndex:
        return self.index(len(self._items) - 1, len(self._columns) - 1)
