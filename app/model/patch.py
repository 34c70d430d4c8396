"""The difference between two states of a document, as a value: it can be applied, inverted and joined with the next.

A patch holds only the items that differ and the rows that they stand in, so an undo stack of a thousand edits over
ten thousand customers stays small.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Generic, TypeVar

from app.model.identity import in_order
from app.model.plan import Plan
from app.model.scenario import Customer, Depot, Matrix, Profile, Scenario, Settings, Vehicle, Zone

Item = Depot | Vehicle | Customer | Profile | Zone
"""A row of one of the tables."""

TABLES = ("depots", "vehicles", "customers", "profiles", "zones")
"""Kinds of items: the names of the mappings of a `Scenario`."""

T = TypeVar("T")


class StalePatchError(ValueError):
    """Raised when a patch does not fit the state that it is applied to."""


@dataclass(frozen=True, slots=True)
class State:
    """What a document holds at one moment.

    Parameters
    ----------
    scenario
        Any.
    plan
        Of any origin; it is held with the vehicle of each route settled and in the order of the scenario's vehicles
        (`app.model.identity`), so that a route is the same one in every plan, view and file.
    """

    scenario: Scenario = field(default_factory=Scenario)
    plan: Plan = field(default_factory=Plan)

    def __post_init__(self) -> None:
        object.__setattr__(self, "plan", in_order(self.plan, self.scenario.vehicles))


def table_of(scenario: Scenario, kind: str) -> Mapping[str, Item]:
    """Return the items of a kind, by id, in the order of rows.

    Raises
    ------
    ValueError
        If there is no such kind.
    """
    if kind not in TABLES:
        raise ValueError(f"{kind!r} is none of the tables {', '.join(TABLES)}")
    table: Mapping[str, Item] = getattr(scenario, kind)
    return table


@dataclass(frozen=True, slots=True)
class Placed:
    """An item and the row that it stands in."""

    row: int
    item: Item


@dataclass(frozen=True, slots=True)
class Rows:
    """What changes in one table; items that are in neither mapping stay, in the same order among themselves.

    Parameters
    ----------
    before, after
        The items that are replaced, and what they are replaced by, by id; rows count in the whole table.
    """

    before: Mapping[str, Placed]
    after: Mapping[str, Placed]

    @property
    def moved(self) -> bool:
        """Whether rows appear, disappear or change places, not only their contents."""
        return self.before.keys() != self.after.keys() or any(
            placed.row != self.after[key].row for key, placed in self.before.items()
        )

    def inverted(self) -> Rows:
        """Return the way back."""
        return Rows(self.after, self.before)

    def applied(self, table: Mapping[str, Item]) -> dict[str, Item]:
        """Return the table after the change.

        Raises
        ------
        StalePatchError
            If the table does not hold the items that are to be replaced, or already holds those to be added.
        """
        for key, placed in self.before.items():
            if key not in table or ((there := table[key]) is not placed.item and there != placed.item):
                raise StalePatchError(f"{key!r} is not as the patch expects it")
        if not self.moved:
            return {**table, **{key: placed.item for key, placed in self.after.items()}}
        if any(key in table and key not in self.before for key in self.after):
            raise StalePatchError("an item that the patch adds is already there")
        kept = [pair for pair in table.items() if pair[0] not in self.before]
        given = {placed.row: (key, placed.item) for key, placed in self.after.items()}
        if any(not 0 <= row < len(kept) + len(given) for row in given):
            raise StalePatchError("the patch was made for a longer table")
        rows: list[tuple[str, Item]] = []
        taken = 0
        for row in sorted(given):
            until = taken + row - len(rows)
            rows += kept[taken:until]
            rows.append(given[row])
            taken = until
        return dict(rows + kept[taken:])


@dataclass(frozen=True, slots=True)
class Swap(Generic[T]):
    """One value for another."""

    before: T
    after: T

    def inverted(self) -> Swap[T]:
        """Return the way back."""
        return Swap(self.after, self.before)

    def applied(self, value: T) -> T:
        """Return the new value.

        Raises
        ------
        StalePatchError
            If the present value is not the one to be replaced.
        """
        if value is not self.before and value != self.before:
            raise StalePatchError(f"the {type(value).__name__.lower()} is not as the patch expects it")
        return self.after


@dataclass(frozen=True, slots=True)
class Patch:
    """The difference between two states of a document.

    Parameters
    ----------
    rows
        Per table that changes, one of `TABLES`.
    settings, matrix, plan
        None where nothing changes.
    """

    rows: Mapping[str, Rows] = field(default_factory=dict)
    settings: Swap[Settings] | None = None
    matrix: Swap[Matrix | None] | None = None
    plan: Swap[Plan] | None = None

    @classmethod
    def between(cls, before: State, after: State) -> Patch:
        """Return the patch that turns one state into the other."""
        rows = {
            kind: found
            for kind in TABLES
            if (found := _rows_between(table_of(before.scenario, kind), table_of(after.scenario, kind)))
        }
        return cls(
            rows,
            _swap_between(before.scenario.settings, after.scenario.settings),
            _swap_between(before.scenario.matrix, after.scenario.matrix),
            _swap_between(before.plan, after.plan),
        )

    def __bool__(self) -> bool:
        return bool(self.rows) or any(swap is not None for swap in (self.settings, self.matrix, self.plan))

    def inverted(self) -> Patch:
        """Return the patch that undoes this one."""
        return Patch(
            {kind: rows.inverted() for kind, rows in self.rows.items()},
            self.settings and self.settings.inverted(),
            self.matrix and self.matrix.inverted(),
            self.plan and self.plan.inverted(),
        )

    def applied(self, state: State) -> State:
        """Return the state after this patch; tables that do not change stay the same objects.

        Raises
        ------
        StalePatchError
            If the state is not one that this patch was made for; nothing is changed then.
        """
        scenario, plan = state.scenario, state.plan
        fields: dict[str, object] = {kind: rows.applied(table_of(scenario, kind)) for kind, rows in self.rows.items()}
        if self.settings:
            fields["settings"] = self.settings.applied(scenario.settings)
        if self.matrix:
            fields["matrix"] = self.matrix.applied(scenario.matrix)
        if self.plan:
            before = State(scenario, self.plan.before).plan  # one that an older version wrote down may be in no order
            plan = Swap(before, self.plan.after).applied(plan)
        return State(replace(scenario, **fields) if fields else scenario, plan)  # type: ignore[arg-type]

    def joined(self, later: Patch) -> Patch | None:
        """Return one patch for this and a later one, or None when rows move and they have to stay two.

        Joining is for edits that are made in quick succession, such as the steps of a drag: they replace contents.
        """
        if any(rows.moved for patch in (self, later) for rows in patch.rows.values()):
            return None
        return Patch(
            {
                kind: _joined_rows(self.rows.get(kind), later.rows.get(kind))
                for kind in TABLES
                if kind in self.rows or kind in later.rows
            },
            _joined_swap(self.settings, later.settings),
            _joined_swap(self.matrix, later.matrix),
            _joined_swap(self.plan, later.plan),
        )


def _differs(one: object, other: object) -> bool:
    return one is not other and one != other


def _swap_between(before: T, after: T) -> Swap[T] | None:
    return Swap(before, after) if _differs(before, after) else None


def _rows_between(before: Mapping[str, Item], after: Mapping[str, Item]) -> Rows | None:
    if before is after:
        return None
    touched = {key for key, item in before.items() if (now := after.get(key)) is not item and now != item}
    touched |= after.keys() - before.keys()
    if [key for key in before if key not in touched] != [key for key in after if key not in touched]:
        touched = {*before, *after}  # the rows were sorted anew
    if not touched:
        return None
    return Rows(
        {key: Placed(row, item) for row, (key, item) in enumerate(before.items()) if key in touched},
        {key: Placed(row, item) for row, (key, item) in enumerate(after.items()) if key in touched},
    )


def _joined_rows(first: Rows | None, later: Rows | None) -> Rows:
    if first is None or later is None:
        only = first or later
        assert only is not None
        return only
    return Rows({**later.before, **first.before}, {**first.after, **later.after})


def _joined_swap(first: Swap[T] | None, later: Swap[T] | None) -> Swap[T] | None:
    if first is None or later is None:
        return first or later
    return Swap(first.before, later.after)
