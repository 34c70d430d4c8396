"""The engine in another Python, and what happens when that Python has none."""

from __future__ import annotations

import logging
import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.jobs.client import SolverClient
from app.jobs.python_process import ByPython, PythonProcess
from app.jobs.worker_process import MakeProcess, Serve, SpawnedProcess
from tests.app.jobs.test_client import PARENT, PATIENCE
from tests.solver import fake_engine
from tests.solver.fake_engine import make_square
from tests.solver.test_worker import lives

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs scripts and signals")

SILENT = "exec sleep 600"
"""A program that never says anything."""

MakeClient = Callable[..., SolverClient]


@pytest.fixture
def make_client(qapp: object) -> Iterator[MakeClient]:
    made: list[SolverClient] = []

    def make(make_process: MakeProcess, serve: Serve = fake_engine.serve_improving) -> SolverClient:
        made.append(SolverClient(serve=serve, make_process=make_process))
        return made[-1]

    yield make
    for client in made:
        client.shutdown()


def make_program(path: Path, line: str) -> Path:
    path.write_text(f"#!/bin/sh\n{line}\n", encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


def test_packages_are_its_own_and_variables_of_this_process_are_not(
    small_addon: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "solver").mkdir()  # the folder of the user, who has one of this name
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setenv("PYTHONHOME", str(tmp_path))
    process = PythonProcess(small_addon, fake_engine.serve_improving)
    channel = process.start()
    assert process.exit_code is None
    channel.close()
    process.join()
    assert process.exit_code == 0


@pytest.mark.parametrize("line", ["exit 3", "echo this is no engine at all; exec sleep 600", "echo short; exit 0"])
def test_a_program_that_is_no_engine_does_not_start(line: str, tmp_path: Path) -> None:
    process = PythonProcess(make_program(tmp_path / "python", line), fake_engine.serve_improving)
    with pytest.raises(OSError, match="no engine"):
        process.start()
    assert process.pid is not None
    assert not lives(process.pid)


def test_a_program_that_says_nothing_is_given_up(tmp_path: Path) -> None:
    process = PythonProcess(make_program(tmp_path / "python", SILENT), fake_engine.serve_improving, patience=0.2)
    with pytest.raises(OSError, match="no engine"):
        process.start()
    assert process.exit_code == -signal.SIGKILL


def test_a_program_that_is_not_there(tmp_path: Path) -> None:
    process = PythonProcess(tmp_path / "python", fake_engine.serve_improving)
    with pytest.raises(FileNotFoundError):
        process.start()
    process.kill()
    process.join()
    assert (process.pid, process.exit_code) == (None, None)


def test_what_it_says_is_in_the_log(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    process = PythonProcess(make_program(tmp_path / "python", "echo no library >&2"), fake_engine.serve_improving)
    with caplog.at_level(logging.WARNING), pytest.raises(OSError, match="no engine"):
        process.start()
    assert "no library" in caplog.text


def test_where_it_does_not_start_the_usual_engine_solves_what_was_asked(
    make_client: MakeClient, qtbot: QtBot, tmp_path: Path
) -> None:
    client = make_client(ByPython(tmp_path / "python"))
    died: list[str] = []
    told: list[str] = []
    client.died.connect(died.append)
    client.fell_back.connect(told.append)
    with qtbot.waitSignal(client.finished, timeout=PATIENCE) as finished:
        job = client.solve(make_square(5), seconds=0.3)
        client.update(make_square(7), revision=1)
    assert finished.args[0].job == job
    assert finished.args[0].best.revision == 1
    assert client.make_process is SpawnedProcess
    assert [bool(sentence) for sentence in told] == [True]
    assert not died


def test_where_it_dies_the_usual_engine_is_next(make_client: MakeClient, small_addon: Path, qtbot: QtBot) -> None:
    client = make_client(ByPython(small_addon))
    with qtbot.waitSignal(client.progress, timeout=PATIENCE):
        client.solve(make_square(20), seconds=60.0)
    assert client.pid is not None
    with qtbot.waitSignals([client.died, client.fell_back], timeout=PATIENCE, order="strict"):
        os.kill(client.pid, signal.SIGKILL)
    assert client.make_process is SpawnedProcess
    with qtbot.waitSignal(client.finished, timeout=PATIENCE):
        client.solve(make_square(5), seconds=0.05)


def test_where_it_dies_before_it_is_all_loaded_the_job_is_not_done_again(
    make_client: MakeClient, small_addon: Path, qtbot: QtBot
) -> None:
    client = make_client(ByPython(small_addon), serve=fake_engine.serve_half_loaded)
    with qtbot.waitSignal(client.progress, timeout=PATIENCE):
        client.solve(make_square(20), seconds=60.0)
    assert client.pid is not None
    assert not client.warm
    with qtbot.waitSignals([client.died, client.fell_back], timeout=PATIENCE, order="strict"):
        os.kill(client.pid, signal.SIGKILL)
    assert client.pid is None


def test_an_engine_that_was_killed_on_purpose_has_not_failed(
    make_client: MakeClient, small_addon: Path, qtbot: QtBot
) -> None:
    way = ByPython(small_addon)
    client = make_client(way)
    with qtbot.waitSignal(client.progress, timeout=PATIENCE):
        client.solve(make_square(20), seconds=60.0)
    with qtbot.waitSignal(client.died, timeout=PATIENCE):
        client.kill()
    assert client.make_process == way


def test_another_way_is_taken_at_once_when_nothing_is_solved(
    make_client: MakeClient, small_addon: Path, qtbot: QtBot
) -> None:
    client = make_client(SpawnedProcess)
    with qtbot.waitSignal(client.ready, timeout=PATIENCE):
        client.start()
    before = client.pid
    assert before is not None
    with qtbot.waitSignal(client.ready, timeout=PATIENCE):
        client.run_by(ByPython(small_addon))
    assert client.pid not in (None, before)
    assert not lives(before)
    again = client.pid
    client.run_by(ByPython(small_addon))  # the same way
    assert (client.pid, client.warm) == (again, True)


def test_another_way_waits_for_the_end_of_a_solve(make_client: MakeClient, small_addon: Path, qtbot: QtBot) -> None:
    client = make_client(SpawnedProcess)
    with qtbot.waitSignal(client.progress, timeout=PATIENCE):
        client.solve(make_square(20), seconds=60.0)
    before = client.pid
    client.run_by(ByPython(small_addon))
    assert client.pid == before
    with qtbot.waitSignal(client.finished, timeout=PATIENCE):
        client.stop()
    with qtbot.waitSignals([client.ready, client.finished], timeout=PATIENCE):
        client.solve(make_square(5), seconds=0.05)
    assert client.pid not in (None, before)


def test_ways_may_change_faster_than_processes_start(make_client: MakeClient, small_addon: Path, qtbot: QtBot) -> None:
    client = make_client(SpawnedProcess)
    client.start()
    for _ in range(3):
        client.run_by(ByPython(small_addon))
        client.run_by(SpawnedProcess)
    with qtbot.waitSignal(client.finished, timeout=PATIENCE):
        client.solve(make_square(5), seconds=0.05)


def test_killed_window_leaves_no_process(small_addon: Path, tmp_path: Path, pytestconfig: pytest.Config) -> None:
    script = tmp_path / "window.py"
    process = f"make_process=ByPython(Path({str(small_addon)!r}))"
    text = PARENT.replace("serve_improving)", f"serve_improving, {process})", 1)
    script.write_text(
        f"from pathlib import Path\nfrom app.jobs.python_process import ByPython\n{text}", encoding="utf-8"
    )
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
