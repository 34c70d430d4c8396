"""One engine process and the two threads that talk with it, so that the window never waits for either."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from queue import SimpleQueue

from app.jobs.worker_process import MakeProcess, Serve, SpawnedProcess
from solver.channels import Channel
from solver.messages import Request, Shutdown
from solver.wire import Known, receive, send

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Gone:
    """The process has ended.

    Parameters
    ----------
    exit_code
        0 when it did so in good order, minus the signal's number when it was killed, None if it never started.
    written
        What it has written down of its errors and not been asked for.
    """

    exit_code: int | None
    written: str = ""


class WorkerLink:
    """Starts a process, sends it requests in order, and delivers its answers.

    Starting a process takes about 10 ms here and several times that elsewhere, and another Python takes a second: it is
    done in the reader's thread, like all that may block.

    Parameters
    ----------
    serve
        What the process runs.
    deliver
        Called in the reader's thread with this link and each `solver.messages.Answer`, and at last with a `Gone`.
    make_process
        The way in which the process is started.
    """

    def __init__(
        self,
        serve: Serve,
        deliver: Callable[[WorkerLink, object], None],
        make_process: MakeProcess = SpawnedProcess,
    ):
        self._deliver = deliver
        self._process = make_process(serve)
        self._outbox: SimpleQueue[Request | None] = SimpleQueue()
        self._reader = threading.Thread(target=self._read, name="engine-reader", daemon=True)

    def open(self) -> None:
        """Start the process; returns at once."""
        self._reader.start()

    @property
    def pid(self) -> int | None:
        """Number of the process, None until it has started."""
        return self._process.pid

    def send(self, request: Request) -> None:
        """Send a request after those before it; returns at once. A request to a process that is gone is dropped."""
        self._outbox.put(request)

    def news(self) -> str:
        """Return what the process has written down of its errors since this was last asked."""
        return self._process.news()

    def kill(self) -> None:
        """End the process by force; returns at once, and a `Gone` follows."""
        self._process.kill()

    def drop(self) -> None:
        """End the process without waiting, also one that is only about to start; a `Gone` follows."""
        self._outbox.put(Shutdown())
        self.kill()

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
            channel = self._process.start()
        except OSError:
            logger.exception("the engine process did not start")
        else:
            self._talk(channel)
        self._deliver(self, Gone(self._process.exit_code, self._process.news()))

    def _talk(self, channel: Channel) -> None:
        """Deliver answers until the process is gone, while another thread sends requests."""
        writer = threading.Thread(target=self._write, args=(channel,), name="engine-writer", daemon=True)
        writer.start()
        while True:
            try:
                answer = receive(channel)
            except (EOFError, OSError):
                break
            self._deliver(self, answer)
        self._process.join()
        self._outbox.put(None)
        writer.join()
        channel.close()

    def _write(self, channel: Channel) -> None:
        known = Known()
        while (request := self._outbox.get()) is not None:
            try:
                send(channel, request, known)
            except OSError:  # it is gone, which the reader will tell
                return
