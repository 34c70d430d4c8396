"""The badge of each route at its line, where there is room for it: colours and patterns are told apart with it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from app.map.camera import Camera
from app.map.features import Floats, Ints, Places
from app.map.items import ViewItem
from app.map.lettering import Lettering
from app.map.text_scale import text_scale
from app.map.theme import MapTheme
from app.map.ways import Ways

NUMBERED_ROUTES = 60
"""With more routes in view none is numbered; while some are selected, only these count and are numbered."""
LEAST_LEG = 46.0
"""Pixels of a leg on the screen that has room for a number."""
ROOM = 17.0
"""Pixels that a number keeps from places and from other numbers."""
TRIED = 6
"""The longest legs of each route, among which one with room is looked for."""


class RouteNumbers(ViewItem):
    """Draws a plate in the middle of a leg of each route, always the same one while the map is panned about it."""

    def __init__(self, theme: MapTheme, lettering: Lettering) -> None:
        super().__init__(35)
        self._theme, self._lettering = theme, lettering
        self._camera = Camera()
        self._ways: Ways | None = None
        self._chosen: NDArray[np.bool_] = np.zeros(0, dtype=bool)
        self._seen: tuple[Camera, float] | None = None  # for which it is known where numbers are
        self._found: list[tuple[int, tuple[float, float]]] = []

    def set_theme(self, theme: MapTheme) -> None:
        self._theme = theme
        self.update()

    def set_camera(self, camera: Camera) -> None:
        self._camera = camera

    def show_ways(self, ways: Ways, chosen: NDArray[np.bool_]) -> None:
        """Number these routes, or only the chosen ones where there are any; ``chosen`` is a mask over the routes."""
        self._ways, self._chosen, self._seen = ways, chosen, None
        self.update()

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        ways = self._ways
        if ways is None:
            return
        if self._seen != (self._camera, text_scale()):  # most pictures are of the same map with something over it
            self._seen, self._found = (self._camera, text_scale()), self.placed(ways)
        transform = painter.transform()
        painter.resetTransform()
        for route, (x, y) in self._found:
            drawn = ways.lines.routes[route]
            rim = self._theme.route_colour(drawn.color).name()
            plate = self._lettering.plate(drawn.badge, self._theme.ink, self._theme.halo, rim)
            size = plate.deviceIndependentSize()
            painter.drawPixmap(QPointF(round(x - size.width() / 2), round(y - size.height() / 2)), plate)
        painter.setTransform(transform)

    def placed(self, ways: Ways) -> list[tuple[int, tuple[float, float]]]:
        """Return the routes that are numbered, and where in pixels; ascending."""
        places, lines, camera = ways.places, ways.lines, self._camera
        legs = ways.near(camera.rect)
        if self._chosen.any():
            legs = legs[self._chosen[lines.owners[legs]]]
        routes = np.unique(lines.owners[legs])
        if not 0 < len(routes) <= NUMBERED_ROUTES:
            return []
        scale = text_scale()
        points, _, lengths = ways.along(legs, 0.5)
        lengths, middles = lengths / camera.units_per_pixel, _pixels(points[:, 0], points[:, 1], camera)
        edge = ROOM * scale
        inside = (middles >= edge).all(axis=1) & (middles <= (camera.width - edge, camera.height - edge)).all(axis=1)
        suits = np.flatnonzero(inside & (lengths >= LEAST_LEG * scale))
        suits = suits[np.argsort(-lengths[suits], kind="stable")]
        shown = _in_view(places, camera)
        taken = _pixels(places.x[shown], places.y[shown], camera)
        found = []
        for route in routes.tolist():
            for leg in suits[lines.owners[legs[suits]] == route][:TRIED].tolist():
                at = middles[leg]
                if not len(taken) or np.hypot(*(taken - at).T).min() >= edge:
                    taken = np.vstack([taken, at])
                    found.append((route, (float(at[0]), float(at[1]))))
                    break
        return found


def _in_view(places: Places, camera: Camera) -> Ints:
    left, bottom, right, top = camera.rect
    return np.flatnonzero((places.x >= left) & (places.x <= right) & (places.y >= bottom) & (places.y <= top))


def _pixels(x: Floats, y: Floats, camera: Camera) -> Floats:
    left, _, _, top = camera.rect
    return np.column_stack([x - left, top - y]) / camera.units_per_pixel
