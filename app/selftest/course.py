"""The process of a self-test: it opens the window, takes all steps, and tells of each."""

from __future__ import annotations

import faulthandler
import os
import sys
import threading
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING

from app.selftest.step import Step, take
from app.selftest.told import Began, Done, Failed, Known, Over, Tell, Told
from app.selftest.wish import Extent, Wish

if TYPE_CHECKING:
    from app.selftest.stage import Stage

LAST_WORDS = 3.0
"""Seconds before the limit at which it is written down what every thread is at."""


def run(connection: Connection, wish: Wish) -> None:
    """Take all steps; runs as the target of a spawned process.

    Parameters
    ----------
    connection
        Carries `app.selftest.told`; the process ends when its other end is gone.
    wish
        What is wanted.
    """
    if sys.platform != "win32":
        os.setpgid(0, 0)  # whoever ends this process can end with it what it has started
    with suppress(OSError):  # a program without a console may have neither
        os.dup2(2, 1)  # what is printed here must not come between the report
    faulthandler.enable()
    faulthandler.dump_traceback_later(max(wish.limit / 2, wish.limit - LAST_WORDS))
    threading.Thread(target=_heed, args=(connection,), name="watcher", daemon=True).start()
    lock = threading.Lock()

    def tell(told: Told) -> None:
        with lock:
            connection.send(told)

    stage = _open(wish, tell)
    if stage is not None:
        take(_steps(wish.extent), stage, tell)
        tell(Began("end"))
        _tried("end", stage.close, tell)
        tell(Known("qt_messages", stage.messages))
    from app.selftest.about import about  # what has to be imported for it would count as a part of the start

    for name, value in about().items():
        tell(Known(name, value))
    tell(Over())


def _open(wish: Wish, tell: Tell) -> Stage | None:
    """Open the window as a start does."""
    made: list[Stage] = []

    def work() -> None:
        # What needs no Qt comes first, as in the start: see `app.__main__`.
        import app.io
        import app.model  # noqa: F401
        from app.selftest.stage import Stage

        imported = time.monotonic() - wish.began
        stage = Stage(wish)
        made.append(stage)
        usable = time.monotonic() - wish.began
        tell(Done("start", usable, {"imported": round(imported, 3), "window": round(usable, 3)} | dict(stage.facts())))

    tell(Began("start"))
    _tried("start", work, tell)
    return made[0] if made else None


def _steps(extent: Extent) -> list[Step[Stage]]:
    from app.selftest.full import FULL
    from app.selftest.quick import QUICK

    return [*QUICK, *FULL] if extent is Extent.FULL else [*QUICK]


def _tried(step: str, work: Callable[[], object], tell: Tell) -> None:
    try:
        work()
    except Exception as error:  # the report has to come, whatever it is
        traceback.print_exc(file=sys.stderr)
        tell(Failed(step, f"{type(error).__name__}: {error}"))


def _heed(connection: Connection) -> None:
    """End this process when nobody watches it any more."""
    with suppress(EOFError, OSError):
        connection.recv()
    os._exit(1)
