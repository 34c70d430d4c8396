"""What is wrong with a file, as a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QHeaderView, QTableView

from app.io.issues import RowIssue
from app.language import tr
from app.map.text_scale import scaled
from app.views.tables.reading_model import Index, ReadingModel
from app.views.tables.reading_view import Selects, make_reading_view

_TITLES = (tr("File"), tr("Row"), tr("Column"), tr("Value"), tr("Expected"))


class IssuesTable(ReadingModel):
    """One row for each `app.io.issues.RowIssue`."""

    def __init__(self, issues: Sequence[RowIssue] = (), parent: QObject | None = None) -> None:
        super().__init__(_TITLES, parent=parent)
        self._issues = tuple(issues)

    def set_issues(self, issues: Sequence[RowIssue]) -> None:
        """Show others."""
        self.beginResetModel()
        self._issues = tuple(issues)
        self.endResetModel()

    def length(self) -> int:
        return len(self._issues)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        issue = self._issues[index.row()]
        return (issue.file, str(issue.row or ""), issue.column, issue.value, issue.expected)[index.column()]


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
