"""A small map of a route: its way, its stops with their numbers, and as much of the world as helps to find them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from itertools import chain, islice, pairwise

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen, QPolygonF

from app.map.basemap import ATTRIBUTION, Floats, base_map
from app.map.camera import Camera, Margins
from app.map.furniture import length_text, scale_bar
from app.map.projection import Projection, projection_of
from app.map.streets import RANKS, Streets
from app.model.road_library import library
from app.model.scenario import Settings, TravelSource
from app.paper.manifest import Manifest
from app.paper.sheet import GREY, INK, POINT, font
from app.paper.stop_list import draw_house

SKETCHY = 60.0
"""Metres to a point of paper below which the base map is left out: its coast would be water in the streets."""

CLOSEST = 3.0
"""Metres to a point of paper at most magnification: a route of one stop is no map of its doorstep."""

RADIUS = 5.6
"""Points; of a stop's disc."""

HOUSE = 6.4
"""Points; half the side of a depot's square."""

STREET_OFF = 0.3
"""Points that a street may be off."""

ARROW = 26.0
"""Points; the shortest leg that gets an arrow."""

_EDGE = Margins(16, 16, 16, 20)
_LAND, _COAST, _STREET = QColor("#f1f1f1"), QColor("#a8a8a8"), QColor("#d4d4d4")
_ROUND = Qt.PenCapStyle.RoundCap


class World:
    """What lies below routes: the projection of a scenario, and streets once a route needs them."""

    def __init__(self, settings: Settings) -> None:
        self.projection = projection_of(settings)
        self._network = settings.network if settings.travel is TravelSource.ROADS else ""

    @cached_property
    def streets(self) -> Streets | None:
        """The streets that are travelled on, if they are at hand; they are read at the first call."""
        network = library().network(self._network) if self._network else None
        return None if network is None else Streets(network)


def draw_map(painter: QPainter, rect: QRectF, manifest: Manifest, world: World) -> None:
    """Draw the map of a route into a rectangle.

    Parameters
    ----------
    painter
        With the units of the sheet.
    rect
        Where.
    manifest
        Whose places are drawn; the last one is a depot unless its row has a number.
    world
        Of the scenario.
    """
    places, projection = manifest.places, world.projection
    painter.save()
    painter.setClipRect(rect)
    painter.translate(rect.topLeft())
    painter.scale(POINT, POINT)  # from here on in points
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, True)
    width, height = rect.width() / POINT, rect.height() / POINT
    xs, ys = projection.to_map(*np.array([*places, *chain.from_iterable(manifest.legs)]).T)
    camera = _camera(xs, ys, width, height, projection)
    attribution = _draw_ground(painter, camera, world)
    every = [QPointF(*camera.to_pixel(x, y)) for x, y in zip(xs.tolist(), ys.tolist(), strict=True)]
    points, corners = every[: len(places)], iter(every[len(places) :])
    legs = [list(islice(corners, len(leg))) for leg in manifest.legs]
    _draw_way(painter, legs)
    _draw_kerbs(painter, points, legs)
    _draw_stops(painter, points, QRectF(0, 0, width, height), open_end=manifest.rows[-1].number > 0)
    _draw_furniture(painter, camera, projection, attribution)
    painter.restore()
    painter.setPen(QPen(INK, 0.6 * POINT))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(rect)


def _camera(xs: Floats, ys: Floats, width: float, height: float, projection: Projection) -> Camera:
    box = (float(xs.min()), float(ys.min()), float(xs.max()), float(ys.max()))
    camera = Camera(width=round(width), height=round(height)).fitted(box, _EDGE)
    closest = CLOSEST / projection.metres_per_unit(camera.y)
    return camera if camera.units_per_pixel >= closest else replace(camera, units_per_pixel=closest)


