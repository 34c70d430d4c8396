"""A program that takes its time: its lines are passed on as they come, and it can be stopped."""

from __future__ import annotations

import math
import os
import signal
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress

from app.addon.errors import StoppedError
from app.addon.foreign_python import foreign_environment, no_console

Say = Callable[[str], object]
"""Takes a line that the user may read."""

KEPT = 6
"""Lines of a program that failed."""


class StepError(Exception):
    """A program failed.

    Parameters
    ----------
    said
        Its last lines.
    """

    def __init__(self, said: Sequence[str]) -> None:
        super().__init__(*said)
        self.said = tuple(said)


def run_step(command: Sequence[str], say: Say, stop: threading.Event, patience: float = math.inf) -> None:
    """Run a program of another Python and wait for it.

    Parameters
    ----------
    command
        The program and its arguments.
    say
        Gets its lines.
    stop
        Once this is set, the program is ended.
    patience
        Seconds after which it is ended too.

    Raises
    ------
    StepError
        If it fails, takes too long, or cannot be started.
    StoppedError
        If it was ended.
    """
    if stop.is_set():
        raise StoppedError
    try:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            env={**foreign_environment(), "PYTHONUNBUFFERED": "1"},
            creationflags=no_console(),
            start_new_session=True,  # with a group of its own, whatever it starts can be ended with it
        )
    except OSError as error:
        raise StepError([f"{command[0]}: {error.strerror}"]) from error
    ended = threading.Event()
    guard = threading.Thread(target=_end_when, args=(process, stop, ended, patience), name="addon-stop", daemon=True)
    guard.start()
    last: deque[str] = deque(maxlen=KEPT)
    try:
        assert process.stdout is not None
        with process.stdout:
            for line in process.stdout:
                if line.strip():
                    last.append(line.rstrip())
                    say(line.rstrip())
        code = process.wait()
    finally:
        ended.set()
        guard.join()
        if process.poll() is None:  # something went wrong here, or Ctrl-C was pressed
            _end(process)
    if stop.is_set():
        raise StoppedError
    if code != 0:
        raise StepError(last)


def _end_when(process: subprocess.Popen[str], stop: threading.Event, ended: threading.Event, patience: float) -> None:
    limit = time.monotonic() + patience
    while not ended.wait(0.05):
        if stop.is_set() or time.monotonic() > limit:
            _end(process)
            return


def _end(process: subprocess.Popen[str]) -> None:
    """End a program by force, with all that it has started, and wait for it."""
    if sys.platform == "win32":
        subprocess.run(["taskkill", "/F", "/T", "/PID", str(process.pid)], capture_output=True, check=False)
    else:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()
