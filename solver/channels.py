"""What carries messages between two processes: a connection of `multiprocessing`, or a pair of plain pipes.

An engine in another Python than the window's is no child of `multiprocessing`: it is started like any program, and what
every program has on every system is a standard input and a standard output. Nobody else can get at these, and when
either process is gone the other reads to the end of a file.
"""

from __future__ import annotations

import struct
from contextlib import suppress
from typing import IO, Protocol

_LENGTH = struct.Struct("<Q")


class Channel(Protocol):
    """Whole messages of bytes, both ways; `multiprocessing.connection.Connection` is one."""

    def send_bytes(self, message: bytes | bytearray | memoryview, /) -> None:
        """Send a message; blocks until it is on its way."""

    def recv_bytes(self) -> bytes:
        """Return the next message; blocks until it is complete."""

    def close(self) -> None:
        """Send and receive nothing any more."""


class StreamChannel:
    """Messages over two streams, each as its length and its bytes.

    Only one thread at a time may send, and only one may receive.

    Parameters
    ----------
    incoming, outgoing
        Buffered streams to read from and to write to.
    """

    def __init__(self, incoming: IO[bytes], outgoing: IO[bytes]) -> None:
        self._incoming, self._outgoing = incoming, outgoing

    def send_bytes(self, message: bytes | bytearray | memoryview, /) -> None:
        """Send a message; blocks until the other end has taken it, or the pipe has.

        Raises
        ------
        OSError
            If the other end is closed.
        """
        view = memoryview(message).cast("B")
        self._outgoing.write(_LENGTH.pack(view.nbytes))
        self._outgoing.write(view)  # what is larger than the stream's buffer goes by without a copy
        self._outgoing.flush()

    def recv_bytes(self) -> bytes:
        """Return the next message; blocks until it is complete.

        Raises
        ------
        EOFError, OSError
            If the other end is closed.
        """
        (length,) = _LENGTH.unpack(self._read(_LENGTH.size))
        return self._read(length)

    def close(self) -> None:
        """Close both streams."""
        for stream in (self._outgoing, self._incoming):
            with suppress(OSError):  # what was not taken before the other end was closed
                stream.close()

    def _read(self, length: int) -> bytes:
        read = self._incoming.read(length)
        if len(read) < length:
            raise EOFError
        return read
