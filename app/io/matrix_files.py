"""Travel matrices as CSV: ids in the first row and column, metres in distance.csv and seconds in duration.csv."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from app.io.cells import CellError, guarded, read_number, unguarded
from app.io.columns import MATRIX_FILES
from app.io.issues import RowIssue
from app.io.tables import EncodingError, csv_bytes, decoded, delimiter_of, rows_of
from app.language import tr, trn
from app.model.scenario import Matrix

LARGEST = (1 << 31) - 1
"""Largest distance and duration that the solver counts with."""

MOST_ISSUES = 100
"""Issues per file; a matrix of text should not make a million lines."""

IntArray = NDArray[np.int64]


def read_matrix(files: Mapping[str, bytes], issues: list[RowIssue]) -> Matrix | None:
    """Return the matrix that the files hold; None without files, or when one of them has an issue."""
    parts: dict[str, tuple[tuple[str, ...], IntArray]] = {}
    before = len(issues)
    for part, file in MATRIX_FILES.items():
        if file in files:
            read = _read_part(file, files[file], issues)
            if read is not None:
                parts[part] = read
    if len(issues) > before or not parts:
        return None
    ids = next(iter(parts.values()))[0]
    arranged: dict[str, IntArray] = {}
    for part, (own, values) in parts.items():
        if sorted(own) != sorted(ids):
            missing = ", ".join(sorted(set(ids).symmetric_difference(own))[:5])
            issues.append(RowIssue(MATRIX_FILES[part], 1, "", missing, tr("the same ids as in distance.csv")))
            return None
        at = {one: index for index, one in enumerate(own)}
        order = np.array([at[one] for one in ids], dtype=np.intp)
        arranged[part] = values[np.ix_(order, order)]
    return Matrix(ids, arranged.get("distance"), arranged.get("duration"))


def _read_part(file: str, data: bytes, issues: list[RowIssue]) -> tuple[tuple[str, ...], IntArray] | None:
    try:
        text = decoded(data)
    except EncodingError:
        issues.append(RowIssue(file, 0, "", "", tr("text in UTF-8, UTF-16 or Windows-1252 (cp1252)")))
        return None
    rows = list(rows_of(text, delimiter_of(text)))
    if not rows or rows[0].fault:
        issues.append(RowIssue(file, 1, "", "", tr("a first row with the ids of depots and customers")))
        return None
    ids = tuple(map(unguarded, rows[0].cells[1:]))
    found: list[RowIssue] = []
    if "" in ids or len(set(ids)) < len(ids):
        twice = next((one for index, one in enumerate(ids) if one == "" or one in ids[:index]), "")
        found.append(RowIssue(file, rows[0].line, "", twice, tr("ids that are all different and not empty")))
    at = {one: index for index, one in enumerate(ids)}
    values = np.full((len(ids), len(ids)), -1, dtype=np.int64)
    for row in rows[1:]:
        first = unguarded(row.cells[0]) if row.cells else ""
        if row.fault or len(row.cells) != len(ids) + 1:
            wanted = row.fault or trn(
                "{number} cell, as in the first row", "{number} cells, as in the first row", len(ids) + 1
            )
            there = "" if row.fault else trn("{number} cell", "{number} cells", len(row.cells))
            found.append(RowIssue(file, row.line, "", there, wanted))
        elif first not in at:
            found.append(RowIssue(file, row.line, "", first, tr("an id that the first row has too, and once only")))
        else:
            values[at.pop(first)] = _numbers(file, row.line, row.cells[1:], ids, found)
        if len(found) > MOST_ISSUES:
            break
    else:
        # Only when every row was looked at can one be missed.
        missed = () if found else tuple(at)
        found += [RowIssue(file, 0, "", one, tr("a row for every id of the first row")) for one in missed]
    issues.extend(found[:MOST_ISSUES])
    return None if found else (ids, values)


def _numbers(file: str, line: int, cells: Sequence[str], ids: Sequence[str], found: list[RowIssue]) -> list[int]:
    try:
        # The quick way, for what is mostly a matrix of plain integers; the length keeps int() from other digits' games.
        numbers = [int(cell) if cell.isascii() and cell.isdigit() and len(cell) < 11 else -1 for cell in cells]
    except ValueError:
        numbers = [-1] * len(cells)
    for index, number in enumerate(numbers):
        if 0 <= number <= LARGEST:
            continue
        try:
            value = read_number(cells[index].strip().replace(",", "."))
        except CellError:
            value = -1.0
        if 0 <= value <= LARGEST:
            numbers[index] = round(value)
        else:
            wanted = (
                tr("metres from 0 to {most}", most=LARGEST)
                if file == MATRIX_FILES["distance"]
                else tr("seconds from 0 to {most}", most=LARGEST)
            )
            found.append(RowIssue(file, line, ids[index], cells[index], wanted))
    return numbers


def matrix_files(matrix: Matrix) -> dict[str, bytes]:
    """Return the files for a matrix, by name."""
    ids = [guarded(one) for one in matrix.ids]
    files: dict[str, bytes] = {}
    for part, values in (("distance", matrix.distance), ("duration", matrix.duration)):
        if values is not None:
            rows = ([one, *map(str, line)] for one, line in zip(ids, values.tolist(), strict=True))
            files[MATRIX_FILES[part]] = csv_bytes([["id", *ids], *rows])
    return files
