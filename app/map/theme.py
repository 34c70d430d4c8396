"""Colours of the map, light and dark."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QColor, QPalette

from app.map.palette import DARK, LIGHT, route_colour


@dataclass(frozen=True, slots=True)
class MapTheme:
    """One set of colours, ``#rrggbb``; see `LIGHT_THEME` and `DARK_THEME`.

    Parameters
    ----------
    dark
        Whether route colours are the ones for dark backgrounds.
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
    """

    dark: bool
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

    @classmethod
    def of(cls, palette: QPalette) -> MapTheme:
        """Return the theme that goes with a widget's palette."""
        return DARK_THEME if palette.color(QPalette.ColorRole.Window).lightnessF() < 0.5 else LIGHT_THEME

    @property
    def route_colours(self) -> tuple[QColor, ...]:
        """Every colour of the palette, by index."""
        return tuple(route_colour(index, dark=self.dark) for index in range(len(DARK if self.dark else LIGHT)))


LIGHT_THEME = MapTheme(
    dark=False,
    sea="#cfdfe8",
    land="#f6f4ef",
    coast="#9db6c4",
    border="#c2b8c8",
    graticule="#6b8496",
    ink="#1f2933",
    muted="#66737f",
    halo="#ffffff",
    accent="#0b62d6",
    unserved="#d21f2b",
    unplanned="#7b8794",
    depot="#1f2933",
    zone="#b3541e",
)

DARK_THEME = MapTheme(
    dark=True,
    sea="#14202b",
    land="#242a31",
    coast="#3f5566",
    border="#4b4a57",
    graticule="#8aa0b2",
    ink="#e8edf2",
    muted="#93a1ae",
    halo="#12171c",
    accent="#6cb2ff",
    unserved="#ff5d5d",
    unplanned="#8d99a6",
    depot="#f2f5f8",
    zone="#e5935a",
)


def blended(over: QColor | str, under: QColor | str, opacity: float) -> QColor:
    """Return the opaque colour that ``over`` gives on ``under`` at this opacity: wide translucent pens are slow."""
    a, b = QColor(over), QColor(under)
    return QColor.fromRgbF(
        *(opacity * x + (1 - opacity) * y for x, y in zip(a.getRgbF()[:3], b.getRgbF()[:3], strict=True))  # type: ignore[index]
    )
