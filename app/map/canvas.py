"""The viewport: owns the camera, turns the wheel and keys into its moves, and hands mouse events on in pixels."""

from __future__ import annotations

from dataclasses import replace

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QEnterEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from app.language import tr
from app.map.camera import Camera, Margins, Rect
from app.map.cut_off_layer import CutOffLayer
from app.map.difference_layer import DifferenceLayer
from app.map.furniture import Furniture
from app.map.gestures import Pointer
from app.map.ground import Ground
from app.map.kerb_layer import KerbLayer
from app.map.label_layer import LabelLayer
from app.map.lettering import Lettering
from app.map.lock_layer import LockLayer
from app.map.preview import Preview
from app.map.projection import WORLD, Plane, Projection
from app.map.route_layer import RouteLayer
from app.map.stop_layer import SelectionLayer, StopLayer
from app.map.street_layer import StreetLayer
from app.map.theme import MapTheme
from app.map.tiles.layer import TileLayer
from app.map.zone_layer import ZoneLayer
from app.map.zone_sketch import ZoneSketch

WHEEL_BASE = 1.0018
"""Magnification per unit of wheel angle; a notch is 120 units."""
KEY_ZOOM = 1.5
KEY_PAN = 0.15
"""Share of the viewport that an arrow key pans."""
FIT_MARGINS = Margins(28, 22, 28, 34)
"""Pixels around what is fitted: the scale bar lies at the bottom."""

BY_KEYS = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason)

ARROWS = {
    Qt.Key.Key_Left: (1, 0),
    Qt.Key.Key_Right: (-1, 0),
    Qt.Key.Key_Up: (0, 1),
    Qt.Key.Key_Down: (0, -1),
}


