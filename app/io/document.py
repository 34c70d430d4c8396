"""The document: one file with a scenario and its plan, saved in one step.

A ``.routewright`` file is a zip archive of the CSV files of a scenario folder, ``routes.csv`` with the plan, and
``routewright.json`` with the version of the format. It holds what the window holds, a scenario that cannot be solved
yet included, so it is read without asking whether it makes sense.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from app import __version__
from app.io.assemble import assemble
from app.io.atomic import write_file
from app.io.bundle import Bundle, read_bundle
from app.io.cells import guarded, unguarded
from app.io.columns import FILES, MATRIX_FILES, SCENARIO_FILES
from app.io.issues import RowIssue
from app.io.salvage import salvaged
from app.io.tables import EncodingError, csv_bytes, decoded, rows_of
from app.io.write_scenario import scenario_files, zip_bytes
from app.model.patch import State
from app.model.plan import Lock, Plan, PlannedRoute
from app.model.scenario import Scenario

SUFFIX = ".routewright"

FORMAT_VERSION = 2
"""Raised by every change after which an older Routewright would misread a document."""

_MANIFEST = "routewright.json"
_ROUTES = "routes.csv"
_ROUTES_HEADER = ("route", "vehicle", "customer")
"""Of the first version; the second has ``number``, which vehicle of its type, and ``lock`` after them."""


@dataclass(frozen=True, slots=True)
class LoadedDocument:
    """What a document holds.

    Parameters
    ----------
    scenario
        None when nothing of it can be read; with issues, it is made of the good rows.
    plan
        Only vehicles and customers of the scenario are in it.
    issues
        What is damaged; nothing should be loaded until the user has seen them.
    read_only
        Whether to save over the file would lose something: a newer Routewright wrote it, and what it says more this one
        does not know, or it is damaged.
    notice
        A sentence for the user when it is read-only, else "".
    damaged
        Whether the file is not as it was saved, so that this is only what could be read of it.
    """

    scenario: Scenario | None
    plan: Plan = field(default_factory=Plan)
    issues: tuple[RowIssue, ...] = ()
    read_only: bool = False
    notice: str = ""
    damaged: bool = False


def save_document(path: str | Path, scenario: Scenario, plan: Plan) -> None:
    """Write a document in one step.

    Raises
    ------
    app.io.atomic.WriteError
        If it cannot be written; an older document of that name is kept whole.
    """
    write_file(path, document_bytes(State(scenario, plan)))


def document_bytes(state: State) -> bytes:
    """Return what the file of a document holds."""
    scenario, plan = state.scenario, state.plan
    files = scenario_files(scenario) | {_ROUTES: _routes_bytes(plan)}
    manifest = {
        "format": "routewright",
        "version": FORMAT_VERSION,
        "written by": f"routewright {__version__}",
        "files": list(files),
    }
    head = {_MANIFEST: json.dumps(manifest, indent=1).encode()}
    return zip_bytes(head | files)


def load_document(path: str | Path) -> LoadedDocument:
    """Read a document; whatever the file holds, no exception is raised."""
    path = Path(path)
    if path.is_dir():
        return LoadedDocument(None, issues=(RowIssue(path.name, 0, "", "", f"a {SUFFIX} document, not a folder"),))
    wanted = SCENARIO_FILES | {_MANIFEST, _ROUTES}
    bundle = read_bundle(path, wanted)
    issues = bundle.issues
    if bundle.torn:
        return _rest_of(path, salvaged(path, wanted), issues)
    manifest = _manifest(bundle.files.get(_MANIFEST)) if bundle.files or not issues else None
    if manifest is None:
        if not issues:
            issues.append(RowIssue(path.name, 0, "", "", "a document that Routewright saved"))
        return LoadedDocument(None, issues=tuple(issues))
    version, listed = manifest
    newer = version > FORMAT_VERSION
    needed = frozenset(FILES.values()) | {_ROUTES} | (frozenset(listed) & frozenset(MATRIX_FILES.values()))
    for file in sorted(needed - bundle.files.keys() - {issue.file for issue in issues}):
        issues.append(RowIssue(file, 0, "", "", "this file inside the document"))
    made = assemble(bundle.files, exact=True)
    issues += [one for one in made.issues if not (newer and _is_novelty(one))]
    plan = _plan(bundle.files.get(_ROUTES, b""), made.scenario, issues)
    notice = (
        f"{path.name} was saved by a newer Routewright (format {version}, this one knows {FORMAT_VERSION}). "
        "It is open read-only: what you change in it can be saved under another name."
    )
    return LoadedDocument(
        made.scenario if len(made.missing) < len(FILES) else None,
        plan,
        tuple(dict.fromkeys(issues)),
        newer,
        notice if newer else "",
    )


def _rest_of(path: Path, bundle: Bundle, issues: list[RowIssue]) -> LoadedDocument:
    """Return what is left of a document whose archive is damaged; ``issues`` say so already."""
    manifest = _manifest(bundle.files.get(_MANIFEST))
    version, listed = manifest or (FORMAT_VERSION, [*FILES.values(), _ROUTES])
    issues += bundle.issues
    made = assemble(bundle.files, exact=True)
    scenario = made.scenario
    if version > FORMAT_VERSION or not (scenario.customers or scenario.depots or scenario.vehicles):
        return LoadedDocument(None, issues=tuple(issues), damaged=True)
    for file in sorted({*FILES.values(), _ROUTES, *listed} - bundle.files.keys() - {_MANIFEST}):
        issues.append(RowIssue(file, 0, "", "", "this file inside the document"))
    issues += made.issues
    plan = _plan(bundle.files.get(_ROUTES, b""), scenario, issues)
    notice = (
        f"{path.name} is damaged. What could be read of it is open as a new document, and the file stays as it is; "
        "it may be whole among the earlier versions."
    )
    return LoadedDocument(scenario, plan, tuple(dict.fromkeys(issues)), True, notice, damaged=True)


def _is_novelty(issue: RowIssue) -> bool:
    """Whether an issue is a column or setting that only a newer Routewright knows."""
    return issue.expected.startswith(("one of these headers", "one of these settings"))


def _manifest(data: bytes | None) -> tuple[int, list[str]] | None:
    """Return the format's version and the files that the document should have; None when there is no telling."""
    try:
        manifest = json.loads(data or b"")
    except (ValueError, RecursionError):
        return None
    if not isinstance(manifest, dict) or manifest.get("format") != "routewright":
        return None
    version, files = manifest.get("version"), manifest.get("files")
    if not isinstance(version, int) or version < 1 or not isinstance(files, list):
        return None
    return version, [file for file in files if isinstance(file, str)]


