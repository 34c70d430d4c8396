"""The engine in another Python: a program like any other, spoken to by its standard input and output."""

from __future__ import annotations

import logging
import subprocess
import threading
from collections import deque
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from app.addon.foreign_python import ISOLATED, foreign_environment, no_console
from app.jobs.worker_process import Serve
from app.support.telling import without_words
from solver.channels import Channel, StreamChannel
from solver.remote import GREETING

logger = logging.getLogger(__name__)

LINES = 1000
"""Of what the process says that are kept, the last ones."""

PATIENCE = 60.0
"""Seconds that a Python may take to load the engine's modules, from a disk that has not seen them for long."""


@dataclass(frozen=True, slots=True)
class ByPython:
    """A way to start processes: in another Python.

    Parameters
    ----------
    python
        The interpreter.
    """

    python: Path

    def __call__(self, serve: Serve) -> PythonProcess:
        """Return a process that has not started yet."""
        return PythonProcess(self.python, serve)


class PythonProcess:
    """A process of another Python that has this program's packages.

    Parameters
    ----------
    python
        The interpreter.
    serve
        What the process runs.
    patience
        Seconds until one that says nothing is given up.
    """

    def __init__(self, python: Path, serve: Serve, patience: float = PATIENCE) -> None:
        self._command = [
            *(str(python), ISOLATED, "-X", "faulthandler"),  # which says why the system ends it
            *("-m", "solver.remote", f"{serve.__module__}:{serve.__qualname__}"),
        ]
        self._patience = patience
        self._process: subprocess.Popen[bytes] | None = None
        self._listener: threading.Thread | None = None
        self._written: deque[str] = deque(maxlen=LINES)

    @property
    def pid(self) -> int | None:
        return None if self._process is None else self._process.pid

    @property
    def exit_code(self) -> int | None:
        return None if self._process is None else self._process.returncode

    def start(self) -> Channel:
        self._process = process = subprocess.Popen(
            self._command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=foreign_environment(),
            creationflags=no_console(),
        )
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        self._listener = threading.Thread(target=self._log, args=(process.stderr,), name="engine-log", daemon=True)
        self._listener.start()
        channel = StreamChannel(process.stdout, process.stdin)
        if not self._greets(process.stdout):
            self.kill()
            self.join()
            channel.close()
            raise OSError(f"{self._command[0]} has no engine that answers")
        return channel

    def kill(self) -> None:
        if self._process is not None:
            self._process.kill()

    def join(self) -> None:
        if self._process is not None:
            self._process.wait()
        if self._listener is not None:
            self._listener.join()

    def news(self) -> str:
        lines = [self._written.popleft() for _ in range(len(self._written))]
        return without_words(lines)

    def _greets(self, output: IO[bytes]) -> bool:
        """Wait for the first word; whoever says another is no engine."""
        limit = threading.Timer(self._patience, self.kill)
        limit.daemon = True
        limit.start()
        try:
            return output.read(len(GREETING)) == GREETING
        finally:
            limit.cancel()
            limit.join()

    def _log(self, stream: IO[bytes]) -> None:
        """Write down what the process has to say, until it is gone."""
        with stream:
            for line in stream:
                text = line.decode(errors="replace").rstrip()
                logger.warning("the engine says: %s", text)
                self._written.append(text)
