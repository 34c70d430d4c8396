"""One engine process and the two threads that talk with it, so that the window never waits for either."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from queue import SimpleQueue

from solver.messages import Request, Shutdown
from solver.wire import Known, receive, send

logger = logging.getLogger(__name__)

Serve = Callable[[Connection], None]
"""What the process runs: `solver.worker.serve`, or a test's own; it has to be importable by name."""


@dataclass(frozen=True, slots=True)
class Gone:
    """The process has ended.

    Parameters
    ----------
    exit_code
        0 when it did so in good order, minus the signal's number when it was killed, None if it never started.
    """

    exit_code: int | None


class WorkerLink:
    """Starts a process, sends it requests in order, and delivers its answers.

    Processes are spawned, never forked: a fork would copy Qt's threads in the state of the moment. Starting one takes
    about 10 ms here and several times that elsewhere, so it is done in the reader's thread, like all that may block.

    Parameters
    ----------
    serve
        What the process runs.
    deliver
        Called in the reader's thread with this link and each `solver.messages.Answer`, and at last with a `Gone`.
    """

    def __init__(self, serve: Serve, deliver: Callable[[WorkerLink, object], None]):
        context = get_context("spawn")
        self._deliver = deliver
        self._here, self._there = context.Pipe()
        self._process = context.Process(target=serve, args=(self._there,), name="routewright-engine", daemon=True)
        self._outbox: SimpleQueue[Request | None] = SimpleQueue()
        self._reader = threading.Thread(target=self._read, name="engine-reader", daemon=True)
        self._writer = threading.Thread(target=self._write, name="engine-writer", daemon=True)

    def open(self) -> None:
        """Start the process; returns at once."""
        self._reader.start()
        self._writer.start()

    @property
    def pid(self) -> int | None:
        """Number of the process, None until it has started."""
        return self._process.pid

    def send(self, request: Request) -> None:
        """Send a request after those before it; returns at once. A request to a process that is gone is dropped."""
        self._outbox.put(request)

    def kill(self) -> None:
        """End the process by force; returns at once, and a `Gone` follows."""
        if self._process.pid is not None:
            self._process.kill()

    def close(self, patience: float = 1.0) -> None:
        """End the process, and wait until it and both threads are gone.

        Parameters
        ----------
        patience
            Seconds that the process gets to end by itself before it is killed.
        """
        self._outbox.put(Shutdown())
        self._reader.join(patience)
        if self._reader.is_alive():
            logger.warning("the engine process did not end within %.1f s and is killed", patience)
            self.kill()
            self._reader.join()

    def _read(self) -> None:
        try:
            self._process.start()
        except OSError:
            logger.exception("the engine process did not start")
        finally:
            self._there.close()  # else its death would not close the pipe
        while True:
            try:
                answer = receive(self._here)
            except (EOFError, OSError):
                break
            self._deliver(self, answer)
        if self._process.pid is not None:
            self._process.join()
        self._outbox.put(None)
        self._writer.join()
        self._here.close()
        exit_code = self._process.exitcode if self._process.pid is not None else None
        self._deliver(self, Gone(exit_code))

    def _write(self) -> None:
        known = Known()
        while (request := self._outbox.get()) is not None:
            try:
                send(self._here, request, known)
            except OSError:  # it is gone, which the reader will tell
                return
