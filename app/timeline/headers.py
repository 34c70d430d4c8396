"""The names beside the lanes: badge, vehicle, load and end."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QBrush,
    QFont,
    QFontMetricsF,
    QHelpEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QWheelEvent,
)
from PySide6.QtWidgets import QToolTip, QWidget

from app.edits.selection import Item
from app.language import tr, trn
from app.map.lettering import Lettering
from app.map.swatch import paint_swatch
from app.map.text_scale import scaled, text_scale
from app.model.units import clock
from app.timeline.canvas import pointer_of
from app.timeline.day import Lane
from app.timeline.drop_painter import paint_frame
from app.timeline.glyphs import MIDDLE, STRIP
from app.timeline.interaction import Interaction
from app.timeline.readout import route_text
from app.timeline.rows import LANE
from app.timeline.stage import Stage

WIDTH = 216
LEFT = 40.0
"""Where names begin, pixels: right of the number."""
SWATCH_LEFT = 8.0
"""Where the sample of the route's line begins, below its number."""
END = 70.0
"""Pixels that the time at which a route ends takes."""
BAR = QSize(46, 4)
"""Of the load."""


class Headers(QWidget):
    """Says whose lane it is; a click selects the route.

    Parameters
    ----------
    stage
        What is shown.
    interaction
        Gets clicks and the wheel.
    lettering
        Keeps the discs with numbers.
    """

    def __init__(
        self, stage: Stage, interaction: Interaction, lettering: Lettering, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("timeline_headers")
        self.setAccessibleName(tr("Vehicles"))
        self.setFixedWidth(scaled(WIDTH))
        self.dimensions: tuple[str, ...] = ()
        self.source = ""  # where distances and times come from, in words
        self._stage, self._interaction, self._lettering = stage, interaction, lettering
        self._top = stage.rows.top
        stage.changed.connect(self.update)
        stage.moved.connect(self._on_moved)
        stage.marked.connect(self.update)

    def lane_at(self, py: float) -> Lane | None:
        """Return the lane beside a pixel of the widget."""
        row = self._stage.rows.at(py / text_scale())
        return self._stage.day.lanes[row] if row is not None else None

    def _on_moved(self) -> None:
        """Follow the lanes; while only the time moves there is nothing to paint."""
        if self._stage.rows.top != self._top:
            self._top = self._stage.rows.top
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, stage = QPainter(self), self._stage
        painter.fillRect(self.rect(), stage.theme.header)
        painter.scale(text_scale(), text_scale())
        self._lettering.set_ratio(self.devicePixelRatioF() * text_scale())
        fonts = tuple(_sized(self.font(), size, weight) for size, weight in ((12, 600), (11, 400)))
        for row in stage.rows.shown:
            self._paint_lane(painter, stage.day.lanes[row], stage.rows.pixel(row), *fonts)
        painter.setPen(QPen(stage.theme.grid, 1.0))
        painter.drawLine(WIDTH - 1, 0, WIDTH - 1, stage.rows.height)
        if stage.mark is not None and stage.mark.gap is None:
            paint_frame(painter, QRectF(0, stage.rows.pixel(stage.mark.row), WIDTH, LANE), stage.theme)
        painter.end()

    def _paint_lane(self, painter: QPainter, lane: Lane, top: float, large: QFont, small: QFont) -> None:
        theme = self._stage.theme
        if lane.item in self._stage.selected:
            painter.fillRect(QRectF(0, top, WIDTH, LANE), theme.chosen)
            painter.fillRect(QRectF(0, top, 4, LANE), theme.accent)
        painter.setPen(QPen(theme.grid, 1.0))
        painter.drawLine(QPointF(0, top + LANE - 0.5), QPointF(WIDTH, top + LANE - 0.5))
        route = lane.figures
        if route is not None:
            colour = theme.route(lane.colour)
            disc = self._lettering.disc(route.badge, colour.name(), theme.header.name(), theme.disc_ink)
            size = disc.deviceIndependentSize()
            painter.drawPixmap(QPointF((LEFT - size.width()) / 2 + 2, top + MIDDLE - size.height() / 2 - 1), disc)
            line = QPointF(SWATCH_LEFT, top + STRIP + 1)
            paint_swatch(painter, line, LEFT - 2 * SWATCH_LEFT + 4, colour, lane.colour)
        room = WIDTH - LEFT - 8 - (END if route is not None else 0)
        painter.setFont(large)
        painter.setPen(theme.ink)
        name = QFontMetricsF(large).elidedText(lane.label, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QPointF(LEFT, top + 14), name)
        painter.setFont(small)
        painter.setPen(theme.muted)
        if route is None:
            painter.drawText(QPointF(LEFT, top + 28), trn("{number} unused", "{number} unused", lane.spare))
            return
        late = lane.overtime > 0
        ends = QRectF(WIDTH - END - 8, top + 3, END, 14)
        if late:
            painter.setPen(theme.late)
        flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(ends, flags, f"{'! ' if late else ''}{clock(route.end_s)}")
        self._paint_load(painter, lane, top)

    def _paint_load(self, painter: QPainter, lane: Lane, top: float) -> None:
        """Draw a bar and a percentage; a bar that is over the capacity is hatched as well as red."""
        route, theme = lane.figures, self._stage.theme
        assert route is not None
        part = route.fullness
        track = QRectF(LEFT, top + 22, BAR.width(), BAR.height())
        painter.fillRect(track, theme.grid)
        if part > 1:
            painter.fillRect(track, theme.late)
            painter.fillRect(track, QBrush(theme.ground, Qt.BrushStyle.BDiagPattern))
        else:
            painter.fillRect(QRectF(track.left(), track.top(), track.width() * part, track.height()), theme.muted)
        painter.setPen(theme.late if part > 1 else theme.muted)
        stops = trn("{number} stop", "{number} stops", route.stops)
        painter.drawText(QPointF(LEFT + BAR.width() + 8, top + 28), f"{part:.0%}  ·  {stops}")

    def item_at(self, py: float) -> Item | None:
        """Return the route or vehicle whose name is at a pixel."""
        lane = self.lane_at(py)
        return lane.item if lane is not None else None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._interaction.pick(self.item_at(event.position().y()), extends=pointer_of(event).extends)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        lane = self.lane_at(event.position().y())
        if event.button() == Qt.MouseButton.LeftButton and lane is not None:
            self._interaction.item_activated.emit(*lane.item)

    def wheelEvent(self, event: QWheelEvent) -> None:
        turned = event.angleDelta()
        self._interaction.wheel(turned.x(), turned.y(), 0.0, scrolls=True)
        event.accept()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.setFixedWidth(scaled(WIDTH))

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            lane = self.lane_at(event.pos().y())
            text = route_text(lane, self.dimensions, self.source) if lane is not None else ""
            QToolTip.showText(event.globalPos(), text, self)
            return True
        return super().event(event)


def _sized(font: QFont, pixels: int, weight: int) -> QFont:
    sized = QFont(font)
    sized.setPixelSize(pixels)
    sized.setWeight(QFont.Weight(weight))
    return sized
