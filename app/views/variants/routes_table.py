"""Vehicle by vehicle: which stops it has in either of two variants, and what has moved."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHeaderView, QTableView

from app.language import tr, trn
from app.map.text_scale import scaled
from app.model.difference import PlanDifference, RouteDifference
from app.model.fleet import labels
from app.model.patch import State
from app.model.variants import Variant
from app.model.violations import name_of
from app.views.moves.differences import MINUS
from app.views.tables.reading_model import Index, ReadingModel
from app.views.tables.reading_view import Selects, make_reading_view
from app.views.variants.figures_table import ROW

VEHICLE, MOVED, BEFORE, AFTER = range(4)
WIDTHS = (150, 330, 190)
"""Pixels of the columns but the last, which takes what is left."""

SHIFTED = "↕"
"""Stands before a stop that has another place in the order."""

MOST_NAMED = 60
"""Stops that are named in a cell; the tooltip has all of them."""


@dataclass(frozen=True, slots=True)
class _Line:
    """One vehicle in words."""

    cells: tuple[str, str, str, str]
    tips: tuple[str, str, str]
    difference: RouteDifference


class RoutesTable(ReadingModel):
    """One row for each vehicle, those that have changed first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__((tr("Vehicle"), tr("What moved"), "", ""), parent=parent)
        self._lines: tuple[_Line, ...] = ()

    @property
    def differences(self) -> tuple[RouteDifference, ...]:
        """What the rows are about."""
        return tuple(line.difference for line in self._lines)

    def show_difference(self, before: Variant, after: Variant, difference: PlanDifference) -> None:
        """Show what is different between two variants."""
        names = labels(before.state), labels(after.state)
        ordered = sorted(difference.routes, key=lambda one: one.same)  # stable: otherwise in the order of the plan
        self.beginResetModel()
        self.titles = (tr("Vehicle"), tr("What moved"), before.name, after.name)
        self._lines = tuple(_line(one, before, after, names) for one in ordered)
        self.endResetModel()

    def customers(self, rows: Collection[int]) -> list[str]:
        """Return who has moved in some rows."""
        chosen = [self._lines[row].difference for row in sorted(rows)]
        return [stop for one in chosen for stop in (*one.came, *one.went, *one.shifted)]

    def length(self) -> int:
        return len(self._lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line, column = self._lines[index.row()], index.column()
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return line.cells[column]
            case Qt.ItemDataRole.ToolTipRole if column >= MOVED:
                return line.tips[column - MOVED] or None
            case Qt.ItemDataRole.FontRole if column == MOVED and not line.difference.same:
                font = QFont()
                font.setBold(True)
                return font
            case _:
                return None


def routes_view(table: RoutesTable) -> QTableView:
    """Return a view of a table of vehicles, of which any can be chosen."""
    view = QTableView()
    view.setObjectName("comparison_routes")
    view.setAccessibleName(tr("Vehicles of two variants"))
    view.setAccessibleDescription(
        tr("What has moved on each vehicle, and its stops; choosing a row selects who has moved.")
    )
    make_reading_view(view, table, Selects.ExtendedSelection)
    view.verticalHeader().setDefaultSectionSize(scaled(ROW))
    header = view.horizontalHeader()
    header.setSectionResizeMode(AFTER, QHeaderView.ResizeMode.Stretch)
    for column, width in enumerate(WIDTHS):
        view.setColumnWidth(column, scaled(width))
    return view


def _line(one: RouteDifference, before: Variant, after: Variant, names: tuple[Sequence[str], Sequence[str]]) -> _Line:
    had = names[0][one.before] if one.before is not None else ""
    has = names[1][one.after] if one.after is not None else ""
    vehicle = f"{had} → {has}" if had and has and had != has else had or has
    earlier = _stops(before.state, one.before, dict.fromkeys(one.went, MINUS))
    later = _stops(after.state, one.after, dict.fromkeys(one.came, "+") | dict.fromkeys(one.shifted, SHIFTED))
    moved = _moved(one, before, after)
    cells = (vehicle, "; ".join(moved), _joined(earlier), _joined(later))
    return _Line(cells, ("\n".join(moved), "\n".join(earlier), "\n".join(later)), one)


def _stops(state: State, route: int | None, signs: dict[str, str]) -> list[str]:
    """Return the names of the stops of a route, those that have moved with a sign before them."""
    if route is None:
        return []
    customers = state.scenario.customers
    return [f"{signs.get(stop, '')}{name_of(customers, stop)}" for stop in state.plan.routes[route].stops]


def _joined(stops: Sequence[str]) -> str:
    if not stops:
        return "–"
    more = len(stops) - MOST_NAMED
    told = [*stops[:MOST_NAMED], trn("… and {number} more", "… and {number} more", more)] if more > 0 else stops
    return f"{len(stops)}: {' · '.join(told)}"


def _moved(one: RouteDifference, before: Variant, after: Variant) -> list[str]:
    """Say what has moved, one kind after the other."""
    if one.before is None or one.after is None:
        return [tr("Only in {variant}", variant=(before if one.after is None else after).name)]
    told = (
        (f"+{len(one.came)}", one.came, after),
        (f"{MINUS}{len(one.went)}", one.went, before),
        (
            trn("{sign}{number} in another order", "{sign}{number} in another order", len(one.shifted), sign=SHIFTED),
            one.shifted,
            after,
        ),
    )
    return [
        f"{count}: {' · '.join(name_of(variant.state.scenario.customers, stop) for stop in stops)}"
        for count, stops, variant in told
        if stops
    ] or [tr("Same")]
