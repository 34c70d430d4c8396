"""Where a language model is, and what is given to it; the network is not needed for that."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QUrl

from app.language import tr

USUAL_ADDRESS = "http://localhost:11434/v1"
"""Where programs that run models on the user's own computer listen."""

AT_HOME = frozenset({"localhost", "127.0.0.1", "::1"})
"""Hosts that are this computer."""


@dataclass(frozen=True, slots=True)
class Server:
    """Who is asked.

    Parameters
    ----------
    address
        Up to and with the version, such as `USUAL_ADDRESS`.
    model
        Name of the model there.
    key
        Sent along, unless it is "".
    """

    address: str
    model: str
    key: str = ""

    def __repr__(self) -> str:
        return f"Server({self.address!r}, {self.model!r})"  # a key has no place in a log


@dataclass(frozen=True, slots=True)
class Patience:
    """What a server is given.

    Parameters
    ----------
    total
        Milliseconds for a whole answer.
    most_bytes
        Of an answer.
    """

    total: int = 60_000
    most_bytes: int = 1 << 18


def address_problem(address: str) -> str:
    """Return what is wrong with an address, as a sentence; "" when all is well."""
    url = QUrl(address, QUrl.ParsingMode.StrictMode)
    if not url.isValid() or url.scheme() not in ("http", "https") or not url.host():
        return tr("The address begins with http:// or https://, such as {example}.", example=USUAL_ADDRESS)
    if url.userInfo():
        return tr("The address must not hold a user or a password; there is a field for the key.")
    if url.hasQuery() or url.hasFragment():
        return tr("The address ends before a question mark or a number sign.")
    return ""


def host_of(address: str) -> str:
    """Return the server of an address, with its port where it has one."""
    url = QUrl(address)
    return url.host() if url.port() == -1 else f"{url.host()}:{url.port()}"


def is_at_home(address: str) -> bool:
    """Whether a server is this computer, so that nothing leaves it."""
    return QUrl(address).host() in AT_HOME
