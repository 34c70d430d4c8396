"""What the mouse does on the map: each gesture is an object that lives from press to release, or until it is cancelled.

A gesture asks the map for changes and never makes one itself, so that nothing has to be taken back on Escape but the
preview.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from PySide6.QtCore import Qt

from app.edits.selection import Combining
from app.map.features import Item

CLICK_PIXELS = 4.0
"""A press that moves no further than this is a click."""
LASSO_PIXELS = 2.0
"""A lasso takes no notice of shorter steps: they would only make its line longer."""
MOVABLE = frozenset({"depots", "customers"})
"""Kinds that have a place on the map which can be another."""
CUSTOMERS = "customers"

Button = Qt.MouseButton
Key = Qt.KeyboardModifier


class MapMode(StrEnum):
    """What a click on the map does."""

    SELECT = "select"
    MOVE = "move"
    RECTANGLE = "rectangle"
    LASSO = "lasso"
    ADD_CUSTOMER = "add customer"
    ADD_DEPOT = "add depot"
    DRAW_ZONE = "draw zone"
    CLOSE_STREET = "close street"
    ASK = "ask"


ADDS = {MapMode.ADD_CUSTOMER: "customers", MapMode.ADD_DEPOT: "depots"}
"""The kind that each mode adds."""

MapPoint = tuple[float, float]
"""Map units, to the right and up."""


@dataclass(frozen=True, slots=True)
class Pointer:
    """A mouse event in pixels of the viewport."""

    x: float
    y: float
    button: Button = Button.LeftButton
    modifiers: Key = Key.NoModifier

    @property
    def extends(self) -> bool:
        """Whether Shift or Ctrl is down."""
        return bool(self.modifiers & (Key.ShiftModifier | Key.ControlModifier))


class Surface(Protocol):
    """What gestures need of the map."""

    @property
    def selected(self) -> frozenset[Item]:
        """What is selected now."""

    def item_at(self, px: float, py: float) -> Item | None:
        """Return what lies below a pixel."""

    def items_between(self, start: Pointer, end: Pointer) -> frozenset[Item]:
        """Return depots and customers in the rectangle between two pixels."""

    def items_enclosed(self, line: Sequence[MapPoint]) -> frozenset[Item]:
        """Return depots and customers that a freehand line goes around."""

    def map_point(self, pointer: Pointer) -> MapPoint:
        """Return what lies below a pixel."""

    def pan(self, dx: float, dy: float) -> None:
        """Drag the map by pixels."""

    def request_selection(self, items: frozenset[Item]) -> None:
        """Ask for a selection."""

    def request_move(self, items: frozenset[Item], start: Pointer, end: Pointer) -> None:
        """Ask for a move by the way between two pixels."""

    def request_add(self, kind: str, at: Pointer) -> None:
        """Ask for a new depot or customer."""

    def request_question(self, item: Item) -> None:
        """Ask a question about a customer, see `MapMode.ASK`."""

    def request_drag(self, item: Item) -> None:
        """Ask for a drag of a stop, with all stops that are selected along with it, and end this gesture."""

    def show_band(self, start: Pointer, end: Pointer) -> None:
        """Show a rectangle between two pixels."""

    def hide_band(self) -> None:
        """Hide the rectangle."""

    def show_lasso(self, line: Sequence[MapPoint]) -> None:
        """Show a freehand line and what it goes around; an empty one hides it."""

    def show_ghost(self, items: frozenset[Item], start: Pointer, end: Pointer) -> None:
        """Show the items where they would be moved to."""

    def hide_ghost(self) -> None:
        """Hide the preview of a move."""

    def show_closure(self, line: Sequence[MapPoint]) -> None:
        """Show what would be closed along a freehand line; an empty one hides it."""

    def request_closure(self, line: Sequence[MapPoint]) -> None:
        """Ask for the streets along a freehand line to be closed."""

    def show_cursor(self, shape: Qt.CursorShape | None) -> None:
        """Show a cursor for the time of a gesture; None is the mode's own."""


