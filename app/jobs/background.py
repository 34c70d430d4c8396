"""Work that would hold up the window, such as reading a file, done in a thread of its own."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Signal

logger = logging.getLogger(__name__)

FAULTS_OF_THE_CODE = (AssertionError, AttributeError, LookupError, NameError, RecursionError, TypeError)
"""Errors that no file, disk or network is to blame for: they are logged, so that there is a report of them."""


@dataclass(frozen=True, slots=True, eq=False)
class _Task:
    """One piece of work with what happens after it, in the window's thread."""

    title: str
    work: Callable[[], Any]
    done: Callable[[Any], None]
    failed: Callable[[Exception], None]


class BackgroundRunner(QObject):
    """Runs work in one thread, one piece after the other, and reports in the thread that made the runner.

    The work must not touch Qt or change what the window reads: it takes immutable values and returns one.

    Signals
    -------
    busy_changed
        The title of the work in hand, or "" when there is none.
    """

    busy_changed = Signal(str)
    _ended = Signal(object, object, object)  # task, result, error

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="background")
        self._tasks: list[_Task] = []
        self._closing = threading.Event()
        self._ended.connect(self._on_ended)

    @property
    def busy(self) -> bool:
        """Whether some work has not been reported yet."""
        return bool(self._tasks)

    def run(
        self,
        title: str,
        work: Callable[[], Any],
        done: Callable[[Any], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Do some work, then call ``done`` with its result, or ``failed`` with its exception.

        Parameters
        ----------
        title
            What the user reads meanwhile, such as "Opening helsinki.routewright".
        work
            Called in the background thread.
        done, failed
            Called in the runner's own thread; neither is called after `close`.
        """
        if self._closing.is_set():
            return
        task = _Task(title, work, done, failed)
        self._tasks.append(task)
        if len(self._tasks) == 1:
            self.busy_changed.emit(title)
        self._executor.submit(self._work, task)

    def close(self) -> None:
        """Drop what has not begun, wait for what has, and end the thread. What ends now is not reported."""
        self._closing.set()
        self._executor.shutdown(wait=True, cancel_futures=True)
        self._tasks.clear()

    def _work(self, task: _Task) -> None:
        try:
            result = task.work()
        except Exception as error:  # whatever it is, the window has to hear of it
            if isinstance(error, FAULTS_OF_THE_CODE):
                logger.exception("%s failed", task.title)
            self._ended.emit(task, None, error)
        else:
            self._ended.emit(task, result, None)

    def _on_ended(self, task: _Task, result: object, error: Exception | None) -> None:
        if self._closing.is_set():
            return
        self._tasks.remove(task)
        self.busy_changed.emit(self._tasks[0].title if self._tasks else "")
        if error is None:
            task.done(result)
        else:
            task.failed(error)
