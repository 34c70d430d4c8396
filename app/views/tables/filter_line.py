"""The line above a table that says which rows are shown."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from app.edits.selection import Combining
from app.language import tr
from app.map.text_scale import scaled
from app.views.kind_words import TABLE_WORDS


class FilterLine(QLineEdit):
    """A line for words; Return chooses what they find.

    Signals
    -------
    chosen
        Return was pressed; an `app.edits.selection.Combining` by the keys that were down with it.
    left
        The down arrow was pressed: the user wants to go on to the table.
    """

    chosen = Signal(object)
    left = Signal()

    def __init__(self, kind: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(f"{kind}_filter")
        self.setAccessibleName(TABLE_WORDS[kind].filtered)
        self.setPlaceholderText(TABLE_WORDS[kind].filtered)
        self.setToolTip(
            tr("Return selects what is found; with Shift it is added to the selection, with Ctrl taken out")
        )
        self.setClearButtonEnabled(True)
        self._size()

    def _size(self) -> None:
        self.setMinimumWidth(scaled(110))
        self.setMaximumWidth(scaled(280))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._size()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.chosen.emit(Combining.of(event.modifiers()))
        elif event.key() == Qt.Key.Key_Down:
            self.left.emit()
        else:
            super().keyPressEvent(event)
            return
        event.accept()
