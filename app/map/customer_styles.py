"""How the classes of a colouring look: every one differs in shape or size besides its colour."""

from __future__ import annotations

from PySide6.QtGui import QColor

from app.map.marker_layer import Marker, Symbol
from app.map.theme import MapTheme
from app.model.colouring import ColourClass, Tone

SHAPES = (
    Symbol.DISC,
    Symbol.TRIANGLE,
    Symbol.SQUARE,
    Symbol.CROSS,
    Symbol.WEDGE,
    Symbol.STAR,
    Symbol.PLUS,
)
"""Categories take them in turn; as their number and that of the colours have no common divisor, 84 differ."""
LITTLE_TO_MUCH = {
    False: ("#8ed0a5", "#4fb0aa", "#2f89b2", "#2f5c9f", "#23285f"),
    True: ("#3f6fb0", "#3d97b5", "#57bd9d", "#a3d97f", "#f7f3a0"),
}
"""By whether the map is dark: steps of equal lightness, away from that of the land."""
BAD_TO_WORSE = {False: ("#e0962a", "#c8511f", "#8a1538"), True: ("#ffd98a", "#ff9c58", "#ff5a6e")}
CALM = {False: "#2b78bd", True: "#79b8ee"}

SIZE, CROWD_SIZE = 11.0, 8.0
SMALLEST, LARGEST = 0.65, 1.3
"""Of the steps of a scale, times the size."""
LEFT_OUT_SIZE = 20.0


def marker_of(one: ColourClass, theme: MapTheme, *, crowded: bool = False) -> Marker:
    """Return how a class looks.

    Parameters
    ----------
    one
        The class.
    theme
        Colours of the map.
    crowded
        Whether there are so many customers that markers shrink.
    """
    size, dark = CROWD_SIZE if crowded else SIZE, QColor(theme.land).lightnessF() < 0.5
    ink, halo = QColor(theme.ink), QColor(theme.halo)
    if one.tone is Tone.CATEGORY:
        colours = theme.route_colours
        return Marker(SHAPES[one.place % len(SHAPES)], size, colours[one.place % len(colours)], halo, 1.0)
    share = one.place / (one.of - 1) if one.of > 1 else 1.0
    grown = size * (SMALLEST + (LARGEST - SMALLEST) * share)
    if one.tone is Tone.STEP:
        return Marker(Symbol.DISC, grown, QColor(_at(LITTLE_TO_MUCH[dark], share)), ink, 0.7)
    if one.tone is Tone.ALARM:
        return Marker(Symbol.TRIANGLE, grown + 3.0, QColor(_at(BAD_TO_WORSE[dark], share)), ink, 0.7)
    if one.tone is Tone.CALM:
        return Marker(Symbol.DISC, size * 0.8, QColor(CALM[dark]), halo, 1.0)
    return nothing_to_tell(theme, crowded=crowded)


def nothing_to_tell(theme: MapTheme, *, crowded: bool = False) -> Marker:
    """Return how customers look that there is nothing to tell of: hollow."""
    return Marker(Symbol.DISC, (CROWD_SIZE if crowded else SIZE) * 0.7, None, QColor(theme.unplanned), 1.6)


def left_out(theme: MapTheme) -> Marker:
    """Return what goes around customers that the plan leaves out, whatever their class."""
    return Marker(Symbol.DIAMOND, LEFT_OUT_SIZE, None, QColor(theme.unserved), 2.0)


def _at(ramp: tuple[str, ...], share: float) -> str:
    return ramp[round(share * (len(ramp) - 1))]
