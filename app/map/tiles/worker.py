"""A thread that reads, decodes and writes tiles, so that the window never waits for a disk."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterable

Job = Callable[[], None]


class Worker:
    """Does jobs in their order; between them, look-ups, of which only the newest list counts.

    The thread begins with the first of them. Nothing that it does may raise.

    Parameters
    ----------
    name
        Of the thread.
    end
        The last thing that the thread does.
    """

    def __init__(self, name: str, end: Job) -> None:
        self._name, self._end = name, end
        self._jobs: deque[Job] = deque()
        self._look_ups: deque[Job] = deque()
        self._wake = threading.Condition()
        self._closing = False
        self._thread: threading.Thread | None = None

    def submit(self, job: Job) -> None:
        """Do this when it is its turn."""
        with self._wake:
            self._jobs.append(job)
            self._begin()

    def look_up(self, jobs: Iterable[Job]) -> None:
        """Do these, the first first, and forget the look-ups that have not begun."""
        with self._wake:
            self._look_ups = deque(jobs)
            if self._look_ups:
                self._begin()

    def close(self) -> None:
        """Drop what has not begun, and let the thread end when it has done what it is at."""
        with self._wake:
            self._closing = True
            self._jobs.clear()
            self._look_ups.clear()
            self._wake.notify()

    def ended(self, wait: float = 0.0) -> bool:
        """Return whether the thread has ended, or never begun, waiting for it so many seconds at most."""
        if self._thread is None:
            return True
        self._thread.join(wait)
        return not self._thread.is_alive()

    def _begin(self) -> None:
        if self._closing:
            return
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name=self._name, daemon=True)
            self._thread.start()
        self._wake.notify()

    def _run(self) -> None:
        while (job := self._next()) is not None:
            job()
        self._end()

    def _next(self) -> Job | None:
        with self._wake:
            while not self._closing and not self._jobs and not self._look_ups:
                self._wake.wait()
            if self._closing:
                return None
            return self._jobs.popleft() if self._jobs else self._look_ups.popleft()
