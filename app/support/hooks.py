"""The places at which Python tells of errors that nobody has dealt with, and of those that are logged."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType
from typing import Any

from app.support.black_box import log_to
from app.support.telling import message_of

Note = Callable[[BaseException, str, bool], object]
"""Takes an error, what was said of it, and whether the user hears of it elsewhere."""


def listen(note: Note) -> Callable[[], None]:
    """Hear of errors; who heard of them before still does.

    Parameters
    ----------
    note
        Called in the thread in which the error happened.

    Returns
    -------
    Callable
        Ends it.
    """

    def uncaught(kind: type[BaseException], error: BaseException, at: TracebackType | None) -> None:
        note(error, "", False)

    def in_thread(given: threading.ExceptHookArgs) -> None:
        if given.exc_value is not None:
            note(given.exc_value, f"In the thread {given.thread.name if given.thread is not None else '?'}:", False)

    def unraisable(given: Any) -> None:
        # It went wrong while something was taken apart: nobody waited for that, and nobody misses it.
        if given.exc_value is not None:
            note(given.exc_value, "", True)

    ends = [
        _take(sys, "excepthook", uncaught),
        _take(threading, "excepthook", in_thread),
        _take(sys, "unraisablehook", unraisable),
        log_to(_Log(note)),
    ]

    def end() -> None:
        for one in ends:
            one()

    return end


def _take(owner: Any, name: str, mine: Callable[..., None]) -> Callable[[], None]:
    usual = getattr(owner, name)

    def hook(*given: Any) -> None:
        with suppress(Exception):
            mine(*given)
        usual(*given)

    setattr(owner, name, hook)

    def back() -> None:
        if getattr(owner, name) is hook:
            setattr(owner, name, usual)

    return back


class _Log(logging.Handler):
    """Hears of errors that are logged. Whoever logs one tells the user of it, too."""

    def __init__(self, note: Note) -> None:
        super().__init__(logging.ERROR)
        self._note = note

    def emit(self, record: logging.LogRecord) -> None:
        error = record.exc_info[1] if record.exc_info else None
        if error is not None:
            self._note(error, message_of(record), True)
