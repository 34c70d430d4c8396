"""How large the user wants text to be; the same for all of the window.

Qt tells every widget when the font of the program changes, so what draws text in sizes of its own reads the scale anew
on `QEvent.Type.FontChange`, and takes the widget's font for the rest.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

_PROPERTY = "text_scale"


def text_scale() -> float:
    """Return the scale of text; 1 is that of the system."""
    app = QCoreApplication.instance()
    scale = app.property(_PROPERTY) if app is not None else None
    return float(scale) if scale else 1.0


def note_text_scale(scale: float) -> None:
    """Let `text_scale` return this from now on; whoever changes the font of the program says so first."""
    app = QCoreApplication.instance()
    if app is not None:
        app.setProperty(_PROPERTY, scale)


def scaled(pixels: float) -> int:
    """Return how many pixels something that belongs to text takes at the scale of now."""
    return round(pixels * text_scale())
