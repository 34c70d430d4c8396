"""What a document was before it was first written in a newer format stays, whatever else goes."""

from __future__ import annotations

import os
import shutil
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from app.io import versions
from app.io.document import load_document, save_document
from app.io.manifest import FORMAT_VERSION, format_of, saved_format
from app.io.originals import Outgrown, all_versions_of, documents_with_any, keep_original, originals_folder
from app.io.versions import LONGEST, keep_version, versions_folder, versions_of
from app.model.variants import Variants
from tests.app.io import earlier

FILES = Path(__file__).parent / "files"


@pytest.fixture
def document(tmp_path: Path) -> Path:
    return Path(shutil.copy(FILES / "format-1.routewright", tmp_path / "day.routewright"))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "originals"


def put(path: Path, format: int) -> None:
    shutil.copy(FILES / f"format-{format}.routewright", path)


def formats(document: Path, root: Path) -> list[int | None]:
    return [saved_format(one.path) for one in reversed(versions_of(document, root))]


@pytest.mark.parametrize("format", range(1, FORMAT_VERSION + 1))
def test_a_file_tells_its_format(format: int) -> None:
    assert saved_format(FILES / f"format-{format}.routewright") == format


def test_what_is_no_document_has_no_format(tmp_path: Path) -> None:
    assert saved_format(tmp_path / "nowhere.routewright") is None
    assert saved_format(tmp_path) is None
    (tmp_path / "torn.routewright").write_bytes((FILES / "format-2.routewright").read_bytes()[:700])
    assert saved_format(tmp_path / "torn.routewright") is None


def test_the_format_is_the_oldest_that_says_all_variants() -> None:
    assert [format_of(Variants.of(earlier.day(format))) for format in (1, 2, 3, 4)] == [2, 2, 3, 4]
    whole = earlier.variants(4)
    plain = replace(whole.items[1], state=earlier.day(2))
    assert format_of(replace(whole, items=(whole.items[0], plain))) == 4
    assert format_of(Variants((plain,))) == 2


def test_what_was_there_is_kept_when_the_format_rises_and_only_then(document: Path, root: Path) -> None:
    before = document.read_bytes()
    assert keep_original(document, root, 1) is None
    assert not root.exists()
    assert keep_original(document, root, 2) == Outgrown(1, kept=True)
    assert [one.path.read_bytes() for one in versions_of(document, root)] == [before]
    for format in (2, 3):
        put(document, format)
        assert keep_original(document, root, format) is None
        assert keep_original(document, root, 4) == Outgrown(format, kept=True)
    put(document, 4)
    assert keep_original(document, root, 4) is None
    assert keep_original(document, root, 2) is None  # it says less now, and every version that could read it still can
    assert formats(document, root) == [1, 2, 3]


def test_the_first_of_each_format_stays(document: Path, root: Path) -> None:
    first = document.read_bytes()
    assert keep_original(document, root, 2) is not None
    day = earlier.day(2)
    save_document(document, day.scenario, day.plan)
    assert keep_original(document, root, 4) == Outgrown(2, kept=True)
    again = earlier.day(1)
    save_document(document, again.scenario, again.plan)  # says less, and then more once again
    assert keep_original(document, root, 3) is None
    kept = versions_of(document, root)
    assert sorted(map(saved_format, (one.path for one in kept)), key=str) == [1, 2]
    assert load_document(kept[0].path).plan == day.plan
    assert kept[-1].path.read_bytes() == first


def test_it_outlives_all_versions(document: Path, root: Path, tmp_path: Path) -> None:
    long_ago = (datetime.now() - LONGEST - timedelta(days=9)).timestamp()
    os.utime(document, (long_ago, long_ago))
    passing = tmp_path / "versions"
    keep_version(document, passing)
    assert keep_original(document, root, 2) is not None
    versions._prune(passing, datetime.now())
    keep_version(document, passing)
    assert versions_of(document, passing) == []
    (kept,) = all_versions_of(document, passing, root)
    assert (kept.for_good, kept.path.read_bytes()) == (True, document.read_bytes())
    assert documents_with_any(passing, root) == [document]


def test_what_is_kept_both_ways_is_listed_once(document: Path, root: Path, tmp_path: Path) -> None:
    passing = tmp_path / "versions"
    keep_version(document, passing)
    keep_original(document, root, 2)
    put(document, 2)
    keep_version(document, passing)
    listed = all_versions_of(document, passing, root)
    assert [(saved_format(one.path), one.for_good) for one in listed] == [(2, False), (1, True)]
    assert documents_with_any(passing, root) == [document]


def test_what_cannot_be_kept_is_told(document: Path, tmp_path: Path) -> None:
    (tmp_path / "a file").touch()
    assert keep_original(document, tmp_path / "a file", 2) == Outgrown(1, kept=False)
    assert keep_original(tmp_path / "new.routewright", tmp_path / "a file", 2) is None


def test_programs_that_know_of_no_originals_clear_none_away() -> None:
    """Those before this one remove every folder among the versions in which they find none that is due to stay."""
    assert originals_folder() != versions_folder()
    assert versions_folder() not in originals_folder().parents
