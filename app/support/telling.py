"""Errors as text for whoever puts them right, without what the user has typed.

Names of customers, addresses and coordinates are the user's own affair, and an exception quotes whatever it is about.
So the words of an exception are kept where they are the interpreter's or the system's, and left out otherwise.
"""

from __future__ import annotations

import builtins
import logging
import os
import re
import traceback
from collections.abc import Iterable
from pathlib import Path

LEFT_OUT = "(its words are left out: they may quote what was planned)"
"""Stands where an exception may speak of a scenario."""

_OF_THE_INTERPRETER = (
    ArithmeticError,
    AttributeError,
    ImportError,
    IndexError,
    MemoryError,
    NameError,
    RuntimeError,
    SyntaxError,
    TypeError,
)
"""Exceptions that speak of code: names in it, types, sizes and positions."""

_OF_LIBRARIES = ("numba", "llvmlite", "sqlite3", "torch")
"""Packages whose exceptions speak of code or of the machine."""

_ROOT = Path(__file__).resolve().parents[2]
_PLACES = re.compile(r'(?:(?<=")|^)[^"\n]*[/\\](?:site|dist)-packages[/\\]|' + re.escape(f"{_ROOT}{os.sep}"))
_ERROR = re.compile(r"((?:\w+\.)*\w*(?:Error|Exception|Interrupt|Exit))(?:: .*)?$")
_OF_TRACEBACK = re.compile(r' *File "|    |Traceback |Fatal Python error: |(?:Current thread|Thread) 0x')
_NEXT = "\nThe exception above was the cause of the next one.\n\n"
_MEANWHILE = "\nWhile the exception above was handled, there was another one.\n\n"


def told(error: BaseException) -> str:
    """Return the traceback of an exception and of those that led to it, the last one last."""
    parts = [_alone(error)]
    seen = {id(error)}
    while (before := error.__cause__ or (None if error.__suppress_context__ else error.__context__)) is not None:
        if id(before) in seen:
            break
        seen.add(id(before))
        parts += [_NEXT if error.__cause__ is not None else _MEANWHILE, _alone(before)]
        error = before
    return without_home("".join(reversed(parts)))


def where(error: BaseException) -> str:
    """Return the innermost place in our own code that an exception came through, as ``app/views/status.py:40``."""
    frames = traceback.extract_tb(error.__traceback__)
    shortened = [(_PLACES.sub("", frame.filename).replace("\\", "/"), frame.lineno) for frame in frames]
    ours = [(name, line) for name, line in shortened if name.startswith(("app/", "solver/"))]
    name, line = (ours or shortened or [("", None)])[-1]
    return f"{name}:{line}" if line is not None else name


def words_of(error: BaseException) -> str:
    """Return what an exception says, as far as it cannot be of anybody's customers."""
    kind = type(error).__name__
    if isinstance(error, OSError):
        return f"{kind}: [Errno {error.errno}] {error.strerror}" if error.errno is not None else kind
    package = type(error).__module__.partition(".")[0]
    if not str(error):
        return kind
    if isinstance(error, _OF_THE_INTERPRETER) or package in _OF_LIBRARIES:
        return f"{kind}: {error}"
    return f"{kind} {LEFT_OUT}"


def without_words(lines: Iterable[str]) -> str:
    """Return the tracebacks in what another program has printed, with no words that may be of anybody's customers."""
    kept: list[str] = []
    for line in lines:
        error = _ERROR.match(line)
        if error is not None:
            kind = getattr(builtins, error[1], None)
            known = isinstance(kind, type) and issubclass(kind, _OF_THE_INTERPRETER)
            allowed = known or error[1].partition(".")[0] in _OF_LIBRARIES
            kept.append(line if allowed else f"{error[1]} {LEFT_OUT}")
        elif _OF_TRACEBACK.match(line):
            kept.append(line)
    return "\n".join(kept)


def message_of(record: logging.LogRecord) -> str:
    """Return what a line of the log says; where it names anything but numbers, without the names."""
    given = record.args if isinstance(record.args, tuple) else ()
    if all(isinstance(one, (int, float)) for one in given) and not isinstance(record.args, dict):
        return record.getMessage()
    return str(record.msg)


def without_home(text: str) -> str:
    """Shorten the paths in a text: the user's own folder is ``~``, what comes with the program begins with it."""
    text = _PLACES.sub("", text)
    for home in {str(Path.home()), os.path.realpath(Path.home())}:
        if len(home) > 1:
            flags = re.IGNORECASE if os.name == "nt" else 0
            text = re.sub(rf"{re.escape(home)}(?![\w.-])", "~", text, flags=flags)
    return text


def _alone(error: BaseException) -> str:
    frames = "".join(traceback.extract_tb(error.__traceback__).format())
    return f"{frames}{words_of(error)}\n"
