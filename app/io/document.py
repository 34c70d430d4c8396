"""The document: one file with a scenario and its plan, or several variants of both, saved in one step.

A ``.routewright`` file is a zip archive of the CSV files of a scenario folder, ``routes.csv`` with the plan, and
``routewright.json`` with the version of the format. It holds what the window holds, a scenario that cannot be solved
yet included, so it is read without asking whether it makes sense.

Where travel is by roads or from a server, ``travel.npz`` has the ways between all places, so that the document can be
planned with on a computer that has no such network, or reaches no server.

Of several variants the first lies there as if it were alone, so that a program which knows of one only reads that. The
files of the second have names such as ``variant-2-customers.csv``, and so on; the manifest says what each is called.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from app.io import kept_travel
from app.io.assemble import assemble, one_of_settings
from app.io.atomic import write_file
from app.io.bundle import Bundle, read_bundle
from app.io.cells import guarded, unguarded
from app.io.columns import COLUMNS, FILES, MATRIX_FILES, ROAD_FILES, SCENARIO_FILES
from app.io.issues import RowIssue
from app.io.manifest import FORMAT_VERSION, MANIFEST, Manifest, manifest_bytes, manifest_of
from app.io.records import one_of_headers
from app.io.salvage import salvaged
from app.io.tables import EncodingError, csv_bytes, decoded, rows_of
from app.io.write_scenario import scenario_files, zip_bytes
from app.language import tr, trn
from app.model.kept_travel import kept_travel as travel
from app.model.patch import TABLES, Item, State, table_of
from app.model.plan import Lock, Plan, PlannedRoute
from app.model.road_travel import ways_to_keep
from app.model.scenario import Scenario
from app.model.server_travel import tell_again
from app.model.variants import MOST_VARIANTS, Variant, Variants, free_name, plain_name

SUFFIX = ".routewright"

_ROUTES = "routes.csv"
_ROUTES_HEADER = ("route", "vehicle", "customer")
"""Of the first version; the second has ``number``, which vehicle of its type, and ``lock`` after them."""
_STATE_FILES = SCENARIO_FILES | {_ROUTES}
"""Names of all files that a variant may have."""


@dataclass(frozen=True, slots=True)
class LoadedDocument:
    """What a document holds.

    Parameters
    ----------
    scenario
        Of the first variant. None when nothing of it can be read; with issues, it is made of the good rows.
    plan
        Of the first variant. Only vehicles and customers of the scenario are in it.
    issues
        What is damaged; nothing should be loaded until the user has seen them.
    read_only
        Whether to save over the file would lose something: a newer Routewright wrote it, and what it says more this one
        does not know, or it is damaged.
    notice
        A sentence for the user when it is read-only, else "".
    damaged
        Whether the file is not as it was saved, so that this is only what could be read of it.
    name
        Of the first variant.
    others
        The other variants.
    present
        Place of the variant that was shown when the document was saved.
    """

    scenario: Scenario | None
    plan: Plan = field(default_factory=Plan)
    issues: tuple[RowIssue, ...] = ()
    read_only: bool = False
    notice: str = ""
    damaged: bool = False
    name: str = ""
    others: tuple[Variant, ...] = ()
    present: int = 0

    @property
    def variants(self) -> Variants | None:
        """All variants; None when nothing can be read."""
        if self.scenario is None:
            return None
        first = Variant(self.name or free_name(()), State(self.scenario, self.plan))
        return Variants((first, *self.others), self.present)


def save_document(path: str | Path, scenario: Scenario, plan: Plan) -> None:
    """Write a document of one variant in one step.

    Raises
    ------
    app.io.atomic.WriteError
        If it cannot be written; an older document of that name is kept whole.
    """
    save_variants(path, Variants.of(State(scenario, plan)))


def save_variants(path: str | Path, variants: Variants) -> None:
    """Write a document in one step.

    Raises
    ------
    app.io.atomic.WriteError
        If it cannot be written; an older document of that name is kept whole.
    """
    write_file(path, document_bytes(variants))


def document_bytes(variants: Variants, *, at_home: bool = False) -> bytes:
    """Return what the file of a document holds.

    Parameters
    ----------
    variants
        All of them.
    at_home
        Whether it is for this computer only: then the ways that its own road networks know are left out.
    """
    files: dict[str, bytes] = {}
    for place, one in enumerate(variants.items):
        state = scenario_files(one.state.scenario) | {_ROUTES: _routes_bytes(one.state.plan)}
        files |= {_member(place, file): data for file, data in state.items()}
    kept = [ways for one in variants.items for ways in ways_to_keep(one.state.scenario, at_home=at_home)]
    if kept:
        files[kept_travel.FILE] = kept_travel.travel_bytes(kept)
    return zip_bytes({MANIFEST: manifest_bytes(variants, files)} | files)


def load_document(path: str | Path) -> LoadedDocument:
    """Read a document; whatever the file holds, no exception is raised."""
    path = Path(path)
    if path.is_dir():
        return LoadedDocument(
            None, issues=(RowIssue(path.name, 0, "", "", tr("a {suffix} document, not a folder", suffix=SUFFIX)),)
        )
    wanted = {MANIFEST, kept_travel.FILE} | {
        _member(place, file) for place in range(MOST_VARIANTS) for file in _STATE_FILES
    }
    bundle = read_bundle(path, wanted)
    issues = bundle.issues
    travel().keep(kept_travel.read_travel(bundle.files.pop(kept_travel.FILE, b"")))
    if bundle.torn:
        return _rest_of(path, salvaged(path, frozenset(wanted)), issues)
    manifest = manifest_of(bundle.files.get(MANIFEST)) if bundle.files or not issues else None
    if manifest is None:
        if not issues:
            issues.append(RowIssue(path.name, 0, "", "", tr("a document that Routewright saved")))
        return LoadedDocument(None, issues=tuple(issues))
    notice = tr(
        "{file} was saved by a newer Routewright (format {format}, this one knows {known}). "
        "It is open read-only: what you change in it can be saved under another name.",
        file=path.name,
        format=manifest.version,
        known=FORMAT_VERSION,
    )
    loaded = _loaded(bundle.files, manifest, issues)
    for one in loaded.variants.items if loaded.variants else ():
        tell_again(one.state.scenario)
    return replace(loaded, read_only=manifest.newer, notice=notice if manifest.newer else "")


def _rest_of(path: Path, bundle: Bundle, issues: list[RowIssue]) -> LoadedDocument:
    """Return what is left of a document whose archive is damaged; ``issues`` say so already."""
    listed = frozenset((*FILES.values(), _ROUTES))
    found = [place for place in range(1, MOST_VARIANTS) if any(_member(place, file) in bundle.files for file in listed)]
    nameless = Manifest(FORMAT_VERSION, listed, ("",) * (1 + max(found, default=0)))
    manifest = manifest_of(bundle.files.get(MANIFEST)) or nameless
    issues += bundle.issues
    loaded = _loaded(bundle.files, manifest, issues)
    scenario = loaded.scenario or Scenario()
    if manifest.newer or not (scenario.customers or scenario.depots or scenario.vehicles):
        return LoadedDocument(None, issues=tuple(issues), damaged=True)
    notice = tr(
        "{file} is damaged. What could be read of it is open as a new document, and the file stays as it is; "
        "it may be whole among the earlier versions.",
        file=path.name,
    )
    return replace(loaded, read_only=True, notice=notice, damaged=True)


def _loaded(files: Mapping[str, bytes], manifest: Manifest, issues: list[RowIssue]) -> LoadedDocument:
    """Return the variants whose files these are; what is wrong with them is added to ``issues``."""
    if len(manifest.names) > MOST_VARIANTS:
        issues.append(
            RowIssue(MANIFEST, 0, "variants", str(len(manifest.names)), tr("at most {most}", most=MOST_VARIANTS))
        )
    titles = manifest.names[:MOST_VARIANTS]
    states = [_state(files, place, manifest, issues) for place in range(len(titles))]
    first = states[0] or State()
    others: list[Variant] = []
    names: list[str] = []
    for text, state in zip(titles, states, strict=True):
        names.append(plain_name(text, names) or free_name(names))
        if len(names) > 1 and state is not None:
            others.append(Variant(names[-1], _sharing(state, first)))
    return LoadedDocument(
        first.scenario if states[0] is not None else None,
        first.plan,
        tuple(dict.fromkeys(issues)),
        name=names[0],
        others=tuple(others),
        present=manifest.present if len(others) + 1 == len(manifest.names) else 0,  # else one of them is lost
    )


def _state(files: Mapping[str, bytes], place: int, manifest: Manifest, issues: list[RowIssue]) -> State | None:
    """Return what one variant holds; None when nothing of it can be read."""
    mine = {file: data for file in _STATE_FILES if (data := files.get(_member(place, file))) is not None}
    found: list[RowIssue] = []
    needed = {*FILES.values(), _ROUTES}
    needed |= {
        file for file in (*ROAD_FILES.values(), *MATRIX_FILES.values()) if _member(place, file) in manifest.files
    }
    known = {issue.file for issue in issues}
    for file in sorted(needed - mine.keys()):
        if _member(place, file) not in known:
            found.append(RowIssue(file, 0, "", "", tr("this file inside the document")))
    made = assemble(mine, exact=True)
    found += [one for one in made.issues if not (manifest.newer and _is_novelty(one))]
    plan = _plan(mine.get(_ROUTES, b""), made.scenario, found)
    issues += [replace(one, file=_member(place, one.file)) for one in found]
    return State(made.scenario, plan) if len(made.missing) < len(FILES) else None


def _member(place: int, file: str) -> str:
    """Return the name of a variant's file; no two are the same in whatever folder, nor alike."""
    return file if place == 0 else f"variant-{place + 1}-{file}"


