"""What is on the map, as arrays, and which of it lies under the mouse.

Everything is tested by hand with numpy: asking ten thousand graphics items would take longer than a frame.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from operator import is_not

import numpy as np
from numpy.typing import NDArray

from app.map.lasso import enclosed
from app.map.projection import Projection
from app.model.scenario import Customer, Depot, Point, Scenario
from app.model.zone_hours import label_of

Item = tuple[str, str]
"""Kind and id: ``("customers", "17")``; the id of a route, ``("routes", "van/3")``, is that of `app.model.plan`."""

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class MapRoute:
    """A route to be drawn.

    Parameters
    ----------
    id
        What the route is known by.
    color
        Palette index, see `app.map.palette`.
    points
        Items in the order of the drive, depots included; items that the scenario does not have are skipped.
    badge
        What stands at its line.
    label
        What its vehicle is called.
    vehicle
        Id of its type.
    """

    id: str
    color: int
    points: tuple[Item, ...]
    badge: str = ""
    label: str = ""
    vehicle: str = ""


class Places:
    """Depots and customers of a scenario in map units; depots come first.

    Attributes
    ----------
    items
        Kind and id of each place.
    index
        Position of each item.
    names
        What each place is called; its id where it has no name.
    geo
        Shape ``(places, 2)``: latitude and longitude.
    x, y
        Shape ``(places,)``: map units.
    depots
        How many of the places are depots.
    """

    def __init__(self, scenario: Scenario, projection: Projection) -> None:
        self.depots = len(scenario.depots)
        self._rows: list[Depot | Customer] = [*scenario.depots.values(), *scenario.customers.values()]
        self._projection = projection
        self.items: list[Item] = [("depots", id) for id in scenario.depots]
        self.items += [("customers", id) for id in scenario.customers]
        self.names = [row.name or row.id for row in self._rows]
        self.index: dict[Item, int] = {item: position for position, item in enumerate(self.items)}
        self.geo: Floats = np.array([(row.lat, row.lon) for row in self._rows], dtype=np.float64).reshape(-1, 2)
        self.x, self.y = projection.to_map(self.geo[:, 0], self.geo[:, 1])

    def after(self, scenario: Scenario, projection: Projection) -> Places:
        """Return the places of a scenario that may be much like the one that these are of.

        What has not changed costs a comparison. Where no id has changed either, ``items`` and ``index`` are the same
        objects as before, so that whatever refers to positions can stay as it is.
        """
        rows: list[Depot | Customer] = [*scenario.depots.values(), *scenario.customers.values()]
        as_many = len(rows) == len(self._rows) and len(scenario.depots) == self.depots
        if not as_many or projection.geographic != self._projection.geographic:
            return Places(scenario, projection)
        changed = [row for row, differs in enumerate(map(is_not, rows, self._rows)) if differs]
        new = copy(self)
        new._rows = rows
        if changed:
            new.names, new.geo, new.x, new.y = self.names.copy(), self.geo.copy(), self.x.copy(), self.y.copy()
            for row in changed:
                new.names[row] = rows[row].name or rows[row].id
            new.geo[changed] = [(rows[row].lat, rows[row].lon) for row in changed]
            new.x[changed], new.y[changed] = projection.to_map(new.geo[changed, 0], new.geo[changed, 1])
        renamed = [row for row in changed if rows[row].id != self._rows[row].id]
        if renamed:
            new.items, new.index = self.items.copy(), self.index.copy()
            for row in renamed:
                del new.index[self.items[row]]
            for row in renamed:
                item = new.items[row] = (self.items[row][0], rows[row].id)
                new.index[item] = row
        return new

    def __len__(self) -> int:
        return len(self.items)

    @property
    def points(self) -> list[Point]:
        """Latitude and longitude of each place, as they are given in the scenario."""
        return [(row.lat, row.lon) for row in self._rows]

    def positions(self, items: Iterable[Item]) -> Ints:
        """Return where the items are in the arrays, ascending; unknown ones are left out."""
        found = (self.index.get(item, -1) for item in items)
        return np.array(sorted(position for position in found if position >= 0), dtype=np.int64)

    def nearest(self, x: float, y: float, reach: float) -> Item | None:
        """Return the nearest place within ``reach`` map units; a depot wins over a customer in the same spot."""
        if not len(self):
            return None
        squares = (self.x - x) ** 2 + (self.y - y) ** 2
        best = int(np.argmin(squares))
        return self.items[best] if squares[best] <= reach * reach else None

    def within(self, x0: float, y0: float, x1: float, y1: float) -> frozenset[Item]:
        """Return the places inside a rectangle given by two corners."""
        mask = (self.x >= min(x0, x1)) & (self.x <= max(x0, x1)) & (self.y >= min(y0, y1)) & (self.y <= max(y0, y1))
        return frozenset(self.items[position] for position in np.flatnonzero(mask))

    def enclosed(self, line: Sequence[tuple[float, float]]) -> frozenset[Item]:
        """Return the places that a freehand line in map units goes around."""
        mask = enclosed(np.array(line, dtype=np.float64).reshape(-1, 2), self.x, self.y)
        return frozenset(self.items[position] for position in np.flatnonzero(mask))


@dataclass(frozen=True, slots=True)
class RouteLines:
    """Routes as arrays.

    Attributes
    ----------
    starts, ends, owners
        Each leg's two positions in `Places` and the route that it belongs to.
    route, turn, color
        Per place: index of its route, which visit of it (from 1), and its palette index; -1 where it is in none.
    """

    routes: Sequence[MapRoute] = ()
    starts: Ints = field(default_factory=lambda: np.empty(0, dtype=np.int64))
    ends: Ints = field(default_factory=lambda: np.empty(0, dtype=np.int64))
    owners: Ints = field(default_factory=lambda: np.empty(0, dtype=np.int64))
    route: Ints = field(default_factory=lambda: np.empty(0, dtype=np.int64))
    turn: Ints = field(default_factory=lambda: np.empty(0, dtype=np.int64))
    color: Ints = field(default_factory=lambda: np.empty(0, dtype=np.int64))

    @classmethod
    def of(cls, routes: Sequence[MapRoute], places: Places) -> RouteLines:
        """Lay the routes out over the places."""
        known = places.index
        found = (list(map(known.get, route.points)) for route in routes)
        stops = [[at for at in row if at is not None] if None in row else row for row in found]
        lengths = np.array([len(row) for row in stops], dtype=np.int64)
        flat = np.array([position for row in stops for position in row], dtype=np.int64)
        owner = np.repeat(np.arange(len(routes)), lengths)
        joined = np.flatnonzero(owner[:-1] == owner[1:]) if len(flat) else np.empty(0, dtype=np.int64)
        route, turn, color = (np.full(len(places), -1, dtype=np.int64) for _ in range(3))
        visited = flat >= places.depots  # depots belong to no route
        # counts the customers of a route only, so that a start depot does not take number one
        count = np.cumsum(visited)
        before = np.concatenate([[0], count])[np.cumsum(lengths) - lengths] if len(routes) else lengths
        colors = np.array([item.color for item in routes], dtype=np.int64)
        route[flat[visited]] = owner[visited]
        turn[flat[visited]] = (count - np.repeat(before, lengths))[visited]
        color[flat[visited]] = colors[owner[visited]]
        return cls(routes, flat[joined], flat[joined + 1], owner[joined], route, turn, color)

    def legs(self, routes: NDArray[np.bool_]) -> Ints:
        """Return the legs of the routes in a mask."""
        return np.flatnonzero(routes[self.owners])


class ZoneShapes:
    """Zones as rings in map units.

    Attributes
    ----------
    zones
        What they were made of.
    ids
        Those that have an area, in the order in which they are drawn.
    names, labels, closed
        What each is called, the same with hours in further lines, and whether it is closed to some vehicle at times.
    rings
        Shape ``(points, 2)`` each.
    """

    def __init__(self, scenario: Scenario, projection: Projection) -> None:
        self.zones, self._vehicles = scenario.zones, scenario.vehicles
        self.ids = [zone.id for zone in scenario.zones.values() if len(zone.ring) >= 3]
        self.names = {zone.id: zone.name or zone.id for zone in scenario.zones.values()}
        self.labels = {zone.id: "\n".join(label_of(scenario, zone)) for zone in scenario.zones.values()}
        self.closed = {zone.id: not zone.open_to_all for zone in scenario.zones.values()}
        self.rings: Mapping[str, Floats] = {
            id: np.column_stack(projection.to_map(*np.array(scenario.zones[id].ring, dtype=np.float64).T))
            for id in self.ids
        }

    def shows(self, scenario: Scenario) -> bool:
        """Whether a scenario has the same zones, and the vehicles that their hours are about are called the same."""
        if self.zones is not scenario.zones:
            return False
        return self._vehicles is scenario.vehicles or not any(zone.hours for zone in self.zones.values())

    def at(self, x: float, y: float) -> Item | None:
        """Return the last zone drawn that contains a point, by the even-odd rule."""
        for id in reversed(self.ids):
            ring = self.rings[id]
            following = np.roll(ring, -1, axis=0)
            spans = (ring[:, 1] > y) != (following[:, 1] > y)
            a, b = ring[spans], following[spans]
            crossing = a[:, 0] + (y - a[:, 1]) / (b[:, 1] - a[:, 1]) * (b[:, 0] - a[:, 0])
            if np.count_nonzero(crossing > x) % 2:
                return ("zones", id)
        return None
