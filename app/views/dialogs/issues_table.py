"""What is wrong with a file, as a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QHeaderView, QTableView

from app.io.issues import RowIssue
from app.language import tr
from app.map.text_scale import scaled
from app.views.tables.reading_view import Selects, make_reading_view

Index = QModelIndex | QPersistentModelIndex

_TITLES = (tr("File"), tr("Row"), tr("Column"), tr("Value"), tr("Expected"))


class IssuesTable(QAbstractTableModel):
    """One row for each `app.io.issues.RowIssue`."""

    def __init__(self, issues: Sequence[RowIssue] = (), parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._issues = tuple(issues)

    def set_issues(self, issues: Sequence[RowIssue]) -> None:
        """Show others."""
        self.beginResetModel()
        self._issues = tuple(issues)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own default)
        return 0 if parent.isValid() else len(self._issues)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(_TITLES)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        issue = self._issues[index.row()]
        return (issue.file, str(issue.row or ""), issue.column, issue.value, issue.expected)[index.column()]

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return _TITLES[section]
        return None


def issues_view(table: IssuesTable) -> QTableView:
    """Return a view of a table of issues."""
    view = QTableView()
    view.setObjectName("issues_view")
    view.setAccessibleName(tr("Rows that cannot be used"))
    make_reading_view(view, table, Selects.ExtendedSelection)
    view.horizontalHeader().setSectionResizeMode(4, QHeaderView.ResizeMode.Stretch)
    view.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    for column, width in enumerate((130, 54, 130, 150)):
        view.setColumnWidth(column, scaled(width))
    return view