class Canvas(pg.GraphicsView):  # type: ignore[misc]
    """A plain view box with the layers of the map in it.

    Signals
    -------
    pressed, moved, released, double_clicked
        A `Pointer`.
    left
        The mouse has left the map.
    camera_changed
        The map was panned, zoomed or resized.
    theme_changed
        The new `MapTheme`.

    Attributes
    ----------
    ringed
        Whether a ring shows that the map has the keyboard.
    """

    pressed = Signal(object)
    moved = Signal(object)
    released = Signal(object)
    double_clicked = Signal(object)
    left = Signal()
    camera_changed = Signal()
    theme_changed = Signal(object)

    def __init__(self, theme: MapTheme, parent: QWidget | None = None) -> None:
        super().__init__(parent, background=theme.land)
        self.setObjectName("mapCanvas")
        self.setAccessibleName(tr("Map"))
        self.setAccessibleDescription(tr("The arrow keys move the map, plus and minus zoom, F shows everything"))
        self.setMouseTracking(True)
        self.camera = Camera()
        self.ringed = False
        self.projection: Projection = Plane()
        self._fitted: Rect | None = None
        self._box = pg.ViewBox(enableMenu=False, enableMouse=False, defaultPadding=0.0)
        self._box.disableAutoRange()
        self._lettering = Lettering()
        self.ground = Ground(theme)
        self.streets = StreetLayer(theme)
        self.tiles = TileLayer(theme)
        self.zones = ZoneLayer(theme)
        self.labels = LabelLayer(theme, self._lettering)
        self.stops = StopLayer(theme)
        self.locks, self.cut_off = LockLayer(theme), CutOffLayer(theme)
        self.sketch = ZoneSketch(theme)
        below = (self.ground, self.streets, self.tiles, self.zones, self.labels, self.stops, self.stops.left_out)
        for item in (*below, self.locks, self.cut_off, self.sketch):
            self._box.addItem(item, ignoreBounds=True)
        self.routes = RouteLayer(self._box, theme, self._lettering)
        self.kerbs = KerbLayer(self._box, theme)
        self.difference = DifferenceLayer(self._box, theme, self.viewport())
        self.selection = SelectionLayer(self._box, theme)
        self.preview = Preview(self._box, theme)
        self.furniture = Furniture(theme)
        self.setCentralItem(self._box)

    def set_theme(self, theme: MapTheme) -> None:
        """Repaint everything in other colours."""
        self.setBackground(theme.land)
        below = (self.ground, self.streets, self.tiles, self.zones, self.labels, self.routes, self.kerbs)
        signs = (self.stops, self.locks, self.cut_off)
        for layer in (*below, self.difference, *signs, self.selection, self.preview, self.sketch):
            layer.set_theme(theme)
        self.furniture.theme = theme
        self.viewport().update()
        self.theme_changed.emit(theme)

    def set_text_scale(self, scale: float) -> None:
        """Repaint names and numbers at another scale."""
        self._lettering.set_scale(scale)
        self.furniture.set_scale(scale)
        self.streets.forget_picture()
        self.viewport().update()

    def look(self, camera: Camera) -> None:
        """Show what this camera sees, within what makes sense."""
        camera = replace(camera, width=max(self.viewport().width(), 1), height=max(self.viewport().height(), 1))
        reach = WORLD if self.projection.geographic else 1e9
        camera = camera.limited(*self._scales(), (-reach, -reach, reach, reach))
        self.camera, self._fitted = camera, None
        self.ground.set_camera(camera)
        self.streets.set_camera(camera)
        self.tiles.set_camera(camera)
        self.labels.set_camera(camera)
        self.routes.set_camera(camera)
        self.kerbs.set_camera(camera)
        self.difference.set_camera(camera)
        left, bottom, right, top = camera.rect
        self._box.setRange(xRange=(left, right), yRange=(bottom, top), padding=0)
        self.camera_changed.emit()

    def fit(self, rect: Rect) -> None:
        """Show a rectangle of the map with some air around it."""
        self.look(self.camera.fitted(rect, FIT_MARGINS))
        self._fitted = rect

    def pan(self, dx: float, dy: float) -> None:
        """Drag the map by pixels."""
        self.look(self.camera.panned(dx, dy))

    def zoom(self, factor: float, px: float | None = None, py: float | None = None) -> None:
        """Magnify; what is below the pixel, or else in the middle, stays where it is."""
        at = (self.camera.width / 2 if px is None else px, self.camera.height / 2 if py is None else py)
        finest, coarsest = self._scales()
        scale = self.camera.units_per_pixel
        # held within the limits first: at a limit the map must not slide
        self.look(self.camera.zoomed(scale / min(max(scale / factor, finest), coarsest), *at))

    def _scales(self) -> tuple[float, float]:
        """Return the finest and the coarsest scale, map units per pixel."""
        if self.projection.geographic:
            return 0.02, 2.2 * WORLD / max(self.viewport().width(), 1)
        return 1e-6, 1e6

    def drawForeground(self, painter: QPainter, rect: QRectF) -> None:
        self._lettering.set_ratio(self.viewport().devicePixelRatioF())
        painter.save()
        painter.resetTransform()
        named = (self.tiles.attribution, self.streets.attribution, self.ground.attribution)
        self.furniture.paint(painter, self.camera, self.projection, " · ".join(dict.fromkeys(filter(None, named))))
        if self.ringed:
            painter.setPen(QPen(QColor(self.furniture.theme.accent), 4.0))  # half of it is outside
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.viewport().rect())
        painter.restore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Ring the map when keys have led to it; who clicks knows where they are."""
        super().focusInEvent(event)
        self._ring(event.reason() in BY_KEYS)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._ring(False)

    def _ring(self, ringed: bool) -> None:
        if ringed != self.ringed:
            self.ringed = ringed
            self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if hasattr(self, "furniture"):  # the base class resizes itself before it is complete
            # what was fitted stays so until the user looks elsewhere
            if self._fitted is None:
                self.look(self.camera)
            else:
                viewport = self.viewport()
                self.camera = replace(self.camera, width=viewport.width(), height=viewport.height())
                self.fit(self._fitted)

    def wheelEvent(self, event: QWheelEvent) -> None:
        at = event.position()
        self.zoom(WHEEL_BASE ** event.angleDelta().y(), at.x(), at.y())
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in ARROWS:
            dx, dy = ARROWS[Qt.Key(key)]
            self.pan(dx * KEY_PAN * self.camera.width, dy * KEY_PAN * self.camera.height)
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom(KEY_ZOOM)
        elif key in (Qt.Key.Key_Minus, Qt.Key.Key_Underscore):
            self.zoom(1 / KEY_ZOOM)
        else:
            event.ignore()  # the widget around the canvas knows the others
            return
        event.accept()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.pressed.emit(_pointer(event))
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.moved.emit(_pointer(event))
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.released.emit(_pointer(event))
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.double_clicked.emit(_pointer(event))
        event.accept()

    def enterEvent(self, event: QEnterEvent) -> None:
        event.accept()

    def leaveEvent(self, event: QEvent) -> None:
        self.left.emit()


def _pointer(event: QMouseEvent) -> Pointer:
    at = event.position()
    return Pointer(at.x(), at.y(), event.button(), event.modifiers())
