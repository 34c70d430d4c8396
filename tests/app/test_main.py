"""What the program does before it looks at its command line."""

from __future__ import annotations

import multiprocessing
import runpy
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

import app
from app.__main__ import main


def test_a_spawned_process_does_its_work_before_the_command_line_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    class WorkDoneError(Exception):
        pass

    def work() -> None:
        raise WorkDoneError

    monkeypatch.setattr(multiprocessing, "freeze_support", work)
    monkeypatch.setattr(sys, "argv", ["routewright", "--multiprocessing-fork", "parent_pid=1", "pipe_handle=7"])
    with pytest.raises(WorkDoneError):
        main()


def test_ctrl_c_while_modules_are_loaded_ends_without_a_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupt() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(multiprocessing, "freeze_support", interrupt)
    with pytest.raises(SystemExit) as left:
        runpy.run_path(str(Path(app.__file__).with_name("__main__.py")), run_name="__main__")
    assert left.value.code == 130
    assert capsys.readouterr().err == "interrupted\n"


def test_a_program_without_a_console_may_print_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    with pytest.raises(SystemExit) as left:
        main(["--version"])
    assert left.value.code == 0
    for stream in (sys.stdout, sys.stderr):
        assert stream is not None
        stream.close()


@pytest.mark.skipif(sys.platform != "linux", reason="there is always a display elsewhere")
def test_without_a_display_the_main_job_is_done_offscreen(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Sequence[str]] = []

    def selftest(arguments: Sequence[str]) -> int:
        asked.append(arguments)
        return 7

    for variable in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setattr("app.selftest.command.main", selftest)
    assert main([]) == 7
    (arguments,) = asked
    assert arguments[arguments.index("--out") + 1] == "out"
    assert main(["day.routewright"]) == 2  # what somebody has asked for is not solved in silence
