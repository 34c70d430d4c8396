"""How well one colour can be read on another, as WCAG 2.1 measures it."""

from __future__ import annotations

from PySide6.QtGui import QColor

PLAIN = 4.5
"""Least contrast of text (WCAG 2.1, 1.4.3, level AA)."""
STRONG = 7.0
"""Least contrast of text where high contrast is asked for (1.4.6, level AAA)."""


def luminance(colour: QColor | str) -> float:
    """Return the relative luminance of an opaque colour, 0 to 1."""
    made = QColor(colour)
    channels = (made.redF(), made.greenF(), made.blueF())
    red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: QColor | str, other: QColor | str) -> float:
    """Return the contrast ratio of two opaque colours, 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)
