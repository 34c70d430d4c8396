"""The lines of a journal: each stands alone, with its checksum in front and its number inside.

A line is eight hexadecimal digits (CRC-32 of the rest), a blank, a JSON object and a line feed. The first line of a
file says what the edits start from; each of the others is one edit, or says which variants there are from there on and
which of them the edits after it are made in, or that the document lives elsewhere now.
"""

from __future__ import annotations

import json
import math
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, get_args, get_type_hints

from app.io.fingerprint import Place
from app.io.journal.values import JournalDataError, decoded, encoded
from app.model.document import Step
from app.model.patch import TABLES, Item, Patch, Placed, Rows, State, Swap, table_of
from app.model.scenario import Scenario
from app.model.variants import Arrangement

FORMAT = 2
"""Raised by every change after which an older Routewright would misread a journal, and whenever the format of documents
is: edits say what documents say."""

NAMES = 5
"""How many edits are remembered by name when a journal starts afresh."""

_ITEMS = {kind: get_args(get_type_hints(Scenario)[kind])[1] for kind in TABLES}
"""What each table holds."""
_SWAPS = {
    name: get_args(get_args(hint)[0])[0]  # of Swap[Plan] | None: Plan
    for name, hint in get_type_hints(Patch).items()
    if name != "rows"
}
"""What else a patch can put in place of another, by the names that patch, state and scenario have for it."""


@dataclass(frozen=True, slots=True)
class Begin:
    """The first line.

    Parameters
    ----------
    base
        Name of the file that the edits start from.
    digest
        Its SHA-256, in hexadecimal.
    at
        Seconds since the epoch.
    place
        The user's own file of the document, None without one.
    edits, names
        How many edits since the last save the base holds already, and the last of them by name.
    replaces
        Name of the journal's folder that this one was recovered from; it goes when this one is there.
    format
        Of the journal.
    """

    base: str
    digest: str
    at: float
    place: Place | None = None
    edits: int = 0
    names: tuple[str, ...] = ()
    replaces: str = ""
    format: int = FORMAT


@dataclass(frozen=True, slots=True)
class Edited:
    """One edit, or one that was undone; ``patch`` is JSON, to be understood with the state before it."""

    at: float
    name: str
    undone: bool
    patch: Mapping[str, Any]

    @classmethod
    def of(cls, step: Step, at: float) -> Edited:
        """Return the record of an edit that was made at a time, seconds since the epoch."""
        return cls(at, step.name, step.undone, patch_data(step.patch))

    def step(self, before: State) -> Step:
        """Return the edit.

        Raises
        ------
        JournalDataError
            If the record is none of a state like this one.
        """
        return Step(self.name, patch_from(self.patch, before), self.undone)


@dataclass(frozen=True, slots=True)
class Moved:
    """The document lives in another file now, or in none."""

    place: Place | None


@dataclass(frozen=True, slots=True)
class Arranged:
    """There are other variants now, or another one is present."""

    arrangement: Arrangement
    at: float


Record = Begin | Edited | Arranged | Moved


def line_of(record: Record, number: int) -> bytes:
    """Return the line of a record; ``number`` counts the lines of its file."""
    kind = type(record).__name__.casefold()
    content: dict[str, Any] = {"line": number, "kind": kind, **_content(record)}
    text = json.dumps(content, separators=(",", ":")).encode("ascii")
    return b"%08x %s\n" % (zlib.crc32(text), text)


def records_in(data: bytes) -> Iterator[Record]:
    """Yield the records of a file up to the first that is torn, damaged or missing."""
    for number, line in enumerate(data.split(b"\n")[:-1]):
        record = _record(line, number)
        if record is None:
            return
        yield record


def patch_data(patch: Patch) -> dict[str, Any]:
    """Return a patch as JSON: which rows were replaced, and what is there now."""
    data: dict[str, Any] = {name: encoded(swap.after) for name in _SWAPS if (swap := getattr(patch, name)) is not None}
    for kind, rows in patch.rows.items():
        data[kind] = {
            "before": [[placed.row, key] for key, placed in rows.before.items()],
            "after": [[placed.row, key, encoded(placed.item)] for key, placed in rows.after.items()],
        }
    return data


def patch_from(data: Mapping[str, Any], before: State) -> Patch:
    """Return the patch that `patch_data` was made of, for the state that it was made for.

    Raises
    ------
    JournalDataError
        If the data is no patch, or of another state.
    """
    try:
        rows = {kind: _rows(kind, one, table_of(before.scenario, kind)) for kind, one in data.items() if kind in TABLES}
        swaps = {
            name: Swap(_value(before, name), decoded(_SWAPS[name], one))
            for name, one in data.items()
            if name not in TABLES
        }
        return Patch(rows, **swaps)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise JournalDataError("no patch") from error


def _value(state: State, name: str) -> Any:
    return getattr(state if hasattr(state, name) else state.scenario, name)


def _rows(kind: str, data: Mapping[str, Any], table: Mapping[str, Item]) -> Rows:
    before = {key: Placed(row, table[key]) for row, key in data["before"]}
    after = {key: Placed(row, decoded(_ITEMS[kind], item)) for row, key, item in data["after"]}
    if not all(type(placed.row) is int for placed in (*before.values(), *after.values())):
        raise JournalDataError("a row is a whole number")
    return Rows(before, after)


def _content(record: Record) -> dict[str, Any]:
    if isinstance(record, Edited):
        return {"at": record.at, "name": record.name, "undone": record.undone, "patch": record.patch}
    if isinstance(record, Arranged):
        return {"at": record.at, "arrangement": encoded(record.arrangement)}
    place = record.place and [str(record.place.path), record.place.fingerprint]
    if isinstance(record, Moved):
        return {"place": place}
    return {**encoded(replace(record, place=None)), "place": place, "format": record.format}


def _record(line: bytes, number: int) -> Record | None:
    if len(line) < 10 or line[:9] != b"%08x " % zlib.crc32(line[9:]):
        return None
    try:
        content = json.loads(line[9:])
        if content.pop("line") != number:
            return None
        kind = content.pop("kind")
        if kind == "edited":
            return _edited(**content)
        if kind == "arranged":
            return Arranged(decoded(Arrangement, content["arrangement"]), _time(content["at"]))
        place = _place(content.pop("place"))
        if kind == "moved":
            return Moved(place, **content)
        return _begin(place, content) if kind == "begin" else None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def _edited(at: Any, name: Any, undone: Any, patch: Any) -> Edited:
    return Edited(_time(at), decoded(str, name), decoded(bool, undone), dict(patch))


def _begin(place: Place | None, content: Mapping[str, Any]) -> Begin:
    if content["format"] > FORMAT:  # whatever else it says is not understood
        return Begin("", "", _time(content["at"]), place, format=content["format"])
    known: Begin = decoded(Begin, dict(content))
    return replace(known, at=_time(known.at), place=place)


def _place(data: Any) -> Place | None:
    if data is None:
        return None
    path, fingerprint = data
    return Place(Path(decoded(str, path)), decoded(tuple[int, int] | None, fingerprint))


def _time(data: Any) -> float:
    if not isinstance(data, int | float) or not math.isfinite(data):
        raise JournalDataError("no time")
    return float(data)
