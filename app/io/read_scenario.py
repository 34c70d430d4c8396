"""Read a scenario from a folder, an archive, or a benchmark file, and say of everything that is wrong where it stands.

The contract: `ReadResult.issues` lists every bad row of every file, and `ReadResult.scenario` is what the good rows
make. Whoever opens a file shows the issues first and loads the scenario only when there are none, or when the user
has seen them and wants the good rows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

from app.io.assemble import Assembly, assemble
from app.io.benchmark_files import read_solomon, read_vrplib
from app.io.bundle import Bundle, read_bundle, read_one
from app.io.columns import FILES, MATRIX_FILES, ROAD_FILES, SCENARIO_FILES, file_of, header_of, plain_header
from app.io.issues import RowIssue
from app.io.records import Record
from app.language import tr
from app.model.scenario import Profile, Scenario, Settings, Window, Zone
from app.model.validate import NONE, Issue, issues_of, issues_of_item
from app.model.validate_roads import of_this_computer

_ITEM_KINDS = ("depots", "vehicles", "customers", "profiles", "zones")
_INDISPENSABLE = ("depots", "vehicles", "customers")


@dataclass(frozen=True, slots=True)
class ReadResult:
    """What came out of reading a scenario.

    Parameters
    ----------
    scenario
        Made of the good rows; None when there is nothing to make one of.
    issues
        All that is wrong, in the order of files and rows.
    """

    scenario: Scenario | None
    issues: tuple[RowIssue, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether the scenario is all that the file says."""
        return self.scenario is not None and not self.issues


def read_scenario(path: str | Path) -> ReadResult:
    """Read a scenario.

    Parameters
    ----------
    path
        A folder or .zip of CSV files, a VRPLIB .vrp, or a Solomon .txt.

    Returns
    -------
    ReadResult
        No exception is raised for anything that a file may hold.
    """
    path = Path(path)
    kind = path.suffix.casefold()
    if kind in (".vrp", ".txt") and not path.is_dir():
        bundle = Bundle()
        data = read_one(path, bundle)
        if data is None:
            return ReadResult(None, tuple(bundle.issues))
        scenario, issues = (read_vrplib if kind == ".vrp" else read_solomon)(path.name, data)
        return ReadResult(scenario, tuple(issues))
    bundle = read_bundle(path, SCENARIO_FILES)
    if bundle.issues and not bundle.files:
        return ReadResult(None, tuple(bundle.issues))
    result = read_files(bundle.files)
    return ReadResult(result.scenario, (*bundle.issues, *result.issues))


def read_files(files: Mapping[str, bytes]) -> ReadResult:
    """Read a scenario from the bytes of its files, by name; see `read_scenario`."""
    made = assemble(files, exact=False)
    absent = [FILES[kind] for kind in _INDISPENSABLE if FILES[kind] in made.missing]
    for file in absent:
        if file not in files:
            made.issues.append(RowIssue(file, 0, "", "", tr("a file of this name")))
    if absent:
        return ReadResult(None, _in_order(made.issues))
    scenario = _without_faults(made)
    return ReadResult(scenario, _in_order(made.issues))


def _in_order(issues: list[RowIssue]) -> tuple[RowIssue, ...]:
    files = [*FILES.values(), *ROAD_FILES.values(), *MATRIX_FILES.values()]
    rank = {file: index for index, file in enumerate(files)}
    return tuple(sorted(dict.fromkeys(issues), key=lambda one: (rank.get(one.file, -1), one.row)))


def _without_faults(made: Assembly) -> Scenario:
    """Leave out what the model finds wrong, until nothing more follows from that; each finding becomes an issue."""
    scenario = made.scenario
    seen: dict[RowIssue, None] = {}  # a set that keeps its order
    while True:
        scenario = _with_sound_rules(made, scenario, seen)
        found = [issue for issue in issues_of(scenario) if not of_this_computer(issue)]
        seen |= dict.fromkeys(_row_issue(made, issue) for issue in found if not _is_echo(scenario, issue))
        smaller = _left_out(scenario, found)
        if smaller == scenario:
            made.issues.extend(seen)
            return scenario
        scenario = smaller


