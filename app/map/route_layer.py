"""Routes: one curve item per colour, and the selected routes on top of them."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from app.map.camera import Camera, Surroundings
from app.map.features import Places, RouteLines
from app.map.items import ViewCurve, ViewItem, cosmetic, ratio_of
from app.map.theme import MapTheme, blended

WIDTH = 2.0
SMOOTH_LEGS = 400
"""Up to here lines are antialiased; beyond it wide smooth pens would cost more than a frame."""
WIDE_LEGS = 2500
"""Up to here lines are wide; beyond it thin ones are quicker, and there is more to see between them."""
THIN = 1.0
FADED = 0.45
"""Strength of the other routes while some are selected."""
ARROW_PIXELS = 60.0
"""Least length on the screen of a leg that gets an arrow."""


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
    """

    def __init__(self, view_box: pg.ViewBox, theme: MapTheme) -> None:
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
        self._highlight = SelectedRoutes(theme)
        view_box.addItem(self._highlight, ignoreBounds=True)
        self.set_theme(theme)

    def set_theme(self, theme: MapTheme) -> None:
        self._theme = theme
        self._highlight.set_theme(theme)
        self._set_pens()
        self._highlight_chosen()

    def set_camera(self, camera: Camera) -> None:
        """Look here next."""
        self._camera = camera
        if not self._prepared.serves(camera):
            self._prepare()

    def show_lines(self, places: Places, lines: RouteLines, selected: frozenset[int]) -> None:
        """Draw these routes."""
        self._places, self._lines = places, lines
        self._prepare()
        self.set_selected(selected)

    def set_selected(self, routes: frozenset[int]) -> None:
        """Let these routes stand out, along with those that say of themselves that they are selected."""
        was_faded = self._chosen.any()
        self._chosen = np.array(
            [route.selected or index in routes for index, route in enumerate(self._lines.routes)], dtype=bool
        )
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

    def _prepare(self) -> None:
        """Give each colour's curve its legs near the view."""
        self._prepared = Surroundings.of(self._camera)
        places, lines = self._places, self._lines
        if places is None:
            return
        legs = lines.near(places, self._prepared.rect)
        smooth, width = len(legs) <= SMOOTH_LEGS, WIDTH if len(legs) <= WIDE_LEGS else THIN
        palette = len(self._curves)
        colors = np.array([route.color for route in lines.routes], dtype=np.int64)[lines.owners[legs]] % palette
        for color, curve in enumerate(self._curves):
            mine = legs[colors == color]
            pairs = np.column_stack([lines.starts[mine], lines.ends[mine]]).ravel()
            # every leg is a pair of its own: the second point of a pair is not joined to the next pair
            connect = np.tile(np.array([1, 0], dtype=np.uint8), len(mine))
            curve.setData(places.x[pairs], places.y[pairs], connect=connect, antialias=smooth)
        if (smooth, width) != (self._smooth, self._width):
            self._smooth, self._width = smooth, width
            self._set_pens()

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
        self._legs: list[tuple[QColor, list[QLineF]]] = []

    def set_theme(self, theme: MapTheme) -> None:
        self._theme = theme
        self.update()

    def set_legs(self, places: Places, lines: RouteLines, legs: NDArray[np.int64] | None) -> None:
        self._legs = []
        if legs is not None:
            starts, ends = lines.starts[legs], lines.ends[legs]
            colours = np.array([lines.routes[owner].color for owner in lines.owners[legs]], dtype=np.int64)
            for color in np.unique(colours):
                mine = colours == color
                coordinates = np.column_stack(
                    [places.x[starts[mine]], places.y[starts[mine]], places.x[ends[mine]], places.y[ends[mine]]]
                )
                palette = self._theme.route_colours
                self._legs.append((palette[color % len(palette)], [QLineF(*row) for row in coordinates.tolist()]))
        self.update()

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        if not self._legs:
            return
        smooth = sum(len(legs) for _, legs in self._legs) <= SMOOTH_LEGS
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, smooth)
        ratio = ratio_of(painter)
        halo = _round(self._theme.halo, 7.0 * ratio)
        for _, legs in self._legs:
            painter.setPen(halo)
            painter.drawLines(legs)
        for colour, legs in self._legs:
            painter.setPen(_round(colour, 3.5 * ratio))
            painter.drawLines(legs)
        if smooth:
            self._paint_arrows(painter)

    def _paint_arrows(self, painter: QPainter) -> None:
        transform = painter.transform()
        painter.resetTransform()
        painter.setPen(QPen(QColor(self._theme.halo), 1.0))
        for colour, legs in self._legs:
            painter.setBrush(colour)
            for leg in legs:
                drawn = transform.map(leg)
                if drawn.length() < ARROW_PIXELS:
                    continue
                along = QPointF(drawn.dx() / drawn.length(), drawn.dy() / drawn.length())
                across = QPointF(-along.y(), along.x())
                tip = drawn.pointAt(0.5) + along * 7
                back = tip - along * 12
                painter.drawPolygon(QPolygonF([tip, back + across * 6, back + along * 3, back - across * 6]))
        painter.setTransform(transform)


def _round(colour: QColor | str, width: float) -> QPen:
    pen = cosmetic(colour, width)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    return pen
