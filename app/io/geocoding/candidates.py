"""Where an address may be, and whether that is sure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from math import cos, hypot, radians
from typing import Protocol

from app.io.geocoding.addresses import Address
from app.model.scenario import Point

METRES_PER_DEGREE = 111_195.0

SURE = 0.9
"""Score from which a candidate needs nobody to look at it, if no other is as good."""

SAME_PLACE = 150.0
"""Metres within which two candidates are no choice."""


class Quality(IntEnum):
    """How exactly a place is known; more is better."""

    AREA = 0  # a town or a postcode
    STREET = 1
    BETWEEN = 2  # between two houses of which the numbers are known
    HOUSE = 3


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place where an address may be.

    Parameters
    ----------
    point
        Latitude and longitude, degrees.
    label
        The address as whoever knows it writes it.
    quality
        How exactly the place is known.
    score
        How well it fits what was asked, from 0 to 1.
    source
        Who knows it: a road network or a server, and whom to name for it.
    """

    point: Point
    label: str
    quality: Quality
    score: float
    source: str = ""


class Geocoder(Protocol):
    """Knows places of addresses, at once and on this computer."""

    def candidates(self, query: Address | str, near: Point | None = None) -> list[Candidate]:
        """Return where an address may be, the best first.

        Parameters
        ----------
        query
            The address.
        near
            Of equals, the one that is nearest to here goes first.
        """
        ...


def sure(candidates: Sequence[Candidate]) -> Candidate | None:
    """Return the candidate that needs nobody to look at it; None where somebody has to choose.

    Parameters
    ----------
    candidates
        The best first.
    """
    if not candidates:
        return None
    best = candidates[0]
    if best.score < SURE or best.quality < Quality.BETWEEN:
        return None
    rivals = (one for one in candidates[1:] if one.score > best.score - 0.1)
    return best if all(metres(best.point, one.point) <= SAME_PLACE for one in rivals) else None


def metres(one: Point, other: Point) -> float:
    """Return the distance between two places that are not far apart."""
    north = (other[0] - one[0]) * METRES_PER_DEGREE
    return hypot(north, (other[1] - one[1]) * METRES_PER_DEGREE * cos(radians(one[0])))


def without_doubles(candidates: Sequence[Candidate], most: int) -> list[Candidate]:
    """Return the first candidates, without those that are at the place of a better one."""
    kept: list[Candidate] = []
    for one in candidates:
        if len(kept) >= most:
            break
        if all(metres(one.point, other.point) > SAME_PLACE for other in kept):
            kept.append(one)
    return kept
