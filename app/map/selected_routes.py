"""The routes that are selected: wide, with a halo, and with arrows in the direction of the drive."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QLineF, QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from app.map.dashes import Lines
from app.map.features import Ints
from app.map.items import ViewItem, cosmetic, ratio_of
from app.map.palette import PATTERNS, route_pattern
from app.map.theme import MapTheme
from app.map.ways import Ways

WIDTH, HALO = 3.5, 7.0
SMOOTH_LINES = 2500
"""Up to here lines are antialiased, dashed and have arrows."""
ARROW_PIXELS = 72.0
"""Least length on the screen of a leg that gets an arrow."""
ARROW_AT = 0.72
"""Share of a leg that lies before its arrow: the number of the route may stand in the middle."""


class SelectedRoutes(ViewItem):
    """Draws few routes over all others."""

    def __init__(self, theme: MapTheme) -> None:
        super().__init__(20)
        self._theme = theme
        self._legs: list[tuple[int, list[QLineF], QPainterPath]] = []  # per colour: lines, and as one path for dashes
        self._arrows: list[tuple[int, QPointF, QPointF, float]] = []  # colour, place, direction, length of the leg

    def set_theme(self, theme: MapTheme) -> None:
        self._theme = theme
        self.update()

    def set_legs(self, ways: Ways, legs: Ints | None, unit: float) -> None:
        """Draw these legs, as exactly as a scale needs; ``unit`` is map units of a pixel."""
        self._legs, self._arrows = [], []
        if legs is not None and len(legs):
            wanted = np.zeros(len(ways.lines.starts), dtype=bool)
            wanted[legs] = True
            lines = ways.at(unit)
            lines = lines.part(wanted[lines.owners])
            colours = np.array([route.color for route in ways.lines.routes], dtype=np.int64)
            of_line = colours[ways.lines.owners[lines.owners]]
            for color in np.unique(of_line).tolist():
                mine = lines.part(of_line == color)
                corners = np.column_stack([mine.x0, mine.y0, mine.x1, mine.y1])
                path = _path(mine) if PATTERNS[route_pattern(color)] else QPainterPath()
                self._legs.append((color, [QLineF(*row) for row in corners.tolist()], path))
            points, ways_on, lengths = ways.along(legs, ARROW_AT)
            self._arrows = [
                (color, QPointF(*at), QPointF(*way), length)
                for color, at, way, length in zip(
                    colours[ways.lines.owners[legs]].tolist(),
                    points.tolist(),
                    ways_on.tolist(),
                    lengths.tolist(),
                    strict=True,
                )
            ]
        self.update()

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        if not self._legs:
            return
        smooth = sum(len(lines) for _, lines, _ in self._legs) <= SMOOTH_LINES
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, smooth)
        ratio = ratio_of(painter)
        painter.setPen(_round(self._theme.halo, HALO * ratio))
        for _, lines, _ in self._legs:
            painter.drawLines(lines)
        for color, lines, path in self._legs:
            pen = _round(self._theme.route_colour(color), WIDTH * ratio)
            pattern = PATTERNS[route_pattern(color)]
            if smooth and pattern:
                pen.setCapStyle(Qt.PenCapStyle.FlatCap)
                pen.setDashPattern([length / WIDTH for length in pattern])
                painter.setPen(pen)
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawPath(path)
            else:
                painter.setPen(pen)
                painter.drawLines(lines)
        if smooth:
            self._paint_arrows(painter)

    def _paint_arrows(self, painter: QPainter) -> None:
        transform = painter.transform()
        painter.resetTransform()
        painter.setPen(QPen(QColor(self._theme.halo), 1.0))
        for color, point, way, length in self._arrows:
            if length * transform.m11() < ARROW_PIXELS:
                continue
            painter.setBrush(self._theme.route_colour(color))
            along = QPointF(way.x(), -way.y())  # pixels go down
            across = QPointF(-along.y(), along.x())
            tip = transform.map(point) + along * 7
            back = tip - along * 12
            painter.drawPolygon(QPolygonF([tip, back + across * 6, back + along * 3, back - across * 6]))
        painter.setTransform(transform)


def _path(lines: Lines) -> QPainterPath:
    """Return lines as one path, joined where one begins at the end of the one before: dashes go on through corners."""
    goes_on = (lines.x0[1:] == lines.x1[:-1]) & (lines.y0[1:] == lines.y1[:-1])
    begins = np.concatenate([[True], ~goes_on])
    at = np.arange(len(begins)) + np.cumsum(begins)  # of the end of each line: a beginning has a point of its own
    x, y, connect = np.empty(at[-1] + 1), np.empty(at[-1] + 1), np.ones(at[-1] + 1, dtype=np.uint8)
    x[at], y[at] = lines.x1, lines.y1
    x[at[begins] - 1], y[at[begins] - 1] = lines.x0[begins], lines.y0[begins]
    connect[at[:-1][begins[1:]]] = connect[-1] = 0
    path: QPainterPath = pg.functions.arrayToQPath(x, y, connect=connect, finiteCheck=False)
    return path


def _round(colour: QColor | str, width: float) -> QPen:
    pen = cosmetic(colour, width)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    return pen
