"""The area of a map whose roads a scenario needs."""

from __future__ import annotations

from math import cos, degrees, radians

from app.model.scenario import Scenario, TravelSource
from app.model.straight import EARTH_RADIUS


def area_around(scenario: Scenario, margin: float) -> tuple[float, float, float, float] | None:
    """Return the area in which all depots and customers lie, and some of what is around them.

    Parameters
    ----------
    scenario
        Any.
    margin
        Kilometres on each side.

    Returns
    -------
    tuple or None
        South, west, north and east, degrees; None where nothing has a place on the globe.
    """
    places = [(one.lat, one.lon) for table in (scenario.depots, scenario.customers) for one in table.values()]
    if not places or scenario.settings.travel is TravelSource.PLANE:
        return None
    lat, lon = zip(*places, strict=True)
    high = degrees(margin * 1000 / EARTH_RADIUS)
    south, north = max(min(lat) - high, -90.0), min(max(lat) + high, 90.0)
    wide = high / max(cos(radians(max(abs(south), abs(north)))), 0.01)
    return south, max(min(lon) - wide, -180.0), north, min(max(lon) + wide, 180.0)
