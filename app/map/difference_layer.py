"""Two plans over one another: what both drive thin and grey, what only one does dashed or solid, and who has moved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyqtgraph as pg
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from app.map.camera import Camera
from app.map.difference_key import DifferenceKey, DifferencePens
from app.map.items import ViewCurve
from app.map.marker_layer import Marker, MarkerLayer, Symbol
from app.map.projection import Plane, Projection
from app.map.theme import MapTheme
from app.map.ways import OFF, Shapes, strands
from app.model.drives import Drive

RING_PIXELS = 19
REDRAWN = 1.5
"""Magnification, one way or the other, after which roads are simplified anew."""
MOST_DASHED = 6000
"""Corners up to which dashes go round them; beyond it they begin anew at each, which is quicker."""


@dataclass(frozen=True, slots=True)
class DrawnDifference:
    """What is drawn of the difference between two plans.

    Parameters
    ----------
    names
        Of the two.
    same, before, after
        Legs that both have, that only the first has, and that only the second has.
    moved
        Latitude and longitude of the stops that have moved.
    """

    names: tuple[str, str]
    same: Sequence[Drive] = ()
    before: Sequence[Drive] = ()
    after: Sequence[Drive] = ()
    moved: Sequence[tuple[float, float]] = ()


class DifferenceLayer:
    """The curves and rings, added to a view box, and the key to them; empty while no plans are compared.

    Parameters
    ----------
    view_box
        Where the items live.
    theme
        Colours.
    viewport
        Of the map: where the key lies.
    """

    def __init__(self, view_box: pg.ViewBox, theme: MapTheme, viewport: QWidget) -> None:
        self.shown: DrawnDifference | None = None
        self._shapes: Shapes | None = None
        self._projection: Projection = Plane()
        self._unit = 0.0
        self._key = DifferenceKey(viewport)
        # A leg that is driven the other way round lies on itself: the dashes on top let both be seen.
        self._same, self._after, self._before = ViewCurve(8), ViewCurve(11), ViewCurve(12)
        self._rings = MarkerLayer(38)
        for item in (self._same, self._after, self._before, self._rings):
            view_box.addItem(item, ignoreBounds=True)
        self.set_theme(theme)

    def set_theme(self, theme: MapTheme) -> None:
        pens = DifferencePens.of(theme)
        self._same.set_pen(pens.same)
        self._before.set_pen(pens.before)
        self._after.set_pen(pens.after)
        self._key.set_theme(theme)
        self._rings.set_styles([Marker(Symbol.DISC, RING_PIXELS, rim=QColor(theme.ink), width=2.0)])

    def show(self, difference: DrawnDifference | None, projection: Projection, shapes: Shapes | None) -> None:
        """Draw a difference, or none, along the shapes that are known."""
        self.shown, self._projection, self._shapes = difference, projection, shapes
        self._key.show_names(difference.names if difference is not None else None)
        moved = difference.moved if difference is not None else ()
        points = np.array(moved, dtype=np.float64).reshape(-1, 2)
        self._rings.set_markers(*projection.to_map(points[:, 0], points[:, 1]))
        self._draw()

    def set_camera(self, camera: Camera) -> None:
        """Look here next."""
        coarser = camera.units_per_pixel / self._unit if self._unit else np.inf
        if not 1 / REDRAWN < coarser < REDRAWN:
            self._unit = camera.units_per_pixel
            self._draw()

    @property
    def missing(self) -> list[Drive]:
        """Drives that are drawn straight since their shapes are not known yet."""
        if self.shown is None or self._shapes is None:
            return []
        drives = (*self.shown.same, *self.shown.before, *self.shown.after)
        return [drive for drive in drives if drive not in self._shapes]

    def _draw(self) -> None:
        shown = self.shown or DrawnDifference(("", ""))
        for curve, drives in ((self._same, shown.same), (self._before, shown.before), (self._after, shown.after)):
            x, y, connect = strands(drives, self._shapes, self._projection, OFF * self._unit)
            if curve is self._before:
                curve.setSegmentedLineMode("off" if len(x) <= MOST_DASHED else "on")
            curve.setData(x, y, connect=connect, antialias=True)
