"""From the bytes of one CSV file to records: the values per row, and an issue for whatever is no such value."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from app.io.cells import CellError, read_number, unguarded
from app.io.columns import COLUMNS, EXTRA, LOADS, NEEDED, Column, file_of, plain_header
from app.io.issues import RowIssue
from app.io.tables import EncodingError, Row, decoded, delimiter_of, rows_of
from app.language import tr, trn

_WITH_COMMA = re.compile(r"\s*[+-]?\d*,\d+\s*", re.ASCII)
_WITH_POINT = re.compile(r"\s*[+-]?\d*\.\d+\s*", re.ASCII)


@dataclass(slots=True)
class Source:
    """A file as rows of cells, before they mean anything.

    Parameters
    ----------
    kind
        A key of `app.io.columns.COLUMNS`.
    headers
        Of the columns; empty when the file has no rows.
    rows
        Below the header.
    """

    kind: str
    headers: tuple[str, ...]
    rows: list[Row]
    header_line: int = 1

    @property
    def file(self) -> str:
        """Name of the file."""
        return file_of(self.kind)


@dataclass(slots=True)
class Record:
    """One sound row.

    Parameters
    ----------
    line
        Line of the file at which it starts.
    values
        By `Column.key`; loads are tuples by ``capacity``, ``demand`` and ``pickup``.
    cells
        As they stand in the file, by header.
    extra
        Headers and texts of the columns that mean nothing here.
    """

    line: int
    values: dict[str, Any]
    cells: dict[str, str]
    extra: tuple[tuple[str, str], ...] = ()


@dataclass(slots=True)
class Layout:
    """Which column of a file holds what, by index."""

    columns: list[tuple[int, Column]] = field(default_factory=list)
    loads: dict[str, dict[int, int]] = field(default_factory=dict)  # word -> dimension -> index
    extra: list[tuple[int, str]] = field(default_factory=list)


def open_source(kind: str, data: bytes, issues: list[RowIssue]) -> Source | None:
    """Return a file's header and rows; None, with an issue, when it is no text."""
    file = file_of(kind)
    try:
        text = decoded(data)
    except EncodingError:
        issues.append(RowIssue(file, 0, "", "", tr("text in UTF-8, UTF-16 or Windows-1252 (cp1252)")))
        return None
    known = {name for column in COLUMNS[kind] for name in (plain_header(column.header), *column.aliases)}
    delimiter = delimiter_of(text, lambda header: plain_header(unguarded(header)) in known)
    rows = list(rows_of(text, delimiter))
    if not rows or rows[0].fault:
        issues.append(RowIssue(file, 1, "", "", tr("a header: the names of the columns")))
        return None
    return Source(kind, tuple(map(unguarded, rows[0].cells)), rows[1:], rows[0].line)


def dimension_names(source: Source) -> list[str]:
    """Return the load dimensions that the headers of a file name, in their order."""
    words = LOADS.get(source.kind, ())
    names: list[str] = []
    for header in source.headers:
        word, _, name = plain_header(header).partition(" ")
        if word in words:
            # The name as it is spelt, not as it is compared.
            spelt = header[len(word) :].strip(" _()[]") if name else "load"
            names += [spelt] if spelt not in names else []
    return names


def read_records(source: Source, dimensions: Sequence[str], issues: list[RowIssue]) -> list[Record]:
    """Return the sound rows of a file; whatever is wrong with the others, and with the header, becomes an issue."""
    layout = _layout(source, dimensions, issues)
    if not set(NEEDED[source.kind]) <= {column.key for _, column in layout.columns}:
        return []
    comma = _decimal_comma(source, layout)
    defaults: dict[str, Any] = {column.key: column.default for column in _columns(source.kind)}
    defaults |= dict.fromkeys(LOADS.get(source.kind, ()), ())
    records: list[Record] = []
    for row in source.rows:
        found = _row_issues(source, row)
        values = defaults.copy()
        if not found:
            for index, column in layout.columns:
                values[column.key] = _value(source, row, index, column, comma, found)
            for word, places in layout.loads.items():
                values[word] = _loads(source, row, places, len(dimensions), comma, found)
        if found:
            issues.extend(found)
            continue
        extra = tuple((header, unguarded(row.cells[at])) for at, header in layout.extra if row.cells[at].strip())
        records.append(Record(row.line, values, dict(zip(source.headers, row.cells, strict=False)), extra))
    return records


