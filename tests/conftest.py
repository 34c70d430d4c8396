"""What every test gets: an offscreen Qt, a home of its own, and a check that it leaves nothing running behind."""

from __future__ import annotations

import gc
import itertools
import multiprocessing
import os
import signal
import threading
import time
import weakref
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any

# Before anything imports Qt: without a display Qt aborts the process, and pyqtgraph would rather take another binding.
os.environ["QT_QPA_PLATFORM"] = os.environ.get("ROUTEWRIGHT_TEST_PLATFORM", "offscreen")
os.environ["PYQTGRAPH_QT_LIB"] = "PySide6"

import pytest
from hypothesis import HealthCheck, settings
from PySide6.QtCore import QCoreApplication, QEvent, QSettings, QStandardPaths, QThread, QThreadPool, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from solver.kernel_cache import use_kernel_cache
from solver.policy.own import VARIABLE as POLICY
from tests.published import instances_folder

# A shell that starts the tests in the background has them ignore Ctrl-C, and some of them are about it.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# Kernels take minutes to compile: the tests, and the processes they start, share the user's own cache.
use_kernel_cache()

ROOT = Path(__file__).resolve().parent.parent
GRACE_SECONDS = 2.0
"""How long what a test started may take to end once the test is over."""

settings.register_profile("dev", deadline=None, max_examples=50, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("dev"), max_examples=100, derandomize=True, print_blob=True)
settings.register_profile("thorough", settings.get_profile("dev"), max_examples=2000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci" if os.environ.get("CI") else "dev"))

_passed = pytest.StashKey[bool]()

_GENERATIONS = itertools.cycle([1] * 49 + [2])
"""Which generation of garbage to collect before each test."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark everything in ``tests/bench``, so that a plain run leaves it out; tests of the measuring itself stay."""
    measurements = ROOT / "tests" / "bench"
    of_measuring = (measurements / "peers", measurements / "starts")
    for item in items:
        if item.path.name.startswith("bench_") or (
            item.path.is_relative_to(measurements) and item.path.parent not in of_measuring
        ):
            item.add_marker(pytest.mark.bench)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Remember whether the test itself passed: a failed one holds on to its widgets through its traceback."""
    report = yield
    if report.when == "call":
        item.stash[_passed] = report.passed
    return report


@pytest.fixture(scope="session")
def requires_instances() -> Path:
    """Return the folder of benchmark instances; skip where there is none."""
    try:
        return instances_folder()
    except FileNotFoundError as missing:
        pytest.skip(str(missing))


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the test, and every process it starts, a home directory of its own: no settings or weights in, none out."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(home))
    for variable, folder in {"CONFIG": "config", "CACHE": "cache", "DATA": "data", "STATE": "state"}.items():
        monkeypatch.setenv(f"XDG_{variable}_HOME", str(home / folder))
    monkeypatch.setenv("LANGUAGE", "en")  # whatever the system speaks
    monkeypatch.delenv(POLICY, raising=False)
    QStandardPaths.setTestModeEnabled(True)
    QSettings.setDefaultFormat(QSettings.Format.IniFormat)
    for scope in (QSettings.Scope.UserScope, QSettings.Scope.SystemScope):
        QSettings.setPath(QSettings.Format.IniFormat, scope, str(home / "settings"))
    return home


@pytest.fixture(autouse=True)
def leaves_nothing_behind(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Fail a test that passed but left a thread, a child process, a running timer or a window behind."""
    gc.collect(next(_GENERATIONS))  # of the tests before
    started = _record_starts(monkeypatch)
    threads, children, windows = set(threading.enumerate()), _child_processes(), _windows()
    yield
    if not request.node.stash.get(_passed, False) or request.node.get_closest_marker("leaves_behind"):
        return

    def left() -> list[str]:
        return [
            *(f"thread {thread.name}" for thread in threading.enumerate() if thread not in threads),
            *(f"process {pid}: {line}" for pid, line in _child_processes().items() if pid not in children),
            *(f"{item!r}" for item in started() if _runs(item)),
            *(f"window {window!r}" for window in _windows() - windows),
        ]

    found = _await_nothing(left)
    if found:
        pytest.fail("left behind by this test: " + "; ".join(found), pytrace=False)


@pytest.fixture(autouse=True, scope="session")
def collects_garbage_in_this_thread_only() -> Iterator[None]:
    """Keep Python from taking Qt objects apart in a thread that works in the background, see `app.views.garbage`."""
    gc.collect()
    gc.freeze()  # what has been imported stays, and need not be looked through after each test
    gc.disable()
    yield
    gc.enable()
    gc.unfreeze()


def _await_nothing(left: Callable[[], list[str]]) -> list[str]:
    """Return what is still there after a time of grace."""
    limit = time.monotonic() + GRACE_SECONDS
    _settle()
    while (found := left()) and time.monotonic() < limit:
        gc.collect()  # what only a reference cycle holds was not left by the test
        _settle()
        time.sleep(0.02)
    return found


def _settle() -> None:
    """Let Qt delete what was marked for deletion; outside an event loop it does not by itself."""
    if QCoreApplication.instance() is not None:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        QCoreApplication.processEvents()
        QThreadPool.globalInstance().waitForDone(int(GRACE_SECONDS * 1000))


def _record_starts(monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[QThread | QTimer]]:
    """Note each QThread and QTimer that Python starts; Qt has no list of them."""
    started: list[weakref.ref[Any]] = []

    def note(kind: type, name: str) -> None:
        start = getattr(kind, name)

        def noted(self: Any, *args: Any, **kwargs: Any) -> Any:
            started.append(weakref.ref(self))
            return start(self, *args, **kwargs)

        monkeypatch.setattr(kind, name, noted)

    note(QThread, "start")
    note(QTimer, "start")
    return lambda: [item for reference in started if (item := reference()) is not None]


def _runs(item: QThread | QTimer) -> bool:
    if not isValid(item):
        return False
    return item.isRunning() if isinstance(item, QThread) else item.isActive()


def _windows() -> set[QWidget]:
    """Return the top-level widgets, but for the tooltip, which belongs to Qt."""
    if not isinstance(QApplication.instance(), QApplication):
        return set()
    return {window for window in QApplication.topLevelWidgets() if window.metaObject().className() != "QTipLabel"}


def _child_processes() -> dict[int, str]:
    """Return the command line of each living child process, but for multiprocessing's own resource tracker."""
    tasks = Path("/proc/self/task")
    if not tasks.is_dir():
        return {child.pid: child.name for child in multiprocessing.active_children() if child.pid is not None}
    multiprocessing.active_children()  # reaps those that have ended
    found: dict[int, str] = {}
    for task in tasks.iterdir():
        try:
            pids = (task / "children").read_text(encoding="ascii").split()
            lines = {int(pid): Path(f"/proc/{pid}/cmdline").read_text(errors="replace") for pid in pids}
        except OSError:  # the thread or the child ended meanwhile
            continue
        found |= {pid: line.replace("\0", " ").strip() for pid, line in lines.items() if line}
    return {pid: line for pid, line in found.items() if "multiprocessing.resource_tracker" not in line}
