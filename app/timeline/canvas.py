"""The lanes as a widget: a picture that is painted when something changes, and what follows the mouse over it.

The whole timeline is drawn larger where the user wants larger text: its pixels are those of the screen over the scale
of text, here and in all that it is made of.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QLineF, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from app.language import tr
from app.map.gestures import Pointer
from app.map.lettering import Lettering
from app.map.lock_signs import LockSigns
from app.map.text_scale import text_scale
from app.timeline import glyphs
from app.timeline.bars import FAR
from app.timeline.drop_painter import paint_mark
from app.timeline.interaction import Interaction
from app.timeline.lane_painter import LanePainter, ring
from app.timeline.now import Now
from app.timeline.rows import LANE
from app.timeline.stage import Stage

NEARLY = 1e-3
"""What a number of pixels may differ from a whole one."""
FOOT = 4.0
"""Pixels that the brackets around a whole window reach inwards."""


class Canvas(QWidget):
    """Paints the lanes of a stage, and hands mouse, wheel and keys on.

    Parameters
    ----------
    stage
        What is shown.
    interaction
        Gets the events.
    now
        Tells the present time.
    lettering
        Keeps the discs with numbers.
    """

    def __init__(
        self, stage: Stage, interaction: Interaction, now: Now, lettering: Lettering, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("timeline_canvas")
        self.setAccessibleName(tr("Timeline"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._stage, self._interaction, self._now, self._lettering = stage, interaction, now, lettering
        self._signs = LockSigns()
        self._picture: QPixmap | None = None
        self._seen = (stage.axis, stage.rows)  # what the picture shows
        stage.moved.connect(self._on_moved)
        stage.changed.connect(self._repaint)
        stage.pointed.connect(self.update)
        stage.marked.connect(self.update)
        now.ticked.connect(self.update)
        interaction.cursor_wanted.connect(self.setCursor)

    def _repaint(self) -> None:
        self._picture = None
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._picture is None or self._picture.devicePixelRatio() != self.devicePixelRatioF():
            self._picture = self._painted()
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._picture)
        painter.scale(text_scale(), text_scale())
        self._paint_hovered(painter)
        self._paint_lines(painter)
        if mark := self._stage.mark:
            paint_mark(painter, mark, self._stage.day, self._stage.axis, self._stage.rows, self._stage.theme)
        if self.hasFocus():
            self._paint_focus(painter)
        painter.end()

    def _painted(self) -> QPixmap:
        ratio = self.devicePixelRatioF()
        self._lettering.set_ratio(ratio * text_scale())
        picture = QPixmap(self.size() * ratio)
        picture.setDevicePixelRatio(ratio)
        self._paint_part(picture, (0.0, self._room.width()))
        return picture

    def _paint_part(self, picture: QPixmap, part: tuple[float, float]) -> None:
        stage = self._stage
        painter = QPainter(picture)
        painter.scale(text_scale(), text_scale())
        LanePainter(painter, stage.day, stage.axis, stage.rows, stage.theme, part).paint(
            stage.selected, self._lettering, self._signs
        )
        painter.end()
        self._seen = (stage.axis, stage.rows)

    def _on_moved(self) -> None:
        """Where the day was panned by whole pixels, shift the picture and paint only what has come into view."""
        picture, stage = self._picture, self._stage
        (axis, rows), ratio = self._seen, self.devicePixelRatioF() * text_scale()
        pixels = (axis.left - stage.axis.left) / axis.scale * ratio
        shift = round(pixels)
        same = (axis.scale, axis.width, rows) == (stage.axis.scale, stage.axis.width, stage.rows)
        if picture is None or not same or abs(pixels - shift) > NEARLY or abs(shift) * 2 > picture.width():
            self._repaint()
        elif shift:
            picture.scroll(shift, 0, picture.rect())
            width = self._room.width()
            new = (0.0, shift / ratio) if shift > 0 else (width + shift / ratio, width)
            self._paint_part(picture, new)
            self.update()

    def _paint_hovered(self, painter: QPainter) -> None:
        """Ring the stop below the mouse, and show its windows whole."""
        stage, hit = self._stage, self._stage.hit
        if hit is None or hit.stop is None:
            return
        axis, top = stage.axis, stage.rows.pixel(hit.row)
        customer = stage.day.lanes[hit.row].customers[hit.stop]
        lines = []
        for early, late in customer.windows if customer is not None else ():
            begin, end = (min(max(axis.to_pixel(float(one)), -FAR), axis.width + FAR) for one in (early, late))
            lines.append(QLineF(begin, top + glyphs.STRIP, end, top + glyphs.STRIP))
            lines += glyphs.bracket(begin, top + 2, top + LANE - 2, FOOT)
            lines += glyphs.bracket(end, top + 2, top + LANE - 2, -FOOT)
        painter.setPen(QPen(stage.theme.ink, 1.5))
        painter.drawLines(lines)
        at = axis.to_pixel(float(stage.day.lanes[hit.row].middles[hit.stop]))
        ring(painter, QPointF(at, top + glyphs.MIDDLE), stage.theme, thick=False)

    def _paint_lines(self, painter: QPainter) -> None:
        """Draw the lines of the mouse and of the present time."""
        stage = self._stage
        if stage.time is not None:
            at = stage.axis.to_pixel(stage.time)
            painter.setPen(QPen(stage.theme.muted, 1.0))
            painter.drawLine(QLineF(at, 0, at, self._room.height()))
        at = stage.axis.to_pixel(float(self._now.seconds))
        if stage.day.lanes and 0 <= at <= self._room.width():
            painter.setPen(QPen(stage.theme.accent, 2.0, Qt.PenStyle.DashLine))
            painter.drawLine(QLineF(at, 0, at, self._room.height()))

    def _paint_focus(self, painter: QPainter) -> None:
        painter.setPen(QPen(self._stage.theme.accent, 2.0))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(QRectF(QPointF(1.0, 1.0), QPointF(self._room.width() - 1.0, self._room.height() - 1.0)))

    @property
    def _room(self) -> QSizeF:
        """The size in pixels of the timeline."""
        return QSizeF(self.size()) / text_scale()

    def _measure(self) -> None:
        self._picture = None
        self._stage.set_size(round(self._room.width()), round(self._room.height()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._measure()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._measure()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._interaction.press(pointer_of(event))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._interaction.move(pointer_of(event))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._interaction.release(pointer_of(event))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._interaction.double_click(pointer_of(event))

    def leaveEvent(self, event: QEvent) -> None:
        self._interaction.leave()

    def wheelEvent(self, event: QWheelEvent) -> None:
        turned, scrolls = event.angleDelta(), bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        self._interaction.wheel(turned.x(), turned.y(), event.position().x() / text_scale(), scrolls=scrolls)
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._interaction.key(Qt.Key(event.key()), event.modifiers()):
            event.accept()
        else:
            super().keyPressEvent(event)


def pointer_of(event: QMouseEvent) -> Pointer:
    """Return a mouse event in pixels of the timeline."""
    at = event.position() / text_scale()
    return Pointer(at.x(), at.y(), event.button(), event.modifiers())
