"""The fixture that fails a test which leaves something running must itself be able to fail."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

UNTIDY = """
import subprocess, sys, threading, time
import pytest
from PySide6.QtCore import QThread, QTimer
from PySide6.QtWidgets import QWidget

kept = []

def test_untidy(qapp):
    timer, thread, window = QTimer(), QThread(), QWidget()
    timer.start(1000)
    thread.start()
    window.show()
    process = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(30)"])
    sleeper = threading.Thread(target=time.sleep, args=(3,), name="sleeper", daemon=True)
    sleeper.start()
    kept.extend([timer, thread, window, process])

def test_tidy(qtbot):
    kept[0].stop()
    kept[1].quit()
    kept[1].wait()
    kept[2].deleteLater()
    kept[3].kill()
    kept[3].wait()
    kept.clear()
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "tests").mkdir()
    for name in ("pyproject.toml", "tests/conftest.py", "tests/published.py"):
        (tmp_path / name).write_text((ROOT / name).read_text(encoding="utf-8"), encoding="utf-8")
    return tmp_path


def test_what_a_test_leaves_behind_is_named(project: Path) -> None:
    (project / "tests" / "test_untidy.py").write_text(UNTIDY, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    run = subprocess.run(command, cwd=project, capture_output=True, text=True, timeout=120, check=False)
    assert run.returncode == pytest.ExitCode.TESTS_FAILED, run.stdout + run.stderr
    assert "2 passed, 1 error" in run.stdout
    [report] = [line for line in run.stdout.splitlines() if line.startswith("left behind by this test")]
    for what in ("thread sleeper", "process ", "QTimer", "QThread", "window "):
        assert what in report, report
