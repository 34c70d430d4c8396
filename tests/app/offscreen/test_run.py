"""The main job without a display, through the real window."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.io.export import GEOJSON_FILE, ROUTES_FILE, STOPS_FILE
from app.jobs.client import SolverClient
from app.jobs.worker_process import Serve
from app.offscreen.run import PICTURE_FILE, OffscreenRun
from app.resources import resource
from app.views.colours import Appearance
from app.views.main_window import STRAIGHT_SAMPLE, MainWindow
from app.views.theme import Theme
from tests.solver import fake_engine

ROOT = Path(__file__).resolve().parents[3]
FILES = {ROUTES_FILE, STOPS_FILE, GEOJSON_FILE, PICTURE_FILE}


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def outcome(qtbot: QtBot, qapp: QApplication, out: Path, serve: Serve) -> str:
    """Return what failed when another engine solves the sample without roads."""
    settings = QSettings(str(out.parent / "settings.ini"), QSettings.Format.IniFormat)
    window = MainWindow(Theme(qapp, Appearance.LIGHT), settings, SolverClient(serve=serve))
    qtbot.addWidget(window)
    window.show()
    job = OffscreenRun(window, out, 0.5, resource(STRAIGHT_SAMPLE))
    with qtbot.waitSignal(job.finished, timeout=60_000) as finished:
        job.start()
    window.end()
    return str(finished.args[0])


@pytest.mark.timeout(900)  # compiles the kernels if nothing has yet
def test_the_sample_is_solved_exported_and_pictured(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "app.offscreen", "--seconds", "1", "--out", str(tmp_path / "new" / "out")]
    without = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    environment = {name: value for name, value in os.environ.items() if name not in without}
    run = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=800, check=False)
    assert run.returncode == 0, run.stderr
    assert run.stderr == ""
    out = tmp_path / "new" / "out"
    assert {path.name for path in out.iterdir()} == FILES
    assert all(str(out / name) in run.stdout for name in FILES)
    routes, stops = rows(out / ROUTES_FILE), rows(out / STOPS_FILE)
    assert len(routes) >= 2
    assert sum(int(route["stops"]) for route in routes) == len([stop for stop in stops if stop["route"]]) >= 50
    features = json.loads((out / GEOJSON_FILE).read_text(encoding="utf-8"))["features"]
    assert sum(one["geometry"]["type"] == "LineString" for one in features) == len(routes)
    picture = QImage(str(out / PICTURE_FILE))
    assert (picture.width(), picture.height()) == (1280, 800)


def test_a_plan_that_breaks_a_rule_is_written_and_is_a_failure(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    assert "breaks a rule" in outcome(qtbot, qapp, tmp_path / "out", fake_engine.serve_improving)
    assert {path.name for path in (tmp_path / "out").iterdir()} == FILES


def test_an_engine_that_does_not_start_is_a_failure(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    assert outcome(qtbot, qapp, tmp_path / "out", fake_engine.serve_broken)
    assert not (tmp_path / "out").exists()


def test_a_folder_that_cannot_be_written_is_named(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file", encoding="utf-8")
    assert str(tmp_path / "taken") in outcome(qtbot, qapp, tmp_path / "taken", fake_engine.serve_improving)
