import json
import zipfile
from pathlib import Path

import pytest

from app.io import load_document, save_document
from app.io.write_scenario import zip_bytes
from app.model.plan import Plan, PlannedRoute
from tests.app.io.scenarios import full_scenario

PLAN = Plan((PlannedRoute("van", ("c1", "c3")), PlannedRoute("bike", ())))


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
    assert loaded.plan == Plan((PlannedRoute("van", ("c1",)), PlannedRoute("bike", ("c4",))))


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
