"""Requests over HTTP, one at a time, to the server that they name and to no other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, QTimer, QUrl
from PySide6.QtNetwork import QNetworkAccessManager, QNetworkReply, QNetworkRequest

from app import __version__
from app.io.servers.exchange import Answer, Fault, Request

AGENT = f"Routewright/{__version__}"
"""By what name the program introduces itself."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a server is given.

    Parameters
    ----------
    total
        Milliseconds for a whole answer.
    most_bytes
        Of an answer.
    """

    total: int = 30_000
    most_bytes: int = 8 << 20


class HttpClient(QObject):
    """Asks, and is never waited for.

    Parameters
    ----------
    limits
        What a server is given.
    parent
        Owner.
    """

    def __init__(self, limits: Limits | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._limits = limits or Limits()
        self._manager: QNetworkAccessManager | None = None  # not made before something is asked
        self._reply: QNetworkReply | None = None
        self._ended: Fault | None = None  # why the request in hand was ended from this side

    @property
    def busy(self) -> bool:
        """Whether an answer is still to come."""
        return self._reply is not None

    def ask(self, request: Request, done: Callable[[Answer], None]) -> None:
        """Ask; what was asked before is taken back.

        Parameters
        ----------
        request
            What is asked.
        done
            Called once with the answer, which may be a fault; never for what was taken back.
        """
        self.cancel()
        if self._manager is None:
            self._manager = QNetworkAccessManager(self)
        made = _made(request)
        reply = self._manager.get(made) if request.body is None else self._manager.post(made, request.body)
        reply.setReadBufferSize(2 * self._limits.most_bytes)
        self._reply, self._ended = reply, None
        reply.downloadProgress.connect(self._on_progress)
        reply.finished.connect(partial(self._on_finished, reply, done))
        deadline = QTimer(reply, singleShot=True, interval=self._limits.total)
        deadline.timeout.connect(partial(self._end, Fault.SLOW))
        deadline.start()

    def cancel(self) -> None:
        """Take back what has been asked."""
        reply, self._reply = self._reply, None
        if reply is not None:
            reply.abort()
            reply.deleteLater()

    def _on_progress(self, received: int, total: int) -> None:
        if max(received, total) > self._limits.most_bytes:
            self._end(Fault.TOO_LARGE)

    def _end(self, fault: Fault) -> None:
        if self._reply is not None:
            self._ended = fault
            self._reply.abort()  # which finishes it

    def _on_finished(self, reply: QNetworkReply, done: Callable[[Answer], None]) -> None:
        if self._reply is not reply:
            return  # it was taken back
        self._reply = None
        reply.deleteLater()
        done(_answer(reply, self._ended))


def _made(request: Request) -> QNetworkRequest:
    made = QNetworkRequest(QUrl(request.url))
    if request.body is not None:
        made.setHeader(QNetworkRequest.KnownHeaders.ContentTypeHeader, "application/json")
    made.setHeader(QNetworkRequest.KnownHeaders.UserAgentHeader, AGENT)
    made.setRawHeader(b"Accept", b"application/json")
    made.setRawHeader(b"Accept-Language", b"*")  # Qt would tell that of the user
    made.setRawHeader(b"Accept-Encoding", b"identity")  # what is not packed cannot grow when it is unpacked
    attribute, manual = QNetworkRequest.Attribute, QNetworkRequest.LoadControl.Manual
    for one in (attribute.CookieSaveControlAttribute, attribute.CookieLoadControlAttribute):
        made.setAttribute(one, manual)
    # what is sent is for the server that was agreed to, and for no other
    made.setAttribute(attribute.RedirectPolicyAttribute, QNetworkRequest.RedirectPolicy.ManualRedirectPolicy)
    return made


def _answer(reply: QNetworkReply, ended: Fault | None) -> Answer:
    if ended is not None:
        return Answer(fault=ended)
    status = reply.attribute(QNetworkRequest.Attribute.HttpStatusCodeAttribute)
    headers = {
        bytes(name.data()).decode("latin-1").lower(): bytes(value.data()).decode("latin-1")
        for name, value in reply.rawHeaderPairs()
    }
    if not isinstance(status, int):
        return Answer(fault=Fault.UNREACHABLE)
    broken = reply.error() != QNetworkReply.NetworkError.NoError and status < 300  # it has ended within the answer
    return Answer(status, bytes(reply.readAll().data()), headers, Fault.UNREACHABLE if broken else None)
