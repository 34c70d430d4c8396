"""The page of keys: balanced columns, and finding a command or a key."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.views.dialogs.shortcuts_dialog import ShortcutsDialog, balanced


@pytest.fixture
def dialog(qtbot: QtBot) -> ShortcutsDialog:
    saved, opened, silent = QAction("&Save"), QAction("&Open"), QAction("About")
    saved.setShortcut(QKeySequence("Ctrl+S"))
    opened.setShortcut(QKeySequence("Ctrl+O"))
    made = ShortcutsDialog([("File", [saved, opened, silent]), ("Help", [])])
    qtbot.addWidget(made)
    made.show()
    return made


def rows(dialog: ShortcutsDialog) -> list[str]:
    return [row for group in dialog.groups for row, caps, _ in group.rows if caps.isVisible()]


def test_every_command_with_keys_is_listed(dialog: ShortcutsDialog) -> None:
    listed = [row for row in rows(dialog) if row.startswith("file ")]
    assert len(listed) == 2
    assert len(rows(dialog)) == sum(len(group.rows) for group in dialog.groups)


def test_words_and_keys_are_found(dialog: ShortcutsDialog) -> None:
    everything = rows(dialog)
    dialog.filter_line.setText("CTRL+s")
    assert len([row for row in rows(dialog) if row.startswith("file ")]) == 1
    dialog.filter_line.setText("file open")
    assert rows(dialog) == []
    dialog.filter_line.setText("zoom")
    assert rows(dialog)
    assert all("zoom" in row for row in rows(dialog))
    assert sum(group.isVisible() for group in dialog.groups) < len(dialog.groups)
    dialog.filter_line.clear()
    assert rows(dialog) == everything


def test_where_nothing_is_found_it_says_so(dialog: ShortcutsDialog) -> None:
    nothing = dialog.findChild(QLabel, "shortcuts_nothing")
    assert nothing is not None
    assert not nothing.isVisible()
    dialog.filter_line.setText("no such thing")
    assert nothing.isVisible()


@given(st.lists(st.integers(1, 20), min_size=1, max_size=9), st.integers(1, 4))
def test_columns_hold_all_in_order_and_none_is_higher_than_it_has_to_be(heights: list[int], columns: int) -> None:
    parts = balanced(heights, columns)
    assert [one for part in parts for one in part] == list(range(len(heights)))
    assert len(parts) <= columns
    highest = max(sum(heights[one] for one in part) for part in parts)
    assert highest <= max(max(heights), -(-sum(heights) // columns) + max(heights))
