"""All keys on one page, which can be searched."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.views.theme import GAP, MARGIN

COLUMNS = (3, 2, 1)
"""Beside one another: as many as there is room for."""
APART = 2 * MARGIN
"""Pixels between columns."""
HEADING = 2
"""Rows that a heading and the gap below its group take."""
SHARE = 0.97
"""Of the screen that the page may take."""

GESTURES = (
    ("Click", "Select what is there"),
    ("Ctrl+Click", "Add to the selection, or take out of it"),
    ("Shift+Drag", "Add all places in a rectangle"),
    ("Ctrl+Drag", "Take out all places in a rectangle"),
    ("Drag a stop", "To a line: exactly there; to a stop: best place"),
    ("Alt, in a drag of a stop", "At the best place"),
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
    ("Drag a stop", "To another time or lane; to a name: best place"),
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

ZONES = (
    ("Click", "Put a corner while drawing"),
    ("Enter, double click", "Close the zone"),
    ("Backspace", "Take the last corner back"),
    ("Ctrl", "Do not snap while it is down"),
    ("Drag a corner or an edge", "Move the corner, or make one"),
    ("Drag the grip in the middle", "Move the zone"),
    ("Arrow keys", "Move the corner; with Shift further"),
    ("Delete, Alt+Click", "Take the corner out"),
)
RULES = (
    ("A, P, F", "Allow, prefer or forbid the vehicle"),
    ("Space, click on the symbol", "Go to the next of the three"),
    ("+, −", "Change the weight of a preference"),
    ("*, /", "Change what the service takes longer"),
)


class ShortcutsDialog(QDialog):
    """Lists the keys of every action, the gestures of map, zones and timeline, and the keys of the tables."""

    def __init__(self, groups: Iterable[tuple[str, list[QAction]]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("shortcuts_dialog")
        self.setWindowTitle("Keyboard Shortcuts")
        self.finished.connect(self.deleteLater)
        lists = [
            (title, [(_keys(action), action.iconText()) for action in actions if not action.shortcut().isEmpty()])
            for title, actions in groups
        ]
        more = {"On the map": GESTURES, "On zones": ZONES, "On the timeline": TIMELINE, "In tables": CELLS}
        more["In the table of profiles"] = RULES
        lists += [(title, list(rows)) for title, rows in more.items()]
        self.groups = [KeyGroup(title, rows) for title, rows in lists if rows]
        self.filter_line = QLineEdit()
        self.filter_line.setObjectName("shortcuts_filter")
        self.filter_line.setAccessibleName("Find a command or a key")
        self.filter_line.setPlaceholderText("Find a command or a key")
        self.filter_line.setClearButtonEnabled(True)
        self.filter_line.textChanged.connect(self._show_found)
        self._nothing = QLabel("No command and no key is called so.")
        self._nothing.setObjectName("shortcuts_nothing")
        self._nothing.setProperty("muted", True)
        self._nothing.hide()
        page = self._make_page()
        area = QScrollArea()
        area.setObjectName("shortcuts_area")
        area.setAccessibleName("Keys")
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(page)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        for widget, stretch in ((self.filter_line, 0), (self._nothing, 0), (area, 1), (buttons, 0)):
            layout.addWidget(widget, stretch)
        around = QSize(4 * MARGIN, 5 * MARGIN + self.filter_line.sizeHint().height() + buttons.sizeHint().height())
        self.resize((page.sizeHint() + around).boundedTo(self._room()))

    def _room(self) -> QSize:
        return self.screen().availableSize() * SHARE

    def _parts(self, room: int) -> list[range]:
        """Return the groups in each column, in so many columns as fit into some pixels."""
        heights = [len(group.rows) + HEADING for group in self.groups]
        widths = [group.sizeHint().width() + APART for group in self.groups]
        ways = [balanced(heights, columns) for columns in COLUMNS]
        fitting = (way for way in ways if sum(max(widths[part.start : part.stop]) for part in way) - APART <= room)
        return next(fitting, ways[-1])

    def _make_page(self) -> QWidget:
        page = QWidget()
        columns = QHBoxLayout(page)
        columns.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        columns.setSpacing(APART)
        for part in self._parts(self._room().width() - 5 * MARGIN):
            column = QVBoxLayout()
            column.setSpacing(MARGIN + MARGIN // 2)
            for group in self.groups[part.start : part.stop]:
                column.addWidget(group)
            column.addStretch()
            columns.addLayout(column)
        columns.addStretch(1)
        return page

    def _show_found(self, text: str) -> None:
        found = [group.show_found(text.casefold()) for group in self.groups]
        self._nothing.setVisible(not any(found))


class KeyGroup(QWidget):
    """A heading, and below it a row for each command: its keys, and what they do."""

    def __init__(self, title: str, rows: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(GAP)
        grid.setVerticalSpacing(2)
        heading = QLabel(title)
        font = heading.font()
        font.setBold(True)
        heading.setFont(font)
        grid.addWidget(heading, 0, 0, 1, 2)
        self.rows: list[tuple[str, QLabel, QLabel]] = []
        for row, (keys, text) in enumerate(rows, start=1):
            caps, meaning = QLabel(keys), QLabel(text)
            caps.setProperty("keys", True)
            grid.addWidget(caps, row, 0, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(meaning, row, 1)
            self.rows.append((f"{title} {keys} {text}".casefold(), caps, meaning))
        grid.setColumnStretch(1, 1)

    def show_found(self, text: str) -> bool:
        """Show the rows that hold a text, and return whether there are any."""
        found = [text in row for row, _, _ in self.rows]
        for shown, (_, caps, meaning) in zip(found, self.rows, strict=True):
            caps.setVisible(shown)
            meaning.setVisible(shown)
        self.setVisible(any(found))
        return any(found)


def balanced(heights: Sequence[int], columns: int) -> list[range]:
    """Return which things stand in each column, in their order, so that the highest column is as low as it can be."""
    count = len(heights)
    ways = combinations(range(1, count), min(columns, count) - 1)
    parts = ([range(a, b) for a, b in zip((0, *cuts), (*cuts, count), strict=True)] for cuts in ways)
    return min(parts, key=lambda part: max(sum(heights[one] for one in column) for column in part))


def _keys(action: QAction) -> str:
    return " or ".join(one.toString(QKeySequence.SequenceFormat.NativeText) for one in action.shortcuts())
