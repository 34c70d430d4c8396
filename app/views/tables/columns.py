"""The columns of the five tables, as data: how a field is shown, read, put back, and edited."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import Enum, auto
from types import MappingProxyType
from typing import Any

from app.language import tr
from app.model.amounts import units
from app.model.scenario import Profile, ProfileRule, Scenario, TravelSource, Vehicle, Window, Zone
from app.model.travel_modes import modes_of
from app.views.roads.mode_words import mode_name
from app.views.tables import cells


class Editor(Enum):
    """How a cell is edited."""

    TEXT = auto()
    CHOICE = auto()
    CHECK = auto()
    RULE = auto()


Choices = Callable[[Scenario], list[tuple[str, str]]]
"""Gives the text that is stored and the label that is shown, of everything that may be chosen."""


@dataclass(frozen=True, slots=True)
class Column:
    """One field of the items of a table.

    Parameters
    ----------
    key
        Name of the field; of a field with parts, ``field.part``, as in ``demand.0`` or ``rules.van``.
    title
        Stands above the column.
    tip
        What it means, and its unit.
    get, put
        Take the value from an item, and return the item with another value.
    show, read
        Write a value as text and read it back; ``read`` raises `app.io.cells.CellError`.
    numeric
        Whether it is set flush right and sorted by value; other columns are what the filter looks through.
    """

    key: str
    title: str
    get: Callable[[Any], object]
    put: Callable[[Any, Any], Any]
    show: Callable[[object], str] = cells.shown_text
    read: Callable[[str], object] = cells.text_of
    tip: str = ""
    editor: Editor = Editor.TEXT
    choices: Choices | None = None
    numeric: bool = False
    width: int = 110

    @property
    def field(self) -> str:
        """Name of the field of the item, without the part."""
        return self.key.partition(".")[0]


def columns_of(kind: str, scenario: Scenario) -> tuple[Column, ...]:
    """Return the columns of a table; loads have one for each dimension, profiles and zones one for each vehicle."""
    return _COLUMNS[kind](scenario)


def _field(key: str, title: str, tip: str = "", **rest: Any) -> Column:
    return Column(
        key, title, lambda item: getattr(item, key), lambda item, v: replace(item, **{key: v}), tip=tip, **rest
    )


def _text(key: str, title: str, tip: str = "", width: int = 110) -> Column:
    return _field(key, title, tip, width=width)


def _number(key: str, title: str, tip: str = "", width: int = 84) -> Column:
    return _field(key, title, tip, show=cells.shown_number, read=cells.number_of, numeric=True, width=width)


def _end(field: str, end: int, title: str, tip: str) -> Column:
    """A column for the beginning, 0, or the end, 1, of a window."""

    def put(item: Any, value: int) -> Any:
        window = list(getattr(item, field))
        window[end] = value
        return replace(item, **{field: tuple(window)})

    return Column(
        f"{field}.{end}",
        title,
        lambda item: getattr(item, field)[end],
        put,
        cells.shown_time,
        cells.time_of,
        tip,
        numeric=True,
        width=78,
    )


def _loads(field: str, title: str, tip: str, scenario: Scenario) -> list[Column]:
    names = units(scenario.settings.dimensions)

    def column(part: int, unit: str) -> Column:
        def get(item: Any) -> float:
            load = getattr(item, field)
            return load[part] if part < len(load) else 0.0

        def put(item: Any, value: float) -> Any:
            load = [*getattr(item, field), *([0.0] * len(names))][: len(names)]
            load[part] = value
            return replace(item, **{field: tuple(load)})

        return Column(
            f"{field}.{part}",
            tr("{load}, {dimension}", load=title, dimension=unit) if unit else title,
            get,
            put,
            cells.shown_number,
            cells.number_of,
            tr("{meaning}, in {dimension}", meaning=tip, dimension=unit) if unit else tip,
            numeric=True,
            width=100,
        )

    return [column(part, name) for part, name in enumerate(names)]


def _id_column() -> Column:
    return _text("id", tr("Id"), tr("A name of its own; whatever refers to it follows when it is changed"), 84)


def _lat_lon(scenario: Scenario) -> list[Column]:
    if scenario.settings.travel is TravelSource.PLANE:
        return [
            _number("lat", tr("Y, km"), tr("Kilometres up"), 92),
            _number("lon", tr("X, km"), tr("Kilometres to the right"), 92),
        ]
    return [
        _number("lat", tr("Latitude"), tr("Degrees north"), 92),
        _number("lon", tr("Longitude"), tr("Degrees east"), 92),
    ]


def _depots(scenario: Scenario) -> tuple[Column, ...]:
    return (
        _id_column(),
        _text("name", tr("Name"), width=170),
        *_lat_lon(scenario),
        _end("hours", 0, tr("Opens"), tr("No vehicle leaves before")),
        _end("hours", 1, tr("Closes"), tr("Every vehicle is back by then")),
    )


def _depot_choices(scenario: Scenario) -> list[tuple[str, str]]:
    return [(key, f"{depot.name} ({key})" if depot.name else key) for key, depot in scenario.depots.items()]


OPEN_END = "—"
"""The text of an end depot of None: the route ends at its last customer."""


def _vehicles(scenario: Scenario) -> tuple[Column, ...]:
    return (
        _id_column(),
        _text("name", tr("Name"), width=150),
        _field(
            "count",
            tr("Count"),
            tr("How many vehicles are alike"),
            show=cells.shown_number,
            read=cells.whole_of,
            numeric=True,
            width=64,
        ),
        *_loads("capacity", tr("Capacity"), tr("What one vehicle can carry"), scenario),
        _field("start_depot", tr("Starts at"), tr("Depot"), editor=Editor.CHOICE, choices=_depot_choices, width=100),
        _field(
            "end_depot",
            tr("Ends at"),
            tr("Depot, or {sign} when the day ends at the last customer", sign=OPEN_END),
            show=lambda value: OPEN_END if value is None else str(value),
            read=lambda text: None if text.strip() in (OPEN_END, "-", "") else text.strip(),
            editor=Editor.CHOICE,
            choices=lambda now: [*_depot_choices(now), (OPEN_END, tr("{sign} last customer", sign=OPEN_END))],
            width=100,
        ),
        _end("shift", 0, tr("Shift from"), tr("Earliest start")),
        _end("shift", 1, tr("Until"), tr("Latest end")),
        _number(
            "fixed_cost",
            tr("Fixed cost"),
            tr("{currency} for each vehicle that is used", currency=scenario.settings.currency),
        ),
        _number(
            "cost_per_km", tr("Per km"), tr("{currency} for each kilometre", currency=scenario.settings.currency), 70
        ),
        _number(
            "cost_per_hour",
            tr("Per hour"),
            tr("{currency} for each hour of the route", currency=scenario.settings.currency),
            76,
        ),
        _number("speed", tr("Speed"), tr("Kilometres per hour"), 66),
        _field(
            "profile",
            tr("Roads"),
            tr("Mode of travel: whose roads and speeds the vehicle has"),
            editor=Editor.CHOICE,
            choices=lambda now: [(key, mode_name(key)) for key in modes_of(now.settings)],
            width=84,
        ),
        _field(
            "max_distance",
            tr("Max. km"),
            tr("Longest route in kilometres; nothing is no limit"),
            show=cells.shown_number,
            read=cells.optional_number_of,
            numeric=True,
            width=76,
        ),
        _field(
            "max_duration",
            tr("Max. min"),
            tr("Longest route in minutes; nothing is no limit"),
            show=cells.shown_duration,
            read=cells.optional_duration_of,
            numeric=True,
            width=80,
        ),
    )


def _customers(scenario: Scenario) -> tuple[Column, ...]:
    return (
        _id_column(),
        _text("name", tr("Name"), width=170),
        *_lat_lon(scenario),
        *_loads("demand", tr("Demand"), tr("Brought from the depot"), scenario),
        *_loads("pickup", tr("Pickup"), tr("Taken back to the depot"), scenario),
        _field(
            "service",
            tr("Service, min"),
            tr("Minutes at the door"),
            show=cells.shown_duration,
            read=cells.duration_of,
            numeric=True,
            width=96,
        ),
        _field(
            "windows",
            tr("Time windows"),
            tr("When the service may begin; nothing is any time"),
            show=cells.shown_windows,
            read=cells.windows_of,
            width=170,
        ),
        _field(
            "required",
            tr("Required"),
            tr("Whether a plan without this customer is broken"),
            show=cells.shown_yes_no,
            read=cells.yes_no_of,
            editor=Editor.CHECK,
            width=76,
        ),
        _number("priority", tr("Priority"), tr("How much an optional customer matters"), 72),
        _field(
            "profile",
            tr("Profile"),
            tr("Kind of customer"),
            editor=Editor.CHOICE,
            choices=lambda now: [("", ""), *((key, one.name or key) for key, one in now.profiles.items())],
            width=110,
        ),
        _text("notes", tr("Notes"), width=220),
    )


def _profiles(scenario: Scenario) -> tuple[Column, ...]:
    return (
        _id_column(),
        _text("name", tr("Name"), width=170),
        *(_rule_column(key, vehicle) for key, vehicle in scenario.vehicles.items()),
    )


def _rule_column(vehicle: str, item: Vehicle) -> Column:
    def put(profile: Profile, rule: ProfileRule) -> Profile:
        rules: dict[str, ProfileRule] = {**profile.rules, vehicle: rule}
        if rule == ProfileRule():
            del rules[vehicle]
        made: Mapping[str, ProfileRule] = MappingProxyType(rules)
        return replace(profile, rules=made)

    return Column(
        f"rules.{vehicle}",
        item.name or vehicle,
        lambda profile: profile.rule(vehicle),
        put,
        cells.shown_rule,
        cells.rule_of,
        tr(
            "How customers of the profile get on with {vehicle}: allowed, preferred with a weight (the cost "
            "of another vehicle), forbidden; ×: what their service takes longer",
            vehicle=item.name or vehicle,
        ),
        editor=Editor.RULE,
        width=168,
    )


def _zones(scenario: Scenario) -> tuple[Column, ...]:
    return (
        _id_column(),
        _text("name", tr("Name"), width=170),
        _field(
            "ring",
            tr("Corners"),
            tr("Latitude and longitude of every corner; WKT is read as well"),
            show=cells.shown_ring,
            read=cells.ring_of,
            width=260,
        ),
        _number(
            "pace",
            tr("Road pace"),
            tr("On roads inside, for everybody: 1 is as usual, 0.5 half as fast, 0 closed; for travel by roads"),
            82,
        ),
        *(make(key, one) for key, one in scenario.vehicles.items() for make in (_closed_column, _hours_column)),
    )


def _closed_column(vehicle: str, item: Vehicle) -> Column:
    def put(zone: Zone, closed: bool) -> Zone:
        return replace(zone, forbidden=zone.forbidden | {vehicle} if closed else zone.forbidden - {vehicle})

    return Column(
        f"forbidden.{vehicle}",
        tr("Closed to {vehicle}", vehicle=item.name or vehicle),
        lambda zone: vehicle in zone.forbidden,
        put,
        cells.shown_yes_no,
        cells.yes_no_of,
        tr("{vehicle} may not serve customers in the zone", vehicle=item.name or vehicle),
        editor=Editor.CHECK,
        width=150,
    )


def _hours_column(vehicle: str, item: Vehicle) -> Column:
    def put(zone: Zone, hours: tuple[Window, ...]) -> Zone:
        others = {key: spans for key, spans in zone.hours.items() if key != vehicle}
        return replace(zone, hours=MappingProxyType({**others, vehicle: hours} if hours else others))

    return Column(
        f"hours.{vehicle}",
        tr("Hours of {vehicle}", vehicle=item.name or vehicle),
        lambda zone: zone.hours.get(vehicle, ()),
        put,
        cells.shown_windows,
        cells.windows_of,
        tr(
            "When {vehicle} may begin to serve customers in the zone, such as 6–11, or 06:00–11:00, 18:00–20:00; "
            "nothing is any time",
            vehicle=item.name or vehicle,
        ),
        width=150,
    )


_COLUMNS: Mapping[str, Callable[[Scenario], tuple[Column, ...]]] = {
    "depots": _depots,
    "vehicles": _vehicles,
    "customers": _customers,
    "profiles": _profiles,
    "zones": _zones,
}
