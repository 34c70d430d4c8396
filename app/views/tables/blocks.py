"""Blocks of cells: written into a scenario as one edit, and exchanged with spreadsheets as tab-separated text."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.io.cells import CellError, guarded, unguarded
from app.language import tr, trn
from app.model import changes
from app.model.changes import Edit
from app.model.patch import Patch, State, table_of
from app.model.validate import issues_of_item
from app.views.kind_words import TABLE_WORDS
from app.views.tables.columns import Column, columns_of
from app.views.tables.new_items import new_item

_LONGEST_SHOWN = 40

MOST_RENAMED = 100
"""Most ids that one block may change: every reference in the document follows each of them."""


@dataclass(frozen=True, slots=True)
class CellProblem:
    """A cell that was refused.

    Parameters
    ----------
    item
        Id of the row.
    title
        Of the column.
    value
        What was typed.
    expected
        What the cell takes, as it completes "expected …".
    """

    item: str
    title: str
    value: str
    expected: str

    def __str__(self) -> str:
        short = self.value if len(self.value) <= _LONGEST_SHOWN else self.value[: _LONGEST_SHOWN - 1] + "…"
        if not self.value.strip():
            return tr(
                "{item}, {column}: it cannot be empty; expected {expected}.",
                item=self.item,
                column=self.title,
                expected=self.expected,
            )
        return tr(
            "{item}, {column}: “{value}” is not possible; expected {expected}.",
            item=self.item,
            column=self.title,
            value=short,
            expected=self.expected,
        )


class BlockRefusedError(ValueError):
    """Raised when cells of a block cannot be read; nothing of it is written then."""

    def __init__(self, problems: Sequence[CellProblem]):
        self.problems = tuple(problems)
        more = len(problems) - 1
        sentences = [str(problems[0])]
        if more:
            sentences.append(trn("{number} more like it.", "{number} more like it.", more))
        super().__init__(" ".join([*sentences, tr("Nothing was changed.")]))


def write_block(
    state: State,
    kind: str,
    rows: Sequence[tuple[str | None, Mapping[str, str]]],
    name: str = "",
) -> Edit:
    """Write texts into cells of a table, as one edit or not at all.

    Parameters
    ----------
    state
        To be changed.
    kind
        The table.
    rows
        Pairs of an id, or None for a new row at the end, and the text of each cell by the key of its column.
    name
        Of the edit; made from what it does when left out.

    Raises
    ------
    BlockRefusedError
        If some cell cannot be read or does not fit; all such cells are listed.
    """
    columns = {column.key: column for column in columns_of(kind, state.scenario)}
    writer = _Writer(state, kind, columns)
    for key, texts in rows:
        writer.write(key, texts)
    if writer.problems:
        raise BlockRefusedError(writer.problems)
    return writer.edit(name)


class _Writer:
    """Collects the items and the new ids of one block."""

    def __init__(self, state: State, kind: str, columns: Mapping[str, Column]) -> None:
        self._state, self._kind, self._columns = state, kind, columns
        self._table = table_of(state.scenario, kind)
        self._taken = set(self._table)
        self._items: dict[str, Any] = {}
        self._renamed: list[tuple[str, str]] = []
        self._last_column, self._cells = "", 0
        self.problems: list[CellProblem] = []

    def write(self, key: str | None, texts: Mapping[str, str]) -> None:
        texts = dict(texts)
        given = texts.pop("id", None)
        new = key is None
        if key is None:
            key = self._new_id(given)
            item = new_item(self._kind, key, self._state.scenario)
        else:
            item = self._table[key]
            if given is not None and given.strip() != key:
                self._rename(key, given)
        before = len(self.problems)
        for column_key, text in texts.items():
            column = self._columns[column_key]
            self._last_column = column.title
            self._cells += 1
            try:
                item = column.put(item, column.read(text))
            except CellError as error:
                self.problems.append(CellProblem(key, column.title, text, error.expected))
        if len(self.problems) == before:
            self._check(key, item, texts)
        if new or item is not self._table[key]:
            self._items[key] = item

    def edit(self, name: str) -> Edit:
        first = changes.paste(self._state, self._kind, self._items.values())
        if not self._renamed:
            return Edit(name or self._name_of(first), first.patch)
        after = first.patch.applied(self._state)
        for old, new in self._renamed:
            renamed = changes.rename(after, self._kind, old, new)
            after = renamed.patch.applied(after)
        if not name and len(self._renamed) == 1 and not first.patch:
            name = renamed.name
        return Edit(name or first.name, Patch.between(self._state, after))

    def _name_of(self, pasted: Edit) -> str:
        """Return what one changed cell is called in the menu; a block keeps the name that it has."""
        one_cell = len(self._items) == 1 and self._cells == 1
        if not one_cell or not pasted.patch or pasted.patch.rows[self._kind].moved:
            return pasted.name
        (item,) = self._items.values()
        return tr("Change “{field}” of {item}", field=self._last_column, item=item.name or item.id)

    def _new_id(self, given: str | None) -> str:
        wanted = (given or "").strip()
        if wanted and wanted in self._taken:
            self._refuse_id(wanted, wanted)
        number = len(self._taken)
        while not wanted or wanted in self._taken:
            number += 1
            wanted = f"{self._kind[0].upper()}{number}"
        self._taken.add(wanted)
        return wanted

    def _rename(self, key: str, given: str) -> None:
        wanted = given.strip()
        if not wanted or wanted in self._taken:
            self._refuse_id(key, given)
            return
        if len(self._renamed) == MOST_RENAMED:
            expected = trn("at most {number} new id at a time", "at most {number} new ids at a time", MOST_RENAMED)
            self.problems.append(CellProblem(key, self._columns["id"].title, given, expected))
            return
        self._taken.add(wanted)
        self._renamed.append((key, wanted))

    def _refuse_id(self, key: str, given: str) -> None:
        expected = TABLE_WORDS[self._kind].not_this_id
        self.problems.append(CellProblem(key, self._columns["id"].title, given, expected))

    def _check(self, key: str, item: Any, texts: Mapping[str, str]) -> None:
        """Note what the model finds wrong in the fields that were written; older faults are not this edit's."""
        for issue in issues_of_item(self._state.scenario, item):
            field = "rules" if issue.field in ("weight", "service_factor") else issue.field
            column_key = next((one for one in texts if self._columns[one].field == field), None)
            if column_key is not None:
                title = self._columns[column_key].title
                self.problems.append(CellProblem(key, title, texts[column_key], issue.expected))


def to_clipboard(rows: Iterable[Sequence[str]]) -> str:
    """Write a block as spreadsheets take it: tabs, and quotes where needed; nothing in it runs as a formula."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter="\t", lineterminator="\n")
    writer.writerows([guarded(cell) if _may_run(cell) else cell for cell in row] for row in rows)
    return out.getvalue()


def from_clipboard(text: str) -> list[list[str]]:
    """Read a block as spreadsheets give it; empty lines at its end are dropped."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "").rstrip("\n")
    if not plain:
        return []
    try:
        rows = list(csv.reader(io.StringIO(plain), delimiter="\t", strict=True))
    except csv.Error:  # a lone quote: then quotes are only letters
        rows = [line.split("\t") for line in plain.split("\n")]
    return [[unguarded(cell) for cell in row] or [""] for row in rows]


def _may_run(cell: str) -> bool:
    """Whether a cell is other than a number, which may well start with a minus sign."""
    try:
        float(cell)
    except ValueError:
        return True
    return False
