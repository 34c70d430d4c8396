"""The colours of the window, one set for each appearance.

The tests hold every set to WCAG 2.1: a contrast of 4.5 for text, and where high contrast is asked for 7 for text and
4.5 for lines and icons.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Appearance(StrEnum):
    """Which palette the user wants."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    CONTRAST_LIGHT = "contrast_light"
    CONTRAST_DARK = "contrast_dark"


@dataclass(frozen=True, slots=True)
class Colours:
    """Named colours of one appearance, ``#rrggbb``, and icons that no style sheet could tint."""

    dark: bool
    window: str
    base: str
    alternate: str
    raised: str
    text: str
    muted: str
    border: str
    hover: str
    accent: str
    accent_hover: str
    on_accent: str
    selection: str
    error: str
    error_base: str
    warning: str
    chevron: str
    tick: str


LIGHT = Colours(
    dark=False,
    window="#f3f5f8",
    base="#ffffff",
    alternate="#f8f9fb",
    raised="#ffffff",
    text="#1b2330",
    muted="#5d6a7e",
    border="#d9dfe8",
    hover="#e7ecf3",
    accent="#1f66d6",
    accent_hover="#1858bd",
    on_accent="#ffffff",
    selection="#d5e4fd",
    error="#b3261e",
    error_base="#fde9e7",
    warning="#8a5300",
    chevron="chevron-light",
    tick="tick-light",
)

DARK = Colours(
    dark=True,
    window="#1b1f27",
    base="#151920",
    alternate="#191d25",
    raised="#222832",
    text="#e5e9f0",
    muted="#9aa6b8",
    border="#323a47",
    hover="#2b323e",
    accent="#4c8df6",
    accent_hover="#6aa1f8",
    on_accent="#0b1220",
    selection="#25426f",
    error="#ff8a80",
    error_base="#43262a",
    warning="#f2b65a",
    chevron="chevron-dark",
    tick="tick-dark",
)

CONTRAST_LIGHT = Colours(
    dark=False,
    window="#ffffff",
    base="#ffffff",
    alternate="#f2f2f2",
    raised="#ffffff",
    text="#000000",
    muted="#333333",
    border="#595959",
    hover="#e0e0e0",
    accent="#0a3d91",
    accent_hover="#062a66",
    on_accent="#ffffff",
    selection="#9cc4ff",
    error="#8c0009",
    error_base="#ffe3e0",
    warning="#5c3a00",
    chevron="chevron-light",
    tick="tick-light",
)

CONTRAST_DARK = Colours(
    dark=True,
    window="#000000",
    base="#000000",
    alternate="#101010",
    raised="#000000",
    text="#ffffff",
    muted="#e0e0e0",
    border="#8c8c8c",
    hover="#2b2b2b",
    accent="#ffd60a",
    accent_hover="#ffe566",
    on_accent="#000000",
    selection="#1450b4",
    error="#ffb4ab",
    error_base="#4a0000",
    warning="#ffcf70",
    chevron="chevron-dark",
    tick="tick-dark",
)


def colours_of(appearance: Appearance, *, dark: bool, contrast: bool) -> Colours:
    """Return the colours of an appearance.

    Parameters
    ----------
    appearance
        What the user wants.
    dark, contrast
        What the system prefers: it counts where the user wants what the system does.
    """
    if appearance is Appearance.SYSTEM:
        plain, strong = (DARK, CONTRAST_DARK) if dark else (LIGHT, CONTRAST_LIGHT)
        return strong if contrast else plain
    return {
        Appearance.LIGHT: LIGHT,
        Appearance.DARK: DARK,
        Appearance.CONTRAST_LIGHT: CONTRAST_LIGHT,
        Appearance.CONTRAST_DARK: CONTRAST_DARK,
    }[appearance]