def _draw_ground(painter: QPainter, camera: Camera, world: World) -> str:
    """Draw streets, or land and borders where they are true enough, and return whom to name for them."""
    metres = camera.units_per_pixel * world.projection.metres_per_unit(camera.y)
    if world.streets is not None:
        _draw_streets(painter, camera, world.streets, metres)
        return world.streets.attribution
    if not world.projection.geographic or metres < SKETCHY:
        return ""
    land = base_map()
    painter.setPen(QPen(_COAST, 0.5))
    painter.setBrush(_LAND)
    painter.drawPath(_path(land.land(camera.rect, camera.units_per_pixel), camera, closed=True))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(_COAST, 0.6, Qt.PenStyle.DashLine))
    painter.drawPath(_path(land.borders(camera.rect, camera.units_per_pixel), camera, closed=False))
    return ATTRIBUTION


def _path(lines: Sequence[Floats], camera: Camera, *, closed: bool) -> QPainterPath:
    path = QPainterPath()
    for line in lines:
        polygon = QPolygonF([QPointF(*camera.to_pixel(x, y)) for x, y in line.tolist()])
        path.addPolygon(polygon)
        if closed:
            path.closeSubpath()
    return path


def _draw_streets(painter: QPainter, camera: Camera, streets: Streets, metres: float) -> None:
    for place, rank in enumerate(RANKS):
        if rank.walked or metres > rank.furthest:
            continue
        strokes = streets.strokes(place, camera.rect, STREET_OFF * camera.units_per_pixel)
        painter.setPen(QPen(_STREET, max(0.4, min(rank.width / metres, 3.0)), Qt.PenStyle.SolidLine, _ROUND))
        corners = zip(strokes.x.tolist(), strokes.y.tolist(), strict=True)
        points = [QPointF(*camera.to_pixel(x, y)) for x, y in corners]
        for first, last in pairwise([0, *(np.flatnonzero(strokes.connect == 0) + 1).tolist()]):
            painter.drawPolyline(points[first:last])


def _draw_way(painter: QPainter, legs: Sequence[Sequence[QPointF]]) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(INK, 1.1, Qt.PenStyle.SolidLine, _ROUND, Qt.PenJoinStyle.RoundJoin))
    for leg in legs:
        painter.drawPolyline(leg)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(INK)
    for leg in legs:
        line = _middle(leg)
        if line is None:
            continue
        along = QPointF(line.dx(), line.dy()) / line.length()
        across = QPointF(-along.y(), along.x())
        tip = line.p1() + along * 3.2
        back = tip - along * 6.4
        painter.drawPolygon(QPolygonF([tip, back + across * 2.6, back + along * 1.4, back - across * 2.6]))


def _middle(leg: Sequence[QPointF]) -> QLineF | None:
    """Return a line from the middle of a leg in its direction there; None where it is too short for an arrow."""
    lines = [QLineF(start, end) for start, end in pairwise(leg)]
    left = sum(line.length() for line in lines) / 2
    if left < ARROW / 2:
        return None
    for line in lines:
        if left < line.length():
            return QLineF(line.pointAt(left / line.length()), line.p2())
        left -= line.length()
    return None


def _draw_kerbs(painter: QPainter, points: Sequence[QPointF], legs: Sequence[Sequence[QPointF]]) -> None:
    """Lead from each stop that lies beside its road to where it is served."""
    painter.setPen(QPen(INK, 0.6, Qt.PenStyle.DotLine))
    for stop, leg in zip(points[1:], legs, strict=True):
        if QLineF(stop, leg[-1]).length() >= RADIUS:
            painter.drawLine(stop, leg[-1])


def _draw_stops(painter: QPainter, points: Sequence[QPointF], frame: QRectF, *, open_end: bool) -> None:
    depots = [points[0]] if open_end else [points[0], points[-1]]
    stops = points[1:] if open_end else points[1:-1]
    for depot in depots:
        draw_house(painter, depot, HOUSE)
    centres = spread(stops, depots, frame)
    for stop, centre in zip(stops, centres, strict=True):
        if centre != stop:
            painter.setPen(QPen(INK, 0.5))
            painter.drawLine(stop, centre)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(INK)
            painter.drawEllipse(stop, 1.5, 1.5)
    for number, centre in enumerate(centres, start=1):
        painter.setPen(QPen(INK, 0.8))
        painter.setBrush(Qt.GlobalColor.white)
        painter.drawEllipse(centre, RADIUS, RADIUS)
        _draw_number(painter, centre, str(number))


