"""The outline that is being drawn or reshaped, its handles, and the ring around what it snaps to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF, QTransform
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from app.map.features import Floats
from app.map.items import ViewItem
from app.map.outline import Handle, Outline, Part
from app.map.theme import MapTheme

CORNER_PIXELS = 8.0
MIDDLE_PIXELS = 7.0
GRIP_PIXELS = 20.0
RING_PIXELS = 22.0
LONG_PIXELS = 42.0
"""Least length of an edge on the screen for its middle to be marked."""
WASH = 0.13


@dataclass(frozen=True, slots=True)
class Sketch:
    """What is drawn.

    Parameters
    ----------
    line
        Shape ``(corners, 2)``: map units; empty for nothing.
    closed
        Whether it is a ring already.
    next
        Where the next corner would be, map units; None where the mouse is not on the map.
    held
        The corner of a ring that is dragged, map units.
    wrong
        Whether it may not be so.
    handles
        Of the zone that can be reshaped.
    current
        The handle that the keyboard acts on.
    snapped
        What a corner snaps to, map units.
    """

    line: Floats = field(default_factory=lambda: np.empty((0, 2)))
    closed: bool = False
    next: tuple[float, float] | None = None
    held: tuple[float, float] | None = None
    wrong: bool = False
    handles: Outline | None = None
    current: Handle | None = None
    snapped: tuple[float, float] | None = None


class ZoneSketch(ViewItem):
    """Draws a `Sketch` over everything but the selection of an area."""

    def __init__(self, theme: MapTheme) -> None:
        super().__init__(55)
        self._theme = theme
        self.sketch = Sketch()

    def set_theme(self, theme: MapTheme) -> None:
        self._theme = theme
        self.update()

    def show_sketch(self, sketch: Sketch) -> None:
        """Draw this instead of what was there."""
        self.sketch = sketch
        self.update()

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        sketch, transform = self.sketch, painter.transform()
        painter.resetTransform()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        if len(sketch.line) or sketch.next is not None:
            self._paint_line(painter, transform)
        if sketch.handles is not None:
            self._paint_handles(painter, transform, sketch.handles)
        if sketch.snapped is not None:
            self._paint_ring(painter, transform.map(QPointF(*sketch.snapped)))
        painter.setTransform(transform)

    def _paint_line(self, painter: QPainter, transform: QTransform) -> None:
        sketch = self.sketch
        colour = QColor(self._theme.unserved if sketch.wrong else self._theme.accent)
        corners = [transform.map(QPointF(x, y)) for x, y in sketch.line.tolist()]
        ahead = None if sketch.next is None else transform.map(QPointF(*sketch.next))
        wash = QColor(colour)
        wash.setAlphaF(WASH)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(wash)
        painter.drawPolygon(QPolygonF(corners if ahead is None else [*corners, ahead]))
        pen = QPen(colour, 2.0, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if sketch.closed:
            if sketch.wrong:
                pen.setStyle(Qt.PenStyle.DashLine)
            painter.setPen(pen)
            painter.drawPolygon(QPolygonF(corners))
        else:
            painter.setPen(pen)
            painter.drawPolyline(QPolygonF(corners))
            if corners and ahead is not None:
                pen.setStyle(Qt.PenStyle.DashLine)
                painter.setPen(pen)
                painter.drawLine(corners[-1], ahead)
                painter.setPen(QPen(colour, 1.0, Qt.PenStyle.DotLine))
                painter.drawLine(ahead, corners[0])
        for place, corner in enumerate(corners):
            self._paint_corner(painter, corner, colour, filled=place == 0)
        at = sketch.next or sketch.held
        if sketch.wrong and at is not None:
            self._paint_cross(painter, transform.map(QPointF(*at)), colour)

    def _paint_handles(self, painter: QPainter, transform: QTransform, outline: Outline) -> None:
        accent = QColor(self._theme.accent)
        corners = [transform.map(QPointF(x, y)) for x, y in outline.points.tolist()]
        painter.setPen(QPen(accent, 1.4))
        painter.setBrush(QColor(self._theme.halo))
        half = MIDDLE_PIXELS / 2
        for corner, following in zip(corners, [*corners[1:], corners[0]], strict=True):
            edge = QLineF(corner, following)
            if edge.length() >= LONG_PIXELS:
                painter.drawEllipse(edge.center(), half, half)
        for place, corner in enumerate(corners):
            chosen = self.sketch.current == Handle(Part.CORNER, place)
            self._paint_corner(painter, corner, accent, filled=chosen, chosen=chosen)
        grip = transform.map(QPointF(*outline.grip))
        self._paint_grip(painter, grip, accent, chosen=self.sketch.current == Handle(Part.WHOLE))

    def _paint_corner(
        self, painter: QPainter, at: QPointF, colour: QColor, *, filled: bool, chosen: bool = False
    ) -> None:
        side = CORNER_PIXELS + (4.0 if chosen else 0.0)
        painter.setPen(QPen(colour, 2.0))
        painter.setBrush(colour if filled else QColor(self._theme.halo))
        painter.drawRect(QRectF(at.x() - side / 2, at.y() - side / 2, side, side))
        if chosen:
            painter.setPen(QPen(QColor(self._theme.ink), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(at.x() - side / 2 - 3, at.y() - side / 2 - 3, side + 6, side + 6))

    def _paint_grip(self, painter: QPainter, at: QPointF, colour: QColor, *, chosen: bool) -> None:
        """Draw a disc with arrows to all four sides."""
        radius = GRIP_PIXELS / 2
        painter.setPen(QPen(QColor(self._theme.ink) if chosen else colour, 3.0 if chosen else 1.6))
        painter.setBrush(colour if chosen else QColor(self._theme.halo))
        painter.drawEllipse(at, radius, radius)
        painter.setPen(QPen(QColor(self._theme.halo) if chosen else colour, 1.5))
        painter.drawLines(list(_arrows(at, radius - 4.0)))

    def _paint_cross(self, painter: QPainter, at: QPointF, colour: QColor) -> None:
        reach = 6.0
        for pen in (QPen(QColor(self._theme.halo), 5.0), QPen(colour, 2.5)):
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            for dx in (-reach, reach):
                painter.drawLine(at + QPointF(dx, -reach), at + QPointF(-dx, reach))

    def _paint_ring(self, painter: QPainter, at: QPointF) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for pen in (QPen(QColor(self._theme.halo), 4.5), QPen(QColor(self._theme.accent), 2.2)):
            painter.setPen(pen)
            painter.drawEllipse(at, RING_PIXELS / 2, RING_PIXELS / 2)


def _arrows(at: QPointF, reach: float) -> Iterable[QLineF]:
    for dx, dy in ((1, 0), (-1, 0), (0, 1), (0, -1)):
        tip = at + QPointF(dx, dy) * reach
        yield QLineF(at, tip)
        for side in (-1, 1):
            yield QLineF(tip, tip - QPointF(dx, dy) * 2.5 + QPointF(dy, dx) * 2.5 * side)
