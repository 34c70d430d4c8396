"""Small towns by hand: networks with houses and names of streets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from solver.roads.network import DEGREE, Network
from tests.solver.roads.grids import grid

House = tuple[str, str, str, str, float, float]
"""Street, number, city and postcode ("" for what the map does not say), latitude and longitude."""


def town(houses: Sequence[House], streets: Sequence[str] = ()) -> Network:
    """Return a network with these houses; streets without houses lie along its grid, one after the other."""
    base = grid(2, max(len(streets) + 1, 2))
    names: dict[str, int] = {}
    text = [[names.setdefault(part, len(names)) if part else -1 for part in house[:4]] for house in houses]
    way_name = np.full(len(base.way_name), -1, dtype=np.int32)
    for at, street in enumerate(streets):
        way_name[at] = names.setdefault(street, len(names))
    places = np.array([house[4:] for house in houses], dtype=np.float64).reshape(-1, 2)
    return replace(
        base,
        address_place=np.rint(places * DEGREE).astype(np.int32),
        address_text=np.array(text, dtype=np.int32).reshape(-1, 4),
        way_name=way_name,
        names=tuple(names),
        source="town.osm.pbf",
    )


def row_of_houses(
    street: str, numbers: Sequence[str], lat: float = 60.17, lon: float = 24.94, **said: str
) -> list[House]:
    """Return houses a hundred metres apart to the north of a place."""
    city, postcode = said.get("city", "Helsinki"), said.get("postcode", "00100")
    return [(street, number, city, postcode, lat + 0.0009 * at, lon) for at, number in enumerate(numbers)]
