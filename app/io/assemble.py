"""From the records of all files to a `Scenario`, with each item's lines remembered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any, TypeVar

from app.io.cells import CellError
from app.io.columns import FILES, MATRIX_FILES, ROAD_FILES, SETTINGS, file_of
from app.io.issues import RowIssue
from app.io.matrix_files import read_matrix
from app.io.records import Record, Source, dimension_names, open_source, read_records, with_point
from app.language import tr
from app.model.scenario import (
    Customer,
    Depot,
    Profile,
    ProfileRule,
    Scenario,
    Settings,
    TravelSource,
    Vehicle,
    Zone,
)
from app.model.traffic import GROUPS, HOURS, Traffic
from solver.roads.modes import Mode

ItemT = TypeVar("ItemT")


@dataclass(slots=True)
class Assembly:
    """A scenario in the making.

    Parameters
    ----------
    scenario
        Built from the rows that can be read.
    records
        The row of every item, by kind and id; a profile's rules by ``rules`` and ``(profile, vehicle)``; a setting's
        by ``settings`` and its name.
    issues
        What cannot be read.
    missing
        The files that are missing or unreadable.
    """

    scenario: Scenario = field(default_factory=Scenario)
    records: dict[str, dict[Any, Record]] = field(default_factory=dict)
    issues: list[RowIssue] = field(default_factory=list)
    missing: set[str] = field(default_factory=set)


def assemble(files: Mapping[str, bytes], *, exact: bool) -> Assembly:
    """Read all files of a scenario.

    Parameters
    ----------
    files
        Bytes by file name.
    exact
        Whether the files were written by Routewright itself, so that what is left out is meant. Otherwise the load
        dimensions are taken from the headers and a missing depot of a vehicle from its neighbours.
    """
    made = Assembly()
    sources: dict[str, Source] = {}
    for kind, file in FILES.items():
        source = open_source(kind, files[file], made.issues) if file in files else None
        if source is None:
            made.missing.add(file)
        else:
            sources[kind] = source
    for kind, file in ROAD_FILES.items():
        source = open_source(kind, files[file], made.issues) if file in files else None
        if source is not None:
            sources[kind] = source
    named: list[str] = []
    if not exact:
        for kind in ("vehicles", "customers"):
            found = dimension_names(sources[kind]) if kind in sources else []
            named += [name for name in found if name not in named]
    settings = _settings(made, sources.get("settings"), tuple(named), exact)
    if not exact and "travel" not in made.records["settings"] and set(files) & set(MATRIX_FILES.values()):
        settings = replace(settings, travel=TravelSource.MATRIX)
    rows = {
        kind: read_records(source, settings.dimensions, made.issues)
        for kind, source in sources.items()
        if kind != "settings"
    }
    modes = tuple(Mode(**record.values) for record in _by_id(made, "modes", rows).values())
    settings = replace(settings, modes=modes, traffic=_traffic(made, rows.get("traffic")))
    depots = {key: _depot(record.values) for key, record in _by_id(made, "depots", rows).items()}
    only_depot = next(iter(depots)) if len(depots) == 1 and not exact else ""
    no_room = () if exact else (0.0,) * len(settings.dimensions)
    made.scenario = Scenario(
        depots=depots,
        vehicles={
            key: _vehicle(record.values, only_depot, no_room, exact)
            for key, record in _by_id(made, "vehicles", rows).items()
        },
        customers={key: _customer(record) for key, record in _by_id(made, "customers", rows).items()},
        profiles=_profiles(made, rows.get("profiles", [])),
        zones={key: _zone(record.values) for key, record in _by_id(made, "zones", rows).items()},
        settings=settings,
        matrix=read_matrix(files, made.issues),
    )
    return made


def _by_id(made: Assembly, kind: str, rows: Mapping[str, list[Record]]) -> dict[str, Record]:
    records: dict[str, Record] = {}
    for record in rows.get(kind, []):
        key = record.values["id"]
        if key in records:
            expected = tr("an id of its own; row {row} has this one", row=records[key].line)
            made.issues.append(RowIssue(file_of(kind), record.line, "id", key, expected))
        else:
            records[key] = record
    made.records[kind] = dict(records)
    return records


def _settings(made: Assembly, source: Source | None, named: tuple[str, ...], exact: bool) -> Settings:
    values: dict[str, Any] = {}
    dimensions: dict[str, Record] = {}
    seen: dict[str, Record] = {}
    for record in read_records(source, (), made.issues) if source else []:
        name, cell = " ".join(record.values["setting"].casefold().split()), record.values["value"]
        column = SETTINGS.get(name)
        expected = ""
        if column is None:
            expected = one_of_settings()
        elif name in seen and column.key != "dimensions":
            expected = tr("every setting once; row {row} has this one", row=seen[name].line)
        if column is None or expected:
            made.issues.append(RowIssue(FILES["settings"], record.line, "setting", name, expected))
            continue
        if not cell.strip() and not column.text:
            continue
        try:
            value = column.read(cell if column.text else with_point(cell.strip(), "," in cell))
        except CellError as error:
            made.issues.append(RowIssue(FILES["settings"], record.line, "value", cell, error.expected))
            continue
        seen[name] = record
        if column.key != "dimensions":
            values[column.key] = value
        elif value in dimensions or not (value.strip() or exact):
            expected = tr("the name of a load dimension, every one once")
            made.issues.append(RowIssue(FILES["settings"], record.line, "value", cell, expected))
        else:
            dimensions[value] = record
    made.records["settings"] = seen
    default = Settings().dimensions if source is None or not exact else ()
    return Settings(dimensions=tuple(dimensions) or named or default, **values)


def _depot(values: Mapping[str, Any]) -> Depot:
    return Depot(values["id"], values["name"], values["lat"], values["lon"], (values["opens"], values["closes"]))


def _vehicle(values: Mapping[str, Any], only_depot: str, no_room: tuple[float, ...], exact: bool) -> Vehicle:
    start = values["start_depot"] or only_depot
    end = values["end_depot"] if exact else values["end_depot"] or start
    return Vehicle(
        id=values["id"],
        name=values["name"],
        count=values["count"],
        capacity=values["capacity"] or no_room,
        start_depot=start,
        end_depot=None if values["open_end"] else end,
        shift=(values["shift_start"], values["shift_end"]),
        fixed_cost=values["fixed_cost"],
        cost_per_km=values["cost_per_km"],
        cost_per_hour=values["cost_per_hour"],
        speed=values["speed"],
        profile=values["profile"],
        max_distance=values["max_distance"],
        max_duration=values["max_duration"],
    )


def _customer(record: Record) -> Customer:
    values = record.values
    return Customer(
        id=values["id"],
        name=values["name"],
        lat=values["lat"],
        lon=values["lon"],
        demand=values["demand"],
        pickup=values["pickup"],
        service=values["service"],
        windows=values["windows"],
        required=values["required"],
        priority=values["priority"],
        profile=values["profile"],
        notes=values["notes"],
        extra=record.extra + values["extra"],
    )


def one_of_settings() -> str:
    """Return what is expected of the name of a setting that there is none of."""
    return tr("one of these settings: {settings}", settings=", ".join(SETTINGS))


def _zone(values: Mapping[str, Any]) -> Zone:
    hours = MappingProxyType(dict(values["hours"]))
    forbidden = frozenset(values["forbidden"])
    return Zone(values["id"], values["name"], values["ring"], forbidden, hours, values["pace"])


def _traffic(made: Assembly, rows: list[Record] | None) -> Traffic | None:
    """Return speeds by the hour; hours without a row are as usual."""
    if rows is None:
        return None
    hours: dict[str, Record] = {}
    for record in rows:
        hour = record.values["hour"]
        if not 0 <= hour < HOURS:
            expected = tr("a whole hour from {first} to {last}", first=0, last=HOURS - 1)
        elif str(hour) in hours:
            expected = tr("every hour once; row {row} has this one", row=hours[str(hour)].line)
        else:
            hours[str(hour)] = record
            continue
        made.issues.append(RowIssue(ROAD_FILES["traffic"], record.line, "hour", str(hour), expected))
    made.records["traffic"] = dict(hours)

    def factors(group: str) -> tuple[float, ...]:
        return tuple(hours[str(hour)].values[group] if str(hour) in hours else 1.0 for hour in range(HOURS))

    return Traffic(*map(factors, GROUPS))


def _profiles(made: Assembly, rows: list[Record]) -> dict[str, Profile]:
    names: dict[str, str] = {}
    rules: dict[str, dict[str, ProfileRule]] = {}
    lines: dict[tuple[str, str], Record] = {}
    firsts: dict[str, Record] = {}
    for record in rows:
        values = record.values
        key, vehicle, name = values["id"], values["vehicle"], values["name"]
        if vehicle and (key, vehicle) in lines:
            expected = tr("every vehicle once per profile; row {row} has this one", row=lines[key, vehicle].line)
            made.issues.append(RowIssue(FILES["profiles"], record.line, "vehicle", vehicle, expected))
            continue
        if name and names.get(key) and name != names[key]:
            expected = tr(
                "the same name in all rows of a profile; row {row} has {name}", row=firsts[key].line, name=names[key]
            )
            made.issues.append(RowIssue(FILES["profiles"], record.line, "name", name, expected))
            continue
        firsts.setdefault(key, record)
        names[key] = names.get(key) or name
        rules.setdefault(key, {})
        if vehicle:
            lines[key, vehicle] = record
            rules[key][vehicle] = ProfileRule(values["access"], values["weight"], values["service_factor"])
    made.records["profiles"], made.records["rules"] = dict(firsts), dict(lines)
    return {key: Profile(key, names[key], MappingProxyType(rules[key])) for key in rules}