class Gesture:
    """A press, moves, and a release or a cancellation.

    Parameters
    ----------
    surface
        The map.
    """

    def __init__(self, surface: Surface) -> None:
        self._surface = surface
        self._start = self._last = Pointer(0.0, 0.0)
        self._dragging = False

    def press(self, pointer: Pointer) -> None:
        """Begin."""
        self._start = self._last = pointer

    def move(self, pointer: Pointer) -> None:
        """Follow the mouse; nothing is dragged until it has left the spot."""
        if not self._dragging:
            self._dragging = math.hypot(pointer.x - self._start.x, pointer.y - self._start.y) > CLICK_PIXELS
        if self._dragging:
            self.drag(pointer)
        self._last = pointer if self._dragging else self._last

    def release(self, pointer: Pointer) -> None:
        """End: as a drag where the mouse has moved, else as a click."""
        self.move(pointer)
        if self._dragging:
            self.drop(pointer)
        else:
            self.click(pointer)
        self.tidy()

    def cancel(self) -> None:
        """End without any effect."""
        self.tidy()

    def drag(self, pointer: Pointer) -> None:
        """Show what a release here would do."""

    def drop(self, pointer: Pointer) -> None:
        """Do what was dragged."""

    def click(self, pointer: Pointer) -> None:
        """Do what a click does."""

    def tidy(self) -> None:
        """Take away every preview."""
        self._surface.show_cursor(None)


class PanGesture(Gesture):
    """Drags the map."""

    def drag(self, pointer: Pointer) -> None:
        self._surface.show_cursor(Qt.CursorShape.ClosedHandCursor)
        self._surface.pan(pointer.x - self._last.x, pointer.y - self._last.y)


class SelectGesture(PanGesture):
    """On a route, a zone or nothing: a click selects it or clears the selection, a drag pans."""

    def click(self, pointer: Pointer) -> None:
        item = self._surface.item_at(pointer.x, pointer.y)
        clicked = frozenset() if item is None else frozenset([item])
        self._surface.request_selection(self._surface.selected ^ clicked if pointer.extends else clicked)


class AddGesture(PanGesture):
    """In an adding mode: a click adds, a drag pans."""

    def __init__(self, surface: Surface, kind: str) -> None:
        super().__init__(surface)
        self._kind = kind

    def click(self, pointer: Pointer) -> None:
        self._surface.request_add(self._kind, pointer)


class AskGesture(PanGesture):
    """In the mode for questions: a click on a customer asks about it, a drag pans."""

    def click(self, pointer: Pointer) -> None:
        item = self._surface.item_at(pointer.x, pointer.y)
        if item is not None and item[0] == CUSTOMERS:
            self._surface.request_question(item)


class AreaGesture(Gesture):
    """A drag selects all places in an area, a click one item.

    With Shift the places are added to the selection, with Ctrl they are taken out of it; a click with either toggles.
    The keys count as they were when the drag began, since they may be let go before the mouse.
    """

    def found(self, pointer: Pointer) -> frozenset[Item]:
        """Return the places in the area that ends here; none where there is no area."""
        return frozenset()

    def drop(self, pointer: Pointer) -> None:
        selected, how = self._surface.selected, Combining.of(self._start.modifiers)
        self._surface.request_selection(how.applied(selected, self.found(pointer)))

    def click(self, pointer: Pointer) -> None:
        item = self._surface.item_at(pointer.x, pointer.y)
        if not pointer.extends:
            self._surface.request_selection(frozenset() if item is None else frozenset([item]))
        elif item is not None:
            self._surface.request_selection(self._surface.selected ^ {item})


class RectangleGesture(AreaGesture):
    """Selects all places in a rectangle."""

    def found(self, pointer: Pointer) -> frozenset[Item]:
        return self._surface.items_between(self._start, pointer)

    def drag(self, pointer: Pointer) -> None:
        self._surface.show_band(self._start, pointer)

    def tidy(self) -> None:
        self._surface.hide_band()
        super().tidy()


