"""One geocoder of several networks, which are read when they are needed."""

from __future__ import annotations

from app.io.geocoding.addresses import Address
from app.io.geocoding.candidates import Candidate, metres, without_doubles
from app.io.geocoding.offline import MOST, NetworkGeocoder
from app.io.networks import NetworkStore
from app.model.road_library import library
from app.model.scenario import Point, Settings

MOST_NETWORKS = 3
"""That are looked into where a scenario has none of its own: each takes a while to read."""


class SeveralNetworks:
    """A `app.io.geocoding.candidates.Geocoder` of all that some networks know.

    Parameters
    ----------
    keys
        Ids of networks; those that cannot be read know nothing.
    """

    def __init__(self, keys: tuple[str, ...]) -> None:
        self.keys = keys
        self._made: list[NetworkGeocoder] | None = None

    def candidates(self, query: Address | str, near: Point | None = None) -> list[Candidate]:
        """Return where an address may be, the best first; the first question takes as long as the networks to read."""
        if self._made is None:
            networks = (library().network(key) for key in self.keys)
            self._made = [NetworkGeocoder(one) for one in networks if one is not None]
        found = [one for geocoder in self._made for one in geocoder.candidates(query, near)]
        found.sort(key=lambda one: (-round(one.score, 2), 0.0 if near is None else metres(near, one.point)))
        return without_doubles(found, MOST)


def networks_with_addresses(settings: Settings) -> tuple[str, ...]:
    """Return the ids of the networks in which a scenario's addresses are looked for: its own, or else what there is."""
    known = library()
    if settings.network and known.has(settings.network):
        return (settings.network,)
    if isinstance(known, NetworkStore):
        return tuple(one.id for one in known.listed() if not one.damaged)[:MOST_NETWORKS]
    return ()
