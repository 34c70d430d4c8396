"""Routes: one curve item per colour, in dashes that follow the route, and the selected routes on top of them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import Qt

from app.map.camera import Camera, Surroundings
from app.map.dashes import Dashes, Lines
from app.map.features import Ints, MapRoute
from app.map.items import ViewCurve, cosmetic
from app.map.lettering import Lettering
from app.map.palette import PATTERNS, route_pattern
from app.map.route_numbers import RouteNumbers
from app.map.selected_routes import SelectedRoutes
from app.map.theme import MapTheme, blended
from app.map.ways import Ways

WIDTH = 2.0
SMOOTH_LEGS = 400
"""Up to here lines are antialiased; beyond it wide smooth pens would cost more than a frame."""
SMOOTH_LINES = 4000
"""The same of the lines that legs along roads are made of, which are shorter."""
MOST_LINES = 14_000
"""With more lines in sight legs are drawn less exactly, down to straight lines: they would cost more than a frame."""
MOST_DASHES = 40_000
"""Up to here lines are dashed; beyond it dashes would cost more than a frame, and could not be told apart either."""
RESCALED = 1.5
"""Magnification, one way or the other, after which dashes are cut anew."""
WIDE_LEGS = 2500
"""Up to here lines are wide; beyond it thin ones are quicker, and there is more to see between them."""
THIN = 1.0
FADED = 0.45
"""Strength of the other routes while some are selected."""


class RouteLayer:
    """The curve items, added to a view box.

    Only legs near the view are handed to Qt, and how they are drawn depends on how many these are: few are wide and
    smooth, a crowd is thin, and without the bends of its roads. Both are chosen again when the view leaves what was
    prepared.

    Parameters
    ----------
    view_box
        Where the items live.
    theme
        Colours.
    lettering
        Keeps the numbers of routes.
    """

    def __init__(self, view_box: pg.ViewBox, theme: MapTheme, lettering: Lettering) -> None:
        self._theme = theme
        self._ways: Ways | None = None
        self._chosen: NDArray[np.bool_] = np.zeros(0, dtype=bool)
        self._prepared = Surroundings()
        self._camera = Camera()
        self._width, self._smooth = WIDTH, False
        self._quiet = False
        self._curves = [ViewCurve(10) for _ in theme.route_colours]
        for curve in self._curves:
            view_box.addItem(curve, ignoreBounds=True)
        self._dashes = Dashes(PATTERNS)
        self._highlight = SelectedRoutes(theme)
        self._numbers = RouteNumbers(theme, lettering)
        for item in (self._highlight, self._numbers):
            view_box.addItem(item, ignoreBounds=True)
        self.set_theme(theme)

    def set_theme(self, theme: MapTheme) -> None:
        self._theme = theme
        self._highlight.set_theme(theme)
        self._numbers.set_theme(theme)
        self._set_pens()
        self._highlight_chosen()

    def set_camera(self, camera: Camera) -> None:
        """Look here next."""
        self._camera = camera
        self._numbers.set_camera(camera)
        scale = self._prepared.units_per_pixel / camera.units_per_pixel
        if not self._prepared.serves(camera) or not 1 / RESCALED < scale < RESCALED:
            self._prepare()
            self._highlight_chosen()

    def show_ways(self, ways: Ways, selected: frozenset[str]) -> None:
        """Draw these routes."""
        self._ways = ways
        self._prepare()
        self.set_selected(selected)

    def set_selected(self, routes: frozenset[str]) -> None:
        """Let these routes stand out, by their ids."""
        was_faded = self._chosen.any()
        self._chosen = np.array([route.id in routes for route in self._routes()], dtype=bool)
        if self._chosen.any() != was_faded:
            self._set_pens()
        self._highlight_chosen()

    def set_quiet(self, quiet: bool) -> None:
        """Draw all routes faintly, where colours tell something else."""
        if quiet is not self._quiet:
            self._quiet = quiet
            self._set_pens()

    def _routes(self) -> Sequence[MapRoute]:
        return self._ways.lines.routes if self._ways is not None else ()

    def _highlight_chosen(self) -> None:
        if self._ways is not None:
            legs = self._ways.lines.legs(self._chosen) if self._chosen.any() else None
            self._highlight.set_legs(self._ways, legs, self._prepared.units_per_pixel)
            self._numbers.show_ways(self._ways, self._chosen)

    def _prepare(self) -> None:
        """Give each colour's curve its lines near the view."""
        self._prepared = Surroundings.of(self._camera)
        ways = self._ways
        if ways is None:
            return
        legs = ways.near(self._prepared.rect)
        lines = self._lines_of(ways, legs)
        few = len(lines.x0) <= len(legs) or len(lines.x0) <= SMOOTH_LINES
        smooth, width = few and len(legs) <= SMOOTH_LEGS, WIDTH if len(legs) <= WIDE_LEGS else THIN
        drawn = self._dashed(ways, lines.clipped(self._prepared.rect))
        owners = ways.lines.owners[drawn.owners]
        colors = np.array([route.color for route in ways.lines.routes], dtype=np.int64)[owners] % len(self._curves)
        for color, curve in enumerate(self._curves):
            mine = colors == color
            # every line is a pair of its own: the second point of a pair is not joined to the next pair
            connect = np.tile(np.array([1, 0], dtype=np.uint8), int(np.count_nonzero(mine)))
            x = np.column_stack([drawn.x0[mine], drawn.x1[mine]]).ravel()
            y = np.column_stack([drawn.y0[mine], drawn.y1[mine]]).ravel()
            curve.setData(x, y, connect=connect, antialias=smooth)
        if (smooth, width) != (self._smooth, self._width):
            self._smooth, self._width = smooth, width
            self._set_pens()

    def _lines_of(self, ways: Ways, legs: Ints) -> Lines:
        """Return legs as lines, as exactly as the scale needs and a frame allows."""
        unit, most = self._prepared.units_per_pixel, max(MOST_LINES, len(legs))
        while ways.number(legs, unit) > most:
            unit *= 2
        wanted = np.zeros(len(ways.lines.starts), dtype=bool)
        wanted[legs] = True
        lines = ways.at(unit)
        return lines.part(wanted[lines.owners])

    def _dashed(self, ways: Ways, lines: Lines) -> Lines:
        """Return lines in the patterns of their routes, or as they are where these would be too many dashes."""
        of_route = np.array([route_pattern(route.color) for route in ways.lines.routes], dtype=np.int64)
        patterns, unit = of_route[ways.lines.owners[lines.owners]], self._prepared.units_per_pixel
        if self._dashes.number(lines, patterns, unit) > MOST_DASHES:
            return lines
        return self._dashes.cut(lines, patterns, unit)

    def _set_pens(self) -> None:
        strength = FADED if self._quiet or self._chosen.any() else 1.0
        for curve, colour in zip(self._curves, self._theme.route_colours, strict=True):
            pen = cosmetic(blended(colour, self._theme.land, strength), self._width)
            if self._smooth:  # round caps close the gaps at corners, but cost four times as much
                pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            curve.set_pen(pen)
