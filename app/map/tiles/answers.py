"""What a server's answer means, and how a person is told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, auto

from app.language import tr

UNSAID_TYPES = frozenset({"", "application/octet-stream", "binary/octet-stream"})
"""Content types of servers that do not say what they send; the bytes will tell."""


class Fault(Enum):
    """Why a tile did not come."""

    UNREACHABLE = auto()
    SLOW = auto()
    INSECURE = auto()
    ELSEWHERE = auto()
    REFUSED = auto()
    BUSY = auto()
    BROKEN = auto()
    NO_TILE = auto()
    TOO_LARGE = auto()
    ABSENT = auto()


SENTENCES = {
    Fault.UNREACHABLE: tr("{host} cannot be reached."),
    Fault.SLOW: tr("{host} does not answer in time."),
    Fault.INSECURE: tr("The connection to {host} would not be secure."),
    Fault.ELSEWHERE: tr("{host} sends to another server, which you have not agreed to."),
    Fault.REFUSED: tr("{host} refuses to give tiles; its address may need a key, or another one."),
    Fault.BUSY: tr("{host} asks for fewer requests."),
    Fault.BROKEN: tr("{host} reports an error of its own."),
    Fault.NO_TILE: tr("{host} answers with something that is no map tile."),
    Fault.TOO_LARGE: tr("{host} answers with more than a map tile has."),
    Fault.ABSENT: tr("{host} has no tiles of this place, or none at this address."),
}
"""What the user reads; ``{host}`` is the server's name."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a request.

    Parameters
    ----------
    status
        Of HTTP; 0 where there was no answer.
    headers
        By name in lower case.
    body
        What came with it.
    fault
        What went wrong on the way.
    """

    status: int = 0
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    fault: Fault | None = None


def fault_of(answer: Answer) -> Fault | None:
    """Return what is wrong with an answer; None for a tile, and for the word that it has not changed (304)."""
    status = answer.status
    if status in (204, 404, 410):
        return Fault.ABSENT
    if status in (429, 503):
        return Fault.BUSY
    if status >= 500:
        return Fault.BROKEN
    if 400 <= status < 500:
        return Fault.REFUSED
    if answer.fault is not None:
        return answer.fault
    if status == 304:
        return None
    kind = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
    if status != 200 or not answer.body or not (kind.startswith("image/") or kind in UNSAID_TYPES):
        return Fault.NO_TILE
    return None
