"""Requests to a server: a few at a time, none endless, and none that says more than it must."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, QTimer, QUrl, Signal
from PySide6.QtNetwork import QNetworkAccessManager, QNetworkReply, QNetworkRequest

from app.map.tiles.answers import Answer, Fault
from app.map.tiles.cache import Validators
from app.map.tiles.grid import Tile
from app.map.tiles.images import MOST_BYTES

_Error = QNetworkReply.NetworkError
_FAULTS = {
    _Error.TimeoutError: Fault.SLOW,
    _Error.OperationCanceledError: Fault.SLOW,  # so Qt reports its own timeout
    _Error.SslHandshakeFailedError: Fault.INSECURE,
    _Error.InsecureRedirectError: Fault.ELSEWHERE,
    _Error.TooManyRedirectsError: Fault.ELSEWHERE,
}
"""By Qt's error; any other means that the server was not reached."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a server is given.

    Parameters
    ----------
    silence, total
        Milliseconds without a byte, and for a whole answer.
    most_bytes
        Of an answer.
    redirects
        From one address to another.
    """

    silence: int = 10_000
    total: int = 30_000
    most_bytes: int = MOST_BYTES
    redirects: int = 3


class Fetcher(QObject):
    """Asks one server for tiles.

    Parameters
    ----------
    agent
        By what name the program introduces itself.
    limits
        What a server is given.

    Signals
    -------
    answered
        A `Tile` and an `Answer`; not for requests that were cancelled.
    """

    answered = Signal(object, object)

    def __init__(self, agent: str, limits: Limits | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._agent, self._limits = agent, limits or Limits()
        self._manager = QNetworkAccessManager(self)
        self._replies: dict[Tile, QNetworkReply] = {}
        self._faults: dict[Tile, Fault] = {}  # why a request was ended from this side

    @property
    def under_way(self) -> Set[Tile]:
        """Which tiles are being asked for."""
        return self._replies.keys()

    def fetch(self, tile: Tile, address: str, known: Validators) -> None:
        """Ask for a tile.

        Parameters
        ----------
        tile
            Which.
        address
            Where it is.
        known
            Which version is here already.
        """
        reply = self._manager.get(self._request(address, known))
        reply.setReadBufferSize(2 * self._limits.most_bytes)
        self._replies[tile] = reply
        reply.downloadProgress.connect(partial(self._on_progress, tile))
        reply.redirected.connect(partial(self._on_redirected, tile))
        reply.finished.connect(partial(self._on_finished, tile))
        deadline = QTimer(reply, singleShot=True, interval=self._limits.total)
        deadline.timeout.connect(partial(self._end, tile, Fault.SLOW))
        deadline.start()

    def keep_only(self, tiles: Set[Tile]) -> None:
        """Cancel the requests for other tiles."""
        for tile in self._replies.keys() - tiles:
            self._cancel(tile)

    def close(self) -> None:
        """Cancel everything."""
        self.keep_only(frozenset())

    def _request(self, address: str, known: Validators) -> QNetworkRequest:
        request = QNetworkRequest(QUrl(address))
        request.setHeader(QNetworkRequest.KnownHeaders.UserAgentHeader, self._agent)
        request.setRawHeader(b"Accept", b"image/png,image/jpeg,image/webp")
        request.setRawHeader(b"Accept-Language", b"*")  # Qt would tell that of the user
        # tiles are packed already, and what is not packed cannot grow when it is unpacked
        request.setRawHeader(b"Accept-Encoding", b"identity")
        if known.etag:
            request.setRawHeader(b"If-None-Match", known.etag.encode("latin-1", "ignore"))
        if known.modified:
            request.setRawHeader(b"If-Modified-Since", known.modified.encode("latin-1", "ignore"))
        # cookies are not kept, so none is ever sent
        request.setAttribute(QNetworkRequest.Attribute.CookieSaveControlAttribute, QNetworkRequest.LoadControl.Manual)
        request.setAttribute(
            QNetworkRequest.Attribute.RedirectPolicyAttribute,
            QNetworkRequest.RedirectPolicy.UserVerifiedRedirectPolicy,
        )
        request.setMaximumRedirectsAllowed(self._limits.redirects)
        request.setTransferTimeout(self._limits.silence)
        return request

    def _on_progress(self, tile: Tile, received: int, total: int) -> None:
        if max(received, total) > self._limits.most_bytes:
            self._end(tile, Fault.TOO_LARGE)

    def _on_redirected(self, tile: Tile, url: QUrl) -> None:
        """Follow to the server that the user has agreed to, and to no other."""
        reply = self._replies.get(tile)
        if reply is None:
            return
        here = reply.request().url()
        same = url.host() == here.host() and url.port() in (-1, here.port())
        if same and url.scheme() in ("https", here.scheme()):
            reply.redirectAllowed.emit()
        else:
            self._end(tile, Fault.ELSEWHERE)

    def _on_finished(self, tile: Tile) -> None:
        reply = self._replies.pop(tile, None)
        if reply is None:
            return
        reply.deleteLater()
        status = reply.attribute(QNetworkRequest.Attribute.HttpStatusCodeAttribute)
        headers = {
            name.toStdString().lower(): bytes(value.data()).decode("latin-1") for name, value in reply.rawHeaderPairs()
        }
        error, fault = reply.error(), self._faults.pop(tile, None)
        if fault is None and error != _Error.NoError:
            fault = _FAULTS.get(error, Fault.UNREACHABLE)
        body = b"" if fault else bytes(reply.readAll().data())
        self.answered.emit(tile, Answer(int(status or 0) if fault is None else _told(status), headers, body, fault))

    def _end(self, tile: Tile, fault: Fault) -> None:
        """End a request that will bring no tile; it is answered by that."""
        reply = self._replies.get(tile)
        if reply is not None:
            self._faults[tile] = fault
            reply.abort()  # which finishes it

    def _cancel(self, tile: Tile) -> None:
        reply = self._replies.pop(tile)
        reply.abort()
        reply.deleteLater()


def _told(status: object) -> int:
    """Return the status of a failure; one of success does not count where the rest of the answer did not come."""
    number = int(status) if isinstance(status, int) else 0
    return number if number >= 400 else 0
