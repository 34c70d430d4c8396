"""Earlier versions: what was saved is kept, the last few and one a day, and what is old goes."""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from app.io import versions
from app.io.versions import DAYS, LATEST, LONGEST, Version, documents_with_versions, keep_version, kept, versions_of

NOON = datetime(2026, 5, 20, 12)


def save(path: Path, content: bytes, when: datetime) -> None:
    path.write_bytes(content)
    os.utime(path, (when.timestamp(), when.timestamp()))


def contents(document: Path, root: Path) -> list[bytes]:
    return [version.path.read_bytes() for version in versions_of(document, root)]


def version(when: datetime) -> Version:
    return Version(Path(when.isoformat()), when, 1)


def test_each_save_is_kept_once(tmp_path: Path) -> None:
    document, root = tmp_path / "day.routewright", tmp_path / "versions"
    assert keep_version(document, root)  # there is nothing yet
    assert versions_of(document, root) == []
    now = datetime.now()
    for number, content in enumerate((b"one", b"two", b"two", b"one")):
        save(document, content, now + timedelta(minutes=number))
        assert keep_version(document, root)
    assert contents(document, root) == [b"one", b"two", b"one"]
    assert os.name == "nt" or not versions_of(document, root)[0].path.parent.stat().st_mode & 0o077
    newest = versions_of(document, root)[0]
    assert (newest.size, newest.saved) == (3, datetime.fromtimestamp(document.stat().st_mtime))


def test_documents_are_told_apart_by_their_paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = tmp_path / "versions"
    for folder in ("b", "a"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "day.routewright").write_bytes(folder.encode())
        keep_version(tmp_path / folder / "day.routewright", root)
    assert contents(tmp_path / "a" / "day.routewright", root) == [b"a"]
    assert documents_with_versions(root) == [tmp_path / folder / "day.routewright" for folder in "ab"]
    monkeypatch.chdir(tmp_path)
    assert contents(Path("b/day.routewright"), root) == [b"b"]


def test_the_last_ones_and_one_a_day_stay() -> None:
    often = [version(NOON - timedelta(minutes=number)) for number in range(20)]
    daily = [version(NOON - timedelta(days=number)) for number in range(1, 20)]
    staying = kept([*daily, *often], NOON)
    assert staying == {*often[:LATEST], *daily[: DAYS - 1]}


def test_what_is_very_old_goes() -> None:
    old = version(NOON - LONGEST - timedelta(days=1))
    assert kept([old, version(NOON)], NOON) == {version(NOON)}


def test_copies_that_are_due_go(tmp_path: Path) -> None:
    document, other, root = tmp_path / "day.routewright", tmp_path / "old.routewright", tmp_path / "versions"
    now = datetime.now().replace(hour=12)
    save(other, b"old", now - LONGEST - timedelta(days=2))
    keep_version(other, root)
    for number in range(LATEST + 3):
        save(document, b"%d" % number, now + timedelta(seconds=number))
        keep_version(document, root)
    assert contents(document, root) == [b"%d" % number for number in range(LATEST + 2, 2, -1)]
    assert documents_with_versions(root) == [document]


def test_what_cannot_be_kept_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    document = tmp_path / "day.routewright"
    document.write_bytes(b"one")
    root = tmp_path / "a file"
    root.touch()
    assert not keep_version(document, root)
    assert versions_of(document, root) == []
    assert documents_with_versions(root) == []
    assert not keep_version(tmp_path, tmp_path / "versions")  # a folder is no document


def test_what_is_no_version_is_passed_over(tmp_path: Path) -> None:
    document, root = tmp_path / "day.routewright", tmp_path / "versions"
    document.write_bytes(b"one")
    keep_version(document, root)
    (folder,) = root.iterdir()
    (folder / "notes.routewright").touch()
    (root / "empty").mkdir()
    (root / "strange").mkdir()
    (root / "strange" / versions._INDEX).write_text("[]")
    assert contents(document, root) == [b"one"]
    assert documents_with_versions(root) == [document]
