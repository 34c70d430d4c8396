"""The list of a manifest: one box for each row, which knows how high it is and can draw itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from app.io.navigation import Stage
from app.language import tr, trc, trn
from app.paper.code import draw_code
from app.paper.manifest import Manifest, Row
from app.paper.sheet import GREY, INK, MM, POINT, RULE, Paragraph, font

PADDING = 1.6 * MM
"""Above and below what a row holds."""

CODE = 15.5 * MM
STAGE_CODE = 28 * MM
"""Sides of the codes: a module of any is 0.37 mm or more, which phones read at arm's length."""

LONGEST_NOTES = 12
"""Lines; with them a row is a quarter of a page at most."""

LONGEST_REASON = 6
"""Lines."""

MOST_WINDOWS = 8
"""Of one stop."""

HEAD = 6 * MM
"""Height of the line with the titles."""

_WIDTHS = {"number": 9 * MM, "time": 26 * MM, "windows": 25 * MM, "goods": 33 * MM, "done": 9 * MM, "code": 17 * MM}
_TITLES = {
    "time": tr("Time"),
    "name": trc("on a route", "Stop"),
    "windows": trc("of a shop", "Open"),
    "goods": tr("Goods"),
    "done": tr("Done"),
    "code": tr("Map"),
}
_AT_CUSTOMER = tr("Bring {amounts}"), tr("Collect {amounts}")
_AT_DEPOT = tr("Load {amounts}"), tr("Return {amounts}")
_GAP = 2 * MM


@dataclass(frozen=True, slots=True)
class Columns:
    """Where each column begins and how wide it is, from the left edge of the list; a column may be missing.

    Parameters
    ----------
    spans
        Left edge and width, by name.
    width
        Of all of it.
    """

    spans: dict[str, tuple[float, float]]
    width: float

    @classmethod
    def of(cls, rows: Sequence[Row], width: float) -> Columns:
        """Return the columns that some rows need; what is left is the name's."""
        needed = {
            "time": any(row.time for row in rows),
            "done": any(row.time for row in rows),
            "windows": any(row.windows for row in rows),
            "goods": any(row.bring or row.collect for row in rows),
            "code": any(row.link for row in rows),
        }
        names = [name for name in ("number", *_TITLES) if needed.get(name, True)]
        free = width - sum(_WIDTHS[name] for name in names if name != "name")
        spans, left = {}, 0.0
        for name in names:
            wide = _WIDTHS.get(name, free)
            spans[name] = (left, wide)
            left += wide
        return cls(spans, width)

    def draw_titles(self, painter: QPainter, x: float, y: float) -> None:
        """Draw the line with the titles, and the rule below it."""
        for name, (left, width) in self.spans.items():
            align = Qt.AlignmentFlag.AlignHCenter if name in ("done", "code") else Qt.AlignmentFlag.AlignLeft
            title = Paragraph(_TITLES.get(name, ""), font(6.8), width, align=align, colour=GREY)
            title.draw(painter, x + left, y + HEAD - title.height - 0.8 * MM)
        painter.setPen(QPen(INK, 0.9 * POINT))
        painter.drawLine(QPointF(x, y + HEAD), QPointF(x + self.width, y + HEAD))


class Box(Protocol):
    """Something in the list.

    Parameters
    ----------
    height
        Units of the sheet.
    leads
        Whether it belongs to the box below it, and stays on its page.
    """

    height: float
    leads: bool

    def draw(self, painter: QPainter, x: float, y: float) -> None:
        """Draw it with its top left corner here."""


class RowBox:
    """A start, a stop or an end.

    Parameters
    ----------
    row
        What it says.
    columns
        Where.
    """

    leads = False

    def __init__(self, row: Row, columns: Columns) -> None:
        self._row, self._columns = row, columns
        self._cells = {name: self._paragraphs(name) for name in columns.spans}
        texts = max(sum(one.height for one in cell) for cell in self._cells.values())
        self.height = max(texts, CODE if row.link else 0.0, 8 * MM) + 2 * PADDING

    def draw(self, painter: QPainter, x: float, y: float) -> None:
        """Draw it with its top left corner here."""
        for name, (left, width) in self._columns.spans.items():
            top = y + PADDING
            for paragraph in self._cells[name]:
                paragraph.draw(painter, x + left, top)
                top += paragraph.height
            if name == "number":
                self._draw_number(painter, QPointF(x + left + 3.4 * MM, y + PADDING + 3.2 * MM))
            elif name == "done" and self._row.number:
                painter.setPen(QPen(INK, 0.7 * POINT))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                side = 4.6 * MM
                painter.drawRect(QRectF(x + left + (width - side) / 2, y + PADDING + 0.6 * MM, side, side))
            elif name == "code" and self._row.link:
                box = QRectF(x + left + (width - CODE) / 2, y + PADDING, CODE, CODE)
                draw_code(painter, self._row.link, box)
        painter.setPen(QPen(RULE, 0.5 * POINT))
        painter.drawLine(QPointF(x, y + self.height), QPointF(x + self._columns.width, y + self.height))

    def _paragraphs(self, name: str) -> list[Paragraph]:
        row, width = self._row, self._columns.spans[name][1] - _GAP
        small = font(7.4)
        match name:
            case "time":
                texts = [Paragraph(row.time, font(11.5, bold=True), width)]
                if row.alert:
                    texts.append(Paragraph(row.alert, font(8.2, bold=True), width, most=2))
                return texts + [Paragraph(text, small, width, most=2, colour=GREY) for text in row.timing]
            case "name":
                texts = [Paragraph(row.name, font(10, bold=True), width, most=3)]
                if row.details:
                    texts.append(Paragraph(row.details, small, width, most=3, colour=GREY))
                if row.why:
                    texts.append(Paragraph(row.why, font(7.4, italic=True), width, most=LONGEST_REASON, colour=GREY))
                if row.notes.strip():
                    texts.append(Paragraph(row.notes, font(8.6), width, most=LONGEST_NOTES))
                return texts
            case "windows":
                shown = list(row.windows[:MOST_WINDOWS])
                if len(row.windows) > MOST_WINDOWS:
                    more = len(row.windows) - MOST_WINDOWS
                    shown.append(trn("and {number} more", "and {number} more", more))
                return [Paragraph(text, font(8.6), width, most=2) for text in shown]
            case "goods":
                bring, collect = _AT_CUSTOMER if row.number else _AT_DEPOT
                return [
                    Paragraph(sentence.format(amounts=", ".join(amounts)), font(8.6), width, most=4)
                    for sentence, amounts in ((bring, row.bring), (collect, row.collect))
                    if amounts
                ]
            case _:
                return []

    def _draw_number(self, painter: QPainter, centre: QPointF) -> None:
        """Draw the number in a ring, or a house in a square, as on the map."""
        radius = 3.2 * MM
        if not self._row.number:
            draw_house(painter, centre, radius)
            return
        painter.setPen(QPen(INK, 0.9 * POINT))
        painter.setBrush(Qt.GlobalColor.white)
        painter.drawEllipse(centre, radius, radius)
        text = str(self._row.number)
        painter.setFont(font(9.5 if len(text) < 3 else 7, bold=True))
        painter.setPen(INK)
        painter.drawText(
            QRectF(centre.x() - 2 * radius, centre.y() - 2 * radius, 4 * radius, 4 * radius),
            Qt.AlignmentFlag.AlignCenter,
            text,
        )


