"""A file that a process writes its errors into, and the system's last word where it is killed by one.

It is read by another process, or by the next start of the program. The engine's process uses it without knowing: so it
is imported there, and imports little itself.
"""

from __future__ import annotations

import faulthandler
import logging
import os
import sys
import tempfile
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO, TextIO

from app.support.telling import message_of, told

FULL = 128 * 1024
"""Characters after which nothing more is written down: an error that comes again and again must not fill the disk."""


class BlackBox:
    """The file, open for as long as the process lives. Where it cannot be written, less is known afterwards.

    Parameters
    ----------
    path
        Of the file; its folder is there.
    """

    def __init__(self, path: Path) -> None:
        self._file: TextIO | None = None
        with suppress(OSError):
            self._file = path.open("a", encoding="utf-8", errors="replace")

    def watch_for_signals(self) -> None:
        """Let the interpreter write down what all threads do when the system ends the process for a fault."""
        if self._file is not None:
            faulthandler.enable(self._file, all_threads=True)

    def write(self, text: str) -> None:
        """Write a text down at once, as far as there is room."""
        if self._file is None:
            return
        with suppress(OSError, ValueError):  # ValueError: it has been closed
            if self._file.tell() < FULL:
                self._file.write(f"{text.rstrip()}\n\n")
                self._file.flush()

    def close(self) -> None:
        """Leave signals alone again."""
        if self._file is not None:
            faulthandler.disable()
            with suppress(OSError):
                self._file.close()
            self._file = None


class BoxHandler(logging.Handler):
    """Writes what is logged as an error into a black box."""

    def __init__(self, box: BlackBox) -> None:
        super().__init__(logging.ERROR)
        self._box = box

    def emit(self, record: logging.LogRecord) -> None:
        """Write a line of the log down, with the traceback of the error that it is about."""
        error = record.exc_info[1] if record.exc_info else None
        self._box.write(f"{message_of(record)}\n{told(error) if error is not None else ''}")


def log_to(handler: logging.Handler) -> Callable[[], None]:
    """Let a handler hear what is logged; what was printed before, still is.

    Returns
    -------
    Callable
        Takes it away again.
    """
    root = logging.getLogger()
    handlers = [handler]
    if not root.handlers and sys.stderr is not None:  # Python prints only where there is no handler at all
        handlers.append(logging.StreamHandler())
        handlers[1].setLevel(logging.WARNING)
    for one in handlers:
        root.addHandler(one)

    def away() -> None:
        for one in handlers:
            root.removeHandler(one)

    return away


def serve_recorded(serve: Callable[[Any], None], path: Path, connection: Any) -> None:
    """Do a process's work, and have written down what ends it.

    Parameters
    ----------
    serve
        The work.
    path
        Of the file of the black box, which is there.
    connection
        What the work is given.
    """
    box = BlackBox(path)
    with suppress(OSError):
        path.unlink()  # whoever reads it has it open, so that it outlives neither; some systems do not let us
    box.watch_for_signals()
    log_to(BoxHandler(box))
    usual = threading.excepthook

    def in_thread(given: threading.ExceptHookArgs) -> None:
        if given.exc_value is not None:
            box.write(f"In the thread {given.thread.name if given.thread else '?'}:\n{told(given.exc_value)}")
        if sys.stderr is not None:
            usual(given)

    threading.excepthook = in_thread
    try:
        serve(connection)
    except Exception as error:
        box.write(told(error))
        raise


class BoxReader:
    """A new file for the box of another process, read while that may still write into it.

    Attributes
    ----------
    path
        Of the file; None where there can be none.
    """

    def __init__(self) -> None:
        self.path: Path | None = None
        self._file: BinaryIO | None = None
        self._left = b""
        self._lock = threading.Lock()
        with suppress(OSError):
            handle, name = tempfile.mkstemp(prefix="routewright-", suffix=".txt")
            self.path, self._file = Path(name), os.fdopen(handle, "rb")

    def news(self) -> str:
        """Return what was written down since this was last asked, "" where that is nothing."""
        with self._lock:
            news, self._left = self._left + self._rest(), b""
        return news.decode("utf-8", "replace").strip()

    def close(self) -> None:
        """Remove the file; what is new in it can still be asked for."""
        with self._lock:
            self._left += self._rest()
            if self._file is not None and self.path is not None:
                self._file.close()
                self._file = None
                with suppress(OSError):
                    self.path.unlink(missing_ok=True)

    def _rest(self) -> bytes:
        with suppress(OSError):
            return self._file.read(2 * FULL) if self._file is not None else b""
        return b""
