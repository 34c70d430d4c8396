"""Between mouse, keys and timeline: what they move, and what they ask for."""

from __future__ import annotations

import math

from PySide6.QtCore import QObject, Qt, Signal

from app.edits.selection import Item
from app.map.gestures import CLICK_PIXELS, Pointer
from app.timeline.day import CUSTOMERS, Place
from app.timeline.hit import hit_at
from app.timeline.rows import LANE
from app.timeline.stage import Stage
from app.timeline.walk import Step, walk

KEY_PAN = 0.15
"""Share of the view that a key pans."""
KEY_ZOOM = 1.5
WHEEL_BASE = 1.0018
"""Magnification per unit of wheel angle; a notch is 120 units."""
WHEEL_LANES = 0.5
"""Pixels that lanes are scrolled per unit of wheel angle."""

Key, Modifier = Qt.Key, Qt.KeyboardModifier

STEPS = {
    Key.Key_Left: Step.LEFT,
    Key.Key_Right: Step.RIGHT,
    Key.Key_Up: Step.UP,
    Key.Key_Down: Step.DOWN,
    Key.Key_Home: Step.FIRST,
    Key.Key_End: Step.LAST,
}
PANS = {Key.Key_Left: (1, 0), Key.Key_Right: (-1, 0), Key.Key_Up: (0, 1), Key.Key_Down: (0, -1)}
PAGES = {Key.Key_PageUp: 1, Key.Key_PageDown: -1}
ZOOMS = {
    Key.Key_Plus: KEY_ZOOM,
    Key.Key_Equal: KEY_ZOOM,
    Key.Key_Minus: 1 / KEY_ZOOM,
    Key.Key_Underscore: 1 / KEY_ZOOM,
}


