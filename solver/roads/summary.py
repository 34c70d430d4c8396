"""What there is to know of a network without reading it."""

from __future__ import annotations

from dataclasses import dataclass

from solver.roads.modes import Access
from solver.roads.network import Network, digest
from solver.roads.quality import connected_share


@dataclass(frozen=True, slots=True)
class Summary:
    """What is kept beside a network.

    Parameters
    ----------
    id
        See `solver.roads.network.digest`.
    bounds
        South, west, north and east end, degrees.
    segments
        Their number.
    kilometres
        Of all streets together.
    addresses
        Their number.
    connected
        For cars, trucks, bicycles and people on foot: the share of their streets that hangs together.
    restrictions, left
        Of turns: how many the map has, and how many of those could not be taken over.
    source, attribution, timestamp
        As in `Network`.
    """

    id: str
    bounds: tuple[float, float, float, float]
    segments: int
    kilometres: int
    addresses: int
    connected: tuple[float, float, float, float]
    restrictions: int
    left: int
    source: str
    attribution: str
    timestamp: str


def summary(network: Network, restrictions: int = 0, left: int = 0) -> Summary:
    """Return what there is to know of a network."""
    car, truck, bicycle, foot = (
        round(connected_share(network, mode), 4) for mode in (Access.CAR, Access.TRUCK, Access.BICYCLE, Access.FOOT)
    )
    return Summary(
        digest(network),
        network.bounds,
        network.segments,
        round(int(network.segment_length.sum(dtype="int64")) / 10_000),
        len(network.address_place),
        (car, truck, bicycle, foot),
        restrictions,
        left,
        network.source,
        network.attribution,
        network.timestamp,
    )
