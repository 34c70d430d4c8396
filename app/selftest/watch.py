"""Watches the course of a self-test from outside: whatever it dies of, or hangs in, there is a report."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from types import FrameType
from typing import Any

from app.selftest import course
from app.selftest.told import Began, Failed, Over, Tell
from app.selftest.wish import Wish

Course = Callable[[Connection, Wish], None]
"""What the process runs: `app.selftest.course.run`, or a test's own; it has to be importable by name."""

TERMINATED = 143
"""Exit code of a program that was asked to end."""


def watch(wish: Wish, tell: Tell, run: Course = course.run) -> None:
    """Run a self-test in a process of its own, which is gone with all that it has started when this returns.

    Parameters
    ----------
    wish
        What is wanted.
    tell
        Hears of each step.
    run
        What the process runs.
    """
    context = get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=run, args=(there, wish), name="routewright-selftest")
    with _ended_with(process):
        process.start()
        there.close()  # else its death would not close the pipe
        with here:
            under_way = _listen(here, wish.began + wish.limit, tell)
            process.join(max(0.0, wish.began + wish.limit - time.monotonic()))
            if process.exitcode is None:
                tell(Failed(under_way, f"it took longer than {wish.limit:g} s; --limit allows for more"))
            elif process.exitcode != 0 or under_way != _EXIT:
                tell(Failed(under_way, f"the program ended unasked, {_cause(process.exitcode)}"))


_EXIT = "exit"
"""The last step: there is nothing more to tell, and the process ends by itself."""


def _listen(connection: Connection, until: float, tell: Tell) -> str:
    """Pass on what is told, until there is no more of it or the time is up; return which step is under way then."""
    under_way = "start"
    with suppress(EOFError, OSError):
        while connection.poll(max(0.0, until - time.monotonic())):
            told = connection.recv()
            if isinstance(told, Over):
                return _EXIT
            if isinstance(told, Began):
                under_way = told.step
            tell(told)
    return under_way


@contextmanager
def _ended_with(process: Any) -> Iterator[None]:
    """End a process, and what it has started, whatever happens here."""
    former = signal.signal(signal.SIGTERM, _leave)
    try:
        yield
    finally:
        if process.pid is not None:
            if sys.platform != "win32":  # there the others notice by themselves that nobody is left to work for
                with suppress(ProcessLookupError, PermissionError):
                    os.killpg(process.pid, signal.SIGKILL)
            process.kill()
            process.join()
        signal.signal(signal.SIGTERM, former)


def _leave(_: int, __: FrameType | None) -> None:
    sys.exit(TERMINATED)


def _cause(exit_code: int) -> str:
    if exit_code >= 0:
        return f"with exit code {exit_code}"
    with suppress(ValueError):
        return f"by the signal {signal.Signals(-exit_code).name}"
    return f"by the signal {-exit_code}"
