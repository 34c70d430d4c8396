"""Write a scenario as a folder or archive of CSV files that reads back the same, to the last field."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

from app.io.atomic import write_file, write_folder
from app.io.cells import guarded, write_number
from app.io.columns import COLUMNS, EXTRA, LOADS, SCENARIO_FILES, SETTINGS, file_of, plain_header
from app.io.matrix_files import matrix_files
from app.io.tables import csv_bytes
from app.model.scenario import Customer, Depot, Profile, ProfileRule, Scenario, Settings, Vehicle, Zone
from app.model.traffic import GROUPS, HOURS, Traffic
from solver.roads.modes import Mode

_EARLIEST = (1980, 1, 1, 0, 0, 0)  # a zip's own beginning of time: the same scenario makes the same bytes


def write_scenario(scenario: Scenario, path: str | Path) -> None:
    """Write a scenario into a folder, or into an archive when the name ends in ``.zip``.

    Raises
    ------
    WriteError
        If it cannot be written; what was there before is kept whole.
    """
    path = Path(path)
    files = scenario_files(scenario)
    if path.suffix.casefold() == ".zip":
        write_file(path, zip_bytes(files))
    else:
        write_folder(path, files, SCENARIO_FILES)


def zip_bytes(files: Mapping[str, bytes]) -> bytes:
    """Return an archive of files."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            info = zipfile.ZipInfo(name, _EARLIEST)
            info.external_attr = 0o644 << 16
            # Matrices are large, and are hardly smaller for all the time that can be spent on them.
            archive.writestr(info, data, zipfile.ZIP_DEFLATED, compresslevel=1 if name.endswith(".npz") else None)
    return buffer.getvalue()


def scenario_files(scenario: Scenario) -> dict[str, bytes]:
    """Return the files of a scenario, by name."""
    dimensions = scenario.settings.dimensions
    rules = (row for one in scenario.profiles.values() for row in _profile(one))
    files = {
        "settings": _settings(scenario.settings),
        "depots": _table("depots", map(_depot, scenario.depots.values()), dimensions),
        "vehicles": _table("vehicles", map(_vehicle, scenario.vehicles.values()), dimensions),
        "customers": _customers(scenario.customers.values(), dimensions),
        "profiles": _table("profiles", rules, dimensions),
        "zones": _table("zones", map(_zone, scenario.zones.values()), dimensions),
    }
    roads = scenario.settings
    if roads.modes:
        files["modes"] = _table("modes", map(_mode, roads.modes), dimensions)
    if roads.traffic is not None:
        files["traffic"] = _table("traffic", _hours(roads.traffic), dimensions)
    return {file_of(kind): data for kind, data in files.items()} | (
        matrix_files(scenario.matrix) if scenario.matrix is not None else {}
    )


def _table(kind: str, rows: Iterable[Mapping[str, Any]], dimensions: tuple[str, ...]) -> bytes:
    table = [_headers(kind, dimensions), *(_cells(kind, row, dimensions) for row in rows)]
    silent = {
        at
        for at, column in enumerate(COLUMNS[kind])
        if column.optional and all(row[at] == column.write(column.default) for row in table[1:])
    }
    return csv_bytes([[cell for at, cell in enumerate(row) if at not in silent] for row in table] if silent else table)


def _headers(kind: str, dimensions: tuple[str, ...]) -> list[str]:
    loads = [guarded(f"{word} {name}") for word in LOADS.get(kind, ()) for name in dimensions]
    return [column.header for column in COLUMNS[kind]] + loads


def _cells(kind: str, values: Mapping[str, Any], dimensions: tuple[str, ...]) -> list[str]:
    loads = [
        write_number(values[word][at]) if at < len(values[word]) else ""
        for word in LOADS.get(kind, ())
        for at in range(len(dimensions))
    ]
    return [column.write(values[column.key]) for column in COLUMNS[kind]] + loads


