"""The VRPLIB text format: specifications (``KEY : value``) and sections of numbers, with the line each came from."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from solver.instances.errors import InstanceError

LARGEST_NUMBER = 1e12
"""No number of an instance may be larger; scaled by a thousand it still fits a 64-bit integer."""


@dataclass(frozen=True)
class Section:
    """Rows of words under one ``NAME_SECTION`` header.

    Parameters
    ----------
    name
        Without the ``_SECTION``.
    line
        Line of the header, counted from 1.
    rows
        The words of each row, with the row's line.
    """

    name: str
    line: int
    rows: list[tuple[int, list[str]]] = field(default_factory=list)


@dataclass(frozen=True)
class VrplibText:
    """An instance file taken apart, with nothing interpreted yet.

    Parameters
    ----------
    path
        The file, for messages.
    specifications
        Value and line per key.
    sections
        By name, without the ``_SECTION``.
    """

    path: Path
    specifications: dict[str, tuple[str, int]]
    sections: dict[str, Section]

    def error(self, message: str, line: int | None = None) -> InstanceError:
        """Return an error that names this file."""
        return InstanceError(self.path, message, line)

    def text(self, key: str) -> str | None:
        """Return a specification as it stands, or None."""
        return self.specifications[key][0] if key in self.specifications else None

    def number(self, key: str) -> float | None:
        """Return a specification that is a number, or None when it is missing.

        Raises
        ------
        InstanceError
            If it is not a number.
        """
        if key not in self.specifications:
            return None
        value, line = self.specifications[key]
        return self._as_number(key, value, line)

    def whole(self, key: str) -> int | None:
        """Return a specification that counts something, or None when it is missing.

        Raises
        ------
        InstanceError
            If it is not a whole number of at least 1.
        """
        number = self.number(key)
        if number is None:
            return None
        if number < 1 or number != int(number):
            value, line = self.specifications[key]
            raise self.error(f"{key} is {value!r}, expected a whole number of at least 1", line)
        return int(number)

    def table(self, name: str, rows: int, columns: int) -> NDArray[np.float64]:
        """Return a section whose rows are numbered 1, 2, ...; the numbering itself is checked and dropped.

        Parameters
        ----------
        name
            The section; it must be there.
        rows
            How many rows it must have.
        columns
            How many numbers follow the row's own number.

        Returns
        -------
        ndarray
            Shape ``(rows, columns)``.

        Raises
        ------
        InstanceError
            If a row is missing, out of place, of another width or not made of numbers.
        """
        section = self.sections[name]
        if len(section.rows) != rows:
            raise self.error(f"{name}_SECTION has {len(section.rows)} rows, expected {rows}", section.line)
        for line, words in section.rows:
            if len(words) != columns + 1:
                raise self.error(f"{name}_SECTION has {len(words)} numbers in this row, expected {columns + 1}", line)
        values = self._as_array(section)
        wrong = np.flatnonzero(values[:, 0] != np.arange(1, rows + 1))
        if len(wrong):
            row = int(wrong[0])
            line, words = section.rows[row]
            raise self.error(f"{name}_SECTION starts this row with {words[0]!r}, expected {row + 1}", line)
        return values[:, 1:]

    def lists(self, name: str, rows: int, low: int, high: int) -> list[tuple[int, ...]]:
        """Return a section of numbered rows of any width, each a list of node numbers.

        Parameters
        ----------
        name
            The section; it must be there.
        rows
            How many rows it must have.
        low, high
            Smallest and largest node number that may stand in it.

        Raises
        ------
        InstanceError
            If a row is missing or out of place, or a word is not a node number in range.
        """
        section = self.sections[name]
        if len(section.rows) != rows:
            raise self.error(f"{name}_SECTION has {len(section.rows)} rows, expected {rows}", section.line)
        lists = []
        for row, (line, words) in enumerate(section.rows):
            if words[0] != str(row + 1):
                raise self.error(f"{name}_SECTION starts this row with {words[0]!r}, expected {row + 1}", line)
            for word in words[1:]:
                if not (word.isdecimal() and len(word) < 12 and low <= int(word) <= high):
                    raise self.error(f"{name}_SECTION has {word!r}, expected a node number {low} to {high}", line)
            lists.append(tuple(int(word) for word in words[1:]))
        return lists

    def numbers(self, name: str) -> NDArray[np.float64]:
        """Return all numbers of a section in one row, however the lines are broken.

        Raises
        ------
        InstanceError
            If a word is not a number.
        """
        section = self.sections[name]
        return np.array([self._as_number(f"{name}_SECTION", word, line) for line, row in section.rows for word in row])

    def _as_array(self, section: Section) -> NDArray[np.float64]:
        try:
            values = np.array([words for _, words in section.rows], dtype=np.float64)
        except ValueError:
            values = np.array([[np.nan]])
        if not (np.abs(values) < LARGEST_NUMBER).all():
            for line, words in section.rows:
                for word in words:
                    self._as_number(f"{section.name}_SECTION", word, line)
        return values

    def _as_number(self, name: str, word: str, line: int) -> float:
        try:
            value = float(word)
        except ValueError:
            value = np.nan
        if not abs(value) < LARGEST_NUMBER:
            raise self.error(f"{name} has {word!r}, expected a number below {LARGEST_NUMBER:.0e}", line)
        return value


def take_apart(text: str, path: Path) -> VrplibText:
    """Split a VRPLIB file into specifications and sections.

    Parameters
    ----------
    text
        The whole file.
    path
        Where it came from, for messages.

    Raises
    ------
    InstanceError
        If a line is neither, or a key or section comes twice.
    """
    made = VrplibText(path, {}, {})
    section: Section | None = None
    for number, raw in enumerate(text.splitlines(), start=1):
        line = raw.strip()
        if not line:
            continue
        if line == "EOF":
            break
        head = line.split(":", 1)[0].strip()
        if head.endswith("_SECTION") and head.replace("_", "").isalnum():
            name = head.removesuffix("_SECTION")
            if name in made.sections:
                raise made.error(f"{head} comes twice, expected it once", number)
            section = made.sections[name] = Section(name, number)
        elif section is not None:
            section.rows.append((number, line.split()))
        elif ":" in line:
            if head in made.specifications and head != "COMMENT":
                raise made.error(f"{head} comes twice, expected it once", number)
            made.specifications[head] = (line.split(":", 1)[1].strip().strip('"'), number)
        else:
            raise made.error(f"not a VRPLIB or Solomon instance: {line[:40]!r}, expected 'KEY : value'", number)
    return made
