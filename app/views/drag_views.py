"""Views whose rows can be dragged out of them: they say so, and whoever takes the drag follows the mouse."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListView, QTableView, QWidget


class DragTable(QTableView):
    """A table with rows that can be dragged.

    Signals
    -------
    dragged
        The row that the mouse has taken; others that are selected come along.
    """

    dragged = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setDragEnabled(True)

    def startDrag(self, actions: Qt.DropAction) -> None:
        """Tell of the drag, instead of Qt's own, which would hold up the window until the drop."""
        self.dragged.emit(self.currentIndex().row())


class DragList(QListView):
    """A list with rows that can be dragged.

    Signals
    -------
    dragged
        The row that the mouse has taken; others that are selected come along.
    """

    dragged = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setDragEnabled(True)

    def startDrag(self, actions: Qt.DropAction) -> None:
        """Tell of the drag, instead of Qt's own, which would hold up the window until the drop."""
        self.dragged.emit(self.currentIndex().row())
