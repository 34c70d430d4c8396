"""Depots and customers as markers, and rings around those that are selected or under the mouse."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pyqtgraph as pg
from PySide6.QtGui import QColor

from app.map.customer_styles import left_out, marker_of, nothing_to_tell
from app.map.features import Ints, Item, Places, RouteLines
from app.map.marker_layer import Marker, MarkerLayer, Symbol
from app.map.theme import MapTheme
from app.model.colouring import Colouring

STOP_PIXELS = 9
UNSERVED_PIXELS = 15
DEPOT_PIXELS = 15
CROWD = 2000
"""Above so many customers their markers shrink."""
CROWD_PIXELS = 6

DEPOT, UNPLANNED = 0, 1
"""Styles of markers; customers on routes follow in the order of the palette."""
NO_CLASS, FIRST_CLASS = 1, 2
"""Styles where customers have the colours of their classes: the same for depots, and then these."""
LEFT_OUT = -1
"""Those who are not drawn among the others."""


class StopLayer(MarkerLayer):
    """Squares are depots, discs are customers, diamonds are customers that the plan leaves out.

    With a `Colouring` customers look like their classes, and a hollow diamond goes around those that are left out.

    Attributes
    ----------
    left_out
        The diamonds, to be added beside this layer: they lie above the numbers of visits, which would hide them.
    """

    def __init__(self, theme: MapTheme) -> None:
        super().__init__(30)
        self.left_out = MarkerLayer(37)
        self._theme = theme
        self._places: Places | None = None
        self._lines = RouteLines()
        self._unserved: frozenset[str] = frozenset()
        self._colouring: Colouring | None = None
        self._crowded = False
        self.set_theme(theme)

    def set_theme(self, theme: MapTheme) -> None:
        self._theme = theme
        halo, size = QColor(theme.halo), CROWD_PIXELS if self._crowded else STOP_PIXELS
        depot = Marker(Symbol.SQUARE, DEPOT_PIXELS, QColor(theme.depot), halo, 1.6)
        if self._colouring is not None:
            crowded = self._crowded
            classes = (marker_of(one, theme, crowded=crowded) for one in self._colouring.classes)
            self.set_styles([depot, nothing_to_tell(theme, crowded=crowded), *classes])
            self.left_out.set_styles([left_out(theme)])
            return
        self.left_out.set_styles([Marker(Symbol.DIAMOND, UNSERVED_PIXELS, QColor(theme.unserved), halo, 1.2)])
        self.set_styles(
            [
                depot,
                *(Marker(Symbol.DISC, size, QColor(colour)) for colour in (theme.unplanned, *theme.route_colours)),
            ]
        )

    def show_lines(self, places: Places, lines: RouteLines) -> None:
        """Show these places, customers in the colours of their routes."""
        self._places, self._lines = places, lines
        if self._crowded != (len(places) - places.depots > CROWD):
            self._crowded = not self._crowded
            self.set_theme(self._theme)
        self._refresh()

    def set_colouring(self, colouring: Colouring | None) -> None:
        """Show customers as their classes look; None shows them in the colours of their routes."""
        if colouring is self._colouring:
            return
        alike = colouring is not None and self._colouring is not None and colouring.classes == self._colouring.classes
        self._colouring = colouring
        if not alike:
            self.set_theme(self._theme)
        self._refresh()

    def set_unserved(self, ids: frozenset[str]) -> None:
        """Mark these customers as left out."""
        if ids != self._unserved:
            self._unserved = ids
            self._refresh()

    def _refresh(self) -> None:
        places = self._places
        if places is None:
            return
        around = places.positions(("customers", id) for id in self._unserved)
        self.left_out.set_markers(places.x[around], places.y[around])
        if self._colouring is not None:
            self._refresh_classes(places, self._colouring)
            return
        colors = self._lines.color
        style = np.where(colors < 0, UNPLANNED, UNPLANNED + 1 + colors % len(self._theme.route_colours))
        style[: places.depots] = DEPOT
        style[around] = LEFT_OUT  # they have a layer of their own
        # the fewer there are of a kind, the higher they lie
        order = np.concatenate([np.flatnonzero(style >= UNPLANNED), np.flatnonzero(style == DEPOT)])
        self.set_markers(places.x[order], places.y[order], style[order])

    def _refresh_classes(self, places: Places, colouring: Colouring) -> None:
        place_of, none = colouring.place_of, NO_CLASS - FIRST_CLASS
        customers = (place_of.get(key, none) + FIRST_CLASS for _, key in places.items[places.depots :])
        style = np.full(len(places), DEPOT, dtype=np.int64)
        style[places.depots :] = np.fromiter(customers, dtype=np.int64, count=len(places) - places.depots)
        order = np.concatenate([np.arange(places.depots, len(places)), np.arange(places.depots)])
        self.set_markers(places.x[order], places.y[order], style[order])


class SelectionLayer:
    """Rings around what is selected or under the mouse: never a change to the markers themselves."""

    def __init__(self, view_box: pg.ViewBox, theme: MapTheme) -> None:
        self._places: Places | None = None
        self._hovered: Item | None = None
        self._rings, self._hover = MarkerLayer(40), MarkerLayer(41)
        for layer in (self._rings, self._hover):
            view_box.addItem(layer, ignoreBounds=True)
        self.set_theme(theme)

    def set_theme(self, theme: MapTheme) -> None:
        self._rings.set_styles([Marker(Symbol.DISC, 25, rim=QColor(theme.accent), width=2.5)])
        self._hover.set_styles([Marker(Symbol.DISC, 26, rim=QColor(theme.ink), width=1.5)])

    def show_selected(self, places: Places, items: frozenset[Item]) -> None:
        """Put rings around these items."""
        self._places = places
        self._ring(self._rings, items)
        self.set_hovered(None)

    def set_hovered(self, item: Item | None) -> None:
        if item != self._hovered:
            self._hovered = item
            self._ring(self._hover, () if item is None else (item,))

    def _ring(self, layer: MarkerLayer, items: Iterable[Item]) -> None:
        if self._places is not None:
            at: Ints = self._places.positions(items)
            layer.set_markers(self._places.x[at], self._places.y[at])
