"""The locks of a plan as a table: what each is, and what it costs."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHeaderView, QTableView, QWidget

from app.language import tr, trn
from app.map.text_scale import scaled
from app.model.amounts import money
from app.model.plan import Lock
from app.model.relaxations import Relaxation
from app.model.why.priced import Price
from app.views.locks.lock_icons import LockIcons
from app.views.tables.reading_model import Index, ReadingModel
from app.views.tables.reading_view import Selects, make_reading_view

TITLES = ("", tr("Lock"), tr("Costs at least"))
KIND, TITLE, COST = range(len(TITLES))

NOTHING_FOUND = tr("nothing found")


class LocksModel(ReadingModel):
    """One row for each lock, the dearest first and those without a price last."""

    def __init__(self) -> None:
        super().__init__(TITLES, right=[COST])
        self.icons = LockIcons()
        self.rows: tuple[tuple[Relaxation, Lock | None, Price | None], ...] = ()
        self._currency = ""

    def set_rows(self, rows: tuple[tuple[Relaxation, Lock | None, Price | None], ...], currency: str) -> bool:
        """Show others, and return whether they are others.

        Parameters
        ----------
        rows
            What binds, its lock where that is one kind, and its price where that is known.
        currency
            Of the prices.
        """
        ordered = tuple(sorted(rows, key=_order))
        if (ordered, currency) == (self.rows, self._currency):
            return False
        self.beginResetModel()
        self.rows, self._currency = ordered, currency
        self.endResetModel()
        return True

    def length(self) -> int:
        return len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        relaxation, lock, price = self.rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return ("", relaxation.title, priced(price, self._currency))[index.column()]
            case Qt.ItemDataRole.TextAlignmentRole:
                return self.aligned(index.column())
            case Qt.ItemDataRole.ToolTipRole if index.column() == TITLE:
                return relaxation.title
            case _:
                return self.icons.data(lock, role) if index.column() == KIND and lock is not None else None


class LocksView(QTableView):
    """The table; Return shows a lock on the map, Del takes it away.

    Signals
    -------
    unlock_requested
        The selected rows should go.
    """

    unlock_requested = Signal()

    def __init__(self, model: LocksModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("locks_view")
        self.setAccessibleName(tr("Locks of the plan"))
        self.setAccessibleDescription(tr("Return shows a lock on the map, Delete takes it away"))
        make_reading_view(self, model, Selects.ExtendedSelection)
        header = self.horizontalHeader()
        header.setMinimumSectionSize(scaled(30))
        header.setSectionResizeMode(TITLE, QHeaderView.ResizeMode.Stretch)
        self.setColumnWidth(KIND, scaled(30))
        self.setColumnWidth(COST, scaled(108))

    def event(self, event: QEvent) -> bool:
        """Keep Del for this table: in the window it deletes customers."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _is_delete(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if _is_delete(event):
            self.unlock_requested.emit()
            event.accept()
        else:
            super().keyPressEvent(event)


def priced(price: Price | None, currency: str) -> str:
    """Return a price in words and figures; nothing where it is not known."""
    if price is None:
        return ""
    if not price.found:
        return NOTHING_FOUND
    if price.mended:
        return trn("{number} broken rule", "{number} broken rules", price.mended)
    return money(price.saved, currency)


def _order(row: tuple[Relaxation, Lock | None, Price | None]) -> tuple[bool, int, float]:
    price = row[2]
    return (True, 0, 0.0) if price is None else (False, -price.mended, -price.saved)


def _is_delete(event: QKeyEvent) -> bool:
    return event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and not event.modifiers()
