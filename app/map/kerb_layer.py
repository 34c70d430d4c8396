"""Where stops are served: a dotted line from a stop to its point on the road, near enough to see it."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from app.map.camera import Camera
from app.map.features import Floats, Ints
from app.map.items import ViewCurve, cosmetic
from app.map.marker_layer import Marker, MarkerLayer, Symbol
from app.map.stop_layer import STOP_PIXELS
from app.map.theme import MapTheme
from app.map.ways import Ways

NEAR = 5.0
"""Map units of a pixel up to which they are shown: about two metres in the north of Europe."""
LEAST_PIXELS = STOP_PIXELS
"""From stop to road; nearer the marker lies over both."""
MOST = 1000
"""With more such stops on the map none is shown: it would be noise."""
POINT_PIXELS = 5


class KerbLayer:
    """The lines and the points, added to a view box; markers stay where the customers are."""

    def __init__(self, view_box: pg.ViewBox, theme: MapTheme) -> None:
        self._ways: Ways | None = None
        self._unit = 0.0
        self._kerbs: tuple[Ints, Floats, Floats] = (np.empty(0, dtype=np.int64), np.empty(0), np.empty(0))
        self._lines, self._points = ViewCurve(27), MarkerLayer(28)
        for item in (self._lines, self._points):
            view_box.addItem(item, ignoreBounds=True)
        self.set_theme(theme)

    def set_theme(self, theme: MapTheme) -> None:
        pen = cosmetic(theme.ink, 1.4)
        pen.setStyle(Qt.PenStyle.DotLine)
        self._lines.set_pen(pen)
        self._points.set_styles([Marker(Symbol.DISC, POINT_PIXELS, QColor(theme.ink), QColor(theme.halo), 1.0)])

    def set_camera(self, camera: Camera) -> None:
        """Show them if this camera is near enough."""
        if camera.units_per_pixel != self._unit:
            self._unit = camera.units_per_pixel
            self._refresh()

    def show_ways(self, ways: Ways) -> None:
        """Show where the stops of these routes are served."""
        self._kerbs, self._ways = ways.kerbs(), ways
        self._refresh()

    def _refresh(self) -> None:
        if self._ways is None:
            return
        at, x, y = self._kerbs
        places = self._ways.places
        far = np.flatnonzero(np.hypot(places.x[at] - x, places.y[at] - y) >= LEAST_PIXELS * self._unit)
        if self._unit > NEAR or len(far) > MOST:
            far = far[:0]
        at, x, y = at[far], x[far], y[far]
        self._lines.setData(
            np.column_stack([places.x[at], x]).ravel(),
            np.column_stack([places.y[at], y]).ravel(),
            connect=np.tile(np.array([1, 0], dtype=np.uint8), len(at)),
        )
        self._points.set_markers(x, y)
