"""Reshaping of the selected zone: corners, edges and the whole of it are dragged, or moved with the arrow keys."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt

from app.language import tr
from app.map.canvas import ARROWS
from app.map.furniture import coordinates_text
from app.map.gestures import Gesture, Pointer, Surface
from app.map.measure import area_square_metres, area_text
from app.map.outline import (
    Handle,
    Outline,
    Part,
    Ring,
    rounded,
    shifted,
    with_corner,
    with_new_corner,
    without_corner,
)
from app.map.snapping import Spot
from app.map.zone_drawing import TOO_FEW, ring_problem
from app.map.zone_sketch import Sketch
from app.map.zone_stage import ZoneStage

HANDLE_PIXELS = 7.0
"""A handle is taken from no further away."""
NUDGE_PIXELS, FAR_PIXELS = 1.0, 10.0
"""How far an arrow key moves a handle, and with Shift."""
LEAST_NUDGE = {True: 0.25, False: 2e-6}
"""Map units, by whether the map is geographic: less would be lost in the rounding of coordinates."""
HOW_TO_DROP = tr("Esc cancels  ·  Ctrl: no snapping")

CURSORS = {
    Part.CORNER: Qt.CursorShape.PointingHandCursor,
    Part.EDGE: Qt.CursorShape.CrossCursor,
    Part.WHOLE: Qt.CursorShape.SizeAllCursor,
}

Ask = Callable[[str, Ring, str, bool], object]
"""Takes the id of a zone, its new ring, what of it the keyboard moves, and whether all of it is moved."""


class HandleGesture(Gesture):
    """On a handle: a drag moves it, a click chooses it for the keyboard, with Alt it deletes a corner."""

    def __init__(self, surface: Surface, shaper: ZoneShaper, handle: Handle) -> None:
        super().__init__(surface)
        self._shaper, self._handle = shaper, handle

    def drag(self, pointer: Pointer) -> None:
        self._surface.show_cursor(Qt.CursorShape.SizeAllCursor)
        self._shaper.show_dragged(self._handle, self._start, pointer)

    def drop(self, pointer: Pointer) -> None:
        self._shaper.drop(self._handle, self._start, pointer)

    def click(self, pointer: Pointer) -> None:
        if self._handle.part is Part.CORNER and pointer.modifiers & Qt.KeyboardModifier.AltModifier:
            self._shaper.delete_corner(self._handle.place)
        elif self._handle.part is not Part.EDGE:
            self._shaper.choose(self._handle)

    def cancel(self) -> None:
        self._shaper.show()
        super().cancel()


class ZoneShaper:
    """Reshapes one zone, or none.

    Parameters
    ----------
    stage
        Where it is shown.
    ask
        Asks for a change; the zone is shown as if it was made.
    """

    def __init__(self, stage: ZoneStage, ask: Ask) -> None:
        self._stage, self._ask = stage, ask
        self._zone = ""
        self._outline: Outline | None = None
        self._current: Handle | None = None

    def take(self, zone: str, ring: Ring) -> None:
        """Reshape this zone from now on; no ring for none."""
        if zone != self._zone:
            self._current = None
            self._stage.surface.show_cursor(None)  # it may have been that of a handle
        self._zone = zone
        self._outline = Outline(ring, self._stage.projection) if ring else None
        if self._outline is None or self._current not in self._outline.handles:
            self._current = None

    @property
    def outline(self) -> Outline | None:
        """That of the zone; None where there is none."""
        return self._outline

    @property
    def current(self) -> Handle | None:
        """What the keyboard moves."""
        return self._current

    # The mouse

    def gesture(self, pointer: Pointer) -> HandleGesture | None:
        """Return what a press of the left button begins; None where there is no handle."""
        handle = self.handle_at(pointer)
        if handle is None or pointer.modifiers & Qt.KeyboardModifier.ShiftModifier:
            return None
        return HandleGesture(self._stage.surface, self, handle)

    def handle_at(self, pointer: Pointer) -> Handle | None:
        """Return the handle below a pixel."""
        if self._outline is None or self._stage.places is None:
            return None
        x, y = self._stage.surface.map_point(pointer)
        reach = HANDLE_PIXELS * self._stage.units_per_pixel
        handle = self._outline.nearest(x, y, reach)
        if handle is not None and handle.part is Part.EDGE and self._stage.places.nearest(x, y, reach) is not None:
            return None  # a customer on the border can still be taken
        return handle

    def hover(self, pointer: Pointer) -> None:
        """Show which handle a press would take."""
        if self._outline is not None:
            handle = self.handle_at(pointer)
            self._stage.surface.show_cursor(None if handle is None else CURSORS[handle.part])

    def double_click(self, pointer: Pointer) -> bool:
        """Put a corner on an edge; return whether there is a handle here."""
        handle = self.handle_at(pointer)
        if handle is not None and handle.part is Part.EDGE:
            self.drop(handle, pointer, pointer)
        return handle is not None

    def show_dragged(self, handle: Handle, start: Pointer, pointer: Pointer) -> None:
        """Show what a drop here would do."""
        stage = self._stage
        ring, spot = self._dragged(handle, start, pointer)
        fault = ring_problem(ring, stage.plane)
        points = Outline(ring, stage.projection).points
        snapped = (spot.x, spot.y) if spot.target else None
        stage.show(Sketch(points, closed=True, held=(spot.x, spot.y), wrong=bool(fault), snapped=snapped))
        stage.say(fault, HOW_TO_DROP)
        area = "" if fault else area_text(area_square_metres(points, stage.projection))
        stage.say_beside(spot.x, spot.y, area, spot.target)

    def drop(self, handle: Handle, start: Pointer, pointer: Pointer) -> None:
        """Do what was dragged, or say why it cannot be done."""
        ring, _ = self._dragged(handle, start, pointer)
        if handle.part is Part.EDGE:
            handle = Handle(Part.CORNER, handle.place + 1)
        self._request(ring, handle)

    def _dragged(self, handle: Handle, start: Pointer, pointer: Pointer) -> tuple[Ring, Spot]:
        """Return the ring that a drop would make, and where it takes hold."""
        assert self._outline is not None
        stage, ring = self._stage, self._outline.ring
        if handle.part is Part.WHOLE:
            x, y = stage.surface.map_point(pointer)
            (lat0, lon0), (lat1, lon1) = (
                stage.projection.to_geo(*point) for point in (stage.surface.map_point(start), (x, y))
            )
            return shifted(ring, lat1 - lat0, lon1 - lon0), Spot(x, y, (lat1, lon1))
        spot = stage.spot_at(pointer, self._zone)
        change = with_corner if handle.part is Part.CORNER else with_new_corner
        return change(ring, handle.place, spot.geo), spot

    # The keyboard

    def choose(self, handle: Handle | None) -> None:
        """Let the keyboard move a handle."""
        self._current = handle
        self.show()

    def walk(self, step: int) -> None:
        """Go to the next handle, or back by a negative step: from corner to corner, and to the whole zone last."""
        if self._outline is None:
            return
        handles = self._outline.handles
        if self._current in handles:
            self.choose(handles[(handles.index(self._current) + step) % len(handles)])
        else:
            self.choose(handles[0 if step > 0 else -1])

    def insert_corner(self) -> None:
        """Put a corner in the middle of the edge behind the present corner, or behind the first one."""
        if self._outline is None:
            return
        corner = self._current is not None and self._current.part is Part.CORNER
        place = self._current.place if corner and self._current is not None else 0
        middle = rounded(*self._stage.projection.to_geo(*self._outline.middles[place].tolist()))
        self._request(with_new_corner(self._outline.ring, place, middle), Handle(Part.CORNER, place + 1))

    def delete_corner(self, place: int) -> None:
        """Take a corner out, unless too few would be left."""
        if self._outline is None:
            return
        left = len(self._outline.ring) - 1
        if left < 3:
            self.show(TOO_FEW)
        else:
            self._request(without_corner(self._outline.ring, place), Handle(Part.CORNER, place % left))

    def key(self, key: Qt.Key, *, far: bool) -> Callable[[], object] | None:
        """Return what a key does, or None where it is not for the zone.

        Parameters
        ----------
        key
            Without any modifier.
        far
            Whether Shift is down.
        """
        current = self._current
        if current is None:
            return None
        if key in ARROWS:
            dx, dy = ARROWS[key]  # how the map is dragged to look there
            return lambda: self._nudge(current, -dx, dy, FAR_PIXELS if far else NUDGE_PIXELS)
        if key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and current.part is Part.CORNER and not far:
            return lambda: self.delete_corner(current.place)
        return None

    def _nudge(self, handle: Handle, dx: int, dy: int, pixels: float) -> None:
        """Move a handle by pixels, to the right and up."""
        assert self._outline is not None
        projection = self._stage.projection
        step = max(pixels * self._stage.units_per_pixel, LEAST_NUDGE[projection.geographic])
        x, y = self._outline.point_of(handle)
        (lat0, lon0), (lat1, lon1) = projection.to_geo(x, y), projection.to_geo(x + dx * step, y + dy * step)
        if handle.part is Part.CORNER:
            ring = with_corner(self._outline.ring, handle.place, rounded(lat1, lon1))
            self._request(ring, handle, f"corner {handle.place}")
        else:
            self._request(shifted(self._outline.ring, lat1 - lat0, lon1 - lon0), handle, "whole")

    def _request(self, ring: Ring, handle: Handle, by_keys: str = "") -> None:
        """Ask for another ring, and let the keyboard act on a handle of it; or say what is wrong with it."""
        fault = ring_problem(ring, self._stage.plane)
        if fault:
            self.show(fault)
            return
        self._outline, self._current = Outline(ring, self._stage.projection), handle
        self.show()
        self._ask(self._zone, ring, by_keys, handle.part is Part.WHOLE)

    # What is shown

    def show(self, fault: str = "") -> None:
        """Show the handles, and say beside that of the keyboard which one it is."""
        stage, outline, current = self._stage, self._outline, self._current
        stage.show(Sketch(handles=outline, current=current))
        stage.say(fault)
        if outline is None or current is None:
            stage.words.figures("")
        elif current.part is Part.CORNER:
            where = coordinates_text(*outline.ring[current.place], stage.projection)
            name = tr("Corner {place} of {number}", place=current.place + 1, number=len(outline.ring))
            stage.say_beside(*outline.point_of(current), name, where)
        else:
            area = area_text(area_square_metres(outline.points, stage.projection))
            stage.say_beside(*outline.point_of(current), tr("Whole zone"), area)
