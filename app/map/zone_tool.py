"""Drawing and reshaping of zones on the map; like every gesture it asks for changes and makes none itself."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent

from app.map.canvas import Canvas
from app.map.features import Item, Places, ZoneShapes
from app.map.gestures import Gesture, MapMode, Pointer, Surface
from app.map.zone_drawer import ZoneDrawer
from app.map.zone_shaper import ZoneShaper
from app.map.zone_stage import ZoneStage

RESHAPES = frozenset({MapMode.SELECT, MapMode.MOVE})
"""Modes in which the selected zone has handles."""


class ZoneTool(QObject):
    """Draws a zone in its mode; in those that select and move it reshapes the zone that is selected alone.

    Parameters
    ----------
    surface
        What gestures work on.
    canvas
        Shows the sketch; its keys are listened to.
    parent
        Owner.

    Signals
    -------
    zone_drawn
        The ring of a new zone. The drawing stays until `clear` ends it, so that whoever asks may go back to it.
    ring_requested
        Id of a zone, the ring that it should have, what of it the keyboard moves (edits of the same are one step; empty
        for the mouse), and whether all of it is moved.
    reshapable
        Whether there is a zone that can be reshaped.
    """

    zone_drawn = Signal(object)
    ring_requested = Signal(str, object, str, bool)
    reshapable = Signal(bool)

    def __init__(self, surface: Surface, canvas: Canvas, parent: QObject) -> None:
        super().__init__(parent)
        self._mode = MapMode.SELECT
        self._selected: frozenset[Item] = frozenset()
        self._stage = ZoneStage(surface, canvas)
        self.drawer = ZoneDrawer(self._stage, self.zone_drawn.emit)
        self.shaper = ZoneShaper(self._stage, self.ring_requested.emit)
        canvas.installEventFilter(self)
        canvas.camera_changed.connect(self._on_camera)
        canvas.theme_changed.connect(self._stage.words.set_theme)

    # What there is to work on

    def set_features(self, places: Places, zones: ZoneShapes) -> None:
        """Snap to these places and zones; a drawing stays, unless earth and plane have changed places."""
        self._stage.set_features(places, zones)
        self.drawer.set_plane(self._stage.plane)
        self._refresh()

    def set_selected(self, items: frozenset[Item]) -> None:
        """Reshape the zone among these items if it is all of them."""
        self._selected = items
        self._refresh()

    def set_mode(self, mode: MapMode) -> None:
        self._mode = mode
        self._refresh()

    @property
    def draws(self) -> bool:
        """Whether a zone is being drawn."""
        return self._mode is MapMode.DRAW_ZONE

    def clear(self) -> None:
        """Forget what was drawn."""
        self.drawer.clear()
        self._show()

    def cancel(self) -> bool:
        """Forget the drawing, or else let go of the handle; return whether there was either."""
        had = self.drawer.begun or self.shaper.current is not None
        self.drawer.clear()
        self.shaper.choose(None)
        self._show()
        return had

    def _refresh(self) -> None:
        zones = self._stage.zones
        alone = next(iter(self._selected)) if len(self._selected) == 1 else ("", "")
        if self._mode in RESHAPES and zones is not None and alone[0] == "zones" and alone[1] in zones.rings:
            self.shaper.take(alone[1], zones.zones[alone[1]].ring)
        else:
            self.shaper.take("", ())
        self._show()
        self.reshapable.emit(self.shaper.outline is not None)

    def _show(self) -> None:
        (self.drawer if self.draws else self.shaper).show()

    def _on_camera(self) -> None:
        self._stage.words.place_hint()
        if not self.draws and self.shaper.current is not None:
            self.shaper.show()

    # The mouse

    def gesture_for(self, pointer: Pointer, *, space: bool) -> Gesture | None:
        """Return the gesture that a press begins on behalf of a zone, or None where it begins none."""
        if pointer.button != Qt.MouseButton.LeftButton or space:
            return None
        return self.drawer.gesture() if self.draws else self.shaper.gesture(pointer)

    def hover(self, pointer: Pointer) -> None:
        """Show where a click would put a corner, or which handle a press would take."""
        (self.drawer if self.draws else self.shaper).hover(pointer)

    def double_click(self, pointer: Pointer) -> bool:
        """Close what is drawn, or put a corner on an edge; return whether there was anything to do."""
        if pointer.button != Qt.MouseButton.LeftButton:
            return False
        if self.draws:
            self.drawer.double_click()
            return True
        return self.shaper.double_click(pointer)

    def leave(self) -> None:
        """Note that the mouse has left the map."""
        if self.draws:
            self.drawer.leave()

    # Keys

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the keys that mean something to a zone before the map and the shortcuts of the window see them."""
        if event.type() in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride) and isinstance(event, QKeyEvent):
            act = self._act_of(event)
            if act is not None:
                event.accept()
                if event.type() == QEvent.Type.KeyPress:
                    act()
                return True
        return super().eventFilter(watched, event)

    def _act_of(self, event: QKeyEvent) -> Callable[[], object] | None:
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        shift = modifiers == Qt.KeyboardModifier.ShiftModifier
        if modifiers and not shift:
            return None
        key = Qt.Key(event.key())
        if self.draws:
            return None if shift else self.drawer.key(key)
        return self.shaper.key(key, far=shift)
