"""What one cell of a CSV file says, and how to write it so that it reads back the same.

A reader raises `CellError` with a phrase that completes "expected …". Nothing here depends on the system's locale.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable

from app.language import tr
from app.model.scenario import Point, Window

FORMULA = "=+-@\t\r\n＝＋－＠"
"""A cell that starts with one of these is run as a formula by some spreadsheet."""

_NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d{1,3})?", re.ASCII | re.IGNORECASE)
_WHOLE = re.compile(r"[+-]?\d{1,15}(?:\.0*)?", re.ASCII)
_CLOCK = re.compile(r"(-?)(\d{1,6}):([0-5]\d)(?::([0-5]\d))?", re.ASCII)
_DOTTED_CLOCK = re.compile(r"(\d{1,2})[.h]([0-5]\d)", re.ASCII | re.IGNORECASE)
_MINUTES = re.compile(r"\d{1,6}", re.ASCII)
_HOURS = re.compile(r"(\d{1,2})\s*[-–—]\s*(\d{1,2})", re.ASCII)
_SPAN = re.compile(r"(-?[^-–—]+?)\s*[-–—]\s*(-?[^-–—]+)")
_POLYGON = re.compile(r"POLYGON\s*\(\s*\(([^()]*)\)\s*\)", re.IGNORECASE)
_EMPTY_POLYGON = re.compile(r"POLYGON\s+EMPTY", re.IGNORECASE)

YES = frozenset({"yes", "y", "true", "1", "x", "ja", "kyllä", "k", "oui", "sí", "si", "wahr", "vrai", "verdadero"})
NO = frozenset({"no", "n", "false", "0", "nein", "ei", "non", "falsch", "faux", "falso"})


class CellError(ValueError):
    """A cell that cannot be read.

    Parameters
    ----------
    expected
        What should stand there, as it completes "expected …".
    """

    def __init__(self, expected: str) -> None:
        super().__init__(expected)
        self.expected = expected


def guarded(text: str) -> str:
    """Return the cell for a text: after an apostrophe if a spreadsheet would run it or an import would trim it."""
    return "'" + text if _needs_guard(text) else text


def unguarded(cell: str) -> str:
    """Return the text of a cell: the inverse of `guarded`, and without the blanks around what people type."""
    if cell.startswith("'") and _needs_guard(cell[1:]):
        return cell[1:]
    return cell.strip()


def _needs_guard(text: str) -> bool:
    # Apostrophes in front are looked through, so that a guard can itself be guarded, while 't Hooft stays as it is.
    core = text.lstrip("'")
    return (core != "" and core[0] in FORMULA) or core != core.strip()


def joined(parts: Iterable[str]) -> str:
    r"""Return one cell for several texts, parted by ``|``; a bar or backslash in a text gets a backslash."""
    escaped = (guarded(part).replace("\\", "\\\\").replace("|", "\\|") for part in parts)
    return guarded("|".join(escaped))


def parted(cell: str) -> tuple[str, ...]:
    """Return the texts of a cell that `joined` or a person wrote; empty ones are left out."""
    parts: list[str] = []
    part = ""
    letters = iter(unguarded(cell))
    for letter in letters:
        if letter == "|":
            parts.append(part)
            part = ""
        elif letter == "\\":
            following = next(letters, "")
            part += following if following in ("|", "\\") else letter + following
        else:
            part += letter
    return tuple(text for text in map(unguarded, [*parts, part]) if text)


def read_number(cell: str) -> float:
    """Return a finite number written with a decimal point."""
    value = float(cell) if _NUMBER.fullmatch(cell) else math.nan
    if not math.isfinite(value):
        raise CellError(tr("a number such as 12 or 12.5, without thousands separators or units"))
    return value


def write_number(value: float) -> str:
    """Return the shortest text that reads back as the same number."""
    value = float(value)
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)


def read_whole(cell: str) -> int:
    """Return a whole number."""
    if not _WHOLE.fullmatch(cell):
        raise CellError(tr("a whole number"))
    return int(cell.partition(".")[0])


def read_yes_no(cell: str) -> bool:
    """Return whether a cell says yes."""
    word = cell.casefold()
    if word not in YES and word not in NO:
        raise CellError(tr("yes or no"))
    return word in YES


def write_yes_no(value: bool) -> str:
    """Return ``yes`` or ``no``."""
    return "yes" if value else "no"


def read_time(cell: str) -> int:
    """Return seconds since midnight from ``HH:MM``, ``HH:MM:SS`` or whole minutes; hours may exceed 24.

    ``8.30`` and ``8h30`` are half past eight as well; minutes have no decimals, so that there is no doubt.
    """
    if clock := _CLOCK.fullmatch(cell):
        sign, hours, minutes, seconds = clock.groups()
        value = int(hours) * 3600 + int(minutes) * 60 + int(seconds or 0)
        return -value if sign else value
    if dotted := _DOTTED_CLOCK.fullmatch(cell):
        return int(dotted[1]) * 3600 + int(dotted[2]) * 60
    if _MINUTES.fullmatch(cell):
        return int(cell) * 60
    raise CellError(tr("a time such as 08:30 or 08:30:15, or whole minutes since midnight"))


def write_time(seconds: int) -> str:
    """Return ``HH:MM``, with ``:SS`` where it is not a whole minute."""
    minutes, rest = divmod(abs(seconds), 60)
    tail = f":{rest:02d}" if rest else ""
    return f"{'-' if seconds < 0 else ''}{minutes // 60:02d}:{minutes % 60:02d}{tail}"


def read_duration(cell: str) -> int:
    """Return whole seconds from decimal minutes."""
    try:
        return round(read_number(cell) * 60)
    except CellError:
        raise CellError(tr("minutes, such as 12 or 2.5")) from None


def write_duration(seconds: int) -> str:
    """Return decimal minutes; four decimals are enough to get the second back."""
    return write_number(round(seconds / 60, 4))


def read_windows(cell: str) -> tuple[Window, ...]:
    """Return time windows, sorted, from a cell such as ``08:00-10:00|14:00-16:00``."""
    windows: list[Window] = []
    for part in re.split(r"[|;]", cell):
        span = _SPAN.fullmatch(part.strip())
        if span is None:
            raise CellError(tr("time windows such as 08:00-10:00 or 08:00-10:00|14:00-16:00"))
        windows.append((read_time(span[1].strip()), read_time(span[2].strip())))
    return tuple(sorted(windows))


def typed_time(cell: str) -> int:
    """Return a time as people write it: a bare number up to 24 is an hour, as nobody means the day's first minutes."""
    return int(cell) * 3600 if cell.isascii() and cell.isdigit() and int(cell[:6]) <= 24 else read_time(cell)


