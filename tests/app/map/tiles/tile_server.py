"""A server of tiles on this machine that can be slow, wrong, rude and dead."""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Callable
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple

from PySide6.QtCore import QBuffer
from PySide6.QtGui import QColor, QImage

from app.map.tiles.grid import Tile

MAKERS = "© the testers"
Act = Callable[["Request"], None]


def picture(colour: str = "#4080c0", kind: str = "PNG", side: int = 256) -> bytes:
    """Return a tile of one colour."""
    image = QImage(side, side, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    assert image.save(buffer, kind)
    return bytes(buffer.data().data())


class Seen(NamedTuple):
    """What was asked, and what was said with it."""

    tile: Tile
    headers: dict[str, str]


class Request(BaseHTTPRequestHandler):
    """A connection with the request of now; what is answered is the server's `TileServer.act`."""

    protocol_version = "HTTP/1.1"
    server: Listener

    def do_GET(self) -> None:
        owner = self.server.owner
        with owner.lock:
            owner.requests.append(Seen(self.tile, dict(self.headers.items())))
            owner.at_once += 1
            owner.most_at_once = max(owner.most_at_once, owner.at_once)
        try:
            owner.act(self)
        except OSError:  # the other side has gone
            self.close_connection = True
        finally:
            with owner.lock:
                owner.at_once -= 1

    @property
    def tile(self) -> Tile:
        """What is asked for."""
        zoom, x, y = self.path.split("?")[0].removesuffix(".png").strip("/").split("/")[-3:]
        return Tile(int(zoom), int(x), int(y))

    def answer(self, status: int = 200, body: bytes = b"", kind: str = "image/png", **headers: str) -> None:
        """Send an answer; names of headers have underscores for hyphens."""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def hang_up(self, *, rudely: bool) -> None:
        """Close the connection, with a reset when rudely."""
        if rudely:
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        else:
            self.connection.shutdown(socket.SHUT_RDWR)
        self.close_connection = True
        self.connection.close()

    def log_message(self, *_: object) -> None:
        pass


class Listener(ThreadingHTTPServer):
    """Knows whose it is."""

    daemon_threads = False
    block_on_close = True
    request_queue_size = 32

    def __init__(self, owner: TileServer) -> None:
        super().__init__(("127.0.0.1", 0), Request)
        self.owner = owner
        self.connections: list[socket.socket] = []

    def get_request(self) -> tuple[socket.socket, object]:
        connection, address = super().get_request()
        self.connections.append(connection)
        return connection, address

    def handle_error(self, *_: object) -> None:
        pass  # a client that goes away is what is tested


class TileServer:
    """Answers every tile with one colour, until told to ``act`` otherwise.

    Attributes
    ----------
    act
        Called in a thread for each request.
    requests
        All so far.
    most_at_once
        The most that were under way together.
    over
        Set when the server ends; whoever delays should wait for it.
    """

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.requests: list[Seen] = []
        self.at_once = self.most_at_once = 0
        self.over = threading.Event()
        self.tile = picture()
        self.act: Act = self.well
        self._listener = Listener(self)
        self._thread = threading.Thread(target=self._listener.serve_forever, kwargs={"poll_interval": 0.02})
        self._thread.start()

    @property
    def url(self) -> str:
        """Address of the tiles."""
        return f"http://127.0.0.1:{self._listener.server_port}/{{z}}/{{x}}/{{y}}.png"

    @property
    def asked(self) -> list[Tile]:
        """Tiles asked for so far."""
        with self.lock:
            return [request.tile for request in self.requests]

    def well(self, request: Request) -> None:
        """Answer as a good server does."""
        request.answer(body=self.tile)

    def close(self) -> None:
        """End it, with all that it still does."""
        self.over.set()
        self._listener.shutdown()
        self._thread.join()
        # idle connections that are kept alive would hold their threads
        for connection in self._listener.connections:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        self._listener.server_close()
