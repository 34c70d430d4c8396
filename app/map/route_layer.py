"""Routes: one curve item per colour, in dashes that follow the route, and the selected routes on top of them."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from app.map.camera import Camera, Surroundings
from app.map.dashes import Dashes, Lines, Pattern
from app.map.features import Ints, Places, RouteLines
from app.map.items import ViewCurve, ViewItem, cosmetic, ratio_of
from app.map.lettering import Lettering
from app.map.palette import PATTERNS, route_pattern
from app.map.route_numbers import RouteNumbers
from app.map.theme import MapTheme, blended

WIDTH = 2.0
SMOOTH_LEGS = 400
"""Up to here lines are antialiased; beyond it wide smooth pens would cost more than a frame."""
MOST_DASHES = 40_000
"""Up to here lines are dashed; beyond it dashes would cost more than a frame, and could not be told apart either."""
RESCALED = 1.5
"""Magnification, one way or the other, after which dashes are cut anew."""
WIDE_LEGS = 2500
"""Up to here lines are wide; beyond it thin ones are quicker, and there is more to see between them."""
THIN = 1.0
CHOSEN_WIDTH = 3.5
FADED = 0.45
"""Strength of the other routes while some are selected."""
ARROW_PIXELS = 72.0
"""Least length on the screen of a leg that gets an arrow."""
ARROW_AT = 0.72
"""Share of a leg that lies before its arrow: the number of the route may stand in the middle."""


class RouteLayer:
    """The curve items, added to a view box.

    Only legs near the view are handed to Qt, and how they are drawn depends on how many these are: few are wide and
    smooth, a crowd is thin. Both are chosen again when the view leaves what was prepared.

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
        self._places: Places | None = None
        self._lines = RouteLines()
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

    def show_lines(self, places: Places, lines: RouteLines, selected: frozenset[str]) -> None:
        """Draw these routes."""
        self._places, self._lines = places, lines
        self._prepare()
        self.set_selected(selected)

    def set_selected(self, routes: frozenset[str]) -> None:
        """Let these routes stand out, by their ids."""
        was_faded = self._chosen.any()
        self._chosen = np.array([route.id in routes for route in self._lines.routes], dtype=bool)
        if self._chosen.any() != was_faded:
            self._set_pens()
        self._highlight_chosen()

    def set_quiet(self, quiet: bool) -> None:
        """Draw all routes faintly, where colours tell something else."""
        if quiet is not self._quiet:
            self._quiet = quiet
            self._set_pens()

    def _highlight_chosen(self) -> None:
        if self._places is not None:
            legs = self._lines.legs(self._chosen) if self._chosen.any() else None
            self._highlight.set_legs(self._places, self._lines, legs)
            self._numbers.show_lines(self._places, self._lines, self._chosen)

    def _prepare(self) -> None:
        """Give each colour's curve its legs near the view."""
        self._prepared = Surroundings.of(self._camera)
        places, lines = self._places, self._lines
        if places is None:
            return
        legs = lines.near(places, self._prepared.rect)
        drawn = self._dashed(_lines_of(places, lines, legs).clipped(self._prepared.rect))
        smooth, width = len(legs) <= SMOOTH_LEGS, WIDTH if len(legs) <= WIDE_LEGS else THIN
        colors = np.array([route.color for route in lines.routes], dtype=np.int64)[drawn.owners] % len(self._curves)
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

    def _dashed(self, lines: Lines) -> Lines:
        """Return lines in the patterns of their routes, or as they are where these would be too many dashes."""
        of_route = np.array([route_pattern(route.color) for route in self._lines.routes], dtype=np.int64)
        patterns, unit = of_route[lines.owners], self._prepared.units_per_pixel
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


class SelectedRoutes(ViewItem):
    """Draws few routes wide, with a halo and arrows in the direction of the drive."""

    def __init__(self, theme: MapTheme) -> None:
        super().__init__(20)
        self._theme = theme
        self._legs: list[tuple[QColor, Pattern, list[QLineF]]] = []

    def set_theme(self, theme: MapTheme) -> None:
        self._theme = theme
        self.update()

    def set_legs(self, places: Places, lines: RouteLines, legs: NDArray[np.int64] | None) -> None:
        self._legs = []
        if legs is not None:
            starts, ends = lines.starts[legs], lines.ends[legs]
            colours = np.array([lines.routes[owner].color for owner in lines.owners[legs]], dtype=np.int64)
            for color in np.unique(colours).tolist():
                mine = colours == color
                coordinates = np.column_stack(
                    [places.x[starts[mine]], places.y[starts[mine]], places.x[ends[mine]], places.y[ends[mine]]]
                )
                drawn = [QLineF(*row) for row in coordinates.tolist()]
                self._legs.append((self._theme.route_colour(color), PATTERNS[route_pattern(color)], drawn))
        self.update()

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        if not self._legs:
            return
        smooth = sum(len(legs) for _, _, legs in self._legs) <= SMOOTH_LEGS
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, smooth)
        ratio = ratio_of(painter)
        halo = _round(self._theme.halo, 7.0 * ratio)
        for _, _, legs in self._legs:
            painter.setPen(halo)
            painter.drawLines(legs)
        for colour, pattern, legs in self._legs:
            pen = _round(colour, CHOSEN_WIDTH * ratio)
            if smooth and pattern:
                pen.setCapStyle(Qt.PenCapStyle.FlatCap)
                pen.setDashPattern([length / CHOSEN_WIDTH for length in pattern])
            painter.setPen(pen)
            painter.drawLines(legs)
        if smooth:
            self._paint_arrows(painter)

    def _paint_arrows(self, painter: QPainter) -> None:
        transform = painter.transform()
        painter.resetTransform()
        painter.setPen(QPen(QColor(self._theme.halo), 1.0))
        for colour, _, legs in self._legs:
            painter.setBrush(colour)
            for leg in legs:
                drawn = transform.map(leg)
                if drawn.length() < ARROW_PIXELS:
                    continue
                along = QPointF(drawn.dx() / drawn.length(), drawn.dy() / drawn.length())
                across = QPointF(-along.y(), along.x())
                tip = drawn.pointAt(ARROW_AT) + along * 7
                back = tip - along * 12
                painter.drawPolygon(QPolygonF([tip, back + across * 6, back + along * 3, back - across * 6]))
        painter.setTransform(transform)


def _lines_of(places: Places, lines: RouteLines, legs: Ints) -> Lines:
    """Return legs as lines along their routes."""
    x0, y0, x1, y1 = places.x[lines.starts], places.y[lines.starts], places.x[lines.ends], places.y[lines.ends]
    ways = np.cumsum(np.hypot(x1 - x0, y1 - y0))
    before = np.concatenate([[0.0], ways])
    firsts = np.searchsorted(lines.owners, lines.owners[legs])  # the first leg of the route of each
    return Lines(x0[legs], y0[legs], x1[legs], y1[legs], before[legs] - before[firsts], lines.owners[legs])


def _round(colour: QColor | str, width: float) -> QPen:
    pen = cosmetic(colour, width)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    return pen
