"""What lies below everything: sea, land, borders and a graticule; in a plane scenario a grid."""

from __future__ import annotations

import math
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QLineF, Qt, QTimer
from PySide6.QtGui import QColor, QPainter, QPainterPath
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from app.map.basemap import ATTRIBUTION, BaseMap, Floats
from app.map.camera import Camera, Surroundings
from app.map.items import ViewItem, cosmetic, ratio_of, view_rect
from app.map.projection import EARTH_RADIUS, Plane, Projection
from app.map.theme import MapTheme, blended

GRID_PIXELS = 110
"""Least distance of grid lines on the screen."""

FADING = (160.0, 40.0)
"""Metres per pixel at which the base map begins to fade, and at which it is gone. Natural Earth is drawn for 1 : 10
million, where its points lie a kilometre apart: over a city its coast is a sketch that has water where there are
streets. A dispatcher would take that for a map, so near enough to see streets there is only the grid."""


READING_DELAY = 100
"""Milliseconds from the first frame that lacks the base map until it is read, and between looks whether it has been.
What the window opens at the start mostly looks at a city, which needs none."""


class Ground(ViewItem):
    """Draws the base map; the camera is told before each frame."""

    def __init__(self, theme: MapTheme) -> None:
        super().__init__(-100)
        self._theme = theme
        self._load: Callable[[], BaseMap] | None = None
        self._reading: Future[BaseMap] | None = None
        self._map: BaseMap | None = None
        self._projection: Projection = Plane()
        self._camera = Camera()
        self._prepared = Surroundings()
        self._land = QPainterPath()
        self._borders = QPainterPath()
        self._timer = QTimer(self, singleShot=True, interval=READING_DELAY)
        self._timer.timeout.connect(self._read)

    def set_theme(self, theme: MapTheme) -> None:
        self._theme = theme
        self.update()

    def set_source(self, load: Callable[[], BaseMap] | None, projection: Projection) -> None:
        """Draw the base map that ``load`` returns, or only a grid where it is None.

        It is called in a thread of its own, some time after the first frame that needs it, if by then it still does.
        """
        self._load, self._map, self._reading = load, None, None
        self._projection, self._prepared = projection, Surroundings()
        self.update()

    @property
    def attribution(self) -> str:
        """Whom to name for what is drawn now."""
        return ATTRIBUTION if self._map is not None and self._strength() > 0 else ""

    def set_camera(self, camera: Camera) -> None:
        self._camera = camera

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        theme, rect, ratio = self._theme, view_rect(self), ratio_of(painter)
        strength = self._strength()
        if self._map is not None and strength > 0:
            self._prepare(self._map)
            painter.fillRect(rect, blended(theme.sea, theme.land, strength))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
            painter.setPen(cosmetic(blended(theme.coast, theme.land, strength), 1.0, ratio))
            painter.setBrush(QColor(theme.land))
            painter.drawPath(self._land)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(cosmetic(blended(theme.border, theme.land, strength), 1.2, ratio))
            painter.drawPath(self._borders)
        else:
            painter.fillRect(rect, QColor(theme.land))
            if self._load is not None and strength > 0 and not self._timer.isActive():
                self._timer.start()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(cosmetic(blended(theme.graticule, theme.land, 0.16), 1.0, ratio))
        painter.drawLines(self._grid())

    def _read(self) -> None:
        """Begin to read the base map, or take it when it has been read."""
        if self._load is None or not self._strength() > 0:
            return
        if self._reading is None:
            executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="base-map")
            self._reading = executor.submit(self._load)
            executor.shutdown(wait=False)  # the thread ends with the reading
        if self._reading.done():
            self._map, self._load, self._reading = self._reading.result(), None, None
            self.update()
        else:
            self._timer.start()

    def _strength(self) -> float:
        """Return how strongly the base map is drawn, 0 to 1."""
        begins, gone = FADING
        metres = self._camera.units_per_pixel * self._projection.metres_per_unit(self._camera.y)
        return min(max(math.log(metres / gone) / math.log(begins / gone), 0.0), 1.0)

    def _prepare(self, base_map: BaseMap) -> None:
        """Cut the land to the surroundings of the view, unless what was cut last time still serves."""
        if self._prepared.serves(self._camera):
            return
        self._prepared = Surroundings.of(self._camera)
        around, scale = self._prepared.rect, self._prepared.units_per_pixel
        self._land = joined_path(base_map.land(around, scale), closed=True)
        self._borders = joined_path(base_map.borders(around, scale), closed=False)

    def _grid(self) -> list[QLineF]:
        """Return meridians and parallels, or lines of a plane's grid, at round numbers."""
        left, bottom, right, top = self._camera.rect
        south, west = self._projection.to_geo(left, bottom)
        north, east = self._projection.to_geo(right, top)
        if self._projection.geographic:
            # wrapped longitudes and the ends of the world are no place for lines
            west, east = (math.degrees(x / EARTH_RADIUS) for x in (left, right))
        step = round_step((east - west) / max(self._camera.width, 1) * GRID_PIXELS)
        lines = []
        for lon in np.arange(math.ceil(west / step), east / step):
            x = float(self._projection.to_map(0.0, lon * step)[0])
            lines.append(QLineF(x, bottom, x, top))
        for lat in np.arange(math.ceil(south / step), north / step):
            y = float(self._projection.to_map(lat * step, 0.0)[1])
            lines.append(QLineF(left, y, right, y))
        return lines


def joined_path(lines: list[Floats], *, closed: bool) -> QPainterPath:
    """Return one path of many lines; rings are closed."""
    if not lines:
        return QPainterPath()
    parts = [np.concatenate([line, line[:1]]) for line in lines] if closed else lines
    points = np.concatenate(parts)
    connect = np.ones(len(points), dtype=np.uint8)
    connect[np.cumsum([len(part) for part in parts]) - 1] = 0
    x, y = np.ascontiguousarray(points[:, 0]), np.ascontiguousarray(points[:, 1])
    path: QPainterPath = pg.functions.arrayToQPath(x, y, connect=connect, finiteCheck=False)
    return path


def round_step(least: float) -> float:
    """Return the smallest of 1, 2 and 5 times a power of ten that is not below ``least``."""
    if not least > 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(least))
    return next(factor * power for factor in (1.0, 2.0, 5.0, 10.0) if factor * power >= least * (1 - 1e-9))
