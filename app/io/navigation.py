"""Links that lead a driver to a stop: what a phone finds in a printed code, and what can be pasted into a chat.

A place is a ``geo:`` URI: the phone itself knows what to do with it and opens whatever map it has, one without a
network as well, and nobody is told where the driver goes. iPhones take it only as the standard has it, so it is written
so; Google Maps on Android then shows the place without a pin. It can hold one place only, so a whole tour takes links
to one particular service, in stages of as many stops as that service takes. These links, and those that lead to one
place at once, need a network.

References
----------
Mayrhofer, A. and Spanring, C. (2010). A Uniform Resource Identifier for Geographic Locations ('geo' URI). RFC 5870.
Google (2024). Maps URLs, "Directions": ten places at most after the start, three of them in a mobile browser.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.model.scenario import Point

DIGITS = 5
"""Decimals of a degree in a link: about a metre."""

STAGE = 10
"""Most places of one link to a tour."""


class Codes(StrEnum):
    """Which codes stand on a manifest."""

    PLACES = "places"  # one beside each stop, geo:
    DIRECTIONS = "directions"  # one beside each stop, a link to Google Maps
    STAGES = "stages"  # one for every ten stops, a link to Google Maps
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Stage:
    """Part of a tour.

    Parameters
    ----------
    first, last
        Numbers of its first and last place, from 1.
    link
        Leads from where the phone is through all of them.
    """

    first: int
    last: int
    link: str


def coordinates(place: Point) -> str:
    """Return latitude and longitude as every map's search line takes them, such as ``60.16952,24.93545``."""
    lat, lon = (round(value, DIGITS) + 0.0 for value in place)  # no -0.00000
    return f"{lat:.{DIGITS}f},{lon:.{DIGITS}f}"


def place_link(place: Point) -> str:
    """Return the ``geo:`` URI of a place."""
    return f"geo:{coordinates(place)}"


def directions_link(place: Point) -> str:
    """Return a link to the way from where the phone is to a place; short, since it stands beside a stop."""
    return f"https://www.google.com/maps/dir/?api=1&destination={coordinates(place)}"


def stages(places: Sequence[Point]) -> tuple[Stage, ...]:
    """Return links through all places, in order."""
    made = []
    for start in range(0, len(places), STAGE):
        *between, last = (coordinates(place) for place in places[start : start + STAGE])
        # Without an origin the way begins where the phone is, which is what lets it begin to guide at once.
        link = f"https://www.google.com/maps/dir/?api=1&travelmode=driving&destination={last}"
        if between:
            link += "&waypoints=" + "%7C".join(between)
        made.append(Stage(start + 1, min(start + STAGE, len(places)), link))
    return tuple(made)
