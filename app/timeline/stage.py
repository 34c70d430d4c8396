"""What the parts of the timeline have in common: one day, seen through one axis."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from app.edits.selection import Item
from app.timeline.axis import TimeAxis
from app.timeline.day import Day
from app.timeline.dropping import DropMark
from app.timeline.hit import Hit, hit_at
from app.timeline.rows import Rows
from app.timeline.theme import TimelineTheme

FIT_MARGIN = 24.0
"""Pixels on both sides of what is fitted."""
EDGE = 60.0
"""Pixels from the edge that are kept to what is brought into view."""


class Stage(QObject):
    """The day, where it is looked at, and what is selected and pointed at; the parts repaint when it changes.

    Signals
    -------
    moved
        Another time or other lanes are in view.
    changed
        What is shown is different.
    pointed
        The mouse is somewhere else.
    marked
        Another place is marked as the one where stops would be dropped.
    """

    moved = Signal()
    changed = Signal()
    pointed = Signal()
    marked = Signal()

    def __init__(self, theme: TimelineTheme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.day = Day()
        self.axis = TimeAxis()
        self.rows = Rows()
        self.selected: frozenset[Item] = frozenset()
        self.mark: DropMark | None = None
        self._mouse: tuple[float, float] | None = None
        self._fitted = True

    def set_theme(self, theme: TimelineTheme) -> None:
        """Use other colours."""
        self.theme = theme
        self.changed.emit()

    def set_day(self, day: Day) -> None:
        """Show other lanes; what was fitted stays so, and where the user looks stays otherwise."""
        self.day = day
        self.rows = Rows(len(day.lanes), self.rows.top, self.rows.height).scrolled(self.rows.top)
        if self._fitted:
            self.fit()
        self.changed.emit()

    def set_selected(self, items: frozenset[Item]) -> None:
        """Ring these stops, and fill the lanes of these routes."""
        self.selected = items
        self.changed.emit()

    def set_size(self, width: int, height: int) -> None:
        """Note how large the view is."""
        self.axis = TimeAxis(self.axis.left, self.axis.scale, max(width, 1))
        self.rows = Rows(self.rows.count, self.rows.top, max(height, 1)).scrolled(self.rows.top)
        if self._fitted:
            self.fit()
        self.moved.emit()

    def fit(self) -> None:
        """Bring the whole day into view, and keep it there until the user looks elsewhere."""
        self.axis = self.axis.fitted(self.day.begin, self.day.end, FIT_MARGIN)
        self._fitted = True
        self.moved.emit()

    def look(self, axis: TimeAxis) -> None:
        """Look at another time."""
        self.axis = axis.held(self.day.begin, self.day.end)
        self._fitted = False
        self.moved.emit()

    def scroll(self, top: float) -> None:
        """Look at other lanes, with this many pixels of them above the view."""
        self.rows = self.rows.scrolled(top)
        self.moved.emit()

    def pan(self, dx: float, dy: float) -> None:
        """Drag the day by pixels."""
        self.rows = self.rows.scrolled(self.rows.top - dy)
        if dx:
            self.look(self.axis.panned(dx))
        else:
            self.moved.emit()

    def zoom(self, factor: float, px: float | None = None) -> None:
        """Magnify time; what is at a pixel, or else in the middle, stays where it is."""
        self.look(self.axis.zoomed(factor, self.axis.width / 2 if px is None else px))

    def reveal(self, item: Item) -> None:
        """Move as little as needed to bring a stop or a route into view."""
        if item not in self.day.place:
            return
        row, stop = self.day.place[item]
        self.rows = self.rows.showing(row)
        if stop is not None:
            begin, end = self.day.lanes[row].service[stop].tolist()
            axis = self.axis.showing(begin, end, EDGE)
            if axis != self.axis:
                self.look(axis)
                return
        self.moved.emit()

    def set_mark(self, mark: DropMark | None) -> None:
        """Mark where stops would be dropped."""
        if mark != self.mark:
            self.mark = mark
            self.marked.emit()

    def point(self, px: float | None, py: float = 0.0) -> None:
        """Note where the mouse is; None once it has left."""
        self._mouse = None if px is None else (px, py)
        self.pointed.emit()

    @property
    def time(self) -> float | None:
        """The time below the mouse, seconds since midnight; it changes with what is in view."""
        return None if self._mouse is None else self.axis.to_time(self._mouse[0])

    @property
    def hit(self) -> Hit | None:
        """What lies below the mouse."""
        return None if self._mouse is None else hit_at(self.day, self.axis, self.rows, *self._mouse)
