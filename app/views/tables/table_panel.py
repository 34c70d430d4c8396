"""One tab of the tables: filter line, buttons, message line, and the table or what to do while it is empty."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QGuiApplication, QIcon
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from app.edits.selection import Combining, Selection
from app.edits.session import EditSession
from app.language import tr, trc
from app.model import changes
from app.model.words import COUNTED
from app.views.empty_state import EmptyState
from app.views.kind_words import TABLE_WORDS, shown_of
from app.views.messages import InlineMessage
from app.views.tables.customer_filter import CustomerFilter
from app.views.tables.filter_line import FilterLine
from app.views.tables.item_table import ItemTable
from app.views.tables.new_items import new_item
from app.views.tables.profile_grid import ProfileGrid, RuleButtons
from app.views.tables.table_view import TableView
from app.views.theme import GAP, Theme

FILTER_DELAY = 120
"""Milliseconds from the last letter in the filter line until rows are filtered."""

FILTERS_FIRST = 100
"""Share of the free room that the filters get, over that between them and the buttons: as long as they can use it."""


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
        self._words = TABLE_WORDS[kind]
        self.table = ItemTable(session, kind, self)
        self.view = ProfileGrid(self.table, theme) if kind == "profiles" else TableView(self.table, theme)
        self.message = InlineMessage(theme)
        self.filter_line = FilterLine(kind)
        self._more: CustomerFilter | None = None
        self._select_shown = QToolButton()
        theme.bind(self.filter_line.addAction(QIcon(), QLineEdit.ActionPosition.LeadingPosition), "filter")
        self._count = QLabel()
        self._count.setObjectName(f"{kind}_count")
        self._count.setProperty("muted", True)
        self._count.setMinimumWidth(1)  # the first to give way where there is little room
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(FILTER_DELAY)

        buttons = [(self._words.add, f"{kind}_empty_add", self.add_row)]
        if kind == "customers":
            buttons.insert(0, (tr("Import customers…"), "customers_empty_import", self.import_requested.emit))
        self._empty = EmptyState(self._words.empty, buttons)
        self._nothing_found = EmptyState("", [(tr("Clear filter"), f"{kind}_clear_filter", self.clear_filter)])
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
        self.clear_filter()
        self._selection.set_ids(self.kind, [key])

    def clear_filter(self) -> None:
        """Show all rows."""
        self.filter_line.clear()
        if self._more is not None:
            self._more.clear()
        self._apply_filter()

    def take_filter(self, more: CustomerFilter) -> None:
        """Filter by more than words from now on; it is shown beside the filter line."""
        self._more = more
        self._filters.addWidget(more)
        QWidget.setTabOrder(self.filter_line, more.profile)
        QWidget.setTabOrder(more.profile, more.trait)
        more.changed.connect(self._apply_filter)
        self._apply_filter()

    def choose_shown(self, how: Combining = Combining.REPLACE) -> None:
        """Select all rows that the filter shows, add them to the selection, or take them out of it."""
        self._apply_filter()
        if self.view.rows.filtered:
            rows = self.view.rows
            shown = [self.table.id_of(rows.source_row(row)) for row in range(rows.rowCount())]
            self._selection.choose(self.kind, shown, how)

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
        self._filters = QHBoxLayout()
        self._filters.setSpacing(GAP)
        self._filters.addWidget(self.filter_line, 1)
        top.addLayout(self._filters, FILTERS_FIRST)
        self._select_shown.setObjectName(f"{self.kind}_select_shown")
        self._select_shown.setAccessibleName(tr("Select what is found"))
        self._select_shown.setToolTip(
            tr("Select what is found; with Shift add it to the selection, with Ctrl take it out")
        )
        self._select_shown.setAutoRaise(True)
        theme.bind(self._select_shown, "select")
        top.addWidget(self._select_shown)
        top.addWidget(self._count)
        top.addStretch(1)
        if isinstance(self.view, ProfileGrid):
            top.addWidget(RuleButtons(self.view, theme))
        for name, meaning, keys, act in (
            ("add", self._words.add, trc("key", "Insert"), self.add_row),
            ("delete", tr("Delete what is selected"), trc("key", "Delete"), self.delete_requested.emit),
        ):
            button = QToolButton()
            button.setObjectName(f"{self.kind}_{name}")
            button.setAccessibleName(meaning)
            button.setToolTip(f"{meaning} ({keys})")
            button.setAutoRaise(True)
            theme.bind(button, name)
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
        self.filter_line.chosen.connect(self.choose_shown)
        self.filter_line.left.connect(self.view.setFocus)
        self._select_shown.clicked.connect(lambda: self.choose_shown(Combining.of(QGuiApplication.keyboardModifiers())))
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
        self.view.rows.set_filter(self.filter_line.text(), None if self._more is None else self._more.ids)
        self._follow_selection()

    def _refresh(self) -> None:
        """Show the table, or why there is nothing in it, and how many rows there are."""
        total, shown = self.table.rowCount(), self.view.rows.rowCount()
        page: QWidget = self.view
        if total == 0:
            page = self._empty
        elif shown == 0:
            page = self._nothing_found
            self._nothing_found.say(self._what_is_missing())
        self._stack.setCurrentWidget(page)
        self._select_shown.setVisible(self.view.rows.filtered and shown > 0)
        filtered = self.view.rows.filtered
        self._count.setText(shown_of(self.kind, shown, total) if filtered else COUNTED[self.kind](total))

    def _what_is_missing(self) -> str:
        words = self.filter_line.text().strip()
        if self._more is None or self._more.ids is None:
            return self._words.none_has.format(words=words)
        return self._words.none_fits_all if words else self._words.none_fits

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
