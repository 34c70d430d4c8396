"""Two plans over one another: what both drive thin and grey, what only one does dashed or solid, and who has moved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyqtgraph as pg
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from app.map.difference_key import DifferenceKey, DifferencePens
from app.map.features import Floats
from app.map.items import ViewCurve
from app.map.marker_layer import Marker, MarkerLayer, Symbol
from app.map.projection import Projection
from app.map.theme import MapTheme

Line = tuple[float, float, float, float]
"""Latitude and longitude of where a leg begins, and of where it ends."""

RING_PIXELS = 19


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
    same: Sequence[Line] = ()
    before: Sequence[Line] = ()
    after: Sequence[Line] = ()
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

    def show(self, difference: DrawnDifference | None, projection: Projection) -> None:
        """Draw a difference, or none."""
        self.shown = difference
        self._key.show_names(difference.names if difference is not None else None)
        shown = difference or DrawnDifference(("", ""))
        for curve, lines in (
            (self._same, shown.same),
            (self._before, shown.before),
            (self._after, shown.after),
        ):
            x, y = _on_map(np.array(lines, dtype=np.float64).reshape(-1, 2), projection)
            # every leg is a pair of its own: the second point of a pair is not joined to the next pair
            curve.setData(x, y, connect=np.tile(np.array([1, 0], dtype=np.uint8), len(lines)), antialias=True)
        self._rings.set_markers(*_on_map(np.array(shown.moved, dtype=np.float64).reshape(-1, 2), projection))


def _on_map(points: Floats, projection: Projection) -> tuple[Floats, Floats]:
    return projection.to_map(points[:, 0], points[:, 1])
