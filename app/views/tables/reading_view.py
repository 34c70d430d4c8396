"""Tables that are read and not edited: how all of them look and answer to keys."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel
from PySide6.QtWidgets import QAbstractItemView, QTableView

Selects = QAbstractItemView.SelectionMode


def make_reading_view(view: QTableView, model: QAbstractItemModel, selects: Selects) -> None:
    """Let a table be read like a list: whole rows, no grid, nothing to edit, and Tab leads out of it.

    Parameters
    ----------
    view
        A new one.
    model
        What it shows.
    selects
        How many rows can be chosen; where that is a block of cells, cells are.
    """
    view.setModel(model)
    view.setAlternatingRowColors(True)
    view.setShowGrid(False)
    view.setTabKeyNavigation(False)
    view.setWordWrap(False)
    if selects is not Selects.ContiguousSelection:
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    view.setSelectionMode(selects)
    view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    view.verticalHeader().hide()
    view.horizontalHeader().setHighlightSections(False)
