"""Paints lanes: all that stands still while the mouse moves over them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPixmap

from app.edits.selection import Item
from app.map.lettering import Lettering
from app.map.lock_signs import SIGN, LockSigns
from app.map.text_scale import text_scale
from app.model.plan import Lock
from app.timeline import glyphs
from app.timeline.axis import TimeAxis
from app.timeline.bars import BIAS, Bars
from app.timeline.day import Day, Place
from app.timeline.rows import LANE, Rows
from app.timeline.theme import TimelineTheme
from app.timeline.ticks import steps, ticks

ROOM = 20.0
"""Pixels from one number to the next; where there is less the later stop goes without."""
BEYOND = 32.0
"""Pixels that what belongs to a time may reach to both sides of it."""
HATCH = 8
"""Pixels after which every hatching of Qt begins anew."""
RING = 12.0
"""Radius of a ring around a stop, pixels."""
SIGN_GAP = 2.0
"""Pixels between a number and the sign of a lock at its right, where it covers no number."""


class LanePainter:
    """One painting of what is in view.

    Parameters
    ----------
    painter
        Where to.
    day, axis, rows
        What is in view.
    theme
        Colours.
    part
        The pixels between which anything is painted.
    """

    def __init__(
        self,
        painter: QPainter,
        day: Day,
        axis: TimeAxis,
        rows: Rows,
        theme: TimelineTheme,
        part: tuple[float, float],
    ) -> None:
        self._painter, self._day, self._axis, self._rows, self._theme = painter, day, axis, rows, theme
        self._part = (part[0] - BEYOND, part[1] + BEYOND)
        painter.setClipRect(QRectF(part[0], 0, part[1] - part[0], rows.height))
        # Hatching belongs to the time and the lane that it lies on, and moves with them.
        painter.setBrushOrigin(QPointF(round(axis.to_pixel(0.0)) % HATCH, round(-rows.top) % HATCH))

    def paint(self, selected: frozenset[Item], lettering: Lettering, signs: LockSigns) -> None:
        """Paint lanes and ticks, and rings around what is selected.

        Parameters
        ----------
        selected
            Stops and routes that stand out.
        lettering, signs
            Keep the discs with numbers, and the signs of locks.
        """
        painter, day, theme = self._painter, self._day, self._theme
        self._paint_ground(selected)
        self._paint_shifts()
        self._paint_grid()
        self._paint_routes()
        glyphs.paint_past(painter, self._boxes(day.past), theme)
        glyphs.paint_waiting(painter, self._boxes(day.waiting), theme)
        shown = day.windows.shown(self._axis, self._rows, self._part)
        windows = day.windows.boxes(shown, self._axis, self._rows)
        glyphs.paint_windows(painter, windows, day.real[shown].tolist(), theme)
        late = self._boxes(day.late)
        glyphs.paint_late(painter, late, theme)
        glyphs.paint_depots(painter, self._boxes(day.depots), theme)
        self._paint_numbers(lettering, signs, {day.place[item] for item in selected if item in day.place})
        glyphs.paint_alarms(painter, late, theme)

    def _boxes(self, bars: Bars) -> list[list[float]]:
        return bars.boxes(bars.shown(self._axis, self._rows, self._part), self._axis, self._rows)

    def _paint_ground(self, selected: frozenset[Item]) -> None:
        painter, theme, rows, width = self._painter, self._theme, self._rows, self._axis.width
        painter.fillRect(QRectF(0, 0, width, rows.height), theme.ground)
        for row in rows.shown:
            if self._day.lanes[row].item in selected:
                painter.fillRect(QRectF(0, rows.pixel(row), width, LANE), theme.chosen)
            elif row % 2:
                painter.fillRect(QRectF(0, rows.pixel(row), width, LANE), theme.stripe)

    def _paint_shifts(self) -> None:
        """Hatch the time outside of shifts, and draw a line where each begins and ends."""
        axis, width = self._axis, float(self._axis.width)
        outside, limits = [], []
        for row in self._rows.shown:
            vehicle, top = self._day.lanes[row].vehicle, self._rows.pixel(row)
            if vehicle is None:
                continue
            first, last = (axis.to_pixel(float(limit)) + BIAS for limit in vehicle.shift)
            if first > 0:
                outside.append((0.0, min(first, width), top))
            if last < width:
                outside.append((max(last, 0.0), width, top))
            limits += [QLineF(at, top, at, top + LANE) for at in (first, last) if 0 <= at <= width]
        glyphs.paint_closed(self._painter, outside, LANE, self._theme)
        self._painter.setPen(QPen(self._theme.muted, 1.0))
        self._painter.drawLines(limits)

    def _paint_grid(self) -> None:
        axis, rows = self._axis, self._rows
        bottom = min(rows.pixel(rows.count), rows.height)
        step, _ = steps(axis)
        places = [round(axis.to_pixel(float(tick))) + 0.5 for tick in ticks(axis, step)]
        lines = [QLineF(at, 0, at, bottom) for at in places]
        ends = [rows.pixel(row + 1) - 0.5 for row in rows.shown]
        lines += [QLineF(0, y, axis.width, y) for y in ends]
        self._painter.setPen(QPen(self._theme.grid, 1.0))
        self._painter.drawLines(lines)

    def _paint_routes(self) -> None:
        """Draw drives and visits, all of a colour at once."""
        day, axis, rows = self._day, self._axis, self._rows
        colours = np.array([lane.colour % len(self._theme.routes) for lane in day.lanes], dtype=np.int64)
        for bars, paint in ((day.driving, glyphs.paint_driving), (day.service, glyphs.paint_service)):
            shown = bars.shown(axis, rows, self._part)
            of_shown: NDArray[np.int64] = colours[bars.rows[shown]]
            for colour in np.unique(of_shown).tolist():
                boxes = bars.boxes(shown[of_shown == colour], axis, rows)
                paint(self._painter, boxes, self._theme.routes[colour])

    def _paint_numbers(self, lettering: Lettering, signs: LockSigns, selected: set[Place]) -> None:
        """Number the stops that have room, with the signs of their locks, and ring and number the selected ones.

        In a lane all are counted, in view or not: while the day is panned the same ones have room.
        """
        axis, (first, last) = self._axis, self._part
        discs: dict[tuple[str, int], tuple[QPixmap, float, float]] = {}
        ink, rim = self._theme.ink.name(), self._theme.ground.name()
        ratio = self._painter.device().devicePixelRatioF() * text_scale()
        ringed: list[QPointF] = []
        signed: list[tuple[QPointF, Lock]] = []
        for row in self._rows.shown:
            lane, top = self._day.lanes[row], self._rows.pixel(row) + glyphs.MIDDLE
            fill, free = self._theme.route(lane.colour).name(), -np.inf
            for stop, at in enumerate(axis.to_pixel(lane.middles).tolist()):
                if at < free and (row, stop) not in selected:
                    continue
                lock = lane.figures.visits[stop].lock if lane.figures is not None else None
                free = at + ROOM + (SIGN + SIGN_GAP if lock is not None else 0.0)
                if not first <= at <= last:
                    continue
                kept = discs.get((fill, stop))
                if kept is None:
                    disc = lettering.disc(str(stop + 1), fill, rim, self._theme.disc_ink)
                    size = disc.deviceIndependentSize()
                    kept = discs[fill, stop] = (disc, size.width() / 2, size.height() / 2)
                disc, across, along = kept
                self._painter.drawPixmap(QPointF(round(at - across + BIAS), top - along), disc)
                if lock is not None:
                    signed.append((QPointF(round(at + across + BIAS + SIGN_GAP), round(top - SIGN / 2)), lock))
                if (row, stop) in selected:
                    ringed.append(QPointF(at, top))
        for corner, lock in signed:  # after all discs, so that none covers one
            self._painter.drawPixmap(corner, signs.sign(lock, ink, rim, ratio))
        for at in ringed:
            ring(self._painter, at, self._theme, thick=True)


def ring(painter: QPainter, at: QPointF, theme: TimelineTheme, *, thick: bool) -> None:
    """Draw a ring around a stop: a thick one where it is selected, a thin one where the mouse is over it."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    painter.setPen(QPen(theme.accent if thick else theme.ink, 2.5 if thick else 1.5))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(at, RING, RING)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
