"""The same values for many customers: what they have in common, and one edit of them all; no Qt in here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.language import trn
from app.model.changes import Edit
from app.model.patch import State
from app.model.scenario import Customer
from app.views.tables.blocks import write_block
from app.views.tables.columns import Column, columns_of

KIND = "customers"
_OWN = frozenset({"id", "name", "lat", "lon"})
"""What each customer has for itself."""


@dataclass(frozen=True, slots=True)
class SharedField:
    """One field of several customers.

    Parameters
    ----------
    column
        How it is written and read.
    text
        What all of them have there, as text; None when they differ.
    """

    column: Column
    text: str | None


def shared_fields(state: State, ids: Iterable[str]) -> list[SharedField]:
    """Return the fields that can be given to several customers, and what these have there now."""
    customers = [state.scenario.customers[key] for key in ids]
    columns = (column for column in columns_of(KIND, state.scenario) if column.field not in _OWN)
    return [SharedField(column, _shared(column, customers)) for column in columns]


def bulk_edit(state: State, ids: Sequence[str], texts: Mapping[str, str]) -> Edit:
    """Write the same texts into cells of all these customers.

    Parameters
    ----------
    state
        To be changed.
    ids
        Of the customers.
    texts
        What to write, by the key of the column.

    Raises
    ------
    app.views.tables.blocks.BlockRefusedError
        As if each cell had been typed into the table.
    """
    titles = [column.title for column in columns_of(KIND, state.scenario) if column.key in texts]
    if len(titles) == 1:
        name = trn(
            "Change “{field}” of {number} customer", "Change “{field}” of {number} customers", len(ids), field=titles[0]
        )
    else:
        name = trn("Change {number} customer", "Change {number} customers", len(ids))
    return write_block(state, KIND, [(key, texts) for key in ids], name)


def _shared(column: Column, customers: Sequence[Customer]) -> str | None:
    if not customers:
        return None
    first = column.get(customers[0])
    return column.show(first) if all(column.get(one) == first for one in customers) else None
