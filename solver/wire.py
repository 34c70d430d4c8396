"""Messages over a pipe between two processes of this program.

An array travels beside its message and not inside it: the bytes go straight from the array into the pipe, without a
copy and without the interpreter's lock. For the matrices of 2,000 stops and three travel profiles (192 MB) that is
0.4 s during which a window goes on drawing; packed into the message they hold the lock for 0.8 s. And they go only
once: most edits leave all places where they are.
"""

from __future__ import annotations

import io
import pickle
from collections.abc import Callable
from typing import Any

from solver.channels import Channel
from solver.problem import Problem, Travel

_SAME_TRAVEL = "the travel of the last problem"


class Known:
    """The travel of the last problem that went through a pipe in one direction; each end has its own."""

    def __init__(self) -> None:
        self.travel: Travel | None = None

    def note(self, message: object) -> None:
        """Remember the travel of a message that has a problem."""
        problem = getattr(message, "problem", None)
        if isinstance(problem, Problem):
            self.travel = problem.travel


def send(connection: Channel, message: object, known: Known | None = None) -> None:
    """Send one message; blocks until the other end has taken it.

    Parameters
    ----------
    connection
        One end of a pipe. Only one thread at a time may send.
    message
        One of `solver.messages`.
    known
        What has been sent here before, where the other end remembers it too.

    Raises
    ------
    OSError
        If the other end is closed.
    """
    known = known or Known()
    buffers: list[pickle.PickleBuffer] = []
    body = io.BytesIO()
    _Pickler(body, known, buffers.append).dump(message)
    connection.send_bytes(len(buffers).to_bytes(4, "little") + body.getbuffer())
    for buffer in buffers:
        connection.send_bytes(buffer.raw())
    known.note(message)


def receive(connection: Channel, known: Known | None = None) -> object:
    """Return the next message; blocks until it is complete.

    Only for a pipe to a process that this program has started itself: a message may hold any object.

    Parameters
    ----------
    connection
        The other end.
    known
        What has come from there before; needed where the sender has one.

    Returns
    -------
    object
        The message; arrays in it are read-only.

    Raises
    ------
    EOFError, OSError
        If the other end is closed.
    """
    known = known or Known()
    frame = connection.recv_bytes()
    buffers = [connection.recv_bytes() for _ in range(int.from_bytes(frame[:4], "little"))]
    message = _Unpickler(io.BytesIO(frame[4:]), known, buffers).load()
    known.note(message)
    return message


class _Pickler(pickle.Pickler):
    def __init__(self, file: io.BytesIO, known: Known, keep: Callable[[pickle.PickleBuffer], Any]) -> None:
        super().__init__(file, protocol=5, buffer_callback=keep)
        self._known = known.travel

    def persistent_id(self, obj: object) -> str | None:
        return _SAME_TRAVEL if self._known is not None and obj is self._known else None


class _Unpickler(pickle.Unpickler):
    def __init__(self, file: io.BytesIO, known: Known, buffers: list[bytes]) -> None:
        super().__init__(file, buffers=buffers)
        self._known = known.travel

    def persistent_load(self, pid: str) -> Travel:
        if pid != _SAME_TRAVEL or self._known is None:
            raise pickle.UnpicklingError("a message refers to what has not come before")
        return self._known