def _sharing(state: State, first: State) -> State:
    """Return the same state made of the objects of another one as far as they are equal.

    Variants differ in little: so they take little room, and what differs is found at once.
    """
    scenario, model = state.scenario, first.scenario
    tables = {kind: _shared(table_of(scenario, kind), table_of(model, kind)) for kind in TABLES}
    settings = model.settings if scenario.settings == model.settings else scenario.settings
    matrix = model.matrix if scenario.matrix == model.matrix else scenario.matrix
    same = settings is model.settings and matrix is model.matrix
    if same and all(table is table_of(model, kind) for kind, table in tables.items()):
        return State(model, state.plan)
    return State(replace(scenario, **tables, settings=settings, matrix=matrix), state.plan)  # type: ignore[arg-type]


def _shared(table: Mapping[str, Item], model: Mapping[str, Item]) -> Mapping[str, Item]:
    made = {key: there if (there := model.get(key)) == item else item for key, item in table.items()}
    same = list(made) == list(model) and all(made[key] is item for key, item in model.items())
    return model if same else made


def _is_novelty(issue: RowIssue) -> bool:
    """Whether an issue is a column or setting that only a newer Routewright knows."""
    return issue.expected == one_of_settings() or issue.expected in map(one_of_headers, COLUMNS)


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
        issues.append(RowIssue(_ROUTES, 0, "", "", tr("text in {encoding}", encoding="UTF-8")))
        return Plan()
    routes: dict[str, tuple[str, int, list[str]]] = {}
    served: Counter[str] = Counter()
    locks: dict[str, Lock] = {}
    for row in rows[1:]:
        if row.fault or len(row.cells) < len(_ROUTES_HEADER):
            wanted = row.fault or trn("{number} cell", "{number} cells", len(_ROUTES_HEADER))
            issues.append(RowIssue(_ROUTES, row.line, "", "", wanted))
            continue
        place, vehicle, stop = row.cells[0], unguarded(row.cells[1]), unguarded(row.cells[2])
        number, lock = (*row.cells[3:], "", "")[:2]
        if vehicle not in scenario.vehicles or routes.get(place, (vehicle,))[0] != vehicle:
            wanted = tr("a vehicle, the same in all rows of a route")
            issues.append(RowIssue(_ROUTES, row.line, "vehicle", vehicle, wanted))
            continue
        if number and not (number.isascii() and number.isdecimal() and int(number) > 0):
            issues.append(RowIssue(_ROUTES, row.line, "number", number, tr("a whole number from 1, or nothing")))
            number = ""
        if lock and lock not in tuple(Lock):
            issues.append(RowIssue(_ROUTES, row.line, "lock", lock, tr("{words}, or nothing", words=", ".join(Lock))))
            lock = ""
        stops = routes.setdefault(place, (vehicle, int(number or 0), []))[2]
        served[stop] += bool(stop)
        if stop and (stop not in scenario.customers or served[stop] > 1):
            issues.append(RowIssue(_ROUTES, row.line, "customer", stop, tr("a customer, every one once")))
        elif stop:
            stops.append(stop)
            locks |= {stop: Lock(lock)} if lock else {}
    return Plan(tuple(PlannedRoute(kind, tuple(stops), number) for kind, number, stops in routes.values()), locks)
