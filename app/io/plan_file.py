"""Read a plan from a file of its own: a document, or the table of stops that plans are exported to."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from app.io.cells import unguarded
from app.io.document import SUFFIX, load_document
from app.io.issues import RowIssue
from app.io.tables import EncodingError, Row, decoded, delimiter_of, rows_of
from app.language import tr
from app.model.fleet import label
from app.model.identity import in_order
from app.model.plan import Lock, Plan, PlannedRoute
from app.model.scenario import Scenario

WANTED = ("route", "vehicle", "customer")
"""Columns that a table of stops has to have; ``label`` says which vehicle of its type, and ``lock`` what is locked."""


def read_plan(path: str | Path, scenario: Scenario) -> tuple[Plan, tuple[RowIssue, ...]]:
    """Return the plan of a file over a scenario, and what is wrong with it; whatever lies there, nothing is raised.

    Parameters
    ----------
    path
        A document, or a table such as ``stops.csv``; of a document the variant that was shown last.
    scenario
        Whose vehicles and customers the plan has to name.
    """
    path = Path(path)
    if path.suffix.casefold() == SUFFIX:
        document = load_document(path)
        if document.variants is None or document.issues:
            return Plan(), document.issues
        plan = document.variants.state.plan
        return plan, tuple(_strangers(path.name, plan, scenario))
    try:
        text = decoded(path.read_bytes())
    except EncodingError:
        return Plan(), (RowIssue(path.name, 0, "", "", tr("text in {encoding}", encoding="UTF-8")),)
    except (OSError, ValueError):  # ValueError: a NUL character in a path
        return Plan(), (RowIssue(path.name, 0, "", "", tr("a document with a plan, or a table of stops")),)
    rows = list(rows_of(text, delimiter_of(text, WANTED.__contains__)))
    return _Table(path.name, rows, scenario).read()


def _strangers(file: str, plan: Plan, scenario: Scenario) -> list[RowIssue]:
    wanted = tr("a plan over the vehicles and customers of this scenario")
    vehicles = [route.vehicle for route in plan.routes if route.vehicle not in scenario.vehicles]
    strangers = [*vehicles, *sorted(plan.served - scenario.customers.keys())]
    return [RowIssue(file, 0, "", key, wanted) for key in dict.fromkeys(strangers)]


class _Table:
    """A table of stops as it is read."""

    def __init__(self, file: str, rows: Sequence[Row], scenario: Scenario) -> None:
        self._file, self._scenario = file, scenario
        self._header = [cell.strip().casefold() for cell in rows[0].cells] if rows else []
        self._rows = rows[1:]
        self._issues: list[RowIssue] = []
        self._routes: dict[str, tuple[str, int, list[str]]] = {}
        self._locks: dict[str, Lock] = {}
        self._served: set[str] = set()

    def read(self) -> tuple[Plan, tuple[RowIssue, ...]]:
        """Return the plan, and what is wrong."""
        for column in WANTED:
            if column not in self._header:
                self._issues.append(RowIssue(self._file, 0, column, "", tr("a column of this name")))
        for row in () if self._issues else self._rows:
            if row.fault:
                self._issues.append(RowIssue(self._file, row.line, "", "", row.fault))
            elif self._cell(row, "route"):  # who is in no route stands below, without one
                self._take(row)
        routes = (PlannedRoute(kind, tuple(stops), number) for kind, number, stops in self._routes.values())
        return in_order(Plan(tuple(routes), self._locks), self._scenario.vehicles), tuple(self._issues)

    def _take(self, row: Row) -> None:
        place, vehicle, stop = (self._cell(row, column) for column in WANTED)
        lock = self._cell(row, "lock")
        if vehicle not in self._scenario.vehicles or self._routes.get(place, (vehicle,))[0] != vehicle:
            self._wrong(row, "vehicle", vehicle, tr("a vehicle, the same in all rows of a route"))
        elif stop not in self._scenario.customers or stop in self._served:
            self._wrong(row, "customer", stop, tr("a customer, every one once"))
        elif lock and lock not in tuple(Lock):
            self._wrong(row, "lock", lock, tr("{words}, or nothing", words=", ".join(Lock)))
        else:
            number = self._number(vehicle, self._cell(row, "label"))
            self._routes.setdefault(place, (vehicle, number, []))[2].append(stop)
            self._served.add(stop)
            if lock:
                self._locks[stop] = Lock(lock)

    def _number(self, vehicle: str, called: str) -> int:
        """Return which vehicle of its type is called so; 0 where that is not said, or another route has it already."""
        kind = self._scenario.vehicles[vehicle]
        taken = {number for other, number, _ in self._routes.values() if other == vehicle}
        named = (n for n in range(1, kind.count + 1) if label(kind, vehicle, n) == called and n not in taken)
        return next(named, 0)

    def _cell(self, row: Row, column: str) -> str:
        if column not in self._header:
            return ""
        place = self._header.index(column)
        return unguarded(row.cells[place]).strip() if place < len(row.cells) else ""

    def _wrong(self, row: Row, column: str, value: str, expected: str) -> None:
        self._issues.append(RowIssue(self._file, row.line, column, value, expected))
