"""CSV text: which encoding, which delimiter, which rows at which lines; and the bytes of a table."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from app.language import tr

DELIMITERS = (",", ";", "\t")
"""What may part the cells of a row."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it starts with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 4096

csv.field_size_limit(1 << 24)  # a zone of a city's outline is longer than the 128 KiB that Python allows by default


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table.

    Parameters
    ----------
    line
        Line of the file at which it starts, from 1.
    cells
        As they stand in the file.
    fault
        What was expected where the quoting is broken; "" for a sound row.
    """

    line: int
    cells: tuple[str, ...]
    fault: str = ""


class EncodingError(ValueError):
    """Bytes that are no text in any encoding that Routewright reads."""


def encoding_of(data: bytes) -> str:
    """Return the encoding of a file: by its byte order mark, else UTF-8 if it is that, else UTF-16 or cp1252."""
    for mark, name in _BOMS:
        if data.startswith(mark):
            return name
    head = data[:_SAMPLE]
    pairs = max(len(head) // 2, 1)
    if head[1::2].count(0) > 0.3 * pairs and head[0::2].count(0) < 0.1 * pairs:
        return "utf-16-le"
    if head[0::2].count(0) > 0.3 * pairs and head[1::2].count(0) < 0.1 * pairs:
        return "utf-16-be"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def decoded(data: bytes, encoding: str | None = None) -> str:
    """Return the text of a file.

    Raises
    ------
    EncodingError
        If it is no text in that encoding, or in the one that it seems to be in.
    """
    try:
        return data.decode(encoding or encoding_of(data)).removeprefix("\ufeff")
    except (UnicodeDecodeError, LookupError):
        raise EncodingError from None


def delimiter_of(text: str, known: Callable[[str], bool] = lambda header: False) -> str:
    """Return the delimiter of a table, by its first line that is not blank.

    Parameters
    ----------
    text
        The whole table.
    known
        Says whether a header is one that is looked for; the delimiter that yields most of these wins.
    """
    declared = _declared_delimiter(text)
    if declared:
        return declared

    def worth(delimiter: str) -> tuple[int, int]:
        header = next((row.cells for row in rows_of(text, delimiter) if any(map(str.strip, row.cells))), ())
        return sum(map(known, header)), len(header)

    return max(DELIMITERS, key=worth)


def rows_of(text: str, delimiter: str) -> Iterator[Row]:
    """Yield all rows of a table that are not blank; a row whose quoting is broken is yielded with its fault."""
    skipped = 0
    if _declared_delimiter(text):
        text, skipped = text.partition("\n")[2], 1
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        line = reader.line_num + 1 + skipped
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield Row(line, (), tr("a quotation mark around a cell closed, and those inside a cell doubled"))
            continue
        if any(cells):
            yield Row(line, tuple(cells))


def _declared_delimiter(text: str) -> str:
    # Excel reads and writes a first line such as "sep=;".
    first = text[:8].partition("\n")[0].strip().casefold() if text[:4].casefold() == "sep=" else ""
    return first[4] if len(first) == 5 and first[4] in DELIMITERS else ""


def csv_bytes(rows: Iterable[Sequence[str]]) -> bytes:
    """Return a table as CSV: UTF-8 with a byte order mark, which spreadsheets need to see, and commas.

    A cell that holds any of the delimiters is quoted, so that reading does not depend on which one is expected.
    """
    lines = (",".join(map(_quoted, row)) for row in rows)
    return codecs.BOM_UTF8 + "".join(f"{line}\r\n" for line in lines).encode("utf-8", "replace")


def _quoted(cell: str) -> str:
    if any(letter in cell for letter in ',;\t"\r\n'):
        return '"' + cell.replace('"', '""') + '"'
    return cell
