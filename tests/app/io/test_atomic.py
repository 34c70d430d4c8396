import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from app.io import WriteError, load_document, read_scenario, save_document, write_scenario
from app.io.atomic import write_file, write_folder
from app.model.plan import Plan
from app.model.scenario import Scenario
from tests.app.io.scenarios import full_scenario


def test_a_failed_write_keeps_the_old_file_and_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    save_document(tmp_path / "day.routewright", full_scenario(), Plan())

    def full_disk(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full_disk)
    with pytest.raises(WriteError) as caught:
        save_document(tmp_path / "day.routewright", Scenario(), Plan())
    assert "disk is full" in str(caught.value)
    assert [entry.name for entry in tmp_path.iterdir()] == ["day.routewright"]
    assert load_document(tmp_path / "day.routewright").scenario == full_scenario()


@pytest.mark.parametrize("step", ["fsync", "rename"])
def test_a_failed_export_keeps_the_old_folder_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    write_scenario(full_scenario(), tmp_path / "day")
    (tmp_path / "day" / "mine.txt").write_text("keep me")
    real, calls = getattr(os, step), []

    def fails_later(*arguments: object) -> object:
        calls.append(arguments)
        if len(calls) == 2:
            raise OSError(5, "Input/output error")
        return real(*arguments)

    monkeypatch.setattr(os, step, fails_later)
    with pytest.raises(WriteError):
        write_scenario(Scenario(), tmp_path / "day")
    monkeypatch.undo()
    assert [entry.name for entry in tmp_path.iterdir()] == ["day"]
    assert read_scenario(tmp_path / "day").scenario == full_scenario()
    assert (tmp_path / "day" / "mine.txt").read_text() == "keep me"


def test_other_files_of_a_folder_stay_and_stale_ones_of_the_scenario_go(tmp_path: Path) -> None:
    (tmp_path / "day" / "photos").mkdir(parents=True)
    (tmp_path / "day" / "Distance.csv").write_text("stale")
    (tmp_path / "day" / "notes.txt").write_text("mine")
    write_scenario(full_scenario(), tmp_path / "day")
    names = {entry.name for entry in (tmp_path / "day").iterdir()}
    assert {"photos", "notes.txt", "depots.csv"} <= names
    assert "Distance.csv" not in names


def test_a_file_in_the_way_is_not_replaced_by_a_folder(tmp_path: Path) -> None:
    (tmp_path / "day").write_text("mine")
    with pytest.raises(WriteError):
        write_scenario(full_scenario(), tmp_path / "day")
    assert (tmp_path / "day").read_text() == "mine"


@pytest.mark.parametrize("name", ["gone/day.routewright", "a\0b", "x" * 300])
def test_a_name_that_cannot_be_is_said_so_in_plain_words(tmp_path: Path, name: str) -> None:
    with pytest.raises(WriteError) as caught:
        write_file(f"{tmp_path}/{name}", b"")
    assert "Errno" not in str(caught.value)


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").write_bytes(b"old")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    write_file(tmp_path / "link", b"new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_bytes() == b"new"


def test_rights_of_the_old_file_stay(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"old")
    (tmp_path / "a").chmod(0o640)
    write_file(tmp_path / "a", b"new")
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o640


def test_an_empty_folder_is_filled(tmp_path: Path) -> None:
    write_folder(tmp_path, {"a.csv": b"1"}, frozenset({"a.csv"}))
    assert (tmp_path / "a.csv").read_bytes() == b"1"


def test_a_killed_save_leaves_the_document_readable(tmp_path: Path) -> None:
    path = tmp_path / "day.routewright"
    save_document(path, full_scenario(), Plan())
    saves = textwrap.dedent(
        f"""
        from dataclasses import replace
        from app.io import save_document
        from app.model.plan import Plan
        from tests.app.io.scenarios import full_scenario
        print("saving", flush=True)
        while True:
            save_document({str(path)!r}, full_scenario(), Plan())
        """
    )
    process = subprocess.Popen([sys.executable, "-c", saves], stdout=subprocess.PIPE)
    assert process.stdout is not None
    with process.stdout:
        process.stdout.readline()
        for _ in range(20):
            assert load_document(path).issues == ()
        process.kill()
        process.wait()
    assert load_document(path).scenario == full_scenario()
