"""Start and end of the process: quick, without the engine's libraries, and with nothing left behind."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QSettings, QSize
from PySide6.QtWidgets import QWidget

from app.views.application import has_display, open_first, show, stored_appearance
from app.views.colours import Appearance
from app.views.main_window import SIZE, SMALLEST

ROOT = Path(__file__).resolve().parents[3]


def python(*arguments, **variables):
    return subprocess.Popen(
        [sys.executable, *arguments],
        cwd=ROOT,
        env={**os.environ, **variables},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def children_of(pid):
    try:
        return [
            int(one) for task in Path(f"/proc/{pid}/task").iterdir() for one in (task / "children").read_text().split()
        ]
    except OSError:
        return []


def is_alive(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_the_window_is_made_without_the_libraries_of_the_engine():
    code = "import sys, app.views.application; print(sorted({'numba', 'torch', 'scipy'} & set(sys.modules)))"
    out, err = python("-c", code).communicate(timeout=60)
    assert out.strip() == "[]", err


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks for processes in /proc")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_the_window_and_its_engine(number):
    process = python("-m", "app")
    limit = time.monotonic() + 60
    while not (children := children_of(process.pid)) and time.monotonic() < limit:
        assert process.poll() is None, process.stderr.read()
        time.sleep(0.05)
    assert children
    process.send_signal(number)
    _, err = process.communicate(timeout=30)
    assert process.returncode == 0, err
    assert "Traceback" not in err
    limit = time.monotonic() + 5
    while any(map(is_alive, children)) and time.monotonic() < limit:
        time.sleep(0.05)
    assert not any(map(is_alive, children))


@pytest.mark.skipif(sys.platform != "linux", reason="other systems always have a display")
def test_without_a_display_a_file_is_refused_with_advice(monkeypatch):
    for name in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    assert not has_display()
    process = python("-m", "app", "plan.routewright")
    _, err = process.communicate(timeout=60)
    assert process.returncode == 2
    assert "solve plan.routewright" in err
    monkeypatch.setenv("DISPLAY", ":0")
    assert has_display()


@pytest.mark.parametrize(
    ("room", "first", "maximised"),
    [
        (QSize(1920, 1040), True, False),
        (QSize(1366, 728), True, True),
        (QSize(1280, 800), True, True),  # the title would be above the screen, or the status bar below it
        (QSize(1280, 800), False, False),  # it is as large as it was
        (QSize(800, 600), True, False),  # not even the smallest window fits
    ],
)
def test_a_window_that_the_screen_has_no_room_for_fills_it_at_first(qtbot, monkeypatch, room, first, maximised):
    window = QWidget()
    qtbot.addWidget(window)
    window.setMinimumSize(SMALLEST)
    window.resize(SIZE)
    monkeypatch.setattr(window, "screen", lambda: SimpleNamespace(availableSize=lambda: room))
    show(window, first)
    assert window.isVisible()
    assert window.isMaximized() is maximised


def test_stored_appearance(tmp_path):
    settings = QSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat)
    assert stored_appearance(settings) is Appearance.SYSTEM
    settings.setValue("window/appearance", "dark")
    assert stored_appearance(settings) is Appearance.DARK
    settings.setValue("window/appearance", "pink")
    assert stored_appearance(settings) is Appearance.SYSTEM


class Files:
    """Notes what was to be opened."""

    def __init__(self):
        self.opened = []

    def open(self, path):
        self.opened.append(path)


class Window:
    def __init__(self, *recent):
        self.files = Files()
        self.recent = type("Recent", (), {"paths": list(recent)})()


def test_what_is_opened_first(tmp_path):
    there = tmp_path / "there.routewright"
    there.touch()
    for recent, asked, expected in (
        ((), None, None),
        ((tmp_path / "gone",), None, None),
        ((tmp_path / "gone", there), None, there),
        ((there,), "other.zip", Path("other.zip")),
    ):
        window = Window(*recent)
        open_first(window, asked)
        assert window.files.opened == ([] if expected is None else [expected])