def _layout(source: Source, dimensions: Sequence[str], issues: list[RowIssue]) -> Layout:
    layout = Layout(loads={word: {} for word in LOADS.get(source.kind, ())})
    columns = _columns(source.kind)
    by_name = {name: column for column in columns for name in (plain_header(column.header), *column.aliases)}
    taken: set[str] = set()
    for index, header in enumerate(source.headers):
        plain = plain_header(header)
        word = plain.partition(" ")[0]
        column = by_name.get(plain)
        fault = ""
        if column is not None:
            fault = "" if column.key not in taken else tr("every column once")
            if not fault:
                taken.add(column.key)
                layout.columns.append((index, column))
        elif word in layout.loads:
            fault = _place_load(layout.loads[word], header, word, index, dimensions)
        elif source.kind == "customers" and header:
            layout.extra.append((index, header))
        elif header or any(len(row.cells) > index and row.cells[index].strip() for row in source.rows):
            fault = one_of_headers(source.kind)
        if fault:
            issues.append(RowIssue(source.file, source.header_line, header, header, fault))
    for column in columns:
        if column.key in NEEDED[source.kind] and column.key not in taken:
            issues.append(RowIssue(source.file, source.header_line, column.header, "", tr("a column of this name")))
    return layout


def one_of_headers(kind: str) -> str:
    """Return what is expected of a header that no column has."""
    return tr("one of these headers: {headers}", headers=", ".join(one.header for one in _columns(kind)))


def _columns(kind: str) -> tuple[Column, ...]:
    return COLUMNS[kind] + ((EXTRA,) if kind == "customers" else ())


def _place_load(places: dict[int, int], header: str, word: str, index: int, dimensions: Sequence[str]) -> str:
    name = header[len(word) + 1 :]
    plain = plain_header(name)
    exact = [at for at, one in enumerate(dimensions) if one == name]
    alike = [at for at, one in enumerate(dimensions) if plain_header(one) == plain]
    alone = [0] if not plain and len(dimensions) == 1 else []
    for at in exact or alike or alone:
        if at not in places:
            places[at] = index
            return ""
        return tr("every column once")
    return tr("{word} and the name of a load dimension: {dimensions}", word=word, dimensions=", ".join(dimensions))


def _decimal_comma(source: Source, layout: Layout) -> bool:
    """Whether a comma is the decimal sign: by what most numbers of the file show."""
    places = [index for index, column in layout.columns if column.decimal]
    places += [index for indices in layout.loads.values() for index in indices.values()]
    balance = 0
    for row in source.rows:
        for index in places:
            if index < len(row.cells):
                balance += bool(_WITH_COMMA.fullmatch(row.cells[index]))
                balance -= bool(_WITH_POINT.fullmatch(row.cells[index]))
    return balance > 0


def _row_issues(source: Source, row: Row) -> list[RowIssue]:
    if row.fault:
        return [RowIssue(source.file, row.line, "", "", row.fault)]
    width, cells = len(source.headers), row.cells
    if len(cells) < width or any(cell.strip() for cell in cells[width:]):
        found = trn("{number} cell", "{number} cells", len(cells))
        wanted = trn("{number} cell, as in the header", "{number} cells, as in the header", width)
        return [RowIssue(source.file, row.line, "", found, wanted)]
    return []


def with_point(cell: str, comma: bool) -> str:
    """Return a number's cell with a decimal point.

    Raises
    ------
    CellError
        If it has the other decimal sign than the rest of the file: nobody can tell what is meant.
    """
    if comma and "." in cell:
        raise CellError(tr("a decimal comma, as in the rest of the file, and no thousands separators"))
    if not comma and "," in cell:
        raise CellError(tr("a decimal point, as in the rest of the file, and no thousands separators"))
    return cell.replace(",", ".")


def _value(source: Source, row: Row, index: int, column: Column, comma: bool, found: list[RowIssue]) -> Any:
    cell = row.cells[index]
    stripped = cell.strip()
    if not stripped and column.key in NEEDED[source.kind]:
        found.append(RowIssue(source.file, row.line, source.headers[index], "", tr("a value")))
    if not stripped and not column.text:
        return column.default
    try:
        if column.text:
            return column.read(cell)
        return column.read(with_point(stripped, comma) if column.decimal else stripped)
    except CellError as error:
        found.append(RowIssue(source.file, row.line, source.headers[index], cell, error.expected))
        return column.default


def _loads(
    source: Source, row: Row, places: dict[int, int], dimensions: int, comma: bool, found: list[RowIssue]
) -> tuple[float, ...]:
    if not any(row.cells[index].strip() for index in places.values()):
        return ()
    numbers = [0.0] * dimensions
    for at, index in places.items():
        cell = row.cells[index].strip()
        try:
            numbers[at] = read_number(with_point(cell, comma)) if cell else 0.0
        except CellError as error:
            found.append(RowIssue(source.file, row.line, source.headers[index], row.cells[index], error.expected))
    return tuple(numbers)
