"""All keys on one page."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.views.theme import GAP, MARGIN

COLUMNS = 3
"""So many that the page is no higher than a small screen."""

GESTURES = (
    ("Click", "Select what is there"),
    ("Ctrl+Click", "Add to the selection, or take out of it"),
    ("Shift+Drag", "Add all places in a rectangle"),
    ("Ctrl+Drag", "Take out all places in a rectangle"),
    ("Drag a place", "Move it, with all that is selected"),
    ("Drag the ground", "Move the map"),
    ("Wheel", "Zoom"),
    ("Double click", "Edit in the table"),
    ("Right click", "Change the plan by hand"),
    ("Esc", "Leave the gesture, the mode, the selection"),
)
TIMELINE = (
    ("Left, Right", "Go from stop to stop"),
    ("Up, Down", "Go to the lane above or below"),
    ("Home, End", "Go to the first or last stop"),
    ("Enter, double click", "Show on the map"),
    ("Ctrl+arrow keys, drag", "Move the time and the lanes"),
    ("Wheel, +, −", "Zoom; over the names the wheel scrolls"),
    ("F", "Show the whole day"),
)
CELLS = (
    ("Enter in the filter line", "Select what it finds"),
    ("Enter or F2", "Edit the cell"),
    ("Space", "Tick the box"),
    ("Tab, arrow keys", "Go from cell to cell"),
    ("Esc", "Leave the cell as it was"),
)


class ShortcutsDialog(QDialog):
    """Lists the keys of every action, the gestures of map and timeline, and the keys of the tables."""

    def __init__(self, groups: Iterable[tuple[str, list[QAction]]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("shortcuts_dialog")
        self.setWindowTitle("Keyboard Shortcuts")
        self.finished.connect(self.deleteLater)
        columns = QHBoxLayout()
        columns.setSpacing(4 * MARGIN)
        lists = [
            (title, [(_keys(action), action.iconText()) for action in actions if not action.shortcut().isEmpty()])
            for title, actions in groups
        ]
        lists += [("On the map", list(GESTURES)), ("On the timeline", list(TIMELINE)), ("In tables", list(CELLS))]
        share = sum(len(rows) + 2 for _, rows in lists) // COLUMNS
        column, filled = QVBoxLayout(), 0
        for title, rows in lists:
            if filled and filled + len(rows) > share + 2:
                column.addStretch()
                columns.addLayout(column)
                column, filled = QVBoxLayout(), 0
            column.addLayout(_group(title, rows))
            column.addSpacing(MARGIN)
            filled += len(rows) + 2
        column.addStretch()
        columns.addLayout(column)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * MARGIN, 2 * MARGIN, 2 * MARGIN, MARGIN)
        layout.addLayout(columns)
        layout.addWidget(buttons)


def _group(title: str, rows: list[tuple[str, str]]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(2 * MARGIN)
    grid.setVerticalSpacing(GAP // 2)
    heading = QLabel(title)
    font = heading.font()
    font.setBold(True)
    heading.setFont(font)
    grid.addWidget(heading, 0, 0, 1, 2)
    for row, (keys, text) in enumerate(rows, start=1):
        label = QLabel(keys)
        label.setProperty("muted", True)
        grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignLeft)
        grid.addWidget(QLabel(text), row, 1)
    grid.setColumnStretch(1, 1)
    return grid


def _keys(action: QAction) -> str:
    return " or ".join(one.toString(QKeySequence.SequenceFormat.NativeText) for one in action.shortcuts())
