import json
import zipfile
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest

from app.io import load_document, read_scenario, save_document, save_variants
from app.io.write_scenario import zip_bytes
from app.model.patch import State
from app.model.plan import Plan, PlannedRoute
from app.model.scenario import ServerKind, TravelSource
from app.model.traffic import Traffic
from app.model.variants import Variant, Variants
from solver.roads.modes import Mode, ModeKind
from tests.app.io.scenarios import full_scenario

PLAN = Plan((PlannedRoute("van", ("c1", "c3"), 1), PlannedRoute("bike", (), 1)))


def members(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture
def document(tmp_path: Path) -> Path:
    save_document(tmp_path / "day.routewright", full_scenario(), PLAN)
    return tmp_path / "day.routewright"


def rewrite(document: Path, **changes: bytes | None) -> None:
    """Replace or, with None, remove members; ``_`` stands for the dot."""
    files = members(document) | {name.replace("_", "."): data for name, data in changes.items()}
    document.write_bytes(zip_bytes({name: data for name, data in files.items() if data is not None}))


def test_a_document_comes_back(document: Path) -> None:
    loaded = load_document(document)
    assert (loaded.scenario, loaded.plan, loaded.issues) == (full_scenario(), PLAN, ())
    assert not loaded.read_only


def test_a_newer_document_is_open_for_reading_only(document: Path) -> None:
    manifest = json.loads(members(document)["routewright.json"]) | {"version": 99}
    settings = members(document)["settings.csv"] + b"weather,rain\r\n"
    rewrite(document, routewright_json=json.dumps(manifest).encode(), settings_csv=settings)
    loaded = load_document(document)
    assert loaded.read_only
    assert "newer" in loaded.notice
    assert loaded.issues == ()
    assert (loaded.scenario, loaded.plan) == (full_scenario(), PLAN)


def test_only_hours_of_zones_make_a_document_that_older_programs_do_not_know(document: Path) -> None:
    assert json.loads(members(document)["routewright.json"])["version"] == 2
    assert b"vehicle hours" not in members(document)["zones.csv"]
    scenario = full_scenario()
    key, zone = next(iter(scenario.zones.items()))
    hours = MappingProxyType({next(iter(scenario.vehicles)): ((6 * 3600, 11 * 3600), (18 * 3600, 20 * 3600))})
    timed = replace(scenario, zones={**scenario.zones, key: replace(zone, hours=hours)})
    save_document(document, timed, PLAN)
    assert json.loads(members(document)["routewright.json"])["version"] == 3
    loaded = load_document(document)
    assert (loaded.scenario, loaded.issues, loaded.read_only) == (timed, (), False)


@pytest.mark.parametrize(
    "settings",
    [
        {"travel": TravelSource.ROADS},
        {"travel": TravelSource.SERVER},
        {"network": "helsinki"},
        {"modes": (Mode("van", ModeKind.VAN, speed_factor=0.9, hazmat=True),)},
        {"server": "http://localhost:5000"},
        {"server_kind": ServerKind.VALHALLA},
        {"traffic": Traffic()},
        {},
    ],
)
def test_only_roads_make_a_document_that_programs_without_them_do_not_know(
    document: Path, settings: dict[str, Any]
) -> None:
    whole = full_scenario()
    assert {"modes.csv", "traffic.csv"}.isdisjoint(members(document))
    assert b"road pace" not in members(document)["zones.csv"]
    key, zone = next(iter(whole.zones.items()))
    zones = whole.zones if settings else {**whole.zones, key: replace(zone, pace=0.25)}
    roads = replace(whole, settings=replace(whole.settings, **settings), zones=zones)
    save_document(document, roads, PLAN)
    assert json.loads(members(document)["routewright.json"])["version"] == 4
    loaded = load_document(document)
    assert (loaded.scenario, loaded.issues, loaded.read_only) == (roads, (), False)


@pytest.mark.parametrize(
    "manifest", [None, b"", b"[]", b"{}", b'{"format": "routewright", "version": "x"}', b"[" * 10**5]
)
def test_without_its_manifest_it_is_no_document(document: Path, manifest: bytes | None) -> None:
    rewrite(document, routewright_json=manifest)
    loaded = load_document(document)
    assert loaded.scenario is None
    assert len(loaded.issues) == 1


@pytest.mark.parametrize("file", ["customers_csv", "zones_csv", "routes_csv"])
def test_a_missing_member_is_an_issue(document: Path, file: str) -> None:
    rewrite(document, **{file: None})
    assert [issue.file for issue in load_document(document).issues][:1] == [file.replace("_", ".")]


def test_a_damaged_plan_keeps_what_fits_the_scenario(document: Path) -> None:
    rewrite(
        document,
        routes_csv=b"route,vehicle,customer\n1,van,c1\n1,van,gone\n1,bike,c2\n2,tank,c3\n2,bike,c1\n2,bike,c4\nx\n",
    )
    loaded = load_document(document)
    assert [issue.row for issue in loaded.issues] == [3, 4, 5, 6, 8]
    assert loaded.plan == Plan((PlannedRoute("van", ("c1",), 1), PlannedRoute("bike", ("c4",), 1)))


def test_a_document_cut_anywhere_is_told_to_be_damaged(document: Path) -> None:
    whole = document.read_bytes()
    for end in range(0, len(whole), 97):
        document.write_bytes(whole[:end])
        loaded = load_document(document)
        assert loaded.scenario is None or (loaded.read_only and loaded.damaged)
        assert loaded.issues


def test_a_folder_or_nothing_is_no_document(tmp_path: Path) -> None:
    assert load_document(tmp_path).scenario is None
    assert load_document(tmp_path / "none.routewright").issues


# Variants


def varied(count: int = 3) -> Variants:
    """The full scenario in variants with other plans, of which the last one has other customers as well."""
    states = [State(full_scenario(), Plan((PlannedRoute("van", stops),))) for stops in (("c1",), ("c2", "c1"))]
    small = replace(full_scenario(), customers={}, settings=replace(full_scenario().settings, currency="£"))
    states.append(State(small, Plan()))
    names = ("Monday", "=cmd|' /C calc'!A0", "Räder 🚲")
    items = tuple(Variant(name, state) for name, state in zip(names, states, strict=True))
    return Variants(items[:count], count - 1)


def test_variants_come_back(tmp_path: Path) -> None:
    path = tmp_path / "day.routewright"
    save_variants(path, varied())
    loaded = load_document(path)
    assert (loaded.variants, loaded.issues) == (varied(), ())
    assert (loaded.scenario, loaded.plan) == (varied().items[0].state.scenario, varied().items[0].state.plan)


def test_what_variants_share_is_there_once(tmp_path: Path) -> None:
    path = tmp_path / "day.routewright"
    save_variants(path, varied())
    variants = load_document(path).variants
    assert variants is not None
    first, second, third = (one.state.scenario for one in variants.items)
    assert second is first
    assert third.vehicles is first.vehicles
    assert third.settings is not first.settings


def test_a_program_that_knows_one_variant_only_reads_the_first(tmp_path: Path) -> None:
    path = tmp_path / "day.routewright"
    save_variants(path, varied())
    with zipfile.ZipFile(path) as archive:
        names = [Path(name).name.casefold() for name in archive.namelist()]
    assert len(set(names)) == len(names)  # such a program goes by the names without folders
    path.rename(tmp_path / "day.zip")
    read = read_scenario(tmp_path / "day.zip")
    assert (read.scenario, read.issues) == (varied().items[0].state.scenario, ())


def test_a_document_from_before_variants_has_one(document: Path) -> None:
    manifest = json.loads(members(document)["routewright.json"])
    del manifest["variants"], manifest["present"]
    rewrite(document, routewright_json=json.dumps(manifest | {"version": 1}).encode())
    loaded = load_document(document)
    assert loaded.variants == Variants.of(State(full_scenario(), PLAN))
    assert not loaded.read_only


def test_what_is_wrong_in_a_variant_names_its_file(tmp_path: Path) -> None:
    path = tmp_path / "day.routewright"
    save_variants(path, varied(2))
    files = members(path)
    del files["variant-2-zones.csv"]
    files["variant-2-routes.csv"] = b"route,vehicle,customer\n1,tank,c1\n"
    path.write_bytes(zip_bytes(files))
    loaded = load_document(path)
    assert {(issue.file, issue.row) for issue in loaded.issues} == {
        ("variant-2-zones.csv", 0),
        ("variant-2-routes.csv", 2),
    }
    assert loaded.variants is not None
    assert loaded.variants.items[1].state.plan == Plan()
    assert loaded.variants.items[1].state.scenario.customers == full_scenario().customers


@pytest.mark.parametrize(
    ("names", "present", "expected"),
    [
        (["A", "a"], 1, ("A", "a (2)")),
        (["", " "], 9, ("Variant 1", "Variant 2")),
        (["A\nB", "C"], -1, ("A B", "C")),
        (["A", "B"], "x", ("A", "B")),
    ],
)
def test_names_that_somebody_else_wrote_are_put_right(
    tmp_path: Path, names: list[str], present: object, expected: tuple[str, ...]
) -> None:
    path = tmp_path / "day.routewright"
    save_variants(path, varied(2))
    manifest = json.loads(members(path)["routewright.json"]) | {"variants": names, "present": present}
    rewrite(path, routewright_json=json.dumps(manifest).encode())
    variants = load_document(path).variants
    assert variants is not None
    assert variants.names == expected
    assert variants.present == (1 if present == 1 else 0)


@pytest.mark.parametrize("names", [[], "A", [1], [["A"]]])
def test_variants_without_telling_are_no_document(tmp_path: Path, names: object) -> None:
    path = tmp_path / "day.routewright"
    save_variants(path, varied(2))
    manifest = json.loads(members(path)["routewright.json"]) | {"variants": names}
    rewrite(path, routewright_json=json.dumps(manifest).encode())
    assert load_document(path).scenario is None


def test_more_variants_than_there_can_be_are_told_of(document: Path) -> None:
    manifest = json.loads(members(document)["routewright.json"]) | {"variants": ["A"] * 1000}
    rewrite(document, routewright_json=json.dumps(manifest).encode())
    loaded = load_document(document)
    assert any(issue.column == "variants" for issue in loaded.issues)
    assert loaded.scenario == full_scenario()
