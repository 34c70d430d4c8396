"""The first start after an update: all that an older program left in the user's home is there, and in use."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QSettings, Qt
from pytestqt.qtbot import QtBot

from app.io.versions import keep_version
from app.jobs.client import SolverClient
from app.language_choice import store_choice, stored_choice
from app.views.main_window import MainWindow
from app.views.settings_upgrade import STEPS, settings_version, upgrade_settings
from app.views.theme import Theme
from solver.policy.own import own_weights
from solver.policy.weights import write_arrays
from tests.app.io import earlier

ROOT = Path(__file__).resolve().parents[3]
FILES = Path(earlier.__file__).parent / "files"
CONFIG = Path("config/routewright/routewright.conf")


@pytest.fixture
def home(own_home: Path) -> Path:
    """Return the home of somebody who has worked with older programs, the last of them without numbered settings."""
    documents, data = own_home / "Documents", own_home / "data" / "routewright"
    documents.mkdir()
    document = Path(shutil.copy(FILES / "format-1.routewright", documents / "Tuesday.routewright"))
    keep_version(document, data / "versions")
    shutil.copytree(FILES / "journal-1-of-format-1", data / "journals" / ("0" * 32))
    shutil.copytree(FILES / "network-1", data / "networks")
    own_weights().parent.mkdir(parents=True)
    write_arrays(own_weights(), {"old": np.ones(3, np.float32)}, {"edition": "0"})
    store_choice("en")
    own = own_home / "config" / "routewright" / "routewright"  # where Qt has the files of programs with settings
    own.mkdir()
    (own / "columns.json").write_text("{}")
    (own / "language-model.key").write_text("a key")
    tiles = own_home / "cache" / "routewright" / "routewright" / "tiles.sqlite"
    tiles.parent.mkdir(parents=True)
    with closing(sqlite3.connect(tiles)) as database:
        database.execute("CREATE TABLE tile (key TEXT)")
        database.commit()
    left = (Path(__file__).parent / "settings" / "settings-69b9ca3.conf").read_text()
    (own_home / CONFIG).write_text(left.replace("/home/planner/Tuesday.routewright", str(document)))
    return own_home


def of_the_user(home: Path) -> dict[str, bytes]:
    """Return all files that are nobody's but the user's."""
    folders = [home / "Documents", home / "config", home / "data"]
    files = [path for folder in folders for path in sorted(folder.rglob("*")) if path.is_file()]
    return {str(path.relative_to(home)): path.read_bytes() for path in files if path.suffix != ".lock"}


@pytest.mark.skipif(sys.platform == "win32", reason="ends the program by a signal")
def test_a_start_loses_nothing(home: Path) -> None:
    before = of_the_user(home)
    process = subprocess.Popen(
        [sys.executable, "-m", "app"], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    limit = time.monotonic() + 60
    while "weights_told" not in (home / CONFIG).read_text() and time.monotonic() < limit:
        assert process.poll() is None, process.stderr and process.stderr.read()
        time.sleep(0.05)
    assert time.monotonic() < limit
    os.kill(process.pid, signal.SIGTERM)
    _, errors = process.communicate(timeout=30)
    assert process.returncode == 0, errors
    assert "Traceback" not in errors
    after = of_the_user(home)
    settings = before.pop(str(CONFIG))
    assert after[str(CONFIG.with_name(f"routewright-before-{len(STEPS)}.conf"))] == settings
    assert {name: after.get(name) for name in before} == before
    now = QSettings(str(home / CONFIG), QSettings.Format.IniFormat)
    assert settings_version(now) == len(STEPS)
    assert now.value("window/appearance") == "dark"
    assert stored_choice() == "en"


def test_the_window_has_all_of_it(home: Path, theme: Theme, qtbot: QtBot) -> None:
    settings = QSettings(str(home / CONFIG), QSettings.Format.IniFormat)
    upgrade_settings(settings)
    window = MainWindow(theme, settings, SolverClient())
    qtbot.addWidget(window)
    try:
        window.show()
        qtbot.waitExposed(window)
        assert window.dockWidgetArea(window.plan_dock) is Qt.DockWidgetArea.LeftDockWidgetArea
        (recent,) = window.recent.paths
        with qtbot.waitSignal(window.session.replaced, timeout=10_000):
            window.files.open(recent)
        assert window.session.state == earlier.day(1)
        assert window.files.path == recent
        assert [one.name for one in window.roads.store.listed() if not one.sample] == ["Town"]
        window.safety.offer_recovery()
        qtbot.waitUntil(lambda: len(window.safety._offered) == 1, timeout=10_000)
        assert window.safety._offered[0].contents.edits == 2
    finally:
        window.end()
