"""What is wrong with a file, place by place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from app.io.atomic import write_file
from app.io.cells import guarded
from app.io.tables import csv_bytes
from app.language import tr

_LONGEST_SHOWN = 60


@dataclass(frozen=True, slots=True)
class RowIssue:
    """One cell, row or file that cannot be used as it is.

    Parameters
    ----------
    file
        Name of the file, as in ``customers.csv``.
    row
        Line of the file at which the row starts, counting the header as 1; 0 is the file as a whole.
    column
        Header of the column; "" is the row as a whole.
    value
        What stands there.
    expected
        What should stand there, as it completes "expected …".
    """

    file: str
    row: int
    column: str
    value: str
    expected: str

    def __str__(self) -> str:
        place = self._place()
        if self.value:
            value = self.value if len(self.value) <= _LONGEST_SHOWN else self.value[: _LONGEST_SHOWN - 1] + "…"
            return tr(
                "{place}: found {value}, expected {expected}.", place=place, value=repr(value), expected=self.expected
            )
        if self.row:
            return tr("{place}: nothing there, expected {expected}.", place=place, expected=self.expected)
        return tr("{place}: cannot be used, expected {expected}.", place=place, expected=self.expected)

    def _place(self) -> str:
        if self.row and self.column:
            return tr("{file}, row {row}, column {column}", file=self.file, row=self.row, column=self.column)
        if self.row:
            return tr("{file}, row {row}", file=self.file, row=self.row)
        return tr("{file}, column {column}", file=self.file, column=self.column) if self.column else self.file


def write_issues_csv(path: str | Path, issues: Iterable[RowIssue]) -> None:
    """Write issues as a CSV file, one row each.

    Raises
    ------
    WriteError
        If the file cannot be written; an older file of that name is kept.
    """
    rows = ([one.file, str(one.row or ""), one.column, one.value, one.expected] for one in issues)
    header = ["file", "row", "column", "value", "expected"]
    write_file(path, csv_bytes([header, *([guarded(cell) for cell in row] for row in rows)]))