def _customers(customers: Iterable[Customer], dimensions: tuple[str, ...]) -> bytes:
    customers = list(customers)
    names = _extra_headers(customers)
    place = {name: index for index, name in enumerate(names)}
    rows = []
    odd = False
    for one in customers:
        values = {
            "id": one.id,
            "name": one.name,
            "lat": one.lat,
            "lon": one.lon,
            "demand": one.demand,
            "pickup": one.pickup,
            "service": one.service,
            "windows": one.windows,
            "required": one.required,
            "priority": one.priority,
            "profile": one.profile,
            "notes": one.notes,
        }
        extra = [""] * len(names)
        # Columns of their own bring back pairs in the order of the columns, without blank ones.
        order = [place.get(name, -1) for name, _ in one.extra]
        plain = all(a < b for a, b in zip([-1, *order], order, strict=False)) and all(text for _, text in one.extra)
        if plain:
            for at, (_, text) in zip(order, one.extra, strict=True):
                extra[at] = guarded(text)
        odd = odd or not plain
        rows.append([*_cells("customers", values, dimensions), *extra, "" if plain else EXTRA.write(one.extra)])
    table = [[*_headers("customers", dimensions), *map(guarded, names), EXTRA.header], *rows]
    return csv_bytes(table if odd else [row[:-1] for row in table])


def _extra_headers(customers: Iterable[Customer]) -> list[str]:
    """Return the names of extra columns that no reader would take for columns of Routewright's own."""
    columns = (*COLUMNS["customers"], EXTRA)
    known = {name for column in columns for name in (plain_header(column.header), *column.aliases)}
    names = dict.fromkeys(name for one in customers for name, _ in one.extra)
    return [
        name
        for name in names
        if name and plain_header(name) not in known and plain_header(name).partition(" ")[0] not in LOADS["customers"]
    ]


def _depot(depot: Depot) -> dict[str, Any]:
    return {
        "id": depot.id,
        "name": depot.name,
        "lat": depot.lat,
        "lon": depot.lon,
        "opens": depot.hours[0],
        "closes": depot.hours[1],
    }


def _vehicle(vehicle: Vehicle) -> dict[str, Any]:
    return {
        "id": vehicle.id,
        "name": vehicle.name,
        "count": vehicle.count,
        "capacity": vehicle.capacity,
        "start_depot": vehicle.start_depot,
        "end_depot": vehicle.end_depot or "",
        "open_end": vehicle.end_depot is None,
        "shift_start": vehicle.shift[0],
        "shift_end": vehicle.shift[1],
        "fixed_cost": vehicle.fixed_cost,
        "cost_per_km": vehicle.cost_per_km,
        "cost_per_hour": vehicle.cost_per_hour,
        "speed": vehicle.speed,
        "profile": vehicle.profile,
        "max_distance": vehicle.max_distance,
        "max_duration": vehicle.max_duration,
    }


def _profile(profile: Profile) -> Iterable[dict[str, Any]]:
    # A profile without rules still has a row, with no vehicle in it.
    for vehicle, rule in profile.rules.items() or [("", ProfileRule())]:
        yield {
            "id": profile.id,
            "name": profile.name,
            "vehicle": vehicle,
            "access": rule.access,
            "weight": rule.weight,
            "service_factor": rule.service_factor,
        }


def _zone(zone: Zone) -> dict[str, Any]:
    hours = sorted(zone.hours.items())
    return {
        "id": zone.id,
        "name": zone.name,
        "forbidden": sorted(zone.forbidden),
        "hours": hours,
        "pace": zone.pace,
        "ring": zone.ring,
    }


def _mode(mode: Mode) -> dict[str, Any]:
    return {field.name: getattr(mode, field.name) for field in fields(mode)}


def _hours(traffic: Traffic) -> Iterable[dict[str, Any]]:
    for hour in range(HOURS):
        yield {"hour": hour, **{group: getattr(traffic, group)[hour] for group in GROUPS}}


def _settings(settings: Settings) -> bytes:
    rows = [["setting", "value"]]
    for name, column in SETTINGS.items():
        value = getattr(settings, column.key)
        if column.optional and value == column.default:
            continue
        rows += [[name, column.write(one)] for one in (value if column.key == "dimensions" else (value,))]
    return csv_bytes(rows)