def typed_windows(cell: str) -> tuple[Window, ...]:
    """Return time windows as people write them: ``8-12`` is from eight to twelve."""
    return read_windows(_HOURS.sub(r"\1:00-\2:00", cell) if _only_hours(cell) else cell)


def _only_hours(cell: str) -> bool:
    return all(
        (hours := _HOURS.fullmatch(part.strip())) is not None and int(hours[1]) <= 24 and int(hours[2]) <= 24
        for part in re.split(r"[|;]", cell)
    )


def write_windows(windows: Iterable[Window]) -> str:
    """Return the cell for time windows."""
    return "|".join(f"{write_time(earliest)}-{write_time(latest)}" for earliest, latest in windows)


def read_hours(cell: str) -> tuple[tuple[str, tuple[Window, ...]], ...]:
    """Return ids, each with its hours, from a cell such as ``van=06:00-11:00|truck=05:00-07:00;20:00-22:00``.

    What stands behind the last ``=`` are the hours, so that an id may have one too.
    """
    found = []
    for part in parted(cell):
        key, sign, hours = part.rpartition("=")
        if not sign:
            raise CellError(tr("hours of vehicles such as van=06:00-11:00|truck=05:00-07:00;20:00-22:00"))
        found.append((key, read_windows(hours) if hours.strip() else ()))
    return tuple(found)


def write_hours(hours: Iterable[tuple[str, tuple[Window, ...]]]) -> str:
    """Return the cell for hours of vehicles."""
    return joined(f"{key}={write_windows(spans).replace('|', ';')}" for key, spans in hours)


def read_polygon(cell: str) -> tuple[Point, ...]:
    """Return the ring of a WKT ``POLYGON``, latitude first and without the closing point."""
    if _EMPTY_POLYGON.fullmatch(cell):
        return ()
    polygon = _POLYGON.fullmatch(cell)
    if polygon is None:
        raise CellError(tr("one polygon without holes, as WKT: POLYGON ((lon lat, lon lat, …))"))
    ring: list[Point] = []
    for pair in polygon[1].split(","):
        numbers = pair.split()
        if len(numbers) != 2:
            raise CellError(tr("points of a longitude and a latitude each, as in POLYGON ((24.9 60.1, 25.0 60.1, …))"))
        lon, lat = map(read_number, numbers)
        ring.append((lat, lon))
    if len(ring) > 1 and ring[0] == ring[-1]:
        ring.pop()
    return tuple(ring)


def write_polygon(ring: tuple[Point, ...]) -> str:
    """Return a ring as a WKT ``POLYGON``."""
    if not ring:
        return "POLYGON EMPTY"
    points = ", ".join(f"{write_number(lon)} {write_number(lat)}" for lat, lon in (*ring, ring[0]))
    return f"POLYGON (({points}))"
