"""A language model that answers as a test wants it to: well, wrongly, slowly, with garbage, or never."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple


class Seen(NamedTuple):
    """A request."""

    path: str
    headers: dict[str, str]
    body: dict[str, Any]


def reply(text: str) -> bytes:
    """Return what a server sends when its model says something."""
    return json.dumps({"choices": [{"message": {"role": "assistant", "content": text}}]}).encode()


class Request(BaseHTTPRequestHandler):
    server: Listener
    timeout = 5

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        headers = {name.lower(): value for name, value in self.headers.items()}
        owner = self.server.owner
        owner.seen.append(Seen(self.path, headers, json.loads(body)))
        owner.answers(self)

    def do_GET(self) -> None:
        self.server.owner.seen.append(Seen(self.path, {}, {}))
        self.send(reply("I have been sent here."))

    def send(self, body: bytes, status: int = 200, **headers: str) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", "Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class Listener(ThreadingHTTPServer):
    daemon_threads = False

    def __init__(self, owner: ModelServer) -> None:
        self.owner = owner
        super().__init__(("127.0.0.1", 0), Request)

    def handle_error(self, *_: object) -> None:
        """A client that hangs up is no error."""


class ModelServer:
    """Answers on a free port of this computer until it is closed.

    Attributes
    ----------
    answers
        Answers a request.
    seen
        All requests so far.
    closing
        Set when whatever still waits is to end.
    """

    def __init__(self) -> None:
        self.seen: list[Seen] = []
        self.closing = threading.Event()
        self.answers: Callable[[Request], None] = lambda request: request.send(reply("ready"))
        self._listener = Listener(self)
        self._thread = threading.Thread(target=self._listener.serve_forever, kwargs={"poll_interval": 0.02})
        self._thread.start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._listener.server_port}/v1"

    def says(self, text: str) -> None:
        """Answer with this from now on."""
        self.answers = lambda request: request.send(reply(text))

    def never(self, request: Request) -> None:
        """Answer nothing until the end."""
        self.closing.wait(10)

    def slowly(self, request: Request) -> None:
        """Send an answer letter by letter, for ever."""
        request.send_response(200)
        request.send_header("Content-Length", "100000")
        request.end_headers()
        while not self.closing.wait(0.05):
            request.wfile.write(b" ")
            request.wfile.flush()

    def hang_up(self, request: Request) -> None:
        """Begin an answer and close."""
        request.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n{")
        request.close_connection = True

    def close(self) -> None:
        self.closing.set()
        self._listener.shutdown()
        self._listener.server_close()
        self._thread.join()
