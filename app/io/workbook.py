"""A plan as an Excel workbook: a sheet each for routes, stops and unserved customers."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any

from app.io.cells import guarded
from app.io.plan_tables import Cell, Column, Kind, Table, rounded, routes_table, stops_table, unserved_table
from app.io.progress import Progress, unheard
from app.language import tr
from app.model.evaluation import Evaluation
from app.model.scenario import DAY, Scenario

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

LONGEST_TEXT = 32_767
"""Letters in a cell, as Excel has it."""

_FORMATS = {
    Kind.TEXT: "@",  # what is typed over it stays text, too
    Kind.WHOLE: "0",
    Kind.FIGURE: "#,##0.00",
    Kind.DEGREES: "0.00000",
    Kind.TIME: "[hh]:mm",
    Kind.MINUTES: "0.0",
}
_NARROWEST, _WIDEST = 7, 48
_NOT_UTF8 = re.compile("[\ud800-\udfff]")


def workbook(scenario: Scenario, evaluation: Evaluation, told: Progress = unheard) -> bytes:
    """Return the workbook; times and numbers are what Excel can reckon with.

    Parameters
    ----------
    scenario, evaluation
        What it shows.
    told
        Is told how many rows are done.

    Raises
    ------
    app.io.progress.StoppedError
        If ``told`` raises it.
    """
    import xlsxwriter  # takes a while, and few need it

    tables = {
        tr("routes"): routes_table(scenario, evaluation),
        tr("stops"): stops_table(scenario, evaluation),
        tr("unserved"): unserved_table(scenario, evaluation),
    }
    total, done = sum(len(table.rows) for table in tables.values()), 0
    buffer = io.BytesIO()
    # Closing an abandoned workbook would write it all the same, so there is no `with` here.
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    book.set_properties({"title": _clean(scenario.settings.name), "comments": tr("Made with Routewright")})
    formats = {kind: book.add_format({"num_format": form, "valign": "top"}) for kind, form in _FORMATS.items()}
    head = book.add_format({"bold": True, "bottom": 1, "valign": "top"})
    for name, table in tables.items():
        sheet = book.add_worksheet(name)
        _lay_out(sheet, table, head)
        for place, row in enumerate(table.rows, start=1):
            for at, (cell, column) in enumerate(zip(row, table.columns, strict=True)):
                _write(sheet, place, at, cell, column, formats[column.kind])
            done += 1
            if done % 100 == 0:
                told(done, total)
    told(total, total)
    book.close()
    return buffer.getvalue()


def _lay_out(sheet: Worksheet, table: Table, head: Any) -> None:
    for at, column in enumerate(table.columns):
        title = _text(column.heading)
        sheet.write_string(0, at, title, head)
        texts = (cell for cell in (row[at] for row in table.rows[:1000]) if isinstance(cell, str))
        longest = max([len(title) + 3, *map(len, texts)])  # the filter's arrow takes three
        sheet.set_column(at, at, min(max(longest + 1, _NARROWEST), _WIDEST))
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_footer(tr("&L&A&RPage &P of &N"))


def _write(sheet: Worksheet, row: int, at: int, cell: Cell, column: Column, form: Any) -> None:
    if cell is None or cell == "":
        return
    if isinstance(cell, str):
        # As text, and behind an apostrophe: the one holds in Excel, the other when it is saved as CSV from there.
        sheet.write_string(row, at, _text(cell), form)
    elif column.kind is Kind.TIME and cell >= 0:  # Excel has no time before midnight
        sheet.write_number(row, at, cell / DAY, form)
    elif column.kind in (Kind.TIME, Kind.MINUTES):
        sheet.write_number(row, at, round(cell / 60, 4), form)
    else:
        sheet.write_number(row, at, cell if column.kind is Kind.DEGREES else rounded(cell), form)


def _text(cell: str) -> str:
    text = guarded(_clean(cell))[:LONGEST_TEXT]
    return f"'{text}" if text.startswith("<r>") else text  # which the library would take for markup of its own


def _clean(text: str) -> str:
    return _NOT_UTF8.sub("\N{REPLACEMENT CHARACTER}", text)
