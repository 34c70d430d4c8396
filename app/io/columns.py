"""The columns of every file of a scenario folder: their headers, what a cell means, and how it is written."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from app.io import cells
from app.io.cells import CellError
from app.language import tr, trc
from app.model.scenario import (
    DAY,
    Access,
    Customer,
    ProfileRule,
    Rounding,
    ServerKind,
    Settings,
    TravelSource,
    Vehicle,
    Zone,
)
from app.model.traffic import GROUPS
from solver.roads.modes import Mode, ModeKind

EnumT = TypeVar("EnumT", bound=StrEnum)

FILES = {
    "settings": "settings.csv",
    "depots": "depots.csv",
    "vehicles": "vehicles.csv",
    "customers": "customers.csv",
    "profiles": "profiles.csv",
    "zones": "zones.csv",
}
"""File name per kind of item."""

ROAD_FILES = {"modes": "modes.csv", "traffic": "traffic.csv"}
"""File name per part of the settings that has one of its own, where the scenario has that part."""

MATRIX_FILES = {"distance": "distance.csv", "duration": "duration.csv"}
"""File name per part of a travel matrix."""

SCENARIO_FILES = frozenset((*FILES.values(), *ROAD_FILES.values(), *MATRIX_FILES.values()))
"""All files that a scenario may have."""

LOADS = {"vehicles": ("capacity",), "customers": ("demand", "pickup")}
"""Per kind, the words that, with the name of a load dimension behind them, head the columns of loads."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Parameters
    ----------
    key
        Name of the value, mostly that of the field it fills.
    header
        As it is written.
    read
        From a cell that is not blank; raises `CellError`.
    write
        Of the value.
    default
        What a blank cell, or a file without the column, means.
    aliases
        Other headers that are understood, in the form that `plain_header` gives them.
    decimal
        Whether it may hold a decimal comma.
    text
        Whether any cell, a blank one as well, is read as it stands: its blanks may be meant.
    optional
        Whether it is left out of a file in which every row says the default there, and a setting that has its default
        as well: older programs do not know it.
    """

    key: str
    header: str
    read: Callable[[str], Any]
    write: Callable[[Any], str]
    default: Any = None
    aliases: tuple[str, ...] = ()
    decimal: bool = False
    text: bool = False
    optional: bool = False


def plain_header(header: str) -> str:
    """Return a header as it is compared: lower case, without brackets, underscores and doubled blanks."""
    for letter in "_()[]":
        header = header.replace(letter, " ")
    return " ".join(header.casefold().split())


def _text(key: str, header: str = "", default: str = "", *, optional: bool = False) -> Column:
    return Column(key, header or key, cells.unguarded, cells.guarded, default, text=True, optional=optional)


def _number(key: str, header: str, default: float | None, *aliases: str, optional: bool = False) -> Column:
    write = _blank_or(cells.write_number)
    return Column(key, header, cells.read_number, write, default, aliases, decimal=True, optional=optional)


def _duration(key: str, header: str, default: int | None, *aliases: str) -> Column:
    return Column(key, header, cells.read_duration, _blank_or(cells.write_duration), default, aliases, decimal=True)


def _time(key: str, header: str, default: int) -> Column:
    return Column(key, header, cells.read_time, cells.write_time, default)


def _yes_no(key: str, header: str, default: bool) -> Column:
    return Column(key, header, cells.read_yes_no, cells.write_yes_no, default)


def _blank_or(write: Callable[[Any], str]) -> Callable[[Any], str]:
    return lambda value: "" if value is None else write(value)


def _one_of(kind: type[EnumT]) -> Callable[[str], EnumT]:
    def read(cell: str) -> EnumT:
        word = plain_header(cells.unguarded(cell))
        for member in kind:
            if member.value == word:
                return member
        raise CellError(trc("between words", " or ").join(member.value for member in kind))

    return read


def _pairs(cell: str) -> tuple[tuple[str, str], ...]:
    text = cells.unguarded(cell)
    try:
        pairs = json.loads(text) if text else []
    except (ValueError, RecursionError):
        pairs = None
    if not isinstance(pairs, list) or not all(
        isinstance(pair, list) and len(pair) == 2 and all(isinstance(part, str) for part in pair) for pair in pairs
    ):
        raise CellError(tr('pairs as JSON, such as [["gate", "north"]]'))
    return tuple((name, value) for name, value in pairs)


def _pairs_text(pairs: Sequence[tuple[str, str]]) -> str:
    return cells.guarded(json.dumps(pairs, ensure_ascii=False)) if pairs else ""


_ID = _text("id")
_PLACE = (
    _number("lat", "lat", None, "latitude", "y"),
    _number("lon", "lon", None, "longitude", "lng", "long", "x"),
)

_VEHICLE = Vehicle("")
_CUSTOMER = Customer("")
_RULE = ProfileRule()
_ZONE = Zone("")
_MODE = Mode("")

COLUMNS: dict[str, tuple[Column, ...]] = {
    "depots": (_ID, _text("name"), *_PLACE, _time("opens", "opens", 0), _time("closes", "closes", DAY)),
    "vehicles": (
        _ID,
        _text("name"),
        Column("count", "count", cells.read_whole, str, _VEHICLE.count),
        _text("start_depot", "start depot"),
        _text("end_depot", "end depot"),
        _yes_no("open_end", "open end", False),
        _time("shift_start", "shift start", _VEHICLE.shift[0]),
        _time("shift_end", "shift end", _VEHICLE.shift[1]),
        _number("fixed_cost", "fixed cost", _VEHICLE.fixed_cost),
        _number("cost_per_km", "cost per km", _VEHICLE.cost_per_km),
        _number("cost_per_hour", "cost per hour", _VEHICLE.cost_per_hour),
        _number("speed", "speed km/h", _VEHICLE.speed, "speed", "speed kmh"),
        _text("profile", default=_VEHICLE.profile),
        _number("max_distance", "max distance km", None, "max distance"),
        _duration("max_duration", "max duration min", None, "max duration"),
    ),
    "customers": (
        _ID,
        _text("name"),
        *_PLACE,
        _duration("service", "service min", _CUSTOMER.service, "service", "service time"),
        Column("windows", "windows", cells.read_windows, cells.write_windows, (), ("time windows", "time window")),
        _yes_no("required", "required", _CUSTOMER.required),
        _number("priority", "priority", _CUSTOMER.priority),
        _text("profile"),
        _text("notes"),
    ),
    "profiles": (
        _ID,
        _text("name"),
        _text("vehicle"),
        Column("access", "access", _one_of(Access), str, _RULE.access),
        _number("weight", "weight", _RULE.weight),
        _number("service_factor", "service factor", _RULE.service_factor),
    ),
    "zones": (
        _ID,
        _text("name"),
        Column("forbidden", "forbidden vehicles", cells.parted, cells.joined, (), ("forbidden",), text=True),
        Column("hours", "vehicle hours", cells.read_hours, cells.write_hours, (), ("hours",), text=True, optional=True),
        _number("pace", "road pace", _ZONE.pace, "pace", optional=True),
        Column("ring", "polygon", cells.read_polygon, cells.write_polygon, None, ("wkt", "geometry")),
    ),
    "modes": (
        _ID,
        Column("kind", "kind", _one_of(ModeKind), str, _MODE.kind),
        _number("speed_factor", "speed factor", _MODE.speed_factor),
        _number("height", "height m", _MODE.height, "height"),
        _number("width", "width m", _MODE.width, "width"),
        _number("length", "length m", _MODE.length, "length"),
        _number("weight", "weight t", _MODE.weight, "weight"),
        _yes_no("hazmat", "hazardous goods", _MODE.hazmat),
        _number("signal_delay", "signal delay s", _MODE.signal_delay, "signal delay"),
        _number("turn_delay", "turn delay s", _MODE.turn_delay, "turn delay"),
        _number("u_turn_delay", "u turn delay s", _MODE.u_turn_delay, "u turn delay"),
    ),
    "traffic": (Column("hour", "hour", cells.read_whole, str), *(_number(group, group, 1.0) for group in GROUPS)),
    "settings": (_text("setting"), Column("value", "value", str, str, "", text=True)),
}
"""The columns of each file, in the order in which they are written; loads stand behind them."""

NEEDED = {
    "depots": ("id", "lat", "lon"),
    "vehicles": ("id",),
    "customers": ("id", "lat", "lon"),
    "profiles": ("id",),
    "zones": ("id", "ring"),
    "modes": ("id",),
    "traffic": ("hour",),
    "settings": ("setting",),
}
"""Per kind, the columns without which a file means nothing."""

EXTRA = Column("extra", "extra", _pairs, _pairs_text, (), text=True)
"""Further column of customers.csv: `Customer.extra` as JSON, where it does not fit into columns of its own."""

_SETTINGS = Settings()

SETTINGS: dict[str, Column] = {
    column.header: column
    for column in (
        _text("name", default=_SETTINGS.name),
        _text("currency", default=_SETTINGS.currency),
        _text("dimensions", "dimension"),  # once per load dimension
        Column("travel", "travel", _one_of(TravelSource), str, _SETTINGS.travel),
        Column("rounding", "rounding", _one_of(Rounding), str, _SETTINGS.rounding),
        _number("detour", "detour", _SETTINGS.detour),
        _number("priority_value", "priority value", _SETTINGS.priority_value),
        _number("solve_seconds", "solve seconds", _SETTINGS.solve_seconds),
        _text("network", optional=True),
        _text("server", optional=True),
        Column("server_kind", "server kind", _one_of(ServerKind), str, _SETTINGS.server_kind, optional=True),
    )
}
"""The settings by the name that stands in the first column of settings.csv; the order is that of writing."""

FIELD_COLUMNS = {
    ("depots", "hours"): "opens",
    ("vehicles", "shift"): "shift start",
    ("vehicles", "capacity"): "capacity",
    ("zones", "ring"): "polygon",
    ("zones", "forbidden"): "forbidden vehicles",
    ("zones", "hours"): "vehicle hours",
    ("profiles", "rules"): "vehicle",
    ("settings", "dimensions"): "dimension",
}
"""Header for the fields of the model whose column has another key."""


def file_of(kind: str) -> str:
    """Return the name of the file that holds a kind of rows."""
    return FILES.get(kind) or ROAD_FILES[kind]


def header_of(kind: str, field: str) -> str:
    """Return the header of the column that holds a field of the model."""
    known = (column.header for column in COLUMNS[kind] if column.key == field)
    return FIELD_COLUMNS.get((kind, field)) or next(known, field)
