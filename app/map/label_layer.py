"""Numbers of visits and names of depots and zones, where there is room for them."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from app.map.camera import Camera
from app.map.features import Floats, Ints, Places, RouteLines, ZoneShapes
from app.map.items import ViewItem
from app.map.lettering import Lettering
from app.map.text_scale import text_scale
from app.map.theme import MapTheme

NUMBERED_IN_VIEW = 220
"""With more customers in view none is numbered: it would be noise, and slow."""
NAMED_IN_VIEW = 25
"""With more depots in view none is named."""
ROOM_PIXELS = 20.0
"""Numbers keep this distance; where two would overlap, the earlier visit keeps its number."""

ZONE_PIXELS = 40
"""Least width or height of a zone on the screen for its name to be shown."""
ZONE_GAP = 2.0
"""Pixels between a zone and its name."""

BESIDE = 3.0
"""Pixels from the middle of a marker to a number that stands beside it."""

CLEAR_SHARE = 0.5
"""Numbers are shown where at least this share of the stops has room for one: fewer would tell no order."""


class LabelLayer(ViewItem):
    """Draws labels over the markers, in pixels."""

    def __init__(self, theme: MapTheme, lettering: Lettering) -> None:
        super().__init__(36)
        self._theme = theme
        self._colours = [colour.name() for colour in theme.route_colours]
        self._lettering = lettering
        self._camera = Camera()
        self._places: Places | None = None
        self._lines = RouteLines()
        self._zones: ZoneShapes | None = None
        self._beside = False

    def set_theme(self, theme: MapTheme) -> None:
        self._theme = theme
        self._colours = [colour.name() for colour in theme.route_colours]
        self.update()

    def set_camera(self, camera: Camera) -> None:
        self._camera = camera

    def show_lines(self, places: Places, lines: RouteLines) -> None:
        """Number the visits of these routes."""
        self._places, self._lines = places, lines
        self.update()

    def set_numbers_beside(self, beside: bool) -> None:
        """Number visits beside their markers, where these tell more than the route, instead of over them."""
        self._beside = beside
        self.update()

    def show_zones(self, zones: ZoneShapes) -> None:
        """Name these zones."""
        self._zones = zones
        self.update()

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        places = self._places
        if places is None:
            return
        left, bottom, right, top = self._camera.rect
        in_view = (places.x >= left) & (places.x <= right) & (places.y >= bottom) & (places.y <= top)
        transform = painter.transform()
        painter.resetTransform()
        if self._zones is not None and self._zones.ids:
            self._paint_zone_names(painter, places, self._zones, np.flatnonzero(in_view))
        customers = in_view[places.depots :]
        if len(self._lines.starts) and np.count_nonzero(customers) <= NUMBERED_IN_VIEW:
            self._paint_numbers(painter, places, np.flatnonzero(in_view & (self._lines.turn > 0)))
        depots = np.flatnonzero(in_view[: places.depots])
        if len(depots) <= NAMED_IN_VIEW:
            self._paint_names(painter, places, depots)
        painter.setTransform(transform)

    def _pixels(self, places: Places, positions: Ints) -> Floats:
        """Return pixels of places, shape ``(positions, 2)``."""
        left, _, _, top = self._camera.rect
        scale = self._camera.units_per_pixel
        return np.column_stack([(places.x[positions] - left) / scale, (top - places.y[positions]) / scale])

    def _paint_zone_names(self, painter: QPainter, places: Places, zones: ZoneShapes, positions: Ints) -> None:
        pixels = self._pixels(places, positions)
        view = QRectF(0, 0, self._camera.width, self._camera.height)
        for id in zones.ids:
            low, high = zones.rings[id].min(axis=0).tolist(), zones.rings[id].max(axis=0).tolist()
            zone = QRectF(
                QPointF(*self._camera.to_pixel(low[0], high[1])), QPointF(*self._camera.to_pixel(high[0], low[1]))
            )
            if zone.intersects(view) and max(zone.width(), zone.height()) >= ZONE_PIXELS:
                name = self._lettering.name(zones.labels[id], self._theme.zone, self._theme.halo)
                painter.drawPixmap(clearest(beside(zone, name.deviceIndependentSize()), pixels).topLeft(), name)

    def _paint_numbers(self, painter: QPainter, places: Places, positions: Ints) -> None:
        positions = positions[np.argsort(self._lines.turn[positions], kind="stable")]
        pixels = self._pixels(places, positions)
        chosen = with_room(pixels)
        if len(chosen) < CLEAR_SHARE * len(positions):
            return
        for position, (x, y) in zip(positions[chosen].tolist(), pixels[chosen].tolist(), strict=True):
            if self._beside:
                number = self._lettering.name(str(self._lines.turn[position]), self._theme.ink, self._theme.halo)
                painter.drawPixmap(
                    QPointF(round(x + BESIDE), round(y - number.deviceIndependentSize().height())), number
                )
                continue
            fill = self._colours[self._lines.color[position] % len(self._colours)]
            text = str(self._lines.turn[position])
            disc = self._lettering.disc(text, fill, self._theme.halo, self._theme.disc_ink)
            size = disc.deviceIndependentSize()
            painter.drawPixmap(QPointF(x - size.width() / 2, y - size.height() / 2), disc)

    def _paint_names(self, painter: QPainter, places: Places, positions: Ints) -> None:
        pixels = self._pixels(places, positions)
        for order in with_room(pixels):
            name = self._lettering.name(places.names[positions[order]], self._theme.ink, self._theme.halo)
            x, y = pixels[order]
            painter.drawPixmap(QPointF(round(x + 10), round(y - name.deviceIndependentSize().height() / 2)), name)


def beside(box: QRectF, size: QSizeF) -> list[QRectF]:
    """Return where a label may stand: above a box, below it, to the right and to the left of it."""
    x, y = box.center().x() - size.width() / 2, box.center().y() - size.height() / 2
    corners = (
        (x, box.top() - ZONE_GAP - size.height()),
        (x, box.bottom() + ZONE_GAP),
        (box.right() + ZONE_GAP, y),
        (box.left() - ZONE_GAP - size.width(), y),
    )
    return [QRectF(QPointF(round(left), round(top)), size) for left, top in corners]


def clearest(boxes: list[QRectF], points: Floats) -> QRectF:
    """Return the box that covers the fewest points; the earliest among equals."""

    def covered(box: QRectF) -> int:
        x, y = points.T
        return int(np.count_nonzero((x >= box.left()) & (x <= box.right()) & (y >= box.top()) & (y <= box.bottom())))

    return min(boxes, key=covered)


def with_room(pixels: Floats) -> list[int]:
    """Return the points, first come first served, that keep `ROOM_PIXELS` from each other at the scale of text."""
    room = ROOM_PIXELS * text_scale()
    free = np.ones(len(pixels), dtype=bool)
    chosen = []
    for order, (x, y) in enumerate(pixels.tolist()):
        if free[order]:
            chosen.append(order)
            free &= np.hypot(pixels[:, 0] - x, pixels[:, 1] - y) >= room
    return chosen
