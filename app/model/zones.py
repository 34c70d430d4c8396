"""Which customers lie in which zone. A point exactly on the border counts as inside."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely
from numpy.typing import NDArray

from app.language import tr
from app.model.scenario import Point, Scenario, TravelSource


def ring_fault(ring: Sequence[Point], plane: bool) -> str:
    """Return what is expected of a ring that is none, or an empty text when all is well."""
    if len(set(ring)) < 3:
        return tr("at least three different points")
    if not np.isfinite(np.asarray(ring, dtype=np.float64)).all():
        return tr("finite coordinates")
    return "" if shapely.is_valid(polygon_of(ring, plane)) else tr("an outline that does not cross itself")


def line_fault(line: Sequence[Point], plane: bool) -> str:
    """Return what is expected of the beginning of an outline that goes wrong, or an empty text when all is well.

    Parameters
    ----------
    line
        The corners so far, at least two; nothing joins the last to the first yet.
    plane
        As in `inside`.
    """
    drawn = shapely.LineString(projected(np.asarray(line, dtype=np.float64), plane))
    return "" if drawn.is_simple else tr("an outline that does not cross itself")


def inside(ring: Sequence[Point], points: NDArray[np.float64], plane: bool) -> NDArray[np.bool_]:
    """Say which points lie in a ring or on its border.

    Parameters
    ----------
    ring
        A valid ring, without the closing point.
    points
        Shape ``(points, 2)``, latitude and longitude, or y and x.
    plane
        Whether coordinates are plane. Otherwise the sides of the ring are straight on a Mercator map, as they are
        drawn there.

    Returns
    -------
    numpy.ndarray
        Shape ``(points,)``.
    """
    polygon = polygon_of(ring, plane)
    shapely.prepare(polygon)
    found: NDArray[np.bool_] = shapely.intersects(polygon, shapely.points(projected(points, plane)))
    return found


def forbidden_by_zones(scenario: Scenario) -> NDArray[np.bool_]:
    """Say which customers lie in a zone that a vehicle may not enter.

    Parameters
    ----------
    scenario
        Its zones are valid, see `app.model.validate`.

    Returns
    -------
    numpy.ndarray
        Shape ``(customers, vehicles)``, in the order of the scenario.
    """
    plane = scenario.settings.travel is TravelSource.PLANE
    result = np.zeros((len(scenario.customers), len(scenario.vehicles)), dtype=np.bool_)
    points = np.array([(one.lat, one.lon) for one in scenario.customers.values()], dtype=np.float64).reshape(-1, 2)
    for zone in scenario.zones.values():
        closed_to = np.array([vehicle in zone.forbidden for vehicle in scenario.vehicles], dtype=np.bool_)
        if closed_to.any() and len(points):
            result |= inside(zone.ring, points, plane)[:, None] & closed_to
    return result


def polygon_of(ring: Sequence[Point], plane: bool) -> shapely.Polygon:
    """Return a ring as a polygon; it is for `projected` places."""
    return shapely.Polygon(projected(np.asarray(ring, dtype=np.float64), plane))


def projected(points: NDArray[np.float64], plane: bool) -> NDArray[np.float64]:
    """Return x and y; on the globe x is the longitude and y the Mercator ordinate, both in degrees.

    Parameters
    ----------
    points
        Shape ``(points, 2)``, latitude and longitude, or y and x.
    """
    y, x = points[:, 0], points[:, 1]
    if not plane:
        y = np.degrees(np.arcsinh(np.tan(np.radians(y))))
    return np.column_stack([x, y])
