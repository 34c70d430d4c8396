"""Numbers of visits and names of depots, where there is room for them."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from app.map.camera import Camera
from app.map.features import Floats, Ints, Places, RouteLines
from app.map.items import ViewItem
from app.map.lettering import Lettering
from app.map.theme import MapTheme

NUMBERED_IN_VIEW = 220
"""With more customers in view none is numbered: it would be noise, and slow."""
NAMED_IN_VIEW = 25
"""With more depots in view none is named."""
ROOM_PIXELS = 20.0
"""Numbers keep this distance; where two would overlap, the earlier visit keeps its number."""

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

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        places = self._places
        if places is None or not len(places):
            return
        left, bottom, right, top = self._camera.rect
        in_view = (places.x >= left) & (places.x <= right) & (places.y >= bottom) & (places.y <= top)
        transform = painter.transform()
        painter.resetTransform()
        customers = in_view[places.depots :]
        if len(self._lines.starts) and np.count_nonzero(customers) <= NUMBERED_IN_VIEW:
            self._paint_numbers(painter, places, np.flatnonzero(in_view & (self._lines.turn > 0)))
        depots = np.flatnonzero(in_view[: places.depots])
        if len(depots) <= NAMED_IN_VIEW:
            self._paint_names(painter, places, depots)
        painter.setTransform(transform)

    def _pixels(self, places: Places, positions: Ints) -> Floats:
        """Return pixels of places, shape ``(positions, 2)``."""
        places_xy = zip(places.x[positions].tolist(), places.y[positions].tolist(), strict=True)
        return np.array([self._camera.to_pixel(x, y) for x, y in places_xy]).reshape(-1, 2)

    def _paint_numbers(self, painter: QPainter, places: Places, positions: Ints) -> None:
        positions = positions[np.argsort(self._lines.turn[positions], kind="stable")]
        pixels = self._pixels(places, positions)
        chosen = with_room(pixels)
        if len(chosen) < CLEAR_SHARE * len(positions):
            return
        for position, (x, y) in zip(positions[chosen].tolist(), pixels[chosen].tolist(), strict=True):
            fill = self._colours[self._lines.color[position] % len(self._colours)]
            disc = self._lettering.disc(str(self._lines.turn[position]), fill, self._theme.halo)
            size = disc.deviceIndependentSize()
            painter.drawPixmap(QPointF(x - size.width() / 2, y - size.height() / 2), disc)

    def _paint_names(self, painter: QPainter, places: Places, positions: Ints) -> None:
        pixels = self._pixels(places, positions)
        for order in with_room(pixels):
            name = self._lettering.name(places.names[positions[order]], self._theme.ink, self._theme.halo)
            x, y = pixels[order]
            painter.drawPixmap(QPointF(round(x + 10), round(y - name.deviceIndependentSize().height() / 2)), name)


def with_room(pixels: Floats) -> list[int]:
    """Return the points, first come first served, that keep `ROOM_PIXELS` from each other."""
    free = np.ones(len(pixels), dtype=bool)
    chosen = []
    for order, (x, y) in enumerate(pixels.tolist()):
        if free[order]:
            chosen.append(order)
            free &= np.hypot(pixels[:, 0] - x, pixels[:, 1] - y) >= ROOM_PIXELS
    return chosen
