"""The whole program meets an error, or is ended by one, and the next start knows."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.support.crash_reports import CrashReports, reports_folder

ROOT = Path(__file__).resolve().parents[4]

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals")


def start(how: str) -> tuple[int, list[object]]:
    """Run the program and return its exit code and what it says of itself."""
    run = subprocess.run(
        [sys.executable, "-m", "tests.app.views.support.crashing_window", how],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return run.returncode, json.loads(run.stdout or "[]")


def runs() -> list[Path]:
    folder = reports_folder() / "runs"
    return list(folder.iterdir()) if folder.is_dir() else []


def test_the_start_after_a_crash_tells_of_it_once(own_home: Path) -> None:
    code, _ = start("segfault")
    assert code < 0
    code, (shown, headline, dialogs) = start("look")
    assert (code, shown, dialogs) == (0, True, [])
    assert str(headline).startswith("Segmentation fault")
    assert start("look") == (0, [False, "", []])
    assert runs() == []
    assert len(CrashReports(reports_folder()).all()) == 1


def test_beside_work_that_was_not_saved_there_is_one_dialog_only() -> None:
    code, _ = start("segfault after an edit")
    assert code < 0
    code, (shown, _, dialogs) = start("look")
    assert (code, shown, dialogs) == (0, True, ["recovery_dialog"])


@pytest.mark.parametrize("how", ["slot", "no console"])
def test_an_error_in_a_slot_is_told_and_the_program_goes_on(how: str) -> None:
    code, (shown, headline, dialogs) = start(how)
    assert (code, shown, dialogs) == (0, True, [])
    assert str(headline).startswith("KeyError at tests/app/views/support/crashing_window.py")
    (report,) = CrashReports(reports_folder()).all()
    assert report.times == (20 if how == "slot" else 1)
    assert "Anna" not in report.text()
    assert start("look") == (0, [False, "", []])


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="nothing is read-only for root")
def test_a_home_that_cannot_be_written_is_no_second_failure(own_home: Path) -> None:
    own_home.chmod(0o500)
    try:
        code, (shown, _, dialogs) = start("slot")
    finally:
        own_home.chmod(0o700)
    assert (code, shown, dialogs) == (0, True, [])


def test_a_file_in_the_way_of_the_reports_is_no_second_failure() -> None:
    reports_folder().parent.mkdir(parents=True)
    reports_folder().write_text("in the way")
    code, (shown, _, dialogs) = start("slot")
    assert (code, shown, dialogs) == (0, True, [])
