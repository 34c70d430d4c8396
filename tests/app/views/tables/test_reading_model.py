"""What tables that are read have in common."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QObject, Qt
from pytestqt.qtbot import QtBot

from app.views.tables.reading_model import Index, ReadingModel


class Letters(ReadingModel):
    """Three rows of two cells."""

    def length(self) -> int:
        return 3

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self.aligned(index.column())
        return "abc"[index.row()] * (index.column() + 1) if role == Qt.ItemDataRole.DisplayRole else None


@pytest.fixture
def model(qtbot: QtBot, qapp: QObject) -> Letters:
    return Letters(("Letter", "Twice"), right=[1])


def test_rows_have_none_below_them(model: Letters) -> None:
    assert (model.rowCount(), model.columnCount()) == (3, 2)
    below = model.index(1, 0)
    assert (model.rowCount(below), model.columnCount(below)) == (0, 0)


def test_titles_stand_as_their_columns(model: Letters) -> None:
    across, role = Qt.Orientation.Horizontal, Qt.ItemDataRole
    assert [model.headerData(column, across) for column in range(2)] == ["Letter", "Twice"]
    for column, side in enumerate((Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight)):
        title = model.headerData(column, across, role.TextAlignmentRole)
        assert title == model.index(0, column).data(role.TextAlignmentRole) == side | Qt.AlignmentFlag.AlignVCenter
    assert model.headerData(0, Qt.Orientation.Vertical) is None
    assert model.headerData(0, across, role.ToolTipRole) is None
