"""What is wrong with a file, place by place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from app.io.atomic import write_file
from app.io.cells import guarded
from app.io.tables import csv_bytes

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
        place = [self.file]
        if self.row:
            place.append(f"row {self.row}")
        if self.column:
            place.append(f"column {self.column}")
        value = self.value if len(self.value) <= _LONGEST_SHOWN else self.value[: _LONGEST_SHOWN - 1] + "…"
        found = f"found {value!r}" if value else "nothing there" if self.row else "cannot be used"
        return f"{', '.join(place)}: {found}, expected {self.expected}."


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