def _is_echo(scenario: Scenario, issue: Issue) -> bool:
    """Whether an issue only repeats another: a vehicle that ends where it starts has one depot that is wrong."""
    vehicle = scenario.vehicles.get(issue.id) if issue.kind == "vehicles" and issue.field == "end_depot" else None
    return vehicle is not None and vehicle.end_depot == vehicle.start_depot


def _with_sound_rules(made: Assembly, scenario: Scenario, seen: dict[RowIssue, None]) -> Scenario:
    """Leave out single rules of profiles; to drop a whole profile would forget what its other rules forbid."""
    profiles: dict[str, Profile] = {}
    for key, profile in scenario.profiles.items():
        rules = dict(profile.rules)
        for vehicle, rule in profile.rules.items():
            for issue in issues_of_item(scenario, Profile(key, rules={vehicle: rule})):
                if issue.field != "id":
                    seen[_row_issue(made, issue, made.records["rules"][key, vehicle])] = None
                    rules.pop(vehicle, None)
        sound = len(rules) == len(profile.rules)
        profiles[key] = profile if sound else replace(profile, rules=MappingProxyType(rules))
    return replace(scenario, profiles=profiles)


def _left_out(scenario: Scenario, found: list[Issue]) -> Scenario:
    gone: dict[str, set[str]] = {kind: set() for kind in _ITEM_KINDS}
    settings = scenario.settings
    zones = dict(scenario.zones)
    for issue in found:
        if issue.kind == "modes":
            settings = replace(settings, modes=tuple(mode for mode in settings.modes if mode.id != issue.id))
        elif issue.kind == "traffic":
            settings = replace(settings, traffic=None)
        elif issue.kind == "settings":
            settings = replace(settings, **{issue.field: getattr(Settings(), issue.field)})  # the default
        elif issue.kind == "matrix":
            # A place without travel cannot be planned with; as an item it goes, the matrix stays.
            gone["depots"].add(issue.id)
            gone["customers"].add(issue.id)
        elif issue.kind == "zones" and issue.field == "forbidden":
            # The zone still holds for the other vehicles.
            zone = zones[issue.id]
            zones[issue.id] = replace(zone, forbidden=zone.forbidden - {issue.value})
        elif issue.kind == "zones" and issue.field == "hours":
            # So does its outline, and whom it is closed to.
            zone = zones[issue.id]
            zones[issue.id] = replace(zone, hours=_sound_hours(scenario, zone))
        elif issue.id:
            gone[issue.kind].add(issue.id)
    kept = {
        kind: {key: item for key, item in getattr(scenario, kind).items() if key not in gone[kind]}
        for kind in _ITEM_KINDS
    }
    kept["zones"] = {key: zones[key] for key in kept["zones"]}
    return Scenario(**kept, settings=settings, matrix=scenario.matrix)


def _sound_hours(scenario: Scenario, zone: Zone) -> Mapping[str, tuple[Window, ...]]:
    """Return the hours of a zone without those that make no sense."""
    sound = {}
    for vehicle, hours in zone.hours.items():
        alone = replace(zone, hours=MappingProxyType({vehicle: hours}))
        if not any(issue.field == "hours" for issue in issues_of_item(scenario, alone)):
            sound[vehicle] = hours
    return MappingProxyType(sound)


def _row_issue(made: Assembly, issue: Issue, record: Record | None = None) -> RowIssue:
    if issue.kind == "matrix":
        file = MATRIX_FILES["duration" if issue.field == "duration" else "distance"]
        return RowIssue(file, 0, "", issue.id, issue.expected)
    file = file_of(issue.kind)
    header = header_of(issue.kind, issue.field)
    if issue.kind == "settings":
        record = made.records["settings"].get(header.replace("_", " "))
        return RowIssue(file, record.line if record else 0, "value", issue.value, issue.expected)
    if not issue.id and not issue.field:  # the table as a whole
        return RowIssue(file, 0, "", "" if issue.value == NONE else issue.value, issue.expected)
    record = record or made.records[issue.kind].get(issue.id)
    return RowIssue(file, record.line if record else 0, header, _shown(record, header, issue), issue.expected)


def _shown(record: Record | None, header: str, issue: Issue) -> str:
    """Return what stands in the file, in preference to how the model puts it."""
    for name, cell in record.cells.items() if record else ():
        if plain_header(name) == plain_header(header):
            return cell
    return issue.value
