"""Programs that come to a bad end: ``python -m tests.app.support.crashing HOW FOLDER``."""

from __future__ import annotations

import faulthandler
import logging
import os
import signal
import sys
import threading
from collections.abc import Callable
from pathlib import Path

from app.support.watch import Watch

SECRET = "Anna Virtanen, Mannerheimintie 5"
"""What the user has typed, which must not be in any report."""


def nothing() -> None:
    """End well."""


def segfault() -> None:
    """Be ended by the system."""
    faulthandler._sigsegv()


def killed() -> None:
    """Be ended by somebody else, without a word."""
    os.kill(os.getpid(), signal.SIGKILL)


def raises() -> None:
    """Meet an error before there is a window."""
    raise KeyError(SECRET)


def in_thread() -> None:
    """Meet an error where nobody waits for it."""
    thread = threading.Thread(target=raises, name="worker")
    thread.start()
    thread.join()


def logged() -> None:
    """Meet an error and log it."""
    try:
        raises()
    except KeyError:
        logging.getLogger(__name__).exception("%s could not be read", SECRET)


def without_stderr() -> None:
    """Do all of it in a program that has no console."""
    sys.stderr = None
    logged()
    in_thread()
    sys.excepthook(ValueError, ValueError(SECRET), None)


HOW: dict[str, Callable[[], None]] = {
    one.__name__: one for one in (nothing, segfault, killed, raises, in_thread, logged, without_stderr)
}

if __name__ == "__main__":
    with Watch(Path(sys.argv[2])):
        HOW[sys.argv[1]]()
