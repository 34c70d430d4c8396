"""Documents and journals of every format that there was still mean what they meant."""

from __future__ import annotations

import json
import shutil
import zipfile
from pathlib import Path

import pytest

from app.io.document import FORMAT_VERSION, load_document, save_variants
from app.io.journal.records import FORMAT, Begin, records_in
from app.io.journal.recovery import contents_of
from app.model.patch import State
from app.model.scenario import TravelSource
from app.model.variants import Variants
from tests.app.io import earlier

FILES = Path(__file__).parent / "files"
FORMATS = (1, 2, 3, 4)
JOURNALS = ("journal-1-of-format-1", "journal-2-of-format-2", "journal-2-of-format-3", "journal-2-of-format-4")


def meaning(format: int) -> Variants:
    """Return what the document of a format holds; the first knew no variants, so that the only one has no name."""
    if format > 1:
        found: Variants = earlier.variants(format)
        return found
    return Variants.of(earlier.day(1))


def version(path: Path) -> int:
    with zipfile.ZipFile(path) as archive:
        return int(json.loads(archive.read("routewright.json"))["version"])


def test_there_is_a_file_of_each_format() -> None:
    assert max(FORMATS) == FORMAT_VERSION
    assert JOURNALS[-1] == f"journal-{FORMAT}-of-format-{FORMAT_VERSION}"
    assert [version(FILES / f"format-{format}.routewright") for format in FORMATS] == list(FORMATS)


@pytest.mark.parametrize("format", FORMATS)
def test_it_opens_with_the_meaning_it_had(format: int) -> None:
    loaded = load_document(FILES / f"format-{format}.routewright")
    assert loaded.issues == ()
    assert not loaded.read_only
    assert loaded.notice == ""
    assert loaded.variants == meaning(format)


@pytest.mark.parametrize("format", FORMATS)
def test_saved_again_it_is_a_document_of_today_that_opens_equal(format: int, tmp_path: Path) -> None:
    before = load_document(FILES / f"format-{format}.routewright").variants
    assert before is not None
    path = tmp_path / "day.routewright"
    save_variants(path, before)
    assert version(path) == max(format, 2)  # in the oldest format that says all of it, and that says what is locked
    loaded = load_document(path)
    assert (loaded.variants, loaded.issues, loaded.read_only) == (before, (), False)


def test_what_a_format_could_not_say_is_as_it_was_without_it() -> None:
    first, third = (load_document(FILES / f"format-{format}.routewright") for format in (1, 3))
    assert [route.driver for route in first.plan.routes] == [("van", 1), ("van", 2), ("bike", 1)]
    assert not first.plan.locks
    assert first.scenario is not None
    assert not first.scenario.zones["old"].hours
    assert third.scenario is not None
    assert third.scenario.zones["old"].pace == 1.0
    settings = third.scenario.settings
    assert (settings.travel, settings.network, settings.modes, settings.server, settings.traffic) == (
        TravelSource.MATRIX,
        "",
        (),
        "",
        None,
    )


@pytest.mark.parametrize("name", JOURNALS)
def test_what_an_earlier_program_left_unsaved_is_recovered(name: str, tmp_path: Path) -> None:
    folder = tmp_path / "left"
    shutil.copytree(FILES / name, folder)
    begin = next(records_in((folder / "edits-1.journal").read_bytes()))
    assert isinstance(begin, Begin)
    assert begin.format == int(name.split("-")[1])
    format = int(name[-1])
    state = earlier.day(format)
    for _, patch, _ in earlier.steps(format):
        state = patch.applied(state)
    assert state.scenario.customers["c1"].name == "Café Öst"
    found = contents_of(folder)
    assert found is not None
    assert not found.newer
    assert found.variants is not None
    assert found.variants.state == state
    assert [step.name for step in found.steps[0]] == [earlier.steps(format)[0][0], "Solve"]
    assert (found.edits, found.latest) == (2, 1_790_000_003.0)


def test_what_is_recovered_can_be_undone(tmp_path: Path) -> None:
    folder = tmp_path / "left"
    shutil.copytree(FILES / JOURNALS[0], folder)
    found = contents_of(folder)
    assert found is not None
    assert found.variants is not None
    state: State = found.variants.state
    for step in reversed(found.steps[0]):
        state = step.patch.inverted().applied(state)
    assert state == earlier.day(1)


def test_the_files_tell_formats_apart() -> None:
    """Each day says what only its format knows, so that a file is no proof of another one."""
    states = [earlier.day(format) for format in FORMATS]
    assert all(one != other for at, one in enumerate(states) for other in states[at + 1 :])
