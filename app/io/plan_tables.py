"""A plan as tables: the same titles, rows and figures for CSV files and for workbooks.

All figures are those of an `app.model.evaluation.Evaluation`, the ones that the window shows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from app.io.cells import guarded, write_duration, write_number, write_time
from app.language import tr
from app.model.evaluation import Evaluation, RouteFigures, VisitFigures
from app.model.scenario import Customer, Scenario

Cell = str | float | None
"""A text, a number (seconds for times and durations), or nothing."""


class Kind(Enum):
    """What the cells of a column are."""

    TEXT = auto()
    WHOLE = auto()  # a number to count or to sort by
    FIGURE = auto()  # kilometres, loads, costs
    DEGREES = auto()  # never rounded
    TIME = auto()  # seconds since midnight
    MINUTES = auto()  # seconds, shown as minutes


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Parameters
    ----------
    title
        As files have it; a load dimension's name is part of it, so it may be anything.
    kind
        Of its cells.
    named
        What people read above the column, in their language; as ``title`` when left out.
    """

    title: str
    kind: Kind = Kind.TEXT
    named: str = ""

    @property
    def heading(self) -> str:
        """What people read above it."""
        return self.named or self.title


@dataclass(frozen=True, slots=True)
class Table:
    """Columns, and rows with a cell for each."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


_CUSTOMER = (
    Column("customer", named=tr("customer")),
    Column("name", named=tr("name")),
    Column("lat", Kind.DEGREES, tr("lat")),
    Column("lon", Kind.DEGREES, tr("lon")),
)
_VISIT = (
    Column("arrival", Kind.TIME, tr("arrival")),
    Column("start", Kind.TIME, tr("start")),
    Column("departure", Kind.TIME, tr("departure")),
    Column("waiting min", Kind.MINUTES, tr("waiting min")),
    Column("late min", Kind.MINUTES, tr("late min")),
    Column("leg km", Kind.FIGURE, tr("leg km")),
    Column("leg min", Kind.MINUTES, tr("leg min")),
)
_ROUTE = Column("route", Kind.WHOLE, tr("route"))
_VEHICLE = (Column("vehicle", named=tr("vehicle")), Column("label", named=tr("label")))
_NOTES = Column("notes", named=tr("notes"))
_REASON = Column("unserved because", named=tr("unserved because"))
_LOADS = {"load": tr("load {dimension}"), "capacity": tr("capacity {dimension}")}


def routes_table(scenario: Scenario, evaluation: Evaluation) -> Table:
    """Return one row per route."""
    columns = (
        _ROUTE,
        *_VEHICLE,
        Column("stops", Kind.WHOLE, tr("stops")),
        Column("start", Kind.TIME, tr("start")),
        Column("end", Kind.TIME, tr("end")),
        Column("start depot", named=tr("start depot")),
        Column("end depot", named=tr("end depot")),
        Column("distance km", Kind.FIGURE, tr("distance km")),
        Column("duration min", Kind.MINUTES, tr("duration min")),
        Column("service min", Kind.MINUTES, tr("service min")),
        Column("waiting min", Kind.MINUTES, tr("waiting min")),
        Column("cost", Kind.FIGURE, tr("cost")),
        *_loads("load", scenario),
        *_loads("capacity", scenario),
    )
    rows = tuple(
        (
            *(route.number, route.vehicle, route.label, route.stops, route.start_s, route.end_s),
            *(route.start_depot, route.end_depot, route.distance_km),
            *(route.duration_s, route.service_s, route.waiting_s, route.cost),
            *route.load,
            *route.capacity,
        )
        for route in evaluation.routes
    )
    return Table(columns, rows)


def stops_table(scenario: Scenario, evaluation: Evaluation) -> Table:
    """Return one row per stop, in order of routes and visits."""
    columns = (
        _ROUTE,
        Column("stop", Kind.WHOLE, tr("stop")),
        *_VEHICLE,
        *_CUSTOMER,
        *_VISIT,
        *_loads("load", scenario),
        Column("lock", named=tr("lock")),
        _NOTES,
    )
    rows = tuple(
        _stop(scenario, route, place, visit)
        for route in evaluation.routes
        for place, visit in enumerate(route.visits, start=1)
    )
    return Table(columns, rows)


def unserved_table(scenario: Scenario, evaluation: Evaluation) -> Table:
    """Return one row per customer in no route, with the reason."""
    columns = (*_CUSTOMER, Column("required", named=tr("required")), _NOTES, _REASON)
    rows = tuple(
        (
            *_customer(scenario.customers[one.customer]),
            "yes" if one.required else "no",
            scenario.customers[one.customer].notes,
            " ".join(one.reasons) or tr("not in any route"),
        )
        for one in evaluation.unserved
    )
    return Table(columns, rows)


def stops_and_unserved_table(scenario: Scenario, evaluation: Evaluation) -> Table:
    """Return the stops and, below them, the customers in no route, for a file that has room for one table only."""
    stops, unserved = stops_table(scenario, evaluation), unserved_table(scenario, evaluation)
    titles = [column.title for column in unserved.columns]
    rows = [(*row, "") for row in stops.rows]
    for left in unserved.rows:
        known = dict(zip(titles, left, strict=True))
        rows.append((*(known.get(column.title) for column in stops.columns), known[_REASON.title]))
    return Table((*stops.columns, _REASON), tuple(rows))


def csv_rows(table: Table) -> Iterator[Sequence[str]]:
    """Yield the titles and the rows as cells of a CSV file, none of which a spreadsheet would run as a formula."""
    yield [guarded(column.title) for column in table.columns]
    for row in table.rows:
        yield [csv_cell(cell, column.kind) for cell, column in zip(row, table.columns, strict=True)]


def csv_cell(cell: Cell, kind: Kind) -> str:
    """Return the text of a cell."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return guarded(cell)
    match kind:
        case Kind.TIME:
            return write_time(int(cell))
        case Kind.MINUTES:
            return write_duration(int(cell))
        case Kind.DEGREES:
            return write_number(cell)
        case _:
            return write_number(rounded(cell))


def rounded(figure: float) -> float:
    """Return a figure to six decimals: a thousandth of a metre, and no tail such as 0.30000000000000004."""
    return round(figure, 6)


def _loads(word: str, scenario: Scenario) -> Iterator[Column]:
    heading = _LOADS[word]
    return (
        Column(f"{word} {name}", Kind.FIGURE, heading.format(dimension=name)) for name in scenario.settings.dimensions
    )


def _customer(customer: Customer) -> tuple[Cell, ...]:
    return customer.id, customer.name, customer.lat, customer.lon


def _stop(scenario: Scenario, route: RouteFigures, place: int, visit: VisitFigures) -> tuple[Cell, ...]:
    customer = scenario.customers[visit.customer]
    return (
        *(route.number, place, route.vehicle, route.label),
        *_customer(customer),
        *(visit.arrival_s, visit.start_s, visit.departure_s, visit.waiting_s, visit.lateness_s),
        *(visit.leg_km, visit.leg_s),
        *visit.load,
        visit.lock and visit.lock.value,
        customer.notes,
    )
