"""Colours of the timeline: those of the window around it, and of the routes on the map."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QColor, QPalette

from app.map.theme import MapTheme, blended


@dataclass(frozen=True, slots=True)
class TimelineTheme:
    """One set of colours.

    Parameters
    ----------
    ground, stripe
        Behind the lanes: of every other one.
    header
        Behind names and times.
    grid
        Lines between lanes and at ticks.
    closed
        Hatching of the time outside a shift.
    ink, muted
        Text that matters and text that does not.
    accent
        What is selected, and the present time.
    chosen
        Behind a selected lane.
    late
        Whatever is too late; as customers left out on the map.
    routes
        By palette index, as on the map.
    disc_ink
        Of numbers in discs, as on the map.
    """

    ground: QColor
    stripe: QColor
    header: QColor
    grid: QColor
    closed: QColor
    ink: QColor
    muted: QColor
    accent: QColor
    chosen: QColor
    late: QColor
    routes: tuple[QColor, ...]
    disc_ink: str

    @classmethod
    def of(cls, palette: QPalette) -> TimelineTheme:
        """Return the colours that go with a widget's palette."""
        role, on_map = QPalette.ColorRole, MapTheme.of(palette)
        ground, ink = palette.color(role.Base), palette.color(role.Text)
        return cls(
            ground=ground,
            stripe=palette.color(role.AlternateBase),
            header=palette.color(role.Window),
            grid=palette.color(role.Mid),
            closed=blended(ink, ground, 0.22),
            ink=ink,
            muted=palette.color(role.PlaceholderText),
            accent=palette.color(role.Accent),
            chosen=blended(palette.color(role.Highlight), ground, 0.6),
            late=QColor(on_map.unserved),
            routes=on_map.route_colours,
            disc_ink=on_map.disc_ink,
        )

    def route(self, index: int) -> QColor:
        """Return the colour of a route; that of nothing for a vehicle without one."""
        return self.routes[index % len(self.routes)] if index >= 0 else self.muted
