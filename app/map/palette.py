"""Colours of routes, chosen so that people with a colour-vision deficiency can tell them apart.

Twelve colours that differ in hue and in lightness, most of all from those next to them in the list. Red is left out: it
means *unserved*. Each has a lighter twin for dark backgrounds. The test of this module simulates protanopia and
deuteranopia and holds the palette to a least distance.
"""

from __future__ import annotations

from PySide6.QtGui import QColor

LIGHT = (
    "#3181d9",
    "#d76919",
    "#0d9871",
    "#af32a5",
    "#ad9f47",
    "#2139a6",
    "#1fb2e4",
    "#7d2239",
    "#3e9c15",
    "#a578b7",
    "#763d15",
    "#15508b",
)
"""For light backgrounds, in the order in which routes take them."""

DARK = (
    "#66bcf7",
    "#de871b",
    "#1dcbb2",
    "#d44acf",
    "#e2be5c",
    "#7088f5",
    "#4cdaf7",
    "#f76d8e",
    "#78be3b",
    "#c199da",
    "#dca16d",
    "#2e7fd0",
)
"""The same hues for dark backgrounds."""


def route_colour(index: int, *, dark: bool = False) -> QColor:
    """Return the colour of the route with this palette index; indices beyond the palette start over."""
    palette = DARK if dark else LIGHT
    return QColor(palette[index % len(palette)])