class StageBox:
    """A band above the first stop of a stage, with the code that leads through all of them."""

    height = STAGE_CODE + PADDING
    leads = True

    def __init__(self, stage: Stage, stops: int, columns: Columns) -> None:
        self._stage, self._columns = stage, columns
        title = _stage_title(stage, stops)
        width = columns.width - STAGE_CODE - 2 * _GAP
        self._title = Paragraph(title, font(10, bold=True), width)
        self._hint = Paragraph(
            tr("Scan for the way in Google Maps. It needs a network."), font(7.4), width, colour=GREY
        )

    def draw(self, painter: QPainter, x: float, y: float) -> None:
        """Draw it with its top left corner here."""
        left = x + self._columns.width - STAGE_CODE
        middle = y + self.height / 2
        self._title.draw(painter, left - _GAP - self._title.width, middle - self._title.height)
        self._hint.draw(painter, left - _GAP - self._hint.width, middle)
        draw_code(painter, self._stage.link, QRectF(left, y + PADDING / 2, STAGE_CODE, STAGE_CODE))
        painter.setPen(QPen(RULE, 0.5 * POINT))
        painter.drawLine(QPointF(x, y + self.height), QPointF(x + self._columns.width, y + self.height))


def boxes_of(manifest: Manifest, columns: Columns) -> list[Box]:
    """Return the boxes of a list, in order."""
    begins = {stage.first: stage for stage in manifest.stages}
    stops = sum(1 for row in manifest.rows if row.number)
    boxes: list[Box] = []
    for place, row in enumerate(manifest.rows):
        if place in begins:
            boxes.append(StageBox(begins[place], stops, columns))
        boxes.append(RowBox(row, columns))
    return boxes


def broken_into_pages(boxes: Sequence[Box], first: float, others: float) -> list[list[Box]]:
    """Return the boxes of each page.

    Parameters
    ----------
    boxes
        In order; none is higher than a page.
    first, others
        Room on the first page and on each of the others.

    Returns
    -------
    list of list of Box
        At least one page. A box that leads is on the page of the next one, and the last box on that of the one before.
    """
    groups: list[list[Box]] = [[]]
    for box in boxes:
        groups[-1].append(box)
        if not box.leads:
            groups.append([])
    if len(groups) > 2:  # the last one is empty, and the one before it must not stand alone
        groups[-3:] = [groups[-3] + groups[-2]]
    pages: list[list[Box]] = [[]]
    room = first
    for group in groups:
        height = sum(box.height for box in group)
        if height > room and (pages[-1] or room < others):
            pages.append([])
            room = others
        pages[-1] += group
        room -= height
    return pages


def draw_house(painter: QPainter, centre: QPointF, half: float) -> None:
    """Draw a white house in a black square, which is a depot."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(INK)
    painter.drawRect(QRectF(centre.x() - half, centre.y() - half, 2 * half, 2 * half))
    outline = ((-0.66, 0.03), (0.0, -0.62), (0.66, 0.03), (0.44, 0.03), (0.44, 0.6), (-0.44, 0.6), (-0.44, 0.03))
    painter.setBrush(Qt.GlobalColor.white)
    painter.drawPolygon(QPolygonF([centre + QPointF(dx, dy) * half for dx, dy in outline]))


def _stage_title(stage: Stage, stops: int) -> str:
    first, last, back = stage.first, min(stage.last, stops), stage.last > stops
    if first > stops:
        return tr("Back to the depot")
    if first == last:
        return tr("Stop {number}, and back", number=last) if back else tr("Stop {number}", number=last)
    if back:
        return tr("Stops {first} to {last}, and back", first=first, last=last)
    return tr("Stops {first} to {last}", first=first, last=last)
