"""Messages over a pipe between two processes of this program.

An array travels beside its message and not inside it: the bytes go straight from the array into the pipe, without a
copy and without the interpreter's lock. For the matrices of 2,000 stops and three travel profiles (192 MB) that is
0.4 s during which a window goes on drawing; packed into the message they hold the lock for 0.8 s.
"""

from __future__ import annotations

import pickle
from multiprocessing.connection import Connection


def send(connection: Connection, message: object) -> None:
    """Send one message; blocks until the other end has taken it.

    Parameters
    ----------
    connection
        One end of a pipe. Only one thread at a time may send.
    message
        One of `solver.messages`.

    Raises
    ------
    OSError
        If the other end is closed.
    """
    buffers: list[pickle.PickleBuffer] = []
    body = pickle.dumps(message, protocol=5, buffer_callback=buffers.append)
    connection.send_bytes(len(buffers).to_bytes(4, "little") + body)
    for buffer in buffers:
        connection.send_bytes(buffer.raw())


def receive(connection: Connection) -> object:
    """Return the next message; blocks until it is complete.

    Only for a pipe to a process that this program has started itself: a message may hold any object.

    Returns
    -------
    object
        The message; arrays in it are read-only.

    Raises
    ------
    EOFError, OSError
        If the other end is closed.
    """
    frame = connection.recv_bytes()
    buffers = [connection.recv_bytes() for _ in range(int.from_bytes(frame[:4], "little"))]
    return pickle.loads(frame[4:], buffers=buffers)  # noqa: S301 - from our own process, over a private pipe
