"""How long a server's answer may be kept, by the headers it came with.

References
----------
Fielding, R., Nottingham, M. and Reschke, J. (2022). HTTP Caching. RFC 9111.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC
from email.utils import parsedate_to_datetime

UNSAID = 7 * 86_400.0
"""Seconds for which a tile is kept whose server does not say; the policy of OpenStreetMap's servers asks for a week."""
LONGEST = 365 * 86_400.0


@dataclass(frozen=True, slots=True)
class Lifetime:
    """How an answer may be kept.

    Parameters
    ----------
    seconds
        For how long it may be shown without asking again.
    kept
        Whether it may be written to disk at all.
    strict
        Whether it must not be shown later than that, not even while the server cannot be reached.
    """

    seconds: float
    kept: bool = True
    strict: bool = False


def lifetime(headers: Mapping[str, str], now: float) -> Lifetime:
    """Return how long an answer may be kept.

    Parameters
    ----------
    headers
        By name in lower case. What cannot be read counts as not said.
    now
        Seconds since the epoch, for a server that does not tell the time.
    """
    said = _directives(headers.get("cache-control", ""))
    seconds = UNSAID
    if "no-cache" in said:
        seconds = 0.0
    elif (most := _number(said.get("max-age"))) is not None:
        seconds = most - (_number(headers.get("age")) or 0.0)
    elif "expires" in headers:
        # "0" and other nonsense mean that it has expired already
        expires = _time(headers["expires"])
        came = _time(headers.get("date", ""))
        seconds = expires - (now if came is None else came) if expires is not None else 0.0
    strict = "no-cache" in said or "must-revalidate" in said
    return Lifetime(min(max(seconds, 0.0), LONGEST), "no-store" not in said, strict)


def retry_after(headers: Mapping[str, str], now: float) -> float:
    """Return the seconds that a server asks to wait before it is asked again; 0 where it does not."""
    value = headers.get("retry-after", "")
    seconds = _number(value)
    if seconds is None:
        at = _time(value)
        seconds = 0.0 if at is None else at - now
    return min(max(seconds, 0.0), 3600.0)


def _directives(header: str) -> dict[str, str]:
    parts = (part.strip().partition("=") for part in header.split(","))
    return {name.strip().lower(): value.strip().strip('"') for name, _, value in parts}


def _number(text: str | None) -> float | None:
    if text is None:
        return None
    text = text.strip()
    return float(text) if text.isascii() and text.isdecimal() and len(text) < 12 else None


def _time(text: str) -> float | None:
    """Return seconds since the epoch of a date in HTTP's format."""
    try:
        read = parsedate_to_datetime(text)
        return (read if read.tzinfo else read.replace(tzinfo=UTC)).timestamp()
    except (ValueError, OverflowError, OSError):
        return None
