"""Between mouse and map: starts gestures, keeps the one that is under way, and says what they ask for."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt, Signal

from app.map.canvas import Canvas
from app.map.features import Floats, Item, Places, ZoneShapes
from app.map.gesture_choice import gesture_for
from app.map.gestures import ADDS, Gesture, MapMode, MapPoint, Pointer
from app.map.outline import rounded
from app.map.ribbon import ribbon
from app.map.ways import Ways
from app.map.zone_tool import ZoneTool

REACH_PIXELS = 9.0
"""How far from the mouse a marker may be and still be meant."""
LINE_REACH_PIXELS = 5.0
DOUBLE_CLICK_ZOOM = 2.0
CURSORS = {MapMode.SELECT: Qt.CursorShape.ArrowCursor, MapMode.MOVE: Qt.CursorShape.SizeAllCursor}
"""Of the modes that are not for drawing, adding or asking."""


class Interaction(QObject):
    """The surface that gestures work on.

    Parameters
    ----------
    canvas
        Sends mouse events and shows previews.
    parent
        Owner of this object.
    """

    selection_requested = Signal(object)
    add_requested = Signal(str, float, float)
    move_requested = Signal(object, float, float)
    stop_dragged = Signal(str)
    question_asked = Signal(str)
    closure_drawn = Signal(object)
    item_activated = Signal(str, str)
    mode_changed = Signal(object)
    pointed_at = Signal(object)
    """Latitude and longitude below the mouse, or None once it has left."""

    def __init__(self, canvas: Canvas, parent: QObject) -> None:
        super().__init__(parent)
        self._canvas = canvas
        self._places: Places | None = None
        self._zones: ZoneShapes | None = None
        self._ways: Ways | None = None
        self._selected: frozenset[Item] = frozenset()
        self._gesture: Gesture | None = None
        self._button = Qt.MouseButton.NoButton
        self._mode = MapMode.SELECT
        self._keeps = False
        self._space = False
        self.zone_tool = ZoneTool(self, canvas, self)
        canvas.pressed.connect(self._press)
        canvas.moved.connect(self._move)
        canvas.released.connect(self._release)
        canvas.double_clicked.connect(self._double_click)
        canvas.left.connect(self._leave)

    # What is there

    def set_features(self, places: Places, zones: ZoneShapes) -> None:
        """Work on these; a gesture under way would refer to what is gone, so it is cancelled."""
        self._cancel_gesture()
        self._places, self._zones, self._ways = places, zones, None
        self.zone_tool.set_features(places, zones)

    def set_ways(self, ways: Ways) -> None:
        self._ways = ways

    def set_selected(self, items: frozenset[Item]) -> None:
        self._selected = items
        self.zone_tool.set_selected(items)

    @property
    def selected(self) -> frozenset[Item]:
        """What is selected now."""
        return self._selected

    @property
    def mode(self) -> MapMode:
        """What a click does."""
        return self._mode

    @property
    def keeps_mode(self) -> bool:
        """Whether an adding mode stays after a click."""
        return self._keeps

    def set_mode(self, mode: MapMode, *, keep: bool = False) -> None:
        keep = keep and mode in ADDS
        if (mode, keep) == (self._mode, self._keeps):
            return
        if mode is not self._mode:
            self.cancel()
        self._mode, self._keeps = mode, keep
        self.zone_tool.set_mode(mode)
        self.show_cursor(None)
        self.mode_changed.emit(mode)

    def set_space(self, down: bool) -> None:
        """Note whether the space bar is down."""
        self._space = down
        if self._gesture is None:
            self.show_cursor(None)

    def cancel(self) -> bool:
        """Cancel the gesture under way, or else the zone that is being drawn; return whether there was either."""
        return self._cancel_gesture() or self.zone_tool.cancel()

    def _cancel_gesture(self) -> bool:
        if self._gesture is None:
            return False
        self._gesture.cancel()
        self._gesture = None
        return True

    def item_at(self, px: float, py: float) -> Item | None:
        """Return the place, else the route, else the zone below a pixel."""
        return self.place_at(px, py) or self._area_at(px, py)

    def place_at(self, px: float, py: float) -> Item | None:
        """Return the depot or customer below a pixel."""
        if self._places is None:
            return None
        x, y = self._canvas.camera.to_map(px, py)
        return self._places.nearest(x, y, REACH_PIXELS * self._canvas.camera.units_per_pixel)

    def _area_at(self, px: float, py: float) -> Item | None:
        if self._ways is None or self._zones is None:
            return None
        x, y = self._canvas.camera.to_map(px, py)
        reach = LINE_REACH_PIXELS * self._canvas.camera.units_per_pixel
        return self._ways.nearest(x, y, reach) or self._zones.at(x, y)

    def name_of(self, item: Item) -> str:
        """Return what an item is called."""
        kind, id = item
        if kind == "routes":
            routes = self._ways.lines.routes if self._ways is not None else ()
            return next((route.label for route in routes if route.id == id), id)
        if kind == "zones":
            return self._zones.labels.get(id, id) if self._zones is not None else id
        if self._places is None or item not in self._places.index:
            return id
        return self._places.names[self._places.index[item]]

    # What gestures ask for

    def items_between(self, start: Pointer, end: Pointer) -> frozenset[Item]:
        """Return depots and customers in the rectangle between two pixels."""
        if self._places is None:
            return frozenset()
        camera = self._canvas.camera
        return self._places.within(*camera.to_map(start.x, start.y), *camera.to_map(end.x, end.y))

    def items_enclosed(self, line: Sequence[MapPoint]) -> frozenset[Item]:
        return frozenset() if self._places is None else self._places.enclosed(line)

    def map_point(self, pointer: Pointer) -> MapPoint:
        return self._canvas.camera.to_map(pointer.x, pointer.y)

    def pan(self, dx: float, dy: float) -> None:
        self._canvas.pan(dx, dy)

    def request_selection(self, items: frozenset[Item]) -> None:
        self.selection_requested.emit(items)

    def request_move(self, items: frozenset[Item], start: Pointer, end: Pointer) -> None:
        (lat0, lon0), (lat1, lon1) = self._geo(start), self._geo(end)
        self.move_requested.emit(items, lat1 - lat0, lon1 - lon0)

    def request_add(self, kind: str, at: Pointer) -> None:
        """Ask for a new depot or customer, and for no more of them unless the mode or Shift keeps on."""
        self.add_requested.emit(kind, *self._geo(at))
        if self._mode in ADDS and not self._keeps and not at.modifiers & Qt.KeyboardModifier.ShiftModifier:
            self.set_mode(MapMode.SELECT)

    def request_question(self, item: Item) -> None:
        self.question_asked.emit(item[1])

    def request_drag(self, item: Item) -> None:
        self._cancel_gesture()
        self.stop_dragged.emit(item[1])

    def show_band(self, start: Pointer, end: Pointer) -> None:
        camera = self._canvas.camera
        self._canvas.preview.show_band(*camera.to_map(start.x, start.y), *camera.to_map(end.x, end.y))

    def hide_band(self) -> None:
        self._canvas.preview.hide_band()

    def show_lasso(self, line: Sequence[MapPoint]) -> None:
        self._canvas.preview.show_lasso(line)

    def show_closure(self, line: Sequence[MapPoint]) -> None:
        self._canvas.preview.show_lasso(self._ribbon(line).tolist() if line else ())

    def request_closure(self, line: Sequence[MapPoint]) -> None:
        ring = tuple(rounded(*self._canvas.projection.to_geo(x, y)) for x, y in self._ribbon(line).tolist())
        self.closure_drawn.emit(ring)

    def _ribbon(self, line: Sequence[MapPoint]) -> Floats:
        camera, projection = self._canvas.camera, self._canvas.projection
        return ribbon(line, camera.units_per_pixel, projection.metres_per_unit(camera.y))

    def show_ghost(self, items: frozenset[Item], start: Pointer, end: Pointer) -> None:
        scale = self._canvas.camera.units_per_pixel
        self._canvas.preview.show_ghost(items, (end.x - start.x) * scale, (start.y - end.y) * scale)

    def hide_ghost(self) -> None:
        self._canvas.preview.hide_ghost()

    def show_cursor(self, shape: Qt.CursorShape | None) -> None:
        if shape is None:
            shape = CURSORS.get(self._mode, Qt.CursorShape.CrossCursor)
            if self._space:
                shape = Qt.CursorShape.OpenHandCursor
        self._canvas.viewport().setCursor(shape)

    def _geo(self, pointer: Pointer) -> tuple[float, float]:
        return self._canvas.projection.to_geo(*self._canvas.camera.to_map(pointer.x, pointer.y))

    # Mouse events

    def _press(self, pointer: Pointer) -> None:
        if self._gesture is None:
            gesture = self.zone_tool.gesture_for(pointer, space=self._space)
            self._begin(gesture or gesture_for(self, self._mode, pointer, space=self._space), pointer)

    def _begin(self, gesture: Gesture | None, pointer: Pointer) -> None:
        self._gesture = gesture
        self._button = pointer.button
        if gesture is not None:
            self._canvas.selection.set_hovered(None)
            gesture.press(pointer)

    def _move(self, pointer: Pointer) -> None:
        self.pointed_at.emit(self._geo(pointer))
        if self._gesture is not None:
            self._gesture.move(pointer)
        else:
            self._canvas.selection.set_hovered(self.place_at(pointer.x, pointer.y))
            self.zone_tool.hover(pointer)

    def _release(self, pointer: Pointer) -> None:
        if self._gesture is not None and pointer.button == self._button:
            gesture, self._gesture = self._gesture, None
            gesture.release(pointer)

    def _double_click(self, pointer: Pointer) -> None:
        if self.zone_tool.double_click(pointer):
            return
        if pointer.button != Qt.MouseButton.LeftButton or self._mode not in CURSORS:
            self._press(pointer)
            return
        item = self.item_at(pointer.x, pointer.y)
        if item is None:
            self._canvas.zoom(DOUBLE_CLICK_ZOOM, pointer.x, pointer.y)
        else:
            self.item_activated.emit(*item)

    def _leave(self) -> None:
        self._canvas.selection.set_hovered(None)
        self.zone_tool.leave()
        self.pointed_at.emit(None)
