"""How each thing of a lane looks: they differ in shape, height and pattern, and not by colour alone.

The lanes and the legend are painted by the same functions. They take boxes: where something begins and ends, and where
its lane begins, in pixels.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen, QPolygonF

from app.timeline.theme import TimelineTheme

MIDDLE = 14.0
"""Pixels from the top of a lane to the line that the vehicle drives along."""
DRIVE, WAIT, SERVE = 3.0, 8.0, 16.0
"""Heights, pixels: a line, a low hatched box, a high filled one."""
STRIP = 28.0
"""Pixels from the top of a lane to the line of its windows."""
BRACKET = 6.0
"""Height of the ends of a window."""
FOOT = 2.0
"""Pixels that a bracket reaches inwards."""
LATE = 6.0
"""Height of what is too late."""
DEPOT = 8.0
LEAST = 2.0
"""Width of what takes no time."""
PAST = 0.45
"""How much the ground covers what has been driven."""

Boxes = Iterable[Sequence[float]]
"""Begins, ends and tops, pixels."""


def paint_driving(painter: QPainter, boxes: Boxes, colour: QColor) -> None:
    """Draw a line for each drive."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawRects([QRectF(begin, top + MIDDLE - DRIVE / 2, end - begin, DRIVE) for begin, end, top in boxes])


def paint_waiting(painter: QPainter, boxes: Boxes, theme: TimelineTheme) -> None:
    """Draw a low box with upright hatching for each wait."""
    _hatch(painter, boxes, MIDDLE, WAIT, theme.muted, Qt.BrushStyle.VerPattern, theme)


def paint_service(painter: QPainter, boxes: Boxes, colour: QColor) -> None:
    """Draw a high box for each visit."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawRects(
        [QRectF(begin, top + MIDDLE - SERVE / 2, max(end - begin, LEAST), SERVE) for begin, end, top in boxes]
    )


def paint_depots(painter: QPainter, boxes: Boxes, theme: TimelineTheme) -> None:
    """Draw a square where a vehicle leaves its depot, and where it is back."""
    painter.setPen(QPen(theme.ground, 1.0))
    painter.setBrush(theme.ink)
    painter.drawRects([QRectF(at - DEPOT / 2, top + MIDDLE - DEPOT / 2, DEPOT, DEPOT) for at, _, top in boxes])


def paint_windows(painter: QPainter, boxes: Boxes, real: Iterable[Sequence[bool]], theme: TimelineTheme) -> None:
    """Draw a thin line for each window, with brackets where it really begins or ends."""
    painter.setPen(QPen(theme.muted, 1.0))
    lines = []
    for (begin, end, top), (begins, ends) in zip(boxes, real, strict=True):
        y = top + STRIP
        lines.append(QLineF(begin, y, end, y))
        if begins:
            lines += bracket(begin, y - BRACKET / 2, y + BRACKET / 2, FOOT)
        if ends:
            lines += bracket(end, y - BRACKET / 2, y + BRACKET / 2, -FOOT)
    painter.drawLines(lines)


def bracket(at: float, top: float, bottom: float, foot: float) -> list[QLineF]:
    """Return the lines of a square bracket with feet to the right, or to the left where they are negative."""
    return [
        QLineF(at, top, at, bottom),
        QLineF(at, top, at + foot, top),
        QLineF(at, bottom, at + foot, bottom),
    ]


def paint_late(painter: QPainter, boxes: Boxes, theme: TimelineTheme) -> None:
    """Draw a box with slanted hatching below each time that is too late."""
    _hatch(painter, boxes, STRIP, LATE, theme.late, Qt.BrushStyle.BDiagPattern, theme)


def paint_alarms(painter: QPainter, boxes: Boxes, theme: TimelineTheme) -> None:
    """Draw a sign with an exclamation mark below the end of each time that is too late."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    for _, at, top in boxes:
        tip = QPointF(at, top + STRIP - 7.0)
        painter.setPen(QPen(theme.ground, 1.0))
        painter.setBrush(theme.late)
        painter.drawPolygon(QPolygonF([tip, tip + QPointF(7.0, 12.0), tip + QPointF(-7.0, 12.0)]))
        painter.setPen(QPen(theme.ground, 1.6))
        painter.drawLines([QLineF(at, tip.y() + 4.5, at, tip.y() + 7.5), QLineF(at, tip.y() + 9.8, at, tip.y() + 10.0)])
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


def paint_past(painter: QPainter, boxes: Boxes, theme: TimelineTheme) -> None:
    """Dim and hatch what has been driven already: bars show through a veil of the ground's colour."""
    rects = [QRectF(begin, top + MIDDLE - SERVE / 2, end - begin, SERVE) for begin, end, top in boxes]
    veil = QColor(theme.ground)
    veil.setAlphaF(PAST)
    painter.setPen(Qt.PenStyle.NoPen)
    for brush in (QBrush(veil), QBrush(theme.ground, Qt.BrushStyle.FDiagPattern)):
        painter.setBrush(brush)
        painter.drawRects(rects)


def paint_closed(painter: QPainter, boxes: Boxes, height: float, theme: TimelineTheme) -> None:
    """Hatch what is outside the shift over all of a lane."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QBrush(theme.closed, Qt.BrushStyle.BDiagPattern))
    painter.drawRects([QRectF(begin, top, end - begin, height) for begin, end, top in boxes])


def _hatch(
    painter: QPainter,
    boxes: Boxes,
    middle: float,
    height: float,
    colour: QColor,
    pattern: Qt.BrushStyle,
    theme: TimelineTheme,
) -> None:
    rects = [QRectF(begin, top + middle - height / 2, max(end - begin, LEAST), height) for begin, end, top in boxes]
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.ground)
    painter.drawRects(rects)
    painter.setPen(QPen(colour, 1.0))
    painter.setBrush(QBrush(colour, pattern))
    painter.drawRects(rects)
