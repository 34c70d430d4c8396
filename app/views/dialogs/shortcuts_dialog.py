"""All keys on one page, which can be searched."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import reduce
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

from app.language import tr
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
    (tr("Click"), tr("Select what is there")),
    (tr("Ctrl+Click"), tr("Add to the selection, or take out of it")),
    (tr("Shift+Drag"), tr("Add all places in a rectangle")),
    (tr("Ctrl+Drag"), tr("Take out all places in a rectangle")),
    (tr("Drag a stop"), tr("To a line: exactly there; to a stop: best place")),
    (tr("Alt, in a drag of a stop"), tr("At the best place")),
    (tr("Drag the ground"), tr("Move the map")),
    (tr("Wheel"), tr("Zoom")),
    (tr("Double click"), tr("Edit in the table")),
    (tr("Right click"), tr("Change the plan by hand")),
    (tr("Esc"), tr("Leave the gesture, the mode, the selection")),
)
TIMELINE = (
    (tr("Left, Right"), tr("Go from stop to stop")),
    (tr("Up, Down"), tr("Go to the lane above or below")),
    (tr("Home, End"), tr("Go to the first or last stop")),
    (tr("Enter, double click"), tr("Show on the map")),
    (tr("Ctrl+arrow keys, drag"), tr("Move the time and the lanes")),
    (tr("Drag a stop"), tr("To another time or lane; to a name: best place")),
    (tr("Wheel, +, −"), tr("Zoom; over the names the wheel scrolls")),
    (tr("F"), tr("Show the whole day")),
)
CELLS = (
    (tr("Enter in the filter line"), tr("Select what it finds")),
    (tr("Enter or F2"), tr("Edit the cell")),
    (tr("Space"), tr("Tick the box")),
    (tr("Tab, arrow keys"), tr("Go from cell to cell")),
    (tr("Esc"), tr("Leave the cell as it was")),
)

ZONES = (
    (tr("Click"), tr("Put a corner while drawing")),
    (tr("Enter, double click"), tr("Close the zone")),
    (tr("Backspace"), tr("Take the last corner back")),
    (tr("Ctrl"), tr("Do not snap while it is down")),
    (tr("Drag a corner or an edge"), tr("Move the corner, or make one")),
    (tr("Drag the grip in the middle"), tr("Move the zone")),
    (tr("Arrow keys"), tr("Move the corner; with Shift further")),
    (tr("Delete, Alt+Click"), tr("Take the corner out")),
)
RULES = (
    (tr("A, P, F"), tr("Allow, prefer or forbid the vehicle")),
    (tr("Space, click on the symbol"), tr("Go to the next of the three")),
    ("+, −", tr("Change the weight of a preference")),
    ("*, /", tr("Change what the service takes longer")),
)


class ShortcutsDialog(QDialog):
    """Lists the keys of every action, the gestures of map, zones and timeline, and the keys of the tables."""

    def __init__(self, groups: Iterable[tuple[str, list[QAction]]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("shortcuts_dialog")
        self.setWindowTitle(tr("Keyboard Shortcuts"))
        self.finished.connect(self.deleteLater)
        lists = [
            (title, [(_keys(action), action.iconText()) for action in actions if not action.shortcut().isEmpty()])
            for title, actions in groups
        ]
        more = {
            tr("On the map"): GESTURES,
            tr("On zones"): ZONES,
            tr("On the timeline"): TIMELINE,
            tr("In tables"): CELLS,
        }
        more[tr("In the table of profiles")] = RULES
        lists += [(title, list(rows)) for title, rows in more.items()]
        self.groups = [KeyGroup(title, rows) for title, rows in lists if rows]
        self.filter_line = QLineEdit()
        self.filter_line.setObjectName("shortcuts_filter")
        self.filter_line.setAccessibleName(tr("Find a command or a key"))
        self.filter_line.setPlaceholderText(tr("Find a command or a key"))
        self.filter_line.setClearButtonEnabled(True)
        self.filter_line.textChanged.connect(self._show_found)
        self._nothing = QLabel(tr("No command and no key is called so."))
        self._nothing.setObjectName("shortcuts_nothing")
        self._nothing.setProperty("muted", True)
        self._nothing.hide()
        page = self._make_page()
        area = QScrollArea()
        area.setObjectName("shortcuts_area")
        area.setAccessibleName(tr("Keys"))
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
    """Return the keys of a command as the system writes them."""
    written = [one.toString(QKeySequence.SequenceFormat.NativeText) for one in action.shortcuts()]
    return reduce(lambda others, last: tr("{keys} or {more}", keys=others, more=last), written)
