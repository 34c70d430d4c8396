"""The pages of one route: figures, lines to fill in and a map, then the list, for as many pages as it takes."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from app.language import tr, trn
from app.paper.manifest import Manifest
from app.paper.route_map import World, draw_map
from app.paper.sheet import GREY, INK, MM, POINT, Paragraph, Sheet, font
from app.paper.stop_list import HEAD, Box, Columns, boxes_of, broken_into_pages

MAP_HEIGHT = 62 * MM
SMALLEST_MAP = 45 * MM
"""A map gives way so far where that saves a page."""
CROWDED, CROWDED_MAP_HEIGHT = 24, 100 * MM
"""From so many stops on a map is higher, or their numbers would stand far from their places."""
TALLEST_MAP = 130 * MM
"""A map takes what is left of the first page, up to here."""

FOOT = 7 * MM
"""Height of the last line of a page."""

MOST_WARNINGS = 4
"""On a page; a route that breaks more rules is not going to be driven like this."""

_BADGE = 13 * MM
_SMALL_BADGE = 7.5 * MM
_FIELDS = ((tr("Driver"), 3.0), (tr("Vehicle"), 2.0), (tr("Kilometres out"), 1.6), (tr("Kilometres back"), 1.6))
"""To be filled in by hand, and how wide they are beside each other."""


@dataclass(frozen=True, slots=True)
class RoutePages:
    """A manifest laid out on sheets.

    Parameters
    ----------
    manifest, sheet, world
        What is drawn, and on what.
    printed
        When, in words.
    columns, pages
        Of the list.
    warnings
        What stands above the map.
    map_height
        Of the map on the first page.
    """

    manifest: Manifest
    sheet: Sheet
    world: World
    printed: str
    columns: Columns
    pages: list[list[Box]]
    warnings: list[Paragraph]
    map_height: float

    @classmethod
    def lay_out(cls, manifest: Manifest, sheet: Sheet, world: World, printed: str) -> RoutePages:
        """Return the pages of a manifest."""
        area = sheet.area
        told = list(manifest.warnings[:MOST_WARNINGS])
        if len(manifest.warnings) > MOST_WARNINGS:
            more = len(manifest.warnings) - MOST_WARNINGS
            told.append(trn("And {number} more.", "And {number} more.", more))
        warnings = [Paragraph(text, font(8.6, bold=True), area.width() - 6 * MM, most=2) for text in told]
        columns = Columns.of(manifest.rows, area.width())
        room = area.height() - FOOT - HEAD
        least = CROWDED_MAP_HEIGHT if len(manifest.rows) > CROWDED else MAP_HEIGHT
        boxes, below = boxes_of(manifest, columns), room - _head_height(manifest, area.width(), warnings)
        if sum(box.height for box in boxes) <= below - SMALLEST_MAP:
            least = min(least, SMALLEST_MAP)
        first = below - least
        pages = broken_into_pages(boxes, first, room - _SMALL_BADGE - 2 * MM)
        left = first - sum(box.height for box in pages[0])
        map_height = max(least, min(least + left, TALLEST_MAP))
        return cls(manifest, sheet, world, printed, columns, pages, warnings, map_height)

    def draw(self, painter: QPainter, page: int) -> None:
        """Draw one page, counted from 0."""
        area = self.sheet.area
        y = self._draw_head(painter) if page == 0 else self._draw_continued(painter)
        self.columns.draw_titles(painter, area.left(), y)
        y += HEAD
        for box in self.pages[page]:
            box.draw(painter, area.left(), y)
            y += box.height
        draw_foot(painter, self.sheet, (self.manifest.vehicle, self.printed), page, len(self.pages))

    def _draw_head(self, painter: QPainter) -> float:
        """Draw the head of the first page, and return where it ends."""
        area, manifest = self.sheet.area, self.manifest
        _draw_badge(painter, QRectF(area.left(), area.top(), _BADGE, _BADGE), manifest.badge, 19)
        left, width = area.left() + _BADGE + 4 * MM, area.width() - _BADGE - 4 * MM
        Paragraph(manifest.vehicle, font(17, bold=True), width).draw(painter, left, area.top() - 0.6 * MM)
        title = Paragraph(manifest.title, font(9.5), width, colour=GREY)
        title.draw(painter, left, area.top() + _BADGE - title.height + 0.4 * MM)
        y = area.top() + _BADGE + 3.5 * MM
        y = _draw_figures(painter, manifest.figures, QPointF(area.left(), y), area.width())
        y = _draw_fields(painter, QPointF(area.left(), y), area.width())
        y = self._draw_warnings(painter, y)
        draw_map(painter, QRectF(area.left(), y, area.width(), self.map_height), manifest, self.world)
        return y + self.map_height + 1 * MM

    def _draw_warnings(self, painter: QPainter, y: float) -> float:
        if not self.warnings:
            return y
        area, height = self.sheet.area, sum(one.height for one in self.warnings) + 3 * MM
        painter.setPen(QPen(INK, 1.4 * POINT))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(QRectF(area.left(), y, area.width(), height))
        top = y + 1.5 * MM
        for one in self.warnings:
            one.draw(painter, area.left() + 3 * MM, top)
            top += one.height
        return y + height + 3 * MM

    def _draw_continued(self, painter: QPainter) -> float:
        """Draw the head of a page after the first one, and return where it ends."""
        area = self.sheet.area
        _draw_badge(painter, QRectF(area.left(), area.top(), _SMALL_BADGE, _SMALL_BADGE), self.manifest.badge, 11)
        left = area.left() + _SMALL_BADGE + 3 * MM
        name = Paragraph(self.manifest.vehicle, font(11.5, bold=True), area.width() - 45 * MM)
        name.draw(painter, left, area.top() + (_SMALL_BADGE - name.height) / 2)
        more = Paragraph(tr("continued"), font(8.6), 30 * MM, align=Qt.AlignmentFlag.AlignRight, colour=GREY)
        more.draw(painter, area.right() - 30 * MM, area.top() + (_SMALL_BADGE - more.height) / 2)
        return area.top() + _SMALL_BADGE + 2 * MM


def draw_foot(painter: QPainter, sheet: Sheet, texts: tuple[str, str], page: int, pages: int) -> None:
    """Draw the last line of a page: what it is of, when it was printed, and which of the pages it is, from 0."""
    area, third = sheet.area, sheet.area.width() / 3
    sides = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignHCenter, Qt.AlignmentFlag.AlignRight
    counted = tr("Page {page} of {pages}", page=page + 1, pages=pages)
    for place, (text, align) in enumerate(zip((*texts, counted), sides, strict=True)):
        paragraph = Paragraph(text, font(7.4), third, align=align, colour=GREY)
        paragraph.draw(painter, area.left() + place * third, area.bottom() - paragraph.height)


def _head_height(manifest: Manifest, width: float, warnings: list[Paragraph]) -> float:
    """Return the height of all that stands above the list on the first page, but for the map."""
    figures = len(_figure_lines(manifest.figures, width)) * _FIGURES_HEIGHT
    warned = sum(one.height for one in warnings) + 6 * MM if warnings else 0.0
    return _BADGE + 3.5 * MM + figures + _FIELDS_HEIGHT + warned + 1 * MM


_FIGURES_HEIGHT = 11 * MM
_FIELDS_HEIGHT = 10.5 * MM
_FIGURE_GAP = 6 * MM


def _figure_lines(figures: tuple[tuple[str, str], ...], width: float) -> list[list[tuple[Paragraph, Paragraph, float]]]:
    """Return captions, values and widths, in as many lines as they take."""
    lines: list[list[tuple[Paragraph, Paragraph, float]]] = [[]]
    left = 0.0
    for caption, value in figures:
        above = Paragraph(caption, font(6.8), width, colour=GREY)
        below = Paragraph(value, font(11, bold=True), width)
        wide = max(above.width, below.width)
        if lines[-1] and left + wide > width:
            lines.append([])
            left = 0.0
        lines[-1].append((above, below, wide))
        left += wide + _FIGURE_GAP
    return lines


def _draw_figures(painter: QPainter, figures: tuple[tuple[str, str], ...], at: QPointF, width: float) -> float:
    y = at.y()
    for line in _figure_lines(figures, width):
        x = at.x()
        for above, below, wide in line:
            above.draw(painter, x, y)
            below.draw(painter, x, y + above.height)
            x += wide + _FIGURE_GAP
        y += _FIGURES_HEIGHT
    return y


def _draw_fields(painter: QPainter, at: QPointF, width: float) -> float:
    """Draw lines to write on, with what belongs there below."""
    gap = 4 * MM
    part = (width - gap * (len(_FIELDS) - 1)) / sum(share for _, share in _FIELDS)
    x, y = at.x(), at.y() + 4.2 * MM
    for title, share in _FIELDS:
        painter.setPen(QPen(INK, 0.5 * POINT))
        painter.drawLine(QPointF(x, y), QPointF(x + share * part, y))
        Paragraph(title, font(6.8), share * part, colour=GREY).draw(painter, x, y + 0.4 * MM)
        x += share * part + gap
    return at.y() + _FIELDS_HEIGHT


def _draw_badge(painter: QPainter, rect: QRectF, text: str, points: float) -> None:
    """Draw what stands for the route on the map, white on black."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(INK)
    painter.drawRoundedRect(rect, 1.6 * MM, 1.6 * MM)
    painter.setFont(font(points * min(1.0, 2.1 / len(text)), bold=True))
    painter.setPen(Qt.GlobalColor.white)
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)
