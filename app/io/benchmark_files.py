"""VRPLIB and Solomon files as scenarios in their own plane: one unit is a kilometre, a minute and a cost of one.

`vrplib` reads the numbers; as it guesses where a file is damaged, every line is looked at before it may.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray
from vrplib.parse import parse_solomon, parse_vrplib

from app.io.cells import CellError, read_number
from app.io.issues import RowIssue
from app.io.tables import EncodingError, decoded
from app.language import tr, trn
from app.model.scenario import (
    Access,
    Customer,
    Depot,
    Matrix,
    Profile,
    ProfileRule,
    Rounding,
    Scenario,
    Settings,
    TravelSource,
    Vehicle,
    Window,
)
from app.model.validate import LATEST, issues_of

_SPEED = 60.0  # kilometres per hour, which makes one unit of distance one minute
_MOST_NODES = 50_000
_MOST_ISSUES = 100
_PER_NODE = {"node_coord": 2, "demand": 1, "service_time": 1, "time_window": 2, "prize": 1, "display_data": 2}
_PER_VEHICLE = frozenset(
    {
        "capacity",
        "vehicles_depot",
        "vehicles_fixed_cost",
        "vehicles_unit_distance_cost",
        "vehicles_max_distance",
        "vehicles_max_duration",
    }
)
_OTHERS = frozenset(
    {
        "name",
        "comment",
        "type",
        "dimension",
        "vehicles",
        "depot",
        "edge_weight",
        "edge_weight_type",
        "edge_weight_format",
        "node_coord_type",
        "display_data_type",
        "vehicles_allowed_clients",
    }
)
_KNOWN = _OTHERS | _PER_VEHICLE | _PER_NODE.keys()
_WHOLE = re.compile(r"-?\d{1,9}", re.ASCII)

Outcome = tuple[Scenario | None, list[RowIssue]]


@dataclass(slots=True)
class _Section:
    line: int
    rows: list[tuple[int, list[str]]] = field(default_factory=list)


def read_vrplib(file: str, data: bytes) -> Outcome:
    """Return the scenario of a VRPLIB file, and what is wrong with it.

    Parameters
    ----------
    file
        Name, for the issues.
    data
        Content.
    """
    return _read(file, data, _vrplib_issues, lambda text: _from_vrplib(parse_vrplib(text, False)))


def read_solomon(file: str, data: bytes) -> Outcome:
    """Return the scenario of a Solomon file, and what is wrong with it; see `read_vrplib`."""
    return _read(file, data, _solomon_issues, lambda text: _from_solomon(parse_solomon(text, False)))


def _read(
    file: str, data: bytes, check: Callable[[str, str], list[RowIssue]], build: Callable[[str], Scenario]
) -> Outcome:
    try:
        text = decoded(data)
    except EncodingError:
        return None, [RowIssue(file, 0, "", "", tr("text"))]
    issues = check(file, text)
    if any(issue.column != _UNSUPPORTED for issue in issues):
        return None, issues[:_MOST_ISSUES]
    try:
        scenario = build(text)
    except (ValueError, RuntimeError, IndexError, KeyError, TypeError, ArithmeticError):
        return None, [RowIssue(file, 0, "", "", tr("a file whose sections fit together, as the format has it"))]
    faults = [RowIssue(file, 0, one.field, f"{one.item}: {one.value}", one.expected) for one in issues_of(scenario)]
    return (None if faults else scenario), [*issues, *faults[:_MOST_ISSUES]]


_UNSUPPORTED = tr("not supported")


def _vrplib_issues(file: str, text: str) -> list[RowIssue]:
    specifications, sections, issues = _outline(file, text)
    size = specifications.get("dimension", (0, ""))[1]
    if not _WHOLE.fullmatch(size) or not 2 <= int(size) <= _MOST_NODES:
        line = specifications.get("dimension", (0, ""))[0]
        issues.append(
            RowIssue(file, line, "DIMENSION", size, tr("a number of nodes from 2 to {most}", most=_MOST_NODES))
        )
        return issues
    kind = specifications.get("edge_weight_type", (0, "EUC_2D"))
    if kind[1] not in ("EUC_2D", "EXPLICIT"):
        issues.append(RowIssue(file, kind[0], "EDGE_WEIGHT_TYPE", kind[1], tr("EUC_2D or EXPLICIT")))
    needed = ("edge_weight" if kind[1] == "EXPLICIT" else "node_coord", "demand")
    for name in needed:
        if name not in sections:
            issues.append(RowIssue(file, 0, f"{name.upper()}_SECTION", "", tr("a section of this name")))
    for name, (line, _) in specifications.items():
        if name not in _KNOWN:
            issues.append(RowIssue(file, line, _UNSUPPORTED, name.upper(), tr("nothing; Routewright leaves it out")))
    for name, section in sections.items():
        header = f"{name.upper()}_SECTION"
        if name not in _KNOWN:
            issues.append(RowIssue(file, section.line, _UNSUPPORTED, header, tr("nothing; Routewright leaves it out")))
        elif name in _PER_NODE:
            issues += _column_issues(file, header, section, int(size), _PER_NODE[name])
        elif name in _PER_VEHICLE:
            issues += _column_issues(file, header, section, len(section.rows), 1)
    return issues


def _outline(file: str, text: str) -> tuple[dict[str, tuple[int, str]], dict[str, _Section], list[RowIssue]]:
    specifications: dict[str, tuple[int, str]] = {}
    sections: dict[str, _Section] = {}
    issues: list[RowIssue] = []
    section: _Section | None = None
    for line, content in enumerate(text.splitlines(), start=1):
        content = content.strip()
        if "EOF" in content:
            break
        if "_SECTION" in content:
            name = content.strip(" :").removesuffix("_SECTION").lower()
            if name in sections or name in specifications:
                issues.append(RowIssue(file, line, "", content, tr("every specification and section once")))
            section = sections[name] = _Section(line)
        elif section is not None and content:
            section.rows.append((line, content.split()))
            wrong = next((word for word in content.split() if not _is_number(word)), None)
            if wrong is not None:
                issues.append(RowIssue(file, line, "", wrong, tr("numbers only, in a section")))
        elif ":" in content:
            name, _, value = content.partition(":")
            specifications[name.strip().lower()] = (line, value.strip())
        elif content:
            issues.append(RowIssue(file, line, "", content, tr("a line such as DIMENSION : 101, or a section")))
    if not sections and not issues:
        issues.append(RowIssue(file, 0, "", "", tr("a VRPLIB file with sections such as NODE_COORD_SECTION")))
    return specifications, sections, issues


def _is_number(word: str) -> bool:
    try:
        return abs(read_number(word)) < 1e9
    except CellError:
        return False


def _rows(number: int) -> str:
    return trn("{number} row", "{number} rows", number)


def _column_issues(file: str, header: str, section: _Section, size: int, width: int) -> list[RowIssue]:
    issues = []
    if len(section.rows) != size:
        issues.append(RowIssue(file, section.line, header, _rows(len(section.rows)), _rows(size)))
    for number, (line, words) in enumerate(section.rows, start=1):
        if len(words) != width + 1 or words[0] != str(number):
            expected = trn(
                "number {place} and {number} value", "number {place} and {number} values", width, place=number
            )
            issues.append(RowIssue(file, line, header, " ".join(words), expected))
    return issues


def _from_vrplib(instance: dict[str, Any]) -> Scenario:
    size = int(instance["dimension"])
    demand = np.asarray(instance["demand"], dtype=np.float64)
    windows = instance.get("time_window")
    depots = [int(one) for one in instance.get("depot", [0])]
    if not depots or len(set(depots)) != len(depots) or not all(0 <= one < size for one in depots):
        raise ValueError("depots")
    explicit = instance.get("edge_weight_type") == "EXPLICIT"
    places = np.asarray(instance.get("node_coord", _circle(size)), dtype=np.float64)
    places = _in_one_degree(places) if explicit else places
    vehicles, profiles, profile_of = _fleet(instance, size, depots)
    service = np.broadcast_to(np.asarray(instance.get("service_time", 0), dtype=np.float64), (size,))
    prize = instance.get("prize")

    def window(node: int) -> Window:
        return (0, LATEST) if windows is None else (_seconds(windows[node][0]), _seconds(windows[node][1]))

    kind = str(instance.get("type", ""))
    rounding = Rounding.NEAREST if windows is None else Rounding.TRUNCATED
    return Scenario(
        depots={
            str(node): Depot(
                str(node), tr("Depot {id}", id=node), float(places[node, 1]), float(places[node, 0]), window(node)
            )
            for node in depots
        },
        vehicles=vehicles,
        customers={
            str(node): Customer(
                id=str(node),
                lat=float(places[node, 1]),
                lon=float(places[node, 0]),
                demand=(float(demand[node]),),
                service=_seconds(service[node]),
                windows=() if windows is None else (window(node),),
                required=prize is None,
                priority=1.0 if prize is None else float(prize[node]),
                profile=profile_of.get(node, ""),
            )
            for node in range(size)
            if node not in set(depots)
        },
        profiles=profiles,
        settings=Settings(
            name=str(instance.get("name", tr("Untitled"))).strip(),
            travel=TravelSource.MATRIX if explicit else TravelSource.PLANE,
            # The collections with several depots or kinds of vehicles are computed without rounding.
            rounding=Rounding.EXACT if kind in ("SDVRPTW", "MDVRPTW") else rounding,
            priority_value=1.0,
        ),
        matrix=_matrix(instance["edge_weight"], size) if explicit else None,
    )


def _matrix(weights: object, size: int) -> Matrix:
    units = np.asarray(weights, dtype=np.float64)
    if units.shape != (size, size):
        raise ValueError("edge weights")
    return Matrix(tuple(map(str, range(size))), np.rint(units * 1000).astype(np.int64))


def _seconds(minutes: float) -> int:
    return round(float(minutes) * 60)


def _circle(size: int) -> NDArray[np.float64]:
    angle = np.linspace(0, 2 * np.pi, size, endpoint=False)
    return np.column_stack([np.cos(angle), np.sin(angle)])


def _in_one_degree(places: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return places shrunk into one degree at the origin: with a matrix they are only drawn, on open sea."""
    low = places.min(axis=0)
    extent = float((places.max(axis=0) - low).max()) or 1.0
    return np.asarray((places - low) / extent, dtype=np.float64)


