"""What a table cell says and how what the user types is read; no Qt in here.

Texts are read as in CSV files (`app.io.cells`), and a little more leniently, because here somebody types them: a
decimal comma, spaces between thousands, a comma between time windows, and whole hours all do.
"""

from __future__ import annotations

import re
from typing import cast

from app.io.cells import (
    CellError,
    read_duration,
    read_number,
    read_polygon,
    read_time,
    read_whole,
    read_yes_no,
    typed_time,
    typed_windows,
    write_number,
    write_time,
    write_yes_no,
)
from app.language import tr
from app.model.scenario import Access, Point, ProfileRule, Window

ACCESS_WORDS = {
    Access.ALLOWED: tr("Allowed"),
    Access.PREFERRED: tr("Preferred"),
    Access.FORBIDDEN: tr("Forbidden"),
}
"""What each access is called."""

_FACTOR = re.compile(r"[x×*]\s*(\S+)$", re.IGNORECASE)
_BLANKS = re.compile(r"[\s\u00a0\u202f]")


def text_of(text: str) -> str:
    """Read any text."""
    return text.strip()


def number_of(text: str) -> float:
    """Read a number; decimal comma and decimal point both do."""
    return read_number(_plain_number(text))


def optional_number_of(text: str) -> float | None:
    """Read a number, and nothing as no limit."""
    return number_of(text) if text.strip() else None


def whole_of(text: str) -> int:
    """Read a whole number."""
    return read_whole(_plain_number(text))


def time_of(text: str) -> int:
    """Read a time of day, or an hour such as ``8``, as seconds since midnight."""
    return typed_time(text.strip())


def duration_of(text: str) -> int:
    """Read minutes, or hours and minutes as ``1:30``, as seconds."""
    if ":" in text:
        return read_time(text.strip())
    return read_duration(_plain_number(text))


def optional_duration_of(text: str) -> int | None:
    """Read a duration, and nothing as no limit."""
    return duration_of(text) if text.strip() else None


def windows_of(text: str) -> tuple[Window, ...]:
    """Read time windows such as ``08:00–12:00, 14:00–16:00``, or ``8-12``; nothing means any time."""
    return typed_windows(text.replace(",", "|")) if text.strip() else ()


def ring_of(text: str) -> tuple[Point, ...]:
    """Read the corners of a polygon, latitude first, ``60.17 24.93; 60.18 24.93; 60.18 24.95``, or as WKT."""
    if text.strip().upper().startswith("POLYGON"):
        return read_polygon(text.strip())
    corners = []
    for part in filter(None, (part.strip() for part in text.split(";"))):
        numbers = part.split()
        if len(numbers) != 2:
            raise CellError(
                tr("corners of a latitude and a longitude each, such as 60.17 24.93; 60.18 24.93; 60.18 24.95")
            )
        corners.append((number_of(numbers[0]), number_of(numbers[1])))
    return tuple(corners)


def yes_no_of(text: str) -> bool:
    """Read a yes or a no; nothing is a no."""
    return read_yes_no(text.strip()) if text.strip() else False


def rule_of(text: str) -> ProfileRule:
    """Read a profile rule: an access, a weight when preferred, and a service factor, such as ``preferred 5 ×1.2``."""
    rest, factor, weight = text.strip(), 1.0, 0.0
    try:
        if found := _FACTOR.search(rest):
            factor = number_of(found.group(1))
            rest = rest[: found.start()].strip()
        word, _, weight_text = rest.partition(" ")
        if weight_text.strip():
            weight = number_of(weight_text)
        access = _access(word)
        if weight and access is not Access.PREFERRED:
            raise CellError(tr("a weight only where a vehicle is preferred"))
    except CellError:
        expected = tr("allowed, forbidden, or preferred with a weight, and perhaps a service factor: preferred 5 ×1.2")
        raise CellError(expected) from None
    return ProfileRule(access, weight, factor)


def shown_text(value: object) -> str:
    """Write a text, or nothing for None."""
    return "" if value is None else str(value)


def shown_number(value: object) -> str:
    """Write a number, or nothing for None."""
    return "" if value is None else write_number(cast(float, value))


def shown_time(value: object) -> str:
    """Write seconds since midnight as ``HH:MM``."""
    return write_time(cast(int, value))


def shown_duration(value: object) -> str:
    """Write seconds as minutes, as ``H:MM:SS`` where that takes many decimals, or nothing for None."""
    if value is None:
        return ""
    seconds = cast(int, value)
    return write_time(seconds) if seconds % 3 else write_number(seconds / 60)


def shown_windows(value: object) -> str:
    """Write time windows as `windows_of` reads them."""
    return ", ".join(f"{write_time(first)}–{write_time(last)}" for first, last in cast(tuple[Window, ...], value))


def shown_ring(value: object) -> str:
    """Write corners as `ring_of` reads them."""
    return "; ".join(f"{write_number(lat)} {write_number(lon)}" for lat, lon in cast(tuple[Point, ...], value))


def shown_yes_no(value: object) -> str:
    """Write a yes or a no."""
    return write_yes_no(bool(value))


def shown_rule(value: object) -> str:
    """Write a profile rule as `rule_of` reads it."""
    rule = cast(ProfileRule, value)
    text = ACCESS_WORDS[rule.access]
    if rule.weight:
        text += f" {write_number(rule.weight)}"
    return text if rule.service_factor == 1.0 else f"{text} ×{write_number(rule.service_factor)}"


def _access(word: str) -> Access:
    """Find the access that a word, or its beginning, means, as shown or in English; an empty cell is allowed."""
    meant = word.casefold()
    written = ((access, one) for access in Access for one in (ACCESS_WORDS[access].casefold(), access.value))
    found = next((access for access, one in written if one.startswith(meant)), None)
    if found is None:
        raise CellError(tr("allowed, preferred or forbidden"))
    return found


def _plain_number(text: str) -> str:
    """Turn ``1 234,5`` and ``1,234.5`` into ``1234.5``: the last of comma and point is the decimal one."""
    bare = _BLANKS.sub("", text)
    if "," in bare and "." in bare:
        thousands = "," if bare.rindex(".") > bare.rindex(",") else "."
        bare = bare.replace(thousands, "")
    return bare.replace(",", ".")
