"""All locks of the plan beside the map, with what each costs once that has been asked."""

from __future__ import annotations

from collections.abc import Iterable
from math import ceil

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.edits.selection import ROUTES, Selection
from app.edits.session import EditSession
from app.jobs.asker import Asker
from app.language import tr, trn
from app.model.customer_sets import routes_of
from app.model.document import Change
from app.model.patch import State
from app.model.plan import Lock, Plan
from app.model.relaxations import Relaxation, lock_relaxations
from app.model.units import span
from app.model.why.explanation import Explanation
from app.model.why.priced import price_of, price_of_locks
from app.model.why.prices import SECONDS, effort
from app.model.why.questions import Binding, WhatCosts
from app.views.empty_state import EmptyState
from app.views.locks.locks_table import COST, TITLE, LocksModel, LocksView, priced
from app.views.theme import GAP, MARGIN, Theme

EMPTY = tr(
    "No stop is locked. Select stops or routes, then choose Lock in the Plan menu: a search leaves them as they are, "
    "and here you see what that costs."
)
EXPLAINED = tr(
    "From {seconds} s of search with all locks, and as much without each. "
    "A longer search may find that one costs more.",
    seconds=f"{2 * SECONDS:g}",
)
OLD = tr("The plan has changed since these prices were worked out. Ask again for those of now.")


