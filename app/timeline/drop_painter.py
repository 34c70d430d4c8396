"""Draws where stops would be dropped: a caret between two stops, or a frame around a lane."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from app.timeline.axis import TimeAxis
from app.timeline.day import Day, Lane
from app.timeline.dropping import DropMark
from app.timeline.rows import LANE, Rows
from app.timeline.theme import TimelineTheme

CARET = 6.0
"""Pixels of the triangles at the ends of the caret."""
OUTSIDE = 600
"""Seconds before the first stop, or after the last, of a lane that tells no better place for the caret."""


def paint_mark(painter: QPainter, mark: DropMark, day: Day, axis: TimeAxis, rows: Rows, theme: TimelineTheme) -> None:
    """Draw over the lanes where stops would be dropped."""
    if mark.row >= len(day.lanes):
        return
    top = rows.pixel(mark.row)
    painter.save()
    if mark.gap is None:
        paint_frame(painter, QRectF(0, top, axis.width, LANE), theme)
    else:
        at = axis.to_pixel(caret_time(day.lanes[mark.row], mark.gap))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        painter.setPen(QPen(theme.ground, 5.0))
        painter.drawLine(QPointF(at, top), QPointF(at, top + LANE))
        painter.setPen(QPen(theme.accent, 2.5))
        painter.drawLine(QPointF(at, top), QPointF(at, top + LANE))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.accent)
        for end, inwards in ((top, CARET), (top + LANE, -CARET)):
            ends = (QPointF(at - CARET, end), QPointF(at + CARET, end), QPointF(at, end + inwards))
            painter.drawPolygon(QPolygonF(ends))
    painter.restore()


def paint_frame(painter: QPainter, lane: QRectF, theme: TimelineTheme) -> None:
    """Draw a frame within a lane, or beside it."""
    painter.setPen(QPen(theme.accent, 2.0))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(lane.adjusted(1, 1, -1, -1))


def caret_time(lane: Lane, gap: int) -> float:
    """Return the time at which the place between two stops is marked: the middle between them."""
    service, gap = lane.service, min(gap, len(lane))
    if not len(service):
        return 0.0
    before = float(service[gap - 1, 1]) if gap > 0 else None
    after = float(service[gap, 0]) if gap < len(service) else None
    if before is None:
        assert after is not None
        depot = float(lane.depots[0, 0])
        return (max(depot, after - OUTSIDE) + after) / 2
    if after is None:
        end = float(lane.depots[1, 0]) if len(lane.depots) > 1 else before + OUTSIDE
        return (before + min(end, before + OUTSIDE)) / 2
    return (before + after) / 2
