"""Which editions of compiled kernels stay, and which go."""

from __future__ import annotations

import multiprocessing
import os
import time
from collections.abc import Callable
from pathlib import Path

import platformdirs
import pytest

from solver.kernel_cache import VARIABLE, kernels_folder, use_kernel_cache
from solver.kernel_shelf import DAY, MOST, SPARED, UNUSED, tidy_kernels
from solver.messages import Ready, Shutdown
from solver.wire import Known, receive, send
from tests.solver import fake_engine

Make = Callable[[str, float], Path]


@pytest.fixture
def used(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Return the edition in use."""
    monkeypatch.setenv(VARIABLE, "")  # so that it is put back at the end
    monkeypatch.setattr(platformdirs, "user_cache_path", lambda name, appauthor: tmp_path / "cache" / name)
    found = use_kernel_cache()
    assert found is not None
    return found


@pytest.fixture
def make(used: Path) -> Make:
    """Return what makes an edition that was used so many seconds ago."""

    def edition(name: str, ago: float) -> Path:
        folder = used.parent / name
        (folder / "solver.search").mkdir(parents=True)
        file = folder / "solver.search" / "moves.nbi"
        file.write_bytes(b"compiled")
        when = time.time() - ago
        for path in (file, folder):
            os.utime(path, (when, when))
        return folder

    return edition


def names() -> set[str]:
    return {one.name for one in kernels_folder().iterdir()}


def test_what_was_not_used_for_long_goes(used: Path, make: Make) -> None:
    make("old", UNUSED + DAY)
    make("recent", UNUSED - DAY)
    tidy_kernels()
    assert names() == {"recent", used.name}


def test_the_edition_in_use_stays_however_old_its_files_are(used: Path) -> None:
    (used / "moves.nbi").touch()
    for path in (used / "moves.nbi", used):
        os.utime(path, (0.0, 0.0))
    tidy_kernels()
    assert (used / "moves.nbi").exists()


def test_to_use_an_edition_is_noted(used: Path) -> None:
    os.utime(used, (0.0, 0.0))
    os.environ[VARIABLE] = ""
    assert use_kernel_cache() == used
    assert time.time() - used.stat().st_mtime < DAY


def test_a_program_that_notes_nothing_is_known_by_what_it_reads(used: Path, make: Make) -> None:
    folder = make("read", UNUSED + DAY)
    file = folder / "solver.search" / "moves.nbi"
    os.utime(file, (time.time(), file.stat().st_mtime))
    tidy_kernels()
    assert names() == {"read", used.name}


def test_of_many_the_last_used_stay_and_all_of_these_days(used: Path, make: Make) -> None:
    of_today = {make(f"today-{number}", number).name for number in range(MOST + 3)}
    make("before", SPARED + DAY)
    tidy_kernels()
    assert names() == {used.name, *of_today}
    for name in of_today:
        for path in (kernels_folder() / name / "solver.search" / "moves.nbi", kernels_folder() / name):
            os.utime(path, (path.stat().st_atime - SPARED - DAY, path.stat().st_mtime - SPARED - DAY))
    tidy_kernels()
    assert names() == {used.name, *(f"today-{number}" for number in range(MOST - 1))}


def test_what_was_half_removed_is_removed(used: Path, make: Make) -> None:
    make("old.going", 0.0)
    tidy_kernels()
    assert names() == {used.name}


def test_an_edition_that_cannot_be_moved_stays_whole(used: Path, make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = make("open", UNUSED + DAY)

    def refuse(path: Path, target: Path) -> None:
        raise PermissionError(path)

    monkeypatch.setattr(Path, "rename", refuse)
    tidy_kernels()
    assert (folder / "solver.search" / "moves.nbi").exists()


@pytest.mark.parametrize("named", ["", "elsewhere"])
def test_where_kernels_are_kept_elsewhere_nothing_is_removed(
    used: Path, make: Make, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, named: str
) -> None:
    make("old", UNUSED + DAY)
    monkeypatch.setenv(VARIABLE, str(tmp_path / named) if named else "")
    tidy_kernels()
    assert names() == {"old", used.name}


def test_the_engine_tidies_up_when_it_is_ready(tmp_path: Path) -> None:
    """Beside the work, so that nobody waits for it."""
    here, there = multiprocessing.Pipe()
    context = multiprocessing.get_context("spawn")
    process = context.Process(target=fake_engine.serve_tidying, args=(there, str(tmp_path / "tidied")), daemon=True)
    process.start()
    try:
        assert here.poll(60)
        assert isinstance(receive(here, Known()), Ready)
        limit = time.monotonic() + 30
        while not (tmp_path / "tidied").exists() and time.monotonic() < limit:
            time.sleep(0.02)
        assert (tmp_path / "tidied").exists()
        send(here, Shutdown())
    finally:
        process.join(30)
        for end in (here, there):
            end.close()
