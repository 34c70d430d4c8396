"""One tab of the tables: filter line, buttons, message line, and the table or what to do while it is empty."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QIcon, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from app.edits.selection import Selection
from app.edits.session import EditSession
from app.model import changes
from app.views.empty_state import EmptyState
from app.views.messages import InlineMessage
from app.views.tables.columns import new_item
from app.views.tables.item_table import ItemTable
from app.views.tables.table_view import TableView
from app.views.theme import GAP, Theme

FILTER_DELAY = 120
"""Milliseconds from the last letter in the filter line until rows are filtered."""

_WORDS = {
    "depots": ("depot", "No depots yet. Add the place where your vehicles start, here or on the map."),
    "vehicles": ("vehicle", "No vehicles yet. Add a type of vehicle and say how many of it you have."),
    "customers": (
        "customer",
        "No customers yet. Import a file of any shape, paste rows from a spreadsheet, or add customers on the map.",
    ),
    "profiles": (
        "profile",
        "No customer profiles yet. A profile says which vehicles its customers may get, prefer, or must not get.",
    ),
    "zones": ("zone", "No zones yet. A zone keeps some vehicles away from the customers that lie in it."),
}


class TablePanel(QWidget):
    """A table of one kind, linked to the selection.

    Signals
    -------
    delete_requested, import_requested
        A button was pressed.
    """

    delete_requested = Signal()
    import_requested = Signal()

    def __init__(
        self, session: EditSession, selection: Selection, kind: str, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName(f"{kind}_panel")
        self.kind = kind
        self._session = session
        self._selection = selection
        self._following = False
        self._word, sentence = _WORDS[kind]
        self.table = ItemTable(session, kind, self)
        self.view = TableView(self.table, theme)
        self.message = InlineMessage(theme)
        self.filter_line = QLineEdit()
        self.filter_line.setObjectName(f"{kind}_filter")
        self.filter_line.setAccessibleName(f"Filter {kind}")
        self.filter_line.setPlaceholderText(f"Filter {kind}")
        self.filter_line.setClearButtonEnabled(True)
        self.filter_line.setMaximumWidth(280)
        theme.bind(self.filter_line.addAction(QIcon(), QLineEdit.ActionPosition.LeadingPosition), "filter")
        self._count = QLabel()
        self._count.setObjectName(f"{kind}_count")
        self._count.setProperty("muted", True)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(FILTER_DELAY)

        buttons = [(f"Add {self._word}", f"{kind}_empty_add", self.add_row)]
        if kind == "customers":
            buttons.insert(0, ("Import customers…", "customers_empty_import", self.import_requested.emit))
        self._empty = EmptyState(sentence, buttons)
        self._nothing_found = EmptyState("", [("Clear filter", f"{kind}_clear_filter", self.filter_line.clear)])
        self._stack = QStackedWidget()
        for page in (self.view, self._empty, self._nothing_found):
            self._stack.addWidget(page)
        self._lay_out(theme)
        self._connect()
        self._refresh()

    def show_id(self, key: str) -> None:
        """Select an item, bring it into view and begin to edit it."""
        self.find_id(key)
        self.view.edit_id(key)

    def find_id(self, key: str) -> None:
        """Select an item and bring it into view, even if the filter has hidden it."""
        self.filter_line.clear()
        self._apply_filter()
        self._selection.set_ids(self.kind, [key])

    def add_row(self) -> None:
        """Add an item at the end and begin to edit it."""
        key = changes.free_id(self._session.scenario, self.kind)
        item = new_item(self.kind, key, self._session.scenario)
        if self.table.edit(lambda state: changes.add(state, self.kind, [item])):
            self.show_id(key)

    def _lay_out(self, theme: Theme) -> None:
        top = QHBoxLayout()
        top.setContentsMargins(GAP, GAP - 2, GAP, GAP - 2)
        top.setSpacing(GAP)
        top.addWidget(self.filter_line, 1)
        top.addWidget(self._count)
        top.addStretch(1)
        for name, icon, tip, act in (
            ("add", "add", f"Add {self._word} (Insert)", self.add_row),
            ("delete", "delete", "Delete what is selected (Delete)", self.delete_requested.emit),
        ):
            button = QToolButton()
            button.setObjectName(f"{self.kind}_{name}")
            button.setAccessibleName(tip.partition(" (")[0])
            button.setToolTip(tip)
            button.setAutoRaise(True)
            theme.bind(button, icon)
            button.clicked.connect(lambda _checked=False, act=act: act())
            top.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(top)
        layout.addWidget(self.message)
        layout.addWidget(self._stack, 1)

    def _connect(self) -> None:
        self.filter_line.textChanged.connect(lambda _: self._timer.start())
        self.filter_line.returnPressed.connect(self._apply_filter)
        self._timer.timeout.connect(self._apply_filter)
        self.table.refused.connect(self.message.say)
        self._session.changed.connect(lambda _: self.message.clear())
        self._selection.changed.connect(self._follow_selection)
        self.view.selectionModel().selectionChanged.connect(lambda *_: self._give_selection())
        for signal in (
            self.view.rows.rowsInserted,
            self.view.rows.rowsRemoved,
            self.view.rows.modelReset,
            self.view.rows.layoutChanged,
            self.table.rowsRemoved,  # the view drops its rows first, when the table still counts them
        ):
            signal.connect(lambda *_: self._refresh())

    def _apply_filter(self) -> None:
        self._timer.stop()
        self.view.rows.set_filter(self.filter_line.text())
        self._follow_selection()

    def _refresh(self) -> None:
        """Show the table, or why there is nothing in it, and how many rows there are."""
        total, shown = self.table.rowCount(), self.view.rows.rowCount()
        page: QWidget = self.view
        if total == 0:
            page = self._empty
        elif shown == 0:
            page = self._nothing_found
            self._nothing_found.say(f"No {self._word} has “{self.filter_line.text()}” in any of its texts.")
        self._stack.setCurrentWidget(page)
        noun = self._word if total == 1 else self.kind
        self._count.setText(f"{shown:,} of {total:,} {noun}" if self.view.rows.filtered else f"{total:,} {noun}")

    def _follow_selection(self) -> None:
        wanted = self._selection.ids(self.kind)
        if wanted == frozenset(self.view.selected_ids()):
            return
        self._following = True
        self.view.select_ids(wanted)
        self._following = False

    def _give_selection(self) -> None:
        if self._following:
            return
        ids = self.view.selected_ids()
        if ids or self._selection.ids(self.kind):
            self._selection.set_ids(self.kind, ids)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave the filter line for the table with the down arrow."""
        if self.filter_line.hasFocus() and event.key() == Qt.Key.Key_Down:
            self.view.setFocus()
            return
        super().keyPressEvent(event)
