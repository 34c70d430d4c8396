"""Where stops that are dragged over the map would go."""

from __future__ import annotations

from collections.abc import Collection

from app.map.features import RouteLines
from app.map.ways import Ways
from app.model.drops import BestPlace, Destination, Exactly, Seen

CUSTOMERS = "customers"


def destination_at(
    ways: Ways, at: tuple[float, float], reach: tuple[float, float], moved: Collection[str]
) -> Destination | None:
    """Return the best place in the route of the stop at a point, else the place on the line there.

    Parameters
    ----------
    ways
        What is on the map.
    at
        Map units.
    reach
        How far a stop and a line may be and still be meant, map units.
    moved
        Ids of those who are dragged: they do not hide the line that runs through them.
    """
    places, lines = ways.places, ways.lines
    item = places.nearest(*at, reach[0])
    if item is not None and item[0] == CUSTOMERS and item[1] not in moved:
        route = int(lines.route[places.index[item]])
        if route >= 0:
            return BestPlace(_seen(lines, route))
    leg = ways.nearest_leg(*at, reach[1])
    if leg is None:
        return None
    seen = _seen(lines, int(lines.owners[leg]))
    kind, before = places.items[lines.starts[leg]]
    return Exactly(seen, seen.stops.index(before) + 1 if kind == CUSTOMERS else 0)


def _seen(lines: RouteLines, route: int) -> Seen:
    drawn = lines.routes[route]
    return Seen(drawn.id, tuple(key for kind, key in drawn.points if kind == CUSTOMERS))
