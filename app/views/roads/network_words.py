"""What is said of road networks: where they lie, how large they are, how recent."""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import datetime

from PySide6.QtCore import QDate, QLocale

from app.io.networks import StoredNetwork
from app.language import tr, trn
from app.map.furniture import EAST, NORTH, SOUTH, WEST
from app.model.amounts import grouped
from app.model.scenario import Point

Bounds = tuple[float, float, float, float]
"""South, west, north and east end, degrees."""

KILOMETRES = 111.195
"""Of a degree of latitude."""


def area_text(bounds: Bounds) -> str:
    """Return how large an area is and where its middle lies."""
    south, west, north, east = bounds
    lat, lon = (south + north) / 2, (west + east) / 2
    up, right = (north - south) * KILOMETRES, (east - west) * KILOMETRES * math.cos(math.radians(lat))
    place = f"{abs(lat):.2f}° {NORTH if lat >= 0 else SOUTH} {abs(lon):.2f}° {EAST if lon >= 0 else WEST}"
    return tr("{width} × {height} km at {place}", width=_figure(right), height=_figure(up), place=place)


def size_text(size: int) -> str:
    """Return a number of bytes as people write it."""
    return QLocale().formattedDataSize(size, 1, QLocale.DataSizeFormat.DataSizeTraditionalFormat)


def day_text(moment: datetime | str | None) -> str:
    """Return a day as the user's country writes it; of a text that is no date the text itself."""
    if isinstance(moment, str):
        try:
            return day_text(datetime.fromisoformat(moment))
        except ValueError:
            return moment
    if moment is None:
        return ""
    return QLocale().toString(QDate(moment.year, moment.month, moment.day), QLocale.FormatType.ShortFormat)


def about(network: StoredNetwork) -> str:
    """Return a line on a network that is chosen."""
    found = network.summary
    if found is None:
        return tr("This network is damaged. Remove it and import its map again.")
    return trn(
        "{streets} km of streets and {number} address from {file}. {attribution}",
        "{streets} km of streets and {number} addresses from {file}. {attribution}",
        found.addresses,
        streets=grouped(found.kilometres),
        file=found.source,
        attribution=found.attribution,
    )


def around(places: Iterable[Point], kilometres: float) -> Bounds | None:
    """Return the area that reaches so far beyond all places; None where there is no place."""
    points = list(places)
    if not points:
        return None
    south, north = min(lat for lat, _ in points), max(lat for lat, _ in points)
    west, east = min(lon for _, lon in points), max(lon for _, lon in points)
    up = kilometres / KILOMETRES
    right = up / max(math.cos(math.radians(max(abs(south), abs(north)))), 0.01)
    return max(south - up, -90.0), max(west - right, -180.0), min(north + up, 90.0), min(east + right, 180.0)


def _figure(kilometres: float) -> str:
    return f"{kilometres:.1f}" if kilometres < 10 else f"{kilometres:.0f}"