def _fleet(
    instance: dict[str, Any], size: int, depots: Sequence[int]
) -> tuple[dict[str, Vehicle], dict[str, Profile], dict[int, str]]:
    """Return vehicle types, and profiles where not every vehicle may serve everyone."""
    allowed = instance.get("vehicles_allowed_clients")
    per_vehicle = {name: np.asarray(instance[name]) for name in _PER_VEHICLE if np.ndim(instance.get(name, 0)) == 1}
    at_hand = int(instance.get("vehicles", max((len(one) for one in per_vehicle.values()), default=size - len(depots))))
    if at_hand < 1 or any(len(one) != at_hand for one in per_vehicle.values()):
        raise ValueError("vehicles")
    if allowed is not None and len(allowed) != at_hand:
        raise ValueError("allowed clients")

    def of(name: str, vehicle: int, default: float | None) -> Any:
        return per_vehicle[name][vehicle].item() if name in per_vehicle else instance.get(name, default)

    names = ("capacity", "vehicles_depot", "vehicles_fixed_cost", "vehicles_unit_distance_cost",
             "vehicles_max_distance", "vehicles_max_duration")  # fmt: skip
    defaults = (None, depots[0] + 1, 0.0, 1.0, None, None)
    counts: dict[tuple[Any, ...], int] = {}
    for vehicle in range(at_hand if per_vehicle or allowed is not None else 1):
        who = None if allowed is None else tuple(sorted(int(one) for one in np.atleast_1d(allowed[vehicle])))
        key = (*(of(name, vehicle, default) for name, default in zip(names, defaults, strict=True)), who)
        counts[key] = counts.get(key, 0) + 1
    if len(counts) == 1:
        counts = dict.fromkeys(counts, at_hand)
    vehicles: dict[str, Vehicle] = {}
    refused: dict[int, list[str]] = {}
    for number, (key, count) in enumerate(counts.items(), start=1):
        capacity, depot, fixed, unit, distance, duration, who = key
        one = f"type {number}"
        vehicles[one] = Vehicle(
            id=one,
            count=count,
            capacity=(float(1e9 if capacity is None else capacity),),
            start_depot=str(int(depot) - 1),
            end_depot=str(int(depot) - 1),
            shift=(0, LATEST),
            fixed_cost=float(fixed),
            cost_per_km=float(unit),
            speed=_SPEED,
            max_distance=None if distance is None else float(distance),
            max_duration=None if duration is None else _seconds(duration),
        )
        for node in set(range(size)) - {node - 1 for node in who} if who is not None else ():
            refused.setdefault(node, []).append(one)
    groups: dict[tuple[str, ...], str] = {}
    profile_of = {
        node: groups.setdefault(tuple(types), f"group {len(groups) + 1}") for node, types in sorted(refused.items())
    }
    forbidden = ProfileRule(Access.FORBIDDEN)
    profiles = {
        name: Profile(
            name, tr("Not by {vehicles}", vehicles=", ".join(types)), MappingProxyType(dict.fromkeys(types, forbidden))
        )
        for types, name in groups.items()
        if name in {profile_of[node] for node in refused if node not in set(depots)}
    }
    return vehicles, profiles, profile_of


