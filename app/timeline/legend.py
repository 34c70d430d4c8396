"""What the signs of the timeline mean, painted as they are."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.language import tr
from app.map.lock_signs import ABOVE, ASIDE, LockSigns
from app.map.text_scale import scaled, text_scale
from app.model.plan import Lock
from app.timeline.glyphs import (
    MIDDLE,
    STRIP,
    paint_closed,
    paint_driving,
    paint_late,
    paint_past,
    paint_service,
    paint_waiting,
    paint_windows,
)
from app.timeline.stage import Stage
from app.timeline.theme import TimelineTheme

SIGN = 24.0
"""Pixels that a sign takes."""
GAP = 6.0
APART = 16.0
HEIGHT = 22


SIGNS: tuple[tuple[str, Callable[[QPainter, float, float, TimelineTheme], None]], ...] = (
    (tr("Driving"), lambda painter, at, y, theme: paint_driving(painter, [(at, at + SIGN, y - MIDDLE)], theme.muted)),
    (tr("Waiting"), lambda painter, at, y, theme: paint_waiting(painter, [(at, at + SIGN, y - MIDDLE)], theme)),
    (tr("Service"), lambda painter, at, y, theme: paint_service(painter, [(at, at + SIGN, y - MIDDLE)], theme.muted)),
    (
        tr("Time window"),
        lambda painter, at, y, theme: paint_windows(painter, [(at, at + SIGN, y - STRIP)], [(True, True)], theme),
    ),
    (tr("Too late"), lambda painter, at, y, theme: paint_late(painter, [(at, at + SIGN, y - STRIP)], theme)),
    (tr("Off shift"), lambda painter, at, y, theme: paint_closed(painter, [(at, at + SIGN, y - 7.0)], 14.0, theme)),
    (tr("Already driven"), lambda painter, at, y, theme: _paint_driven(painter, at, y, theme)),
    (tr("Stays on vehicle"), lambda painter, at, y, theme: _paint_lock(painter, at, y, Lock.VEHICLE, theme)),
    (tr("Keeps place"), lambda painter, at, y, theme: _paint_lock(painter, at, y, Lock.PLACE, theme)),
)
"""What each is called, and how it is painted to the right of a pixel and around a height."""


class Legend(QWidget):
    """Explains as many signs as there is room for.

    Parameters
    ----------
    stage
        Has the colours.
    """

    def __init__(self, stage: Stage, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("timeline_legend")
        self.setAccessibleName(tr("Signs of the timeline: {signs}", signs=", ".join(name for name, _ in SIGNS)))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._stage = stage
        stage.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(0, scaled(HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), self._stage.theme
        painter.scale(text_scale(), text_scale())
        font = QFont(self.font())
        font.setPixelSize(11)
        metrics = QFontMetricsF(font)
        painter.setFont(font)
        middle, at = HEIGHT / 2, 0.0
        for name, paint in SIGNS:
            width = SIGN + GAP + metrics.horizontalAdvance(name)
            if (at + width) * text_scale() > self.width():
                break
            paint(painter, at, middle, theme)
            painter.setPen(theme.muted)
            text = QRectF(at + SIGN + GAP, 0, width, HEIGHT)
            painter.drawText(text, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, name)
            at += width + APART
        painter.end()


def _paint_driven(painter: QPainter, at: float, y: float, theme: TimelineTheme) -> None:
    box = (at, at + SIGN, y - MIDDLE)
    paint_service(painter, [box], theme.muted)
    paint_past(painter, [box], theme)
    _paint_lock(painter, at, y, Lock.DRIVEN, theme)


def _paint_lock(painter: QPainter, at: float, y: float, lock: Lock, theme: TimelineTheme) -> None:
    middle = QPointF(at + SIGN / 2 - ASIDE, y + ABOVE)
    ratio = painter.device().devicePixelRatioF() * text_scale()
    LockSigns().paint(painter, middle, lock, theme.ink.name(), theme.ground.name(), ratio)