class Interaction(QObject):
    """Turns presses, drags and keys into moves of the view and into requests.

    Parameters
    ----------
    stage
        What is worked on.

    Attributes
    ----------
    walking
        Whether it was keys that picked what is current, and the mouse has rested since.
    requested
        What was asked for last.

    Signals
    -------
    selection_requested
        Frozenset of items that should become the selection.
    item_activated
        Kind and id of what was double-clicked.
    stop_dragged
        Id of a customer that is dragged; whoever takes it follows the mouse from then on.
    cursor_wanted
        A `Qt.CursorShape` for the time of a gesture.
    """

    selection_requested = Signal(object)
    item_activated = Signal(str, str)
    stop_dragged = Signal(str)
    cursor_wanted = Signal(object)

    def __init__(self, stage: Stage, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._stage = stage
        self._pressed: Pointer | None = None
        self._last = Pointer(0.0, 0.0)
        self._dragging = False
        self._current: Item | None = None  # of what is selected, where the arrow keys go on from
        self.walking = False
        self.requested: frozenset[Item] | None = None

    @property
    def current(self) -> Place | None:
        """The lane and stop from which the arrow keys go on: what was picked here last, or else the first selected."""
        places, selected = self._stage.day.place, self._stage.selected
        if self._current in selected and self._current in places:
            return places[self._current]
        shown = [places[item] for item in selected if item in places]
        return min(shown, key=lambda place: (place[0], -1 if place[1] is None else place[1]), default=None)

    # The mouse

    def press(self, pointer: Pointer) -> None:
        """Begin a click or a drag."""
        if self._pressed is None and pointer.button in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton):
            self._pressed = self._last = pointer
            self._dragging = False

    def move(self, pointer: Pointer) -> None:
        """Follow the mouse: a press that leaves its spot drags the stop that it was on, or else the day."""
        self.walking = False
        pressed = self._pressed
        if pressed is not None and not self._dragging:
            self._dragging = math.hypot(pointer.x - pressed.x, pointer.y - pressed.y) > CLICK_PIXELS
            if self._dragging and self._drag_stop(pressed):
                return
            if self._dragging:
                self.cursor_wanted.emit(Qt.CursorShape.ClosedHandCursor)
        if self._dragging:
            self._stage.pan(pointer.x - self._last.x, pointer.y - self._last.y)
            self._last = pointer
        self._stage.point(pointer.x, pointer.y)

    def _drag_stop(self, pressed: Pointer) -> bool:
        """Hand the stop that was pressed, if there is one, over to whoever drags stops."""
        item = self.item_at(pressed.x, pressed.y)
        if pressed.button != Qt.MouseButton.LeftButton or item is None or item[0] != CUSTOMERS:
            return False
        self._pressed, self._dragging = None, False
        if item not in self._stage.selected:
            self.pick(item)
        self._stage.point(None)
        self.stop_dragged.emit(item[1])
        return True

    def release(self, pointer: Pointer) -> None:
        """End a drag, or select what was clicked."""
        pressed, dragged = self._pressed, self._dragging
        if pressed is None or pointer.button != pressed.button:
            return
        self._pressed, self._dragging = None, False
        self.cursor_wanted.emit(Qt.CursorShape.ArrowCursor)
        if not dragged and pointer.button == Qt.MouseButton.LeftButton:
            self.pick(self.item_at(pointer.x, pointer.y), extends=pointer.extends)

    def double_click(self, pointer: Pointer) -> None:
        """Ask for what was double-clicked to be shown elsewhere."""
        item = self.item_at(pointer.x, pointer.y)
        if pointer.button == Qt.MouseButton.LeftButton and item is not None:
            self.item_activated.emit(*item)

    def leave(self) -> None:
        """The mouse is gone."""
        self._stage.point(None)

    def wheel(self, across: float, along: float, px: float, *, scrolls: bool) -> None:
        """Zoom at a pixel, or scroll the lanes; a sideways wheel pans.

        Parameters
        ----------
        across, along
            Angles of the wheel.
        px
            Where the mouse is.
        scrolls
            Whether the wheel moves lanes and not time.
        """
        if scrolls:
            self._stage.pan(0.0, (along or across) * WHEEL_LANES)
        elif abs(across) > abs(along):
            self._stage.pan(across, 0.0)
        elif along:
            self._stage.zoom(WHEEL_BASE**along, px)

    def pick(self, item: Item | None, *, extends: bool = False) -> None:
        """Ask for an item to be selected; None is nothing.

        Parameters
        ----------
        item
            A stop, a route or a vehicle.
        extends
            Whether it joins the selection, or leaves it, and the rest stays.
        """
        picked = frozenset() if item is None else frozenset([item])
        if extends:
            picked = self._stage.selected ^ picked
        self._current, self.requested = item, picked
        self.selection_requested.emit(picked)

    def item_at(self, px: float, py: float) -> Item | None:
        """Return the stop, else the route or vehicle, at a pixel of the lanes."""
        stage = self._stage
        hit = hit_at(stage.day, stage.axis, stage.rows, px, py)
        return stage.day.lanes[hit.row].item_at(hit.stop) if hit is not None else None

    # Keys

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> bool:
        """Do what a key does; return whether it does anything."""
        stage = self._stage
        if modifiers & Modifier.ControlModifier and key in PANS:
            dx, dy = PANS[key]
            stage.pan(dx * KEY_PAN * stage.axis.width, dy * LANE)
        elif modifiers & ~(Modifier.ShiftModifier | Modifier.KeypadModifier):
            return False
        elif key in STEPS:
            self._walk(STEPS[key])
        elif key in PAGES:
            stage.pan(0.0, PAGES[key] * max(stage.rows.height - LANE, LANE))
        elif key in ZOOMS:
            stage.zoom(ZOOMS[key])
        elif key == Key.Key_F:
            stage.fit()
        elif key in (Key.Key_Return, Key.Key_Enter):
            self._activate_current()
        elif key == Key.Key_Escape and stage.selected:
            self.pick(None)
        else:
            return False
        return True

    def _walk(self, step: Step) -> None:
        place = walk(self._stage.day, self.current, step)
        if place is not None:
            item = self._stage.day.lanes[place[0]].item_at(place[1])
            self.walking = True
            self.pick(item)
            self._stage.point(None)
            self._stage.reveal(item)

    def _activate_current(self) -> None:
        place = self.current
        if place is not None:
            self.item_activated.emit(*self._stage.day.lanes[place[0]].item_at(place[1]))