def _routes_bytes(plan: Plan) -> bytes:
    rows = [
        [str(place), guarded(route.vehicle), guarded(stop), str(route.number or ""), plan.locks.get(stop, "")]
        for place, route in enumerate(plan.routes, start=1)
        for stop in route.stops or ("",)
    ]
    return csv_bytes([(*_ROUTES_HEADER, "number", "lock"), *rows])


def _plan(data: bytes, scenario: Scenario, issues: list[RowIssue]) -> Plan:
    try:
        rows = list(rows_of(decoded(data), ","))
    except EncodingError:
        issues.append(RowIssue(_ROUTES, 0, "", "", "text in UTF-8"))
        return Plan()
    routes: dict[str, tuple[str, int, list[str]]] = {}
    served: Counter[str] = Counter()
    locks: dict[str, Lock] = {}
    for row in rows[1:]:
        if row.fault or len(row.cells) < len(_ROUTES_HEADER):
            issues.append(RowIssue(_ROUTES, row.line, "", "", row.fault or f"{len(_ROUTES_HEADER)} cells"))
            continue
        place, vehicle, stop = row.cells[0], unguarded(row.cells[1]), unguarded(row.cells[2])
        number, lock = (*row.cells[3:], "", "")[:2]
        if vehicle not in scenario.vehicles or routes.get(place, (vehicle,))[0] != vehicle:
            issues.append(RowIssue(_ROUTES, row.line, "vehicle", vehicle, "a vehicle, the same in all rows of a route"))
            continue
        if number and not (number.isascii() and number.isdecimal() and int(number) > 0):
            issues.append(RowIssue(_ROUTES, row.line, "number", number, "a whole number from 1, or nothing"))
            number = ""
        if lock and lock not in tuple(Lock):
            issues.append(RowIssue(_ROUTES, row.line, "lock", lock, f"{', '.join(Lock)}, or nothing"))
            lock = ""
        stops = routes.setdefault(place, (vehicle, int(number or 0), []))[2]
        served[stop] += bool(stop)
        if stop and (stop not in scenario.customers or served[stop] > 1):
            issues.append(RowIssue(_ROUTES, row.line, "customer", stop, "a customer, every one once"))
        elif stop:
            stops.append(stop)
            locks |= {stop: Lock(lock)} if lock else {}
    return Plan(tuple(PlannedRoute(vehicle, tuple(stops), number) for vehicle, number, stops in routes.values()), locks)
