"""Addresses of a list, and what has become of each, as a table."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QHeaderView, QTableView

from app.language import tr
from app.map.text_scale import scaled
from app.views.places.choices import Choices, State
from app.views.tables.reading_model import Index, ReadingModel
from app.views.tables.reading_view import Selects, make_reading_view

TITLES = (tr("Row"), tr("Address"), tr("State"), tr("Place"))
WORDS = {
    State.WAITING: tr("… waits"),
    State.SURE: tr("✓ found"),
    State.CHOSEN: tr("✓ chosen"),
    State.BY_HAND: tr("✓ by hand"),
    State.OPEN: tr("? choose"),
    State.NOT_FOUND: tr("✗ not found"),
    State.LEFT_OUT: tr("– left out"),
}


class PlacesTable(ReadingModel):
    """One row for each address.

    Parameters
    ----------
    choices
        What has become of them; tell the table when it changes.
    """

    def __init__(self, choices: Choices, parent: QObject | None = None) -> None:
        super().__init__(TITLES, parent=parent)
        self._choices = choices
        self.lines = list(choices.rows)

    def length(self) -> int:
        return len(self.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        line = self.lines[index.row()]
        row = self._choices.rows[line]
        place = row.label or ("" if row.point is None else f"{row.point[0]:.6f}, {row.point[1]:.6f}")
        return (str(line), str(row.address), WORDS[row.state], place)[index.column()]

    def tell(self, *lines: int) -> None:
        """Show some rows anew; all of them when none is named."""
        at = [self.lines.index(line) for line in lines] if len(lines) == 1 else [0, len(self.lines) - 1]
        if self.lines:
            self.dataChanged.emit(self.index(min(at), 0), self.index(max(at), len(TITLES) - 1))


def places_view(table: PlacesTable) -> QTableView:
    """Return a view of the addresses."""
    view = QTableView()
    view.setObjectName("places_rows")
    view.setAccessibleName(tr("Addresses and what has become of them"))
    make_reading_view(view, table, Selects.SingleSelection)
    view.horizontalHeader().setSectionResizeMode(3, QHeaderView.ResizeMode.Stretch)
    view.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    for column, width in enumerate((46, 210, 92)):
        view.setColumnWidth(column, scaled(width))
    return view
