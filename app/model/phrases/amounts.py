"""Times, time windows and lengths of time as people type them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from app.model.scenario import DAY, Window

_TIME = re.compile(r"(\d{1,2})(?:[:.h](\d{2}))?(?:\s?uhr|\s?h)?", re.ASCII)
_TO = re.compile(r"\s*(?:-|–|—|\bto\b|\buntil\b|\bbis\b)\s*")
_AND = re.compile(r"\s*(?:,|;|\||\band\b|\bund\b)\s*")
_FROM = re.compile(r"^(?:from|von)\s+")
_SPAN = re.compile(
    r"(?:(\d{1,2})\s?(?:h|hours?|std\.?|stunden?)\s?)?(?:(\d{1,4})\s?(?:m|min\.?|minutes?|minuten?)?)?", re.ASCII
)


def read_time(text: str) -> int | None:
    """Return seconds since midnight from ``11``, ``11:30``, ``11.30`` or ``11 Uhr``; None where it is no time."""
    found = _TIME.fullmatch(text.strip().casefold())
    if found is None:
        return None
    hours, minutes = int(found[1]), int(found[2] or 0)
    return hours * 3600 + minutes * 60 if hours <= 24 and minutes < 60 else None


def read_windows(text: str) -> tuple[Window, ...] | None:
    """Return time windows, sorted, from ``9:00-12:00``, ``9 to 12`` or ``9-12, 14-16``; None where it is none."""
    windows = []
    for part in _AND.split(text.strip().casefold()):
        ends = [read_time(one) for one in _TO.split(_FROM.sub("", part))]
        if len(ends) != 2 or ends[0] is None or ends[1] is None or ends[0] > ends[1]:
            return None
        windows.append((ends[0], ends[1]))
    windows.sort()
    apart = all(one[1] < other[0] for one, other in pairwise(windows))
    return tuple(windows) if apart else None


def read_span(text: str) -> int | None:
    """Return seconds from ``10``, ``10 min``, ``1 h`` or ``1 h 30 min``; None where it is no length of time."""
    found = _SPAN.fullmatch(text.strip().casefold())
    if found is None or (found[1] is None and found[2] is None):
        return None
    seconds = int(found[1] or 0) * 3600 + int(found[2] or 0) * 60
    return seconds if seconds <= DAY else None


def written_time(seconds: int) -> str:
    """Return a time as `read_time` reads it."""
    return f"{seconds // 3600}:{seconds // 60 % 60:02}"


def written_windows(windows: Sequence[Window]) -> str:
    """Return time windows as `read_windows` reads them."""
    return ", ".join(f"{written_time(first)}-{written_time(last)}" for first, last in windows)


def written_span(seconds: int) -> str:
    """Return a length of time as `read_span` reads it."""
    return f"{seconds // 60} min"
