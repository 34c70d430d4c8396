"""What is told of a computer: enough to help, nothing of what is planned, and nothing heavy loaded for it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from app.support import machine
from app.support.diagnostics import HEADLINES, Scene, diagnostics
from app.support.report import Part, Report


def test_the_text_names_program_computer_and_what_the_window_knows(own_home: Path) -> None:
    scene = Scene([("Qt", "6.1")], "ready", "3 customers")
    text = diagnostics(scene, [])
    names = [line.partition(":")[0] for line in text.splitlines()]
    assert names[0] == "Program"
    assert {"System", "Processor", "Memory", "Qt", "Data", "Cache", "Kernels", "Engine", "Open day"} <= set(names)
    assert "numpy 2" in text
    assert str(own_home) not in text
    assert "~/data/routewright" in text


def test_the_newest_reports_are_named() -> None:
    reports = [Report.now(Part.WINDOW, f"KeyError at app/x.py:{number}", "secret") for number in range(HEADLINES + 2)]
    text = diagnostics(Scene(), [reports[0].again(reports[0]), *reports[1:]])
    assert f"KeyError at app/x.py:{HEADLINES - 1}" in text
    assert f"KeyError at app/x.py:{HEADLINES}" not in text
    assert "app/x.py:0, 2 times" in text
    assert "secret" not in text


def test_a_folder_that_is_not_there_yet_has_the_room_of_the_one_around_it(own_home: Path) -> None:
    told = dict(machine.folders())
    assert "not made yet" in told["Data"]
    (own_home / "data" / "routewright").mkdir(parents=True)
    assert "not made yet" not in dict(machine.folders())["Data"]


def test_kernels_are_counted_by_version(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NUMBA_CACHE_DIR", raising=False)
    assert len(list(machine.kernels())) == 1
    folder = own_home / "cache" / "routewright" / "kernels" / "version-1" / "deep"
    folder.mkdir(parents=True)
    for name in ("a.nbi", "b.nbi", "b.nbc"):
        (folder / name).touch()
    assert list(machine.kernels())[1:] == [("", "2 compiled here for version-1")]


def test_what_is_not_installed_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "PACKAGES", ("numpy", "no-such-package"))
    assert machine.packages().endswith("no-such-package is not installed")


def test_unknown_memory_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "GiB" in machine.memory()
    monkeypatch.setattr(machine, "_memory", lambda: (0, 0))
    assert machine.memory() == "unknown"


def test_neither_qt_nor_the_engines_libraries_are_loaded() -> None:
    code = (
        "from app.support.diagnostics import *; from app.support.watch import Watch; diagnostics(Scene(), [])\n"
        "import sys; print(sorted({m.partition('.')[0] for m in sys.modules} & {'PySide6', 'numba', 'torch'}))"
    )
    root = Path(__file__).resolve().parents[3]
    run = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, timeout=60, check=True)
    assert run.stdout.strip() == "[]"
