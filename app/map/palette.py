"""How routes are told apart: by colour, by the pattern of their line, and by their number.

Twelve colours that differ in hue and in lightness, most of all from those next to them in the list. Red is left out: it
means *unserved*. Each has a twin for dark backgrounds, and two more for high contrast. The test of this module
simulates protanopia, deuteranopia and tritanopia and holds every palette to a least distance. Patterns change from one
route to the next, and from one turn through the colours to the next, so that 48 routes differ.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QColor

LIGHT = (
    "#2f81d9",
    "#d76919",
    "#09825c",
    "#af32a5",
    "#ad9f47",
    "#2238a5",
    "#1fb2e4",
    "#7d2239",
    "#3f9d16",
    "#a578b7",
    "#763d15",
    "#15508b",
)
"""For light backgrounds, in the order in which routes take them."""

DARK = (
    "#69bef7",
    "#de871b",
    "#1dcbb2",
    "#d248ce",
    "#e2be5c",
    "#778af7",
    "#4ddaf7",
    "#f76d8e",
    "#78be3b",
    "#c199da",
    "#dca16d",
    "#2e7fd0",
)
"""The same hues for dark backgrounds."""

CONTRAST_LIGHT = (
    "#1f5087",
    "#7c3b06",
    "#065f47",
    "#6c1f66",
    "#6b622d",
    "#152467",
    "#136e8d",
    "#4e1523",
    "#447719",
    "#664a71",
    "#49260d",
    "#272b47",
)
"""Dark enough for lines on white, with high contrast."""

CONTRAST_DARK = (
    "#68bef7",
    "#de871b",
    "#1dcbb2",
    "#d54ad0",
    "#e2be5c",
    "#788bf7",
    "#4cdaf7",
    "#f76d8e",
    "#78be3b",
    "#c199da",
    "#dca16d",
    "#4381d0",
)
"""Bright enough for lines on black, with high contrast."""

PATTERNS: tuple[tuple[float, ...], ...] = ((), (11.0, 4.0), (14.0, 3.0, 3.0, 3.0), (4.0, 4.0))
"""Lengths of dash and gap in turn, logical pixels; the first is a solid line."""


def route_colour(index: int, palette: Sequence[str] = LIGHT) -> QColor:
    """Return the colour of the route with this palette index; indices beyond the palette start over."""
    return QColor(palette[index % len(palette)])


def route_pattern(index: int) -> int:
    """Return which of `PATTERNS` the line of a route has: never that of the routes before and after it."""
    return (index + index // len(LIGHT)) % len(PATTERNS)