class LocksPanel(QWidget):
    """A table of locks, a button that asks for prices, and how far that is.

    Signals
    -------
    selection_requested
        A frozenset of ``("customers", id)`` that the user picked.
    item_activated
        Kind and id of what should be shown on the map.
    unlock_requested
        The locks of all that is selected should go.
    asked
        What they cost is being searched for.
    priced
        Something else is known about what all locks together cost, see `together`.
    """

    selection_requested = Signal(object)
    item_activated = Signal(str, str)
    unlock_requested = Signal()
    asked = Signal()
    priced = Signal()

    def __init__(
        self, session: EditSession, selection: Selection, prices: Asker, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("locks_panel")
        self._session, self._selection, self._prices = session, selection, prices
        self._known: Explanation | None = None
        self._asked: State | None = None  # what the prices are of
        self._following = False  # while rows are selected because something else was picked elsewhere
        self.model = LocksModel()
        self.model.icons.set_palette(self.palette())
        self.view = LocksView(self.model)
        self.ask_button = QPushButton(tr("What do they cost?"))
        self.ask_button.setObjectName("locks_ask")
        self.ask_button.setAccessibleDescription(tr("Solves without each lock, in the background, and compares"))
        self.stop_button = QPushButton(tr("Stop"))
        self.stop_button.setObjectName("locks_stop")
        self.stop_button.setAccessibleDescription(tr("Ends the comparison and keeps what is known"))
        self.progress = QProgressBar()
        self.progress.setObjectName("locks_progress")
        self.progress.setAccessibleName(tr("Searches that have been made"))
        self.progress.setTextVisible(False)
        self.progress.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._summary, self._note = _label("locks_summary"), _label("locks_note")
        self._note.setProperty("muted", True)
        self._show_button = _tool("locks_show", "fit", tr("Show on the map (Return)"), theme)
        self._unlock_button = _tool("locks_unlock", "unlock", tr("Unlock (Del)"), theme)
        self._lay_out()
        self._connect()
        self._refresh()
        self._show_busy()

    @property
    def together(self) -> str | None:
        """What all locks together cost, in words; None where that is not known of the present plan."""
        if self._known is None or not self._current:
            return None
        price = price_of_locks(self._known, self._session.state)
        if price is None:
            return None
        cost = priced(price, self._session.scenario.settings.currency)
        return tr("at least {cost}", cost=cost) if price.found else cost

    def ask(self) -> None:
        """Ask what the locks cost, unless that is being searched for."""
        state = self._session.state
        if state.plan.locks and not self._prices.busy:
            self._known, self._asked = None, state
            self._refresh()
            self._prices.ask(WhatCosts(frozenset({Binding.LOCK}), most=len(self.model.rows) + 1))
            self._on_progressed(0, 1)
            self._show_busy()
            self.asked.emit()

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(GAP)
        for widget in (self.ask_button, self.stop_button):
            widget.setAutoDefault(False)
            buttons.addWidget(widget)
        buttons.addWidget(self.progress, 1)
        buttons.addStretch()
        buttons.addWidget(self._show_button)
        buttons.addWidget(self._unlock_button)
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        layout.setSpacing(GAP)
        layout.addWidget(self._summary)
        layout.addWidget(self.view, 1)
        layout.addWidget(self._note)
        layout.addLayout(buttons)
        self._stack = QStackedWidget()
        self._stack.setObjectName("locks_stack")
        self._stack.addWidget(EmptyState(EMPTY))
        self._stack.addWidget(page)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._stack)
        self.setFocusProxy(self.view)

    def _connect(self) -> None:
        self._session.changed.connect(self._on_changed)
        self._session.replaced.connect(self._forget)
        self._selection.changed.connect(self._follow_selection)
        self.selection_requested.connect(self._selection.set)
        self._prices.answered.connect(self._on_priced)
        self._prices.progressed.connect(self._on_progressed)
        self._prices.ended.connect(self._show_busy)
        self.stop_button.clicked.connect(self._prices.stop)
        self.view.selectionModel().selectionChanged.connect(self._on_picked)
        self.view.activated.connect(lambda _: self._activate())
        self.view.unlock_requested.connect(self.unlock_requested)
        self._show_button.clicked.connect(self._activate)
        self._unlock_button.clicked.connect(self.unlock_requested)

    # What is shown

    @property
    def _current(self) -> bool:
        """Whether the prices are of the present plan."""
        asked, now = self._asked, self._session.state
        return asked is not None and asked.scenario is now.scenario and asked.plan == now.plan

    def _on_changed(self, change: Change) -> None:
        if change.touches("plan", "customers", "vehicles", "settings"):  # routes, locks, names, currency
            self._refresh()
        else:
            self._say()

    def _refresh(self) -> None:
        state, known = self._session.state, self._known
        rows = lock_relaxations(state)
        prices = {} if known is None else {one: price_of(known, one) for one in rows}
        changed = self.model.set_rows(
            tuple((one, _kind(one, state.plan), prices.get(one)) for one in rows), state.scenario.settings.currency
        )
        self.view.setColumnHidden(COST, known is None)  # names get the room of what is empty
        self._stack.setCurrentIndex(1 if rows else 0)
        self._say()
        if changed:
            self._follow_selection()

    def _say(self) -> None:
        locks, cost = len(self._session.plan.locks), self.together
        self._summary.setText(
            trn("{number} locked stop · together {cost}", "{number} locked stops · together {cost}", locks, cost=cost)
            if cost
            else trn("{number} locked stop", "{number} locked stops", locks)
        )
        if self._known is None:
            self._note.setText(self._offer())
        else:
            self._note.setText(EXPLAINED if self._current else OLD)
        self.priced.emit()

    def _offer(self) -> str:
        """Say what asking would do, and how long it would take."""
        locks = len(self.model.rows)
        searches, seconds = effort(locks + (locks > 1))
        return tr(
            "The plan is searched anew without each lock and without all of them: {searches} short searches, about "
            "{time}. You can go on working; an edit or a solve ends it.",
            searches=searches,
            time=span(ceil(seconds)),
        )

    def _show_busy(self) -> None:
        busy = self._prices.busy
        focused = self.ask_button.hasFocus() or self.stop_button.hasFocus()
        self.ask_button.setVisible(not busy)
        self.stop_button.setVisible(busy)
        self.progress.setVisible(busy)
        if focused:  # Space asks, and Space again stops
            (self.stop_button if busy else self.ask_button).setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_progressed(self, done: int, number: int) -> None:
        self.progress.setRange(0, number)
        self.progress.setValue(done)
        self.progress.setToolTip(tr("{done} of {number} searches", done=done, number=number))

    def _on_priced(self, known: Explanation) -> None:
        if not known.alternatives and not known.complete:
            return
        self._known = known
        self._refresh()

    def _forget(self) -> None:
        self._known = self._asked = None
        self._refresh()

    # What is picked

    def _picked(self) -> list[Relaxation]:
        return [self.model.rows[row.row()][0] for row in self.view.selectionModel().selectedRows()]

    def _on_picked(self) -> None:
        self._enable_tools()
        if not self._following:
            self.selection_requested.emit(frozenset(item for one in self._picked() for item in one.items))

    def _follow_selection(self) -> None:
        """Select the locks of what is selected elsewhere, without asking for the same again."""
        chosen, picked = self._selection.items, QItemSelection()
        rows = [row for row, (one, _, _) in enumerate(self.model.rows) if chosen.issuperset(one.items)]
        for row in rows:
            picked.select(self.model.index(row, 0), self.model.index(row, self.model.columnCount() - 1))
        model, flags = self.view.selectionModel(), QItemSelectionModel.SelectionFlag
        self._following = True
        model.select(picked, flags.ClearAndSelect)
        if rows and model.currentIndex().row() not in rows:  # else the user goes on from where they are
            model.setCurrentIndex(self.model.index(rows[0], TITLE), flags.NoUpdate)
        self._following = False
        self._enable_tools()

    def _enable_tools(self) -> None:
        chosen = self.view.selectionModel().hasSelection()
        for button in (self._show_button, self._unlock_button):
            button.setEnabled(chosen)

    def _activate(self) -> None:
        items = [item for one in self._picked() for item in one.items]
        if len(items) == 1:
            self.item_activated.emit(*items[0])
        elif routes := routes_of(self._session.plan, [key for _, key in items]):
            self.item_activated.emit(ROUTES, routes[0])

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.model.icons.set_palette(self.palette())
            self.view.viewport().update()


def _kind(relaxation: Relaxation, plan: Plan) -> Lock | None:
    kinds: Iterable[Lock | None] = {plan.locks.get(key) for _, key in relaxation.items}
    kind, *others = kinds
    return None if others else kind


def _label(name: str) -> QLabel:
    label = QLabel()
    label.setObjectName(name)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label


def _tool(name: str, icon: str, tip: str, theme: Theme) -> QToolButton:
    button = QToolButton()
    button.setObjectName(name)
    button.setToolTip(tip)
    button.setAccessibleName(tip)
    theme.bind(button, icon)
    return button
