"""What people write into the map as speeds, lengths, weights and times, as numbers."""

from __future__ import annotations

import re

WALK = 6
"""What ``maxspeed=walk`` means, km/h."""

_MOST = 65_535
_MILE = 1.609344
_FOOT, _INCH = 30.48, 2.54  # centimetres
_NUMBER = re.compile(r"^\s*(\d+(?:[.,]\d+)?)\s*([a-z./]*)\s*$")
_FEET = re.compile(r"""^\s*(\d+(?:\.\d+)?)\s*(?:'|ft|feet)\s*(?:(\d+(?:\.\d+)?)\s*(?:"|''|in|inches)?)?\s*$""")
_INCHES = re.compile(r"""^\s*(\d+(?:\.\d+)?)\s*(?:"|in|inches)\s*$""")
_CLOCK = re.compile(r"^(\d{1,3}):([0-5]\d)(?::([0-5]\d))?$")
_ISO = re.compile(r"^P(?:(\d+)D)?T?(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?$")
_COUNTRY = re.compile(r"^[a-z]{2}(?:-[a-z0-9]+)?:(.+)$")

_ZONES = {"urban": 50, "rural": 80, "trunk": 100, "motorway": 120, "living_street": 20, "walk": WALK, "school": 30}
_BY_COUNTRY = {  # where a country differs from the above
    "at": {"rural": 100, "motorway": 130},
    "be": {"rural": 90},
    "ch": {"motorway": 120},
    "cz": {"rural": 90, "motorway": 130},
    "de": {"rural": 100, "living_street": 7, "motorway": 0},
    "dk": {"motorway": 130},
    "ee": {"rural": 90},
    "es": {"rural": 90},
    "fr": {"motorway": 130, "trunk": 110},
    "gb": {"urban": 48, "rural": 97, "trunk": 113, "motorway": 113},
    "hu": {"rural": 90, "trunk": 110, "motorway": 130},
    "it": {"rural": 90, "trunk": 110, "motorway": 130},
    "nl": {"motorway": 100, "living_street": 15},
    "no": {"motorway": 100},
    "pl": {"rural": 90, "trunk": 120, "motorway": 140},
    "pt": {"rural": 90},
    "ro": {"rural": 90, "motorway": 130},
    "ru": {"urban": 60, "rural": 90, "motorway": 110},
    "se": {"rural": 70, "motorway": 110},
    "si": {"rural": 90, "trunk": 110, "motorway": 130},
    "sk": {"rural": 90, "motorway": 130},
}


def speed(text: str) -> int:
    """Return a speed limit in km/h; 0 where it says none, or nothing that is understood.

    Understood are ``50``, ``50 km/h``, ``30 mph``, ``20 knots``, ``walk`` and codes such as ``FI:urban`` and
    ``DE:zone:30``; of several, as in ``60;40``, the least counts.
    """
    found = [value for part in text.lower().split(";") if (value := _one_speed(part.strip()))]
    return min(found, default=0)


def centimetres(text: str) -> int:
    """Return a length in centimetres; 0 where it says none, or nothing that is understood.

    Understood are ``3.8``, ``3.8 m``, ``380 cm``, ``12'6"``, ``12 ft 6 in`` and ``90"``.
    """
    lowered = text.lower().strip()
    if matched := _NUMBER.match(lowered):
        factor = {"": 100.0, "m": 100.0, "cm": 1.0, "mm": 0.1, "ft": _FOOT, "in": _INCH}.get(matched[2])
        return _bounded(_decimal(matched[1]) * factor) if factor else 0
    if matched := _FEET.match(lowered):
        return _bounded(float(matched[1]) * _FOOT + float(matched[2] or 0) * _INCH)
    if matched := _INCHES.match(lowered):
        return _bounded(float(matched[1]) * _INCH)
    return 0


def ten_kilograms(text: str) -> int:
    """Return a weight in units of 10 kg; 0 where it says none, or nothing that is understood.

    Understood are ``7.5``, ``7.5 t``, ``7500 kg``, ``10 st`` (short tons) and ``16000 lbs``.
    """
    matched = _NUMBER.match(text.lower())
    if not matched:
        return 0
    units = {"": 100.0, "t": 100.0, "kg": 0.1, "lbs": 0.045359237, "lb": 0.045359237, "st": 90.718474}
    factor = units.get(matched[2])
    return _bounded(_decimal(matched[1]) * factor) if factor else 0


def seconds(text: str) -> int:
    """Return how long something takes; 0 where that is not understood.

    Understood are ``0:25``, ``1:05:30``, ``PT1H5M`` and minutes such as ``25``.
    """
    word = text.strip().upper()
    if matched := _CLOCK.match(word):
        hours, minutes, rest = (int(part or 0) for part in matched.groups())
        return hours * 3600 + minutes * 60 + rest
    if matched := _ISO.match(word):
        days, hours, minutes, rest = (int(part or 0) for part in matched.groups())
        return days * 86400 + hours * 3600 + minutes * 60 + rest
    matched = _NUMBER.match(word.lower())
    return round(_decimal(matched[1]) * 60) if matched and matched[2] in ("", "min", "minutes") else 0


def _one_speed(word: str) -> int:
    if word == "walk":
        return WALK
    if matched := _NUMBER.match(word):
        factor = {"": 1.0, "km/h": 1.0, "kmh": 1.0, "kph": 1.0, "mph": _MILE, "knots": 1.852}.get(matched[2])
        return min(round(_decimal(matched[1]) * factor), 300) if factor else 0
    if not (matched := _COUNTRY.match(word)):
        return 0
    zone = matched[1].removeprefix("zone").removeprefix(":")
    if zone.isdecimal():
        return min(int(zone[:4]), 300)
    return {**_ZONES, **_BY_COUNTRY.get(word[:2], {})}.get(zone, 0)


def _decimal(text: str) -> float:
    return float(text.replace(",", "."))


def _bounded(value: float) -> int:
    return round(min(value, _MOST))
