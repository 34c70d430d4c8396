"""The last pages of the manifests: a list of all who are in no route, so that nobody is forgotten on paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtGui import QPainter

from app.language import tr, trn
from app.paper.manifest import Row
from app.paper.pages import FOOT, draw_foot
from app.paper.sheet import GREY, MM, Paragraph, Sheet, font
from app.paper.stop_list import HEAD, Box, Columns, RowBox, broken_into_pages

_TOP = 16 * MM
"""Height of the title with what stands below it."""


@dataclass(frozen=True, slots=True)
class LeftOutPages:
    """A list laid out on sheets.

    Parameters
    ----------
    sheet
        What it is drawn on.
    title
        Of the scenario.
    printed
        When, in words.
    columns, pages
        Of the list.
    number
        Of customers.
    """

    sheet: Sheet
    title: str
    printed: str
    columns: Columns
    pages: list[list[Box]]
    number: int

    @classmethod
    def lay_out(cls, rows: Sequence[Row], title: str, sheet: Sheet, printed: str) -> LeftOutPages:
        """Return the pages of a list of at least one customer."""
        columns = Columns.of(rows, sheet.area.width())
        room = sheet.area.height() - FOOT - HEAD - _TOP
        boxes = [RowBox(row, columns) for row in rows]
        return cls(sheet, title, printed, columns, broken_into_pages(boxes, room, room), len(rows))

    def draw(self, painter: QPainter, page: int) -> None:
        """Draw one page, counted from 0."""
        area, name = self.sheet.area, tr("Not served")
        Paragraph(name, font(17, bold=True), area.width()).draw(painter, area.left(), area.top() - 0.6 * MM)
        count = trn("{number} customer is in no route.", "{number} customers are in no route.", self.number)
        said = Paragraph(" · ".join(filter(None, (self.title, count))), font(9.5), area.width(), colour=GREY)
        said.draw(painter, area.left(), area.top() + _TOP - said.height - 4 * MM)
        y = area.top() + _TOP
        self.columns.draw_titles(painter, area.left(), y)
        y += HEAD
        for box in self.pages[page]:
            box.draw(painter, area.left(), y)
            y += box.height
        draw_foot(painter, self.sheet, (name, self.printed), page, len(self.pages))
