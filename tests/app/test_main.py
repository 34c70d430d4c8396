"""What the program does before it looks at its command line."""

from __future__ import annotations

import multiprocessing
import sys

import pytest

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


def test_a_program_without_a_console_may_print_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    with pytest.raises(SystemExit) as left:
        main(["--version"])
    assert left.value.code == 0
    for stream in (sys.stdout, sys.stderr):
        assert stream is not None
        stream.close()
