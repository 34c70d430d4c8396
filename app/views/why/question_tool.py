"""The tool on the map that asks why one stop does not follow another: two clicks."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from app.edits.selection import Item, Selection
from app.map.gestures import CUSTOMERS
from app.map.view import MapMode, MapView


class QuestionTool(QObject):
    """Selects the first stop that is clicked, and asks about the second; then it begins anew.

    Parameters
    ----------
    view
        The map, in its mode for questions.
    selection
        Shows what has been clicked.
    parent
        Owner.

    Signals
    -------
    asked(str, str)
        The stop where the vehicle is, and the one that might follow it.
    """

    asked = Signal(str, str)

    def __init__(self, view: MapView, selection: Selection, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._selection = selection
        self._first = ""
        view.question_asked.connect(self._on_clicked)
        view.mode_changed.connect(self._on_mode)

    def _on_mode(self, _: MapMode) -> None:
        self._first = ""

    def _on_clicked(self, customer: str) -> None:
        item: Item = (CUSTOMERS, customer)
        first: Item = (CUSTOMERS, self._first)
        # The first one may not be selected any more, since other views select, too, or it may be gone.
        if not self._first or self._first == customer or first not in self._selection.items:
            self._first = customer
            self._selection.set([item])
            return
        self._selection.set([first, item])
        after, self._first = self._first, ""
        self.asked.emit(after, customer)
