"""What is selected, shared by the map, the tables and the routes list."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum, auto

from PySide6.QtCore import QObject, Qt, Signal

Item = tuple[str, str]
"""A kind, such as ``customers``, and an id; that of a route is its vehicle's, ``("routes", "van/3")``."""

ROUTES = "routes"
"""The kind of a route of the plan."""


class Combining(Enum):
    """What becomes of the selection when something is chosen: the keys that are held down say it, everywhere alike."""

    REPLACE = auto()
    ADD = auto()
    TAKE_OUT = auto()

    @classmethod
    def of(cls, modifiers: Qt.KeyboardModifier) -> Combining:
        """Return what Shift, which adds, and Ctrl, which takes out, ask for."""
        if modifiers & Qt.KeyboardModifier.ShiftModifier:
            return cls.ADD
        return cls.TAKE_OUT if modifiers & Qt.KeyboardModifier.ControlModifier else cls.REPLACE

    def applied(self, selected: frozenset[Item], chosen: frozenset[Item]) -> frozenset[Item]:
        """Return the new selection."""
        if self is Combining.ADD:
            return selected | chosen
        return selected - chosen if self is Combining.TAKE_OUT else chosen


class Selection(QObject):
    """A set of items that every view shows and any view may change.

    A view that receives `changed` after its own `set` finds its own items, and leaves its cursor alone.

    Signals
    -------
    changed
        The items are not the same as before.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._items: frozenset[Item] = frozenset()
        self._ids: dict[str, frozenset[str]] = {}

    @property
    def items(self) -> frozenset[Item]:
        """The selected items."""
        return self._items

    def ids(self, kind: str) -> frozenset[str]:
        """Return the selected ids of one kind."""
        if kind not in self._ids:  # every view asks after every change, and there may be thousands
            self._ids[kind] = frozenset([item for of, item in self._items if of == kind])
        return self._ids[kind]

    def set(self, items: Iterable[Item]) -> None:
        """Select exactly these items."""
        new = frozenset(items)
        if new != self._items:
            self._items, self._ids = new, {}
            self.changed.emit()

    def set_ids(self, kind: str, ids: Iterable[str]) -> None:
        """Select exactly these ids of one kind, and nothing of any other."""
        self.set((kind, item) for item in ids)

    def choose(self, kind: str, ids: Iterable[str], how: Combining = Combining.REPLACE) -> None:
        """Select these ids of one kind, add them to the selection, or take them out of it."""
        self.set(how.applied(self._items, frozenset((kind, item) for item in ids)))

    def clear(self) -> None:
        """Select nothing."""
        self.set(())
