"""The streets of the road network in use, below everything but the ground: a quiet map where there is no other."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cache
from itertools import pairwise

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen, QPixmap
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from app.map.camera import Camera, Rect
from app.map.items import ViewItem, ratio_of
from app.map.projection import Mercator
from app.map.street_names import Stretch, placed
from app.map.streets import RANKS, Streets, Strokes
from app.map.text_scale import scaled
from app.map.theme import MapTheme, blended

AROUND = 0.3
"""Share of the view on each side that is in the picture as well: panning inside it copies it."""
SETTLE = 120
"""Milliseconds after the last change of scale until the picture is made anew; until then it is stretched."""
SMOOTH_POINTS = 12_000
"""With more points in the picture streets are thin and have steps, which is quicker."""
OFF = 0.4
"""Pixels that lines may be off."""
CASED = 2.0
"""Width from which on a street has edges, pixels."""
FAINT, EDGE = 0.2, 0.32
"""Strength of narrow streets and of edges."""
NAMED = 2.2
"""Metres of a pixel below which streets have names."""
NAME_PIXELS = 11
SHORTEST = 45.0
"""Pixels of a straight part of a street that may have a name."""
STRAIGHT = 2.5
"""Pixels that the middle of a name may be off its street."""


class StreetLayer(ViewItem):
    """Draws streets once into a picture that is larger than the view, and the picture in each frame."""

    def __init__(self, theme: MapTheme) -> None:
        super().__init__(-95)
        self._theme = theme
        self._camera = Camera()
        self._streets: Streets | None = None
        self._picture: QPixmap | None = None
        self._drawn: Rect = (0.0, 0.0, 0.0, 0.0)  # what is in the picture
        self._unit = 0.0
        self._settling = QTimer(self, singleShot=True, interval=SETTLE)
        self._settling.timeout.connect(self.update)

    @property
    def attribution(self) -> str:
        """Whom to name, as routes are drawn along these streets at every scale."""
        return self._streets.attribution if self._streets is not None else ""

    def set_theme(self, theme: MapTheme) -> None:
        self._theme, self._picture = theme, None
        self.update()

    def set_streets(self, streets: Streets | None) -> None:
        """Draw these, or none."""
        self._streets, self._picture = streets, None
        self.update()

    def set_camera(self, camera: Camera) -> None:
        """Look here next."""
        if self._picture is not None and camera.units_per_pixel != self._camera.units_per_pixel:
            self._settling.start()
        self._camera = camera

    def forget_picture(self) -> None:
        """Draw anew, such as in another size of text."""
        self._picture = None
        self.update()

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        if self._streets is None or not self._shown():
            return
        if self._picture is None or not self._serves(ratio_of(painter)):
            self._picture = self._made(self._streets, ratio_of(painter))
        left, bottom, right, top = self._drawn
        (x0, y0), (x1, y1) = self._camera.to_pixel(left, top), self._camera.to_pixel(right, bottom)
        transform = painter.transform()
        painter.resetTransform()
        if self._unit == self._camera.units_per_pixel:
            painter.drawPixmap(QPointF(round(x0), round(y0)), self._picture)
        else:
            painter.drawPixmap(QRectF(x0, y0, x1 - x0, y1 - y0), self._picture, QRectF(self._picture.rect()))
        painter.setTransform(transform)

    def _shown(self) -> list[int]:
        """Return the ranks that are drawn at this scale."""
        metres = self._metres()
        return [rank for rank, drawn in enumerate(RANKS) if metres <= drawn.furthest]

    def _metres(self) -> float:
        return self._camera.units_per_pixel * Mercator().metres_per_unit(self._camera.y)

    def _serves(self, ratio: float) -> bool:
        """Whether the picture can be shown: for the time of a zoom it can as far as it reaches."""
        assert self._picture is not None
        if self._picture.devicePixelRatio() != ratio:
            return False
        view, drawn = self._camera.rect, self._drawn
        inside = drawn[0] <= view[0] and drawn[1] <= view[1] and drawn[2] >= view[2] and drawn[3] >= view[3]
        return (inside and self._unit == self._camera.units_per_pixel) or self._settling.isActive()

    def _made(self, streets: Streets, ratio: float) -> QPixmap:
        camera = self._camera
        left, bottom, right, top = camera.rect
        dx, dy = AROUND * (right - left), AROUND * (top - bottom)
        self._drawn = rect = (left - dx, bottom - dy, right + dx, top + dy)
        self._unit = unit = camera.units_per_pixel
        width, height = math.ceil((rect[2] - rect[0]) / unit), math.ceil((rect[3] - rect[1]) / unit)
        picture = QPixmap(round(width * ratio), round(height * ratio))
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        ranks = self._shown()
        strokes = {rank: _in_pixels(streets.strokes(rank, rect, OFF * unit), rect, unit) for rank in ranks}
        painter = QPainter(picture)
        crowded = sum(len(one.x) for one in strokes.values()) > SMOOTH_POINTS
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, not crowded)
        if crowded:
            for rank, one in strokes.items():
                painter.setPen(self._narrow(rank))
                painter.drawPath(_path(one))
        else:
            self._draw_streets(painter, strokes)
        if self._metres() <= NAMED:
            self._draw_names(painter, streets, rect)
        painter.end()
        return picture

    def _draw_streets(self, painter: QPainter, strokes: Mapping[int, Strokes]) -> None:
        """Draw the edges of all streets, and then what is between them, so that streets run into each other."""
        lines = {rank: _lines(one) for rank, one in strokes.items()}
        for edge in (True, False):
            for rank in strokes:
                wide = RANKS[rank].width / self._metres()
                narrow = RANKS[rank].walked or wide < CASED
                if narrow and edge:
                    continue
                painter.setPen(self._narrow(rank) if narrow else self._pen(wide, edge=edge))
                for line in lines[rank]:
                    painter.drawPolyline(line)

    def _narrow(self, rank: int) -> QPen:
        """Return the pen of streets without edges: the greater they are, the more of it is seen."""
        least = RANKS[rank].least
        return _round(blended(self._theme.muted, self._theme.land, FAINT * least), least)

    def _pen(self, wide: float, *, edge: bool) -> QPen:
        """Return the pen of a street or of its edge."""
        theme = self._theme
        if edge:
            return _round(blended(theme.muted, theme.land, EDGE), wide + 1.6)
        return _round(blended(theme.ink, theme.land, 0.16) if theme.dark else QColor(theme.halo), wide)

    def _draw_names(self, painter: QPainter, streets: Streets, rect: Rect) -> None:
        font = QFont()
        font.setPixelSize(scaled(NAME_PIXELS))
        metrics = QFontMetricsF(font)
        stretches: list[Stretch] = []
        for rank in reversed(self._shown()):
            strokes = _in_pixels(streets.strokes(rank, rect, STRAIGHT * self._unit), rect, self._unit)
            stretches += _stretches(strokes, streets)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
        halo = QColor(self._theme.halo)
        halo.setAlphaF(0.8)
        rim = QPen(halo, 2.6)
        rim.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        for spot in placed(stretches, cache(metrics.horizontalAdvance)):
            text = QPainterPath()
            text.addText(-metrics.horizontalAdvance(spot.text) / 2, metrics.capHeight() / 2, font, spot.text)
            painter.save()
            painter.translate(spot.x, spot.y)
            painter.rotate(spot.angle)
            painter.strokePath(text, rim)
            painter.fillPath(text, QColor(self._theme.muted))
            painter.restore()


def _round(colour: QColor, width: float) -> QPen:
    return QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)


def _in_pixels(strokes: Strokes, rect: Rect, unit: float) -> Strokes:
    return Strokes((strokes.x - rect[0]) / unit, (rect[3] - strokes.y) / unit, strokes.connect, strokes.streets)


def _lines(strokes: Strokes) -> list[list[QPointF]]:
    """Return each street by itself: Qt draws wide lines faster than one path of them all."""
    points = [QPointF(x, y) for x, y in zip(strokes.x.tolist(), strokes.y.tolist(), strict=True)]
    ends = (np.flatnonzero(strokes.connect == 0) + 1).tolist()
    return [points[first:last] for first, last in pairwise([0, *ends])]


def _path(strokes: Strokes) -> QPainterPath:
    """Return all streets as one path, which is the faster way to thin lines."""
    path: QPainterPath = pg.functions.arrayToQPath(strokes.x, strokes.y, connect=strokes.connect, finiteCheck=False)
    return path


def _stretches(strokes: Strokes, streets: Streets) -> list[Stretch]:
    """Return the straight parts of streets with names, the longest first."""
    joined = np.flatnonzero(strokes.connect)
    ends = np.column_stack([strokes.x[joined], strokes.y[joined], strokes.x[joined + 1], strokes.y[joined + 1]])
    lengths = np.hypot(ends[:, 2] - ends[:, 0], ends[:, 3] - ends[:, 1])
    order = np.argsort(-lengths, kind="stable")
    order = order[lengths[order] >= SHORTEST]
    names = (streets.names[street] for street in strokes.streets[joined[order]].tolist())
    return [
        Stretch(name, (ax, ay), (bx, by))
        for name, (ax, ay, bx, by) in zip(names, ends[order].tolist(), strict=True)
        if name
    ]
