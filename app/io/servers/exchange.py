"""A request and what comes of it, in terms that know no network; and what a person is told of one that fails."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from enum import Enum, auto
from typing import Any
from urllib.parse import urlsplit

from app.language import tr

LONGEST_PAUSE = 120.0
"""Seconds that a server may ask to be left alone; one that asks for more has failed."""


class Fault(Enum):
    """Why there is no answer that can be used."""

    UNREACHABLE = auto()
    SLOW = auto()
    ELSEWHERE = auto()
    REFUSED = auto()
    ABSENT = auto()
    BUSY = auto()
    BROKEN = auto()
    GARBAGE = auto()
    TOO_LARGE = auto()


SENTENCES = {
    Fault.UNREACHABLE: tr("{server} cannot be reached."),
    Fault.SLOW: tr("{server} has not answered in time."),
    Fault.ELSEWHERE: tr("{server} sends on to another address, which is not asked."),
    Fault.REFUSED: tr("{server} refuses to answer; its address may need a key, or another one."),
    Fault.ABSENT: tr("{server} has no such service at this address."),
    Fault.BUSY: tr("{server} has been asked too often. Try again later."),
    Fault.BROKEN: tr("{server} reports an error of its own."),
    Fault.GARBAGE: tr("{server} does not answer as such a server does."),
    Fault.TOO_LARGE: tr("{server} answers with more than was asked for."),
}
"""What the user reads."""

PASSING = frozenset({Fault.UNREACHABLE, Fault.SLOW, Fault.BUSY, Fault.BROKEN})
"""Faults that may be over when the same is asked again."""


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked.

    Parameters
    ----------
    url
        Whole.
    body
        JSON that is posted; None gets what is there.
    """

    url: str
    body: bytes | None = None

    def __repr__(self) -> str:
        return f"Request({server_of(self.url)!r})"  # places and keys have no place in a log


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a request.

    Parameters
    ----------
    status
        Of HTTP; 0 where there was no answer.
    body
        What came with it.
    headers
        By name in lower case.
    fault
        What went wrong on the way.
    """

    status: int = 0
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    fault: Fault | None = None


def fault_of(answer: Answer) -> Fault | None:
    """Return what is wrong with an answer; None for one with a body to be read, which may still be garbage."""
    status = answer.status
    if answer.fault is Fault.TOO_LARGE:
        return answer.fault
    if status in (429, 503):
        return Fault.BUSY
    if status in (408, 504):
        return Fault.SLOW
    if status >= 500:
        return Fault.BROKEN
    if status in (401, 402, 403, 407):
        return Fault.REFUSED
    if status in (404, 405, 410):
        return Fault.ABSENT
    if 300 <= status < 400:
        return Fault.ELSEWHERE
    if status >= 400:
        return Fault.GARBAGE
    return answer.fault if status else answer.fault or Fault.UNREACHABLE


def read_json(answer: Answer) -> Any:
    """Return the JSON of an answer, whatever its status; None where there is none."""
    try:
        return json.loads(answer.body)
    except (ValueError, RecursionError):
        return None


def retry_after(answer: Answer, now: float) -> float:
    """Return the seconds that a server asks to be left alone; 0 where it does not.

    Parameters
    ----------
    answer
        Of the server.
    now
        Seconds since the epoch.
    """
    said = answer.headers.get("retry-after", "").strip()
    if said.isascii() and said.isdecimal() and len(said) < 9:
        return float(said)
    try:
        return max(parsedate_to_datetime(said).timestamp() - now, 0.0)
    except (ValueError, OverflowError, OSError):
        return 0.0


def server_of(url: str) -> str:
    """Return the server of an address with its port where it has one; the rest of an address may hold a key."""
    try:
        parts = urlsplit(url)
        return f"{parts.hostname or ''}:{parts.port}" if parts.port else parts.hostname or ""
    except ValueError:
        return ""


def said(fault: Fault, url: str) -> str:
    """Return the sentence about a fault of a server."""
    return SENTENCES[fault].format(server=server_of(url))
