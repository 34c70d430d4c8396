"""A server on this computer that answers as a test wants it to: well, slowly, wrongly, half, or never."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple

from app.io.servers.exchange import Answer, Request


class Seen(NamedTuple):
    """A request."""

    path: str
    headers: dict[str, str]
    body: bytes | None


class Handler(BaseHTTPRequestHandler):
    server: Listener
    timeout = 5

    def do_GET(self) -> None:
        self._handle(None)

    def do_POST(self) -> None:
        self._handle(self.rfile.read(int(self.headers["Content-Length"])))

    def send(self, answer: Answer) -> None:
        self.send_response(answer.status)
        headers = {"Content-Type": "application/json", "Content-Length": str(len(answer.body)), **answer.headers}
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(answer.body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def _handle(self, body: bytes | None) -> None:
        seen = Seen(self.path, {name.lower(): value for name, value in self.headers.items()}, body)
        self.server.owner.seen.append(seen)
        self.server.owner.handle(self, seen)


class Listener(ThreadingHTTPServer):
    daemon_threads = False

    def __init__(self, owner: StubServer) -> None:
        self.owner = owner
        super().__init__(("127.0.0.1", 0), Handler)

    def handle_error(self, *_: object) -> None:
        """A client that hangs up is no error."""


class StubServer:
    """Answers on a free port of this computer until it is closed.

    Parameters
    ----------
    answer
        Answers a request, as `tests.app.io.servers.stub_router.StubRouter.answer` does.

    Attributes
    ----------
    handle
        Sends the answer; a test may put another way in its place.
    seen
        All requests so far.
    """

    def __init__(self, answer: Callable[[Request], Answer] = lambda _: Answer(200, b"{}")) -> None:
        self.answer = answer
        self.seen: list[Seen] = []
        self.closing = threading.Event()
        self.handle: Callable[[Handler, Seen], None] = self.well
        self._listener = Listener(self)
        self._thread = threading.Thread(target=self._listener.serve_forever, kwargs={"poll_interval": 0.02})
        self._thread.start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._listener.server_port}"

    def well(self, handler: Handler, seen: Seen) -> None:
        """Answer."""
        handler.send(self.answer(Request(self.address + seen.path, seen.body)))

    def never(self, handler: Handler, seen: Seen) -> None:
        """Answer nothing until the end."""
        self.closing.wait(10)

    def slowly(self, handler: Handler, seen: Seen) -> None:
        """Send an answer letter by letter, for ever."""
        handler.send_response(200)
        handler.send_header("Content-Length", "10000")
        handler.end_headers()
        while not self.closing.wait(0.05):
            handler.wfile.write(b" ")
            handler.wfile.flush()

    def half(self, handler: Handler, seen: Seen) -> None:
        """Begin an answer and close."""
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n{")
        handler.close_connection = True

    def close(self) -> None:
        self.closing.set()
        self._listener.shutdown()
        self._listener.server_close()
        self._thread.join()


@contextmanager
def serving(answer: Callable[[Request], Answer] = lambda _: Answer(200, b"{}")) -> Iterator[StubServer]:
    """Have a server for a while."""
    server = StubServer(answer)
    try:
        yield server
    finally:
        server.close()
