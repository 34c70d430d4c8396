"""Colours of routes, chosen so that people with a colour-vision deficiency can tell them apart.

Twelve hues alternate in lightness as well, so that routes next to each other in the list differ in both. Red is left
out: it means *unserved*. Each has a lighter twin for dark backgrounds. The test of this module simulates protanopia
and deuteranopia and holds the palette to a least distance.
"""

from __future__ import annotations

from PySide6.QtGui import QColor

LIGHT = (
    "#1f6fb4",
    "#e07b17",
    "#0f8f7a",
    "#a3328a",
    "#8a8216",
    "#3b2d99",
    "#2aa7d6",
    "#7a1f45",
    "#3f8f2b",
    "#b58ac9",
    "#704a2a",
    "#5d6f86",
)
"""For light backgrounds, in the order in which routes take them."""

DARK = (
    "#5ba7e6",
    "#f79a45",
    "#35c4a8",
    "#d970bf",
    "#c9bf4a",
    "#8f86f0",
    "#7fd6f5",
    "#c96a90",
    "#7cc864",
    "#d9bbe6",
    "#bb8f6b",
    "#9fb0c4",
)
"""The same hues for dark backgrounds."""


def route_colour(index: int, *, dark: bool = False) -> QColor:
    """Return the colour of the route with this palette index; indices beyond the palette start over."""
    palette = DARK if dark else LIGHT
    return QColor(palette[index % len(palette)])