class FreehandLine:
    """The line that the mouse draws, in map units, so that it stays where it was when the wheel zooms on the way.

    Parameters
    ----------
    surface
        The map.
    """

    def __init__(self, surface: Surface) -> None:
        self._surface = surface
        self._end = Pointer(0.0, 0.0)
        self.points: list[MapPoint] = []

    def begin(self, pointer: Pointer) -> None:
        """Begin anew here."""
        self.points, self._end = [self._surface.map_point(pointer)], pointer

    def draw(self, pointer: Pointer) -> bool:
        """Go on to here, and say whether that was far enough for another point."""
        if math.hypot(pointer.x - self._end.x, pointer.y - self._end.y) < LASSO_PIXELS:
            return False
        self.points.append(self._surface.map_point(pointer))
        self._end = pointer
        return True


class LassoGesture(AreaGesture):
    """Selects all places that a freehand line goes around, from its end back to its start in a straight line."""

    def __init__(self, surface: Surface) -> None:
        super().__init__(surface)
        self._line = FreehandLine(surface)

    def press(self, pointer: Pointer) -> None:
        super().press(pointer)
        self._line.begin(pointer)

    def found(self, pointer: Pointer) -> frozenset[Item]:
        return self._surface.items_enclosed([*self._line.points, self._surface.map_point(pointer)])

    def drag(self, pointer: Pointer) -> None:
        if self._line.draw(pointer):
            self._surface.show_lasso(self._line.points)

    def tidy(self) -> None:
        self._surface.show_lasso(())
        super().tidy()


class CloseGesture(Gesture):
    """Closes the street that a freehand line is drawn along, or the one below a click."""

    def __init__(self, surface: Surface) -> None:
        super().__init__(surface)
        self._line = FreehandLine(surface)

    def press(self, pointer: Pointer) -> None:
        super().press(pointer)
        self._line.begin(pointer)

    def drag(self, pointer: Pointer) -> None:
        if self._line.draw(pointer):
            self._surface.show_closure(self._line.points)

    def drop(self, pointer: Pointer) -> None:
        self._surface.request_closure([*self._line.points, self._surface.map_point(pointer)])

    def click(self, pointer: Pointer) -> None:
        self._surface.request_closure([self._surface.map_point(pointer)])

    def tidy(self) -> None:
        self._surface.show_closure(())
        super().tidy()


class StopGesture(Gesture):
    """On a customer: a click selects it, a drag takes it, and all stops selected with it, from route to route.

    Whoever takes the drag over follows the mouse from then on, since it may lead out of the map.
    """

    def __init__(self, surface: Surface, item: Item) -> None:
        super().__init__(surface)
        self._item = item

    def press(self, pointer: Pointer) -> None:
        super().press(pointer)
        if self._item not in self._surface.selected:
            self._surface.request_selection(frozenset([self._item]))

    def drag(self, pointer: Pointer) -> None:
        self._surface.request_drag(self._item)

    def release(self, pointer: Pointer) -> None:
        """End as a click: a drag would have been taken over."""
        self._surface.request_selection(frozenset([self._item]))
        self.tidy()


class MoveGesture(Gesture):
    """On a depot or customer: a click selects it, a drag moves all that is selected to another place on the map."""

    def __init__(self, surface: Surface, item: Item) -> None:
        super().__init__(surface)
        self._item = item
        self._moved: frozenset[Item] = frozenset()

    def press(self, pointer: Pointer) -> None:
        super().press(pointer)
        if self._item in self._surface.selected:
            self._moved = frozenset(item for item in self._surface.selected if item[0] in MOVABLE)
        else:
            self._moved = frozenset([self._item])
            self._surface.request_selection(self._moved)

    def drag(self, pointer: Pointer) -> None:
        self._surface.show_cursor(Qt.CursorShape.SizeAllCursor)
        self._surface.show_ghost(self._moved, self._start, pointer)

    def drop(self, pointer: Pointer) -> None:
        self._surface.request_move(self._moved, self._start, pointer)

    def click(self, pointer: Pointer) -> None:
        self._surface.request_selection(frozenset([self._item]))

    def tidy(self) -> None:
        self._surface.hide_ghost()
        super().tidy()
