"""A damaged archive: what can be read of it is read, and whatever may be wrong is told."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from app.io.document import load_document, save_document
from app.io.salvage import salvaged
from app.model.plan import Plan, PlannedRoute
from app.model.scenario import Customer, Depot, Scenario, Vehicle
from app.model.validate import issues_of

NAMES = frozenset({"a.csv", "b.csv"})
PLAN = Plan((PlannedRoute("van", tuple(f"c{number}" for number in range(0, 200, 2)), 1),))


def archive(path: Path, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Two members of a hundred lines each."""
    with zipfile.ZipFile(path, "w", method) as made:
        for name in sorted(NAMES):
            made.writestr(name, "".join(f"{name},{number * 7919}\n" for number in range(100)))
    return path.read_bytes()


def day() -> Scenario:
    return Scenario(
        {"hub": Depot("hub", "Hub", 60.0, 25.0)},
        {"van": Vehicle("van", "Van", 2, (9.0,), "hub", "hub")},
        {f"c{n}": Customer(f"c{n}", f"Shop {n * 7919 % 1000}", 60 + n / 999, 25.0, (1.0,)) for n in range(200)},
    )


@pytest.fixture
def document(tmp_path: Path) -> Path:
    save_document(tmp_path / "day.routewright", day(), PLAN)
    return tmp_path / "day.routewright"


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED])
def test_cut_anywhere_what_comes_before_the_cut_is_read(tmp_path: Path, method: int) -> None:
    path = tmp_path / "x.zip"
    whole = archive(path, method)
    with zipfile.ZipFile(path) as made:
        members = {name: made.read(name) for name in NAMES}
    lines = 0
    for end in range(0, len(whole), 23):
        path.write_bytes(whole[:end])
        bundle = salvaged(path, NAMES)
        for name, content in bundle.files.items():
            assert members[name].startswith(content)
            assert content == members[name] or content.endswith(b"\n") or not content
        torn = {name for name, content in bundle.files.items() if content != members[name]}
        assert {issue.file for issue in bundle.issues} == torn
        count = sum(content.count(b"\n") for content in bundle.files.values())
        assert count >= lines  # the more is there, the more is read
        lines = count
    assert lines == 200


def test_any_damaged_byte_is_told_or_does_no_harm(document: Path) -> None:
    whole = document.read_bytes()
    for at in range(0, len(whole), 31):
        document.write_bytes(whole[:at] + bytes([whole[at] ^ 0x55]) + whole[at + 1 :])
        loaded = load_document(document)
        assert loaded.issues or (loaded.scenario, loaded.plan) == (day(), PLAN)


def test_a_document_cut_anywhere_says_what_could_be_read(document: Path) -> None:
    whole = document.read_bytes()
    most = 0
    for end in range(0, len(whole) - 1, 149):
        document.write_bytes(whole[:end])
        loaded = load_document(document)
        assert loaded.issues
        if loaded.scenario is None:
            continue
        assert loaded.read_only
        assert loaded.damaged
        assert document.name in loaded.notice
        customers = loaded.scenario.customers
        assert all(day().customers[key] == customer for key, customer in customers.items())
        assert list(customers) == list(day().customers)[: len(customers)]
        assert loaded.plan.served <= customers.keys()
        most = max(most, len(customers))
    assert most == 200


def test_what_was_read_can_be_worked_with(document: Path) -> None:
    whole = document.read_bytes()
    document.write_bytes(whole[: whole.rindex(b"PK\x01\x02") - 100])  # into the directory, and a bit of the last member
    loaded = load_document(document)
    assert loaded.scenario is not None
    assert issues_of(loaded.scenario) == []


def test_without_any_member_there_is_nothing(tmp_path: Path) -> None:
    path = tmp_path / "x.routewright"
    for content in (b"", b"no archive at all", b"PK\x03\x04", b"PK\x03\x04" * 20):
        path.write_bytes(content)
        assert salvaged(path, NAMES).files == {}
        assert load_document(path).scenario is None
    assert salvaged(tmp_path / "none", NAMES).files == {}
