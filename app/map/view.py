"""The map as a widget: give it a scenario and routes, and it says what the user wants to change.

It never changes the scenario itself: it asks by signals, and shows what it is told.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np
from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QHelpEvent, QImage, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QToolTip, QVBoxLayout, QWidget

from app.language import tr
from app.map.basemap import base_map
from app.map.camera import Camera
from app.map.canvas import Canvas
from app.map.coordinates import Coordinates
from app.map.difference_layer import DrawnDifference
from app.map.dropping import destination_at
from app.map.extent import extent
from app.map.features import Item, MapRoute, Places, RouteLines, ZoneShapes
from app.map.gestures import MapMode
from app.map.interaction import REACH_PIXELS, Interaction
from app.map.legend import Legend
from app.map.mode_hint import ModeHint
from app.map.projection import Mercator, Projection, projection_of
from app.map.streets import Streets
from app.map.text_scale import text_scale
from app.map.theme import MapTheme
from app.map.tiles.provider import TileProvider
from app.map.ways import Shapes, Ways
from app.model.colouring import Colouring
from app.model.drops import Destination
from app.model.locks import TITLES
from app.model.plan import Lock
from app.model.scenario import Scenario

__all__ = ["Item", "MapMode", "MapRoute", "MapView"]

CLOSE = {True: 15.0, False: 0.02}
"""Map units of a pixel at which `MapView.show_item` shows a place, unless the map is closer."""
DROP_REACH_PIXELS = 8.0
"""How far from a line something may be dropped and still be meant for it; more than for a click."""


class MapView(QWidget):
    """Depots, customers, routes and zones on a map that can be panned, zoomed and edited.

    Attributes
    ----------
    zone_tool
        Draws and reshapes zones, and has signals of its own.

    Signals
    -------
    selection_requested
        Frozenset of ``(kind, id)`` that should become the selection.
    add_requested
        Kind, latitude, longitude of a new depot or customer.
    move_requested
        Frozenset of ``(kind, id)``, and by how much latitude and longitude of each should change.
    stop_dragged
        The id of a customer that is dragged, to another route perhaps; whoever takes it follows the mouse from now on.
    question_asked
        The id of a customer that was clicked in the mode for questions.
    delete_requested
        Whatever is selected should go.
    item_activated
        Kind and id of a double-clicked item.
    shapes_missed
        Drives that are drawn straight since `set_shapes` does not know them yet.
    mode_changed
        The `MapMode` of now: another one, also when a click or Escape has ended an adding mode, or the same, which is
        kept now, see `set_mode`.
    """

    selection_requested = Signal(object)
    add_requested = Signal(str, float, float)
    move_requested = Signal(object, float, float)
    stop_dragged = Signal(str)
    question_asked = Signal(str)
    delete_requested = Signal()
    shapes_missed = Signal(object)
    item_activated = Signal(str, str)
    mode_changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("map")
        self.setAccessibleName(tr("Map"))
        theme = MapTheme.of(self.palette())
        self.canvas = Canvas(theme, self)
        self.interaction = Interaction(self.canvas, self)
        self.zone_tool = self.interaction.zone_tool
        self._coordinates = Coordinates(self.canvas)
        self.legend = Legend(self.canvas.viewport())
        self._mode_hint = ModeHint(self.canvas.viewport())
        self._colouring: Colouring | None = None
        self._unserved: frozenset[str] = frozenset()
        self._places, self._zones = Places(Scenario(), Mercator()), ZoneShapes(Scenario(), Mercator())
        self._lines = RouteLines.of((), self._places)
        self._shapes: Shapes | None = None
        self._ways = Ways(self._places, self._lines)
        self._selected: frozenset[Item] = frozenset()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.canvas)
        self.setFocusProxy(self.canvas)
        self.canvas.viewport().installEventFilter(self)
        self.canvas.camera_changed.connect(self.legend.place)
        self.canvas.camera_changed.connect(self._mode_hint.place)
        self.interaction.mode_changed.connect(lambda mode: self._mode_hint.show_mode(mode, kept=self.keeps_mode))
        names = ("selection_requested", "add_requested", "move_requested", "stop_dragged", "item_activated")
        for name in (*names, "question_asked", "mode_changed"):
            getattr(self.interaction, name).connect(getattr(self, name))
        self.interaction.pointed_at.connect(self._coordinates.show_point)
        self.canvas.set_text_scale(text_scale())
        self.set_theme(theme)
        self._set_projection(Mercator())
        self.set_scenario(Scenario())
        self.fit()

    # What is shown

    def set_scenario(self, scenario: Scenario, routes: Sequence[MapRoute] | None = None) -> None:
        """Show depots, customers and zones, and routes over them.

        The view stays where it is, except that the first places to be shown, and a change between earth and plane, are
        brought into view. One edit of ten thousand customers costs a few milliseconds.

        Parameters
        ----------
        scenario
            Has the places.
        routes
            To be drawn instead of the ones before; when None these stay, laid out over the places that are left.
        """
        projection = projection_of(scenario.settings)
        turned = projection.geographic != self.canvas.projection.geographic
        first = not len(self._places)
        if turned:
            self._set_projection(projection)
        items = self._places.items
        self._places = self._places.after(scenario, projection)
        if routes is not None or self._places.items is not items:  # else routes refer to the same positions as before
            self._lines = RouteLines.of(self._lines.routes if routes is None else routes, self._places)
        if turned:
            self.canvas.difference.show(self.canvas.difference.shown, projection, self._shapes)
        if turned or not self._zones.shows(scenario):
            self._zones = ZoneShapes(scenario, projection)
            self.canvas.zones.set_shapes(self._zones)
            self.canvas.labels.show_zones(self._zones)
        self.interaction.set_features(self._places, self._zones)
        self.canvas.selection.show_selected(self._places, self._selected)
        self._show_lines()
        if turned or (first and len(self._places)):
            self.fit()

    def set_routes(self, routes: Sequence[MapRoute]) -> None:
        """Draw these routes instead of the ones before; cheap enough for ten times a second."""
        if list(routes) == list(self._lines.routes):  # figures come after the plan, and a lock changes no route
            return
        self._lines = RouteLines.of(routes, self._places)
        self._show_lines()

    def set_selected(self, items: Iterable[Item]) -> None:
        """Show the selection; items that the map does not know are kept but not shown."""
        self._selected = frozenset(items)
        self.interaction.set_selected(self._selected)
        self.canvas.selection.show_selected(self._places, self._selected)
        self.canvas.zones.set_selected(frozenset(id for kind, id in self._selected if kind == "zones"))
        self.canvas.routes.set_selected(self._selected_routes())

    def set_unserved(self, customers: Iterable[str]) -> None:
        """Mark customers that the plan leaves out."""
        self._unserved = frozenset(customers)
        self.canvas.stops.set_unserved(self._unserved)
        self._show_legend()

    @property
    def unserved(self) -> frozenset[str]:
        """Ids of the customers that are marked as left out."""
        return self._unserved

    def set_colouring(self, colouring: Colouring | None) -> None:
        """Colour customers by their classes, and explain these in a legend; None colours them by their routes."""
        self._colouring = colouring
        self.canvas.stops.set_colouring(colouring)
        self.canvas.labels.set_numbers_beside(colouring is not None)
        self.canvas.routes.set_quiet(colouring is not None)
        self._show_legend()

    def set_shapes(self, shapes: Shapes | None) -> None:
        """Draw drives in these shapes, once more when there are more of them; None draws all of them straight."""
        self._shapes = shapes
        self.set_difference(self.canvas.difference.shown)

    def set_streets(self, streets: Streets | None) -> None:
        """Draw streets below everything, or none."""
        self.canvas.streets.set_streets(streets)

    def set_difference(self, difference: DrawnDifference | None) -> None:
        """Draw the difference between two plans in place of the routes; None draws the routes again."""
        self.canvas.difference.show(difference, self.canvas.projection, self._shapes)
        self._show_lines()

    def set_locks(self, locks: Mapping[str, Lock]) -> None:
        """Mark customers that are locked in the plan."""
        self.canvas.locks.set_locks(locks)

    def set_theme(self, theme: MapTheme) -> None:
        """Use other colours; by default the map follows the widget's palette."""
        self._theme = theme
        self.canvas.set_theme(theme)
        self._show_legend()
        self._coordinates.set_theme(theme)
        self._mode_hint.set_theme(theme)

    def set_tiles(self, provider: TileProvider | None) -> None:
        """Draw the tiles of a provider over the base map, or none; the map closes the one before."""
        self.canvas.tiles.set_provider(provider)

    def retry_tiles(self) -> None:
        """Try at once to get the tiles that did not come."""
        self.canvas.tiles.retry()

    def close_tiles(self) -> None:
        """Draw no tiles any more, and leave nothing running."""
        self.canvas.tiles.close()

    def fit(self) -> None:
        """Bring every depot, customer and zone into view."""
        self.canvas.fit(extent(self._places, self._zones, geographic=self.canvas.projection.geographic))

    def show_item(self, kind: str, key: str) -> None:
        """Bring a depot, a customer or a route into view; nothing moves for what is in view already.

        A single place is put in the middle, no further away than `CLOSE`; of a route all places are shown.
        """
        if kind == "routes":
            drawn = [route.id for route in self._lines.routes]
            at = np.flatnonzero(self._lines.route == drawn.index(key)) if key in drawn else np.empty(0, dtype=np.int64)
        else:
            at = self._places.positions([(kind, key)])
        if not len(at):
            return
        x, y = self._places.x[at], self._places.y[at]
        left, bottom, right, top = self.camera.rect
        if len(at) == 1:
            scale = min(self.camera.units_per_pixel, CLOSE[self.canvas.projection.geographic])
            self.look(replace(self.camera, x=float(x[0]), y=float(y[0]), units_per_pixel=scale))
        elif x.min() < left or x.max() > right or y.min() < bottom or y.max() > top:
            self.canvas.fit((float(x.min()), float(y.min()), float(x.max()), float(y.max())))

    def destination_at(self, px: float, py: float, moved: Collection[str]) -> Destination | None:
        """Return where customers that are dragged would go if they were dropped at a pixel of the viewport."""
        scale = self.camera.units_per_pixel
        reach = REACH_PIXELS * scale, DROP_REACH_PIXELS * scale
        return destination_at(self._ways, self.camera.to_map(px, py), reach, moved)

    def show_course(self, course: Sequence[Item]) -> None:
        """Show a route as it would be after a drop; none hides it."""
        self.canvas.preview.show_course(course)

    def show_leash(self, item: Item | None, px: float = 0.0, py: float = 0.0) -> None:
        """Show a line from what is dragged to a pixel of the viewport; None hides it."""
        self.canvas.preview.show_leash(item, *self.camera.to_map(px, py))

    def items_in_view(self) -> frozenset[Item]:
        """Return the depots and customers that the map shows now."""
        return self._places.within(*self.camera.rect)

    def set_mode(self, mode: MapMode, *, keep: bool = False) -> None:
        """Choose what a click does; an adding mode ends with the first one unless it is to be kept."""
        self.interaction.set_mode(mode, keep=keep)

    @property
    def mode(self) -> MapMode:
        """What a click does."""
        return self.interaction.mode

    @property
    def keeps_mode(self) -> bool:
        """Whether an adding mode stays after a click."""
        return self.interaction.keeps_mode

    @property
    def camera(self) -> Camera:
        """Where the map looks."""
        return self.canvas.camera

    def look(self, camera: Camera) -> None:
        """Look somewhere else; the size of the viewport stays what it is."""
        self.canvas.look(camera)

    def pixel_of(self, lat: float, lon: float) -> QPoint:
        """Return the pixel of the viewport that a point is nearest to."""
        x, y = self.canvas.projection.to_map(lat, lon)
        px, py = self.canvas.camera.to_pixel(float(x), float(y))
        return QPoint(round(px), round(py))

    @property
    def viewport(self) -> QWidget:
        """The widget that mouse events go to."""
        viewport: QWidget = self.canvas.viewport()
        return viewport

    def grab_image(self) -> QImage:
        """Return what the map shows, with scale and attribution, as an image."""
        hidden, ringed = self._coordinates.isVisible(), self.canvas.ringed
        self._coordinates.hide()
        self.canvas.ringed = False
        image: QImage = self.canvas.grab().toImage()
        self.canvas.ringed = ringed
        self._coordinates.setVisible(hidden)
        return image

    def _show_legend(self) -> None:
        self.legend.show_colouring(self._colouring, len(self._unserved), self._theme)

    def _set_projection(self, projection: Projection) -> None:
        self.canvas.projection = projection
        self.canvas.ground.set_source(base_map if projection.geographic else None, projection)
        self.canvas.tiles.set_geographic(projection.geographic)

    def _show_lines(self) -> None:
        canvas = self.canvas
        self._ways = drawn = Ways(self._places, self._lines, self._shapes)
        if canvas.difference.shown is not None:
            drawn = Ways(self._places, RouteLines.of((), self._places))
        canvas.routes.show_ways(drawn, self._selected_routes())
        canvas.kerbs.show_ways(drawn)
        for layer in (canvas.stops, canvas.labels, canvas.preview, canvas.locks):
            layer.show_lines(self._places, drawn.lines)
        self.interaction.set_ways(drawn)
        if missing := [*drawn.missing, *canvas.difference.missing]:
            self.shapes_missed.emit(missing)

    def _text_of(self, item: Item) -> str:
        """Return what is said of an item below the mouse."""
        name = self.interaction.name_of(item)
        lock = self.canvas.locks.locks.get(item[1]) if item[0] == "customers" else None
        return name if lock is None else f"{name}\n{TITLES[lock]}"

    def _selected_routes(self) -> frozenset[str]:
        return frozenset(id for kind, id in self._selected if kind == "routes")

    # Events

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.delete_requested.emit()
        elif key == Qt.Key.Key_F and not event.modifiers():
            self.fit()
        elif key == Qt.Key.Key_Escape:
            self._escape()
        elif key == Qt.Key.Key_Space:
            self.interaction.set_space(True)
        elif event.matches(QKeySequence.StandardKey.SelectAll):
            self.selection_requested.emit(frozenset(self._places.items))
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            if not event.isAutoRepeat():
                self.interaction.set_space(False)
        else:
            super().keyReleaseEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange):
            self.canvas.set_text_scale(text_scale())
            self.set_theme(MapTheme.of(self.palette()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            item = self.interaction.item_at(event.pos().x(), event.pos().y())
            QToolTip.showText(event.globalPos(), self._text_of(item) if item else "", self)
            return True
        if event.type() == QEvent.Type.FocusOut:
            self.interaction.set_space(False)
        return super().eventFilter(watched, event)

    def _escape(self) -> None:
        """Leave one thing after the other: the gesture, the adding mode, the selection."""
        if self.interaction.cancel():
            return
        if self.mode is not MapMode.SELECT:
            self.set_mode(MapMode.SELECT)
        elif self._selected:
            self.selection_requested.emit(frozenset())
