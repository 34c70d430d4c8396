"""Models of tables that are read and not edited: rows that are replaced as a whole, below titles that stay."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

Index = QModelIndex | QPersistentModelIndex


class ReadingModel(QAbstractTableModel):
    """Counts rows and columns, and titles and aligns them; what is in the cells a subclass says.

    Parameters
    ----------
    titles
        Of the columns.
    right
        Columns that are aligned to the right, as numbers are.
    parent
        Owner.

    Attributes
    ----------
    titles
        May be others whenever the model is reset.
    """

    def __init__(self, titles: Sequence[str], right: Collection[int] = (), parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.titles = tuple(titles)
        self._right = frozenset(right)

    def length(self) -> int:
        """Return the number of rows."""
        raise NotImplementedError

    def aligned(self, column: int) -> Qt.AlignmentFlag:
        """Return how the cells of a column are aligned, and its title."""
        side = Qt.AlignmentFlag.AlignRight if column in self._right else Qt.AlignmentFlag.AlignLeft
        return side | Qt.AlignmentFlag.AlignVCenter

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own default)
        return 0 if parent.isValid() else self.length()

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.titles)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is Qt.Orientation.Horizontal:
            if role == Qt.ItemDataRole.DisplayRole:
                return self.titles[section]
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return self.aligned(section)
        return None
