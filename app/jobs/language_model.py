"""A language model behind an address that the user names: any server that answers as OpenAI's does.

It is asked for one thing after another, never waited for, and sent nowhere else than to that address.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, QTimer, QUrl, Signal
from PySide6.QtNetwork import QNetworkAccessManager, QNetworkReply, QNetworkRequest

from app.jobs.model_address import Patience, Server, host_of
from app.language import tr

PATH = "/chat/completions"


class LanguageModel(QObject):
    """Asks; each question has a ticket by which its answer is known.

    Parameters
    ----------
    patience
        What a server is given.
    parent
        Owner.

    Signals
    -------
    replied(object, str)
        A ticket, and what the model says.
    failed(object, str)
        A ticket, and a sentence for the user: why there is no answer. Nothing comes for what was cancelled.
    """

    replied = Signal(object, str)
    failed = Signal(object, str)

    def __init__(self, patience: Patience | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._patience = patience or Patience()
        self._manager = QNetworkAccessManager(self)
        self._replies: dict[object, QNetworkReply] = {}
        self._ended: dict[object, str] = {}  # why a request was ended from this side

    @property
    def busy(self) -> bool:
        """Whether an answer is still to come."""
        return bool(self._replies)

    def ask(self, server: Server, messages: Sequence[dict[str, str]], ticket: object) -> None:
        """Ask; an earlier question with the same ticket is cancelled.

        Parameters
        ----------
        server
            Whom.
        messages
            All that is sent, besides the name of the model and the key.
        ticket
            By which the answer is known.
        """
        self.cancel(ticket)
        body = {"model": server.model, "messages": list(messages), "temperature": 0, "stream": False}
        reply = self._manager.post(_request(server), json.dumps(body, ensure_ascii=False).encode())
        reply.setReadBufferSize(2 * self._patience.most_bytes)
        self._replies[ticket] = reply
        reply.downloadProgress.connect(partial(self._on_progress, ticket))
        reply.finished.connect(partial(self._on_finished, ticket, reply, host_of(server.address)))
        deadline = QTimer(reply, singleShot=True, interval=self._patience.total)
        slow = tr("{server} has not answered in time.", server=host_of(server.address))
        deadline.timeout.connect(partial(self._end, ticket, slow))
        deadline.start()

    def cancel(self, ticket: object) -> None:
        """Take a question back."""
        reply = self._replies.pop(ticket, None)
        self._ended.pop(ticket, None)
        if reply is not None:
            reply.abort()
            reply.deleteLater()

    def close(self) -> None:
        """Take everything back."""
        for ticket in list(self._replies):
            self.cancel(ticket)

    def _on_progress(self, ticket: object, received: int, total: int) -> None:
        if max(received, total) > self._patience.most_bytes:
            self._end(ticket, tr("The answer of the language model is too long."))

    def _end(self, ticket: object, why: str) -> None:
        reply = self._replies.get(ticket)
        if reply is not None:
            self._ended[ticket] = why
            reply.abort()  # which finishes it

    def _on_finished(self, ticket: object, reply: QNetworkReply, host: str) -> None:
        if self._replies.get(ticket) is not reply:
            return  # it was cancelled
        del self._replies[ticket]
        reply.deleteLater()
        why = self._ended.pop(ticket, "") or _trouble(reply, host)
        said = "" if why else _said(bytes(reply.readAll().data()))
        if why or not said:
            self.failed.emit(ticket, why or tr("{server} has not answered as a language model does.", server=host))
        else:
            self.replied.emit(ticket, said)


def _request(server: Server) -> QNetworkRequest:
    request = QNetworkRequest(QUrl(server.address.rstrip("/") + PATH))
    request.setHeader(QNetworkRequest.KnownHeaders.ContentTypeHeader, "application/json")
    request.setHeader(QNetworkRequest.KnownHeaders.UserAgentHeader, "Routewright")
    request.setRawHeader(b"Accept", b"application/json")
    request.setRawHeader(b"Accept-Language", b"*")  # Qt would tell that of the user
    request.setRawHeader(b"Accept-Encoding", b"identity")  # what is not packed cannot grow when it is unpacked
    if server.key:
        request.setRawHeader(b"Authorization", b"Bearer " + server.key.encode())
    attribute, manual = QNetworkRequest.Attribute, QNetworkRequest.LoadControl.Manual
    for one in (attribute.CookieSaveControlAttribute, attribute.CookieLoadControlAttribute):
        request.setAttribute(one, manual)
    # what is sent is for the server that was agreed to, and for no other
    request.setAttribute(attribute.RedirectPolicyAttribute, QNetworkRequest.RedirectPolicy.ManualRedirectPolicy)
    return request


def _trouble(reply: QNetworkReply, host: str) -> str:
    """Return why a reply is none, as a sentence; "" when it is one."""
    status = reply.attribute(QNetworkRequest.Attribute.HttpStatusCodeAttribute)
    match status:
        case 401 | 403:
            return tr("{server} does not accept the key.", server=host)
        case 404:
            return tr("{server} does not know this address or this model.", server=host)
        case 429:
            return tr("{server} has been asked too often. Try again later.", server=host)
        case int() if 300 <= status < 400:
            return tr("{server} sends on to another address, which is not asked.", server=host)
        case int() if status >= 400:
            return tr("{server} answers with error {status}.", server=host, status=status)
    if reply.error() != QNetworkReply.NetworkError.NoError:
        return tr("{server} cannot be reached.", server=host)
    return ""


def _said(body: bytes) -> str:
    """Return what the model says in an answer; "" where that is none."""
    try:
        read = json.loads(body)
        said = read["choices"][0]["message"]["content"]
    except (ValueError, RecursionError, LookupError, TypeError):
        return ""
    return said if isinstance(said, str) else ""
