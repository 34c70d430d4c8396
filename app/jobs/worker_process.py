"""What a link needs of a process, and the usual way to get one: this program once more."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from multiprocessing import get_context
from typing import Protocol

from app.support.black_box import BoxReader, serve_recorded
from solver.channels import Channel

Serve = Callable[[Channel], None]
"""What the process runs: `solver.worker.serve`, or a test's own; it has to be importable by name."""


class WorkerProcess(Protocol):
    """A process that is started once, with a channel to it."""

    @property
    def pid(self) -> int | None:
        """Its number, None until it has started."""

    @property
    def exit_code(self) -> int | None:
        """0 when it ended in good order, minus the signal's number when it was killed; None if it never started."""

    def start(self) -> Channel:
        """Start it and return the channel; may take its time.

        Raises
        ------
        OSError
            If it does not start.
        """

    def kill(self) -> None:
        """End it by force; does nothing when it has not started."""

    def join(self) -> None:
        """Wait until it has ended."""

    def news(self) -> str:
        """Return what it has written down of its errors since this was last asked; "" where that is nothing."""


MakeProcess = Callable[[Serve], WorkerProcess]
"""A way to start processes."""


class SpawnedProcess:
    """The usual way: the Python of this very program, once more.

    It is spawned, never forked: a fork would copy Qt's threads in the state of the moment.

    Parameters
    ----------
    serve
        What the process runs.
    """

    def __init__(self, serve: Serve) -> None:
        context = get_context("spawn")
        self._here, self._there = context.Pipe()
        self._box = BoxReader()
        work = serve if self._box.path is None else partial(serve_recorded, serve, self._box.path)
        self._process = context.Process(target=work, args=(self._there,), name="routewright-engine", daemon=True)

    @property
    def pid(self) -> int | None:
        return self._process.pid

    @property
    def exit_code(self) -> int | None:
        return self._process.exitcode if self._process.pid is not None else None

    def start(self) -> Channel:
        try:
            self._process.start()
        except OSError:
            self._here.close()
            self._box.close()
            raise
        finally:
            self._there.close()  # else its death would not close the pipe
        return self._here

    def kill(self) -> None:
        if self._process.pid is not None:
            self._process.kill()

    def join(self) -> None:
        if self._process.pid is not None:
            self._process.join()
        self._box.close()

    def news(self) -> str:
        return self._box.news()