def _solomon_issues(file: str, text: str) -> list[RowIssue]:
    lines = [(line, content.split()) for line, content in enumerate(text.splitlines(), start=1) if content.strip()]
    words = [" ".join(content).upper() for _, content in lines[:6]]
    heads = ("", "VEHICLE", "NUMBER CAPACITY", "", "CUSTOMER", "CUST NO")
    if len(lines) < 8 or not all(word.startswith(head) for word, head in zip(words, heads, strict=True)):
        return [RowIssue(file, 0, "", "", tr("a Solomon file: a name, VEHICLE, CUSTOMER, a depot and customers"))]
    issues = []
    if len(lines) > _MOST_NODES:
        issues.append(
            RowIssue(file, 0, "", str(len(lines)), trn("at most {number} line", "at most {number} lines", _MOST_NODES))
        )
    for number, (line, numbers) in enumerate([lines[3], *lines[6:]], start=-1):
        width = 2 if number < 0 else 7
        if len(numbers) != width or not all(map(_WHOLE.fullmatch, numbers)):
            issues.append(
                RowIssue(
                    file, line, "", " ".join(numbers), trn("{number} whole number", "{number} whole numbers", width)
                )
            )
        elif number >= 0 and int(numbers[0]) != number:
            issues.append(RowIssue(file, line, "CUST NO.", numbers[0], str(number)))
    return issues


def _from_solomon(instance: dict[str, Any]) -> Scenario:
    places = instance["node_coord"]
    windows = [(_seconds(early), _seconds(late)) for early, late in instance["time_window"]]
    return Scenario(
        depots={"0": Depot("0", tr("Depot"), float(places[0, 1]), float(places[0, 0]), windows[0])},
        vehicles={
            "vehicle": Vehicle(
                id="vehicle",
                count=int(instance["vehicles"]),
                capacity=(float(instance["capacity"]),),
                start_depot="0",
                end_depot="0",
                shift=windows[0],
                speed=_SPEED,
            )
        },
        customers={
            str(node): Customer(
                id=str(node),
                lat=float(places[node, 1]),
                lon=float(places[node, 0]),
                demand=(float(instance["demand"][node]),),
                service=_seconds(instance["service_time"][node]),
                windows=(windows[node],),
            )
            for node in range(1, len(places))
        },
        settings=Settings(name=instance["name"].strip(), travel=TravelSource.PLANE, rounding=Rounding.TRUNCATED),
    )
