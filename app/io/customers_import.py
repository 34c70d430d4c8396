"""Customers from a CSV file of any shape: a preview whose guesses can be corrected, then the customers.

The way of one import: `preview` says how the file was understood and which column seems to be what; the user corrects
encoding, delimiter, header, decimal sign (by calling `preview` again with them) or the mapping; `import_customers`
makes the customers and lists every row that cannot be used.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from statistics import mode
from typing import TypeVar

from app.io import cells
from app.io.bundle import Bundle, read_one
from app.io.cells import CellError, unguarded
from app.io.column_guess import guess_mapping, is_number, known_header, read_pair, targets
from app.io.customer_addresses import PARTS, TARGETS, has_addresses, has_places
from app.io.issues import RowIssue
from app.io.records import with_point
from app.io.tables import DELIMITERS, EncodingError, Row, decoded, delimiter_of, encoding_of, rows_of
from app.language import tr, trn
from app.model.scenario import DAY, Customer, Point, Scenario, Window
from app.model.validate import issues_of_item

ValueT = TypeVar("ValueT")

ENCODINGS = ("utf-8", "cp1252", "cp1250", "utf-16")
"""Encodings to offer. The guess is never cp1250: short texts do not tell it from cp1252."""

_SAMPLE = 200
_SHOWN = 20
_WITH_COMMA = re.compile(r"\s*-?\d+,\d+\s*", re.ASCII)
_WITH_POINT = re.compile(r"\s*-?\d+\.\d+\s*", re.ASCII)
_SPREADSHEETS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


@dataclass(frozen=True, slots=True)
class Preview:
    """A file as it was understood.

    Parameters
    ----------
    file
        Name.
    columns
        A name per column, all different; ``Column 3`` where the file has none.
    sample
        The first rows below the header, a cell per column.
    mapping
        Index of a column per target of `app.io.column_guess.targets`: the guess.
    encoding, delimiter
        As used.
    decimal
        ``"."`` or ``","``.
    has_header
        Whether the first row is a header.
    issues
        Why nothing can be read, or which rows have broken quoting.
    rows
        All rows below the header.
    """

    file: str
    columns: tuple[str, ...] = ()
    sample: tuple[tuple[str, ...], ...] = ()
    mapping: Mapping[str, int] = field(default_factory=dict)
    encoding: str = "utf-8"
    delimiter: str = ","
    decimal: str = "."
    has_header: bool = True
    issues: tuple[RowIssue, ...] = ()
    rows: tuple[Row, ...] = field(default=(), repr=False)


def preview(
    source: str | Path | bytes,
    dimensions: Sequence[str] = ("load",),
    *,
    encoding: str | None = None,
    delimiter: str | None = None,
    decimal: str | None = None,
    has_header: bool | None = None,
) -> Preview:
    """Return how a customers file can be understood; no exception is raised for anything it may hold.

    Parameters
    ----------
    source
        A path, or the bytes themselves, such as those of a clipboard.
    dimensions
        Names of the scenario's load dimensions.
    encoding, delimiter, decimal, has_header
        What the user says; None guesses.
    """
    file = tr("clipboard") if isinstance(source, bytes) else Path(source).name
    bundle = Bundle()
    data = source if isinstance(source, bytes) else read_one(Path(source), bundle)
    if data is None:
        return Preview(file, issues=tuple(bundle.issues))
    if data.startswith(_SPREADSHEETS):
        return Preview(file, issues=(RowIssue(file, 0, "", "", tr("a CSV file; spreadsheets can save one")),))
    encoding = encoding or encoding_of(data)
    try:
        text = decoded(data, encoding)
    except EncodingError:
        return Preview(
            file, encoding=encoding, issues=(RowIssue(file, 0, "", "", tr("text in {encoding}", encoding=encoding)),)
        )
    delimiter = delimiter if delimiter in DELIMITERS else delimiter_of(text, known_header)
    rows = list(rows_of(text, delimiter))
    broken = tuple(RowIssue(file, row.line, "", "", row.fault) for row in rows if row.fault)
    rows = [row for row in rows if not row.fault]
    if has_header is None:
        has_header = _first_is_header(rows)
    if len(rows) <= has_header:
        nothing = RowIssue(file, 0, "", "", tr("at least one row with a customer"))
        return Preview(file, encoding=encoding, delimiter=delimiter, has_header=has_header, issues=(*broken, nothing))
    # As wide as most rows are: one with a delimiter too many is an issue, not a column.
    width = max(len(rows[0].cells), mode(len(row.cells) for row in rows[:_SAMPLE]))
    head = _filled(rows[0].cells, width) if has_header else ("",) * width
    body = rows[1:] if has_header else rows
    sample = [_filled(row.cells, width) for row in body[:_SAMPLE]]
    decimal = decimal if decimal in (".", ",") else _decimal(sample)
    return Preview(
        file=file,
        columns=_names(head),
        sample=tuple(sample[:_SHOWN]),
        mapping=guess_mapping(head, sample, dimensions, decimal_comma=decimal == ","),
        encoding=encoding,
        delimiter=delimiter,
        decimal=decimal,
        has_header=has_header,
        issues=broken,
        rows=tuple(body),
    )


def import_customers(
    source: Preview, mapping: Mapping[str, int], scenario: Scenario, places: Mapping[int, Point] | None = None
) -> tuple[tuple[Customer, ...], tuple[RowIssue, ...]]:
    """Return the customers of a previewed file that can be added to a scenario, and every row that cannot.

    Parameters
    ----------
    source
        From `preview`.
    mapping
        Index of a column per target; columns that are no target's are kept in `Customer.extra`.
    scenario
        Gives the load dimensions, the profiles, and the ids that are taken.
    places
        Where rows are that say an address and no coordinates, by their line; the others of them cannot be added.
    """
    issues = list(source.issues)
    if not source.rows:
        return (), tuple(issues)
    if not has_places(mapping) and not has_addresses(mapping):
        expected = tr("a column for the latitude and one for the longitude, or columns for an address")
        return (), (*issues, RowIssue(source.file, 1, "lat, lon", "", expected))
    known = targets(scenario.settings.dimensions)
    chosen = {
        target: index for target, index in mapping.items() if target in known and 0 <= index < len(source.columns)
    }
    taken: dict[str, int] = dict.fromkeys(scenario.customers, 0)
    numbers = count(1)
    customers: list[Customer] = []
    for row in source.rows:
        reader = _RowReader(source, chosen, row, places or {})
        if "id" in chosen:
            key = reader.text("id")
        else:
            key = next(one for number in numbers if (one := f"C{number}") not in taken)
        customer = _customer(reader, key, scenario)
        reader.check(key, taken)
        if not reader.issues:
            reader.check_model(scenario, customer)
        if reader.issues:
            issues += reader.issues
        else:
            taken[key] = row.line
            customers.append(customer)
    return tuple(customers), tuple(issues)


def _customer(reader: _RowReader, key: str, scenario: Scenario) -> Customer:
    profile = reader.text("profile")
    named = {one.name.casefold(): one.id for one in scenario.profiles.values() if one.name}
    lat, lon = reader.place()
    return Customer(
        id=key,
        name=reader.text("name"),
        lat=lat,
        lon=lon,
        demand=reader.loads("demand", scenario.settings.dimensions),
        pickup=reader.loads("pickup", scenario.settings.dimensions),
        service=reader.value("service", cells.read_duration, 0, decimal=True),
        windows=reader.windows(),
        required=reader.value("required", cells.read_yes_no, True),
        priority=reader.value("priority", cells.read_number, 1.0, decimal=True),
        profile=profile if profile in scenario.profiles else named.get(profile.casefold(), profile),
        notes=reader.text("notes"),
        extra=reader.extra(),
    )


class _RowReader:
    """One row, read target by target; what cannot be read is collected."""

    def __init__(self, source: Preview, mapping: Mapping[str, int], row: Row, places: Mapping[int, Point]):
        self._source, self._mapping, self._line = source, mapping, row.line
        self._place = places.get(row.line)
        self._cells = _filled(row.cells, len(source.columns))
        self.issues: list[RowIssue] = []
        if any(cell.strip() for cell in row.cells[len(source.columns) :]):
            width = len(source.columns)
            expected = trn("{number} cell, as in the rows above", "{number} cells, as in the rows above", width)
            found = trn("{number} cell", "{number} cells", len(row.cells))
            self.issues.append(RowIssue(source.file, row.line, "", found, expected))

    def text(self, target: str) -> str:
        return unguarded(self._cells[self._mapping[target]]) if target in self._mapping else ""

    def value(self, target: str, read: Callable[[str], ValueT], default: ValueT, *, decimal: bool = False) -> ValueT:
        cell = self._cells[self._mapping[target]].strip() if target in self._mapping else ""
        if not cell:
            return default
        try:
            return read(with_point(cell, self._source.decimal == ",") if decimal else cell)
        except CellError as error:
            self._complain(target, cell, error.expected)
            return default

    def place(self) -> Point:
        said = any(self.text(target) for target in ("coordinates", "lat", "lon"))
        if not said and has_addresses(self._mapping):
            if self._place is None:
                target = next(one for one in (*PARTS, "address") if one in self._mapping)
                self._complain(target, self.text(target), tr("an address of which the place was found"))
            return self._place or (0.0, 0.0)
        if "coordinates" in self._mapping:
            cell = self.text("coordinates")
            pair = read_pair(cell)
            if pair is None:
                self._complain("coordinates", cell, tr("latitude and longitude, such as 60.17, 24.94"))
            return pair or (0.0, 0.0)
        for target in ("lat", "lon"):
            if not self.text(target):
                self._complain(target, "", tr("a number of degrees"))
        return (
            self.value("lat", cells.read_number, 0.0, decimal=True),
            self.value("lon", cells.read_number, 0.0, decimal=True),
        )

    def loads(self, word: str, dimensions: Sequence[str]) -> tuple[float, ...]:
        if not any(self.text(f"{word} {name}") for name in dimensions):
            return ()
        return tuple(self.value(f"{word} {name}", cells.read_number, 0.0, decimal=True) for name in dimensions)

    def windows(self) -> tuple[Window, ...]:
        windows: tuple[Window, ...] = ()
        windows = self.value("windows", cells.typed_windows, windows)
        if self.text("window start") or self.text("window end"):
            span = (self.value("window start", cells.typed_time, 0), self.value("window end", cells.typed_time, DAY))
            windows = tuple(sorted((*windows, span)))
        return windows

    def extra(self) -> tuple[tuple[str, str], ...]:
        used = {column for target, column in self._mapping.items() if target not in TARGETS}
        pairs = ((name, unguarded(self._cells[at])) for at, name in enumerate(self._source.columns) if at not in used)
        return tuple((name, text) for name, text in pairs if text)

    def check(self, key: str, taken: Mapping[str, int]) -> None:
        if key in taken:
            line = taken[key]
            expected = (
                tr("an id of its own; row {row} has this one", row=line)
                if line
                else tr("an id that the scenario does not have")
            )
            self._complain("id", key, expected)

    def check_model(self, scenario: Scenario, customer: Customer) -> None:
        for issue in issues_of_item(scenario, customer):
            loads = [one for one in self._mapping if one.startswith(f"{issue.field} ")]
            names = (issue.field, *loads, "window start", "coordinates")
            target = next((one for one in names if one in self._mapping), "")
            self._complain(target or issue.field, self.text(target) or issue.value, issue.expected)

    def _complain(self, target: str, value: str, expected: str) -> None:
        column = self._source.columns[self._mapping[target]] if target in self._mapping else target
        self.issues.append(RowIssue(self._source.file, self._line, column, value, expected))


def _filled(row: Sequence[str], width: int) -> tuple[str, ...]:
    return (*row[:width], *("" for _ in range(width - len(row))))


def _first_is_header(rows: Sequence[Row]) -> bool:
    first = rows[0].cells if rows else ()
    if any(map(is_number, first)):
        return False
    return any(map(known_header, first)) or (not any(re.search(r"\d", cell) for cell in first) and len(rows) > 1)


def _names(head: Sequence[str]) -> tuple[str, ...]:
    names: list[str] = []
    for number, cell in enumerate(head, start=1):
        plain = unguarded(cell) or tr("Column {number}", number=number)
        names.append(next(name for nth in count(1) if (name := plain if nth == 1 else f"{plain} ({nth})") not in names))
    return tuple(names)


def _decimal(rows: Sequence[Sequence[str]]) -> str:
    balance = sum(bool(_WITH_COMMA.fullmatch(cell)) - bool(_WITH_POINT.fullmatch(cell)) for row in rows for cell in row)
    return "," if balance > 0 else "."
