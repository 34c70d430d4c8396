"""The axis over the lanes: hours, and labels at the mouse and at the present time."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from app.language import tr
from app.map.text_scale import scaled, text_scale
from app.model.units import clock
from app.timeline.now import Now
from app.timeline.stage import Stage
from app.timeline.ticks import steps, ticks

HEIGHT = 26
PADDING = 5.0
ROUNDED = 60
"""Seconds that the time at the mouse is rounded to, unless a pixel is less."""


class Ruler(QWidget):
    """Shows which time is where.

    Parameters
    ----------
    stage
        What is shown.
    now
        Tells the present time.
    """

    def __init__(self, stage: Stage, now: Now, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("timeline_ruler")
        self.setFixedHeight(scaled(HEIGHT))
        self._stage, self._now = stage, now
        for signal in (stage.moved, stage.changed, stage.pointed, now.ticked):
            signal.connect(self.update)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.setFixedHeight(scaled(HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        stage, painter = self._stage, QPainter(self)
        theme, axis = stage.theme, stage.axis
        painter.fillRect(self.rect(), theme.header)
        painter.scale(text_scale(), text_scale())
        step, small = steps(axis)
        bottom = float(HEIGHT)
        painter.setPen(QPen(theme.muted, 1.0))
        places = [(round(axis.to_pixel(float(tick))) + 0.5, tick % step == 0) for tick in ticks(axis, small)]
        painter.drawLines([QLineF(at, bottom - (7 if large else 3), at, bottom) for at, large in places])
        font = _small(self.font())
        metrics = QFontMetricsF(font)
        painter.setFont(font)
        painter.setPen(theme.muted)
        for tick in ticks(axis, step):
            text = clock(tick)
            at = axis.to_pixel(float(tick)) - metrics.horizontalAdvance(text) / 2
            painter.drawText(QPointF(at, bottom - 11), text)
        at = axis.to_pixel(float(self._now.seconds))
        if stage.day.lanes and 0 <= at <= axis.width:
            self._paint_flag(
                painter, at, tr("Now {time}", time=clock(self._now.seconds // 60 * 60)), theme.accent, pointed=True
            )
        if stage.time is not None:
            to = ROUNDED if axis.scale >= 5 else 1
            self._paint_flag(painter, axis.to_pixel(stage.time), clock(round(stage.time / to) * to), theme.ink)
        painter.end()

    def _paint_flag(self, painter: QPainter, at: float, text: str, colour: QColor, *, pointed: bool = False) -> None:
        """Draw a label over a time; one with a point below it is told from one without, whatever the colour."""
        width = QFontMetricsF(painter.font()).horizontalAdvance(text) + 2 * PADDING
        left = min(max(at - width / 2, 0.0), self._stage.axis.width - width)
        box = QRectF(left, 2.0, width, HEIGHT - 10.0)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawRoundedRect(box, 3.0, 3.0)
        if pointed:
            tip = QPointF(at, HEIGHT)
            painter.drawPolygon(QPolygonF([tip, tip + QPointF(-5, -9), tip + QPointF(5, -9)]))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(self._stage.theme.ground)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)


def _small(font: QFont) -> QFont:
    small = QFont(font)
    small.setPixelSize(11)
    return small
