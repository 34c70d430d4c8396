"""Drawing of a zone with the mouse: a click puts a corner, what it would be is shown all the time."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import Qt

from app.language import tr
from app.map.gestures import PanGesture, Pointer, Surface
from app.map.measure import area_square_metres, area_text, distance_text, length_metres
from app.map.outline import Ring
from app.map.snapping import Spot
from app.map.zone_drawing import ZoneDrawing
from app.map.zone_sketch import Sketch
from app.map.zone_stage import SNAP_PIXELS, ZoneStage

CLOSES = tr("closes the zone")
HOW_TO_BEGIN = tr("Click the corners of the zone, one after the other")
HOW_TO_GO_ON = tr("Enter or double-click closes  ·  Backspace takes back  ·  Esc cancels  ·  Ctrl: no snapping")


class CornerGesture(PanGesture):
    """While a zone is drawn: a click puts a corner, a drag pans."""

    def __init__(self, surface: Surface, drawer: ZoneDrawer) -> None:
        super().__init__(surface)
        self._drawer = drawer

    def click(self, pointer: Pointer) -> None:
        self._drawer.put(pointer)


class ZoneDrawer:
    """Draws a zone; what is drawn stays until it is cleared.

    Parameters
    ----------
    stage
        Where it is shown.
    finish
        Takes the ring when it is closed.
    """

    def __init__(self, stage: ZoneStage, finish: Callable[[Ring], object]) -> None:
        self._stage, self._finish = stage, finish
        self._drawing = ZoneDrawing(plane=False)
        self._refused = False  # whether the last click put no corner
        self._spot: Spot | None = None  # where the mouse would put the next one

    def set_plane(self, plane: bool) -> None:
        """Draw on earth or in a plane; what was drawn on the other is forgotten."""
        if plane != self._drawing.plane:
            self._drawing = ZoneDrawing(plane)

    @property
    def begun(self) -> bool:
        """Whether there is a corner."""
        return bool(self._drawing.corners)

    def gesture(self) -> CornerGesture:
        """Return what a press of the left button begins."""
        return CornerGesture(self._stage.surface, self)

    def hover(self, pointer: Pointer) -> None:
        """Show where a click would put a corner."""
        self._spot = self._spot_at(pointer)
        self.show()

    def leave(self) -> None:
        """Note that the mouse has left the map."""
        self._spot = None
        self.show()

    def put(self, pointer: Pointer) -> None:
        """Put the next corner below a pixel, or close the zone where that is its first one."""
        spot = self._spot = self._spot_at(pointer)
        if spot.target == CLOSES:
            self._refused = False
            self.close()
        else:
            fault = self._drawing.put(spot.geo)
            self._refused = bool(fault)
            self.show(fault)

    def double_click(self) -> None:
        """Close the zone; the click before has put its last corner, or was refused, and then this one is too."""
        if not self._refused:
            self.close()

    def take_back(self) -> None:
        """Take the last corner back."""
        self._drawing.take_back()
        self._refused = False
        self.show()

    def close(self) -> None:
        """Join the last corner to the first and hand the zone over, or say why that cannot be."""
        fault = self._drawing.closing_fault
        if fault:
            self.show(fault)
            return
        self._spot = None
        self.show()
        self._finish(self._drawing.ring)

    def clear(self) -> None:
        """Forget what was drawn."""
        self._drawing.clear()
        self._spot, self._refused = None, False

    def key(self, key: Qt.Key) -> Callable[[], object] | None:
        """Return what a key does, or None where it is not for the drawing."""
        if not self.begun:
            return None
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return self.close
        return self.take_back if key in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete) else None

    def show(self, fault: str = "") -> None:
        """Show what is drawn and, unless something is wrong already, what a click would do."""
        stage, spot = self._stage, self._spot
        points = np.array([stage.projection.to_map(*one) for one in self._drawing.corners]).reshape(-1, 2)
        if not fault and spot is not None and spot.target != CLOSES:
            fault = self._drawing.fault_of(spot.geo)
        ahead = None if spot is None else (spot.x, spot.y)
        snapped = ahead if spot is not None and spot.target else None
        stage.show(Sketch(points, next=ahead, wrong=bool(fault), snapped=snapped))
        stage.say(fault, HOW_TO_GO_ON if self.begun else HOW_TO_BEGIN)
        if spot is None:
            stage.words.figures("")
            return
        drawn = np.vstack([points, (spot.x, spot.y)])
        edge = distance_text(length_metres(drawn[-2:], stage.projection)) if len(drawn) > 1 else ""
        area = area_text(area_square_metres(drawn, stage.projection)) if len(drawn) > 2 and not fault else ""
        stage.say_beside(spot.x, spot.y, edge, area, spot.target)

    def _spot_at(self, pointer: Pointer) -> Spot:
        stage = self._stage
        if len(self._drawing.corners) >= 3:
            x, y = stage.surface.map_point(pointer)
            first = Spot.at(self._drawing.corners[0], stage.projection, CLOSES)
            if np.hypot(first.x - x, first.y - y) <= SNAP_PIXELS * stage.units_per_pixel:
                return first
        return stage.spot_at(pointer)