def _draw_number(painter: QPainter, centre: QPointF, text: str) -> None:
    size = {1: 7.0, 2: 6.4}.get(len(text), 4.8)
    painter.save()
    painter.translate(centre)
    painter.scale(1 / POINT, 1 / POINT)  # fonts are in units of the sheet
    painter.setFont(font(size, bold=True))
    painter.setPen(INK)
    side = 2 * RADIUS * POINT
    painter.drawText(QRectF(-side, -side, 2 * side, 2 * side), Qt.AlignmentFlag.AlignCenter, text)
    painter.restore()


def spread(stops: Sequence[QPointF], depots: Sequence[QPointF], frame: QRectF) -> list[QPointF]:
    """Return where the disc of each stop goes: on the stop, or as near as no other disc is in the way.

    Parameters
    ----------
    stops, depots
        Points.
    frame
        What the discs have to stay in.
    """
    room = frame.adjusted(RADIUS, RADIUS, -RADIUS, -RADIUS)
    taken = np.array([(depot.x(), depot.y()) for depot in depots], dtype=float).reshape(-1, 2)
    anchors = np.array([(stop.x(), stop.y()) for stop in stops], dtype=float).reshape(-1, 2)
    made = []
    for at, stop in enumerate(stops):
        others = np.delete(anchors, at, axis=0)
        best, least = stop, math.inf
        for candidate in _around(stop):
            if candidate != stop and not room.contains(candidate):
                continue
            spot = (candidate.x(), candidate.y())
            # A disc over another disc hides a number; one over another's place only makes it harder to see.
            bad = 100.0 * _overlap(taken, spot, 2 * RADIUS + 0.6) + _overlap(others, spot, RADIUS + 1.0)
            if bad < least:
                best, least = candidate, bad
            if bad == 0.0:
                break
        made.append(best)
        taken = np.vstack([taken, (best.x(), best.y())])
    return made


def _around(stop: QPointF) -> list[QPointF]:
    rings = (
        stop + QPointF(math.cos(turn * math.pi / 8), math.sin(turn * math.pi / 8)) * (RADIUS * distance)
        for distance in (2.2, 3.2, 4.4, 6.0, 8.0)
        for turn in range(16)
    )
    return [stop, *rings]


def _overlap(points: Floats, spot: tuple[float, float], reach: float) -> float:
    distances = np.hypot(points[:, 0] - spot[0], points[:, 1] - spot[1])
    return float(np.clip(reach - distances, 0.0, None).sum())


def _draw_furniture(painter: QPainter, camera: Camera, projection: Projection, attribution: str) -> None:
    metres, length = scale_bar(camera, projection)
    base = camera.height - 6.0
    painter.setPen(QPen(INK, 0.8, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap, Qt.PenJoinStyle.MiterJoin))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline(
        [QPointF(7, base - 3.5), QPointF(7, base), QPointF(7 + length, base), QPointF(7 + length, base - 3.5)]
    )
    _draw_caption(painter, QPointF(7 + length + 4, base + 0.8), length_text(metres))
    if attribution:
        width = QFontMetricsF(font(6)).horizontalAdvance(attribution) / POINT
        _draw_caption(painter, QPointF(camera.width - 7 - width, base + 0.8), attribution)


def _draw_caption(painter: QPainter, at: QPointF, text: str) -> None:
    painter.save()
    painter.translate(at)
    painter.scale(1 / POINT, 1 / POINT)
    painter.setFont(font(6))
    painter.setPen(GREY)
    painter.drawText(QPointF(0, 0), text)
    painter.restore()
