"""A throttle: of a stream of computations only the newest is worth doing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from app.jobs.after_drawing import AfterDrawing
from app.jobs.background import BackgroundRunner


class NewestOnly:
    """Does one computation at a time in the background; of those that come meanwhile, the newest is next.

    It begins when the window has drawn what led to it: two threads of Python work in turns, and an edit that is drawn
    while its figures are worked out is seen twice as late.

    Parameters
    ----------
    runner
        Does the work.
    title
        What the runner calls it.
    done, failed
        Called in the window's thread with each result, or each exception.
    """

    def __init__(
        self,
        runner: BackgroundRunner,
        title: str,
        done: Callable[[Any], None],
        failed: Callable[[Exception], None],
    ):
        self._runner = runner
        self._title = title
        self._done = done
        self._failed = failed
        self._busy = False
        self._waiting: Callable[[], Any] | None = None
        self._next: Callable[[], Any] | None = None
        self._drawn = AfterDrawing(self._begin, runner)

    @property
    def busy(self) -> bool:
        """Whether a result is still to come."""
        return self._busy

    def submit(self, work: Callable[[], Any]) -> None:
        """Do this next, and forget what has been waiting."""
        if self._busy:
            self._waiting = work
        else:
            self._busy, self._next = True, work
            self._drawn.ask()

    def forget(self) -> None:
        """Drop what is waiting; the result of what has begun is still reported."""
        self._waiting = None

    def _begin(self) -> None:
        work, self._next = self._next, None
        assert work is not None
        self._runner.run(self._title, work, self._on_done, self._on_failed)

    def _on_done(self, result: object) -> None:
        self._go_on()
        self._done(result)

    def _on_failed(self, error: Exception) -> None:
        self._go_on()
        self._failed(error)

    def _go_on(self) -> None:
        self._busy = False
        if (waiting := self._waiting) is not None:
            self._waiting = None
            self.submit(waiting)
