"""``routewright --selftest`` as a whole, with a small engine."""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QImage

from app.__main__ import main as program
from app.io import write_scenario
from app.plan_files import FILES
from app.selftest.command import FAILED, FINE, WRONG, main
from app.selftest.day import PICTURE
from app.selftest.handing_out import DOCUMENT
from app.selftest.quick import QUICK
from tests.app.jobs.scenarios import make_scenario
from tests.solver import fake_engine


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    """A scenario that the small engine solves without breaking a rule."""
    path = tmp_path / "sample"
    write_scenario(make_scenario(12), path)
    return path


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of temporary files."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def report_of(capfd: pytest.CaptureFixture[str]) -> tuple[dict[str, Any], str]:
    """Return the object that was printed, and what was said beside it."""
    printed = capfd.readouterr()
    report: dict[str, Any] = json.loads(printed.out)
    return report, printed.err


def files_in(folder: Path) -> set[Path]:
    return {path for path in folder.rglob("*") if path.is_file()}


def test_everything_works_and_the_user_s_own_is_left_alone(
    sample: Path, temporary: Path, own_home: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    out = temporary.parent / "new" / "out"
    before = files_in(own_home)
    code = main(["--out", str(out), "--seconds", "0.5"], sample=sample, serve=fake_engine.serve_improving)
    report, said = report_of(capfd)
    assert (code, report["failed"], report["skipped"], said) == (FINE, [], [], "")
    assert report["ok"] is True
    assert list(report["steps"]) == ["start", *(step.name for step in QUICK)]
    assert all(facts["seconds"] >= 0 for facts in report["steps"].values())
    assert 0 < report["steps"]["start"]["imported"] < report["steps"]["start"]["window"]
    assert report["steps"]["solve"]["served"] == 12
    assert report["steps"]["explain"]["answers"]
    assert {"python", "PySide6", "numpy", "numba", "llvmlite"} <= report["versions"].keys()
    assert report["edition"]["packaged"] is False
    assert report["qt_messages"] == []
    expected = {*(kind.name for kind in FILES), DOCUMENT, PICTURE}
    assert {path.name for path in out.iterdir()} == expected == report["files"].keys()
    assert all((out / name).stat().st_size == size > 0 for name, size in report["files"].items())
    picture = QImage(str(out / PICTURE))
    assert (picture.width(), picture.height()) == (1280, 800)
    assert files_in(own_home) == before
    assert not list(temporary.iterdir())


def test_an_engine_that_does_not_start_is_a_failure_and_the_rest_is_tried(
    sample: Path, temporary: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    code = main([], sample=sample, serve=fake_engine.serve_broken)
    report, said = report_of(capfd)
    assert (code, report["ok"], [one["step"] for one in report["failed"]]) == (FAILED, False, ["engine"])
    assert "routewright: engine: " in said
    assert {"solve", "check", "explain", "export_pdf"} <= {one["step"] for one in report["skipped"]}
    assert {"open", "picture", "save"} <= report["steps"].keys()
    assert not list(temporary.iterdir())


def test_a_plan_that_breaks_a_rule_is_a_failure(
    sample: Path, temporary: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    write_scenario(make_scenario(12, capacity=3.0), sample)
    code = main(["--seconds", "0.5"], sample=sample, serve=fake_engine.serve_improving)
    report, said = report_of(capfd)
    assert (code, [one["step"] for one in report["failed"]]) == (FAILED, ["check"])
    assert "breaks a rule" in said


def test_a_sample_that_cannot_be_read_is_a_failure_and_not_a_riddle(
    tmp_path: Path, temporary: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    code = main([], sample=tmp_path / "gone", serve=fake_engine.serve_improving)
    report, _ = report_of(capfd)
    (fault,) = report["failed"]
    assert (code, fault["step"], str(tmp_path / "gone") in fault["reason"]) == (FAILED, "open", True)


def test_one_that_takes_too_long_is_ended(sample: Path, temporary: Path, capfd: pytest.CaptureFixture[str]) -> None:
    code = main(["--limit", "8"], sample=sample, serve=fake_engine.serve_slowly)
    report, said = report_of(capfd)
    (fault,) = report["failed"]
    assert (code, "--limit" in fault["reason"]) == (FAILED, True)
    assert "course.py" in said  # what it was at
    assert not list(temporary.iterdir())


def test_a_folder_that_cannot_be_written_is_named_before_anything_is_done(
    tmp_path: Path, temporary: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "taken").write_text("a file")
    code = program(["--selftest", "--out", str(tmp_path / "taken")])
    printed = capfd.readouterr()
    assert (code, printed.out) == (WRONG, "")
    assert str(tmp_path / "taken") in printed.err
    assert not list(temporary.iterdir())


@pytest.mark.parametrize("arguments", [["everything"], ["--limit", "0"], ["--seconds", "soon"], ["--outt", "x"]])
def test_a_wrong_command_is_refused_in_one_line(arguments: list[str], capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as refused:
        program(["--selftest", *arguments])
    assert refused.value.code == WRONG
    assert capfd.readouterr().err.count("\n") == 1


@pytest.mark.skipif(sys.platform != "linux", reason="there is always a display elsewhere")
def test_without_a_display_nothing_can_be_shown(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    assert program(["--selftest", "--show"]) == WRONG
    assert "--show" in capfd.readouterr().err
