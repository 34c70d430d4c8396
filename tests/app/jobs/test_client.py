"""The window's side of the engine, against a real process with a small engine in it."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from app.jobs.client import SolverClient
from app.jobs.python_process import ByPython
from app.jobs.worker_process import MakeProcess, Serve, SpawnedProcess
from solver.messages import Best, Finished
from solver.problem import check
from tests.solver import fake_engine
from tests.solver.fake_engine import make_square
from tests.solver.test_worker import lives

PATIENCE = 20_000
"""Milliseconds that a signal may take on a busy machine before the test gives up."""

MakeClient = Callable[[Serve], SolverClient]


@pytest.fixture(params=["spawned", "in another Python"])
def make_process(request: pytest.FixtureRequest, small_addon: Path) -> MakeProcess:
    """Each way to start a process, for which all has to be the same."""
    return SpawnedProcess if request.param == "spawned" else ByPython(small_addon)


@pytest.fixture
def make_client(qapp: object, make_process: MakeProcess) -> Iterator[MakeClient]:
    made: list[SolverClient] = []

    def make(serve: Serve) -> SolverClient:
        made.append(SolverClient(serve=serve, make_process=make_process))
        return made[-1]

    yield make
    for client in made:
        client.shutdown()


@pytest.fixture
def client(make_client: MakeClient, qtbot: QtBot) -> SolverClient:
    """A warm one."""
    client = make_client(fake_engine.serve_improving)
    with qtbot.waitSignal(client.ready, timeout=PATIENCE):
        client.start()
    return client


def test_progress_then_finish(client: SolverClient, qtbot: QtBot) -> None:
    problem = make_square(20)
    progress: list[Best] = []
    client.progress.connect(progress.append)
    with qtbot.waitSignal(client.finished, timeout=PATIENCE) as finished:
        job = client.solve(problem, seconds=0.4)
    last = finished.args[0]
    assert isinstance(last, Finished)
    assert progress
    assert {best.job for best in progress} | {last.job} == {job}
    assert last.best.report == check(problem, last.best.solution)
    assert client.job is None


def test_cold_client_solves_too(make_client: MakeClient, qtbot: QtBot) -> None:
    client = make_client(fake_engine.serve_improving)
    with qtbot.waitSignals([client.ready, client.finished], timeout=PATIENCE, order="strict"):
        client.solve(make_square(5), seconds=0.05)


def test_stop_keeps_the_best_within_100_ms(client: SolverClient, qtbot: QtBot) -> None:
    with qtbot.waitSignal(client.progress, timeout=PATIENCE):
        client.solve(make_square(20), seconds=60.0)
    begun = time.perf_counter()
    with qtbot.waitSignal(client.finished, timeout=PATIENCE) as finished:
        client.stop()
    assert time.perf_counter() - begun < 0.1
    assert finished.args[0].stopped


def test_newer_job_replaces_an_older_one_unheard(client: SolverClient, qtbot: QtBot) -> None:
    heard: list[int] = []
    client.progress.connect(lambda best: heard.append(best.job))
    client.finished.connect(lambda finished: heard.append(finished.job))
    first = client.solve(make_square(20), seconds=60.0)
    with qtbot.waitSignal(client.finished, timeout=PATIENCE):
        second = client.solve(make_square(20), seconds=0.1)
    assert first not in heard
    assert second in heard


def test_stop_and_shutdown_without_a_job_do_nothing(make_client: MakeClient) -> None:
    client = make_client(fake_engine.serve_improving)
    client.stop()
    client.shutdown()
    client.shutdown()
    assert client.pid is None


@pytest.mark.skipif(sys.platform == "win32", reason="needs kill -9")
def test_kill_in_mid_solve_is_told_and_the_next_solve_starts_a_new_process(
    client: SolverClient, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    with qtbot.waitSignal(client.progress, timeout=PATIENCE):
        client.solve(make_square(20), seconds=60.0)
    killed = client.pid
    assert killed is not None
    with qtbot.waitSignal(client.died, timeout=PATIENCE) as died, caplog.at_level(logging.CRITICAL):
        os.kill(killed, signal.SIGKILL)
    assert str(killed) not in died.args[0]
    assert client.job is None
    assert not client.warm
    with qtbot.waitSignal(client.finished, timeout=PATIENCE):
        client.solve(make_square(20), seconds=0.1)
    assert client.pid not in {None, killed}


@pytest.mark.skipif(sys.platform == "win32", reason="needs kill -9")
def test_kill_while_a_large_problem_is_on_its_way(client: SolverClient, qtbot: QtBot) -> None:
    assert client.pid is not None
    os.kill(client.pid, signal.SIGSTOP)  # it reads nothing, so that the writer has to wait
    client.solve(make_square(600, profiles=3), seconds=60.0)
    with qtbot.waitSignal(client.died, timeout=PATIENCE):
        os.kill(client.pid, signal.SIGKILL)


@pytest.mark.skipif(sys.platform == "win32", reason="needs signals")
def test_shutdown_kills_a_process_that_does_not_listen(client: SolverClient) -> None:
    pid = client.pid
    assert pid is not None
    os.kill(pid, signal.SIGSTOP)
    client.shutdown()
    assert not lives(pid)


def test_engine_that_does_not_load_is_told(make_client: MakeClient, qtbot: QtBot) -> None:
    client = make_client(fake_engine.serve_broken)
    broke: list[tuple[int | None, str]] = []
    client.process_broke.connect(lambda *given: broke.append(given))
    with qtbot.waitSignal(client.died, timeout=PATIENCE):
        client.start()
    exit_code, written = broke[-1]
    assert exit_code == 1
    assert written.endswith("ImportError: no such library")


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_a_fault_of_the_engine_is_written_down(make_client: MakeClient, qtbot: QtBot) -> None:
    client = make_client(fake_engine.serve_faulty)
    with qtbot.waitSignal(client.process_broke, timeout=PATIENCE) as told:
        client.solve(make_square(1), seconds=1.0)
    exit_code, written = told.args
    assert exit_code == -signal.SIGSEGV
    assert "Fatal Python error: Segmentation fault" in written
    assert "fake_engine.py" in written


def test_what_the_window_ends_itself_is_no_fault(client: SolverClient, qtbot: QtBot) -> None:
    broke: list[object] = []
    client.process_broke.connect(lambda *given: broke.append(given))
    with qtbot.waitSignal(client.died, timeout=PATIENCE):
        client.kill()
    client.shutdown()
    assert broke == []


def test_no_file_of_a_process_is_left(
    make_client: MakeClient, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    client = make_client(fake_engine.serve_improving)
    with qtbot.waitSignal(client.ready, timeout=PATIENCE):
        client.start()
    client.shutdown()
    assert list(tmp_path.iterdir()) == []


def test_without_a_place_for_its_file_the_engine_works_all_the_same(
    make_client: MakeClient, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "is not there"))
    client = make_client(fake_engine.serve_raising)
    with qtbot.waitSignal(client.failed, timeout=PATIENCE):
        client.solve(make_square(1), seconds=1.0)
    assert client.warm


def test_failure_of_a_job_leaves_the_process_warm(make_client: MakeClient, qtbot: QtBot) -> None:
    client = make_client(fake_engine.serve_raising)
    broke: list[str] = []
    client.job_broke.connect(broke.append)
    with qtbot.waitSignal(client.failed, timeout=PATIENCE):
        client.solve(make_square(1), seconds=1.0)
    assert len(broke) == 1
    if client.make_process is SpawnedProcess:  # what another Python prints may still be on its way
        assert "fake_engine.py" in broke[0]
    assert client.warm
    with qtbot.waitSignal(client.finished, timeout=PATIENCE):
        client.solve(make_square(3), seconds=0.1)


def test_shutdown_leaves_no_thread_and_no_process(make_client: MakeClient, qtbot: QtBot) -> None:
    before = set(threading.enumerate())
    for _ in range(3):
        client = make_client(fake_engine.serve_improving)
        with qtbot.waitSignal(client.progress, timeout=PATIENCE):
            client.solve(make_square(20), seconds=60.0)
        pid = client.pid
        client.shutdown()
        assert set(threading.enumerate()) == before
        assert pid is not None
        assert not lives(pid)


def test_shutdown_in_the_middle_of_the_warm_up(make_client: MakeClient) -> None:
    client = make_client(fake_engine.serve_slowly)
    client.start()
    client.shutdown()
    assert client.pid is None


def test_start_and_a_large_solve_never_block_the_window(make_client: MakeClient, qtbot: QtBot) -> None:
    problem = make_square(1500, profiles=3)  # 108 MB
    client = make_client(fake_engine.serve_improving)
    gaps: list[float] = []
    last = time.perf_counter()

    def tick() -> None:
        nonlocal last
        now = time.perf_counter()
        gaps.append(now - last)
        last = now

    timer = QTimer()
    timer.setInterval(5)
    timer.timeout.connect(tick)
    timer.start()
    with qtbot.waitSignal(client.finished, timeout=PATIENCE):
        client.start()
        client.solve(problem, seconds=0.5)
    timer.stop()
    assert max(gaps) < 0.25  # the bound for a machine that is not shared is in tests/bench


PARENT = """
import sys
from PySide6.QtCore import QCoreApplication
from app.jobs.client import SolverClient
from tests.solver import fake_engine

if __name__ == "__main__":
    application = QCoreApplication(sys.argv)
    client = SolverClient(serve=fake_engine.serve_improving)
    client.progress.connect(lambda best: print(client.pid, flush=True))
    client.solve(fake_engine.make_square(30), 600.0)
    application.exec()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs kill -9")
def test_killed_window_leaves_no_process(tmp_path: Path, pytestconfig: pytest.Config) -> None:
    script = tmp_path / "window.py"
    script.write_text(PARENT, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(pytestconfig.rootpath)}
    with subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, text=True, env=environment) as window:
        assert window.stdout is not None
        pid = int(window.stdout.readline())
        assert lives(pid)
        window.kill()
        window.wait()
    limit = time.monotonic() + 5.0
    while lives(pid) and time.monotonic() < limit:
        time.sleep(0.02)
    assert not lives(pid)
