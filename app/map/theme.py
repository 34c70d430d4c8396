"""Colours of the map: light and dark, and both of them again with high contrast."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QColor, QPalette

from app.map import palette as palettes
from app.map.contrast import contrast
from app.map.palette import route_colour

STRONG_PALETTE = 20.0
"""Contrast of text and window from which on a widget's palette asks for high contrast."""


@dataclass(frozen=True, slots=True)
class MapTheme:
    """One set of colours, ``#rrggbb``; see `MapTheme.of`.

    Parameters
    ----------
    routes
        Colours of routes, in the order in which they take them.
    sea, land, coast, border, graticule
        The base map; a plane scenario has ``land`` everywhere.
    ink, muted
        Text that matters and text that does not.
    halo
        Outline that lifts text and markers off what is below them.
    accent
        Selection.
    unserved, unplanned
        Customers that the plan leaves out, and customers that no plan has seen yet.
    depot
        Depots.
    zone
        Zones; closed ones are hatched in the same colour.
    disc_ink
        Of numbers in discs, which are hollow then; empty where discs are filled.
    veil
        How strongly map tiles are veiled by the colour of the land, 0 to 1: the plan has to stand out.
    """

    routes: tuple[str, ...]
    sea: str
    land: str
    coast: str
    border: str
    graticule: str
    ink: str
    muted: str
    halo: str
    accent: str
    unserved: str
    unplanned: str
    depot: str
    zone: str
    disc_ink: str = ""
    veil: float = 0.12

    @classmethod
    def of(cls, palette: QPalette) -> MapTheme:
        """Return the theme that goes with a widget's palette."""
        window, text = palette.color(QPalette.ColorRole.Window), palette.color(QPalette.ColorRole.WindowText)
        plain, strong = (
            (DARK_THEME, CONTRAST_DARK_THEME) if window.lightnessF() < 0.5 else (LIGHT_THEME, CONTRAST_LIGHT_THEME)
        )
        return strong if contrast(text, window) > STRONG_PALETTE else plain

    @property
    def dark(self) -> bool:
        """Whether what is light is drawn on what is dark."""
        return QColor(self.land).lightnessF() < 0.5

    @property
    def route_colours(self) -> tuple[QColor, ...]:
        """Every colour of the palette, by index."""
        return tuple(QColor(colour) for colour in self.routes)

    def route_colour(self, index: int) -> QColor:
        """Return the colour of the route with a palette index."""
        return route_colour(index, self.routes)


LIGHT_THEME = MapTheme(
    routes=palettes.LIGHT,
    sea="#cfdfe8",
    land="#f6f4ef",
    coast="#9db6c4",
    border="#c2b8c8",
    graticule="#6b8496",
    ink="#1f2933",
    muted="#616e7a",
    halo="#ffffff",
    accent="#0b62d6",
    unserved="#d21f2b",
    unplanned="#7b8794",
    depot="#1f2933",
    zone="#b3541e",
)

DARK_THEME = MapTheme(
    routes=palettes.DARK,
    sea="#14202b",
    land="#242a31",
    coast="#3f5566",
    border="#4b4a57",
    graticule="#8aa0b2",
    ink="#e8edf2",
    muted="#93a1ae",
    halo="#12171c",
    accent="#6cb2ff",
    unserved="#ff6868",
    unplanned="#8d99a6",
    depot="#f2f5f8",
    zone="#e5935a",
    veil=0.3,
)

CONTRAST_LIGHT_THEME = MapTheme(
    routes=palettes.CONTRAST_LIGHT,
    sea="#e3f0fa",
    land="#ffffff",
    coast="#3f5b6e",
    border="#6b5d75",
    graticule="#56697a",
    ink="#000000",
    muted="#333333",
    halo="#ffffff",
    accent="#0a3d91",
    unserved="#7d0008",
    unplanned="#4a5562",
    depot="#000000",
    zone="#8a3a0a",
    disc_ink="#000000",
    veil=0.45,
)

CONTRAST_DARK_THEME = MapTheme(
    routes=palettes.CONTRAST_DARK,
    sea="#001626",
    land="#000000",
    coast="#8fb3cc",
    border="#9a8fb0",
    graticule="#8aa0b2",
    ink="#ffffff",
    muted="#e0e0e0",
    halo="#000000",
    accent="#ffd60a",
    unserved="#ffb0b0",
    unplanned="#b8c4d0",
    depot="#ffffff",
    zone="#ffb46b",
    disc_ink="#ffffff",
    veil=0.6,
)


def blended(over: QColor | str, under: QColor | str, opacity: float) -> QColor:
    """Return the opaque colour that ``over`` gives on ``under`` at this opacity: wide translucent pens are slow."""
    a, b = QColor(over), QColor(under)
    return QColor.fromRgbF(
        *(opacity * x + (1 - opacity) * y for x, y in zip(a.getRgbF()[:3], b.getRgbF()[:3], strict=True))  # type: ignore[index]
    )
